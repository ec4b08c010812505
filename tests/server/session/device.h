// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fakeports.h"
#include "platform/systemclock.h"
#include "session/accounts.h"
#include "session/roomdoor.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "support/servers/throwawayserver.h"
#include "xmpp/connectionfactory.h"

#include <QTemporaryDir>
#include <QTest>

namespace Mingle {

/// As Alice makes it.
inline NewRoom newRoom(const QString &name, ChatKind kind)
{
    NewRoom room;
    room.name = name;
    room.nick = QStringLiteral("Alice");
    room.kind = kind;
    return room;
}

/// A device of somebody's, of Alice if nothing else is said: real stores, a real session, a real stream.
class Device
{
public:
    Device(const ThrowawayServer &server, const QString &name, const QString &user = QStringLiteral("alice"))
        : m_server(server)
        , m_name(name)
        , m_user(user)
    {
        start();
    }

    void start()
    {
        m_database = std::make_unique<Database>(m_folder.filePath(QStringLiteral("mingle.sqlite")));
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
            accounts->add(m_server.account(m_user, m_name), ThrowawayServer::password(m_user)).result();
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
    QString m_user;
    QTemporaryDir m_folder;
    FakeSecrets m_secrets;
    SystemClock m_clock;
};

} // namespace Mingle
