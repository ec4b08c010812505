// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/device.h"
#include "session/peopledoor.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Contacts, requests and blocking between two people on real servers, and on two devices of one of them.
class ServerPeopleTest : public QObject
{
    Q_OBJECT

    static void servers()
    {
        QTest::addColumn<ThrowawayServer::Kind>("server");
        QTest::newRow("ejabberd") << ThrowawayServer::Kind::Ejabberd;
        QTest::newRow("prosody") << ThrowawayServer::Kind::Prosody;
    }
    static bool become(const Device &device, const Jid &person, const std::function<bool(const Chat &)> &is)
    {
        return QTest::qWaitFor([&] { return is(device.chat(person)); }, 15'000);
    }
    static Presence presence(const Device &device, const Jid &person)
    {
        return device.accounts->chatStates().result().value(device.chat(person).id).presence;
    }
    static bool isShown(const Chat &chat)
    {
        return chat.isRequest() && !chat.requests.testFlag(Request::Unchecked);
    }
    static bool isMutual(const Chat &chat)
    {
        return (chat.ties & (Tie::Contact | Tie::Seen | Tie::SeesMe))
               == (Tie::Contact | Tie::Seen | Tie::SeesMe);
    }

private Q_SLOTS:
    void becomeContacts_data() { servers(); }
    void becomeContacts();
    void strangersAndBlocking_data() { servers(); }
    void strangersAndBlocking();
};

void ServerPeopleTest::becomeContacts()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    Device his(host, u"his"_s, u"bob"_s);
    QVERIFY(desk.logIn().ok() && phone.logIn().ok() && his.logIn().ok());

    QVERIFY(desk.accounts->people().add(alice, bob, u"Bobby"_s, true).result().ok());
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob,
                       [](const Chat &c) { return c.name == u"Bobby" && c.ties.testFlag(Tie::Asked); }));
    QVERIFY(become(his, alice, isShown));
    QVERIFY(his.accounts->people().acceptRequest(his.chat(alice).id).result().ok());
    // One answer is enough for both directions.
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob, isMutual));
    QVERIFY(become(his, alice, [](const Chat &c) { return isMutual(c) && c.requests == Requests(); }));
    QTRY_COMPARE_WITH_TIMEOUT(presence(desk, bob), Presence::Online, 15'000);
    QTRY_COMPARE_WITH_TIMEOUT(presence(his, alice), Presence::Online, 15'000);
    QCOMPARE(desk.chat(bob).requests, Requests()); // nobody asks back: it was allowed in advance, or at once

    QVERIFY(phone.accounts->people().rename(phone.chat(bob).id, u"Robert"_s).result().ok());
    QVERIFY(become(desk, bob, [](const Chat &c) { return c.name == u"Robert" && isMutual(c); }));
    QVERIFY(desk.accounts->people().stopShowing(desk.chat(bob).id).result().ok());
    QVERIFY(become(phone, bob, [](const Chat &c) { return !c.ties.testFlag(Tie::SeesMe); }));
    QVERIFY(become(his, alice, [](const Chat &c) { return !c.ties.testFlag(Tie::Seen); }));
    QVERIFY(desk.accounts->people().remove(desk.chat(bob).id).result().ok());
    for (const Device *device : {&desk, &phone}) // nothing was ever said: it goes
        QVERIFY(become(*device, bob, [](const Chat &c) { return c.id.isEmpty(); }));
}

void ServerPeopleTest::strangersAndBlocking()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    Device his(host, u"his"_s, u"bob"_s);
    QVERIFY(desk.logIn().ok() && phone.logIn().ok() && his.logIn().ok());
    const auto write = [&](const QString &text) {
        const ChatId chat = his.accounts->startTalk(bob, alice).result().value();
        return his.accounts->sendMessage(chat, text).result().ok();
    };
    QVERIFY(write(u"hello"_s));
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob, isShown));

    // Accepted by an answer, on all devices.
    QVERIFY(phone.accounts->sendMessage(phone.chat(bob).id, u"hi"_s).result().ok());
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob, [](const Chat &c) { return !c.isRequest() && c.lastText == u"hi"; }));

    QVERIFY(desk.accounts->people().blocked(alice).result().ok());
    QVERIFY(phone.accounts->people().blocked(alice).result().ok());
    QVERIFY(desk.accounts->people().block(desk.chat(bob).id, {}).result().ok());
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob, [](const Chat &c) { return c.isBlocked(); }));
    QCOMPARE(phone.accounts->people().blocked(alice).result()->addresses, QList{bob});
    QVERIFY(write(u"never seen"_s));
    QTest::qWait(500);
    QVERIFY(phone.accounts->people().unblock(phone.chat(bob).id).result().ok());
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob, [](const Chat &c) { return !c.isBlocked(); }));
    QVERIFY(write(u"back"_s));
    for (const Device *device : {&desk, &phone})
        QVERIFY(become(*device, bob, [](const Chat &c) { return c.lastText == u"back" && !c.isRequest(); }));
    for (const Device *device : {&desk, &phone}) {
        const auto page = device->history->newest(device->chat(bob).id, 100).result();
        QVERIFY(page.ok() && std::ranges::none_of(page->messages, [](const Message &message) {
                    return message.body == u"never seen";
                }));
    }
}

QTEST_GUILESS_MAIN(ServerPeopleTest)
#include "tst_people.moc"
