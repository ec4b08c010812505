// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/connection.h"

#include <QTest>

namespace Mingle {

class ThrowawayServer;

/// A connection of ours to a throwaway server, and everything that it has reported. Waiting runs the event loop.
class LiveClient
{
public:
    LiveClient(const ThrowawayServer &server, const QString &user,
               const QString &resource = QStringLiteral("test"));
    ~LiveClient();

    /// Logs in; false if it could not, see closed.
    bool open();
    void close();
    Connection &operator*() const { return *m_connection; }
    Connection *operator->() const { return m_connection.get(); }

    /// The answer, or Timeout.
    template<typename T>
    Result<T> wait(QFuture<Result<T>> future, int timeoutMs = 60'000)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, timeoutMs))
            return Error::Kind::Timeout;
        return future.resultCount() ? future.result() : Result<T>(Error::Kind::Cancelled);
    }
    /// The message with this body in the chat, or an empty one.
    IncomingMessage waitForMessage(const Jid &chat, const QString &body, int timeoutMs = 60'000);
    /// Sends and waits for the server's acknowledgement.
    bool say(const Jid &chat, ChatKind kind, const QString &body, const QString &id);

    QList<IncomingMessage> messages;
    QList<Contact> roster;
    bool hasRoster = false;
    QHash<Jid, Presence> presences;
    QHash<Jid, QHash<QString, Participant>> people; ///< of each room, by key
    QHash<Jid, JoinedGroup> groups;
    QHash<Jid, Error> removals;
    QList<Bookmark> changedBookmarks;
    QList<Jid> removedBookmarks;
    Error closed;

private:
    void follow(GroupDriver *driver);

    const Account m_account;
    const QByteArray m_password;
    std::unique_ptr<Connection> m_connection;
    QObject m_context;
};

} // namespace Mingle
