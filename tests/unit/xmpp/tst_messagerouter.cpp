// SPDX-License-Identifier: GPL-3.0-or-later
// Forged stanzas among what comes live: one to one, as a carbon, in MUC and in MIX.
#include "support/xmpp/fakerooms.h"

#include <QTest>
#include <QTimeZone>

using namespace Mingle;
using namespace Qt::StringLiterals;
using Route = IncomingMessage::Route;

namespace {
QString forward(const QString &message, const QString &kind = u"received"_s, const QString &attributes = {})
{
    return u"<message %3><%1 xmlns='urn:xmpp:carbons:2'><forwarded "
           u"xmlns='urn:xmpp:forward:0'>%2</forwarded></%1>"
           "</message>"_s.arg(kind, message, attributes);
}

QString carbonOf(const QString &from, const QString &to)
{
    return u"<message xmlns='jabber:client' type='chat' id='c1' from='%1' to='%2'><body>copied</body></message>"_s
        .arg(from, to);
}

bool isNow(const QDateTime &time)
{
    return std::abs(time.secsTo(QDateTime::currentDateTimeUtc())) < 60;
}

QList<QDomElement> recording(const QString &name)
{
    return FakeWire::recorded(QStringLiteral(MINGLE_TESTS "/unit/xmpp/data/rooms/%1.xml").arg(name));
}
} // namespace

class TestMessageRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversAMessageOfAPerson()
    {
        FakeRooms f;
        f.goLive();
        f.wire.receive(
            u"<message type='chat' id='i1' from='Bob@Example.ORG/x' to='me@example.org/here'><body>hi</body>"
            "<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>"
            "<stanza-id xmlns='urn:xmpp:sid:0' by='me@example.org' id='a1'/></message>"_s);
        QCOMPARE(f.received.size(), 1);
        const auto &m = f.received.first();
        QCOMPARE(m.route, Route::Live);
        QCOMPARE(m.kind, ChatKind::Person);
        QCOMPARE(m.chat.toString(), u"bob@example.org"_s);
        QCOMPARE(m.author.key, u"bob@example.org"_s);
        QVERIFY(!m.author.isMe);
        QCOMPARE(m.archiveId, u"a1"_s);
        QCOMPARE(m.originId, u"o1"_s);
        QCOMPARE(m.stanzaId, u"i1"_s);
        QVERIFY(isNow(m.time));
    }

    void givesOnNothingThatIsNoText_data()
    {
        QTest::addColumn<QString>("xml");
        const auto row = [](const char *name, const QString &children,
                            const QString &attributes = u"type='chat'"_s) {
            QTest::newRow(name) << u"<message %1 from='bob@example.org/x'>%2</message>"_s.arg(attributes,
                                                                                              children);
        };
        row("chat state", u"<composing xmlns='http://jabber.org/protocol/chatstates'/>"_s);
        row("receipt", u"<received xmlns='urn:xmpp:receipts' id='x'/>"_s);
        row("marker", u"<displayed xmlns='urn:xmpp:chat-markers:0' id='x'/>"_s);
        row("pep", u"<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='x'/></event>"_s,
            u"type='headline'"_s);
        row("headline", u"<body>buy</body>"_s, u"type='headline'"_s);
        row("room I am not in", u"<body>hi</body>"_s, u"type='groupchat'"_s);
        row("empty", u"<body/>"_s);
        row("forwarded", u"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' "
                         "from='ada@example.org'><body>no</body></message></forwarded>"_s);
        row("result",
            u"<result xmlns='urn:xmpp:mam:2' queryid='q' id='1'><forwarded xmlns='urn:xmpp:forward:0'>"
            "<message xmlns='jabber:client' type='chat' from='ada@example.org'><body>no</body></message>"
            "</forwarded></result><body>and a body</body>"_s);
        row("moderation one to one", u"<retract xmlns='urn:xmpp:message-retract:1' id='x'>"
                                     "<moderated xmlns='urn:xmpp:message-moderate:1'/></retract>"_s);
        row("private in a room", u"<body>psst</body><x xmlns='http://jabber.org/protocol/muc#user'/>"_s);
        row("tombstone, live", u"<body>x</body><retracted xmlns='urn:xmpp:message-retract:1' id='x'/>"_s);
    }
    void givesOnNothingThatIsNoText()
    {
        QFETCH(QString, xml);
        FakeRooms f;
        f.goLive();
        f.wire.receive(xml);
        QVERIFY(f.received.isEmpty());
        QVERIFY(f.wire.sent.isEmpty());
    }

    void carbonsOfMyAccountOnly_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::addColumn<bool>("good");
        const QString got = carbonOf(u"bob@example.org/x"_s, u"me@example.org/there"_s);
        const QString mine = carbonOf(u"me@example.org/there"_s, u"bob@example.org"_s);
        QTest::newRow("my account") << forward(got, u"received"_s, u"from='me@example.org'"_s) << true;
        QTest::newRow("no sender") << forward(got) << true;
        QTest::newRow("sent") << forward(mine, u"sent"_s, u"from='me@example.org'"_s) << true;
        QTest::newRow("a stranger") << forward(got, u"received"_s, u"from='eve@example.org'"_s) << false;
        QTest::newRow("another device of mine")
            << forward(got, u"received"_s, u"from='me@example.org/there'"_s) << false;
        QTest::newRow("my server") << forward(got, u"received"_s, u"from='example.org'"_s) << false;
        QTest::newRow("sent by another") << forward(got, u"sent"_s, u"from='me@example.org'"_s) << false;
        QTest::newRow("received by another")
            << forward(mine, u"received"_s, u"from='me@example.org'"_s) << false;
        QTest::newRow("groupchat") << forward(QString(got).replace(u"'chat'"_s, u"'groupchat'"_s),
                                              u"received"_s, u"from='me@example.org'"_s)
                                   << false;
        QTest::newRow("error") << forward(QString(mine).replace(u"'chat'"_s, u"'error'"_s), u"sent"_s,
                                          u"from='me@example.org'"_s)
                               << false;
        QTest::newRow("without forwarded")
            << u"<message><received xmlns='urn:xmpp:carbons:2'>%1</received></message>"_s.arg(got) << false;
        QTest::newRow("empty") << forward({}) << false;
        QTest::newRow("nested") << forward(QString(got).replace(u"<body>copied</body>"_s, forward(got)))
                                << false;
    }
    void carbonsOfMyAccountOnly()
    {
        QFETCH(QString, xml);
        QFETCH(bool, good);
        FakeRooms f;
        f.goLive();
        f.wire.receive(xml);
        QCOMPARE(f.received.size(), good ? 1 : 0);
        if (!good) return;
        QCOMPARE(f.received.first().route, Route::Carbon);
        QCOMPARE(f.received.first().chat.toString(), u"bob@example.org"_s);
        QCOMPARE(f.received.first().author.isMe, xml.contains(u"<sent"));
    }

    void takesTheAccountsOwnStanzaIdOnly()
    {
        FakeRooms f;
        f.goLive();
        const auto archiveIdOf = [&f](const QString &children) {
            f.received.clear();
            f.wire.receive(
                u"<message type='chat' from='bob@example.org/x'><body>hi</body>%1</message>"_s.arg(children));
            return f.received.first().archiveId;
        };
        const QString by = u"<stanza-id xmlns='urn:xmpp:sid:0' by='%1' id='%2'/>"_s;
        QCOMPARE(archiveIdOf(by.arg(u"bob@example.org"_s, u"x"_s)), QString());
        QCOMPARE(archiveIdOf(by.arg(u"example.org"_s, u"x"_s)), QString());
        QCOMPARE(archiveIdOf(by.arg(u"me@example.org/here"_s, u"x"_s)), QString());
        QCOMPARE(
            archiveIdOf(by.arg(u"me@example.org"_s, u"forged"_s) + by.arg(u"me@example.org"_s, u"true"_s)),
            u"true"_s);
        QCOMPARE(archiveIdOf(by.arg(u"ME@EXAMPLE.org"_s, u"x"_s)), u"x"_s);
        QCOMPARE(archiveIdOf(by.arg(u"me@example.org"_s, u"x"_s) + u"<no-store xmlns='urn:xmpp:hints'/>"_s),
                 QString());
    }

    void takesNoStanzaIdsOfAnAccountThatMakesNone()
    {
        FakeRooms f;
        f.discoFeatures = {};
        f.goLive();
        f.wire.receive(u"<message type='chat' from='bob@example.org/x'><body>hi</body>"
                       "<stanza-id xmlns='urn:xmpp:sid:0' by='me@example.org' id='forged'/></message>"_s);
        QCOMPARE(f.received.first().archiveId, QString());
    }

    void believesDelaysOfMyServerOnly()
    {
        FakeRooms f;
        f.goLive();
        f.wire.receive(
            u"<message type='chat' from='bob@example.org/x'><body>hi</body>"
            "<delay xmlns='urn:xmpp:delay' from='bob@example.org' stamp='2001-01-01T00:00:00Z'/></message>"_s);
        QVERIFY(isNow(f.received.last().time));
        f.wire.receive(
            u"<message type='chat' from='bob@example.org/x'><body>hi</body>"
            "<delay xmlns='urn:xmpp:delay' from='example.org' stamp='2001-01-01T00:00:00Z'/>"
            "<delay xmlns='urn:xmpp:delay' from='example.org' stamp='2026-01-01T00:00:00Z'/></message>"_s);
        QCOMPARE(f.received.last().time, QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::UTC));
        f.wire.receive(
            u"<message type='chat' from='bob@example.org/x'><body>hi</body>"
            "<delay xmlns='urn:xmpp:delay' from='example.org' stamp='9999-01-01T00:00:00Z'/></message>"_s);
        QVERIFY(isNow(f.received.last().time));
    }

    void reportsWhatDidNotArrive()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const QString error =
            u"<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s;
        f.wire.receive(
            u"<message type='error' id='m1' from='room@muc.example.org'>%1<body>mine</body></message>"_s.arg(
                error));
        QCOMPARE(f.received.size(), 1);
        QCOMPARE(f.received.first().stanzaId, u"m1"_s);
        QCOMPARE(f.received.first().kind, ChatKind::Muc);
        QCOMPARE(f.received.first().error->condition, u"forbidden"_s);
        QVERIFY(f.received.first().body.isEmpty());
        f.wire.receive(
            u"<message type='error' from='room@muc.example.org'>%1</message>"_s.arg(error)); // of what?
        QCOMPARE(f.received.size(), 1);
    }

    void knowsTheAuthorInAMucRoom()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        f.wire.receive(
            u"<message type='groupchat' id='i' from='room@muc.example.org/Ada'><body>hi</body>"
            "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='FORGED'/>"
            "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/>"
            "<delay xmlns='urn:xmpp:delay' from='room@muc.example.org' stamp='2001-01-01T00:00:00Z'/>"
            "<x xmlns='http://jabber.org/protocol/muc#user'><item jid='me@example.org/x'/></x>"
            "<mix xmlns='urn:xmpp:mix:core:1'><nick>Me</nick></mix>"
            "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='ada-id'/>"
            "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='s1'/></message>"_s);
        QCOMPARE(f.received.size(), 1);
        const auto &m = f.received.first();
        QCOMPARE(m.route, Route::Live);
        QCOMPARE(m.kind, ChatKind::Muc);
        QCOMPARE(m.author, (Author{u"ada-id"_s, u"Ada"_s, {}, true, false}));
        QCOMPARE(m.archiveId, u"s1"_s);
        QVERIFY(isNow(m.time));
    }

    void knowsMyReflection()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        f.wire.receive(u"<message type='groupchat' id='i' from='room@muc.example.org/Me'><body>hi</body>"
                       "<origin-id xmlns='urn:xmpp:sid:0' id='o'/>"
                       "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/></message>"_s);
        QVERIFY(f.received.first().author.isMe);
        QCOMPARE(f.received.first().originId, u"o"_s);
        // My origin-id in the message of another makes it none of mine.
        f.wire.receive(u"<message type='groupchat' id='i' from='room@muc.example.org/Ada'><body>hi</body>"
                       "<origin-id xmlns='urn:xmpp:sid:0' id='o'/>"
                       "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='ada-id'/></message>"_s);
        QVERIFY(!f.received.last().author.isMe);
    }

    void believesNoIdsInARoomThatMakesNone()
    {
        FakeRooms f;
        f.discoFeatures = {};
        f.goLive();
        f.enterMuc();
        f.wire.receive(
            u"<message type='groupchat' id='i' from='room@muc.example.org/Ada'><body>hi</body>"
            "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/>"
            "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='FORGED'/></message>"_s);
        QCOMPARE(f.received.first().author, (Author{u"nick:Ada"_s, u"Ada"_s, {}, false, false}));
        QCOMPARE(f.received.first().archiveId, QString());
        f.wire.receive(
            u"<message type='groupchat' id='i' from='room@muc.example.org/Me'><body>hi</body></message>"_s);
        QVERIFY(f.received.last().author.isMe); // as the self-presence said
    }

    void moderationComesFromTheRoom()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const QString xml = u"<message type='groupchat' id='i' from='%1'><body>gone</body>"
                            "<retract xmlns='urn:xmpp:message-retract:1' id='s1'>%2</retract></message>"_s;
        const QString moderated = u"<moderated xmlns='urn:xmpp:message-moderate:1'/>"_s;
        f.wire.receive(xml.arg(u"room@muc.example.org/Ada"_s, moderated));
        QVERIFY(f.received.isEmpty());
        f.wire.receive(xml.arg(u"room@muc.example.org"_s, moderated));
        QCOMPARE(f.received.size(), 1);
        QVERIFY(f.received.last().byModerator);
        QCOMPARE(f.received.last().retracts, u"s1"_s);
        f.wire.receive(xml.arg(u"room@muc.example.org/Ada"_s, QString()));
        QVERIFY(!f.received.last().byModerator);
        QCOMPARE(f.received.last().author.key, u"nick:Ada"_s);
    }

    // XEP-0045 7.5
    void privateTalkInARoomIsOneWithTheOccupant()
    {
        FakeRooms f;
        f.goLive();
        const QString psst =
            u"<message type='chat' from='room@muc.example.org/Ada'><body>psst</body>%1</message>"_s;
        f.wire.receive(psst.arg(u"<x xmlns='http://jabber.org/protocol/muc#user'/>"_s)); // I am not in there
        QVERIFY(f.received.isEmpty());
        f.enterMuc();
        f.wire.receive(psst.arg(u"<occupant-id xmlns='urn:xmpp:occupant-id:0' id='ada-id'/>"_s));
        QCOMPARE(f.received.size(), 1);
        IncomingMessage got = f.received.takeLast();
        QCOMPARE(got.chat.toString(), u"room@muc.example.org/Ada"_s);
        QCOMPARE(got.kind, ChatKind::Person);
        QCOMPARE(got.author.key, u"ada-id"_s);
        QCOMPARE(got.author.nick, u"Ada"_s);
        QVERIFY(!got.author.isMe);
        // What I said there on another device.
        f.wire.receive(
            forward(carbonOf(u"me@example.org/there"_s, u"room@muc.example.org/Ada"_s), u"sent"_s));
        QCOMPARE(f.received.size(), 1);
        got = f.received.takeLast();
        QCOMPARE(got.chat.toString(), u"room@muc.example.org/Ada"_s);
        QVERIFY(got.author.isMe);
        // The room is nobody to talk to, and nobody speaks for my own place in it.
        f.wire.receive(u"<message from='room@muc.example.org'><body>invitation</body></message>"_s);
        f.wire.receive(u"<message type='chat' from='room@muc.example.org/Me'><body>x</body>"
                       "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/></message>"_s);
        f.wire.receive(u"<message type='chat' from='room@muc.example.org/Ada'>"
                       "<retract xmlns='urn:xmpp:message-retract:1' id='x'>"
                       "<moderated xmlns='urn:xmpp:message-moderate:1'/></retract></message>"_s);
        QVERIFY(f.received.isEmpty());
        // An occupant answers for what was said to them, and not for what the room has got.
        f.wire.receive(u"<message type='error' id='m1' from='room@muc.example.org/Ada'><error type='cancel'>"
                       "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"_s);
        QCOMPARE(f.received.size(), 1);
        QCOMPARE(f.received.last().chat.toString(), u"room@muc.example.org/Ada"_s);
        QCOMPARE(f.received.last().kind, ChatKind::Person);
    }

    // XEP-0404 5
    void privateTalkInAChannelIsOneWithTheParticipant()
    {
        FakeRooms f;
        f.enterMix();
        const QString psst = u"<message type='chat' from='%1'><body>psst</body></message>"_s;
        f.wire.receive(psst.arg(u"p-ada#channel@mix.example.org/client"_s));
        QCOMPARE(f.received.size(), 1);
        const IncomingMessage got = f.received.takeLast();
        QCOMPARE(got.chat.toString(), u"p-ada#channel@mix.example.org"_s);
        QCOMPARE(got.kind, ChatKind::Person);
        QCOMPARE(got.author.key, u"p-ada"_s);
        QCOMPARE(got.author.nick, u"Ada"_s);
        for (const auto *from : {u"p-eve#channel@mix.example.org/x", u"#channel@mix.example.org/x",
                                 u"channel@mix.example.org/p-ada"})
            f.wire.receive(psst.arg(QString(from)));
        QVERIFY(f.received.isEmpty());
    }

    void replayEndsWithTheSubject()
    {
        FakeRooms f;
        f.discoFeatures = {u"urn:xmpp:occupant-id:0"_s};
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        const QString old = u"<message type='groupchat' from='room@muc.example.org/%2'><body>old</body>"
                            "<delay xmlns='urn:xmpp:delay' from='%1' stamp='2020-01-01T00:00:00Z'/>"
                            "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/></message>"_s;
        f.wire.receive(old.arg(u"room@muc.example.org"_s, u"Ada"_s)); // before I am in: not of this stay
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        f.wire.receive(old.arg(u"room@muc.example.org"_s, u"Other"_s));
        QCOMPARE(f.received.size(), 1);
        QCOMPARE(f.received.last().route, Route::History);
        QCOMPARE(f.received.last().time.date().year(), 2020);
        QVERIFY(f.received.last().author.isMe); // by occupant-id: I had another nick then
        f.wire.receive(u"<message type='groupchat' from='room@muc.example.org'><subject/></message>"_s);
        QCOMPARE(f.received.last().subject, std::optional(QString()));
        f.wire.receive(old.arg(u"room@muc.example.org"_s, u"Ada"_s));
        QCOMPARE(f.received.last().route, Route::Live);
        QVERIFY(isNow(f.received.last().time));
    }

    void subjectOnlyWithoutText()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        f.wire.receive(
            u"<message type='groupchat' from='room@muc.example.org/Ada'><subject>a</subject><body>b</body></message>"_s);
        QVERIFY(!f.received.last().subject);
        f.wire.receive(
            u"<message type='groupchat' from='room@muc.example.org/Ada'><subject>a</subject><thread>t</thread></message>"_s);
        QCOMPARE(f.received.size(), 1);
        f.wire.receive(u"<message type='chat' from='bob@example.org'><subject>a</subject></message>"_s);
        QCOMPARE(f.received.size(), 1);
    }

    void knowsTheAuthorInAMixChannel()
    {
        FakeRooms f;
        f.enterMix();
        f.wire.receive(
            u"<message type='groupchat' id='1795' from='channel@mix.example.org/p-ada'><body>hi</body>"
            "<stanza-id xmlns='urn:xmpp:sid:0' by='channel@mix.example.org' id='FORGED'/>"
            "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='p-me'/>"
            "<mix xmlns='urn:xmpp:mix:core:1'><nick>Me</nick><jid>me@example.org</jid></mix>"
            "<mix xmlns='urn:xmpp:mix:core:0'><nick>Me</nick><jid>me@example.org</jid></mix></message>"_s);
        QCOMPARE(f.received.size(), 1);
        const auto &m = f.received.first();
        QCOMPARE(m.author, (Author{u"p-ada"_s, u"Ada"_s, Jid::trusted(u"ada@example.org"), true, false}));
        QCOMPARE(m.kind, ChatKind::Mix);
        QCOMPARE(m.archiveId, u"1795"_s);
    }

    void namesNobodyWhoIsUnknown()
    {
        FakeRooms f;
        f.enterMix();
        const QString xml =
            u"<message type='groupchat' id='1' from='channel@mix.example.org%1'><body>hi</body>"
            "<mix xmlns='urn:xmpp:mix:core:1'><nick>Ada</nick></mix></message>"_s;
        f.wire.receive(xml.arg(QString())); // no resource: by whom, nobody can say
        QCOMPARE(f.received.last().author, (Author{{}, {}, {}, false, false}));
        f.wire.receive(xml.arg(u"/p-eve"_s));
        QCOMPARE(f.received.last().author, (Author{u"p-eve"_s, {}, {}, true, false}));
    }

    void asksAgainForAnUnknownAuthorButNotOften()
    {
        FakeRooms f;
        f.enterMix();
        const auto asked = [&f] {
            return std::count_if(f.wire.requests.cbegin(), f.wire.requests.cend(), [](const auto &r) {
                return FakeWire::toText(r.iq).contains(u"nodes:participants");
            });
        };
        QCOMPARE(asked(), 1);
        for (int i = 0; i < 100; ++i)
            f.wire.receive(
                u"<message type='groupchat' id='%1' from='channel@mix.example.org/p-%1'><body>hi</body></message>"_s
                    .arg(i));
        QVERIFY(asked() <= 2);
        QCOMPARE(f.received.size(), 100);
    }

    void waitsForTheParticipants()
    {
        FakeRooms f;
        const QString later = std::exchange(f.participants, {});
        f.enterMix();
        f.wire.receive(
            u"<message type='groupchat' id='1' from='channel@mix.example.org/p-ada'><body>a</body></message>"_s);
        f.wire.receive(
            u"<message type='groupchat' id='2' from='channel@mix.example.org/p-me'><body>b</body></message>"_s);
        f.wire.receive(u"<message type='chat' from='bob@example.org'><body>c</body></message>"_s);
        QCOMPARE(f.received.size(), 1); // others need not wait
        f.wire.answer(
            f.wire.pending(u"nodes:participants"_s),
            u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:mix:nodes:participants'>%1</items></pubsub>"_s
                .arg(later));
        QCOMPARE(f.received.size(), 3);
        QCOMPARE(f.received[1].author.nick, u"Ada"_s);
        QCOMPARE(f.received[2].author.nick, u"Me"_s);
        QVERIFY(f.received[2].author.isMe);
    }

    void learnsThatAServerLeavesIdsAsTheyAre()
    {
        FakeRooms f;
        f.enterMix();
        f.wire.receive(
            u"<message type='groupchat' id='x' from='channel@mix.example.org/p-ada'><body>a</body></message>"_s);
        QCOMPARE(f.received.last().archiveId, u"x"_s);
        f.wire.receive(
            u"<message type='groupchat' id='mine' from='channel@mix.example.org/p-me'><body>b</body>"
            "<origin-id xmlns='urn:xmpp:sid:0' id='mine'/></message>"_s);
        QCOMPARE(f.received.last().archiveId, QString());
        f.wire.receive(
            u"<message type='groupchat' id='y' from='channel@mix.example.org/p-ada'><body>a</body></message>"_s);
        QCOMPARE(f.received.last().archiveId, QString());
        f.wire.receive(
            u"<message type='groupchat' from='channel@mix.example.org/p-ada'><body>no id</body></message>"_s);
        QCOMPARE(f.received.last().body, u"no id"_s);
    }

    void marksOfAuthorsCountOnlyWhereTheChannelMakesThem()
    {
        FakeRooms f;
        f.enterMix();
        const QString xml =
            u"<message type='groupchat' id='%3' from='channel@mix.example.org/%1'><body>hi</body>"
            "<mix xmlns='urn:xmpp:mix:core:0'><nick>%2</nick></mix></message>"_s;
        f.wire.receive(xml.arg(u"p-gone"_s, u"Grace"_s, u"1"_s));
        QCOMPARE(f.received.last().author.nick, QString());
        f.wire.receive(xml.arg(u"p-me"_s, u"Me"_s, u"2"_s)); // I never send one: it is the channel's
        f.wire.receive(xml.arg(u"p-gone"_s, u"Grace"_s, u"3"_s));
        QCOMPARE(f.received.last().author.nick, u"Grace"_s);
        f.wire.receive(xml.arg(u"p-ada"_s, u"Not Ada"_s, u"4"_s));
        QCOMPARE(f.received.last().author.nick, u"Ada"_s);
    }

    void tellsWhoIsMentioned()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        f.wire.receive(
            u"<message type='groupchat' from='room@muc.example.org/Ada'><body>Me, Ada, you and you</body>"
            "<mention xmlns='urn:xmpp:mentions:0' begin='0' end='2' occupantid='my-id'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention' begin='4' end='7' "
            "uri='xmpp:room@muc.example.org/Ada'/>"
            "<reference xmlns='urn:xmpp:reference:0' type='mention' begin='9' end='12' "
            "uri='xmpp:me@example.org'/>"
            "<mention xmlns='urn:xmpp:mentions:0' begin='17' end='20' occupantid='eve'/></message>"_s);
        const auto &mentions = f.received.last().mentions;
        QCOMPARE(mentions.size(), 4);
        QCOMPARE(mentions[0], (Mention{0, 2, u"my-id"_s, {}, true}));
        QCOMPARE(mentions[1], (Mention{17, 20, u"eve"_s, {}, false}));
        QCOMPARE(mentions[2], (Mention{4, 7, u"ada-id"_s, {}, false}));
        QCOMPARE(mentions[3], (Mention{9, 12, {}, f.me.bare(), true}));
    }

    void recordedMix()
    {
        FakeRooms f(u"alice@chat.test/a"_s);
        f.rosterItems = u"<item jid='room1@mix.chat.test'><channel xmlns='urn:xmpp:mix:roster:0' "
                        "participant-id='82555007062c2f68ca63'/></item>"_s;
        f.participants = f.participant(u"82555007062c2f68ca63"_s, u"Ada2"_s, u"alice@chat.test"_s)
                         + f.participant(u"b5b6381ca2ef81cab58b"_s, u"Bob"_s, u"bob@chat.test"_s);
        f.goLive();
        for (const auto &stanza : recording(u"ejabberd-mix-live"_s))
            f.wire.receive(stanza);
        QCOMPARE(f.received.size(), 4);
        QCOMPARE(f.received[0].body, u"hello 😀 שלום"_s);
        QCOMPARE(f.received[0].author,
                 (Author{u"82555007062c2f68ca63"_s, u"Ada2"_s, f.me.bare(), true, true}));
        QCOMPARE(f.received[0].originId, u"m1"_s);
        QCOMPARE(f.received[0].archiveId, u"1795354313236269"_s);
        const Author bob{u"b5b6381ca2ef81cab58b"_s, u"Bob"_s, Jid::trusted(u"bob@chat.test"), true, false};
        QCOMPARE(f.received[1].author, bob);
        QCOMPARE(f.received[1].archiveId, u"1795354313634022"_s);
        QCOMPARE(f.received[1].threadId, u"t1"_s);
        QVERIFY(isNow(f.received[1].time));
        QCOMPARE(f.received[2].replaces, u"m2"_s);
        QCOMPARE(f.received[3].archiveId, u"1795354314839715"_s);
        QVERIFY(!f.mix.channel(Jid::trusted(u"room1@mix.chat.test"))->find(bob.key)); // who left in the end
    }

    void recordedMuc_data()
    {
        QTest::addColumn<QString>("server");
        QTest::newRow("ejabberd") << u"ejabberd"_s;
        QTest::newRow("prosody") << u"prosody"_s;
    }
    void recordedMuc()
    {
        QFETCH(QString, server);
        FakeRooms f(u"alice@chat.test/a"_s);
        f.goLive();
        const Jid room = Jid::trusted(u"new@conference.chat.test");
        const auto joining = f.muc.join({room, u"Ada"_s, {}, 20});
        auto presences = recording(server + u"-muc-presence"_s);
        for (qsizetype i = 0;
             i < presences.size() && !FakeWire::toText(presences[i]).contains(u"code=\"303\""); ++i)
            f.wire.receive(presences[i]);
        QVERIFY(f.muc.isJoined(room));
        f.received.clear();
        for (const auto &stanza : recording(server + u"-muc-live"_s))
            f.wire.receive(stanza);
        QVERIFY(f.received.size() >= 3);
        QVERIFY(f.received[0].author.isMe);
        QCOMPARE(f.received[0].body, u"hello 😀"_s);
        QCOMPARE(f.received[1].author.nick, u"Bob"_s);
        QCOMPARE(f.received[1].author.address.toString(), u"bob@chat.test"_s);
        QVERIFY(f.received[1].author.stable && f.received[1].author.key != u"FORGED");
        QVERIFY(!f.received[1].archiveId.isEmpty() && f.received[1].archiveId != u"FORGED");
        QVERIFY(isNow(f.received[1].time));
        QCOMPARE(f.received[2].subject, std::optional(u"topic"_s));
        if (server == u"ejabberd") {
            QVERIFY(f.received.last().byModerator);
            QCOMPARE(f.received.last().retracts, f.received[0].archiveId);
        }
    }

    void recordedReplay_data() { recordedMuc_data(); }
    void recordedReplay()
    {
        QFETCH(QString, server);
        FakeRooms f(u"bob@chat.test/b"_s);
        f.goLive();
        const auto joining = f.muc.join({Jid::trusted(u"new@conference.chat.test"), u"Bob"_s, {}, 20});
        for (const auto &stanza : recording(server + u"-muc-history"_s))
            f.wire.receive(stanza);
        QVERIFY(f.received.size() >= 3);
        QCOMPARE(f.received.last().subject, std::optional(u"topic"_s));
        QCOMPARE(f.received.first().route, Route::History);
        for (const auto &m : std::as_const(f.received))
            QCOMPARE(m.author.isMe, m.from.resource() == u"Bob");
    }

    void recordedPerson_data() { recordedMuc_data(); }
    void recordedPerson()
    {
        QFETCH(QString, server);
        FakeRooms f(u"alice@chat.test/a"_s);
        f.goLive();
        f.wire.suspend();
        for (const auto &stanza : recording(server + u"-person"_s)) {
            f.wire.goLive(true);
            f.wire.receive(stanza);
        }
        QCOMPARE(f.received.size(), 4);
        QVERIFY(f.received[0].author.isMe);
        QCOMPARE(f.received[0].route, Route::Carbon);
        QCOMPARE(f.received[0].chat.toString(), u"bob@chat.test"_s);
        for (int i : {0, 1})
            QVERIFY(!f.received[i].archiveId.isEmpty() && f.received[i].archiveId != u"FORGED");
        QCOMPARE(f.received[3].error->condition, u"service-unavailable"_s);
    }

    void forgetsWhatBelongedToTheStream()
    {
        FakeRooms f;
        f.enterMix();
        f.enterMuc();
        f.wire.suspend();
        f.wire.goLive(true);
        QVERIFY(f.muc.isJoined(f.mucRoom) && f.mix.isJoined(f.mixRoom));
        f.wire.end();
        QVERIFY(!f.muc.isJoined(f.mucRoom) && !f.mix.isJoined(f.mixRoom));
        f.rosterItems.clear();
        f.goLive();
        f.wire.receive(
            u"<message type='groupchat' from='room@muc.example.org/Ada'><body>hi</body></message>"_s);
        f.wire.receive(
            u"<message type='groupchat' id='1' from='channel@mix.example.org/p-ada'><body>hi</body></message>"_s);
        QVERIFY(f.received.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMessageRouter)
#include "tst_messagerouter.moc"
