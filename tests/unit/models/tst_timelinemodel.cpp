// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfake.h"
#include "models/timelinemodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;
using Kind = TimelineRow::Kind;

namespace {

class WatchedModel final : public TimelineModel
{
public:
    WatchedModel(LocalHistory &history, ChangeFeed &feed)
        : TimelineModel(history, feed, nullptr)
    {}

    QList<qint64> askedSeams;
    QList<qint64> read;
    Outcome archiveAnswer;

protected:
    QFuture<Outcome> askArchive(const ChatId &, qint64 row) override
    {
        askedSeams.append(row);
        return answered(archiveAnswer);
    }
    void tellRead(const ChatId &, qint64 row) override { read.append(row); }
};

} // namespace

class TestTimelineModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsNewest();
    void groups();
    void dayLines();
    void noticesStandAlone();
    void unreadLine();
    void opensAtUnread();
    void ownAnswerTakesLineAway();
    void pagesBothWays();
    void windowIsBounded();
    void follows();
    void movesWhenOrderChanges();
    void otherChatsStayOut();
    void staleAnswersAreDropped();
    void changesOvertakeAnswers();
    void batchesChanges();
    void rereadsHistory();
    void seams();
    void seamFails();
    void locates();
    void marksRead();
    void unreadable();
    void removedChat();
    void findsReferences();
    void namesPeople();
    void randomly();

private:
    void open(const Chat &chat);
    void open(const ChatId &chat = room());
    void change(const QList<Change> &changes);
    QList<qint64> rows() const;
    int count(Kind kind) const;
    bool isStretchOfStore() const;

    std::unique_ptr<HistoryFake> m_history;
    std::unique_ptr<ChangeFeed> m_feed;
    std::unique_ptr<WatchedModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTimelineModel::init()
{
    m_history = std::make_unique<HistoryFake>();
    m_feed = std::make_unique<ChangeFeed>();
    m_model = std::make_unique<WatchedModel>(*m_history, *m_feed);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestTimelineModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

void TestTimelineModel::open(const Chat &chat)
{
    QSignalSpy ready(m_model.get(), &TimelineModel::ready);
    m_model->setChat(chat);
    QTRY_COMPARE(ready.size(), 1);
}

void TestTimelineModel::open(const ChatId &id)
{
    Chat chat;
    chat.id = id;
    chat.kind = ChatKind::Muc;
    open(chat);
}

void TestTimelineModel::change(const QList<Change> &changes)
{
    QSignalSpy settled(m_model.get(), &TimelineModel::settled);
    Q_EMIT m_feed->changed(changes);
    QTest::qWait(30);
}

QList<qint64> TestTimelineModel::rows() const
{
    QList<qint64> result;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        if (const Message *message = m_model->messageAt(i)) {
            result.append(message->row);
        }
    }
    return result;
}

int TestTimelineModel::count(Kind kind) const
{
    int result = 0;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        result += m_model->rowAt(i).kind == kind ? 1 : 0;
    }
    return result;
}

void TestTimelineModel::showsNewest()
{
    for (int i = 1; i <= 250; ++i) {
        m_history->messages.append(message(i, u"text %1"_s.arg(i)));
    }
    QCOMPARE(m_model->state(), TimelineModel::State::NoChat);
    open();
    QCOMPARE(m_model->state(), TimelineModel::State::Ready);
    QCOMPARE(rows().constLast(), 250);
    QCOMPARE(rows().size(), 100);
    QVERIFY(m_model->isAtNewest());
    QVERIFY(m_model->canFetchOlder());
    const QModelIndex last = m_model->index(m_model->rowCount() - 1);
    QCOMPARE(last.data(TimelineModel::TextRole).toString(), u"text 250"_s);
    QCOMPARE(last.data(TimelineModel::NickRole).toString(), u"Ada"_s);
    QCOMPARE(last.data(TimelineModel::RowRole).toLongLong(), 250);
    QVERIFY(!m_model->index(0).data(TimelineModel::TextRole).isValid());
}

void TestTimelineModel::groups()
{
    m_history->messages = {message(1, u"a"_s), message(2, u"b"_s), message(3, u"c"_s, u"Grace"_s),
                           message(4, u"d"_s), message(20, u"e"_s)};
    open();
    QList<bool> grouped;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        if (m_model->messageAt(i)) {
            grouped.append(m_model->rowAt(i).grouped);
        }
    }
    QCOMPARE(grouped, (QList<bool>{false, true, false, false, false}));
    // Two unknown members need not be one person.
    Message unknown = message(21, u"f"_s);
    unknown.author = {};
    Message another = unknown;
    another.row = another.order = 22;
    change({MessageAdded{unknown}, MessageAdded{another}});
    QVERIFY(!m_model->rowAt(m_model->indexOf(22)).grouped);
}

void TestTimelineModel::dayLines()
{
    Message yesterday = message(1, u"a"_s);
    yesterday.time = yesterday.time.addDays(-1);
    m_history->messages = {yesterday, message(2, u"b"_s), message(3, u"c"_s)};
    open();
    QCOMPARE(count(Kind::Day), 2);
    QCOMPARE(m_model->rowAt(0).kind, Kind::Day);
    QCOMPARE(m_model->rowAt(2).kind, Kind::Day);
    QCOMPARE(m_model->rowAt(2).day, m_history->messages.at(1).time.toLocalTime().date());
    // Order is the archive's: a clock that is wrong makes its own day line, and moves nothing.
    Message odd = message(4, u"d"_s);
    odd.time = QDateTime(QDate(1970, 1, 1), QTime(), QTimeZone::UTC);
    Message without = message(5, u"e"_s);
    without.time = {};
    change({MessageAdded{odd}, MessageAdded{without}});
    QCOMPARE(rows(), (QList<qint64>{1, 2, 3, 4, 5}));
    QCOMPARE(count(Kind::Day), 3);
}

void TestTimelineModel::noticesStandAlone()
{
    Message notice = message(2, u"Eve"_s);
    notice.notice = Notice::Removed;
    notice.delivery = Delivery::Archived;
    m_history->messages = {message(1, u"a"_s), notice, message(3, u"b"_s)};
    open();
    QCOMPARE(count(Kind::Notice), 1);
    QCOMPARE(m_model->rowAt(2).kind, Kind::Notice); // below the day
    QVERIFY(!m_model->messageAt(2));
    QCOMPARE(m_model->noticeAt(2)->body, u"Eve"_s);
    QVERIFY(!m_model->noticeAt(1));
    QVERIFY(!m_model->rowAt(3).grouped); // by the same author, but something came in between
    Message later = message(4, u"Linus"_s);
    later.notice = Notice::Banned;
    change({MessageAdded{later}});
    QCOMPARE(count(Kind::Notice), 2);
}

void TestTimelineModel::unreadLine()
{
    m_history->messages = {message(1, u"a"_s), message(2, u"b"_s), message(3, u"c"_s)};
    Chat chat;
    chat.id = room();
    chat.unread = 1;
    chat.readUpTo = 2;
    open(chat);
    QCOMPARE(count(Kind::Unread), 1);
    QCOMPARE(m_model->rowAt(3).kind, Kind::Unread);
    QCOMPARE(m_model->rowAt(3).row, 3);
    QVERIFY(!m_model->rowAt(4).grouped);
    // It stays where it was when the room was opened.
    change({MessageAdded{message(4, u"d"_s)}});
    m_model->markRead(4);
    QCOMPARE(m_model->rowAt(3).kind, Kind::Unread);
    m_model->setUnreadLine(0);
    QCOMPARE(count(Kind::Unread), 0);
}

void TestTimelineModel::opensAtUnread()
{
    for (int i = 1; i <= 1000; ++i) {
        m_history->messages.append(message(i, u"x"_s));
    }
    Chat chat;
    chat.id = room();
    chat.unread = 700;
    chat.readUpTo = 300;
    open(chat);
    QVERIFY(rows().contains(300));
    QCOMPARE(count(Kind::Unread), 1);
    QVERIFY(!m_model->isAtNewest());
    QVERIFY(m_model->canFetchNewer());
}

void TestTimelineModel::ownAnswerTakesLineAway()
{
    m_history->messages = {message(1, u"a"_s), message(2, u"b"_s)};
    Chat chat;
    chat.id = room();
    chat.unread = 1;
    chat.readUpTo = 1;
    open(chat);
    QVERIFY(m_model->hasUnreadLine());
    change({MessageAdded{mine(3, u"hello"_s, Delivery::Waiting)}});
    QVERIFY(!m_model->hasUnreadLine());
    QCOMPARE(count(Kind::Unread), 0);
}

void TestTimelineModel::pagesBothWays()
{
    for (int i = 1; i <= 2000; ++i) {
        m_history->messages.append(message(i, u"x"_s));
    }
    open();
    int rounds = 0;
    while (m_model->canFetchOlder() && ++rounds < 50) {
        m_model->setAnchor(rows().constFirst());
        m_model->fetchOlder();
        QTRY_VERIFY(m_model->canFetchOlder() || rows().constFirst() == 1);
        QVERIFY(rows().size() <= 600);
        const QList<qint64> now = rows();
        for (qsizetype i = 1; i < now.size(); ++i) {
            QCOMPARE(now.at(i), now.at(i - 1) + 1);
        }
    }
    QCOMPARE(rows().constFirst(), 1);
    QVERIFY(!m_model->isAtNewest());
    while (m_model->canFetchNewer() && ++rounds < 100) {
        m_model->setAnchor(rows().constLast());
        m_model->fetchNewer();
        QTRY_VERIFY(m_model->canFetchNewer() || rows().constLast() == 2000);
        QVERIFY(rows().size() <= 600);
    }
    QCOMPARE(rows().constLast(), 2000);
    QVERIFY(m_model->isAtNewest());
}

void TestTimelineModel::windowIsBounded()
{
    m_history->messages = {message(1, u"a"_s)};
    open();
    QList<Change> burst;
    for (int i = 2; i <= 5000; ++i) {
        burst.append(MessageAdded{message(i, u"x"_s)});
    }
    change(burst);
    QVERIFY(rows().size() <= 700);
    QCOMPARE(rows().constLast(), 5000);
    QVERIFY(m_model->isAtNewest());
    // Somebody who reads far up keeps that, and the newest end is let go.
    m_model->setAnchor(rows().constFirst());
    const qint64 first = rows().constFirst();
    burst.clear();
    for (int i = 5001; i <= 6000; ++i) {
        burst.append(MessageAdded{message(i, u"x"_s)});
    }
    change(burst);
    QCOMPARE(rows().constFirst(), first);
    QVERIFY(rows().size() <= 700);
    QVERIFY(!m_model->isAtNewest());
}

void TestTimelineModel::follows()
{
    m_history->messages = {message(1, u"a"_s), message(2, u"b"_s)};
    open();
    QSignalSpy arrived(m_model.get(), &TimelineModel::arrived);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    change({MessageAdded{mine(3, u"hi"_s, Delivery::Waiting)}, MessageAdded{message(4, u"d"_s)}});
    QCOMPARE(rows(), (QList<qint64>{1, 2, 3, 4}));
    QCOMPARE(arrived.size(), 1);
    QCOMPARE(arrived.at(0).at(0).value<QList<Message>>().size(), 1);
    for (const Delivery delivery : {Delivery::Sent, Delivery::Archived}) {
        changed.clear();
        change({MessageChanged{mine(3, u"hi"_s, delivery)}});
        QCOMPARE(changed.size(), 1);
        const int index = m_model->indexOf(3);
        QCOMPARE(changed.at(0).at(0).toModelIndex().row(), index);
        QCOMPARE(m_model->index(index).data(TimelineModel::DeliveryRole).toInt(), int(delivery));
    }
    change({MessageRemoved{room(), 2}, MessageRemoved{room(), 77}});
    QCOMPARE(rows(), (QList<qint64>{1, 3, 4}));
}

void TestTimelineModel::movesWhenOrderChanges()
{
    m_history->messages = {message(1, u"a"_s)};
    open();
    Message own = mine(2, u"hi"_s, Delivery::Waiting);
    own.order = 1'000'000;
    change({MessageAdded{own}, MessageAdded{message(3, u"b"_s)}});
    QCOMPARE(rows(), (QList<qint64>{1, 3, 2}));
    own.order = 2;
    own.delivery = Delivery::Archived;
    change({MessageChanged{own}});
    QCOMPARE(rows(), (QList<qint64>{1, 2, 3}));
}

void TestTimelineModel::otherChatsStayOut()
{
    m_history->messages = {message(1, u"a"_s)};
    open();
    Message other = message(2, u"b"_s);
    other.chat = room(u"other"_s);
    Message account = message(3, u"c"_s);
    account.chat.account = Jid::trusted(u"somebody@else.test");
    change({MessageAdded{other}, MessageAdded{account}, MessageChanged{other},
            MessageRemoved{room(u"other"_s), 1}});
    QCOMPARE(rows(), (QList<qint64>{1}));
}

void TestTimelineModel::staleAnswersAreDropped()
{
    Message other = message(2, u"b"_s);
    other.chat = room(u"other"_s);
    m_history->messages = {message(1, u"a"_s), other};
    m_history->held = true;
    m_model->setChat(room());
    m_model->setChat(room(u"other"_s));
    QVERIFY(m_history->release());
    QTest::qWait(10);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->state(), TimelineModel::State::Loading);
    QVERIFY(m_history->release());
    QTRY_COMPARE(rows(), (QList<qint64>{2}));
}

void TestTimelineModel::changesOvertakeAnswers()
{
    m_history->messages = {message(1, u"a"_s), message(2, u"b"_s), message(3, u"c"_s)};
    m_history->held = true;
    m_model->setChat(room());
    // Committed after the reading began, told before its answer comes.
    Message edited = message(2, u"new"_s);
    change({MessageChanged{edited}, MessageAdded{message(4, u"d"_s)}, MessageRemoved{room(), 1}});
    QVERIFY(m_history->release());
    QTRY_COMPARE(rows(), (QList<qint64>{2, 3, 4}));
    QCOMPARE(m_model->messageAt(m_model->indexOf(2))->body, u"new"_s);
}

void TestTimelineModel::batchesChanges()
{
    m_history->messages = {message(1, u"a"_s)};
    open();
    QSignalSpy settled(m_model.get(), &TimelineModel::settled);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    for (int i = 2; i <= 300; ++i) {
        Q_EMIT m_feed->changed({MessageAdded{message(i, u"x"_s)}});
    }
    QTRY_COMPARE(rows().size(), 300);
    QCOMPARE(settled.size(), 1);
    QCOMPARE(inserted.size(), 1);
}

void TestTimelineModel::rereadsHistory()
{
    m_history->messages = {message(1, u"a"_s), message(50, u"b"_s)};
    m_history->seams = {{room(), 1}};
    open();
    QCOMPARE(count(Kind::Seam), 1);
    m_model->setAnchor(50);
    for (int i = 2; i < 50; ++i) {
        m_history->messages.append(message(i, u"x"_s));
    }
    m_history->seams.clear();
    const QPersistentModelIndex kept = m_model->index(m_model->indexOf(50));
    // Many in a row are one reading, or two where one was under way.
    const int before = m_history->reads;
    change(QList<Change>(20, HistoryChanged{room()}));
    QTRY_COMPARE(rows().size(), 50);
    QVERIFY(m_history->reads - before <= 2);
    QCOMPARE(count(Kind::Seam), 0);
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data(TimelineModel::RowRole).toLongLong(), 50);
}

void TestTimelineModel::seams()
{
    m_history->messages = {message(10, u"a"_s), message(20, u"b"_s)};
    m_history->seams = {{room(), 0}, {room(), 10}};
    open();
    QCOMPARE(count(Kind::Seam), 2);
    QCOMPARE(m_model->rowAt(0).kind, Kind::Seam);
    QCOMPARE(m_model->rowAt(0).row, 0);
    // Something comes, and more is missing: it may be asked for again.
    m_history->messages.append(message(15, u"c"_s));
    m_model->fetchSeam(10);
    QCOMPARE(m_model->askedSeams, (QList<qint64>{10}));
    QTRY_COMPARE(rows().size(), 3);
    QTRY_COMPARE(m_model->seamState(10), SeamState::Quiet);
    // Nothing comes: it is not asked for in circles.
    m_model->fetchSeam(10);
    QTRY_COMPARE(m_model->seamState(10), SeamState::Failed);
    QVERIFY(!m_model->seamError(10));
    m_model->fetchSeam(12345);
    QCOMPARE(m_model->askedSeams.size(), 2);
}

void TestTimelineModel::seamFails()
{
    m_history->messages = {message(10, u"a"_s)};
    m_history->seams = {{room(), 0}};
    open();
    m_model->archiveAnswer = Error{Error::Kind::Timeout, {}, {}};
    m_model->fetchSeam(0);
    QTRY_COMPARE(m_model->seamState(0), SeamState::Failed);
    QCOMPARE(m_model->seamError(0).kind, Error::Kind::Timeout);
    QCOMPARE(m_model->index(0).data(TimelineModel::SeamStateRole).toInt(), int(SeamState::Failed));
}

void TestTimelineModel::locates()
{
    for (int i = 1; i <= 3000; ++i) {
        m_history->messages.append(message(i, u"x"_s));
    }
    open();
    QSignalSpy located(m_model.get(), &TimelineModel::located);
    m_model->locate(500);
    QTRY_COMPARE(located.size(), 1);
    QVERIFY(m_model->indexOf(500) >= 0);
    QVERIFY(!m_model->isAtNewest());
    QVERIFY(rows().size() <= 600);
    change({MessageAdded{message(3001, u"y"_s)}});
    QVERIFY(!rows().contains(3001)); // its place is far below
    m_model->locateNewest();
    QTRY_COMPARE(located.size(), 2);
    QCOMPARE(rows().constLast(), 3000);
    m_model->locate(m_model->rowAt(m_model->rowCount() - 2).row);
    QCOMPARE(located.size(), 3);
}

void TestTimelineModel::marksRead()
{
    m_history->messages = {message(1, u"a"_s), message(2, u"b"_s), message(3, u"c"_s)};
    Chat chat;
    chat.id = room();
    chat.readUpTo = 1;
    open(chat);
    m_model->markRead(2);
    m_model->markRead(2);
    m_model->markRead(1);
    m_model->markRead(99);
    QCOMPARE(m_model->read, (QList<qint64>{2}));
    QSignalSpy unread(m_model.get(), &TimelineModel::unreadChanged);
    chat.unread = 7;
    change({ChatChanged{chat}});
    QCOMPARE(unread.size(), 1);
    QCOMPARE(m_model->unread(), 7);
}

void TestTimelineModel::unreadable()
{
    m_history->failure = Error{Error::Kind::Storage, {}, u"disk I/O error"_s};
    open();
    QCOMPARE(m_model->state(), TimelineModel::State::Failed);
    QCOMPARE(m_model->error().kind, Error::Kind::Storage);
    m_history->failure = {};
    m_history->messages = {message(1, u"a"_s)};
    open();
    QCOMPARE(rows().size(), 1);
}

void TestTimelineModel::removedChat()
{
    m_history->messages = {message(1, u"a"_s)};
    open();
    change({MessageAdded{message(2, u"b"_s)}, ChatRemoved{room()}, MessageAdded{message(3, u"c"_s)}});
    QCOMPARE(m_model->state(), TimelineModel::State::NoChat);
    QCOMPARE(m_model->rowCount(), 0);
}

void TestTimelineModel::findsReferences()
{
    Message liar = message(1, u"a"_s);
    liar.stanzaId = u"archive-2"_s; // made up to stand in for another's
    m_history->messages = {liar, message(2, u"b"_s)};
    open();
    QCOMPARE(m_model->messageByReference(u"archive-2"_s)->row, 2);
    QVERIFY(!m_model->messageByReference(QString()));
    QVERIFY(!m_model->messageByReference(u"nothing"_s));
}

bool TestTimelineModel::isStretchOfStore() const
{
    const QList<Message> stored = m_history->ordered(room());
    const QList<qint64> shown = rows();
    qsizetype at = 0;
    while (at < stored.size() && !shown.isEmpty() && stored.at(at).row != shown.constFirst()) {
        ++at;
    }
    if (shown.isEmpty() || at + shown.size() > stored.size()) {
        return false;
    }
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const Message *message = m_model->messageAt(m_model->indexOf(shown.at(i)));
        if (stored.at(at + i).row != shown.at(i) || stored.at(at + i).body != message->body) {
            return false;
        }
    }
    return !m_model->isAtNewest() || shown.constLast() == stored.constLast().row;
}

/// Random changes and readings against what the store has: whatever happened, the window is a stretch of it.
/// One to one: by the name in the room list, at once also after it changed; mine bear none.
void TestTimelineModel::namesPeople()
{
    m_history->messages = {message(1, u"one"_s), mine(2, u"two"_s)};
    Chat chat;
    chat.id = room();
    chat.name = u"Ada Okafor"_s;
    open(chat);
    QCOMPARE(m_model->messageAt(m_model->indexOf(1))->author.nick, u"Ada Okafor"_s);
    QCOMPARE(m_model->messageAt(m_model->indexOf(2))->author.nick, QString());
    change({MessageAdded{message(3, u"three"_s)}});
    QCOMPARE(m_model->messageAt(m_model->indexOf(3))->author.nick, u"Ada Okafor"_s);

    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    chat.name = u"A. Okafor"_s;
    change({ChatChanged{chat}});
    QCOMPARE(m_model->messageAt(m_model->indexOf(1))->author.nick, u"A. Okafor"_s);
    QVERIFY(!changed.isEmpty());

    chat.kind = ChatKind::Muc;
    change({ChatChanged{chat}, MessageAdded{message(4, u"four"_s)}});
    QCOMPARE(m_model->messageAt(m_model->indexOf(4))->author.nick, u"Ada"_s);
}

void TestTimelineModel::randomly()
{
    for (quint32 seed = 1; seed <= 8; ++seed) {
        QRandomGenerator random(seed);
        init();
        qint64 next = 1;
        for (; next <= 300; ++next) {
            m_history->messages.append(message(next, u"x"_s, random.bounded(2) ? u"Ada"_s : u"Grace"_s));
        }
        m_history->held = seed % 2 == 0;
        m_model->setChat(room());
        for (int step = 0; step < 100; ++step) {
            QList<Message> &all = m_history->messages;
            const auto any = random.bounded(int(all.size()));
            switch (random.bounded(9)) {
            case 0:
            case 1:
                all.append(message(next++, u"new"_s, random.bounded(2) ? u"Ada"_s : u"Grace"_s));
                Q_EMIT m_feed->changed({MessageAdded{all.constLast()}});
                break;
            case 2:
                all[any].body = u"changed %1"_s.arg(step);
                Q_EMIT m_feed->changed({MessageChanged{all.at(any)}});
                break;
            case 3:
                all[any].order = random.bounded(int(next));
                Q_EMIT m_feed->changed({MessageChanged{all.at(any)}});
                break;
            case 4: {
                const qint64 row = all.takeAt(any).row;
                Q_EMIT m_feed->changed({MessageRemoved{room(), row}});
                break;
            }
            case 5:
                m_model->fetchOlder();
                break;
            case 6:
                m_model->fetchNewer();
                break;
            case 7: // older ones come in silently, as from an archive
                all.append(message(next++, u"old"_s));
                all.last().order = random.bounded(int(next));
                Q_EMIT m_feed->changed({HistoryChanged{room()}});
                break;
            default:
                if (random.bounded(4) == 0) {
                    m_model->locate(all.at(any).row);
                } else if (m_model->rowCount() > 0) {
                    m_model->setAnchor(rows().at(random.bounded(int(rows().size()))));
                }
                break;
            }
            if (random.bounded(3) == 0) {
                m_history->release();
                QTest::qWait(1);
            }
        }
        m_history->held = false;
        while (m_history->release()) {
            QTest::qWait(5);
        }
        // However slow the machine is, it all comes to the same in the end.
        QTRY_VERIFY2_WITH_TIMEOUT(isStretchOfStore(), qPrintable(u"seed %1"_s.arg(seed)), 20'000);
        cleanup();
    }
    init();
}

QTEST_GUILESS_MAIN(TestTimelineModel)
#include "tst_timelinemodel.moc"
