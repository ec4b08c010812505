// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/models/historyfake.h"
#include "views/timelineview.h"
#include "widgets/jumpbutton.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

class TestTimelineJumps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void goesToAPlaceAndBack();
    void marksWhatWasFound();
    void goesToTheUnreadLine();
    void goesToADay();
    void saysWhereItBegins();

private:
    void fill(int count, int from = 1);
    void open(const Chat &chat);
    void open();
    void change(const QList<Change> &changes);
    int top(qint64 row) const { return m_view->rowRect(m_model->indexOf(row)).top(); }

    std::unique_ptr<HistoryFake> m_history;
    std::unique_ptr<ChangeFeed> m_feed;
    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<TimelineView> m_view;
};

void TestTimelineJumps::init()
{
    m_history = std::make_unique<HistoryFake>();
    m_feed = std::make_unique<ChangeFeed>();
    m_model = std::make_unique<TimelineModel>(*m_history, *m_feed, nullptr);
    m_view = std::make_unique<TimelineView>();
    m_view->setModel(m_model.get());
    m_view->resize(600, 500);
}

void TestTimelineJumps::cleanup()
{
    m_view.reset();
    m_model.reset();
}

void TestTimelineJumps::fill(int count, int from)
{
    for (int i = from; i < from + count; ++i)
        m_history->messages.append(message(i, u"message %1"_s.arg(i), i % 3 == 0 ? u"Grace"_s : u"Ada"_s));
}

void TestTimelineJumps::open(const Chat &chat)
{
    m_view->show();
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QSignalSpy ready(m_model.get(), &TimelineModel::ready);
    m_model->setChat(chat);
    QTRY_COMPARE(ready.size(), 1);
    QTest::qWait(20);
}

void TestTimelineJumps::open()
{
    Chat chat;
    chat.id = room();
    open(chat);
}

void TestTimelineJumps::change(const QList<Change> &changes)
{
    QSignalSpy settled(m_model.get(), &TimelineModel::settled);
    Q_EMIT m_feed->changed(changes);
    QTRY_VERIFY(!settled.isEmpty());
    QTest::qWait(20);
}

void TestTimelineJumps::goesToAPlaceAndBack()
{
    fill(2000);
    open();
    QCOMPARE(m_view->place().row, 0); // the newest end
    for (const qint64 row : {1950, 1000, 1001, 3, 1990}) {
        m_view->goTo({.row = row, .flash = true});
        QTRY_VERIFY(m_model->indexOf(row) >= 0);
        QTest::qWait(60);
        const QRect rect = m_view->rowRect(m_model->indexOf(row));
        QVERIFY2(m_view->viewport()->rect().contains(rect), qPrintable(QString::number(row)));
        if (row != 3) QVERIFY(std::abs(rect.center().y() - m_view->viewport()->height() / 2) < 3);
    }
    // And exactly back to where reading stopped.
    m_view->goTo({.row = 1000});
    QTRY_VERIFY(m_model->indexOf(1000) >= 0);
    QTest::qWait(60);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->value() - 37);
    const TimelinePlace place = m_view->place();
    m_view->scrollToNewest();
    QTRY_VERIFY(m_view->isAtNewest());
    m_view->goTo(place);
    QTRY_VERIFY(m_model->indexOf(place.row) >= 0);
    QTest::qWait(60);
    QCOMPARE(top(place.row), *place.top);
    QVERIFY(!m_view->backButton()->isVisible());
    m_view->setBackPossible(true);
    QTRY_VERIFY(m_view->backButton()->isVisible());
    QSignalSpy back(m_view.get(), &TimelineView::backWanted);
    QTest::mouseClick(m_view->backButton(), Qt::LeftButton);
    QCOMPARE(back.size(), 1);
}

void TestTimelineJumps::marksWhatWasFound()
{
    fill(50);
    const QString body = u"line\n"_s.repeated(90) + u"needle"_s;
    m_history->messages.append(message(51, body));
    fill(50, 52);
    open();
    const qsizetype at = body.indexOf(u"needle"_s);
    m_view->goTo({.row = 51, .found = {{at, at + 6}}, .flash = true});
    QTest::qWait(60);
    // What is found far down in a long message is unfolded and in view.
    const MessageLayout &layout = m_view->layoutAt(m_model->indexOf(51));
    QVERIFY(!layout.text()->isCut());
    const QList<QRectF> rects = layout.text()->rectsOf(at, at + 6);
    QCOMPARE(rects.size(), 1);
    const QPoint where =
        rects.at(0).translated(layout.textPosition()).center().toPoint() + QPoint(0, top(51));
    QVERIFY(m_view->viewport()->rect().contains(where));
    const QRect word = rects.at(0).translated(layout.textPosition() + QPointF(0, top(51))).toRect();
    const auto marked = [&] {
        const QImage shown = m_view->viewport()->grab(word).toImage();
        int pixels = 0;
        for (int x = 0; x < shown.width(); ++x)
            pixels +=
                shown.pixelColor(x, shown.height() / 2).rgb() == m_view->metrics().theme.found.rgb() ? 1 : 0;
        return pixels > shown.width() / 4;
    };
    QTRY_VERIFY(marked());
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_view->found().isEmpty());
    QTRY_VERIFY(!marked());
}

void TestTimelineJumps::goesToTheUnreadLine()
{
    fill(1000);
    Chat chat;
    chat.id = room();
    chat.unread = 700;
    chat.readUpTo = 300;
    open(chat);
    m_view->scrollToNewest();
    QTRY_VERIFY(m_view->isAtNewest());
    QSignalSpy leaving(m_view.get(), &TimelineView::leaving);
    QVERIFY(m_view->goToUnread());
    QTRY_VERIFY(m_model->indexOf(301) >= 0);
    QTest::qWait(60);
    QCOMPARE(leaving.size(), 1);
    QVERIFY(m_view->viewport()->rect().contains(m_view->rowRect(m_model->indexOf(301)).topLeft()));
    m_model->setUnreadLine(0);
    QVERIFY(!m_view->goToUnread());
}

void TestTimelineJumps::goesToADay()
{
    for (int i = 1; i <= 900; ++i) {
        Message one = message(i, u"message %1"_s.arg(i));
        one.time = one.time.addDays(i / 30);
        m_history->messages.append(one);
    }
    m_view->setDaysPressable(true);
    open();
    const QDate day = m_history->messages.at(300).time.toLocalTime().date();
    m_view->goToDay(day);
    QTRY_VERIFY(m_model->indexOf(301) >= 0);
    QTest::qWait(60);
    const int index = m_view->model()->indexOf(300); // the day's first: 300 / 30 begins it
    QCOMPARE(m_model->rowAt(index - 1).kind, TimelineRow::Kind::Day);
    QCOMPARE(m_view->rowRect(index - 1).top(), 0);
    QCOMPARE(m_view->dayInView(), day);
    // Its line leads on, by mouse and for screen readers.
    QSignalSpy wanted(m_view.get(), &TimelineView::dateWanted);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->partRect(index - 1, 0).center());
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toDate(), day);
    // Before everything, and after it.
    m_view->goToDay(QDate(1999, 1, 1));
    QTRY_VERIFY(m_model->indexOf(1) >= 0);
    m_view->goToDay(QDate(2199, 1, 1));
    QTRY_VERIFY(m_view->isAtNewest());
}

void TestTimelineJumps::saysWhereItBegins()
{
    fill(3);
    Chat chat;
    chat.id = room();
    chat.name = u"Design\u202e"_s;
    chat.capabilities = Capability::Archive;
    open(chat);
    QCOMPARE(m_model->rowAt(0).kind, TimelineRow::Kind::Beginning);
    QVERIFY(m_view->rowText(0).contains(u"beginning of"_s) && m_view->rowText(0).contains(u"Design"_s));
    QVERIFY(!m_view->rowText(0).contains(QChar(0x202e)));
    m_history->seams = {{room(), 0}}; // something older is archived
    change({HistoryChanged{room()}});
    QCOMPARE(m_model->rowAt(0).kind, TimelineRow::Kind::Seam);
}

QTEST_MAIN(TestTimelineJumps)
#include "tst_timelinejumps.moc"
