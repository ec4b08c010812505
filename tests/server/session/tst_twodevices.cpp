// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/device.h"
#include "session/preferencesdoor.h"
#include "support/servers/peerprocess.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
/// What is to be the same on both.
QString mark(const Chat &chat)
{
    const QString name =
        chat.kind == ChatKind::Muc ? chat.name : QString(); // MIX here tells it who made it only
    return u"%1|%2|%3|%4|%5|%6"_s.arg(name, chat.nick)
        .arg(int(chat.notify))
        .arg(chat.pinned)
        .arg(chat.rank)
        .arg(chat.autojoin);
}

void choose(const Device &device, const Jid &address, NotifyWhen when)
{
    const Chat chat = device.chat(address);
    ChatPreference wanted(chat);
    wanted.notify = when;
    if (!device.accounts->preferences().choose(chat.id, wanted, PreferencePart::Notify).result())
        qWarning("not stored");
}
void pin(const Device &device, const Jid &address, bool pinned, int rank)
{
    const Chat chat = device.chat(address);
    const ChatPreference wanted(chat.notify, pinned, rank);
    if (!device.accounts->preferences().choose(chat.id, wanted, PreferencePart::Favourite).result())
        qWarning("not stored");
}
} // namespace

/// Two running Mingles of one account are in step: lists of rooms, levels, favourites and their order. On real servers.
class ServerTwoDevicesTest : public QObject
{
    Q_OBJECT

    // How long it took until both say this of the chat.
    bool become(const Device &a, const Device &b, const std::function<bool(const Device &)> &is,
                const char *what)
    {
        QElapsedTimer since;
        since.start();
        if (!QTest::qWaitFor([&] { return is(a) && is(b); }, 15'000)) {
            qWarning("never: %s", what);
            return false;
        }
        m_times += u"%1 %2 ms, "_s.arg(QString::fromLatin1(what)).arg(since.elapsed());
        return true;
    }
    static void servers()
    {
        QTest::addColumn<ThrowawayServer::Kind>("server");
        QTest::addColumn<ChatKind>("kind");
        QTest::newRow("MUC on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Muc;
        QTest::newRow("MIX on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Mix;
        QTest::newRow("MUC on prosody") << ThrowawayServer::Kind::Prosody << ChatKind::Muc;
    }
    QString m_times;

private Q_SLOTS:
    void inStep_data() { servers(); }
    void inStep();
    void afterBeingAway_data() { servers(); }
    void afterBeingAway();
    void atTheSameMoment_data() { servers(); }
    void atTheSameMoment();
    void otherClientsKeepTheirs_data();
    void otherClientsKeepTheirs();
};

void ServerTwoDevicesTest::inStep()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    QVERIFY(desk.logIn().ok() && phone.logIn().ok());
    m_times.clear();

    const auto made = desk.accounts->rooms().create(alice, newRoom(u"Plans"_s, kind)).result();
    QVERIFY2(made.ok(), qPrintable(made.error().condition));
    const Jid room = made->chat.address;
    const auto joined = [&room](const Device &device) {
        const auto states = device.accounts->chatStates().result();
        return states.value(device.chat(room).id).membership == Membership::Joined;
    };
    QVERIFY(become(desk, phone, joined, "join"));
    const auto told = [&room](const Device &device) { return device.chat(room).listed; };
    QVERIFY(become(desk, phone, told, "listed"));

    const auto is = [](const Jid &chat, auto test) {
        return [chat, test](const Device &device) {
            const Chat found = device.chat(chat);
            return !found.id.isEmpty() && found.untold == PreferenceParts() && test(found);
        };
    };
    pin(desk, room, true, 100);
    QVERIFY(become(desk, phone, is(room, [](const Chat &c) { return c.pinned && c.rank == 100; }), "pin"));
    pin(phone, room, true, 50);
    QVERIFY(become(desk, phone, is(room, [](const Chat &c) { return c.rank == 50; }), "order"));
    choose(phone, room, NotifyWhen::Never);
    QVERIFY(become(desk, phone,
                   is(room, [](const Chat &c) { return c.notify == NotifyWhen::Never && c.pinned; }),
                   "level"));
    choose(desk, room, NotifyWhen::Usual);
    pin(desk, room, false, 0);
    QVERIFY(become(desk, phone,
                   is(room, [](const Chat &c) { return c.notify == NotifyWhen::Usual && !c.pinned; }),
                   "undone"));

    // A talk that exists on one of them only, and is a favourite: then it is there on both.
    QVERIFY(desk.accounts->startTalk(alice, bob).result().ok());
    pin(desk, bob, true, 7);
    choose(desk, bob, NotifyWhen::Never);
    QVERIFY(become(
        desk, phone,
        is(bob, [](const Chat &c) { return c.pinned && c.rank == 7 && c.notify == NotifyWhen::Never; }),
        "person"));

    QVERIFY(phone.accounts->leaveRoom(phone.chat(room).id).result().ok());
    QVERIFY(become(
        desk, phone, [&room](const Device &device) { return device.chat(room).id.isEmpty(); }, "leave"));
    qInfo("%s", qPrintable(m_times));
}

void ServerTwoDevicesTest::afterBeingAway()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    ThrowawayServer host(server, {u"alice"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    QVERIFY(desk.logIn().ok());
    const auto make = [&](const QString &name) {
        const auto made = desk.accounts->rooms().create(alice, newRoom(name, kind)).result();
        const Jid room = made ? made->chat.address : Jid();
        return QTest::qWaitFor([&] { return desk.chat(room).listed; }, 15'000) ? room : Jid();
    };
    const Jid stays = make(u"Stays"_s);
    const Jid goes = make(u"Goes"_s);
    QVERIFY(phone.logIn().ok());
    QTRY_VERIFY_WITH_TIMEOUT(phone.chat(stays).listed && phone.chat(goes).listed, 15'000);
    phone.stop();

    pin(desk, stays, true, 30);
    choose(desk, stays, NotifyWhen::OnMention);
    QVERIFY(desk.accounts->leaveRoom(desk.chat(goes).id).result().ok());
    const Jid comes = make(u"Comes"_s);
    pin(desk, comes, true, 20);
    for (const Jid &room : {stays, comes})
        QTRY_COMPARE_WITH_TIMEOUT(desk.chat(room).untold, PreferenceParts(), 15'000);
    desk.stop();

    // Chosen before there is a connection: it is told as soon as there is one, and outdoes what the server has.
    phone.start();
    host.command(u"stop"_s);
    QVERIFY(phone.accounts->load().result().ok());
    choose(phone, stays, NotifyWhen::Never);
    QCOMPARE(phone.chat(stays).notify, NotifyWhen::Never);
    QVERIFY(host.command(u"start"_s));
    phone.accounts->retryNow(alice);
    QTRY_VERIFY_WITH_TIMEOUT(phone.chat(comes).pinned && phone.chat(goes).id.isEmpty(), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(phone.chat(stays).untold, PreferenceParts(), 15'000);
    QCOMPARE(phone.chat(stays).notify, NotifyWhen::Never);
    QCOMPARE(phone.chat(stays).rank, 30);
    QCOMPARE(phone.chat(comes).rank, 20);
    desk.start();
    QVERIFY(desk.accounts->load().result().ok());
    QTRY_COMPARE_WITH_TIMEOUT(desk.chat(stays).notify, NotifyWhen::Never, 15'000);
    QCOMPARE(desk.chat(stays).rank, 30);
}

void ServerTwoDevicesTest::atTheSameMoment()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    ThrowawayServer host(server, {u"alice"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    QVERIFY(desk.logIn().ok());
    const auto made = desk.accounts->rooms().create(alice, newRoom(u"Plans"_s, kind)).result();
    QVERIFY2(made.ok(), qPrintable(made.error().condition));
    const Jid room = made->chat.address;
    QVERIFY(phone.logIn().ok());
    QTRY_VERIFY_WITH_TIMEOUT(desk.chat(room).listed && phone.chat(room).listed, 15'000);

    int kept = 0;
    constexpr int rounds = 12;
    for (int i = 1; i <= rounds; ++i) {
        const NotifyWhen level = i % 2 ? NotifyWhen::Never : NotifyWhen::Always;
        const auto ready = [&] {
            return desk.chat(room).untold == PreferenceParts() && phone.chat(room).untold == PreferenceParts()
                   && mark(desk.chat(room)) == mark(phone.chat(room));
        };
        choose(desk, room, level);
        pin(phone, room, true, i);
        if (i % 3 == 0) choose(phone, room, NotifyWhen::OnMention); // now they contradict each other
        QVERIFY(QTest::qWaitFor(ready, 15'000));
        QTest::qWait(200); // whatever may still be under way
        QVERIFY2(QTest::qWaitFor(ready, 15'000),
                 qPrintable(u"%1 but %2"_s.arg(mark(desk.chat(room)), mark(phone.chat(room)))));
        // They may have agreed for a moment on what one is just about to put right.
        QTRY_COMPARE_WITH_TIMEOUT(phone.chat(room).rank, i, 15'000);
        QVERIFY(QTest::qWaitFor(ready, 15'000));
        if (i % 3) kept += desk.chat(room).notify == level ? 1 : 0;
    }
    QCOMPARE(kept, rounds - rounds / 3); // neither undid what the other had changed
    // And it is what the server holds.
    Device third(host, u"third"_s);
    QVERIFY(third.logIn().ok());
    QTRY_COMPARE_WITH_TIMEOUT(mark(third.chat(room)), mark(desk.chat(room)), 15'000);
}

void ServerTwoDevicesTest::otherClientsKeepTheirs_data()
{
    QTest::addColumn<ThrowawayServer::Kind>("server");
    QTest::newRow("ejabberd") << ThrowawayServer::Kind::Ejabberd;
    QTest::newRow("prosody") << ThrowawayServer::Kind::Prosody;
}

void ServerTwoDevicesTest::otherClientsKeepTheirs()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    Device desk(host, u"desk"_s);
    Device phone(host, u"phone"_s);
    PeerProcess other(host, u"alice"_s);
    QVERIFY(desk.logIn().ok() && phone.logIn().ok());
    const auto made = desk.accounts->rooms().create(alice, newRoom(u"Plans"_s, ChatKind::Muc)).result();
    QVERIFY(made.ok());
    const Jid room = made->chat.address;
    QTRY_VERIFY_WITH_TIMEOUT(desk.chat(room).listed && phone.chat(room).listed, 15'000);
    QVERIFY(other.does(
        u"send_raw"_s,
        {{u"xml"_s, u"<iq type='set' id='s'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                    "<subscribe node='urn:xmpp:bookmarks:1' jid='alice@chat.test/peer'/></pubsub></iq>"_s}}));
    // Another client renames it and puts in what we do not know, and a rule for telephones.
    const auto publish = [&](const QString &attributes, const QString &inside) {
        return other.does(
            u"send_raw"_s,
            {{u"xml"_s,
              u"<iq type='set' id='b'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
              "<publish node='urn:xmpp:bookmarks:1'><item id='%1'><conference "
              "xmlns='urn:xmpp:bookmarks:1' %2>%3</conference></item></publish></pubsub></iq>"_s.arg(
                  room.toString(), attributes, inside)}});
    };
    const QString theirs =
        u"<nick>Al</nick><password>secret</password><extensions><p:thing xmlns:p='urn:their:thing' a='1'>"
        "<p:in>x</p:in><q xmlns='urn:q'/></p:thing><notify xmlns='urn:xmpp:notification-settings:1'>"
        "<on-mention identity-category='client' identity-type='phone'><advanced><w xmlns='urn:w'/></advanced>"
        "</on-mention></notify></extensions>"_s;
    QVERIFY(publish(u"name='Theirs' autojoin='true'"_s, theirs));
    for (const Device *device : {&desk, &phone}) {
        QTRY_COMPARE_WITH_TIMEOUT(device->chat(room).nick, u"Al"_s, 15'000);
        QTRY_COMPARE_WITH_TIMEOUT(device->chat(room).title(), u"Theirs"_s, 15'000);
        QCOMPARE(device->chat(room).name, u"Plans"_s); // as everybody else calls it
    }
    pin(desk, room, true, 9);
    choose(phone, room, NotifyWhen::Never);
    for (const Device *device : {&desk, &phone})
        QTRY_VERIFY_WITH_TIMEOUT(device->chat(room).pinned && device->chat(room).notify == NotifyWhen::Never,
                                 15'000);
    QTest::qWait(500);
    // Joined again without a password, as after a restart: the one on the server stays.
    QVERIFY(phone.accounts->joinRoom(alice, room, u"Al"_s).result().ok());
    const auto all = other.waitFor([](const QJsonObject &e) {
        const QString xml = e.value(u"xml").toString();
        for (const auto *part :
             {u"urn:their:thing", u"urn:q", u"urn:w", u"phone", u"secret", u"pinned", u"rank", u"never"})
            if (!xml.contains(QString(part))) return false;
        return true;
    });
    QVERIFY(!all.isEmpty());
    for (const Device *device : {&desk, &phone})
        QTRY_VERIFY_WITH_TIMEOUT(device->chat(room).pinned && device->chat(room).notify == NotifyWhen::Never,
                                 15'000);

    QTest::qWait(1'000); // what the phone has published last is over: else it would be said once more
    // XEP-0402 4: without autojoin it is left everywhere, and stays in the list.
    QVERIFY(publish(u"name='Theirs'"_s, theirs));
    const auto membership = [&](const Device &device) {
        return device.accounts->chatStates().result().value(device.chat(room).id).membership;
    };
    for (const Device *device : {&desk, &phone})
        QTRY_COMPARE_WITH_TIMEOUT(membership(*device), Membership::NotJoined, 15'000);
    // Who enters it again does so on all.
    desk.accounts->rejoin(desk.chat(room).id);
    for (const Device *device : {&desk, &phone})
        QTRY_COMPARE_WITH_TIMEOUT(membership(*device), Membership::Joined, 15'000);
}

QTEST_GUILESS_MAIN(ServerTwoDevicesTest)
#include "tst_twodevices.moc"
