// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/discoclient.h"
#include "xmpp/readmarkclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
const QString good = u"<displayed xmlns='urn:xmpp:mds:displayed:0'><stanza-id xmlns='urn:xmpp:sid:0' "
                     "by='%1' id='%2'/></displayed>"_s;
const QString able = u"<query xmlns='http://jabber.org/protocol/disco#info'>"
                     "<feature var='http://jabber.org/protocol/pubsub#publish-options'/></query>"_s;

QString item(const QString &chat, const QString &by, const QString &id)
{
    return u"<item id='%1'>%2</item>"_s.arg(chat, good.arg(by, id));
}

QString items(const QString &inside)
{
    return u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:mds:displayed:0'>%1</items></pubsub>"_s
        .arg(inside);
}

QString notice(const QString &inside, const QString &from = u"from='me@example.org'"_s,
               const QString &node = u"urn:xmpp:mds:displayed:0"_s)
{
    return u"<message type='headline' %1><event xmlns='http://jabber.org/protocol/pubsub#event'>"
           "<items node='%2'>%3</items></event></message>"_s.arg(from, node, inside);
}

QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}

struct Fixture {
    Fixture()
        : client(wire, nullptr)
        , changed(&client, &ReadMarkClient::readMarkChanged)
    {
        wire.goLive();
    }

    QString lastRequest() const { return FakeWire::toText(wire.requests.last().iq); }
    void answer(const QString &payload) { wire.answer(wire.requests.size() - 1, payload); }
    Result<QList<ReadMark>> load(const QString &payload)
    {
        const auto future = client.readMarks();
        answer(payload);
        return future.result();
    }

    FakeWire wire;
    ReadMarkClient client;
    QSignalSpy changed;
    const Jid me = Jid::trusted(u"me@example.org");
    const Jid room = Jid::trusted(u"room@muc.example.org");
    const Jid friendly = Jid::trusted(u"friend@example.net");
};
} // namespace

class TestReadMarkClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMarks()
    {
        Fixture f;
        const auto marks = f.load(items(item(u"room@muc.example.org"_s, u"room@muc.example.org"_s, u"r1"_s)
                                        + item(u"friend@example.net"_s, u"me@example.org"_s, u"p1"_s)));
        QVERIFY(f.lastRequest().contains(u"urn:xmpp:mds:displayed:0"));
        QCOMPARE(*marks, (QList<ReadMark>{{f.room, f.room, u"r1"_s}, {f.friendly, f.me, u"p1"_s}}));
    }

    void noNodeYet()
    {
        Fixture f;
        QVERIFY(f.load(error(u"item-not-found"_s))->isEmpty());
        QCOMPARE(f.load(error(u"service-unavailable"_s)).error().kind, Error::Kind::Unsupported);
    }

    void absurdItems_data()
    {
        QTest::addColumn<QString>("xml");
        const QString room = u"room@muc.example.org"_s;
        const QString id = u"<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='r1'/>"_s;
        const QString open =
            u"<item id='room@muc.example.org'><displayed xmlns='urn:xmpp:mds:displayed:0'>"_s;
        const QString close = u"</displayed></item>"_s;
        QTest::newRow("empty") << u"<item/>"_s;
        QTest::newRow("no payload") << u"<item id='room@muc.example.org'/>"_s;
        QTest::newRow("no id") << open + close;
        QTest::newRow("two ids") << open + id + id + close;
        QTest::newRow("no by") << open + u"<stanza-id xmlns='urn:xmpp:sid:0' id='r1'/>"_s + close;
        QTest::newRow("empty id")
            << open + u"<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id=''/>"_s + close;
        QTest::newRow("another namespace")
            << QString(open + id + close).replace(u"mds:displayed:0"_s, u"x"_s);
        QTest::newRow("by somebody else") << item(room, u"other@muc.example.org"_s, u"r1"_s);
        QTest::newRow("an occupant") << item(room + u"/nick", room, u"r1"_s);
        QTest::newRow("no address") << item(u"@@"_s, u"me@example.org"_s, u"r1"_s);
        QTest::newRow("huge id") << item(room, room, u"x"_s.repeated(2000));
    }
    void absurdItems()
    {
        QFETCH(QString, xml);
        Fixture f;
        QVERIFY(f.load(items(xml))->isEmpty());
        f.wire.receive(notice(xml));
        QVERIFY(f.changed.isEmpty());
    }

    void tooManyItems()
    {
        Fixture f;
        QString all;
        for (int i = 0; i < 6000; ++i)
            all += item(u"r%1@x.org"_s.arg(i), u"r%1@x.org"_s.arg(i), u"i"_s);
        QCOMPARE(f.load(items(all))->size(), 5000);
    }

    void publishesPrivately()
    {
        Fixture f;
        const auto put = f.client.putReadMark({f.room, f.room, u"<r1>"_s});
        QVERIFY(f.lastRequest().contains(u"disco#info")); // 7: never without having asked
        f.answer(able);
        const QDomElement iq = f.wire.requests.last().iq;
        QVERIFY(f.wire.requests.last().to.isEmpty());
        const QString sent = f.lastRequest();
        for (const QString &part :
             {u"node=\"urn:xmpp:mds:displayed:0\""_s, u"id=\"room@muc.example.org\""_s, u"publish-options"_s,
              u"whitelist"_s, u">max</value>"_s, u"pubsub#persist_items"_s, u">never</value>"_s,
              u"by=\"room@muc.example.org\""_s, u"id=\"&lt;r1>\""_s})
            QVERIFY2(sent.contains(part), qPrintable(part + u"\n" + sent));
        f.answer(u" "_s);
        QVERIFY(put.result().ok());
        (void)f.client.putReadMark({f.room, f.room, u"r2"_s});
        QVERIFY(f.lastRequest().contains(u"r2")); // asked once
    }

    void notWithoutPublishOptions()
    {
        Fixture f;
        const auto put = f.client.putReadMark({f.room, f.room, u"r1"_s});
        f.answer(u"<query xmlns='http://jabber.org/protocol/disco#info'/>"_s);
        QCOMPARE(put.result().error().kind, Error::Kind::Unsupported);
        const auto again = f.client.putReadMark({f.room, f.room, u"r1"_s});
        QCOMPARE(again.result().error().kind, Error::Kind::Unsupported);
        QCOMPARE(f.wire.requests.size(), 1);
        f.wire.end();
        f.wire.goLive(); // maybe after an update of the server
        (void)f.client.putReadMark({f.room, f.room, u"r1"_s});
        QCOMPARE(f.wire.requests.size(), 2);
    }

    void configuresANodeThatIsOpen()
    {
        Fixture f;
        const auto put = f.client.putReadMark({f.room, f.room, u"r1"_s});
        f.answer(able);
        f.answer(error(u"conflict"_s));
        QVERIFY(f.lastRequest().contains(u"pubsub#owner") && f.lastRequest().contains(u"whitelist"));
        f.answer(error(u"forbidden"_s));
        QCOMPARE(put.result().error().kind, Error::Kind::Refused);
        QCOMPARE(f.wire.requests.size(), 3);
    }

    void hearsOnlyMyself()
    {
        Fixture f;
        const QString one = item(u"room@muc.example.org"_s, u"room@muc.example.org"_s, u"r1"_s);
        for (const QString &from : {u"from='mallory@evil.org'"_s, u"from='room@muc.example.org'"_s,
                                    u"from='me@example.org/elsewhere'"_s, u"from='example.org'"_s})
            f.wire.receive(notice(one, from));
        f.wire.receive(notice(one, u"from='me@example.org'"_s, u"urn:xmpp:bookmarks:1"_s));
        f.wire.receive(
            u"<message from='mallory@evil.org'><forwarded xmlns='urn:xmpp:forward:0'>%1</forwarded></message>"_s
                .arg(notice(one)));
        f.wire.receive(notice(u"<retract id='room@muc.example.org'/>"_s));
        QVERIFY(f.changed.isEmpty());
        f.wire.receive(notice(one));
        f.wire.receive(notice(one, QString()));
        QCOMPARE(f.changed.size(), 2);
        QCOMPARE(f.changed.first().first().value<ReadMark>(), (ReadMark{f.room, f.room, u"r1"_s}));
        QVERIFY(DiscoClient::features().contains(u"urn:xmpp:mds:displayed:0+notify"_s));
    }
};

QTEST_GUILESS_MAIN(TestReadMarkClient)
#include "tst_readmarkclient.moc"
