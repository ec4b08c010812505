// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/device.h"
#include "support/servers/peerprocess.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Two devices of one account agree on what is read (XEP-0490), on real servers.
class ServerReadMarksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void twoDevices_data()
    {
        QTest::addColumn<ThrowawayServer::Kind>("server");
        QTest::addColumn<ChatKind>("kind");
        QTest::newRow("person on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Person;
        QTest::newRow("MUC on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Muc;
        QTest::newRow("MIX on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Mix;
        QTest::newRow("person on prosody") << ThrowawayServer::Kind::Prosody << ChatKind::Person;
        QTest::newRow("MUC on prosody") << ThrowawayServer::Kind::Prosody << ChatKind::Muc;
    }
    void twoDevices();
};

void ServerReadMarksTest::twoDevices()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    PeerProcess bob(host, u"bob"_s);
    QVERIFY(desk.logIn().ok());

    Jid chat = host.account(u"bob"_s).address;
    if (kind != ChatKind::Person) {
        const auto made = desk.accounts->rooms().create(alice, newRoom(u"Read"_s, kind)).result();
        QVERIFY2(made.ok(), qPrintable(made.error().condition));
        chat = made->chat.address;
        QTest::qWait(500); // the first look into the room's archive is over: what it brings is no news
        const bool mix = kind == ChatKind::Mix;
        QVERIFY(bob.does(mix ? u"join_mix"_s : u"join_muc"_s,
                         {{mix ? u"channel"_s : u"room"_s, chat.toString()}, {u"nick"_s, u"Bob"_s}}));
    }
    const auto say = [&](const QString &body) {
        const bool room = kind != ChatKind::Person;
        return bob.does(u"send"_s, {{u"to"_s, room ? chat.toString() : alice.toString()},
                                    {u"type"_s, room ? u"groupchat"_s : u"chat"_s},
                                    {u"body"_s, body}});
    };
    QVERIFY(say(u"1"_s));
    QVERIFY(desk.has(chat, 1, 1));
    desk.read(chat, 0);
    QVERIFY(phone.logIn().ok());
    QVERIFY(phone.has(chat, 1, 0));

    // Both online: what one reads the other has read, either way.
    for (const QString &body : {u"2"_s, u"3"_s, u"4"_s})
        QVERIFY(say(body));
    QVERIFY(desk.has(chat, 4, 3) && phone.has(chat, 4, 3));
    desk.read(chat, 2);
    QVERIFY(desk.has(chat, 4, 1) && phone.has(chat, 4, 1));
    phone.read(chat, 3);
    QVERIFY(desk.has(chat, 4, 0) && phone.has(chat, 4, 0));

    // One away: what it missed comes, and what the other read of it is read.
    phone.stop();
    for (const QString &body : {u"5"_s, u"6"_s, u"7"_s})
        QVERIFY(say(body));
    QVERIFY(desk.has(chat, 7, 3));
    desk.read(chat, 4);
    QVERIFY(desk.has(chat, 7, 2));
    desk.stop(); // tells before it goes
    phone.start();
    QVERIFY(phone.accounts->load().result().ok());
    QVERIFY(phone.has(chat, 7, 2));
}

QTEST_GUILESS_MAIN(ServerReadMarksTest)
#include "tst_readmarks.moc"
