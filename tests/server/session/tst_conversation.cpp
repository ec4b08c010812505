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

/// One person's Mingle without a window: real stores, a real session, a real stream.
class RealSession
{
public:
    RealSession(const ThrowawayServer &server, const QString &user)
        : m_server(server)
        , m_user(user)
        , me(server.account(user).address)
    {
        start();
    }

    void start()
    {
        m_database = std::make_unique<Database>(m_folder.filePath(u"mingle.sqlite"_s));
        QVERIFY(m_database->open().result().ok());
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
        return accounts->add(m_server.account(m_user), ThrowawayServer::password(m_user)).result();
    }

    ChatId chat(const Jid &address) const { return {me, address}; }
    QList<Message> messages(const Jid &address) const
    {
        return history->newest(chat(address), 10'000).result()->messages;
    }
    /// The one message with this body, or an empty one if there is none or more than one.
    Message message(const Jid &address, const QString &body) const
    {
        QList<Message> found = messages(address);
        found.removeIf([&body](const Message &message) { return message.body != body; });
        return found.size() == 1 ? found.first() : Message();
    }
    bool receives(const Jid &address, const QString &body, const QString &nick)
    {
        return QTest::qWaitFor(
            [&] {
                const Message found = message(address, body);
                return found.row != 0 && (nick.isEmpty() || found.author.nick == nick) && !found.author.isMe;
            },
            30'000);
    }
    bool isArchived(const Jid &address, const QString &body)
    {
        return QTest::qWaitFor([&] { return message(address, body).delivery == Delivery::Archived; }, 30'000);
    }
    bool isJoined(const Jid &room)
    {
        return QTest::qWaitFor(
            [&] {
                return accounts->chatStates().result().value(chat(room)).membership == Membership::Joined;
            },
            30'000);
    }
    QStringList nicks(const Jid &room) const
    {
        QStringList all;
        const QList<Participant> members = history->participants(chat(room)).result().value();
        for (const Participant &member : members)
            all.append(member.nick);
        all.sort();
        return all;
    }

    std::unique_ptr<Database> m_database; ///< outlives all below
    std::unique_ptr<HistoryReader> history;
    std::unique_ptr<Accounts> accounts;

private:
    const ThrowawayServer &m_server;
    QString m_user;
    QTemporaryDir m_folder;
    FakeSecrets m_secrets;
    SystemClock m_clock;

public:
    const Jid me;
};

QStringList difficultBodies()
{
    return {
        u"plain"_s,
        u"emoji \U0001F469\u200D\U0001F4BB \U0001F1E9\U0001F1EA e\u0301"_s,
        u"\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u4F60\u597D"_s,
        u"<b>&amp; ]]> \"quotes\"\n  two\n\nlines"_s,
        QString(u"\u00FC100 KB "_s.repeated(100'000 / 10)).trimmed(),
    };
}
} // namespace

/// Two Mingles and a peer that is not, on real servers.
class ServerConversationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void talks_data();
    void talks();
    void oneToOne_data() { servers(); }
    void oneToOne();
    void bounces_data() { servers(); }
    void bounces();
    void roomsComeBack_data() { talks_data(); }
    void roomsComeBack();
    void wrongPassword_data() { servers(); }
    void wrongPassword();

private:
    void servers();
    static bool joinPeer(PeerProcess &peer, ChatKind kind, const Jid &room);
};

void ServerConversationTest::servers()
{
    QTest::addColumn<ThrowawayServer::Kind>("server");
    QTest::newRow("ejabberd") << ThrowawayServer::Kind::Ejabberd;
    QTest::newRow("prosody") << ThrowawayServer::Kind::Prosody;
}

void ServerConversationTest::talks_data()
{
    QTest::addColumn<ThrowawayServer::Kind>("server");
    QTest::addColumn<ChatKind>("kind");
    QTest::newRow("MIX on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Mix;
    QTest::newRow("MUC on ejabberd") << ThrowawayServer::Kind::Ejabberd << ChatKind::Muc;
    QTest::newRow("MUC on prosody") << ThrowawayServer::Kind::Prosody << ChatKind::Muc;
}

bool ServerConversationTest::joinPeer(PeerProcess &peer, ChatKind kind, const Jid &room)
{
    const bool mix = kind == ChatKind::Mix;
    return peer.does(mix ? u"join_mix"_s : u"join_muc"_s,
                     {{mix ? u"channel"_s : u"room"_s, room.toString()}, {u"nick"_s, u"Carol"_s}});
}

void ServerConversationTest::talks()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s, u"carol"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    RealSession alice(host, u"alice"_s);
    RealSession bob(host, u"bob"_s);
    PeerProcess carol(host, u"carol"_s);
    QVERIFY(alice.logIn().ok());
    QVERIFY(bob.logIn().ok());

    const auto made = alice.accounts->rooms().create(alice.me, newRoom(u"Tea & biscuits"_s, kind)).result();
    QVERIFY2(made.ok(), qPrintable(made.error().condition + made.error().text));
    const Jid room = made->chat.address;
    const auto joined = bob.accounts->joinRoom(bob.me, room, u"Bob"_s).result();
    QVERIFY2(joined.ok(), qPrintable(joined.error().condition + joined.error().text));
    QVERIFY(joinPeer(carol, kind, room));
    QTRY_COMPARE_WITH_TIMEOUT(alice.nicks(room), QStringList({u"Alice"_s, u"Bob"_s, u"Carol"_s}), 20'000);

    for (const QString &body : difficultBodies()) {
        QVERIFY(alice.accounts->sendMessage(alice.chat(room), body).result().ok());
        QVERIFY(bob.receives(room, body, u"Alice"_s));
        QVERIFY(!carol.waitForMessage(room.toString(), body).isEmpty());
        QVERIFY(alice.isArchived(room, body));
        const QString answer = u"answer to: "_s + body.left(50'000);
        QVERIFY(carol.does(u"send"_s,
                           {{u"to"_s, room.toString()}, {u"type"_s, u"groupchat"_s}, {u"body"_s, answer}}));
        QVERIFY(alice.receives(room, answer, u"Carol"_s));
        QVERIFY(bob.receives(room, answer, u"Carol"_s));
    }
    // Both have the same, once, in the same order.
    QTRY_COMPARE(alice.messages(room).size(), bob.messages(room).size());
    for (qsizetype i = 0; i < alice.messages(room).size(); ++i) {
        QCOMPARE(alice.messages(room).at(i).body, bob.messages(room).at(i).body);
        QCOMPARE(alice.messages(room).at(i).archiveId, bob.messages(room).at(i).archiveId);
    }
    QVERIFY(bob.accounts->leaveRoom(bob.chat(room)).result().ok());
}

void ServerConversationTest::oneToOne()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s, u"carol"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    RealSession alice(host, u"alice"_s);
    RealSession bob(host, u"bob"_s);
    PeerProcess carol(host, u"carol"_s);
    QVERIFY(alice.logIn().ok());
    QVERIFY(bob.logIn().ok());
    const Jid carolsAddress = host.account(u"carol"_s).address;
    for (const QString &body : difficultBodies()) {
        QVERIFY(alice.accounts->sendMessage(alice.chat(bob.me), body).result().ok());
        QVERIFY(bob.receives(alice.me, body, {}));
        QVERIFY(alice.isArchived(bob.me, body));
        QVERIFY(carol.does(u"send"_s, {{u"to"_s, alice.me.toString()}, {u"body"_s, body}}));
        QVERIFY(alice.receives(carolsAddress, body, {}));
        QVERIFY(alice.accounts->sendMessage(alice.chat(carolsAddress), body).result().ok());
        QVERIFY(!carol.waitForMessage(alice.me.toString(), body).isEmpty());
    }
}

// Whether the error or the archived copy comes first.
void ServerConversationTest::bounces()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    RealSession alice(host, u"alice"_s);
    QVERIFY(alice.logIn().ok());
    for (const QString &name : {u"nobody@chat.test"_s, u"ben@nowhere.invalid"_s}) {
        const Jid nobody = Jid::trusted(name);
        QVERIFY(alice.accounts->sendMessage(alice.chat(nobody), u"is anybody there?"_s).result().ok());
        const auto failed = [&] {
            const Message sent = alice.message(nobody, u"is anybody there?"_s);
            return sent.delivery == Delivery::Failed && sent.failure;
        };
        QVERIFY2(QTest::qWaitFor(failed, 40'000), qPrintable(name));
        qInfo("%s: %s", qPrintable(name),
              qPrintable(alice.message(nobody, u"is anybody there?"_s).failure.condition));
        QTest::qWait(1'000); // for what the archive says
        QVERIFY(failed());
    }
    alice.stop();
    alice.start();
    QVERIFY(alice.accounts->load().result().ok());
    QTest::qWait(2'000);
    QCOMPARE(alice.message(Jid::trusted(u"nobody@chat.test"), u"is anybody there?"_s).delivery,
             Delivery::Failed);
}

void ServerConversationTest::roomsComeBack()
{
    QFETCH(ThrowawayServer::Kind, server);
    QFETCH(ChatKind, kind);
    ThrowawayServer host(server, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    RealSession alice(host, u"alice"_s);
    RealSession bob(host, u"bob"_s);
    QVERIFY(alice.logIn().ok());
    QVERIFY(bob.logIn().ok());
    const auto made = alice.accounts->rooms().create(alice.me, newRoom(u"Back again"_s, kind)).result();
    QVERIFY(made.ok());
    const Jid room = made->chat.address;
    QVERIFY(bob.accounts->joinRoom(bob.me, room, u"Bob"_s).result().ok());
    QVERIFY(bob.accounts->sendMessage(bob.chat(room), u"before"_s).result().ok());
    QVERIFY(alice.receives(room, u"before"_s, u"Bob"_s));

    alice.stop();
    QVERIFY(bob.accounts->sendMessage(bob.chat(room), u"while she was away"_s).result().ok());
    QVERIFY(bob.isArchived(room, u"while she was away"_s));
    alice.start();
    QCOMPARE(alice.message(room, u"before"_s).author.nick, u"Bob"_s); // offline
    QVERIFY(alice.accounts->load().result().ok());
    QVERIFY(alice.isJoined(room));
    QVERIFY(alice.receives(room, u"while she was away"_s, u"Bob"_s));
    QVERIFY(alice.accounts->sendMessage(alice.chat(room), u"back"_s).result().ok());
    QVERIFY(bob.receives(room, u"back"_s, u"Alice"_s));
    QCOMPARE(alice.messages(room).size(), 3);
}

void ServerConversationTest::wrongPassword()
{
    QFETCH(ThrowawayServer::Kind, server);
    ThrowawayServer host(server, {u"alice"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    RealSession alice(host, u"alice"_s);
    QCOMPARE(alice.accounts->add(host.account(u"alice"_s), "not it").result().error().kind,
             Error::Kind::WrongPassword);
    QVERIFY(alice.accounts->list().result()->isEmpty());
    QVERIFY(alice.logIn().ok());
}

QTEST_GUILESS_MAIN(ServerConversationTest)
#include "tst_conversation.moc"
