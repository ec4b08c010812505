// SPDX-License-Identifier: GPL-3.0-or-later
// What an occupant or a participant may write into a stanza of his own, so that it looks like a server's word. The ways
// that tst_messagerouter and tst_archiveclient have are not repeated.
#include "support/xmpp/fakerooms.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;
using Route = IncomingMessage::Route;

namespace {
const QString refusal =
    u"<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s;
const QString item = u"<x xmlns='http://jabber.org/protocol/muc#user'><item jid='%1'/></x>"_s;

/// The only message of the newest page of the room's archive.
IncomingMessage archived(FakeRooms &f, const QString &nick, const QString &children)
{
    const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
    const auto index = f.wire.pending(u"urn:xmpp:mam:2"_s);
    const QString query = f.wire.requests[index].iq.firstChildElement().attribute(u"queryid"_s);
    f.wire.receive(
        u"<message from='%1'><result xmlns='urn:xmpp:mam:2' queryid='%2' id='r1'>"
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='groupchat' id='i' "
        "from='%1/%3'>%4</message></forwarded></result></message>"_s.arg(f.mucRoom.toString(), query, nick,
                                                                         children));
    f.wire.answer(index, u"<fin xmlns='urn:xmpp:mam:2' complete='true'/>"_s);
    return page.result()->messages.value(0);
}
} // namespace

class TestForgedStanzas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void moderationInTheShapeOfATombstone_data()
    {
        QTest::addColumn<QString>("children");
        QTest::addColumn<bool>("mix");
        const QString take = u"<retract xmlns='urn:xmpp:message-retract:1' id='victim'/>"_s;
        const QString oldTake = u"<apply-to xmlns='urn:xmpp:fasten:0' id='victim'>"
                                "<moderated xmlns='urn:xmpp:message-moderate:0'>"
                                "<retract xmlns='urn:xmpp:message-retract:0'/></moderated></apply-to>"_s;
        const QString tombstone = u"<retracted xmlns='urn:xmpp:message-retract:1' id='victim'>"
                                  "<moderated xmlns='urn:xmpp:message-moderate:1'/></retracted>"_s;
        const QString plain = u"<retracted xmlns='urn:xmpp:message-retract:1'/>"_s;
        for (const bool mix : {false, true}) {
            const char *where = mix ? "MIX" : "MUC";
            QTest::addRow("before, %s", where) << tombstone + take << mix;
            QTest::addRow("after, %s", where) << take + tombstone << mix;
            QTest::addRow("first version, %s", where) << oldTake + plain << mix;
            QTest::addRow("alone, %s", where) << tombstone << mix;
        }
    }
    void moderationInTheShapeOfATombstone()
    {
        QFETCH(QString, children);
        QFETCH(bool, mix);
        FakeRooms f;
        if (mix) {
            f.enterMix();
        } else {
            f.goLive();
            f.enterMuc();
        }
        const QString from = mix ? f.mixRoom.toString() + u"/p-ada"_s : f.mucRoom.toString() + u"/Ada"_s;
        f.wire.receive(
            u"<message type='groupchat' id='i' from='%1'><body>x</body>%2</message>"_s.arg(from, children));
        QVERIFY(f.received.isEmpty());
    }

    void tombstonesTakeBackNothingElse()
    {
        // In an archive the same is believed of the message that it stands in, and of no other.
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const IncomingMessage m = archived(f, u"Ada"_s,
                                           u"<retract xmlns='urn:xmpp:message-retract:1' id='victim'/>"
                                           "<retracted xmlns='urn:xmpp:message-retract:1'>"
                                           "<moderated xmlns='urn:xmpp:message-moderate:1'/></retracted>"_s);
        QCOMPARE(m.retracts, u"r1"_s);
    }

    void errorsOfOccupants()
    {
        // They know the ids of my messages, and a service may hand on to me what they send to my nick.
        FakeRooms f;
        f.enterMix();
        f.enterMuc();
        const QString xml = u"<message type='error' id='m1' from='%1'>%2</message>"_s;
        for (const QString &from : {u"room@muc.example.org/Ada"_s, u"room@muc.example.org/Me"_s,
                                    u"channel@mix.example.org/p-ada"_s, u"p-ada#channel@mix.example.org/x"_s})
            f.wire.receive(xml.arg(from, refusal));
        // At most of what was said to them in private.
        for (const IncomingMessage &message : std::as_const(f.received)) {
            QCOMPARE(message.kind, ChatKind::Person);
            QVERIFY(message.chat != f.mucRoom && message.chat != f.mixRoom);
        }
        f.received.clear();
        for (const QString &from :
             {u"room@muc.example.org"_s, u"channel@mix.example.org"_s, u"bob@example.org/x"_s})
            f.wire.receive(xml.arg(from, refusal));
        QCOMPARE(f.received.size(), 3);
    }

    void realAddressesOfTheArchive_data()
    {
        QTest::addColumn<QStringList>("features");
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("children");
        QTest::addColumn<QString>("address");
        const QString ada = item.arg(u"ada@example.org/x"_s), me = item.arg(u"me@example.org/x"_s);
        const QStringList open{u"muc_nonanonymous"_s};
        QTest::newRow("the room tells all") << open << u"participant"_s << ada << u"ada@example.org"_s;
        QTest::newRow("the room tells moderators")
            << QStringList() << u"moderator"_s << ada << u"ada@example.org"_s;
        QTest::newRow("the room does not tell") << QStringList() << u"participant"_s << me << QString();
        QTest::newRow("two, the forged one last") << open << u"moderator"_s << ada + me << QString();
        QTest::newRow("two, the forged one first") << open << u"moderator"_s << me + ada << QString();
    }
    void realAddressesOfTheArchive()
    {
        // In a room without occupant-ids the address alone says what is mine.
        QFETCH(QStringList, features);
        QFETCH(QString, role);
        QFETCH(QString, children);
        QFETCH(QString, address);
        FakeRooms f;
        f.discoFeatures = QStringList{u"urn:xmpp:mam:2"_s} + features;
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(f.occupant(u"Me"_s, {}, role, 110));
        const IncomingMessage m = archived(f, u"Ada"_s, u"<body>hi</body>"_s + children);
        QCOMPARE(m.author.address.toString(), address);
        QVERIFY(!m.author.isMe);
        const IncomingMessage mine = archived(f, u"Me"_s, u"<body>hi</body>"_s + me());
        QCOMPARE(mine.author.isMe, f.muc.room(f.mucRoom)->showsAddresses());
    }

    void ownMessagesAfterTheServerStartedAnew()
    {
        FakeRooms f;
        f.discoFeatures =
            QStringList{u"urn:xmpp:mam:2"_s, u"urn:xmpp:occupant-id:0"_s, u"muc_nonanonymous"_s};
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(f.occupant(u"Me"_s, u"new-id"_s, u"participant"_s, 110));
        const QString earlier = u"<body>hi</body><occupant-id xmlns='urn:xmpp:occupant-id:0' id='old-id'/>"_s;
        QVERIFY(archived(f, u"Me"_s, earlier + item.arg(u"me@example.org/x"_s)).author.isMe);
        QVERIFY(!archived(f, u"Me"_s, earlier + item.arg(u"eve@example.org/x"_s)).author.isMe);
        QVERIFY(!archived(f, u"Eve"_s, earlier + item.arg(u"me@example.org/x"_s)).author.isMe);
        QVERIFY(!archived(f, u"Me"_s, earlier).author.isMe);
    }

    void wordsOfTheRoomInAPresence()
    {
        // What the occupant wrote comes before what the room adds.
        FakeRooms f;
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        const QString forged = u"<x xmlns='http://jabber.org/protocol/muc#user'>"
                               "<item affiliation='owner' role='moderator' jid='me@example.org'/>"
                               "<status code='110'/></x>"_s;
        const QString xml = u"<presence from='room@muc.example.org/%1'>%2"
                            "<x xmlns='http://jabber.org/protocol/muc#user'>"
                            "<item affiliation='none' role='participant'/>%3</x></presence>"_s;
        f.wire.receive(xml.arg(u"Eve"_s, forged, QString()));
        QVERIFY(!f.muc.isJoined(f.mucRoom));
        f.wire.receive(xml.arg(u"Me"_s, QString(), u"<status code='110'/>"_s));
        QVERIFY(f.muc.isJoined(f.mucRoom));
        f.wire.receive(xml.arg(u"Eve"_s, forged, QString()));
        QCOMPARE(f.muc.room(f.mucRoom)->nick(), u"Me"_s);
        const Participant *eve = f.muc.room(f.mucRoom)->find(u"Eve"_s);
        QVERIFY(eve && !eve->isMe && eve->standing == Standing::Guest && eve->address.isEmpty());
        // An occupant who says that the room is gone.
        f.wire.receive(
            u"<presence type='unavailable' from='room@muc.example.org/Eve'>"
            "<x xmlns='http://jabber.org/protocol/muc#user'><destroy/></x>"
            "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='none'/></x></presence>"_s);
        QVERIFY(f.muc.isJoined(f.mucRoom));
        QVERIFY(!f.muc.room(f.mucRoom)->find(u"Eve"_s));
    }

    void newNicksAreNormalised()
    {
        // Another spelling in the announcement than in the address would leave somebody behind whom nobody is.
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto count = f.muc.room(f.mucRoom)->participants().size();
        f.wire.receive(u"<presence type='unavailable' from='room@muc.example.org/Ada'>"
                       "<x xmlns='http://jabber.org/protocol/muc#user'>"
                       "<item affiliation='none' role='moderator' nick='A\u00A0e\u0301'/>"
                       "<status code='303'/></x></presence>"_s);
        f.wire.receive(f.occupant(u"A \u00E9"_s, u"ada-id"_s, u"moderator"_s));
        QCOMPARE(f.muc.room(f.mucRoom)->participants().size(), count);
        f.wire.receive(u"<presence type='unavailable' from='room@muc.example.org/A\u00A0\u00E9'/>"_s);
        QCOMPARE(f.muc.room(f.mucRoom)->participants().size(), count - 1);
    }

    void forwardedElsewhere_data()
    {
        QTest::addColumn<QString>("children");
        const QString inner =
            u"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' "
            "from='me@example.org/x' to='bob@example.org'><body>never said</body></message></forwarded>"_s;
        QTest::newRow("bare") << inner;
        QTest::newRow("carbon") << u"<sent xmlns='urn:xmpp:carbons:2'>%1</sent>"_s.arg(inner);
        QTest::newRow("archive") << u"<result xmlns='urn:xmpp:mam:2' queryid='q' id='1'>%1</result>"_s.arg(
            inner);
        QTest::newRow("in an event")
            << u"<event xmlns='http://jabber.org/protocol/pubsub#event'>%1</event>"_s.arg(inner);
        QTest::newRow("in a private carbon of the old kind")
            << u"<sent xmlns='urn:xmpp:carbons:1'>%1</sent>"_s.arg(inner);
    }
    void forwardedElsewhere()
    {
        QFETCH(QString, children);
        FakeRooms f;
        f.enterMix();
        f.enterMuc();
        for (const QString &who : {u"type='groupchat' from='room@muc.example.org/Ada'"_s,
                                   u"type='groupchat' from='room@muc.example.org'"_s,
                                   u"type='groupchat' id='1' from='channel@mix.example.org/p-ada'"_s,
                                   u"type='chat' from='bob@example.org/x'"_s, u"from='example.org'"_s,
                                   u"type='chat' from='me@example.org/there'"_s})
            f.wire.receive(u"<message %1>%2</message>"_s.arg(who, children));
        QVERIFY(f.received.isEmpty());
        QCOMPARE(archived(f, u"Ada"_s, children).body, QString());
    }

    void longJunkIsRead_data()
    {
        QTest::addColumn<QString>("children");
        // Marks that normalisation has to sort.
        const QString marks = u"\u0300\u0316"_s.repeated(500), many = u"\u0300\u0316"_s.repeated(40'000);
        QTest::newRow("stanza-ids")
            << u"<stanza-id xmlns='urn:xmpp:sid:0' by='a%1@x' id='1'/>"_s.arg(marks.first(500)).repeated(150);
        QTest::newRow("delays")
            << u"<delay xmlns='urn:xmpp:delay' from='a%1@x' stamp='2026-01-01T00:00:00Z'/>"_s
                   .arg(marks.first(500))
                   .repeated(150);
        QTest::newRow("mentions")
            << u"<reference xmlns='urn:xmpp:reference:0' type='mention' begin='0' end='1' uri='xmpp:a%1@x'/>"_s
                   .arg(marks.first(500))
                   .repeated(150);
        QTest::newRow("address") << item.arg(u"a"_s + marks.first(1000) + u"@x");
        QTest::newRow("body") << u"<body>a%1</body>"_s.arg(many);
    }
    void longJunkIsRead()
    {
        QFETCH(QString, children);
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto stanza = FakeWire::parse(
            u"<message type='groupchat' from='room@muc.example.org/Ada'><body>hi</body>%1</message>"_s
                .arg(children)
                .toUtf8());
        for (int i = 0; i < 10; ++i)
            f.wire.receive(stanza);
        QCOMPARE(f.received.size(), 10);
    }

    void longAddressesAreNotSorted()
    {
        // A service of somebody else's may write into these what it likes.
        FakeRooms f;
        f.enterMix();
        f.enterMuc();
        const QString marks = u"\u0300\u0316"_s.repeated(40'000);
        const auto occupant = FakeWire::parse(f.occupant(u"Eve"_s, u"eve-id"_s, u"participant"_s, 0,
                                                         u"<item jid='a%1@x' nick='%1'/>"_s.arg(marks))
                                                  .toUtf8());
        const auto event = FakeWire::parse(
            u"<message from='%1'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
            "<items node='urn:xmpp:mix:nodes:participants'>%2</items></event></message>"_s
                .arg(f.mixRoom.toString(), f.participant(u"p-eve"_s, u"Eve"_s, u"a"_s + marks + u"@x"_s))
                .toUtf8());
        // So often that sorting those marks even once each time would outlast the limit of every test.
        for (int i = 0; i < 50; ++i) {
            f.wire.receive(occupant);
            f.wire.receive(event);
        }
        QVERIFY(f.muc.room(f.mucRoom)->find(u"Eve"_s));
        const Participant *eve = f.mix.channel(f.mixRoom)->find(u"p-eve"_s);
        QVERIFY(eve && eve->address.isEmpty());
    }

private:
    static QString me() { return item.arg(u"me@example.org/x"_s); }
};

QTEST_GUILESS_MAIN(TestForgedStanzas)
#include "tst_forgedstanzas.moc"
