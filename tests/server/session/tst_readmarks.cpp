// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeports.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "session/roomdoor.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"
#include "xmpp/connectionfactory.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
NewRoom newRoom(const QString &name, ChatKind kind)
{
    NewRoom room;
    room.name = name;
    room.nick = u"Alice"_s;
    room.kind = kind;
    return room;
}

/// One of Alice's devices: real stores, a real session, a real stream.
class Device
{
public:
    Device(const ThrowawayServer &server, const QString &name)
        : m_server(server)
        , m_name(name)
    {
        start();
    }

    void start()
    {
        m_database = std::make_unique<Database>(m_folder.filePath(u"mingle.sqlite"_s));
        if (!m_database->open().result()) qFatal("no database");
        history = std::make_unique<HistoryReader>(*m_database);
        accounts = std::make_unique<Accounts>(
            AccountsDependencies{*m_database, m_secrets, m_clock, qxmppConnections()});
    }
    void stop()
    {
        accounts.reset();
        history.reset();
        m_database.reset();
    }
    Outcome logIn()
    {
        const auto added =
            accounts->add(m_server.account(u"alice"_s, m_name), ThrowawayServer::password(u"alice"_s))
                .result();
        // What the first look into an archive brings is no news.
        const auto looked = [this] { return !accounts->statuses().result().cbegin()->catchingUp; };
        return QTest::qWaitFor(looked, 30'000) ? added : Outcome(Error::Kind::Timeout);
    }
    Chat chat(const Jid &address) const
    {
        const auto all = history->chats({}).result().value();
        for (const Chat &one : all)
            if (one.id.address == address) return one;
        return {};
    }
    bool has(const Jid &address, int messages, int unread)
    {
        const auto is = [&] {
            const Chat found = chat(address);
            return !found.id.isEmpty() && found.unread == unread
                   && history->newest(found.id, 100).result()->messages.size() == messages;
        };
        if (QTest::qWaitFor(is, 30'000)) return true;
        const Chat found = chat(address);
        qWarning("%s: %d messages, %d unread", qPrintable(m_name),
                 int(history->newest(found.id, 100).result()->messages.size()), found.unread);
        return false;
    }
    /// Reads up to this message, counted from the oldest.
    void read(const Jid &address, int index) const
    {
        const ChatId id = chat(address).id;
        accounts->markRead(id, history->newest(id, 100).result()->messages.at(index).row);
    }

    std::unique_ptr<Database> m_database; ///< outlives all below
    std::unique_ptr<HistoryReader> history;
    std::unique_ptr<Accounts> accounts;

private:
    const ThrowawayServer &m_server;
    QString m_name;
    QTemporaryDir m_folder;
    FakeSecrets m_secrets;
    SystemClock m_clock;
};
} // namespace

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
