// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamacks.h"

#include <QTest>

using namespace Mingle;

namespace {
struct Sent {
    std::shared_ptr<QPromise<Outcome>> promise = std::make_shared<QPromise<Outcome>>();
    QFuture<Outcome> future;

    explicit Sent(StreamAcks &acks, const QByteArray &stanza)
    {
        promise->start();
        future = promise->future();
        acks.sent(stanza, promise);
    }
    bool isOpen() const { return !future.isFinished(); }
    bool arrived() const { return future.isFinished() && future.result().ok(); }
    bool lost() const
    {
        return future.isFinished() && future.result().error().kind == Error::Kind::ConnectionLost;
    }
};
} // namespace

class tst_StreamAcks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledges();
    void refusesWhatCannotBe();
    void countsForLong();
    void endsWithWhatIsKnown();
    void asksWhenSomebodyWaits();
    void withoutStreamManagement();
};

void tst_StreamAcks::acknowledges()
{
    StreamAcks acks;
    acks.begin();
    acks.sent("<presence/>");
    Sent first(acks, "<message id='1'/>");
    Sent second(acks, "<message id='2'/>");
    QVERIFY(acks.acknowledge(1));
    QVERIFY(first.isOpen());
    QVERIFY(acks.acknowledge(2));
    QVERIFY(first.arrived());
    QVERIFY(second.isOpen());
    QCOMPARE(acks.unacknowledged(), QList<QByteArray>{"<message id='2'/>"});
    QVERIFY(acks.acknowledge(2));
    QVERIFY(acks.acknowledge(3));
    QVERIFY(second.arrived());
    QVERIFY(acks.unacknowledged().isEmpty());
}

void tst_StreamAcks::refusesWhatCannotBe()
{
    StreamAcks acks;
    QVERIFY(!acks.acknowledge(0)); // no stream management
    acks.begin();
    Sent sent(acks, "<message/>");
    Sent other(acks, "<message/>");
    QVERIFY(!acks.acknowledge(3));
    QVERIFY(!acks.acknowledge(4'294'967'295U));
    QVERIFY(sent.isOpen());
    QVERIFY(acks.acknowledge(1));
    QVERIFY(!acks.acknowledge(0)); // backwards
    QVERIFY(other.isOpen());
    QVERIFY(acks.acknowledge(2));
    QVERIFY(!acks.acknowledge(3));
}

void tst_StreamAcks::countsForLong()
{
    StreamAcks acks;
    acks.begin();
    for (quint32 i = 1; i <= 70'000; ++i) {
        acks.sent("<message/>");
        QVERIFY(acks.acknowledge(i));
    }
    QVERIFY(acks.unacknowledged().isEmpty());
}

void tst_StreamAcks::endsWithWhatIsKnown()
{
    StreamAcks acks;
    acks.begin();
    Sent first(acks, "<message id='1'/>");
    Sent second(acks, "<message id='2'/>");
    // <failed h='1'/>: the old stream's count is still worth something, a lie is not.
    acks.acknowledgeLast(9);
    QVERIFY(first.isOpen());
    acks.acknowledgeLast(1);
    acks.end();
    QVERIFY(first.arrived());
    QVERIFY(second.lost());
    QVERIFY(!acks.isActive());

    acks.begin();
    Sent third(acks, "<message id='3'/>");
    acks.begin();
    QVERIFY(third.lost());
    QVERIFY(acks.acknowledge(0));
    QVERIFY(!acks.acknowledge(1));

    auto fourth = [] {
        StreamAcks shortLived;
        shortLived.begin();
        return Sent(shortLived, "<message/>");
    }();
    QVERIFY(fourth.lost());
}

void tst_StreamAcks::asksWhenSomebodyWaits()
{
    StreamAcks acks;
    acks.begin();
    acks.sent("<iq/>");
    QVERIFY(!acks.wantsRequest());
    Sent sent(acks, "<message/>");
    QVERIFY(acks.wantsRequest());
    acks.requested();
    QVERIFY(!acks.wantsRequest());
    QVERIFY(acks.acknowledge(2));
    for (int i = 0; i < 15; ++i)
        acks.sent("<iq/>");
    QVERIFY(!acks.wantsRequest());
    acks.sent("<iq/>");
    QVERIFY(acks.wantsRequest());
}

void tst_StreamAcks::withoutStreamManagement()
{
    StreamAcks acks;
    acks.sent("<presence/>");
    QCOMPARE(acks.waiting(), 0);
    Sent first(acks, "<message id='1'/>");
    Sent second(acks, "<message id='2'/>");
    QVERIFY(!acks.wantsRequest());
    acks.acknowledgeFirst(1);
    QVERIFY(first.arrived());
    QVERIFY(second.isOpen());
    acks.end();
    QVERIFY(second.lost());
}

QTEST_GUILESS_MAIN(tst_StreamAcks)
#include "tst_streamacks.moc"
