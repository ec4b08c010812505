// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/networkmonitor.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;

class TestNetworkMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfAnotherNetwork();
    void tellsOfWakingUp();
};

void TestNetworkMonitor::tellsOfAnotherNetwork()
{
    QStringList addresses{QStringLiteral("192.0.2.7")};
    NetworkMonitor monitor(nullptr, [&addresses] { return addresses; });
    QSignalSpy changed(&monitor, &NetworkMonitor::changed);
    monitor.look(); // as routers' announcements do
    QTest::qWait(500);
    QCOMPARE(changed.size(), 0);

    addresses = {QStringLiteral("198.51.100.4")};
    for (int i = 0; i < 20; ++i)
        monitor.look();
    QTRY_COMPARE(changed.size(), 1);

    addresses.clear(); // nowhere to go: no reason to try
    monitor.look();
    QTest::qWait(500);
    QCOMPARE(changed.size(), 1);
    addresses = {QStringLiteral("198.51.100.4")}; // the same as before, but it was away
    monitor.look();
    QTRY_COMPARE(changed.size(), 2);
}

void TestNetworkMonitor::tellsOfWakingUp()
{
    NetworkMonitor monitor;
    QSignalSpy changed(&monitor, &NetworkMonitor::changed);
    monitor.prepareForSleep(true);
    QCOMPARE(changed.size(), 0);
    monitor.prepareForSleep(false);
    QCOMPARE(changed.size(), 1);
}

QTEST_GUILESS_MAIN(TestNetworkMonitor)
#include "tst_networkmonitor.moc"
