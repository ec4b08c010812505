// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/device.h"
#include "support/servers/liveclient.h"
#include "xmpp/groupcontrols.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Two people of a room that hides their addresses talk by way of it (XEP-0045 7.5, XEP-0404 5). On real servers.
class ServerPrivateTalkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack_data();
    void thereAndBack();

private:
    static QStringList said(const Device &device, const ChatId &chat)
    {
        QStringList all;
        const auto page = device.history->newest(chat, 50).result();
        if (page)
            for (const Message &message : page->messages)
                all.append(message.body);
        return all;
    }
    static Participant called(const Device &device, const ChatId &room, const QString &nick)
    {
        const auto people = device.history->participants(room).result();
        if (people)
            for (const Participant &person : *people)
                if (person.nick == nick && person.present) return person;
        return {};
    }
    /// On the project's own MIX service, which hides addresses if asked to; ejabberd's cannot. Alice's.
    static Jid hiddenChannel(const ThrowawayServer &host)
    {
        LiveClient alice(host, u"alice"_s);
        if (!alice.open()) return {};
        GroupDriver &driver = *alice->driver(ChatKind::Mix);
        CreateRequest request;
        request.service = host.channels();
        request.name = u"Quiet"_s;
        request.nick = u"Alice"_s;
        const auto made = alice.wait(driver.create(request));
        if (!made.ok()) return {};
        FormField hidden;
        hidden.name = u"JID Visibility"_s;
        hidden.values = {u"jid-hidden"_s};
        Form changes;
        changes.fields = {hidden};
        const auto changed = alice.wait(driver.controls().changeSettings(made->room, changes));
        alice.close();
        return changed ? made->room : Jid();
    }
    /// The talk by way of the room, whoever it is with.
    static Chat talk(const Device &device, const Jid &room)
    {
        const auto chats = device.history->chats({}).result();
        if (chats)
            for (const Chat &chat : *chats)
                if (chat.viaRoom() == room) return chat;
        return {};
    }
};

void ServerPrivateTalkTest::thereAndBack_data()
{
    QTest::addColumn<ThrowawayServer::Kind>("server");
    QTest::addColumn<ChatKind>("kind");
    QTest::newRow("MUC on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Muc;
    QTest::newRow("MIX") << ThrowawayServer::Kind::Ejabberd << ChatKind::Mix;
    QTest::newRow("MUC on prosody") << ThrowawayServer::Kind::Prosody << ChatKind::Muc;
}

void ServerPrivateTalkTest::thereAndBack()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    const bool mix = kind == ChatKind::Mix;
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s, u"eve"_s},
                         mix ? QStringList{u"--mix-service"_s} : QStringList());
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device hers(host, u"hers"_s);
    Device his(host, u"his"_s, u"bob"_s);
    Jid room = mix ? hiddenChannel(host) : Jid();
    QVERIFY(hers.logIn().ok() && his.logIn().ok());
    if (!mix) {
        const auto made = hers.accounts->rooms().create(alice, newRoom(u"Quiet"_s, kind)).result();
        QVERIFY2(made.ok(), qPrintable(made.error().condition));
        room = made->chat.address;
    }
    QVERIFY(!room.isEmpty());
    QVERIFY(his.accounts->joinRoom(bob, room, u"Bob"_s).result().ok());
    const ChatId seen{bob, room};
    QTRY_VERIFY_WITH_TIMEOUT(!called(his, seen, u"Alice"_s).key.isEmpty(), 15'000);
    const Participant her = called(his, seen, u"Alice"_s);
    QVERIFY(her.address.isEmpty());
    QVERIFY(his.chat(room).capabilities.testFlag(Capability::PrivateTalk));

    const auto begun = his.accounts->rooms().talkInPrivate(seen, her).result();
    QVERIFY2(begun.ok(), qPrintable(begun.error().condition));
    QVERIFY(his.accounts->sendMessage(*begun, u"psst"_s).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(said(hers, talk(hers, room).id).contains(u"psst"_s), 15'000);
    Chat got = talk(hers, room);
    QCOMPARE(got.title(), u"Bob"_s);
    QVERIFY(got.isRequest()); // a stranger like any other
    QVERIFY(!said(hers, hers.chat(room).id).contains(u"psst"_s));
    QVERIFY(hers.accounts->sendMessage(got.id, u"what?"_s).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(said(his, *begun).contains(u"what?"_s), 15'000);
    QVERIFY(!talk(hers, room).isRequest());
    QCOMPARE(talk(his, room).title(), u"Alice"_s);

    // Whatever the archives have of it: each is there once, and in its place.
    for (Device *device : {&hers, &his}) {
        device->stop();
        device->start();
        QVERIFY(device->accounts->load().result().ok());
        QTRY_VERIFY_WITH_TIMEOUT(
            device->accounts->chatStates().result().value(device->chat(room).id).membership
                == Membership::Joined,
            15'000);
    }
    QTest::qWait(1'000);
    for (const Device *device : {&hers, &his}) {
        QCOMPARE(said(*device, talk(*device, room).id).size(), 2);
        QVERIFY(!said(*device, device->chat(room).id).contains(u"psst"_s));
    }
    // Who has gone is not reached, and one is told.
    QVERIFY(hers.accounts->leaveRoom(hers.chat(room).id).result().ok());
    QVERIFY(his.accounts->sendMessage(*begun, u"there?"_s).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto page = his.history->newest(*begun, 50).result();
            return page && std::ranges::any_of(page->messages, [](const Message &message) {
                       return message.body == u"there?" && message.delivery == Delivery::Failed;
                   });
        }(),
        15'000);
    if (mix) return; // an address there is one person's
    // Somebody else takes her nick: that is seen before anything is said to them.
    Device eves(host, u"eves"_s, u"eve"_s);
    QVERIFY(eves.logIn().ok());
    const Jid eve = host.account(u"eve"_s).address;
    QVERIFY(eves.accounts->joinRoom(eve, room, u"Alice"_s).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            const auto page = his.history->newest(*begun, 50).result();
            return page && !page->messages.isEmpty() && page->messages.last().notice == Notice::AnotherPerson;
        }(),
        15'000);
}

QTEST_GUILESS_MAIN(ServerPrivateTalkTest)
#include "tst_privatetalk.moc"
