// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfixture.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
// After a stream is up the archives are looked at twice, whatever else happens.
void waitForTheLooks()
{
    QTest::qWait(7'200);
}
} // namespace

/// What comes live while the archive is being read, and over breaks of the stream: which of it is proven, and where it stands.
class LiveHistoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void liveMessagesJoinThePageThatWasOnItsWay();
    void disorderWhileAPageIsOnItsWayIsNotProven();
    void aPageFromBeforeTheBreakProvesNothing();
    void whatASecondBreakHasLostIsLookedFor_data();
    void whatASecondBreakHasLostIsLookedFor();
    void moreThanAPageMissedOverABreakStandsAbove();
    void anOldQueueIsPutInOrder();
    void twoThatOvertookEachOtherArePutInOrder();
    void oneThatComesLateFindsItsPlaceBelowMany_data();
    void oneThatComesLateFindsItsPlaceBelowMany();
    void whatTheArchiveDoesNotShowYetKeepsItsPlace();
    void catchingUpWithMyOwnArchiveGoesOnToItsEnd();
    void toppingUpEndsWithTheStreamItBeganOn();
    void liveMessagesJoinWhatWasToppedUp();
    void whatIsSentAfterABreakIsMetInTheArchive();
};

void LiveHistoryTest::liveMessagesJoinThePageThatWasOnItsWay()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QTRY_VERIFY(!f.server.asked.isEmpty() && !f.status().catchingUp);
    f.server.holdPages = true;
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.server.asked.size(), 2);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    f.server.releasePages();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 11);
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
}

/// As above, but a server hands over its queue after what is newer, and more than the next page holds comes behind it.
void LiveHistoryTest::disorderWhileAPageIsOnItsWayIsNotProven()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QTRY_VERIFY(!f.server.asked.isEmpty() && !f.status().catchingUp);
    f.server.holdPages = true;
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.server.asked.size(), 2);
    constexpr int late = 5, count = 300;
    QList<IncomingMessage> archived;
    for (int i = 0; i < count; ++i) {
        archived.append(f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(i)));
        archived.last().archiveId = QString::number(1'790'000'000'000'000 + i);
    }
    f.server.run([&] {
        f.server.archives[f.muc] += archived;
        const auto tell = [&f, &archived](int from, int to) {
            for (int i = from; i < to; ++i)
                Q_EMIT f.server.connection->messageReceived(archived.at(i));
        };
        tell(late, late + 1);
        tell(0, late);
        tell(late + 1, count);
    });
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), count);
    f.server.releasePages();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10 + count);
    waitForTheLooks();
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_COMPARE(f.newestProven(f.muc), archived.last().archiveId);
}

void LiveHistoryTest::aPageFromBeforeTheBreakProvesNothing()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QTRY_VERIFY(!f.server.asked.isEmpty() && !f.status().catchingUp);
    f.server.holdPages = true;
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.server.asked.size(), 2);
    f.takeUpAgain();
    f.fill(f.muc, 1); // lost with the queue of the stream that broke
    f.server.releasePages();
    QTRY_VERIFY(f.messages(f.chat(f.muc)).size() >= 10);
    f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
}

void LiveHistoryTest::whatASecondBreakHasLostIsLookedFor_data()
{
    QTest::addColumn<bool>("whileLoggingIn");
    QTest::newRow("taken up, and broken again") << false;
    QTest::newRow("broken while it was taken up") << true;
}

void LiveHistoryTest::whatASecondBreakHasLostIsLookedFor()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(2));
    QFETCH(bool, whileLoggingIn);
    if (whileLoggingIn) {
        waitForTheLooks(); // at what came with the first stream
        f.server.resumable = true;
        f.server.refuseLogin = {Error::Kind::ConnectionLost, {}, {}};
        f.server.cut();
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
        const QDateTime first = f.status().retryAt;
        f.clock.advance(std::chrono::minutes(1));
        QTRY_VERIFY(f.status().state == ConnectionStatus::State::WaitingToRetry
                    && f.status().retryAt > first);
        f.server.refuseLogin = {};
        f.clock.advance(std::chrono::minutes(3));
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    } else {
        f.takeUpAgain();
        f.takeUpAgain();
    }
    f.fill(f.muc, 3); // and nothing of it came live
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
}

/// What came live before the break, in this very session, stands below.
void LiveHistoryTest::moreThanAPageMissedOverABreakStandsAbove()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    QTRY_VERIFY(!f.status().catchingUp);
    for (int i = 0; i < 5; ++i)
        f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(i)));
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
    f.takeUpAgain();
    f.takeUpAgain();
    f.fill(f.muc, 120);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 135);
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
}

/// A server that takes up a stream hands out what lay in its queue behind what is new, and loses some of it.
void LiveHistoryTest::anOldQueueIsPutInOrder()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(2));
    f.takeUpAgain();
    QTest::qWait(2'100); // longer than it is waited for after each break
    f.fill(f.muc, 4);
    f.server.run([&] {
        for (const int i : {13, 10, 12}) // 11 is lost
            Q_EMIT f.server.connection->messageReceived(f.server.archives[f.muc].at(i));
    });
    QTRY_COMPARE_WITH_TIMEOUT(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc),
                              20'000); // the second look may be the one
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
}

/// More was archived than one page holds, and none of it was told: by another device, while this one sent.
/// Given out live, and written down by the server only after the next one.
/// Long after the stream has come up, and without a page on its way: only their ids tell.
void LiveHistoryTest::twoThatOvertookEachOtherArePutInOrder()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    waitForTheLooks();
    QTest::qWait(1'700); // the last page is no reason any more
    const auto write = [&f](const QString &body, const QString &id) {
        IncomingMessage message = f.fromRoom(f.muc, u"Bob"_s, body);
        message.archiveId = id;
        f.server.deliver(message);
    };
    write(u"second"_s, u"1790000000000200"_s);
    f.server.run([&f] { f.server.archives[f.muc].removeLast(); });
    write(u"first"_s, u"1790000000000100"_s);
    write(u"second"_s, u"1790000000000200"_s); // heard twice, archived once
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 12);
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
}

void LiveHistoryTest::oneThatComesLateFindsItsPlaceBelowMany_data()
{
    QTest::addColumn<bool>("numbers"); // else only how old it is tells
    QTest::addColumn<bool>("restarts"); // before the archive was looked at
    QTest::newRow("ids go backwards") << true << false;
    QTest::newRow("ids go backwards, and it ends") << true << true;
    QTest::newRow("the server had kept it") << false << false;
}

/// So much is said before the archive is looked at that its newest page does not reach down to them.
void LiveHistoryTest::oneThatComesLateFindsItsPlaceBelowMany()
{
    QFETCH(bool, numbers);
    QFETCH(bool, restarts);
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    waitForTheLooks();
    QTest::qWait(1'700); // the last page is no reason any more
    constexpr int before = 5, late = 3, after = 300;
    QList<IncomingMessage> archived;
    for (int i = 0; i < before + late + after; ++i) {
        IncomingMessage message = f.fromRoom(f.muc, u"Bob"_s, u"live %1"_s.arg(i));
        if (numbers)
            message.archiveId = QString::number(1'790'000'000'000'000 + i);
        else
            message.archiveId = u"id-%1"_s.arg(i);
        if (!numbers && i >= before && i < before + late) message.time = f.clock.now().addSecs(-5);
        archived.append(message);
    }
    f.server.run([&] {
        f.server.archives[f.muc] += archived;
        const auto tell = [&f, &archived](int from, int to) {
            for (int i = from; i < to; ++i)
                Q_EMIT f.server.connection->messageReceived(archived.at(i));
        };
        tell(0, before);
        tell(before + late, before + late + 20);
        tell(before, before + late);
        tell(before + late + 20, before + late + after);
    });
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10 + archived.size());
    if (restarts) {
        f.restartProgram();
        (void)f.accounts->load().result();
    }
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
    QTRY_COMPARE(f.newestProven(f.muc), archived.last().archiveId);
}

void LiveHistoryTest::whatTheArchiveDoesNotShowYetKeepsItsPlace()
{
    HistoryFixture f;
    f.fill(f.muc, 10);
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 10);
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(2));
    f.takeUpAgain();
    for (const QString &body : {u"one"_s, u"two"_s, u"three"_s})
        f.server.deliver(f.fromRoom(f.muc, u"Bob"_s, body));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 13);
    IncomingMessage two;
    qsizetype asked = 0;
    f.server.run([&] {
        two = f.server.archives[f.muc].takeAt(11);
        asked = f.server.asked.size();
    });
    QTRY_VERIFY(f.server.asked.size() > asked); // the look at what came
    f.server.run([&] { f.server.archives[f.muc].insert(11, two); });
    QTRY_COMPARE(f.newestProven(f.muc), f.server.archives[f.muc].last().archiveId);
    QCOMPARE(f.bodies(f.chat(f.muc)), f.archivedBodies(f.muc));
}

void LiveHistoryTest::catchingUpWithMyOwnArchiveGoesOnToItsEnd()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    f.server.deliver(f.fromPerson(u"first"_s));
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 1);
    QTRY_VERIFY(!f.newestProven(f.me).isEmpty());
    for (int i = 0; i < 600; ++i)
        f.server.archives[f.me].append(f.server.archived(f.fromPerson(u"told nowhere %1"_s.arg(i))));
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"mine"_s).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 602);
    QTRY_COMPARE(f.newestProven(f.me), f.server.archives[f.me].last().archiveId);
    QCOMPARE(f.bodies(f.chat(f.grace)), f.archivedBodies(f.me));
}

/// Its page does not know what the next stream has put above: a message that overtook those on the page.
void LiveHistoryTest::toppingUpEndsWithTheStreamItBeganOn()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    f.server.deliver(f.fromPerson(u"first"_s));
    QTRY_VERIFY(!f.newestProven(f.me).isEmpty());
    f.clock.advance(std::chrono::minutes(2));
    f.server.holdPages = true;
    const qsizetype asked = f.server.asked.size();
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"mine"_s).result().ok());
    QTRY_COMPARE(f.server.asked.size(), asked + 1);
    f.takeUpAgain();
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
    QTRY_COMPARE(f.bodies(f.chat(f.grace)), f.archivedBodies(f.me));
    QTRY_COMPARE(f.newestProven(f.me), said[1].archiveId);
}

void LiveHistoryTest::liveMessagesJoinWhatWasToppedUp()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    f.server.deliver(f.fromPerson(u"first"_s));
    QTRY_VERIFY(!f.newestProven(f.me).isEmpty());
    waitForTheLooks();
    f.server.holdPages = true;
    const qsizetype asked = f.server.asked.size();
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"mine"_s).result().ok());
    QTRY_COMPARE(f.server.asked.size(), asked + 1);
    f.server.deliver(f.fromPerson(u"while the page is on its way"_s));
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 3);
    f.server.releasePages();
    QTRY_COMPARE(f.messages(f.chat(f.grace)).at(1).delivery, Delivery::Archived);
    QTRY_COMPARE(f.newestProven(f.me), f.server.archives[f.me].last().archiveId);
    QCOMPARE(f.bodies(f.chat(f.grace)), f.archivedBodies(f.me));
}

/// Nothing else comes, and what was archived before the break is in doubt.
void LiveHistoryTest::whatIsSentAfterABreakIsMetInTheArchive()
{
    HistoryFixture f;
    QVERIFY(f.logIn().ok());
    f.server.deliver(f.fromPerson(u"first"_s));
    QTRY_VERIFY(!f.newestProven(f.me).isEmpty());
    waitForTheLooks(); // what came before is not looked for again
    f.clock.advance(std::chrono::minutes(2));
    f.takeUpAgain();
    waitForTheLooks();
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"mine"_s).result().ok());
    QTRY_COMPARE_WITH_TIMEOUT(f.messages(f.chat(f.grace)).last().delivery, Delivery::Archived, 10'000);
}

QTEST_GUILESS_MAIN(LiveHistoryTest)
#include "tst_livehistory.moc"
