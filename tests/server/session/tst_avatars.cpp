// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/device.h"
#include "session/avatarsdoor.h"
#include "session/peopledoor.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Pictures between two people and in a room on real servers: seen live, and from disk after a restart.
class ServerAvatarsTest : public QObject
{
    Q_OBJECT

    static void servers()
    {
        QTest::addColumn<ThrowawayServer::Kind>("server");
        QTest::newRow("ejabberd") << ThrowawayServer::Kind::Ejabberd;
        QTest::newRow("prosody") << ThrowawayServer::Kind::Prosody;
    }
    // The smallest PNG there is.
    static const inline QByteArray png = QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

private Q_SLOTS:
    void ofPeopleAndOccupants_data() { servers(); }
    void ofPeopleAndOccupants();
    void ofARoom_data() { servers(); }
    void ofARoom();
};

void ServerAvatarsTest::ofPeopleAndOccupants()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device desk(host, u"desk"_s);
    Device his(host, u"his"_s, u"bob"_s);
    QVERIFY(desk.logIn().ok() && his.logIn().ok());
    QVERIFY(desk.accounts->people().add(alice, bob, {}, true).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(his.chat(alice).isRequest(), 15'000);
    QVERIFY(his.accounts->people().acceptRequest(his.chat(alice).id).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(desk.chat(bob).ties.testFlag(Tie::Seen), 15'000);

    QVERIFY(his.accounts->avatars().publish(bob, {png, u"image/png"_s, 1, 1}).result().ok());
    desk.accounts->avatars().look(desk.chat(bob).id);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.chat(bob).avatar.isEmpty(), 15'000);
    const auto got = desk.accounts->avatars().picture(desk.chat(bob).id, desk.chat(bob).avatar).result();
    QVERIFY2(got.ok(), qPrintable(got.error().condition));
    QCOMPARE(*got, png);
    QCOMPARE(his.accounts->avatars().mine(bob).result().value(), png);

    // In a room, by the presence that the server completes.
    const auto room = desk.accounts->rooms().create(alice, newRoom(u"Plans"_s, ChatKind::Muc)).result();
    QVERIFY(room.ok());
    his.stop(); // a presence sent before the picture has none
    his.start();
    QVERIFY(his.logIn().ok());
    QVERIFY(his.accounts->joinRoom(bob, room->chat.address, u"Bob"_s).result().ok());
    const auto occupant = [&] {
        const auto all = desk.history->participants(room->chat).result().value();
        for (const Participant &person : all)
            if (person.nick == u"Bob") return person;
        return Participant();
    };
    QTRY_VERIFY_WITH_TIMEOUT(occupant().present, 15'000);
    qInfo("occupant's picture in presence: %s", occupant().avatar.isEmpty() ? "no" : "yes");
    if (!occupant().avatar.isEmpty()) {
        const ChatId whom{alice, room->chat.address.withResource(u"Bob"_s)};
        QVERIFY(desk.accounts->avatars().picture(whom, occupant().avatar).result().ok());
    }
    desk.stop();
    desk.start();
    (void)desk.accounts->load().result();
    QVERIFY(!desk.chat(bob).avatar.isEmpty()); // before any connection
    QCOMPARE(desk.accounts->avatars().picture(desk.chat(bob).id, desk.chat(bob).avatar).result().value(),
             png);

    QVERIFY(his.accounts->avatars().publish(bob, {}).result().ok());
    QTRY_COMPARE_WITH_TIMEOUT(his.accounts->avatars().mine(bob).result().value(), QByteArray(), 15'000);
}

void ServerAvatarsTest::ofARoom()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device desk(host, u"desk"_s);
    Device his(host, u"his"_s, u"bob"_s);
    QVERIFY(desk.logIn().ok() && his.logIn().ok());
    const auto room = desk.accounts->rooms().create(alice, newRoom(u"Plans"_s, ChatKind::Muc)).result();
    QVERIFY(room.ok());
    QTRY_VERIFY_WITH_TIMEOUT(desk.chat(room->chat.address).capabilities.testFlag(Capability::Settings),
                             15'000);
    if (!desk.chat(room->chat.address).capabilities.testFlag(Capability::Picture))
        QSKIP("this server has no pictures of rooms");
    QVERIFY(his.accounts->joinRoom(bob, room->chat.address, u"Bob"_s).result().ok());
    QVERIFY(desk.accounts->rooms().setPicture(room->chat, png, u"image/png"_s).result().ok());
    for (const Device *device : {&desk, &his}) {
        QTRY_VERIFY_WITH_TIMEOUT(!device->chat(room->chat.address).avatar.isEmpty(), 15'000);
        const Chat chat = device->chat(room->chat.address);
        const auto got = device->accounts->avatars().picture(chat.id, chat.avatar).result();
        QVERIFY2(got.ok(), qPrintable(got.error().condition));
        QCOMPARE(*got, png);
    }
}

QTEST_GUILESS_MAIN(ServerAvatarsTest)
#include "tst_avatars.moc"
