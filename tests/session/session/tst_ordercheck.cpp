// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ordercheck.h"
#include "sessionparts.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class OrderCheckTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatComesRightBehindAPageMakesItLookAgain_data();
    void whatComesRightBehindAPageMakesItLookAgain();
};

void OrderCheckTest::whatComesRightBehindAPageMakesItLookAgain_data()
{
    QTest::addColumn<int>("msBehind"); // -1: no page
    QTest::addColumn<int>("age"); // s
    QTest::addColumn<bool>("looks");
    QTest::newRow("no page") << -1 << 0 << false;
    QTest::newRow("right behind") << 0 << 0 << true;
    QTest::newRow("long after") << 1'600 << 0 << false;
    QTest::newRow("no page, but the server had kept it") << -1 << 5 << true;
}

/// A server that stamps a message before its archive shows it: the page is without it, and the next is live above it.
void OrderCheckTest::whatComesRightBehindAPageMakesItLookAgain()
{
    QFETCH(int, msBehind);
    QFETCH(int, age);
    QFETCH(bool, looks);
    SessionParts parts;
    QVERIFY(parts.waitUntilLive());
    Pipeline pipeline(parts.context, nullptr);
    OrderCheck check(parts.context, pipeline, nullptr);
    QSignalSpy wanted(&check, &OrderCheck::wanted);
    if (msBehind >= 0) check.placed(parts.room.address, u"7"_s);
    QTest::qWait(std::max(msBehind, 0));
    IncomingMessage message;
    message.chat = parts.room.address;
    message.kind = ChatKind::Muc;
    message.time = parts.clock.now().addSecs(-age);
    check.saw(message);
    QCOMPARE(wanted.wait(2'500), looks);
    if (!looks) return;
    QCOMPARE(wanted.first().at(0).value<Jid>(), parts.room.address);
    QCOMPARE(wanted.first().at(1).value<ChatKind>(), ChatKind::Muc);
}

QTEST_GUILESS_MAIN(OrderCheckTest)
#include "tst_ordercheck.moc"
