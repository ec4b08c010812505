// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a filled profile, with a server in memory, moved by events as a person's hands make them.
#include "bench.h"

#include "fakes/fakeconnection.h"
#include "fakes/fakeports.h"
#include "models/roomlistmodel.h"
#include "models/timelinemodel.h"
#include "platform/profilefolder.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "shell/calmstyle.h"
#include "shell/chatpane.h"
#include "shell/program.h"
#include "shell/window.h"
#include "shell/windowactions.h"
#include "views/membersview.h"
#include "views/roomheaderview.h"
#include "views/timelineview.h"
#include "windows/unnamednodes.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QListView>
#include <QScrollBar>
#include <QStyleOptionSlider>
#include <QTest>
#include <QThread>

#include <time.h>

namespace Mingle::Bench {

namespace {
constexpr double twoFrames = 33.3;
constexpr double oneFrame = 16.6;

// Of the calling thread, in ms: what a frame costs, however busy the machine is otherwise.
double threadTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Knows when a frame is done: UpdateRequest is what paints a window, and when it returns the frame was flushed.
class TimedApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    QWidget *watched = nullptr; ///< is to be painted within the frame
    bool painted = false;
    qint64 frameDone = -1; ///< ns
    double frameUsed = 0; ///< threadTime() at that moment
    qint64 longestEvent = 0; ///< ns
    double costliestEvent = 0; ///< ms of processor time
    QElapsedTimer clock;

    bool notify(QObject *receiver, QEvent *event) override
    {
        // Events of the other threads pass here, too.
        if (!QThread::isMainThread()) return QApplication::notify(receiver, event);
        if (event->type() == QEvent::Paint && receiver == watched) m_inFrame = true;
        const bool outermost = m_depth++ == 0;
        const qint64 begin = outermost ? clock.nsecsElapsed() : 0;
        const double usedBefore = outermost ? threadTime() : 0;
        const QEvent::Type type = event->type();
        const bool result = QApplication::notify(receiver, event);
        --m_depth;
        if (outermost) {
            longestEvent = std::max(longestEvent, clock.nsecsElapsed() - begin);
            costliestEvent = std::max(costliestEvent, threadTime() - usedBefore);
        }
        if (type == QEvent::UpdateRequest && std::exchange(m_inFrame, false)) {
            painted = true;
            frameDone = clock.nsecsElapsed();
            frameUsed = threadTime();
        }
        return result;
    }

private:
    bool m_inFrame = false;
    int m_depth = 0;
};

struct Driver {
    TimedApplication &app;
    FakeServer server;
    FakeSecrets secrets;
    SystemClock clock;
    FakeSettings settings;
    FakeNotifier notifier;
    std::unique_ptr<Program> program;
    Jid me;
    QList<Jid> rooms;
    double mostUsed = 0; ///< processor time of the costliest frame, in ms

    Window &window() { return program->window(); }
    TimelineView *timeline() { return window().chatPane()->timeline(); }
    void wait(int ms) { QTest::qWait(ms); }

    /// Milliseconds from the call until a frame with the timeline in it is done and isThere; negative: never.
    template<typename Call, typename Condition>
    double timed(Call call, Condition isThere, int timeout)
    {
        app.watched = timeline()->viewport();
        app.painted = false;
        const double usedBefore = threadTime();
        const qint64 begin = app.clock.nsecsElapsed();
        call();
        while (app.clock.nsecsElapsed() - begin < timeout * 1'000'000LL) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
            if (app.painted && isThere()) {
                mostUsed = std::max(mostUsed, app.frameUsed - usedBefore);
                return double(app.frameDone - begin) / 1e6;
            }
            if (app.painted) app.painted = false;
        }
        return -1;
    }
};

void start(Driver &d, const QString &profile, int rooms)
{
    d.me = Jid::trusted(u"alice@chat.test");
    (void)d.secrets.write(QStringLiteral("password/alice@chat.test"), "secret");
    d.rooms.append(Jid::trusted(u"everyone@conference.chat.test"));
    for (int i = 1; i < rooms; ++i)
        d.rooms.append(Jid::trusted(QString(QStringLiteral("room%1@conference.chat.test").arg(i))));
    for (const Jid &room : std::as_const(d.rooms)) {
        d.server.rooms.insert(room, publicRoom(room, ChatKind::Muc, room.local(), false));
        d.server.bookmarks.append({room, room.local(), QStringLiteral("alice"), {}, true});
    }
    const auto folder = ProfileFolder::open(profile);
    d.program = std::make_unique<Program>(
        ProgramParts{folder->database(), d.secrets, d.clock, d.settings, d.notifier, d.server.factory()});
    d.program->start();
    d.window().resize(1100, 720);
    QElapsedTimer patience;
    patience.start();
    while (!d.program->rooms().contains({d.me, d.rooms.last()})) {
        d.wait(50);
        if (patience.elapsed() > 20'000) qFatal("the profile is empty");
    }
    d.window().openChat({d.me, d.rooms.first()}, true);
    d.wait(3'000); // logged in, all rooms joined, nothing more to do
}

void measureSwitching(Driver &d)
{
    QList<double> times;
    int missed = 0;
    for (int round = 0; round < 2; ++round) {
        for (const Jid &room : std::as_const(d.rooms)) {
            const ChatId wanted{d.me, room};
            if (d.window().chat() == wanted) continue;
            const double ms = d.timed([&] { d.window().openChat(wanted, true); },
                                      [&] {
                                          const TimelineModel *model = d.timeline()->model();
                                          return model->chat() == wanted
                                                 && model->state() == TimelineModel::State::Ready
                                                 && model->rowCount() > 0;
                                      },
                                      3'000);
            if (ms < 0)
                ++missed;
            else
                times.append(ms);
            d.wait(60);
        }
    }
    const double worst = times.isEmpty() ? 0 : *std::ranges::max_element(times);
    print({QStringLiteral("switch.room_ms"), median(times), QStringLiteral("ms"), twoFrames,
           QStringLiteral("100,000 messages in 20 rooms, each opened twice; chosen to its messages painted; "
                          "median of %1, worst %2 ms, %3 never; %4")
               .arg(times.size())
               .arg(worst, 0, 'f', 1)
               .arg(missed)
               .arg(machine())});
}

void scrollBarDrag(Driver &d, QList<double> &times)
{
    QScrollBar *bar = d.timeline()->verticalScrollBar();
    QStyleOptionSlider option;
    option.initFrom(bar);
    option.orientation = Qt::Vertical;
    option.minimum = bar->minimum();
    option.maximum = bar->maximum();
    option.pageStep = bar->pageStep();
    option.sliderPosition = option.sliderValue = bar->value();
    option.subControls = QStyle::SC_All;
    const QRect handle =
        bar->style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, bar);
    QPointF at = handle.center();
    const auto mouse = [&](QEvent::Type type, Qt::MouseButtons buttons) {
        QMouseEvent event(type, at, bar->mapToGlobal(at), Qt::LeftButton, buttons, {});
        QCoreApplication::sendEvent(bar, &event);
    };
    mouse(QEvent::MouseButtonPress, Qt::LeftButton);
    for (int i = 0; i < 100; ++i) {
        at.ry() += i < 50 ? -6 : 6;
        const double ms = d.timed([&] { mouse(QEvent::MouseMove, Qt::LeftButton); }, [] { return true; }, 60);
        if (ms >= 0) times.append(ms);
    }
    mouse(QEvent::MouseButtonRelease, Qt::NoButton);
}

QString spread(QList<double> times)
{
    std::ranges::sort(times);
    const auto at = [&](double part) {
        return times.isEmpty() ? 0.0
                               : times.at(std::min(times.size() - 1, qsizetype(part * double(times.size()))));
    };
    return QStringLiteral("median %1, 99 of 100 under %2").arg(at(0.5), 0, 'f', 1).arg(at(0.99), 0, 'f', 1);
}

void measureScrolling(Driver &d)
{
    d.window().openChat({d.me, d.rooms.first()}, true);
    d.wait(500);
    QWidget *viewport = d.timeline()->viewport();
    const auto anything = [] { return true; };
    QList<double> wheel, keys, drag;
    d.mostUsed = 0;
    for (int i = 0; i < 600; ++i) {
        const QPointF at(300, 300);
        QWheelEvent event(at, viewport->mapToGlobal(at), {}, {0, i < 450 ? 120 : -120}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        const double ms = d.timed([&] { QCoreApplication::sendEvent(viewport, &event); }, anything, 60);
        if (ms >= 0) wheel.append(ms);
    }
    d.timeline()->setFocus();
    for (int i = 0; i < 200; ++i) {
        QKeyEvent event(QEvent::KeyPress, i < 150 ? Qt::Key_PageUp : Qt::Key_PageDown, {});
        const double ms = d.timed([&] { QCoreApplication::sendEvent(d.timeline(), &event); }, anything, 60);
        if (ms >= 0) keys.append(ms);
    }
    scrollBarDrag(d, drag);
    const QList<double> all = wheel + keys + drag;
    print(
        {QStringLiteral("scroll.longest_frame_ms"), all.isEmpty() ? -1 : *std::ranges::max_element(all),
         QStringLiteral("ms"), oneFrame,
         QStringLiteral("room of 81,000 messages, event delivered to frame flushed; %1 by wheel (%2), %3 by "
                        "page keys (%4), %5 by the scroll bar (%6); at most %7 ms of processor time; %8")
             .arg(wheel.size())
             .arg(spread(wheel))
             .arg(keys.size())
             .arg(spread(keys))
             .arg(drag.size())
             .arg(spread(drag))
             .arg(d.mostUsed, 0, 'f', 1)
             .arg(machine())});
}

void measureBurst(Driver &d)
{
    constexpr int count = 1'000;
    const ChatId chat{d.me, d.rooms.at(1)};
    d.window().openChat(chat, true);
    d.wait(1'000);
    d.app.longestEvent = 0;
    d.app.costliestEvent = 0;
    const QString last = QStringLiteral("burst message %1 that is as long as most of them are").arg(count);
    QMetaObject::invokeMethod(d.server.connection, [&d, chat] {
        for (int i = 1; i <= count; ++i) {
            IncomingMessage message;
            message.chat = chat.address;
            message.kind = ChatKind::Muc;
            message.author = {QStringLiteral("key-ada"), QStringLiteral("Ada"), {}, true, false};
            message.from = chat.address.withResource(QStringLiteral("Ada"));
            message.time = QDateTime::currentDateTimeUtc();
            message.stanzaId = message.originId = QStringLiteral("burst-%1").arg(i);
            message.body = QStringLiteral("burst message %1 that is as long as most of them are").arg(i);
            Q_EMIT d.server.connection->messageReceived(message);
        }
    });
    QElapsedTimer patience;
    patience.start();
    while (d.program->rooms().chat(chat).lastText != last && patience.elapsed() < 20'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    if (d.program->rooms().chat(chat).lastText != last)
        return giveUp(QStringLiteral("burst.longest_frame_ms"), QStringLiteral("not all came"));
    d.wait(500);
    print(
        {QStringLiteral("burst.longest_frame_ms"), double(d.app.longestEvent) / 1e6, QStringLiteral("ms"),
         oneFrame,
         QStringLiteral("1,000 messages at once into the open room, from a connection in memory; the longest "
                        "time the window's thread was busy without a break, at most %1 ms of it processor "
                        "time; %2")
             .arg(d.app.costliestEvent, 0, 'f', 1)
             .arg(machine())});
}

// Of all threads of the process, in ms.
double processTime()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

// A large room as it is entered, and then the presences of many who come and go, at two paces.
void measureStorm(Driver &d)
{
    constexpr int people = 10'000;
    const ChatId chat{d.me, d.rooms.at(2)};
    d.window().openChat(chat, true);
    d.wait(1'000);
    Q_EMIT d.window().chatPane()->header()->membersWanted(true);
    d.wait(300);
    const auto *list = d.window().findChild<MembersView *>();
    const auto *rows = list && list->isVisible() ? list->findChild<QListView *>() : nullptr;
    if (!rows) return giveUp(QStringLiteral("storm.longest_frame_ms"), QStringLiteral("no list of people"));
    const auto person = [](int number, bool present) {
        const QString nick = QStringLiteral("person %1").arg(number);
        return Participant{QStringLiteral("key-") + nick, nick, {}, Standing::Guest, present, true, false};
    };
    const auto onSession = [&d](const std::function<void(GroupDriver *)> &call) {
        QMetaObject::invokeMethod(d.server.connection,
                                  [&d, call] { call(d.server.connection->driver(ChatKind::Muc)); });
    };
    const auto begin = [&d] {
        d.app.longestEvent = 0;
        d.app.costliestEvent = 0;
    };
    const auto busy = [&d] {
        return QStringLiteral(
                   "longest time the window's thread was busy without a break %1 ms, at most %2 ms "
                   "of it processor time")
            .arg(double(d.app.longestEvent) / 1e6, 0, 'f', 1)
            .arg(d.app.costliestEvent, 0, 'f', 1);
    };
    QList<Participant> all;
    for (int i = 0; i < people; ++i)
        all.append(person(i, true));
    begin();
    d.app.watched = rows->viewport();
    QElapsedTimer since;
    since.start();
    onSession([&](GroupDriver *driver) { Q_EMIT driver->participantsReset(chat.address, all); });
    d.app.painted = false;
    while ((rows->model()->rowCount() <= people || !d.app.painted) && since.elapsed() < 20'000) {
        if (rows->model()->rowCount() <= people) d.app.painted = false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    }
    if (rows->model()->rowCount() <= people)
        return giveUp(QStringLiteral("storm.longest_frame_ms"), QStringLiteral("not all are listed"));
    print({QStringLiteral("join.people_shown_ms"), double(since.elapsed()), QStringLiteral("ms"), 1'000,
           QStringLiteral(
               "a MUC room of %1 people is entered, from a connection in memory: from its list to the "
               "list painted, all stored; %2; %3")
               .arg(people)
               .arg(busy(), machine())});
    d.wait(1'000);
    // atOnce every 5 ms.
    const auto storm = [&](int atOnce, int presences, const QString &figure) {
        begin();
        const double usedBefore = processTime();
        since.start();
        for (int sent = 0; sent < presences; sent += atOnce) {
            onSession([&, sent](GroupDriver *driver) {
                for (int i = sent; i < sent + atOnce; ++i)
                    Q_EMIT driver->participantChanged(chat.address, person(i * 7 % people, i % 3 == 0));
            });
            const qint64 due = qint64(sent / atOnce + 1) * 5;
            if (since.elapsed() < due) d.wait(int(due - since.elapsed()));
        }
        const double seconds = double(since.elapsed()) / 1e3;
        const double share = (processTime() - usedBefore) / seconds / 10;
        d.wait(2'000);
        print({figure, double(d.app.longestEvent) / 1e6, QStringLiteral("ms"), twoFrames,
               QStringLiteral("%1 presences in %2 s in a MUC room of %3 people, from a connection in memory, "
                              "with the list of people open; %4; all threads together used %5 % of one "
                              "processor; %6")
                   .arg(presences)
                   .arg(seconds, 0, 'f', 1)
                   .arg(people)
                   .arg(busy())
                   .arg(share, 0, 'f', 0)
                   .arg(machine())});
    };
    storm(5, 10'000, QStringLiteral("members.longest_frame_ms"));
    storm(50, 10'000, QStringLiteral("storm.longest_frame_ms"));
}

void countUnnamed(Driver &d)
{
    QAccessible::setActive(true);
    QStringList found;
    int screens = 0;
    const auto look = [&](QWidget *widget) {
        ++screens;
        found += Test::unnamedIn(widget);
    };
    WindowActions *actions = d.window().windowActions();
    look(&d.window());
    for (QAction *panel : {actions->members, actions->search}) {
        panel->trigger();
        d.wait(200);
        look(&d.window());
    }
    for (QAction *action : {actions->jump, actions->join, actions->create, actions->talk, actions->details,
                            actions->leave, actions->day, actions->exportChat, actions->settings,
                            actions->keys, actions->about, actions->addAccount}) {
        action->trigger();
        d.wait(200);
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (!dialog) {
            found.append(QStringLiteral("no dialog for ") + action->text());
            continue;
        }
        look(dialog);
        dialog->reject();
        d.wait(50);
    }
    print({QStringLiteral("a11y.unnamed_nodes"), double(found.size()), QStringLiteral("nodes"), 0,
           QStringLiteral(
               "interactive nodes of the QAccessible tree without a name, on %1 screens: the window, "
               "its panels and dialogs%2")
               .arg(screens)
               .arg(found.isEmpty() ? QString() : QStringLiteral(": ") + found.join(QStringLiteral(", ")))});
}
} // namespace

int driveWindow(int argc, char **argv)
{
    QApplication::setStyle(new CalmStyle);
    TimedApplication app(argc, argv);
    app.clock.start();
    const QStringList arguments = QCoreApplication::arguments();
    Driver driver{app, {}, {}, {}, {}, {}, {}, {}, {}};
    start(driver, arguments.value(2), arguments.value(3).toInt());
    measureSwitching(driver);
    measureScrolling(driver);
    measureBurst(driver);
    measureStorm(driver);
    countUnnamed(driver);
    driver.program.reset();
    return 0;
}

} // namespace Mingle::Bench
