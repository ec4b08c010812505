// SPDX-License-Identifier: GPL-3.0-or-later
// The project's own MIX service behind a real ejabberd: what a peer can ask of it, and that we can be in its channels.
#include "support/servers/liveclient.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QJsonArray>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestMixService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<ThrowawayServer>(ThrowawayServer::Kind::Ejabberd,
                                                     QStringList{u"alice"_s, u"bob"_s, u"carol"_s},
                                                     QStringList{u"--mix-service"_s});
        QVERIFY2(m_server->failure().isEmpty(), qPrintable(m_server->failure()));
        QCOMPARE(m_server->channels().toString(), u"channels.chat.test"_s);
        QCOMPARE(m_server->service(ChatKind::Mix).toString(), u"mix.chat.test"_s);
        m_bob = std::make_unique<PeerProcess>(*m_server, u"bob"_s);
        QVERIFY2(m_bob->failure().isEmpty(), qPrintable(m_bob->failure()));
    }

    void weAreInItsChannels()
    {
        const QJsonObject channel = create(u"together"_s);
        const Jid room = Jid::trusted(channel.value(u"channel").toString());
        LiveClient alice(*m_server, u"alice"_s);
        QVERIFY(alice.open());
        QVERIFY(m_bob->does(u"join_mix"_s, with(channel, {{u"nick"_s, u"Bob"_s}})));
        const auto joined = alice.wait(alice->driver(ChatKind::Mix)->join({room, u"Ada"_s, {}, 0}));
        QVERIFY(joined.ok());
        QTRY_COMPARE(alice.people[room].size(), 2);
        QVERIFY(m_bob->does(
            u"send"_s, {{u"to"_s, room.toString()}, {u"body"_s, u"hello"_s}, {u"type"_s, u"groupchat"_s}}));
        const auto heard = alice.waitForMessage(room, u"hello"_s);
        QCOMPARE(heard.author.nick, u"Bob"_s);
        QCOMPARE(heard.author.address.toString(), u"bob@chat.test"_s);
        QVERIFY(!heard.archiveId.isEmpty());
        QVERIFY(alice.say(room, ChatKind::Mix, u"hello Bob"_s, u"from-alice"_s));
        QVERIFY(!m_bob->waitForMessage(room.toString(), u"hello Bob"_s).isEmpty());

        QVERIFY(m_bob->does(u"leave"_s, {{u"address"_s, room.toString()}}));
        QTRY_COMPARE(alice.people[room].size(), 1);
    }

    void aPeerChangesItAndPutsPeopleOut()
    {
        const QJsonObject channel = create(u"changed"_s);
        const QJsonObject fields{{u"Name"_s, u"Changed"_s}, {u"Contact"_s, QJsonArray{u"bob@chat.test"_s}}};
        const QJsonObject info = m_bob->run(u"mix_info"_s, with(channel, {{u"fields"_s, fields}}));
        QCOMPARE(info[u"info"][u"Name"], QJsonArray{u"Changed"_s});
        const QJsonObject config = m_bob->run(
            u"mix_config"_s, with(channel, {{u"fields"_s, QJsonObject{{u"Mandatory Nicks"_s, u"false"_s}}}}));
        QCOMPARE(config[u"config"][u"Mandatory Nicks"], QJsonArray{u"false"_s});
        QCOMPARE(config[u"config"][u"Owner"], QJsonArray{u"bob@chat.test"_s});

        PeerProcess carol(*m_server, u"carol"_s);
        const QJsonObject carolIn = with(channel, {{u"nick"_s, u"Carol"_s}});
        const QJsonObject jid{{u"jid"_s, u"carol@chat.test"_s}};
        QVERIFY(carol.does(u"join_mix"_s, carolIn));
        QVERIFY(m_bob->does(u"mix_ban"_s, with(channel, jid)));
        QCOMPARE(carol.run(u"participants"_s, channel).value(u"condition").toString(), u"forbidden"_s);
        QCOMPARE(carol.run(u"join_mix"_s, carolIn).value(u"condition").toString(), u"forbidden"_s);
        QVERIFY(m_bob->does(u"mix_unban"_s, with(channel, jid)));
        QVERIFY(carol.does(u"join_mix"_s, carolIn));
        QVERIFY(carol.does(u"leave"_s, {{u"address"_s, channel.value(u"channel")}}));

        QVERIFY(m_bob->does(u"mix_allow"_s, with(channel, {{u"jid"_s, u"nobody.test"_s}})));
        QCOMPARE(carol.run(u"join_mix"_s, carolIn).value(u"condition").toString(), u"forbidden"_s);
        QVERIFY(!m_bob->run(u"mix_invite"_s, with(channel, jid)).value(u"token").toString().isEmpty());
        const auto invitation = carol.waitForMessage(u"bob@chat.test"_s, u"Come in"_s);
        QVERIFY(invitation.value(u"xml").toString().contains(u"urn:xmpp:mix:misc:0"_s));
        QVERIFY(carol.does(u"join_mix"_s, carolIn));
        QVERIFY(m_bob->does(u"destroy_mix"_s, channel));
    }

    /// Of its own accord ejabberd lets nobody know that they have left: see fixtures/ejabberd.py.
    void weLeaveAndArePutOutWhereTheAccountAnswers()
    {
        const ThrowawayServer server(ThrowawayServer::Kind::Ejabberd, {u"alice"_s, u"bob"_s},
                                     {u"--mix-service"_s, u"--mend-leave"_s});
        QVERIFY2(server.failure().isEmpty(), qPrintable(server.failure()));
        const Jid room = Jid::trusted(u"left@channels.chat.test");
        const QJsonObject channel{{u"channel"_s, room.toString()}};
        PeerProcess bob(server, u"bob"_s);
        QVERIFY(bob.does(u"create_mix"_s, channel));
        LiveClient alice(server, u"alice"_s);
        QVERIFY(alice.open());
        GroupDriver *driver = alice->driver(ChatKind::Mix);
        QVERIFY(alice.wait(driver->join({room, u"Ada"_s, {}, 0})).ok());
        QVERIFY(alice.wait(driver->leave(room)).ok());
        QVERIFY(alice.wait(driver->join({room, u"Ada"_s, {}, 0})).ok());
        QVERIFY(bob.does(u"mix_ban"_s, with(channel, {{u"jid"_s, u"alice@chat.test"_s}})));
        QTRY_VERIFY(alice.removals.contains(room));
    }

    /// The channels outlive the server.
    void theServiceComesBackWithTheServer()
    {
        const QJsonObject channel = create(u"lasting"_s);
        m_bob.reset();
        QVERIFY(m_server->command(u"kill"_s));
        QVERIFY(m_server->command(u"start"_s));
        m_bob = std::make_unique<PeerProcess>(*m_server, u"bob"_s);
        QVERIFY2(m_bob->failure().isEmpty(), qPrintable(m_bob->failure()));
        QVERIFY(m_bob->does(u"join_mix"_s, with(channel, {{u"nick"_s, u"Bob"_s}})));
    }

private:
    QJsonObject create(const QString &name)
    {
        const QJsonObject channel{{u"channel"_s, QString(name + u'@' + m_server->channels().toString())}};
        return m_bob->does(u"create_mix"_s, channel) ? channel : QJsonObject{};
    }

    static QJsonObject with(QJsonObject first, const QJsonObject &more)
    {
        for (auto it = more.begin(); it != more.end(); ++it)
            first[it.key()] = it.value();
        return first;
    }

    std::unique_ptr<ThrowawayServer> m_server;
    std::unique_ptr<PeerProcess> m_bob;
};

QTEST_GUILESS_MAIN(TestMixService)
#include "tst_mixservice.moc"
