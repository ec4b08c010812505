// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "storage/archivestore.h"
#include "storage/transaction.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// What is stored against what the archive has: no gap that is not shown, nothing twice, archive order.
class HistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstLookIsReadAndLeavesASeam();
    void scrollingUpReachesTheBeginning();
    void missedMessagesComeBelowLiveOnes();
    void longAbsenceIsClosedWithoutASeam();
    void aFailedCatchUpLeavesTheSeamOpen();
    void randomAbsences();
    void peopleShareOneArchive();
    void theRoomOnTheScreenComesFirst();
    void whatComesBeforeOneIsInCountsForNothing();
    void catchingUpGoesOnWhereItWasCutShort();
    void expiredIdsAreFoundByTime();
    void aGapIsARowFromTheFirstMoment();
    void gapsOfManySessionsAreClosed();
    void noArchiveNoGap();
    void whatCameAfterAnEmptyFirstLookIsNews();
    void aForgottenArchiveIsSaidToBe();
    void liveMessagesJoinThePageThatWasOnItsWay();
    void aPageFromBeforeTheBreakProvesNothing();
    void whatASecondBreakHasLostIsLookedFor();
    void anOldQueueIsPutInOrder();
    void pagingEndsWhateverTheServerSays();
    void catchingUpWithMyOwnArchiveGoesOnToItsEnd();
    void toppingUpEndsWithTheStreamItBeganOn();

private:
    void fill(SessionFixture &f, const Jid &room, int count);
    static QStringList archived(const SessionFixture &f, const Jid &room);
    static void reconnect(SessionFixture &f);
    static QString newestProven(SessionFixture &f, const Jid &archive);
    static void takeUpAgain(SessionFixture &f);
    int m_next = 0;
};

void HistoryTest::fill(SessionFixture &f, const Jid &room, int count)
{
    for (int i = 0; i < count; ++i)
        f.server.archives[room].append(
            f.server.archived(f.fromRoom(room, u"Ada"_s, u"message %1"_s.arg(++m_next))));
}

QStringList HistoryTest::archived(const SessionFixture &f, const Jid &room)
{
    QStringList all;
    for (const IncomingMessage &message : f.server.archives.value(room))
        all.append(message.body);
    return all;
}

void HistoryTest::reconnect(SessionFixture &f)
{
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void HistoryTest::firstLookIsReadAndLeavesASeam()
{
    SessionFixture f;
    fill(f, f.muc, 200);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    QCOMPARE(f.stored(f.muc).unread, 0);
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{0});
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc).last(50));
}

void HistoryTest::scrollingUpReachesTheBeginning()
{
    SessionFixture f;
    fill(f, f.muc, 333);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    for (int i = 0; i < 10; ++i) {
        const MessagePage page = f.history->newest(f.chat(f.muc), 1'000).result().value();
        if (page.seamsAfter.isEmpty()) break;
        QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.first()).result().ok());
    }
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::missedMessagesComeBelowLiveOnes()
{
    SessionFixture f;
    fill(f, f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    f.server.cut();
    fill(f, f.muc, 20);
    reconnect(f);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QCOMPARE(f.stored(f.muc).unread, 21);
}

void HistoryTest::longAbsenceIsClosedWithoutASeam()
{
    SessionFixture f;
    fill(f, f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.cut();
    fill(f, f.muc, 1'200);
    reconnect(f);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1'230);
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 2'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::aFailedCatchUpLeavesTheSeamOpen()
{
    SessionFixture f;
    fill(f, f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.cut();
    fill(f, f.muc, 400);
    f.server.archivePagesUntilFailure = 2; // own archive and the room's newest page
    reconnect(f);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 80);
    QTest::qWait(50);
    const MessagePage page = f.history->newest(f.chat(f.muc), 1'000).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{page.messages.at(29).row});
    f.server.archivePagesUntilFailure = -1;
    for (int i = 0; i < 10 && f.messages(f.chat(f.muc)).size() < 430; ++i)
        QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), page.messages.at(29).row).result().ok());
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::randomAbsences()
{
    const quint32 seed = 20261122;
    QRandomGenerator random(seed);
    SessionFixture f;
    fill(f, f.muc, 5);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 5);
    for (int epoch = 0; epoch < 25; ++epoch) {
        if (random.bounded(3) == 0) f.server.archivePagesUntilFailure = random.bounded(1, 4);
        f.server.cut();
        fill(f, f.muc, random.bounded(350));
        reconnect(f);
        for (int i = random.bounded(6); i > 0; --i)
            f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(++m_next)));
        if (random.bounded(2))
            (void)f.accounts->sendMessage(f.chat(f.muc), u"mine %1"_s.arg(++m_next)).result();
        QTest::qWait(20);
        f.server.archivePagesUntilFailure = -1;
    }
    f.server.cut();
    reconnect(f);
    // Every seam that is left can be closed, and then nothing is missing.
    QTRY_VERIFY([&] {
        const MessagePage page = f.history->newest(f.chat(f.muc), 100'000).result().value();
        if (!page.seamsAfter.isEmpty())
            (void)f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.last()).result();
        return page.seamsAfter.isEmpty() && f.bodies(f.chat(f.muc)).size() == archived(f, f.muc).size();
    }());
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
}

void HistoryTest::peopleShareOneArchive()
{
    SessionFixture f;
    for (int i = 0; i < 120; ++i) {
        IncomingMessage message = f.fromPerson(u"message %1"_s.arg(++m_next));
        if (i % 10) message.chat = Jid::trusted(u"busy@chat.test");
        message.author.key = message.chat.toString();
        f.server.archives[f.me].append(f.server.archived(message));
    }
    QVERIFY(f.logIn().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 5);
    QVERIFY(f.accounts->fetchOlder(f.chat(f.grace)).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 12);
    QCOMPARE(f.bodies(f.chat(f.grace)).first(), u"message %1"_s.arg(m_next - 119));
}

void HistoryTest::theRoomOnTheScreenComesFirst()
{
    SessionFixture f;
    QList<Jid> rooms;
    for (int i = 0; i < 12; ++i) {
        rooms.append(Jid::trusted(u"room%1@conference.chat.test"_s.arg(i)));
        f.server.rooms.insert(rooms.last(), {rooms.last(), ChatKind::Muc, u"Room"_s, false, false, true});
    }
    QVERIFY(f.logIn().ok());
    for (const Jid &room : rooms) {
        QVERIFY(f.accounts->joinRoom(f.me, room).result().ok());
        f.clock.advance(std::chrono::minutes(1));
        f.server.deliver(f.fromRoom(room, u"Ada"_s, u"in "_s + room.local()));
        QTRY_COMPARE(f.messages(f.chat(room)).size(), 1);
    }
    QTRY_VERIFY(!f.status().catchingUp);
    f.accounts->setOnScreen(f.chat(rooms[3]));
    f.server.cut();
    f.server.asked.clear();
    reconnect(f);
    QTRY_VERIFY(!f.status().catchingUp && f.server.asked.size() >= 13);
    QList<Jid> order;
    for (const ArchiveQuery &query : std::as_const(f.server.asked))
        if (!order.contains(query.archive)) order.append(query.archive);
    // My own archive does not wait until the rooms are known; they are in the order of what people want to see.
    QList<Jid> wanted(rooms.crbegin(), rooms.crend());
    wanted.removeOne(rooms[3]);
    QCOMPARE(order, QList<Jid>({f.me, rooms[3]}) + wanted);
    QStringList twice;
    for (const ArchiveQuery &query : std::as_const(f.server.asked))
        if (!order.removeOne(query.archive))
            twice.append(query.archive.toString() + u' ' + query.beforeId
                         + (query.entering ? u" entering"_s : u" after"_s));
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u", "))); // once, with the joins
}

void HistoryTest::expiredIdsAreFoundByTime()
{
    SessionFixture f;
    fill(f, f.muc, 200);
    for (qsizetype i = 0; i < 200; ++i) // a minute each
        f.server.archives[f.muc][i].time = f.clock.now().addSecs(60 * (i - 200));
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    // The server has dropped the very message that paging would go on from, and all around it.
    f.server.archives[f.muc].remove(145, 10);
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{0});
    for (int i = 0; i < 3; ++i)
        QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), 0).result().ok());
    QCOMPARE(f.bodies(f.chat(f.muc)).size(), 195); // 145 older ones and the 50 that were here
    QCOMPARE(f.bodies(f.chat(f.muc)).first(), archived(f, f.muc).first());
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::aGapIsARowFromTheFirstMoment()
{
    SessionFixture f;
    fill(f, f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.cut();
    fill(f, f.muc, 20);
    f.server.archivePagesUntilFailure = 0; // not even the newest page comes
    f.server.asked.clear();
    reconnect(f);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 31);
    QTRY_VERIFY(f.server.asked.size() >= 2 && !f.status().catchingUp); // my own archive's and the room's
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{page.messages.at(29).row});
    QCOMPARE(f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.first()).result().error().kind,
             Error::Kind::Timeout);
    f.server.archivePagesUntilFailure = -1;
    const Error error = f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.first()).result().error();
    QVERIFY2(!error, qPrintable(QString::number(int(error.kind)) + error.condition + error.text));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QVERIFY(f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty());
}

/// Sessions that end before they have caught up, with live messages in each.
void HistoryTest::gapsOfManySessionsAreClosed()
{
    SessionFixture f;
    fill(f, f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.archivePagesUntilFailure = 0;
    for (int session = 0; session < 4; ++session) {
        f.server.cut();
        fill(f, f.muc, 70);
        reconnect(f);
        if (session == 2) continue; // nothing came live in this one
        const qsizetype before = f.messages(f.chat(f.muc)).size();
        f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(session)));
        QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), before + 1);
    }
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter.size(), 3);
    f.server.archivePagesUntilFailure = -1;
    f.server.cut();
    reconnect(f);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30 + 4 * 70 + 3);
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::noArchiveNoGap()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.rooms[f.muc].hasArchive = false;
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"one"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    f.server.cut();
    reconnect(f);
    QTRY_VERIFY(f.state(f.muc).membership == Membership::Joined);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"two"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 2);
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty());
}

void HistoryTest::whatCameAfterAnEmptyFirstLookIsNews()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_VERIFY(f.server.asked.size() >= 2 && !f.status().catchingUp);
    f.server.cut();
    fill(f, f.muc, 5);
    IncomingMessage hello = f.server.archived(f.fromPerson(u"hello"_s));
    f.server.archives[f.me].append(hello);
    reconnect(f);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 5);
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 1);
    QCOMPARE(f.stored(f.muc).unread, 5);
    QCOMPARE(f.stored(f.grace).unread, 1);
}

void HistoryTest::aForgottenArchiveIsSaidToBe()
{
    SessionFixture f;
    fill(f, f.muc, 200);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    f.server.archives[f.muc].clear();
    QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), 0).result().ok());
    QCOMPARE(f.messages(f.chat(f.muc)).size(), 50); // what is here stays
    QVERIFY(
        f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty()); // and nothing older can come
}

/// The id up to which the archive is known to be here without a gap.
QString HistoryTest::newestProven(SessionFixture &f, const Jid &archive)
{
    const ArchiveId id{f.me, archive};
    const auto read = [id](Transaction &tx) { return ArchiveStore(tx, id).intervals(); };
    const QList<Interval> all = f.database->write(read).result().value();
    const auto newest = std::ranges::find_if_not(all, &Interval::isGap);
    return newest == all.cend() ? QString() : newest->newestId;
}

void HistoryTest::takeUpAgain(SessionFixture &f)
{
    f.server.resumable = true;
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void HistoryTest::liveMessagesJoinThePageThatWasOnItsWay()
{
    SessionFixture f;
    fill(f, f.muc, 10);
    QVERIFY(f.logIn().ok());
    QTRY_VERIFY(!f.server.asked.isEmpty() && !f.status().catchingUp);
    f.server.holdPages = true;
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.server.asked.size(), 2);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    f.server.releasePages();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 11);
    QTRY_COMPARE(newestProven(f, f.muc), f.server.archives[f.muc].last().archiveId);
    QCOMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
}

void HistoryTest::aPageFromBeforeTheBreakProvesNothing()
{
    SessionFixture f;
    fill(f, f.muc, 10);
    QVERIFY(f.logIn().ok());
    QTRY_VERIFY(!f.server.asked.isEmpty() && !f.status().catchingUp);
    f.server.holdPages = true;
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.server.asked.size(), 2);
    takeUpAgain(f);
    fill(f, f.muc, 1); // lost with the queue of the stream that broke
    f.server.releasePages();
    QTRY_VERIFY(f.messages(f.chat(f.muc)).size() >= 10);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QTRY_COMPARE(newestProven(f, f.muc), f.server.archives[f.muc].last().archiveId);
}

void HistoryTest::whatASecondBreakHasLostIsLookedFor()
{
    SessionFixture f;
    fill(f, f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(2));
    takeUpAgain(f);
    takeUpAgain(f);
    fill(f, f.muc, 3); // and nothing of it came live
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
}

/// A server that takes up a stream hands out what lay in its queue behind what is new, and loses some of it.
void HistoryTest::anOldQueueIsPutInOrder()
{
    SessionFixture f;
    fill(f, f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(2));
    takeUpAgain(f);
    QTest::qWait(2'100); // longer than it is waited for after each break
    fill(f, f.muc, 4);
    f.server.run([&] {
        for (const int i : {13, 10, 12}) // 11 is lost
            Q_EMIT f.server.connection->messageReceived(f.server.archives[f.muc].at(i));
    });
    QTRY_COMPARE_WITH_TIMEOUT(f.bodies(f.chat(f.muc)), archived(f, f.muc),
                              20'000); // the second look may be the one
    QTRY_COMPARE(newestProven(f, f.muc), f.server.archives[f.muc].last().archiveId);
}

void HistoryTest::catchingUpGoesOnWhereItWasCutShort()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    QTRY_VERIFY(!f.status().catchingUp);
    f.server.cut();
    fill(f, f.muc, 400);
    f.server.archivePagesUntilFailure = 2; // my own archive's and the newest of the room
    reconnect(f);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 51);
    QTRY_VERIFY(!f.status().catchingUp);
    QCOMPARE(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.size(), 1);

    f.server.cut();
    f.server.archivePagesUntilFailure = -1;
    reconnect(f);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 401);
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::whatComesBeforeOneIsInCountsForNothing()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    fill(f, f.muc, 5);
    f.server.cut();
    f.server.slowJoins = true;
    f.server.asked.clear();
    reconnect(f);
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), archived(f, f.muc));
    QTRY_VERIFY(!f.status().catchingUp);
    QList<bool> asked;
    for (const ArchiveQuery &query : std::as_const(f.server.asked))
        if (query.archive == f.muc) asked.append(query.entering);
    QCOMPARE(asked, QList<bool>({true, false}));
    QVERIFY(newestProven(f, f.muc) == f.server.archives[f.muc].last().archiveId);
}

void HistoryTest::pagingEndsWhateverTheServerSays()
{
    SessionFixture f;
    fill(f, f.muc, 100);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    f.server.cut();
    fill(f, f.muc, 400);
    f.server.alwaysSamePage = true;
    const qsizetype asked = f.server.asked.size();
    reconnect(f);
    QTRY_VERIFY(f.server.asked.size() >= asked + 3 && !f.status().catchingUp);
    QVERIFY(f.server.asked.size() < asked + 10);
}

/// More was archived than one page holds, and none of it was told: by another device, while this one sent.
void HistoryTest::catchingUpWithMyOwnArchiveGoesOnToItsEnd()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.deliver(f.fromPerson(u"first"_s));
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 1);
    QTRY_VERIFY(!newestProven(f, f.me).isEmpty());
    for (int i = 0; i < 600; ++i)
        f.server.archives[f.me].append(f.server.archived(f.fromPerson(u"told nowhere %1"_s.arg(i))));
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"mine"_s).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 602);
    QTRY_COMPARE(newestProven(f, f.me), f.server.archives[f.me].last().archiveId);
    QCOMPARE(f.bodies(f.chat(f.grace)), archived(f, f.me));
}

/// Its page does not know what the next stream has put above: a message that overtook those on the page.
void HistoryTest::toppingUpEndsWithTheStreamItBeganOn()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.deliver(f.fromPerson(u"first"_s));
    QTRY_VERIFY(!newestProven(f, f.me).isEmpty());
    f.clock.advance(std::chrono::minutes(2));
    f.server.holdPages = true;
    const qsizetype asked = f.server.asked.size();
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"mine"_s).result().ok());
    QTRY_COMPARE(f.server.asked.size(), asked + 1);
    takeUpAgain(f);
    QList<IncomingMessage> said;
    for (const QString &body : {u"old queue"_s, u"new"_s})
        said.append(f.server.archived(f.fromPerson(body)));
    f.server.run([&] {
        f.server.archives[f.me] += said;
        Q_EMIT f.server.connection->messageReceived(said[1]);
        Q_EMIT f.server.connection->messageReceived(said[0]);
    });
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 4);
    f.server.releasePages();
    QTRY_COMPARE(f.bodies(f.chat(f.grace)), archived(f, f.me));
    QTRY_COMPARE(newestProven(f, f.me), said[1].archiveId);
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "tst_history.moc"
