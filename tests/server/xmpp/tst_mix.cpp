// SPDX-License-Identifier: GPL-3.0-or-later
// MIX channels of a real ejabberd, with a peer that is not Mingle.
#include "support/servers/liveclient.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestMix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<ThrowawayServer>(ThrowawayServer::Kind::Ejabberd,
                                                     QStringList{u"alice"_s, u"bob"_s, u"carol"_s});
        QVERIFY2(m_server->failure().isEmpty(), qPrintable(m_server->failure()));
        m_service = m_server->service(ChatKind::Mix);
    }

    void findsTheServiceAndTellsChannelsApart()
    {
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        QCOMPARE(*alice.wait(alice->roomService(ChatKind::Mix)), m_service);
        const Jid channel = create(alice, u"found"_s);
        const auto info = alice.wait(alice->discoverRoom(channel));
        QVERIFY(info.ok());
        QCOMPARE(info->kind, ChatKind::Mix);
        QVERIFY(info->properties.testFlag(RoomProperty::Archived));
        const auto nothing = alice.wait(alice->discoverRoom(Jid::trusted(u"nothing@mix.chat.test")));
        QCOMPARE(nothing.error().kind, Error::Kind::NotFound);
    }

    void aJoinOfNothingEndsSoon()
    {
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        const auto joined = alice.wait(
            alice->driver(ChatKind::Mix)->join({Jid::trusted(u"nothing@mix.chat.test"), u"Ada"_s, {}, 0}),
            5'000);
        QCOMPARE(joined.error().kind, Error::Kind::NotFound);
    }

    void knowsEverybodyByName()
    {
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        const auto made = alice.wait(
            alice->driver(ChatKind::Mix)->create({m_service, u"names"_s, u"The Names"_s, u"Ada 😀"_s}));
        QVERIFY(made.ok());
        const Jid channel = made->room;
        QCOMPARE(channel.toString(), u"names@mix.chat.test"_s);
        QCOMPARE(made->nick, u"Ada 😀"_s);
        QCOMPARE(made->name, u"The Names"_s);
        QCOMPARE(made->capabilities, Capability::Send | Capability::Members | Capability::Leave
                                         | Capability::Archive | Capability::Nick | Capability::Invite);

        PeerProcess bob(*m_server, u"bob"_s);
        QVERIFY2(bob.failure().isEmpty(), qPrintable(bob.failure()));
        QVERIFY(bob.does(u"join_mix"_s, {{u"channel"_s, channel.toString()}, {u"nick"_s, u"Bob"_s}}));
        QTRY_COMPARE(alice.people[channel].size(), 2);
        const QString id = bobOf(alice, channel).key;
        QCOMPARE(bobOf(alice, channel).address.toString(), u"bob@chat.test"_s);

        QVERIFY(bob.does(u"send"_s, groupchat(channel, u"hello"_s)));
        const auto heard = alice.waitForMessage(channel, u"hello"_s);
        QCOMPARE(heard.author, (Author{id, u"Bob"_s, Jid::trusted(u"bob@chat.test"), true, false}));
        QVERIFY(!heard.archiveId.isEmpty());

        QVERIFY(bob.does(u"nick_mix"_s, {{u"channel"_s, channel.toString()}, {u"nick"_s, u"Bobby"_s}}));
        QTRY_COMPARE(bobOf(alice, channel).nick, u"Bobby"_s);
        QVERIFY(bob.does(u"leave"_s, {{u"address"_s, channel.toString()}}));
        QTRY_COMPARE(alice.people[channel].size(), 1);
    }

    void talksBothWays_data()
    {
        QTest::addColumn<QString>("body");
        QTest::newRow("emoji") << u"👩‍👩‍👧‍👦 😀 e\u0301 <b>&amp;</b> ]]> \"'"_s;
        QTest::newRow("right to left") << u"\u202eשלום \u2067مرحبا\u2069 abc\u202c"_s;
        QTest::newRow("lines") << u"one\n  two\n\tthree"_s;
        const QString words = u"שלום 😀 lorem ipsum\n"_s;
        QTest::newRow("100 KB") << words.repeated(100 * 1024 / words.toUtf8().size() + 1);
    }
    void talksBothWays()
    {
        QFETCH(QString, body);
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        const Jid channel = create(alice, u"talk"_s);
        PeerProcess bob(*m_server, u"bob"_s);
        QVERIFY(bob.does(u"join_mix"_s, {{u"channel"_s, channel.toString()}, {u"nick"_s, u"Bob"_s}}));

        QVERIFY(bob.does(u"send"_s, groupchat(channel, body)));
        const auto heard = alice.waitForMessage(channel, body);
        QCOMPARE(heard.author.nick, u"Bob"_s);

        const QString id = u"id-"_s + QString::number(qHash(body));
        QVERIFY(alice.say(channel, ChatKind::Mix, body + u"!", id));
        const auto reflected = alice.waitForMessage(channel, body + u"!");
        QVERIFY(reflected.author.isMe);
        QCOMPARE(reflected.originId, id);
        QVERIFY(!reflected.archiveId.isEmpty());
        QVERIFY(!bob.waitForMessage(channel.toString(), body + u"!").isEmpty());
    }

    void believesNoForgery()
    {
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        const Jid channel = create(alice, u"forged"_s);
        PeerProcess bob(*m_server, u"bob"_s);
        QVERIFY(bob.does(u"join_mix"_s, {{u"channel"_s, channel.toString()}, {u"nick"_s, u"Bob"_s}}));
        QJsonObject lie = groupchat(channel, u"lie"_s);
        lie.insert(u"extra",
                   u"<mix xmlns='urn:xmpp:mix:core:1'><nick>Ada</nick><jid>alice@chat.test</jid></mix>"
                   "<mix xmlns='urn:xmpp:mix:core:0'><nick>Ada</nick><jid>alice@chat.test</jid></mix>"
                   "<stanza-id xmlns='urn:xmpp:sid:0' by='%1' id='FORGED'/>"
                   "<delay xmlns='urn:xmpp:delay' from='%1' stamp='2001-01-01T00:00:00Z'/>"_s.arg(
                       channel.toString()));
        QVERIFY(bob.does(u"send"_s, lie));
        const auto live = alice.waitForMessage(channel, u"lie"_s);
        const auto page = alice.wait(alice->archive()->fetch({channel, ChatKind::Mix, {}, {}, {}, 50}));
        QVERIFY(page.ok());
        const auto archived = page->messages.last();
        for (const auto &m : {live, archived}) {
            QCOMPARE(m.body, u"lie"_s);
            QCOMPARE(m.author.nick, u"Bob"_s);
            QVERIFY(!m.author.isMe);
            QVERIFY(std::abs(m.time.secsTo(QDateTime::currentDateTimeUtc())) < 120);
        }
        QCOMPARE(live.archiveId, archived.archiveId);
        // Anybody may claim to be the channel; nobody is.
        QVERIFY(bob.does(
            u"send_raw"_s,
            {{u"xml"_s,
              u"<message to='alice@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
              "<items node='urn:xmpp:mix:nodes:participants'><retract id='%1'/></items></event></message>"_s
                  .arg(bobOf(alice, channel).key)}}));
        QVERIFY(bob.does(u"send"_s, groupchat(channel, u"still here"_s)));
        alice.waitForMessage(channel, u"still here"_s);
        QCOMPARE(bobOf(alice, channel).nick, u"Bob"_s);
    }

    void comesBackWithTheRoster()
    {
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        const Jid channel = create(alice, u"stays"_s);
        alice.close();

        LiveClient again(*m_server, u"alice"_s);
        QVERIFY(again.open());
        QVERIFY(again->driver(ChatKind::Mix)->isJoined(channel));
        QTRY_COMPARE(again.groups[channel].nick, u"Ada"_s);
        const auto joined = again.wait(again->driver(ChatKind::Mix)->join({channel, u"Ada"_s, {}, 0}));
        QVERIFY(joined.ok());
        QVERIFY(again.say(channel, ChatKind::Mix, u"I am back"_s, u"back"_s));
        QVERIFY(again.waitForMessage(channel, u"I am back"_s).author.isMe);
    }

    void myOtherDeviceJoinsAndLeaves()
    {
        LiveClient one(*m_server, u"carol"_s, u"one"_s), two(*m_server, u"carol"_s, u"two"_s);
        QVERIFY(one.open() && two.open());
        const Jid channel = create(one, u"devices"_s);
        QTRY_VERIFY(two->driver(ChatKind::Mix)->isJoined(channel));
        QVERIFY(one.say(channel, ChatKind::Mix, u"from one"_s, u"d1"_s));
        const auto heard = two.waitForMessage(channel, u"from one"_s);
        QVERIFY(heard.author.isMe);
        QCOMPARE(heard.originId, u"d1"_s);
        QVERIFY(one.wait(one->driver(ChatKind::Mix)->leave(channel)).ok());
        QVERIFY(!one->driver(ChatKind::Mix)->isJoined(channel));
        QVERIFY(!one.removals.contains(channel));
        QTRY_VERIFY(two.removals.contains(channel));
        QCOMPARE(two.removals[channel].kind, Error::Kind::None);
        // What I say now does not arrive, and I am told.
        QVERIFY(one.say(channel, ChatKind::Mix, u"hello?"_s, u"d2"_s));
        QTRY_VERIFY(std::any_of(one.messages.cbegin(), one.messages.cend(), [](const auto &m) {
            return m.error && m.stanzaId == u"d2" && m.error->kind == Error::Kind::Refused;
        }));
    }

    void pagesToTheFirstMessage()
    {
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        const Jid channel = create(alice, u"archive"_s);
        constexpr int all = 60;
        for (int i = 0; i < all; ++i)
            QVERIFY(alice.say(channel, ChatKind::Mix, u"message %1"_s.arg(i), u"a%1"_s.arg(i)));
        alice.waitForMessage(channel, u"message %1"_s.arg(all - 1));
        QString before;
        QStringList bodies;
        for (int pages = 0; pages < 20; ++pages) {
            const auto page =
                alice.wait(alice->archive()->fetch({channel, ChatKind::Mix, before, {}, {}, 25}));
            QVERIFY(page.ok());
            QStringList here;
            for (const auto &m : page->messages) {
                QVERIFY(m.author.isMe && !m.archiveId.isEmpty()
                        && m.route == IncomingMessage::Route::Archive);
                here << m.body;
            }
            bodies = here + bodies;
            before = page->firstId;
            if (page->complete) break;
        }
        QCOMPARE(bodies.size(), all);
        for (int i = 0; i < all; ++i)
            QCOMPARE(bodies[i], u"message %1"_s.arg(i));
        // And forward again, from the first.
        const auto next = alice.wait(alice->archive()->fetch({channel, ChatKind::Mix, {}, before, {}, 250}));
        QCOMPARE(next->messages.size(), all - 1);
        QVERIFY(next->complete);
        // Not mine to read.
        LiveClient bob(*m_server, u"bob"_s);
        QVERIFY(bob.open());
        QCOMPARE(bob.wait(bob->archive()->fetch({channel, ChatKind::Mix, {}, {}, {}, 10})).error().kind,
                 Error::Kind::Refused);
    }

private:
    Jid create(LiveClient &client, const QString &name)
    {
        const auto made = client.wait(client->driver(ChatKind::Mix)->create({m_service, name, {}, u"Ada"_s}));
        if (!made.ok()) qWarning("not created: %s", qPrintable(made.error().condition));
        return made.ok() ? made->room : Jid();
    }
    static QJsonObject groupchat(const Jid &to, const QString &body)
    {
        return {{u"to"_s, to.toString()}, {u"body"_s, body}, {u"type"_s, u"groupchat"_s}};
    }
    static Participant bobOf(const LiveClient &client, const Jid &channel)
    {
        for (const auto &participant : client.people.value(channel))
            if (!participant.isMe) return participant;
        return {};
    }

    std::unique_ptr<ThrowawayServer> m_server;
    Jid m_service;
};

QTEST_GUILESS_MAIN(TestMix)
#include "tst_mix.moc"
