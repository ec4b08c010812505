// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/room.h"
#include "session/reconnectpolicy.h"
#include "session/sessioncontext.h"
#include "xmpp/connection.h"

#include <QObject>

#include <memory>

namespace Mingle {

class Groups;
class HistorySync;
class OrderCheck;
class Outbox;
class AvatarKeeper;
class People;
class Pipeline;
class Preferences;
class PrivateTalks;
class ReadMarks;
class RoomActions;
class Secrets;
class Shortfall;

/// One account alive: keeps its connection up and ties the parts together. Session thread only; Accounts is the door.
class Session : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        Database &database;
        Secrets &secrets;
        Clock &clock;
        std::unique_ptr<Connection> connection;
    };

    Session(const Account &account, Parts parts, QObject *parent);
    ~Session() override;

    const Account &account() const { return m_account; }
    const ConnectionStatus &status() const { return m_status; }

    /// Reads the password and token from the keychain, then connects; NeedsPassword without one.
    void start();
    /// keep: into the keychain as soon as the server has accepted it.
    void startWith(const QByteArray &password, bool keep);
    /// Ends the stream in order and stays offline.
    void stop();
    void retryNow();
    /// The password, and from now on tokens, into the keychain. NoKeychain where there is none.
    QFuture<Outcome> keepCredentials();
    /// Another network, or awake again: tries at once what waits, doubts what is connected.
    void networkChanged();
    void setActive(bool active) { m_connection->setActive(active); }
    void setOnScreen(const ChatId &chat);

    Groups &groups() { return *m_groups; }
    RoomActions &rooms() { return *m_rooms; }
    People &people() { return *m_people; }
    AvatarKeeper &avatars() { return *m_avatars; }
    Outbox &outbox() { return *m_outbox; }
    ReadMarks &readMarks() { return *m_readMarks; }
    Preferences &preferences() { return *m_preferences; }
    Shortfall &shortfall() { return *m_shortfall; }
    RoomDirectory &directory() { return *m_connection->directory(); }
    QFuture<Outcome> fetchOlder(const ChatId &chat, qint64 row);
    QFuture<Result<qint64>> sendMessage(const ChatId &chat, const QString &body);

Q_SIGNALS:
    void statusChanged(const Mingle::ConnectionStatus &status);
    void chatStateChanged(const Mingle::ChatId &chat, const Mingle::ChatState &state);
    void attention(const Mingle::ChatId &chat, const QString &author, const QString &text);
    void roomListChanged(const Mingle::ChatId &chat, Mingle::AccessList list);
    /// Somebody asks me into a room, now.
    void invited(const Mingle::ChatId &chat, const Mingle::Invitation &invitation);
    void keychainMissing(const Mingle::Error &error);
    /// What comes in cannot be stored (after each try), or can again (None).
    void storingChanged(const Mingle::Error &error);
    /// See Connection::reported().
    void connectReported(const Mingle::ConnectReport &report);
    /// Logged in, before anything of the session is stored.
    void aboutToBegin();

private:
    void open();
    void openAsLastTime();
    void opened(bool resumed);
    void beginSession();
    void closed(const Error &reason);
    void retryIn(std::chrono::milliseconds delay, const Error &reason);
    void setStatus(ConnectionStatus::State state, const Error &reason = {}, const QDateTime &retryAt = {});
    void connectParts();
    void messageReceived(const IncomingMessage &message);
    void notify(const Message &message, bool request);
    void connectPeople();
    void lookAgain(const Jid &archive, ChatKind kind);
    void setAvatar(const QString &id);

    Account m_account;
    Secrets &m_secrets;
    Clock &m_clock;
    std::unique_ptr<Connection> m_connection;
    SessionContext m_context;
    Pipeline *m_pipeline;
    HistorySync *m_history;
    Shortfall *m_shortfall;
    OrderCheck *m_order;
    Outbox *m_outbox;
    Groups *m_groups;
    RoomActions *m_rooms;
    People *m_people;
    AvatarKeeper *m_avatars;
    ReadMarks *m_readMarks;
    Preferences *m_preferences;
    PrivateTalks *m_privateTalks;
    ReconnectPolicy m_policy;
    QDateTime m_liveSince; ///< invalid: it is not
    Credentials m_credentials;
    ConnectionStatus m_status;
    bool m_keepPassword = false;
    bool m_passwordIsNew = false; ///< typed, and not yet accepted by the server
    bool m_featuresAreNew = false; ///< since they were stored
    bool m_wanted = false; ///< the person wants to be online
    int m_retry = 0; ///< a timer set for an earlier one does nothing
};

} // namespace Mingle
