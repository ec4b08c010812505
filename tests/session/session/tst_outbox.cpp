// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/outbox.h"
#include "sessionparts.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// What cannot be brought about from outside: answers of the writer that come too late.
class OutboxTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aListReadBeforeTheCopyCameIsNotBelieved();
};

/// The list of what waits was read; then the message was met in the archive; then the list arrives.
void OutboxTest::aListReadBeforeTheCopyCameIsNotBelieved()
{
    SessionParts parts;
    QVERIFY(parts.waitUntilLive());
    parts.server.acknowledge = false;
    Outbox outbox(parts.context, nullptr);
    outbox.release(parts.room, ChatKind::Muc, false);
    const auto row = outbox.enqueue(parts.room, ChatKind::Muc, u"Alice"_s, u"once"_s);
    QTRY_COMPARE(parts.connection.unacknowledged(), 1);

    outbox.flush(parts.room);
    outbox.settle(row.result().value());
    QTest::qWait(50);
    QCOMPARE(parts.connection.unacknowledged(), 1);

    // A list that was read after that is right.
    outbox.flush(parts.room);
    QTRY_COMPARE(parts.connection.unacknowledged(), 2);
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
