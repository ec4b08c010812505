// SPDX-License-Identifier: GPL-3.0-or-later
// Forged stanzas, from the socket to the database: what is stored, what can be shown and what we send are
// the same as without the attack. The finer cases of each part are in tests/unit/xmpp.
#include "fakes/fakeports.h"
#include "hostile/lyingpeer.h"
#include "session/accounts.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "xmpp/connectionfactory.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Hostile;

namespace {
const Jid me = Jid::trusted(u"ada@chat.test");
const Jid grace = Jid::trusted(u"grace@chat.test");
const Jid muc = Jid::trusted(u"room@conference.chat.test");
const Jid mix = Jid::trusted(u"channel@mix.chat.test");
const Jid marker = Jid::trusted(u"marker@chat.test");

QByteArray stanzaId(const QByteArray &by, const QByteArray &id)
{
    return "<stanza-id xmlns='urn:xmpp:sid:0' by='" + by + "' id='" + id + "'/>";
}

QByteArray fromGrace(const QByteArray &children, const QByteArray &attributes = "id='forged'")
{
    return "<message type='chat' from='grace@chat.test/x' to='ada@chat.test' " + attributes + ">" + children
           + "</message>";
}

QByteArray fromEve(const QByteArray &children)
{
    return "<message type='groupchat' from='room@conference.chat.test/Eve' id='forged'>" + children
           + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='eve-id'/>"
           + stanzaId("room@conference.chat.test", "by-eve") + "</message>";
}

QByteArray fromMix(const QByteArray &children)
{
    return "<message type='groupchat' from='channel@mix.chat.test/p-eve' id='2002'>" + children
           + "</message>";
}

QByteArray disco(const QByteArray &identity, const QList<QByteArray> &features)
{
    QByteArray xml = "<query xmlns='http://jabber.org/protocol/disco#info'>" + identity;
    for (const auto &feature : features)
        xml += "<feature var='" + feature + "'/>";
    return xml + "</query>";
}

QByteArray participant(const QByteArray &id, const QByteArray &nick, const QByteArray &address)
{
    return "<item id='" + id + "'><participant xmlns='urn:xmpp:mix:core:1'><nick>" + nick + "</nick><jid>"
           + address + "</jid></participant></item>";
}

QByteArray occupant(const QByteArray &nick, const QByteArray &id, const QByteArray &rest = {})
{
    return "<presence from='room@conference.chat.test/" + nick
           + "'><occupant-id xmlns='urn:xmpp:occupant-id:0' id='" + id
           + "'/><x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='none' role='participant'/>"
           + rest + "</x></presence>";
}

QByteArray items(const QByteArray &node, const QByteArray &content)
{
    return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + node + "'>" + content
           + "</items></pubsub>";
}

QByteArray bookmark(const QByteArray &room)
{
    return "<item id='" + room
           + "'><conference xmlns='urn:xmpp:bookmarks:1' autojoin='true'><nick>Me</nick></conference></item>";
}

/// What an honest server with one contact, one MUC room and one MIX channel would answer; empty: something else.
QByteArray honest(const QDomElement &iq)
{
    const auto payload = iq.firstChildElement();
    const QString ns = payload.namespaceURI(), to = iq.attribute(QStringLiteral("to"));
    const QString node = payload.firstChildElement().attribute(QStringLiteral("node"));
    if (ns == u"jabber:iq:roster")
        return "<query xmlns='jabber:iq:roster'><item jid='grace@chat.test' subscription='both'/>"
               "<item jid='channel@mix.chat.test' subscription='both'>"
               "<channel xmlns='urn:xmpp:mix:roster:0' participant-id='p-me'/></item></query>";
    if (ns == u"urn:xmpp:mam:2") return "<fin xmlns='urn:xmpp:mam:2' complete='true'/>";
    if (ns == u"http://jabber.org/protocol/pubsub" && node == u"urn:xmpp:bookmarks:1")
        return items("urn:xmpp:bookmarks:1", bookmark("room@conference.chat.test"));
    if (ns == u"http://jabber.org/protocol/pubsub" && node == u"urn:xmpp:mix:nodes:participants")
        return items("urn:xmpp:mix:nodes:participants",
                     participant("p-me", "Me", "ada@chat.test") + participant("p-eve", "Eve", "eve@chat.test")
                         + participant("p-grace", "Grace", "grace@chat.test"));
    if (ns != u"http://jabber.org/protocol/disco#info") return {};
    if (to == muc.toString())
        return disco("<identity category='conference' type='text' name='The Room'/>",
                     {"http://jabber.org/protocol/muc", "urn:xmpp:mam:2", "urn:xmpp:sid:0",
                      "urn:xmpp:occupant-id:0", "muc_unmoderated"});
    if (to == mix.toString())
        return disco("<identity category='conference' type='mix'/>",
                     {"urn:xmpp:mix:core:1", "urn:xmpp:mam:2"});
    return disco("<identity category='account' type='registered'/>", {"urn:xmpp:mam:2", "urn:xmpp:sid:0"});
}

bool answerHonestly(LyingPeer &peer, const QDomElement &element)
{
    const QString to = element.attribute(QStringLiteral("to"));
    if (element.tagName() == u"presence" && to.startsWith(muc.toString() + u'/')) {
        peer.send(occupant("Eve", "eve-id") + occupant("Grace", "grace-id")
                  + occupant("Me", "my-id", "<status code='110'/>")
                  + "<message type='groupchat' from='room@conference.chat.test'><subject/></message>");
        return true;
    }
    if (element.tagName() == u"message" && to == muc.toString()) {
        if (element.firstChildElement(QStringLiteral("body")).text() == u"held back") return true;
        peer.send("<message type='groupchat' from='room@conference.chat.test/Me' id='"
                  + element.attribute(QStringLiteral("id")).toUtf8()
                  + "'><body>mine</body><origin-id xmlns='urn:xmpp:sid:0' id='"
                  + element.attribute(QStringLiteral("id")).toUtf8()
                  + "'/><occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/>"
                  + stanzaId("room@conference.chat.test", "s-mine") + "</message>");
        return true;
    }
    if (element.tagName() != u"iq") return false;
    const QByteArray payload = honest(element);
    if (!payload.isEmpty()) peer.answer(element, payload);
    return !payload.isEmpty();
}

/// All that a view could ask for.
struct Snapshot {
    QList<Chat> chats;
    QList<QList<Message>> messages;
    QList<QStringList> people;

    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};
} // namespace

class tst_Forged : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void changesNothing_data();
    void changesNothing();
    void bothAreKept_data();
    void bothAreKept();
    void genuineOnesDo();
    void cleanupTestCase();

private:
    static ChatId chat(const Jid &address) { return {me, address}; }
    QList<Message> messages(const Jid &address) const
    {
        return m_history->newest(chat(address), 1000).result()->messages;
    }
    Snapshot snapshot() const;
    bool passes(const QByteArray &stanzas);

    Certificates m_certificates;
    std::unique_ptr<LyingServer> m_server;
    QTemporaryDir m_folder;
    FakeSecrets m_secrets;
    ManualClock m_clock;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<HistoryReader> m_history;
    std::unique_ptr<Accounts> m_accounts;
    int m_markers = 0;
};

void tst_Forged::initTestCase()
{
    Lies lies;
    lies.hook = answerHonestly;
    m_server = std::make_unique<LyingServer>(m_certificates, lies);
    m_database = std::make_unique<Database>(m_folder.filePath(QStringLiteral("mingle.sqlite")));
    QVERIFY(m_database->open().result().ok());
    m_history = std::make_unique<HistoryReader>(*m_database);
    m_accounts =
        std::make_unique<Accounts>(AccountsDependencies{*m_database, m_secrets, m_clock, qxmppConnections()});
    Account account;
    account.address = me;
    account.host = QStringLiteral("127.0.0.1");
    account.port = m_server->port();
    account.tls = Account::Tls::StartTls;
    account.caFile = m_certificates.caFile();
    const auto added = m_accounts->add(account, "secret");
    QTRY_VERIFY(added.isFinished() && added.result().ok());
    const auto isJoined = [this](const Jid &room) {
        return m_accounts->chatStates().result().value(chat(room)).membership == Membership::Joined;
    };
    QTRY_VERIFY(isJoined(muc) && isJoined(mix));

    m_server->peer()->send(
        fromGrace("<body>true words</body>" + stanzaId("ada@chat.test", "a1"), "id='g1'")
        + "<message type='groupchat' from='room@conference.chat.test/Grace' id='g2'><body>true words</body>"
          "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='grace-id'/>"
        + stanzaId("room@conference.chat.test", "s1")
        + "</message><message type='groupchat' from='channel@mix.chat.test/p-grace' id='1001'>"
          "<body>true words</body></message>");
    QVERIFY(m_accounts->sendMessage(chat(muc), QStringLiteral("mine")).result().ok());
    QTRY_VERIFY(messages(muc).size() == 2 && messages(muc).last().delivery == Delivery::Archived);
    QVERIFY(m_accounts->sendMessage(chat(grace), QStringLiteral("mine")).result().ok());
    QTRY_VERIFY(messages(grace).size() == 2 && messages(grace).last().delivery == Delivery::Sent);
    QVERIFY(m_accounts->sendMessage(chat(muc), QStringLiteral("held back")).result().ok());
    QTRY_VERIFY(messages(muc).size() == 3 && messages(muc).last().delivery == Delivery::Sent);
    QTRY_COMPARE(messages(mix).size(), 1);
    // What we ask for after logging in is no answer to an attack.
    for (QByteArray before; before != m_server->received(); QTest::qWait(300)) {
        QVERIFY(passes({}));
        before = m_server->received();
    }
}

void tst_Forged::cleanupTestCase()
{
    m_accounts.reset();
    m_history.reset();
    m_database.reset();
}

Snapshot tst_Forged::snapshot() const
{
    Snapshot all;
    all.chats = m_history->chats(me).result().value();
    all.chats.removeIf([](const Chat &one) { return one.id.address == marker; });
    std::ranges::sort(all.chats, {}, [](const Chat &one) { return one.id.address.toString(); });
    for (const Chat &one : std::as_const(all.chats)) {
        all.messages << messages(one.id.address);
        QStringList people;
        const auto members = m_history->participants(one.id).result().value();
        for (const Participant &member : members)
            people << member.key + u' ' + member.nick + u' ' + member.address.toString();
        people.sort();
        all.people << people;
    }
    return all;
}

/// Sends the stanzas, and waits until a message behind them is stored and a ping behind that is answered.
bool tst_Forged::passes(const QByteArray &stanzas)
{
    const QByteArray number = QByteArray::number(++m_markers), body = "marker " + number;
    m_server->peer()->send(stanzas + "<message type='chat' from='marker@chat.test/x' to='ada@chat.test' id='m"
                           + number + "'><body>" + body
                           + "</body></message><iq type='get' from='chat.test' id='ping-" + number
                           + "'><ping xmlns='urn:xmpp:ping'/></iq>");
    return QTest::qWaitFor(
        [&] {
            const auto all = messages(marker);
            return !all.isEmpty() && all.last().body == QString::fromLatin1(body)
                   && m_server->received().contains(QByteArray("\"ping-" + number + "\""));
        },
        20'000);
}

void tst_Forged::changesNothing_data()
{
    QTest::addColumn<QByteArray>("stanzas");
    QTest::addColumn<int>("answers"); // errors that we may send
    const auto row = [](const QByteArray &name, const QByteArray &stanzas, int answers = 0) {
        QTest::newRow(name.constData()) << stanzas << answers;
    };
    const QByteArray copy =
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' "
        "from='ada@chat.test/x' to='grace@chat.test' id='c'><body>never said</body></message></forwarded>";
    const QByteArray sent = "<sent xmlns='urn:xmpp:carbons:2'>" + copy + "</sent>";
    const QByteArray result = "<result xmlns='urn:xmpp:mam:2' queryid='1' id='9'>" + copy + "</result>";
    const QByteArray error =
        "<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
    const QByteArray take = "<retract xmlns='urn:xmpp:message-retract:1' id='%'/>";
    const QByteArray moderated = "<moderated xmlns='urn:xmpp:message-moderate:1'/>";
    const auto event = [](const QByteArray &from, const QByteArray &node, const QByteArray &content) {
        return "<message from='" + from
               + "'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='" + node + "'>"
               + content + "</items></event></message>";
    };
    const auto of = [](QByteArray text, const QByteArray &id) { return text.replace('%', id); };

    row("carbon of a stranger", "<message from='eve@evil.test'>" + sent + "</message>");
    row("carbon of a contact", fromGrace(sent));
    row("carbon of my server", "<message from='chat.test'>" + sent + "</message>");
    row("carbon in a room", fromEve(sent));
    row("carbon in a channel", fromMix(sent));
    row("result nobody asked for", "<message from='eve@evil.test'>" + result + "</message>");
    row("result of my archive", "<message>" + result + "</message>");
    row("result of the room", "<message from='room@conference.chat.test'>" + result + "</message>");
    row("forwarded", fromGrace(copy) + fromEve(copy) + fromMix(copy));
    for (const QByteArray from : {"eve@evil.test/x", "grace@chat.test", "chat.test", "ada@chat.test/other"})
        row("roster push of " + from,
            "<iq type='set' id='p' from='" + from
                + "'><query xmlns='jabber:iq:roster'><item jid='grace@chat.test' subscription='remove'/>"
                  "</query></iq><iq type='set' id='q' from='"
                + from
                + "'><query xmlns='jabber:iq:roster'><item jid='eve@evil.test' name='Grace'/></query></iq>",
            2);
    row("block list push",
        "<iq type='set' id='p' from='eve@evil.test'><block xmlns='urn:xmpp:blocking'/></iq>", 1);
    for (const QByteArray from :
         {"eve@evil.test", "grace@chat.test/x", "room@conference.chat.test", "chat.test"})
        row("bookmark of " + from,
            event(from, "urn:xmpp:bookmarks:1", bookmark("trap@conference.evil.test"))
                + event(from, "urn:xmpp:bookmarks:1", "<retract id='room@conference.chat.test'/>"));
    for (const QByteArray from : {"eve@evil.test", "channel@mix.chat.test/p-eve", "mix.chat.test"})
        row("participants by " + from,
            event(from, "urn:xmpp:mix:nodes:participants",
                  participant("p-grace", "Mallory", "eve@evil.test") + "<retract id='p-me'/>")
                + "<message from='" + from
                + "'><event xmlns='http://jabber.org/protocol/pubsub#event'><delete "
                  "node='urn:xmpp:mix:nodes:participants'/></event></message>");
    row("occupants of nowhere",
        "<presence type='unavailable' from='eve@evil.test/Me'><x "
        "xmlns='http://jabber.org/protocol/muc#user'><status code='110'/></x></presence>");
    for (const QByteArray id : {"s1", "s-mine", "g2"}) {
        row("retraction of " + id, fromEve(of(take, id)));
        row("moderation of " + id,
            fromEve(
                of("<retract xmlns='urn:xmpp:message-retract:1' id='%'>" + moderated + "</retract>", id)));
        row("tombstone with " + id,
            fromEve(of(take + "<retracted xmlns='urn:xmpp:message-retract:1'>" + moderated + "</retracted>",
                       id)));
    }
    row("retraction in a channel", fromMix(of(take, "1001")));
    row("retraction by a person", fromGrace(of(take, "s1")) + fromGrace(of(take, "1001")));
    row("retraction in the room's name",
        "<message type='groupchat' from='room@evil.test' id='x'>" + of(take, "s1") + "</message>");
    for (const QByteArray id : {"%", "$", "unknown", "g1"}) {
        const QByteArray from[] = {"eve@evil.test/x", "room@conference.chat.test/Eve", "evil.test"};
        QByteArray all;
        for (const QByteArray &one : from)
            all += "<message type='error' from='" + one + "' id='" + id + "'>" + error + "</message>";
        row("error for " + id, all);
    }
    row("error for nothing", fromGrace(error, "id='never-sent'").replace("type='chat'", "type='error'"));
    row("private words of nobody in a room",
        "<message type='chat' from='room@conference.chat.test/Nobody'><body>x</body></message>");
    row("private words of the room itself",
        "<message type='chat' from='room@conference.chat.test'><body>x</body></message>");
    row("private words of nobody in a channel",
        "<message type='chat' from='p-no#channel@mix.chat.test/x'><body>x</body></message>");
    row("room I am not in",
        "<message type='groupchat' from='trap@conference.evil.test/Grace'><body>x</body></message>");
    row("malformed sender", "<message type='chat' from='@chat.test'><body>x</body></message>");
}

void tst_Forged::changesNothing()
{
    QFETCH(QByteArray, stanzas);
    QFETCH(int, answers);
    // % is the id of my message to grace, $ of one to the room; both are on their way.
    const QByteArray held = messages(muc).value(2).originId.toUtf8();
    const QByteArray mine = messages(grace).value(1).originId.toUtf8();
    stanzas.replace("id='%'", QByteArray("id='" + mine + "'"));
    stanzas.replace("id='$'", QByteArray("id='" + held + "'"));
    const Snapshot before = snapshot();
    const QByteArray said = m_server->received();
    QVERIFY(passes(stanzas));
    const Snapshot after = snapshot();
    QCOMPARE(after.chats.size(), before.chats.size());
    QCOMPARE(after.messages, before.messages);
    QCOMPARE(after.people, before.people);
    QVERIFY(after == before);
    const QByteArray heard = m_server->received().sliced(said.size());
    QVERIFY2(!heard.contains("<message") && !heard.contains("<presence"), heard.constData());
    QCOMPARE(heard.count("<iq"), answers + 1); // and that of the ping
    QCOMPARE(heard.count("service-unavailable"), answers);
}

void tst_Forged::bothAreKept_data()
{
    QTest::addColumn<QByteArray>("stanza");
    QTest::addColumn<QString>("author");
    const auto row = [](const char *name, const QByteArray &stanza, const char *author = "eve-id") {
        QTest::newRow(name) << stanza << QString::fromLatin1(author);
    };
    const auto replace = [](const QByteArray &id) {
        return "<replace xmlns='urn:xmpp:message-correct:0' id='" + id + "'/>";
    };
    const QByteArray room = "room@conference.chat.test", body = "<body>false</body>";
    row("correction of another's", fromEve(body + replace("g2")));
    row("by the archive's id", fromEve(body + replace("s1")));
    row("correction of mine", fromEve(body + replace("%")));
    row("stanza-id of another's", fromEve(stanzaId(room, "s1") + body));
    row("stanza-ids of others", fromEve(stanzaId(room, "s1") + stanzaId("eve@evil.test", "s-mine") + body));
    row("origin-id of mine", fromEve(body + "<origin-id xmlns='urn:xmpp:sid:0' id='%'/>"));
    row("id of mine", fromEve(body).replace("id='forged'", "id='%'"));
    row("occupant-id of another", fromEve("<occupant-id xmlns='urn:xmpp:occupant-id:0' id='my-id'/>" + body));
    row("old delay",
        fromEve("<delay xmlns='urn:xmpp:delay' from='" + room + "' stamp='2001-01-01T00:00:00Z'/>" + body));
    row("marks of a channel", fromEve("<mix xmlns='urn:xmpp:mix:core:1'><nick>Me</nick></mix>" + body));
    row("marks in a channel",
        fromMix("<mix xmlns='urn:xmpp:mix:core:0'><nick>Me</nick><jid>ada@chat.test</jid></mix>"
                "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='p-me'/>"
                + stanzaId("channel@mix.chat.test", "1001") + body),
        "p-eve");
    row("correction in a channel", fromMix(body + replace("1001")), "p-eve");
    row("of a person", fromGrace(body + "<origin-id xmlns='urn:xmpp:sid:0' id='%'/>" + replace("%")),
        "grace@chat.test");
    row("stanza-id of my account, not by it", fromGrace(body + stanzaId("chat.test", "a1")),
        "grace@chat.test");
}

void tst_Forged::bothAreKept()
{
    // What was there stays as it was, and the new one is its true author's.
    QFETCH(QByteArray, stanza);
    QFETCH(QString, author);
    static int number = 0;
    const QByteArray unique = "-" + QByteArray::number(++number);
    const auto rename = [&](const QByteArray &from, const QByteArray &to) { stanza.replace(from, to); };
    rename("by-eve", "by-eve" + unique);
    rename("'2002'", "'2002" + unique + "'");
    rename("'forged'", "'forged" + unique + "'");
    const Jid from = author == u"p-eve" ? mix : author == u"eve-id" ? muc : grace;
    const QList<Message> before = messages(from);
    const auto mine = std::ranges::find_if(before, [](const Message &one) { return one.author.isMe; });
    if (mine != before.end()) rename("'%'", "'" + mine->originId.toUtf8() + "'");
    const QDateTime then = QDateTime::currentDateTimeUtc().addSecs(-3600);
    QVERIFY(passes(stanza));
    const QList<Message> after = messages(from);
    QCOMPARE(after.size(), before.size() + 1);
    QCOMPARE(after.first(before.size()), before);
    QCOMPARE(after.last().body, QStringLiteral("false"));
    QCOMPARE(after.last().author.key, author);
    QVERIFY(!after.last().author.isMe);
    QVERIFY(after.last().time > then);
}

void tst_Forged::genuineOnesDo()
{
    // Else the cases above would prove little: the same kinds of stanza from those who may send them.
    const QByteArray mine = messages(grace).value(1).originId.toUtf8();
    QVERIFY(passes("<message type='groupchat' from='room@conference.chat.test' id='x'>"
                   "<retract xmlns='urn:xmpp:message-retract:1' id='s-mine'>"
                   "<moderated xmlns='urn:xmpp:message-moderate:1'/></retract></message>"));
    QVERIFY(messages(muc).value(1).retracted);
    QVERIFY(passes("<message type='error' from='grace@chat.test' id='" + mine
                   + "'><error type='cancel'><service-unavailable "
                     "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"));
    QCOMPARE(messages(grace).value(1).delivery, Delivery::Failed);
    QVERIFY(passes("<message from='ada@chat.test'><sent xmlns='urn:xmpp:carbons:2'><forwarded "
                   "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='c' "
                   "from='ada@chat.test/x' to='grace@chat.test'><body>from there</body></message>"
                   "</forwarded></sent></message>"));
    QCOMPARE(messages(grace).last().body, QStringLiteral("from there"));
    QVERIFY(passes("<message from='channel@mix.chat.test'><event "
                   "xmlns='http://jabber.org/protocol/pubsub#event'><items "
                   "node='urn:xmpp:mix:nodes:participants'>"
                   + participant("p-grace", "Amazing Grace", "grace@chat.test")
                   + "</items></event></message>"));
    QTRY_VERIFY(snapshot().people.value(0).join(u' ').contains(u"Amazing"));
}

QTEST_GUILESS_MAIN(tst_Forged)
#include "tst_forged.moc"
