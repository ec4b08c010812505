// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/models/historyfake.h"
#include "views/timelineview.h"
#include "widgets/jumpbutton.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

namespace {

class WatchedModel final : public TimelineModel
{
public:
    using TimelineModel::TimelineModel;
    QList<qint64> seams;
    QList<qint64> retried;
    QList<qint64> discarded;
    QList<qint64> read;

protected:
    QFuture<Outcome> askArchive(const ChatId &, qint64 row) override
    {
        seams.append(row);
        return answered(Outcome(Error::Kind::Timeout));
    }
    QFuture<Outcome> askRetry(const ChatId &, qint64 row) override
    {
        retried.append(row);
        return answered(Outcome());
    }
    QFuture<Outcome> askDiscard(const ChatId &, qint64 row) override
    {
        discarded.append(row);
        return answered(Outcome());
    }
    void tellRead(const ChatId &, qint64 row) override { read.append(row); }
};

/// A move without a button; offscreen, the cursor itself does not always make one.
void moveMouse(QWidget *viewport, const QPoint &point)
{
    QMouseEvent event(QEvent::MouseMove, point, viewport->mapToGlobal(point), Qt::NoButton, Qt::NoButton, {});
    QCoreApplication::sendEvent(viewport, &event);
}

} // namespace

class TestTimelineView : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void opened(const QUrl &url) { m_opened.append(url); }

private Q_SLOTS:
    void init();
    void cleanup();
    void opensAtTheEndAndSticks();
    void staysStillWhileOthersWrite();
    void staysStillWhenHistoryComes();
    void opensAtTheUnreadLine();
    void scrollsToTheFirstMessage();
    void hostileBodiesAreBounded_data();
    void hostileBodiesAreBounded();
    void longBodyUnfolds();
    void nickStaysInItsLine();
    void selectsWithTheMouse();
    void selectsAndCopies();
    void opensLinksOnlyWhenClicked();
    void keyboardReachesEverything();
    void failedMessageByKeyboardAndMenu();
    void seamsAreAskedForInView();
    void readsOnlyInAnActiveWindow();
    void jumpButton();
    void jumpsToAQuotedMessage();
    void accessibleTree();
    void accessibleChildrenStay();
    void anyWidthAndFont();

private:
    void fill(int count, int from = 1);
    void open(const Chat &chat);
    void open();
    void change(const QList<Change> &changes);
    int top(qint64 row) const { return m_view->rowRect(m_model->indexOf(row)).top(); }
    QPoint partPoint(qint64 row, int part) const;
    void scrollTo(int value);

    QList<QUrl> m_opened;
    std::unique_ptr<HistoryFake> m_history;
    std::unique_ptr<ChangeFeed> m_feed;
    std::unique_ptr<WatchedModel> m_model;
    std::unique_ptr<TimelineView> m_view;
};

void TestTimelineView::init()
{
    m_history = std::make_unique<HistoryFake>();
    m_feed = std::make_unique<ChangeFeed>();
    m_model = std::make_unique<WatchedModel>(*m_history, *m_feed, nullptr);
    m_view = std::make_unique<TimelineView>();
    m_view->setModel(m_model.get());
    m_view->resize(600, 500);
    m_opened.clear();
    QDesktopServices::setUrlHandler(u"https"_s, this, "opened");
}

void TestTimelineView::cleanup()
{
    QDesktopServices::unsetUrlHandler(u"https"_s);
    m_view.reset();
    m_model.reset();
}

void TestTimelineView::fill(int count, int from)
{
    for (int i = from; i < from + count; ++i) {
        const QString body =
            i % 5 == 0 ? u"A longer one, which takes several lines in a window like this. "_s.repeated(5)
                       : u"message %1"_s.arg(i);
        m_history->messages.append(message(i, body, i % 3 == 0 ? u"Grace"_s : u"Ada"_s));
    }
}

void TestTimelineView::open(const Chat &chat)
{
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QSignalSpy ready(m_model.get(), &TimelineModel::ready);
    m_model->setChat(chat);
    QTRY_COMPARE(ready.size(), 1);
    QTest::qWait(20);
}

void TestTimelineView::open()
{
    Chat chat;
    chat.id = room();
    open(chat);
}

void TestTimelineView::change(const QList<Change> &changes)
{
    QSignalSpy settled(m_model.get(), &TimelineModel::settled);
    Q_EMIT m_feed->changed(changes);
    if (std::holds_alternative<ChatChanged>(changes.constFirst())) {
        QTest::qWait(60); // makes no new rows
    } else {
        QTRY_VERIFY(!settled.isEmpty());
    }
    QTest::qWait(20);
}

QPoint TestTimelineView::partPoint(qint64 row, int part) const
{
    return m_view->partRect(m_model->indexOf(row), part).center();
}

void TestTimelineView::scrollTo(int value)
{
    m_view->verticalScrollBar()->setValue(value);
    QTest::qWait(20);
}

void TestTimelineView::opensAtTheEndAndSticks()
{
    fill(300);
    open();
    QVERIFY(m_view->isAtNewest());
    for (int i = 301; i < 330; ++i) {
        change({MessageAdded{message(i, u"more"_s)}});
        QVERIFY(m_view->isAtNewest());
        QVERIFY(m_view->rowRect(m_model->indexOf(i)).bottom() <= m_view->viewport()->height());
    }
}

void TestTimelineView::staysStillWhileOthersWrite()
{
    fill(300);
    open();
    const QScrollBar *bar = m_view->verticalScrollBar();
    scrollTo(bar->maximum() / 2);
    const qint64 row = m_model->rowAt(m_model->rowCount() / 2).row;
    const int before = top(row);
    for (int i = 301; i < 320; ++i) {
        change({MessageAdded{message(i, u"more\nlines\nhere"_s)}});
        QCOMPARE(top(row), before);
    }
    QVERIFY(!m_view->isAtNewest());
    // Also when a message far above grows.
    const qint64 above = m_model->messageAt(2)->row;
    Message grown = message(above, u"grown\n"_s.repeated(20));
    change({MessageChanged{grown}});
    QCOMPARE(top(row), before);
}

void TestTimelineView::staysStillWhenHistoryComes()
{
    fill(60, 1000);
    m_history->seams = {{room(), 0}};
    open();
    scrollTo(m_view->verticalScrollBar()->maximum() / 2);
    const qint64 row = m_model->rowAt(m_model->rowCount() / 2).row;
    const int before = top(row);
    fill(80, 100);
    change({HistoryChanged{room()}});
    QTRY_VERIFY(m_model->indexOf(179) >= 0);
    QTest::qWait(30);
    QCOMPARE(top(row), before);
    // Also when the seam itself is the first thing in view, and goes away.
    scrollTo(0);
    QCOMPARE(m_model->rowAt(0).kind, TimelineRow::Kind::Seam);
    const int first = top(100);
    m_history->seams.clear();
    fill(50, 10);
    change({HistoryChanged{room()}});
    QTRY_VERIFY(m_model->indexOf(59) >= 0);
    QTest::qWait(30);
    QCOMPARE(top(100), first);
}

void TestTimelineView::opensAtTheUnreadLine()
{
    fill(300);
    Chat chat;
    chat.id = room();
    chat.unread = 40;
    chat.readUpTo = 260;
    open(chat);
    const QRect first = m_view->rowRect(m_model->indexOf(261));
    QVERIFY(m_view->viewport()->rect().contains(first));
    QVERIFY(!m_view->isAtNewest());
    QVERIFY(m_model->readUpTo() > 260 && m_model->readUpTo() < 300); // what can be seen, and no more
}

void TestTimelineView::scrollsToTheFirstMessage()
{
    fill(3000);
    open();
    int rounds = 0;
    while ((m_model->canFetchOlder() || m_model->indexOf(1) < 0) && ++rounds < 400) {
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QTest::qWait(1);
        QVERIFY(m_view->cachedLayouts() <= 400);
        QVERIFY(m_model->rowCount() <= 800);
    }
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QVERIFY(m_view->rowRect(m_model->indexOf(1)).top() >= 0);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QTRY_VERIFY(m_view->isAtNewest());
    QVERIFY(m_model->indexOf(3000) >= 0);
}

void TestTimelineView::hostileBodiesAreBounded_data()
{
    QTest::addColumn<QString>("body");
    QTest::newRow("megabyte") << QString(1'000'000, u'x');
    QTest::newRow("lines") << QString(100'000, u'\n') + u'x';
    QTest::newRow("paragraph ends") << QString(50'000, QChar(QChar::ParagraphSeparator)) + u'x';
    QTest::newRow("marks") << u"a"_s + QString(10'000, u'\u0301');
    QTest::newRow("stacked marks") << QString(u"a"_s + QString(100, u'\u0489')).repeated(100);
    QTest::newRow("quotations") << u"> \n x\n"_s.repeated(20'000);
    QTest::newRow("deep quotation") << QString(100'000, u'>') + u"x"_s;
    QTest::newRow("fences") << u"```\nx\n```\n"_s.repeated(10'000);
    QTest::newRow("directions") << u"שלום\nhello\n"_s.repeated(10'000);
    QTest::newRow("overrides") << u"\u202e\u2067\u202b"_s.repeated(20'000) + u"x"_s;
    QTest::newRow("links") << u"https://a.test/ "_s.repeated(20'000);
    QTest::newRow("styles") << u"*a* _b_ "_s.repeated(20'000);
    QTest::newRow("big script") << QString(u"\U0001242b"_s).repeated(20'000);
    QTest::newRow("tall") << u"﷽"_s.repeated(5000);
    QTest::newRow("emoji") << u"🏳️‍🌈"_s.repeated(20'000);
    QTest::newRow("torn pairs") << QString(10'000, QChar(0xd83d));
    QTest::newRow("nothing") << QString();
    QTest::newRow("null") << QString(10'000, QChar(u'\0'));
}

void TestTimelineView::hostileBodiesAreBounded()
{
    QFETCH(QString, body);
    Message evil = message(2, body);
    for (int i = 0; i < 5000; ++i) {
        evil.mentions.append(Mention{i - 10, i * 3 - 5, {}, {}, i % 2 == 0});
    }
    m_history->messages = {message(1, u"before"_s), evil, message(3, u"after"_s)};
    open();
    const TimelineMetrics &metrics = m_view->metrics();
    const int index = m_model->indexOf(2);
    const MessageLayout &layout = m_view->layoutAt(index);
    QVERIFY(layout.text()->lineCount() <= collapsedText.lines);
    // A line is at most four times as high as usual; air between blocks and the header come on top.
    QVERIFY(layout.height()
            <= (collapsedText.lines * 4 + 10) * metrics.lineHeight + collapsedText.lines * 8 * metrics.unit);
    QVERIFY(!m_view->grab().isNull());
    QVERIFY(m_view->rowText(index).size() < 3000);
    // Unfolded it is bounded too.
    for (int part = 0; part < m_view->rowParts(index).size(); ++part) {
        if (m_view->rowParts(index).at(part).kind == MessagePart::Kind::ShowAll) {
            m_view->pressPart(index, part);
            QTest::qWait(20);
            break;
        }
    }
    QVERIFY(m_view->layoutAt(index).text()->lineCount() <= expandedText.lines);
    QVERIFY(!m_view->grab().isNull());
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    for (int y = 0; y < m_view->viewport()->height(); y += 7) {
        moveMouse(m_view->viewport(), QPoint(200, y));
    }
}

void TestTimelineView::longBodyUnfolds()
{
    const QString body = u"line\n"_s.repeated(100) + u"end"_s;
    m_history->messages = {message(1, body)};
    open();
    const int index = m_model->indexOf(1);
    QCOMPARE(m_view->layoutAt(index).text()->lineCount(), collapsedText.lines);
    QCOMPARE(m_view->rowParts(index).size(), 1);
    m_view->pressPart(index, 0);
    QTest::qWait(30);
    QCOMPARE(m_view->layoutAt(index).text()->lineCount(), 101);
    QVERIFY(m_view->rowParts(index).isEmpty());
}

void TestTimelineView::nickStaysInItsLine()
{
    Message evil =
        message(1, u"hello"_s,
                u"\u202e<img src=/etc/passwd>\n\u2067Ada\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"_s);
    m_history->messages = {evil, message(2, u"x"_s, QString(50'000, u'W'))};
    open();
    const QString spoken = m_view->rowText(m_model->indexOf(1));
    QVERIFY(spoken.startsWith(u"<img src=/etc/passwd> Ada"_s));
    QVERIFY(!spoken.contains(u'\u202e'));
    const MessageLayout &layout = m_view->layoutAt(m_model->indexOf(2));
    QVERIFY(layout.timeRect().right() <= m_view->viewport()->width());
    QVERIFY(layout.height() < 5 * m_view->metrics().lineHeight);
}

void TestTimelineView::selectsWithTheMouse()
{
    m_history->messages = {message(1, u"first message"_s), message(2, u"second message"_s, u"Grace"_s)};
    open();
    const auto pointAt = [this](qint64 row, qsizetype position) {
        const int index = m_model->indexOf(row);
        const MessageLayout &layout = m_view->layoutAt(index);
        const QRectF rect = layout.text()->rectsOf(position, position + 1).constFirst();
        const QPointF point(rect.left() + 1, rect.center().y());
        return (point + layout.textPosition()).toPoint() + QPoint(0, m_view->rowRect(index).top());
    };
    QWidget *viewport = m_view->viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, pointAt(1, 2));
    QTest::mouseMove(viewport, pointAt(1, 8));
    QTest::mouseMove(viewport, pointAt(1, 9));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, pointAt(1, 9));
    QCOMPARE(m_view->selectedText(), u"rst mes"_s);
    QTest::mousePress(viewport, Qt::LeftButton, {}, pointAt(1, 6));
    QTest::mouseMove(viewport, pointAt(2, 3));
    QTest::mouseMove(viewport, pointAt(2, 6));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, pointAt(2, 6));
    const QStringList lines = m_view->selectedText().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.at(0).startsWith(u"Ada ["_s) && lines.at(0).endsWith(u"]: message"_s));
    QVERIFY(lines.at(1).startsWith(u"Grace ["_s) && lines.at(1).endsWith(u"]: second"_s));
    QTest::mouseClick(viewport, Qt::LeftButton, {}, pointAt(1, 1));
    QVERIFY(m_view->selectedText().isEmpty());
    QTest::mouseDClick(viewport, Qt::LeftButton, {}, pointAt(2, 9));
    QCOMPARE(m_view->selectedText(), u"message"_s);
}

void TestTimelineView::selectsAndCopies()
{
    Message gone = message(3, u"secret"_s);
    gone.retracted = true;
    m_history->messages = {message(1, u"one *bold*"_s), message(2, u"two\nlines"_s), gone, mine(4, u"me"_s)};
    open();
    m_view->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.contains(u"]: one *bold*\nAda ["_s));
    QVERIFY(copied.contains(u"]: two\nlines\nMe ["_s));
    QVERIFY(!copied.contains(u"secret"_s));
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_view->selectedText().isEmpty());
    // By keyboard: from the newest message up over two.
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"two\nlines"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText().count(u"]: "_s), 2);
}

void TestTimelineView::opensLinksOnlyWhenClicked()
{
    m_history->messages = {
        message(1, u"see https://example.org/x and xmpp:room@c.test?join file:///etc/passwd"_s)};
    open();
    QSignalSpy chat(m_view.get(), &TimelineView::chatLinkActivated);
    QCOMPARE(m_view->rowParts(m_model->indexOf(1)).size(), 2);
    moveMouse(m_view->viewport(), partPoint(1, 0));
    QVERIFY(m_opened.isEmpty());
    QCOMPARE(m_view->viewport()->cursor().shape(), Qt::PointingHandCursor);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, partPoint(1, 0));
    QCOMPARE(m_opened, (QList<QUrl>{QUrl(u"https://example.org/x"_s)}));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, partPoint(1, 1));
    QCOMPARE(chat.size(), 1);
    QCOMPARE(m_opened.size(), 1);
    // A pull that begins on a link selects.
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, partPoint(1, 0));
    QTest::mouseMove(m_view->viewport(), partPoint(1, 0) + QPoint(30, 0));
    QTest::mouseMove(m_view->viewport(), partPoint(1, 0) + QPoint(40, 0));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, partPoint(1, 0) + QPoint(40, 0));
    QCOMPARE(m_opened.size(), 1);
    QVERIFY(!m_view->selectedText().isEmpty());
}

void TestTimelineView::keyboardReachesEverything()
{
    Message failed = mine(3, u"lost"_s, Delivery::Failed);
    failed.failure = Error{Error::Kind::Refused, u"forbidden"_s, {}};
    m_history->messages = {message(1, u"https://example.org/"_s), message(2, u"b"_s), failed};
    open();
    m_view->clearFocus();
    m_view->setFocus(Qt::TabFocusReason);
    QCOMPARE(m_view->currentRow(), 3);
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QCOMPARE(m_view->currentPart(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(m_model->retried, (QList<qint64>{3}));
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(m_model->discarded, (QList<qint64>{3}));
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->currentRow(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_Tab);
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(m_opened.size(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->currentRow(), 2);
    QCOMPARE(m_view->currentPart(), -1);
    QSignalSpy typed(m_view.get(), &TimelineView::typed);
    QTest::keyClick(m_view.get(), Qt::Key_H);
    QCOMPARE(typed.size(), 1);
}

void TestTimelineView::failedMessageByKeyboardAndMenu()
{
    m_history->messages = {mine(1, u"lost"_s, Delivery::Failed)};
    open();
    m_view->clearFocus();
    m_view->setFocus(Qt::TabFocusReason);
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QCOMPARE(m_model->discarded, (QList<qint64>{1}));
    m_view->showMenuForCurrent();
    auto *menu = m_view->findChild<QMenu *>(u"messageMenu"_s);
    QVERIFY(menu);
    const QList<QAction *> actions = menu->actions();
    for (const QAction *action : actions) {
        QVERIFY(action->isSeparator() || !action->text().isEmpty());
    }
    const auto retry = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
        return action->text().contains(u"again"_s);
    });
    QVERIFY(retry != actions.end());
    menu->close();
    // Mouse: the first button under the failure.
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, partPoint(1, 0));
    QCOMPARE(m_model->retried, (QList<qint64>{1}));
}

void TestTimelineView::seamsAreAskedForInView()
{
    fill(200);
    m_history->seams = {{room(), 150}, {room(), 190}};
    open();
    QTest::qWait(20);
    QVERIFY(!m_model->seams.contains(150)); // far above
    m_view->scrollToRow(190);
    QTRY_VERIFY(m_model->seams.contains(190));
    QTRY_COMPARE(m_model->seamState(190), SeamState::Failed);
    QTest::qWait(40);
    QCOMPARE(m_model->seams.count(190), 1); // not in circles
    const int seam = m_model->indexOf(190) + 1;
    QCOMPARE(m_view->rowParts(seam).size(), 1);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->partRect(seam, 0).center());
    QCOMPARE(m_model->seams.count(190), 2);
}

void TestTimelineView::readsOnlyInAnActiveWindow()
{
    fill(100);
    QWidget other;
    open();
    QCOMPARE(m_model->readUpTo(), 100);
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    change({MessageAdded{message(101, u"unseen"_s)}});
    QCOMPARE(m_model->readUpTo(), 100);
    QVERIFY(m_model->hasUnreadLine()); // whoever comes back sees where they left off
    QSignalSpy read(m_view.get(), &TimelineView::readUpTo);
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTRY_COMPARE(m_model->readUpTo(), 101);
    QCOMPARE(read.size(), 1);
    // What comes while one reads further up is not read.
    scrollTo(0);
    change({MessageAdded{message(102, u"below"_s)}});
    QCOMPARE(m_model->readUpTo(), 101);
}

void TestTimelineView::jumpButton()
{
    fill(300);
    Chat chat;
    chat.id = room();
    open(chat);
    QVERIFY(m_view->jumpButton()->isHidden());
    scrollTo(0);
    QVERIFY(!m_view->jumpButton()->isHidden());
    chat.unread = 3;
    change({ChatChanged{chat}});
    QCOMPARE(m_view->jumpButton()->count(), 3);
    QVERIFY(m_view->jumpButton()->accessibleName().contains(u'3'));
    m_view->jumpButton()->click();
    QTRY_VERIFY(m_view->isAtNewest());
    QVERIFY(m_view->jumpButton()->isHidden());
}

void TestTimelineView::jumpsToAQuotedMessage()
{
    fill(90);
    Message reply = message(91, u"I agree"_s);
    reply.replyTo = u"archive-5"_s;
    Message lost = message(92, u"what?"_s);
    lost.replyTo = u"nowhere"_s;
    m_history->messages << reply << lost;
    open();
    const int index = m_model->indexOf(91);
    QCOMPARE(m_view->rowParts(index).constFirst().kind, MessagePart::Kind::Quote);
    QCOMPARE(m_view->layoutAt(index).look().quotedName, u"Ada"_s);
    const qreal known = m_view->layoutAt(index).quoteRect().height();
    QCOMPARE(m_view->layoutAt(m_model->indexOf(92)).quoteRect().height(), known);
    m_view->pressPart(index, 0);
    QTRY_COMPARE(m_view->currentRow(), 5);
    QVERIFY(m_view->viewport()->rect().intersects(m_view->rowRect(m_model->indexOf(5))));
    // A change of the quoted message shows in the quotation.
    change({MessageChanged{message(5, u"edited"_s)}});
    QCOMPARE(m_view->layoutAt(m_model->indexOf(91)).look().quotedText, u"edited"_s);
}

void TestTimelineView::accessibleTree()
{
    Message failed = mine(3, u"lost"_s, Delivery::Failed);
    m_history->messages = {message(1, u"hello https://example.org/"_s), message(2, u"b"_s, u"Grace"_s),
                           failed};
    m_history->seams = {{room(), 0}};
    open();
    QTRY_COMPARE(m_model->seamState(0), SeamState::Failed);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QVERIFY(!list->text(QAccessible::Name).isEmpty());
    QCOMPARE(list->childCount(), m_model->rowCount());
    int interactive = 0;
    for (int i = 0; i < list->childCount(); ++i) {
        QAccessibleInterface *row = list->child(i);
        QVERIFY(row && row->isValid());
        QCOMPARE(list->indexOfChild(row), i);
        QCOMPARE(row->parent(), list);
        QVERIFY(!row->text(QAccessible::Name).isEmpty());
        QVERIFY(!row->rect().isEmpty());
        for (int part = 0; part < row->childCount(); ++part) {
            QAccessibleInterface *child = row->child(part);
            QVERIFY(child->role() == QAccessible::Link || child->role() == QAccessible::Button);
            QVERIFY(!child->text(QAccessible::Name).isEmpty());
            QCOMPARE(child->parent(), row);
            QCOMPARE(row->indexOfChild(child), part);
            QVERIFY(
                child->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()));
            ++interactive;
        }
    }
    QCOMPARE(interactive, 4); // the seam's, the link, try again, delete
    const int first = m_model->indexOf(1);
    QAccessibleInterface *message = list->child(first);
    QCOMPARE(message->role(), QAccessible::ListItem);
    QVERIFY(message->text(QAccessible::Name).startsWith(u"Ada, "_s));
    QVERIFY(message->text(QAccessible::Name).endsWith(u": hello https://example.org/"_s));
    message->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(m_opened.size(), 1);
    message->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(m_view->currentRow(), 1);
    QVERIFY(message->state().focused);
    QCOMPARE(list->focusChild(), message);
    const QPoint middle = message->rect().center();
    QCOMPARE(list->childAt(middle.x(), middle.y()), message);
}

void TestTimelineView::accessibleChildrenStay()
{
    m_history->messages = {message(10, u"a"_s)};
    open();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
    QAccessibleInterface *row = list->child(m_model->indexOf(10));
    change({MessageAdded{message(5, u"above"_s)}});
    QCOMPARE(list->child(m_model->indexOf(10)), row);
    QVERIFY(row->text(QAccessible::Name).endsWith(u": a"_s));
    change({MessageRemoved{room(), 10}});
    QVERIFY(!row->isValid());
    QVERIFY(row->state().invalid);
    change({MessageRemoved{room(), 5}});
    QVERIFY(list->text(QAccessible::Description).contains(u"No messages yet"_s));
}

void TestTimelineView::anyWidthAndFont()
{
    fill(40);
    Message all = mine(41, u"> quoted\n```\ncode code code\n```\nשלום @Ada 😀 https://example.org/a/b/c"_s,
                       Delivery::Failed);
    all.replyTo = u"archive-3"_s;
    all.edited = all.mentionsMe = true;
    all.mentions = {Mention{40, 44, {}, {}, true}};
    m_history->messages.append(all);
    open();
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        m_view->setLayoutDirection(direction);
        for (const qreal points : {6.0, 10.0, 20.0, 40.0}) {
            QFont font = m_view->font();
            font.setPointSizeF(points);
            m_view->setFont(font);
            for (const int width : {60, 200, 480, 1200, 3000}) {
                m_view->resize(width, 500);
                QTest::qWait(1);
                QVERIFY(!m_view->grab().isNull());
                QVERIFY(m_view->isAtNewest());
                const MessageLayout &layout = m_view->layoutAt(m_model->indexOf(41));
                if (width >= 480) {
                    for (const MessagePart &part : layout.parts()) {
                        QVERIFY(part.area.left() >= 0);
                        QVERIFY(part.area.right() <= m_view->viewport()->width());
                    }
                    QVERIFY(layout.deliveryRect().right() <= m_view->viewport()->width());
                }
            }
        }
    }
}

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
