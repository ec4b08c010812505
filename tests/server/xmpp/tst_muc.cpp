// SPDX-License-Identifier: GPL-3.0-or-later
// MUC rooms of a real ejabberd and a real prosody, with a peer that is not Mingle.
#include "support/servers/liveclient.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestMuc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const auto kind : {ThrowawayServer::Kind::Ejabberd, ThrowawayServer::Kind::Prosody}) {
            auto &server = m_servers.emplace_back(
                std::make_unique<ThrowawayServer>(kind, QStringList{u"alice"_s, u"bob"_s, u"carol"_s}));
            QVERIFY2(server->failure().isEmpty(), qPrintable(server->failure()));
        }
    }

    void findsTheService_data() { servers(); }
    void findsTheService()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        QCOMPARE(*alice.wait(alice->roomService(ChatKind::Muc)), service());
        QCOMPARE(alice.wait(alice->discoverRoom(room(u"nothing"_s))).error().kind, Error::Kind::NotFound);
    }

    void createsAndTellsWhatItIs_data() { servers(); }
    void createsAndTellsWhatItIs()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const auto made = alice.wait(
            alice->driver(ChatKind::Muc)->create({service(), u"made"_s, u"The <b>Room</b> 😀"_s, u"Ada"_s}));
        QVERIFY(made.ok());
        QVERIFY(made->created);
        QCOMPARE(made->name, u"The <b>Room</b> 😀"_s);
        QVERIFY(made->capabilities.testFlags(Capability::Send | Capability::Members | Capability::Leave
                                             | Capability::Archive | Capability::Subject
                                             | Capability::Settings | Capability::Ban | Capability::Appoint));
        const auto info = alice.wait(alice->discoverRoom(made->room));
        QVERIFY(info.ok());
        QCOMPARE(info->kind, ChatKind::Muc);
        QCOMPARE(info->name, u"The <b>Room</b> 😀"_s);
        QVERIFY(info->properties.testFlag(RoomProperty::Archived));
        // It stays when nobody is in it.
        QVERIFY(alice.wait(alice->driver(ChatKind::Muc)->leave(made->room)).ok());
        QVERIFY(!alice->driver(ChatKind::Muc)->isJoined(made->room));
        QVERIFY(alice.wait(alice->discoverRoom(made->room)).ok());
        const auto again =
            alice.wait(alice->driver(ChatKind::Muc)->create({service(), u"made"_s, {}, u"Ada"_s}));
        QCOMPARE(again.error().condition, u"conflict"_s);
        QVERIFY(alice.removals.isEmpty());
    }

    void knowsEverybody_data() { servers(); }
    void knowsEverybody()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const Jid here = create(alice, u"people"_s);
        PeerProcess bob(server(), u"bob"_s);
        QVERIFY2(bob.failure().isEmpty(), qPrintable(bob.failure()));
        QVERIFY(bob.does(u"join_muc"_s, {{u"room"_s, here.toString()}, {u"nick"_s, u"Bób Ćwiek"_s}}));
        QTRY_COMPARE(alice.people[here].size(), 2);
        const Participant bobHere = other(alice, here);
        QCOMPARE(bobHere.nick, u"Bób Ćwiek"_s);
        QVERIFY(bobHere.stableKey && bobHere.present);
        QCOMPARE(bobHere.address.toString(), u"bob@chat.test"_s); // the owner sees who it is
        QVERIFY(bob.does(u"leave"_s, {{u"address"_s, here.toString()}}));
        QTRY_COMPARE(alice.people[here].size(), 1);

        // The nick is taken: another is found.
        LiveClient carol(server(), u"carol"_s);
        QVERIFY(carol.open());
        const auto joined = carol.wait(carol->driver(ChatKind::Muc)->join({here, u"Ada"_s, {}, 0}));
        QVERIFY(joined.ok());
        QCOMPARE(joined->nick, u"Ada_"_s);
        QVERIFY(!joined->created);
        QTRY_COMPARE(carol.people[here].size(), 2);
    }

    void talksBothWays_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("body");
        const QString words = u"שלום 😀 lorem ipsum\n"_s;
        const std::pair<const char *, QString> bodies[] = {
            {"emoji", u"👩‍👩‍👧‍👦 😀 e\u0301 <b>&amp;</b> ]]> \"'"_s},
            {"right to left", u"\u202eשלום \u2067مرحبا\u2069 abc\u202c"_s},
            {"100 KB", words.repeated(100 * 1024 / words.toUtf8().size() + 1)},
        };
        for (size_t i = 0; i < m_servers.size(); ++i)
            for (const auto &[name, body] : bodies)
                QTest::addRow("%s, %s", i ? "prosody" : "ejabberd", name) << int(i) << body;
    }
    void talksBothWays()
    {
        QFETCH(QString, body);
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const Jid here = create(alice, u"talk"_s);
        PeerProcess bob(server(), u"bob"_s);
        QVERIFY(bob.does(u"join_muc"_s, {{u"room"_s, here.toString()}, {u"nick"_s, u"Bob"_s}}));
        QVERIFY(bob.does(u"send"_s, groupchat(here, body)));
        const auto heard = alice.waitForMessage(here, body);
        QCOMPARE(heard.author.nick, u"Bob"_s);
        QCOMPARE(heard.author.key, other(alice, here).key);
        QVERIFY(heard.author.stable && !heard.archiveId.isEmpty());

        QVERIFY(alice.say(here, ChatKind::Muc, body + u"!", u"mine"_s));
        const auto reflected = alice.waitForMessage(here, body + u"!");
        QVERIFY(reflected.author.isMe);
        QCOMPARE(reflected.originId, u"mine"_s);
        QVERIFY(!bob.waitForMessage(here.toString(), body + u"!").isEmpty());
    }

    void believesNoForgery_data() { servers(); }
    void believesNoForgery()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const Jid here = create(alice, u"forged"_s);
        PeerProcess bob(server(), u"bob"_s);
        QVERIFY(bob.does(u"join_muc"_s, {{u"room"_s, here.toString()}, {u"nick"_s, u"Bob"_s}}));
        QTRY_COMPARE(alice.people[here].size(), 2);
        QString myKey;
        for (const auto &p : std::as_const(alice.people[here]))
            if (p.isMe) myKey = p.key;
        QJsonObject lie = groupchat(here, u"lie"_s);
        lie.insert(u"extra",
                   u"<occupant-id xmlns='urn:xmpp:occupant-id:0' id='%2'/>"
                   "<stanza-id xmlns='urn:xmpp:sid:0' by='%1' id='FORGED'/>"
                   "<x xmlns='http://jabber.org/protocol/muc#user'><item jid='alice@chat.test/test'/></x>"
                   "<delay xmlns='urn:xmpp:delay' from='%1' stamp='2001-01-01T00:00:00Z'/>"_s.arg(
                       here.toString(), myKey));
        QVERIFY(bob.does(u"send"_s, lie));
        const auto live = alice.waitForMessage(here, u"lie"_s);
        const auto page = alice.wait(alice->archive()->fetch({here, ChatKind::Muc, {}, {}, {}, 50}));
        QVERIFY(page.ok());
        const auto archived = std::find_if(page->messages.cbegin(), page->messages.cend(),
                                           [](const auto &m) { return m.body == u"lie"; });
        QVERIFY(archived != page->messages.cend());
        for (const auto &m : {live, *archived}) {
            QCOMPARE(m.author.nick, u"Bob"_s);
            QCOMPARE(m.author.key, other(alice, here).key);
            QVERIFY(!m.author.isMe);
            QVERIFY(std::abs(m.time.secsTo(QDateTime::currentDateTimeUtc())) < 120);
        }
        QVERIFY(live.archiveId != u"FORGED");
        QCOMPARE(live.archiveId, archived->archiveId);
    }

    void pagesToTheFirstMessage_data() { servers(); }
    void pagesToTheFirstMessage()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const Jid here = create(alice, u"archive"_s);
        constexpr int all = 60;
        for (int i = 0; i < all; ++i)
            QVERIFY(alice.say(here, ChatKind::Muc, u"message %1"_s.arg(i), u"a%1"_s.arg(i)));
        alice.waitForMessage(here, u"message %1"_s.arg(all - 1));
        QString before;
        QStringList bodies;
        for (int pages = 0; pages < 20; ++pages) {
            const auto page = alice.wait(alice->archive()->fetch({here, ChatKind::Muc, before, {}, {}, 25}));
            QVERIFY(page.ok());
            QStringList texts;
            for (const auto &m : page->messages) {
                QVERIFY(m.author.isMe && !m.archiveId.isEmpty());
                if (!m.body.isEmpty()) texts << m.body;
            }
            bodies = texts + bodies;
            before = page->firstId;
            if (page->complete) break;
        }
        QCOMPARE(bodies.size(), all);
        for (int i = 0; i < all; ++i)
            QCOMPARE(bodies[i], u"message %1"_s.arg(i));
        const auto nothing = alice.wait(alice->archive()->fetch({here, ChatKind::Muc, before, {}, {}, 25}));
        QVERIFY(nothing.ok() && nothing->complete && nothing->messages.isEmpty());
        if (server().kind() != ThrowawayServer::Kind::Prosody) return;
        // prosody says "nothing there" for an id it does not have, too. It must not pass for the end.
        const auto unknown =
            alice.wait(alice->archive()->fetch({here, ChatKind::Muc, u"no-such-id"_s, {}, {}, 25}));
        QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
        const auto unknownAfter =
            alice.wait(alice->archive()->fetch({here, ChatKind::Muc, {}, u"no-such-id"_s, {}, 25}));
        QCOMPARE(unknownAfter.error().kind, Error::Kind::NotFound);
    }

    void isPutOut_data() { servers(); }
    void isPutOut()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        PeerProcess bob(server(), u"bob"_s);
        const Jid here = room(u"out"_s);
        QVERIFY(bob.does(u"create_muc"_s,
                         {{u"room"_s, here.toString()}, {u"nick"_s, u"Bob"_s}, {u"name"_s, u"Out"_s}}));
        QVERIFY(alice.wait(alice->driver(ChatKind::Muc)->join({here, u"Ada"_s, {}, 0})).ok());
        const QString xml =
            u"<iq type='set' id='k' to='%1'><query xmlns='http://jabber.org/protocol/muc#admin'>"
            "<item nick='Ada' role='none'><reason>out</reason></item></query></iq>"_s.arg(here.toString());
        QVERIFY(bob.does(u"send_raw"_s, {{u"xml"_s, xml}}));
        QTRY_VERIFY(alice.removals.contains(here));
        QCOMPARE(alice.removals[here], (Error{Error::Kind::Refused, u"kicked"_s, u"out"_s}));
        QVERIFY(alice.say(here, ChatKind::Muc, u"hello?"_s, u"lost"_s));
        QTRY_VERIFY(std::any_of(alice.messages.cbegin(), alice.messages.cend(),
                                [](const auto &m) { return m.error && m.stanzaId == u"lost"; }));
        QVERIFY(bob.does(u"affiliate"_s, {{u"room"_s, here.toString()},
                                          {u"jid"_s, u"alice@chat.test"_s},
                                          {u"affiliation"_s, u"outcast"_s}}));
        const auto refused = alice.wait(alice->driver(ChatKind::Muc)->join({here, u"Ada"_s, {}, 0}));
        QCOMPARE(refused.error().kind, Error::Kind::Refused);
        QCOMPARE(refused.error().condition, u"forbidden"_s);
    }

    void membersOnly_data() { servers(); }
    void membersOnly()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        PeerProcess bob(server(), u"bob"_s);
        const Jid here = room(u"members"_s);
        QVERIFY(bob.does(u"create_muc"_s,
                         {{u"room"_s, here.toString()}, {u"nick"_s, u"Bob"_s}, {u"members_only"_s, true}}));
        QVERIFY(alice.wait(alice->discoverRoom(here))->properties.testFlag(RoomProperty::MembersOnly));
        QCOMPARE(alice.wait(alice->driver(ChatKind::Muc)->join({here, u"Ada"_s, {}, 0})).error().condition,
                 u"registration-required"_s);
    }

    void subjectsComeWithTheRoom_data() { servers(); }
    void subjectsComeWithTheRoom()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        PeerProcess bob(server(), u"bob"_s);
        const Jid here = room(u"subject"_s);
        QVERIFY(bob.does(u"create_muc"_s, {{u"room"_s, here.toString()}, {u"nick"_s, u"Bob"_s}}));
        QVERIFY(bob.does(u"subject"_s, {{u"room"_s, here.toString()}, {u"text"_s, u"first <b>"_s}}));
        QVERIFY(
            !bob.waitFor([](const QJsonObject &e) { return e.value(u"subject").toString() == u"first <b>"; })
                 .isEmpty());
        QVERIFY(bob.does(u"send"_s, groupchat(here, u"earlier"_s)));
        QVERIFY(!bob.waitForMessage(here.toString(), u"earlier"_s).isEmpty());
        QVERIFY(alice.wait(alice->driver(ChatKind::Muc)->join({here, u"Ada"_s, {}, 20})).ok());
        const auto subject = [&alice] {
            for (auto it = alice.messages.crbegin(); it != alice.messages.crend(); ++it)
                if (it->subject) return *it->subject;
            return QString();
        };
        QTRY_COMPARE(subject(), u"first <b>"_s);
        for (const auto &m : std::as_const(alice.messages))
            QVERIFY(m.body.isEmpty()); // the archive has what was said
        QVERIFY(bob.does(u"subject"_s, {{u"room"_s, here.toString()}, {u"text"_s, u"second"_s}}));
        QTRY_COMPARE(subject(), u"second"_s);
    }

private:
    void servers()
    {
        QTest::addColumn<int>("index");
        QTest::newRow("ejabberd") << 0;
        QTest::newRow("prosody") << 1;
    }
    ThrowawayServer &server() const
    {
        QFETCH(int, index);
        return *m_servers[size_t(index)];
    }
    Jid service() const { return server().service(ChatKind::Muc); }
    Jid room(const QString &name) const { return *Jid::parse(name, service().domain()); }
    /// A room of this name, or the one that is there already.
    Jid create(LiveClient &client, const QString &name)
    {
        const auto made = client.wait(client->driver(ChatKind::Muc)->create({service(), name, {}, u"Ada"_s}));
        if (made.ok()) return made->room;
        return client.wait(client->driver(ChatKind::Muc)->join({room(name), u"Ada"_s, {}, 0})).ok()
                   ? room(name)
                   : Jid();
    }
    static QJsonObject groupchat(const Jid &to, const QString &body)
    {
        return {{u"to"_s, to.toString()}, {u"body"_s, body}, {u"type"_s, u"groupchat"_s}};
    }
    static Participant other(const LiveClient &client, const Jid &room)
    {
        for (const auto &participant : client.people.value(room))
            if (!participant.isMe) return participant;
        return {};
    }

    std::vector<std::unique_ptr<ThrowawayServer>> m_servers;
};

QTEST_GUILESS_MAIN(TestMuc)
#include "tst_muc.moc"
