// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/reconnectpolicy.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// When a session tries again, when it asks, and when it gives up.
class ConnectionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void delaysGrowAndAreJittered();
    void busyServersAreLeftAlone_data();
    void busyServersAreLeftAlone();
    void aServerThatPutsMeOutAtOnceIsNotAskedOverAndOver();
    void lostConnectionComesBackByItself();
    void stoppedForGood_data();
    void stoppedForGood();
    void unknownQXmppStopsForGood();
    void captivePortalIsWaitedOut_data();
    void captivePortalIsWaitedOut();
    void wrongPasswordAsksAgain();
    void remembersWhatTheServerOffers();
    void retryNowDoesNotWait();
    void anotherNetworkIsTriedAtOnce();
    void anotherNetworkRaisesDoubt();
    void offlineOnDemandStaysOffline();
    void resumedSessionAsksForNothing();
    void statesOfRoomsFollowTheConnection();
    void removedAccountLeavesNothing();
    void twoAccountsSideBySide();
    void reportsAreHandedOn();
};

void ConnectionTest::delaysGrowAndAreJittered()
{
    using namespace std::chrono_literals;
    for (const double random : {0.0, 0.5, 0.999}) {
        ReconnectPolicy policy;
        QVERIFY(policy.next(random) < 1s);
        auto last = 0ms;
        for (int i = 0; i < 20; ++i) {
            const auto delay = policy.next(random);
            QVERIFY(delay >= last);
            QVERIFY(delay <= 2min);
            last = delay;
        }
        QVERIFY(last >= 1min);
        policy.reset();
        QVERIFY(policy.next(random) < 1s);
    }
    ReconnectPolicy one;
    ReconnectPolicy other;
    QVERIFY(one.next(0.1) != other.next(0.9));
}

void ConnectionTest::busyServersAreLeftAlone_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<int>("atLeast"); // ms
    QTest::newRow("system-shutdown") << Error::Kind::ServerShutdown << 1'000;
    QTest::newRow("resource-constraint, policy-violation") << Error::Kind::ServiceFull << 2'000;
}

void ConnectionTest::busyServersAreLeftAlone()
{
    QFETCH(Error::Kind, kind);
    QFETCH(int, atLeast);
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.clock.advance(std::chrono::minutes(5));
    f.server.cut({kind, {}, {}});
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    QCOMPARE(f.status().reason.kind, kind);
    QVERIFY(f.clock.now().msecsTo(f.status().retryAt) >= atLeast);
    QVERIFY(f.clock.now().msecsTo(f.status().retryAt) <= 4 * atLeast);
}

void ConnectionTest::aServerThatPutsMeOutAtOnceIsNotAskedOverAndOver()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    qint64 wait = 0; // ms
    for (int i = 0; i < 6; ++i) {
        f.server.cut({Error::Kind::ServiceFull, u"policy-violation"_s, {}});
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
        wait = f.clock.now().msecsTo(f.status().retryAt);
        f.clock.advance(std::chrono::milliseconds(wait + 1));
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    }
    QVERIFY(wait >= 30'000);
}

void ConnectionTest::lostConnectionComesBackByItself()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    QCOMPARE(f.status().reason.kind, Error::Kind::ConnectionLost);
    QVERIFY(f.clock.now().msecsTo(f.status().retryAt) < 1'000);
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::stoppedForGood_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("weak login") << Error::Kind::WeakLogin;
    QTest::newRow("not genuine") << Error::Kind::ServerNotGenuine;
    QTest::newRow("conflict") << Error::Kind::Conflict;
    QTest::newRow("disabled") << Error::Kind::AccountDisabled;
}

void ConnectionTest::stoppedForGood()
{
    QFETCH(Error::Kind, kind);
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.cut({kind, {}, {}});
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Stopped);
    QCOMPARE(f.status().reason.kind, kind);
    QVERIFY(!f.clock.isWaiting());
    f.accounts->retryNow(f.me);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::unknownQXmppStopsForGood()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.cut({Error::Kind::Internal, u"qxmpp-internals"_s, {}});
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Stopped);
    QVERIFY(!f.clock.isWaiting());
}

void ConnectionTest::captivePortalIsWaitedOut_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("certificate") << Error::Kind::CertificateInvalid;
    QTest::newRow("no TLS") << Error::Kind::TlsUnavailable;
}

void ConnectionTest::captivePortalIsWaitedOut()
{
    QFETCH(Error::Kind, kind);
    {
        SessionFixture first;
        first.server.refuseLogin = {kind, {}, {}};
        QCOMPARE(first.logIn().error().kind, kind);
        QVERIFY(first.accounts->list().result()->isEmpty());
    }
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.refuseLogin = {kind, {}, {}};
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().reason.kind, kind);
    QCOMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    QVERIFY(f.clock.now().secsTo(f.status().retryAt) >= 59);
    f.server.refuseLogin = {};
    f.clock.advance(std::chrono::minutes(2));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::wrongPasswordAsksAgain()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.password = "changed";
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::NeedsPassword);
    QCOMPARE(f.status().reason.kind, Error::Kind::WrongPassword);
    QVERIFY(!f.clock.isWaiting());
    f.accounts->setPassword(f.me, "changed", true);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QTRY_COMPARE(f.secrets.secret(u"password/alice@chat.test"_s), QByteArray("changed"));
}

void ConnectionTest::remembersWhatTheServerOffers()
{
    SessionFixture f;
    f.server.features = "<old/>";
    f.server.keptRoster = "first";
    QVERIFY(f.logIn().ok());
    QVERIFY(f.server.logins.last().features.isEmpty());
    QVERIFY(f.server.logins.last().roster.isEmpty());
    f.server.run([&f] { // after all that the first session has to say
        f.server.features = "<new/>";
        f.server.keptRoster = "second";
    });
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QCOMPARE(f.server.logins.last().features, QByteArray("<old/>"));
    QCOMPARE(f.server.logins.last().roster, QByteArray("first"));

    f.restartProgram();
    (void)f.accounts->load().result();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QCOMPARE(f.server.logins.last().features, QByteArray("<new/>"));
    QCOMPARE(f.server.logins.last().roster, QByteArray("second"));
}

void ConnectionTest::retryNowDoesNotWait()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    f.accounts->retryNow(f.me);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    FakeConnection *before = f.server.connection;
    f.clock.advance(std::chrono::minutes(5)); // the timer that was set does nothing any more
    QTest::qWait(20);
    QCOMPARE(f.server.connection, before);
    QCOMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::anotherNetworkIsTriedAtOnce()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.refuseLogin = {Error::Kind::NoNetwork, {}, {}};
    f.server.cut();
    for (int i = 0; i < 5; ++i) {
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
        f.clock.advance(std::chrono::minutes(2));
    }
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    f.server.refuseLogin = {};
    f.accounts->networkChanged(); // no time passes
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);

    // Whoever wants to be offline stays so.
    f.accounts->setOnline(f.me, false);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Offline);
    f.accounts->networkChanged();
    QTest::qWait(50);
    QCOMPARE(f.status().state, ConnectionStatus::State::Offline);
}

void ConnectionTest::anotherNetworkRaisesDoubt()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.accounts->networkChanged();
    QTest::qWait(50);
    QCOMPARE(f.status().state, ConnectionStatus::State::Live); // it has answered

    f.server.silent = true;
    f.accounts->networkChanged();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::offlineOnDemandStaysOffline()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.accounts->setOnline(f.me, false);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Offline);
    QVERIFY(!f.clock.isWaiting());
    f.accounts->setOnline(f.me, true);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::resumedSessionAsksForNothing()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), QStringList{u"before"_s});
    QTRY_VERIFY(!f.status().catchingUp);
    f.clock.advance(std::chrono::minutes(2)); // a stream that breaks sooner is looked after
    f.server.resumable = true;
    const qsizetype requests = f.server.asked.size();
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QCOMPARE(f.state(f.muc).membership, Membership::Joined);
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"after"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), QStringList({u"before"_s, u"after"_s}));
    QCOMPARE(f.server.asked.size(), requests);
}

void ConnectionTest::statesOfRoomsFollowTheConnection()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QCOMPARE(f.state(f.muc).membership, Membership::Joined);
    f.server.refuseJoin = {Error::Kind::Refused, u"registration-required"_s, {}};
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Failed);
    QCOMPARE(f.state(f.muc).failure.condition, u"registration-required"_s);
    f.server.refuseJoin = {};
    f.accounts->rejoin(f.chat(f.muc));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
}

void ConnectionTest::removedAccountLeavesNothing()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QVERIFY(f.accounts->remove(f.me).result().ok());
    QVERIFY(f.accounts->list().result()->isEmpty());
    QVERIFY(f.history->chats({}).result()->isEmpty());
    QVERIFY(f.secrets.secret(u"password/alice@chat.test"_s).isEmpty());
    QCOMPARE(f.accounts->sendMessage(f.chat(f.muc), u"x"_s).result().error().kind, Error::Kind::NotFound);
}

void ConnectionTest::twoAccountsSideBySide()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    Account second;
    second.address = f.grace;
    QVERIFY(f.accounts->add(second, "secret").result().ok());
    QVERIFY(f.accounts->startTalk(f.me, f.grace).result().ok());
    QVERIFY(f.accounts->startTalk(f.grace, f.me).result().ok());
    QVERIFY(f.accounts->sendMessage({f.grace, f.me}, u"from Grace"_s).result().ok());
    QTRY_COMPARE(f.bodies({f.grace, f.me}), QStringList{u"from Grace"_s});
    QVERIFY(f.bodies({f.me, f.grace}).isEmpty());
    QVERIFY(f.accounts->remove(f.grace).result().ok());
    QCOMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConnectionTest::reportsAreHandedOn()
{
    SessionFixture f;
    QObject context;
    QList<std::pair<Jid, ConnectReport>> heard;
    connect(f.accounts.get(), &Accounts::connectReported, &context,
            [&heard](const Jid &account, const ConnectReport &report) { heard.append({account, report}); });
    QVERIFY(f.logIn().ok());
    ConnectReport report;
    report.host = u"xmpp.chat.test"_s;
    report.login = ConnectReport::Login::Token;
    f.server.run([&] { Q_EMIT f.server.connection->reported(report); });
    QTRY_COMPARE(heard.size(), 1);
    QCOMPARE(heard.first().first, f.me);
    QCOMPARE(heard.first().second, report);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "tst_connection.moc"
