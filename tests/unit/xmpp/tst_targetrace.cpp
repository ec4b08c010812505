// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/targetrace.h"

#include <QHostInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Mingle;
using namespace std::chrono_literals;

namespace {
constexpr auto never = 1h;

/// Where nobody listens: a port that was free a moment ago.
quint16 closedPort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

StreamTarget at(const QString &host, quint16 port)
{
    return {host, port, true};
}
} // namespace

class TestTargetRace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksNobodyWhileTheFirstHasItsHead();
    void refusalPassesTheTurnOnAtOnce();
    void familiesTakeTurns_data();
    void familiesTakeTurns();
    void stoppedIsOver();
    void nobodyAnswers();
};

void TestTargetRace::asksNobodyWhileTheFirstHasItsHead()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    TargetRace race(never, 0ms, nullptr);
    QSignalSpy won(&race, &TargetRace::won);
    race.start({at(QStringLiteral("127.0.0.1"), server.serverPort())});
    QTest::qWait(50);
    QVERIFY(won.isEmpty());
    QVERIFY(!server.hasPendingConnections());
}

void TestTargetRace::refusalPassesTheTurnOnAtOnce()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    TargetRace race(0ms, never, nullptr);
    QSignalSpy won(&race, &TargetRace::won);
    const auto here = at(QStringLiteral("127.0.0.1"), server.serverPort());
    race.start({at(QStringLiteral("127.0.0.1"), closedPort()), here});
    QTRY_COMPARE(won.size(), 1);
    QCOMPARE(won.first().first().value<StreamTarget>(), here);
}

void TestTargetRace::familiesTakeTurns_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::newRow("IPv4") << QHostAddress(QHostAddress::LocalHost);
    QTest::newRow("IPv6") << QHostAddress(QHostAddress::LocalHostIPv6);
}

/// A server that only one of its name's addresses leads to is found, whichever the resolver says first.
void TestTargetRace::familiesTakeTurns()
{
    QFETCH(QHostAddress, address);
    QTcpServer server;
    if (!server.listen(address)) QSKIP("this machine does not have that family");
    const auto known = QHostInfo::fromName(QStringLiteral("localhost")).addresses();
    if (!known.contains(address)) QSKIP("localhost does not have that family here");
    TargetRace race(0ms, never, nullptr);
    QSignalSpy won(&race, &TargetRace::won);
    race.start({at(QStringLiteral("localhost"), server.serverPort())});
    QTRY_COMPARE(won.size(), 1);
    QCOMPARE(won.first().first().value<StreamTarget>(), at(address.toString(), server.serverPort()));
}

void TestTargetRace::stoppedIsOver()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    TargetRace race(0ms, 0ms, nullptr);
    QSignalSpy won(&race, &TargetRace::won);
    race.start({at(QStringLiteral("127.0.0.1"), server.serverPort())});
    QTRY_VERIFY(server.hasPendingConnections() || !won.isEmpty());
    won.clear();
    race.start({at(QStringLiteral("127.0.0.1"), server.serverPort())});
    race.stop();
    QTest::qWait(50);
    QVERIFY(won.isEmpty());
}

void TestTargetRace::nobodyAnswers()
{
    TargetRace race(0ms, 0ms, nullptr);
    QSignalSpy won(&race, &TargetRace::won);
    race.start({at(QStringLiteral("127.0.0.1"), closedPort()), at(QStringLiteral("nobody.invalid"), 5222)});
    QTest::qWait(50);
    QVERIFY(won.isEmpty());
}

QTEST_GUILESS_MAIN(TestTargetRace)
#include "tst_targetrace.moc"
