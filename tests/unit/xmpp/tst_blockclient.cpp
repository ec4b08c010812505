// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/blockclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}
struct Fixture {
    Fixture()
        : client(wire, nullptr)
        , blocked(&client, &BlockList::blocked)
        , unblocked(&client, &BlockList::unblocked)
    {
        wire.goLive();
    }
    QString last() const { return FakeWire::toPlainText(wire.requests.last().iq); }
    QList<Jid> told(const QSignalSpy &spy) const { return spy.last().first().value<QList<Jid>>(); }

    FakeWire wire;
    BlockClient client;
    QSignalSpy blocked, unblocked;
    const Jid romeo = Jid::trusted(u"romeo@montague.net");
    const Jid iago = Jid::trusted(u"iago@shakespeare.lit");
};
} // namespace

class TestBlockClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheList() // XEP-0191 example 2
    {
        Fixture f;
        const auto asked = f.client.blockedPeople();
        f.wire.answer(
            f.wire.pending(u"<blocklist"_s),
            u"<blocklist xmlns='urn:xmpp:blocking'><item jid='romeo@montague.net'/>"
            "<item jid='iago@shakespeare.lit'/><item jid='@@'/><item/><item xmlns='other' jid='x@y'/></blocklist>"_s);
        QVERIFY(!asked.isFinished());
        f.wire.answer(
            f.wire.pending(u"disco#info"_s),
            u"<query xmlns='http://jabber.org/protocol/disco#info'><feature var='urn:xmpp:reporting:1'/></query>"_s);
        QVERIFY(asked.isFinished());
        QCOMPARE(asked.result()->addresses, (QList{f.romeo, f.iago}));
        QVERIFY(asked.result()->takesReports);
    }

    void serversWithoutIt()
    {
        Fixture f;
        const auto asked = f.client.blockedPeople();
        f.wire.answer(f.wire.pending(u"<blocklist"_s), error(u"service-unavailable"_s));
        QVERIFY(asked.isFinished());
        QCOMPARE(asked.result().error().kind, Error::Kind::Unsupported);
    }

    void blocksAndReports() // XEP-0191 example 4, XEP-0377 example 4
    {
        Fixture f;
        auto done = f.client.block(f.romeo, {});
        QCOMPARE(f.last(),
                 u"<iq id=\"iq1\" type=\"set\"><block><item jid=\"romeo@montague.net\"/></block></iq>"_s);
        QCOMPARE(f.wire.requests.last().iq.firstChildElement().namespaceURI(), u"urn:xmpp:blocking"_s);
        f.wire.answer(f.wire.requests.size() - 1, u""_s);
        QVERIFY(done.isFinished() && done.result());
        QStringList ids;
        for (int i = 0; i < 100; ++i)
            ids.append(QString::number(i));
        done = f.client.block(
            f.romeo, BlockList::Report{{AbuseReport::Reason::Spam, u"  Never came trouble <b> "_s}, ids});
        const QString text = f.last();
        QVERIFY2(text.contains(u"<report reason=\"urn:xmpp:reporting:spam\">"), qPrintable(text));
        QVERIFY(text.contains(u"<stanza-id by=\"me@example.org\" id=\"0\"/>"));
        QCOMPARE(text.count(u"<stanza-id"), 20);
        QVERIFY(text.contains(u"<text>Never came trouble &lt;b></text>"));
        f.wire.answer(f.wire.requests.size() - 1, error(u"not-allowed"_s));
        QCOMPARE(done.result().error().condition, u"not-allowed"_s);
    }

    void neverUnblocksEverybody()
    {
        Fixture f;
        const auto count = f.wire.requests.size();
        QCOMPARE(f.client.unblock({}).result().error().kind, Error::Kind::InvalidAddress);
        QCOMPARE(f.wire.requests.size(), count);
        auto done = f.client.unblock(f.romeo);
        QVERIFY(f.last().contains(u"<unblock><item jid=\"romeo@montague.net\"/></unblock>"));
    }

    void followsOtherDevices()
    {
        Fixture f;
        const auto push = u"<iq type='set' id='push1' %2>%1</iq>"_s;
        const auto block = u"<block xmlns='urn:xmpp:blocking'><item jid='romeo@montague.net'/></block>"_s;
        f.wire.receive(push.arg(block, u"from='eve@example.org'"_s));
        f.wire.receive(push.arg(block, u"from='example.org'"_s));
        QVERIFY(f.blocked.isEmpty()); // only my account may
        f.wire.receive(push.arg(block, u""_s));
        QCOMPARE(f.told(f.blocked), QList{f.romeo});
        f.wire.receive(push.arg(block, u"from='me@example.org'"_s));
        QCOMPARE(f.blocked.size(), 2);
        f.wire.receive(push.arg(u"<unblock xmlns='urn:xmpp:blocking'><item jid='@@'/></unblock>"_s, u""_s));
        QVERIFY(f.unblocked.isEmpty()); // not "all of them"
        f.wire.receive(push.arg(
            u"<unblock xmlns='urn:xmpp:blocking'><item jid='romeo@montague.net'/></unblock>"_s, u""_s));
        QCOMPARE(f.told(f.unblocked), QList{f.romeo});
        f.wire.receive(push.arg(u"<unblock xmlns='urn:xmpp:blocking'/>"_s, u""_s));
        QVERIFY(f.told(f.unblocked).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBlockClient)
#include "tst_blockclient.moc"
