// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfixture.h"

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
    void whatIsHereIsNotFetchedAgain();
    void aWrongClockOnlyCostsAQuestion_data();
    void aWrongClockOnlyCostsAQuestion();
    void aFailedCatchUpLeavesTheSeamOpen_data();
    void aFailedCatchUpLeavesTheSeamOpen();
    void randomAbsences();
    void peopleShareOneArchive();
    void theRoomOnTheScreenComesFirst();
    void progressIsCountedInRooms();
    void whatComesBeforeOneIsInCountsForNothing();
    void catchingUpGoesOnWhereItWasCutShort();
    void expiredIdsAreFoundByTime();
    void aGapIsARowFromTheFirstMoment();
    void gapsOfManySessionsAreClosed();
    void noArchiveNoGap();
    void whatCameAfterAnEmptyFirstLookIsNews();
    void aForgottenArchiveIsSaidToBe();
    void pagingEndsWhateverTheServerSays();
};

void HistoryTest::firstLookIsReadAndLeavesASeam()
{
    HistoryFixture f;
    f.fill(f.muc, 200);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    QCOMPARE(f.stored(f.muc).unread, 0);
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{0});
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc).last(50));
}

void HistoryTest::scrollingUpReachesTheBeginning()
{
    HistoryFixture f;
    f.fill(f.muc, 333);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    for (int i = 0; i < 10; ++i) {
        const MessagePage page = f.history->newest(f.chat(f.muc), 1'000).result().value();
        if (page.seamsAfter.isEmpty()) break;
        QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.first()).result().ok());
    }
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::missedMessagesComeBelowLiveOnes()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    f.server.cut();
    f.fill(f.muc, 20);
    f.reconnect();
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QCOMPARE(f.stored(f.muc).unread, 21);
}

void HistoryTest::longAbsenceIsClosedWithoutASeam()
{
    HistoryFixture f;
    f.fill(f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.cut();
    f.fill(f.muc, 1'200);
    f.reconnect();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1'230);
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 2'000).result()->seamsAfter.isEmpty());
}

/// XEP-0313 4.1.2: a new session asks for what was archived since, and for a little that is known, where the two meet.
void HistoryTest::whatIsHereIsNotFetchedAgain()
{
    HistoryFixture f;
    f.fill(f.muc, 60);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(10));
    f.fill(f.muc, 2);
    f.server.cut(); // with the two lost
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    QTest::qWait(100); // the next try never comes sooner: time to see what is known
    const QDateTime known = f.server.archives[f.muc].at(59).time;
    f.server.asked.clear();
    f.reconnect();
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
    QTRY_VERIFY(!f.status().catchingUp);
    QList<QDateTime> starts;
    for (const ArchiveQuery &query : std::as_const(f.server.asked))
        if (query.archive == f.muc) starts.append(query.start);
    QCOMPARE(starts, QList<QDateTime>{known.addSecs(-60)});
    // The beginning of what was asked for is not that of the archive: 10 of its messages have never been seen.
    QCOMPARE(f.messages(f.chat(f.muc)).size(), 52);
    const auto seams = [&f] { return f.history->newest(f.chat(f.muc), 100).result()->seamsAfter; };
    QCOMPARE(seams(), QList<qint64>{0});
    QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), 0).result().ok());
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QVERIFY(seams().isEmpty());
}

void HistoryTest::aWrongClockOnlyCostsAQuestion_data()
{
    QTest::addColumn<int>("missed");
    QTest::addColumn<int>("before"); // of those, what the server archived before the time that is asked for
    QTest::newRow("nothing since") << 0 << 0;
    QTest::newRow("all before") << 3 << 3;
    QTest::newRow("more than a page before") << 120 << 120;
    QTest::newRow("some before") << 10 << 6;
    QTest::newRow("more than a page, some before") << 120 << 115;
}

/// What came live has the time of our clock, an hour ahead of the server's.
void HistoryTest::aWrongClockOnlyCostsAQuestion()
{
    QFETCH(int, missed);
    QFETCH(int, before);
    HistoryFixture f;
    f.fill(f.muc, 20);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 20);
    QTRY_VERIFY(!f.status().catchingUp);
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    f.fill(f.muc, missed);
    auto &archive = f.server.archives[f.muc];
    for (qsizetype i = 0; i < 20 + before; ++i)
        archive[i].time = archive[i].time.addSecs(-3'600);
    f.reconnect();
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_COMPARE(f.newestProven(f.muc), archive.last().archiveId);
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::aFailedCatchUpLeavesTheSeamOpen_data()
{
    QTest::addColumn<bool>("byHand");
    QTest::newRow("by hand") << true;
    QTest::newRow("by itself") << false;
}

void HistoryTest::aFailedCatchUpLeavesTheSeamOpen()
{
    HistoryFixture f;
    f.fill(f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.cut();
    f.fill(f.muc, 400);
    f.server.archivePagesUntilFailure = 2; // own archive and the room's newest page
    f.reconnect();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 80);
    QTest::qWait(50);
    const MessagePage page = f.history->newest(f.chat(f.muc), 1'000).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{page.messages.at(29).row});
    f.server.archivePagesUntilFailure = -1;
    QFETCH(bool, byHand);
    if (byHand)
        for (int i = 0; i < 10 && f.messages(f.chat(f.muc)).size() < 430; ++i)
            QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), page.messages.at(29).row).result().ok());
    else
        f.clock.advance(std::chrono::seconds(20)); // it is tried again by itself
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::randomAbsences()
{
    const quint32 seed = 20261122;
    QRandomGenerator random(seed);
    HistoryFixture f;
    f.fill(f.muc, 5);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 5);
    for (int epoch = 0; epoch < 25; ++epoch) {
        if (random.bounded(3) == 0) f.server.archivePagesUntilFailure = random.bounded(1, 4);
        f.server.cut();
        f.fill(f.muc, random.bounded(350));
        f.reconnect();
        for (int i = random.bounded(6); i > 0; --i)
            f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(++f.next)));
        if (random.bounded(2))
            (void)f.accounts->sendMessage(f.chat(f.muc), u"mine %1"_s.arg(++f.next)).result();
        QTest::qWait(20);
        f.server.archivePagesUntilFailure = -1;
    }
    f.server.cut();
    f.reconnect();
    // Every seam that is left can be closed, and then nothing is missing.
    QTRY_VERIFY([&] {
        const MessagePage page = f.history->newest(f.chat(f.muc), 100'000).result().value();
        if (!page.seamsAfter.isEmpty())
            (void)f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.last()).result();
        return page.seamsAfter.isEmpty() && f.bodies(f.chat(f.muc)).size() == f.archivedBodies(f.muc).size();
    }());
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
}

void HistoryTest::peopleShareOneArchive()
{
    HistoryFixture f;
    for (int i = 0; i < 120; ++i) {
        IncomingMessage message = f.fromPerson(u"message %1"_s.arg(++f.next));
        if (i % 10) message.chat = Jid::trusted(u"busy@chat.test");
        message.author.key = message.chat.toString();
        f.server.archives[f.me].append(f.server.archived(message));
    }
    QVERIFY(f.logIn().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 5);
    QVERIFY(f.accounts->fetchOlder(f.chat(f.grace)).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 12);
    QCOMPARE(f.bodies(f.chat(f.grace)).first(), u"message %1"_s.arg(f.next - 119));
}

void HistoryTest::theRoomOnTheScreenComesFirst()
{
    HistoryFixture f;
    QList<Jid> rooms;
    for (int i = 0; i < 12; ++i) {
        rooms.append(Jid::trusted(u"room%1@conference.chat.test"_s.arg(i)));
        f.server.rooms.insert(rooms.last(), publicRoom(rooms.last(), ChatKind::Muc, u"Room"_s));
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
    f.reconnect();
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

void HistoryTest::progressIsCountedInRooms()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    for (const Jid &room : {f.muc, f.mix}) {
        f.fill(room, 10);
        QVERIFY(f.accounts->joinRoom(f.me, room).result().ok());
        QTRY_COMPARE(f.messages(f.chat(room)).size(), 10);
    }
    QTRY_VERIFY(!f.status().catchingUp);
    QCOMPARE(f.status().roomsToCatchUp, 0);
    f.server.cut();
    for (const Jid &room : {f.muc, f.mix})
        f.fill(room, 10);
    f.server.holdPages = true;
    f.reconnect();
    QTRY_COMPARE(f.status().roomsToCatchUp, 2);
    QVERIFY(f.status().catchingUp);
    QCOMPARE(f.status().roomsCaughtUp, 0);
    f.server.releasePages();
    QTRY_VERIFY(!f.status().catchingUp);
    QCOMPARE(f.status().roomsToCatchUp, 0);
}

void HistoryTest::expiredIdsAreFoundByTime()
{
    HistoryFixture f;
    f.fill(f.muc, 200);
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
    QCOMPARE(f.bodies(f.chat(f.muc)).first(), f.archivedBodies(f.muc).first());
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::aGapIsARowFromTheFirstMoment()
{
    HistoryFixture f;
    f.fill(f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.cut();
    f.fill(f.muc, 20);
    f.server.archivePagesUntilFailure = 0; // not even the newest page comes
    f.server.asked.clear();
    f.reconnect();
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
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QVERIFY(f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty());
}

/// Sessions that end before they have caught up, with live messages in each.
void HistoryTest::gapsOfManySessionsAreClosed()
{
    HistoryFixture f;
    f.fill(f.muc, 30);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30);
    f.server.archivePagesUntilFailure = 0;
    for (int session = 0; session < 4; ++session) {
        f.server.cut();
        f.fill(f.muc, 70);
        f.reconnect();
        if (session == 2) continue; // nothing came live in this one
        const qsizetype before = f.messages(f.chat(f.muc)).size();
        f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(session)));
        QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), before + 1);
    }
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter.size(), 3);
    f.server.archivePagesUntilFailure = -1;
    f.server.cut();
    f.reconnect();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 30 + 4 * 70 + 3);
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::noArchiveNoGap()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    f.server.rooms[f.muc].properties = {};
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"one"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    f.server.cut();
    f.reconnect();
    QTRY_VERIFY(f.state(f.muc).membership == Membership::Joined);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"two"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 2);
    QTRY_VERIFY(f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty());
}

void HistoryTest::whatCameAfterAnEmptyFirstLookIsNews()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_VERIFY(f.server.asked.size() >= 2 && !f.status().catchingUp);
    f.server.cut();
    f.fill(f.muc, 5);
    IncomingMessage hello = f.server.archived(f.fromPerson(u"hello"_s));
    f.server.archives[f.me].append(hello);
    f.reconnect();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 5);
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 1);
    QCOMPARE(f.stored(f.muc).unread, 5);
    QCOMPARE(f.stored(f.grace).unread, 1);
}

void HistoryTest::aForgottenArchiveIsSaidToBe()
{
    HistoryFixture f;
    f.fill(f.muc, 200);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    f.server.archives[f.muc].clear();
    QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), 0).result().ok());
    QCOMPARE(f.messages(f.chat(f.muc)).size(), 50); // what is here stays
    QVERIFY(
        f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty()); // and nothing older can come
}

void HistoryTest::catchingUpGoesOnWhereItWasCutShort()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    QTRY_VERIFY(!f.status().catchingUp);
    f.server.cut();
    f.fill(f.muc, 400);
    f.server.archivePagesUntilFailure = 2; // my own archive's and the newest of the room
    f.reconnect();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 51);
    QTRY_VERIFY(!f.status().catchingUp);
    QCOMPARE(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.size(), 1);

    f.server.cut();
    f.server.archivePagesUntilFailure = -1;
    f.reconnect();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 401);
    QVERIFY(f.history->newest(f.chat(f.muc), 1'000).result()->seamsAfter.isEmpty());
}

void HistoryTest::whatComesBeforeOneIsInCountsForNothing()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.fill(f.muc, 5);
    f.server.cut();
    f.server.slowJoins = true;
    f.server.asked.clear();
    f.reconnect();
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_VERIFY(!f.status().catchingUp);
    QList<bool> asked;
    for (const ArchiveQuery &query : std::as_const(f.server.asked))
        if (query.archive == f.muc) asked.append(query.entering);
    QCOMPARE(asked, QList<bool>({true, false}));
    QVERIFY(f.newestProven(f.muc) == f.server.archives[f.muc].last().archiveId);
}

void HistoryTest::pagingEndsWhateverTheServerSays()
{
    HistoryFixture f;
    f.fill(f.muc, 100);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 50);
    f.server.cut();
    f.fill(f.muc, 400);
    f.server.alwaysSamePage = true;
    const qsizetype asked = f.server.asked.size();
    f.reconnect();
    QTRY_VERIFY(f.server.asked.size() >= asked + 3 && !f.status().catchingUp);
    QVERIFY(f.server.asked.size() < asked + 10);
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "tst_history.moc"
