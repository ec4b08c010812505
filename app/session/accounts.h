// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/chat.h"
#include "core/connectreport.h"
#include "core/result.h"
#include "core/room.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QThread;

namespace Mingle {

class Clock;
class Connection;
class Database;
class AvatarsDoor;
class DirectoryDoor;
class PreferencesDoor;
class PeopleDoor;
class Secrets;
class RoomDoor;
class Session;

/// What the accounts of a profile need; all must outlive them.
struct AccountsDependencies {
    Database &database;
    Secrets &secrets;
    Clock &clock;
    std::function<std::unique_ptr<Connection>()> connect; ///< called on the session thread
};

/// All accounts of a profile, and the only door the models have to them. The public functions may be called from
/// any thread; the work is done on the session thread, which this object owns. Signals are emitted there: connect
/// with a context object. What is stored comes by ChangeFeed and LocalHistory, not from here.
class Accounts : public QObject
{
    Q_OBJECT
public:
    explicit Accounts(const AccountsDependencies &dependencies);
    /// Closes all streams (waits 2 s at most).
    ~Accounts() override;

    /// Reads the accounts and starts those that are enabled. An account without a password in the keychain comes
    /// up as NeedsPassword.
    QFuture<Result<QList<Account>>> load();
    /// Logs in, and only when that has worked stores the account and its password. keep: password into the
    /// keychain; where there is none, the account is added all the same and the answer is NoKeychain.
    QFuture<Outcome> add(const Account &account, const QByteArray &password, bool keep = true);
    /// Logs out and removes everything that is stored here for it.
    QFuture<Outcome> remove(const Jid &account);
    /// What is stored, enabled or not; starts nothing.
    QFuture<Result<QList<Account>>> list();

    /// Answers NeedsPassword.
    void setPassword(const Jid &account, const QByteArray &password, bool keep);
    void retryNow(const Jid &account);
    /// Of all accounts: to store what came in and could not be stored.
    void retryStoring();
    void setOnline(const Jid &account, bool online);
    /// Another network, or the machine has slept: all accounts try at once, or make sure that they are connected.
    void networkChanged();
    /// XEP-0352, for all accounts: whether the window can be seen.
    void setActive(bool active);
    /// The chat that the person looks at: it catches up first.
    void setOnScreen(const ChatId &chat);

    /// Finds out whether it is MIX or MUC, joins, bookmarks. An empty nick: the account's localpart.
    QFuture<Result<ChatId>> joinRoom(const Jid &account, const Jid &room, const QString &nick = {},
                                     const QString &password = {});
    /// Making and changing rooms, and invitations.
    RoomDoor &rooms();
    /// Leaves for good: also takes it from the bookmarks or the roster, and from the list.
    QFuture<Outcome> leaveRoom(const ChatId &chat);
    /// Opens a one to one talk; makes it if there is none.
    QFuture<Result<ChatId>> startTalk(const Jid &account, const Jid &person);
    /// Tries again to join after Membership::Failed.
    void rejoin(const ChatId &chat);

    /// Commits the message as Waiting, then sends it. The answer is its row; what happens later comes by ChangeFeed.
    QFuture<Result<qint64>> sendMessage(const ChatId &chat, const QString &body);
    /// Failed -> Waiting.
    QFuture<Outcome> retryMessage(const ChatId &chat, qint64 row);
    /// Takes a Failed or Waiting message back out.
    QFuture<Outcome> discardMessage(const ChatId &chat, qint64 row);
    void markRead(const ChatId &chat, qint64 row = 0);
    void setDraft(const ChatId &chat, const QString &text);
    /// Asks the archive for what lies in the seam below this row (0: before the first). ok when something came
    /// or nothing more is there; HistoryChanged tells the views.
    QFuture<Outcome> fetchOlder(const ChatId &chat, qint64 row = 0);

    /// Notification levels and favourites.
    PreferencesDoor &preferences();
    /// Contacts, requests, blocking.
    PeopleDoor &people();
    /// Pictures of people and rooms.
    AvatarsDoor &avatars();

    /// What is known of all chats now; changes come by chatStateChanged().
    QFuture<QHash<ChatId, ChatState>> chatStates();
    QFuture<QHash<Jid, ConnectionStatus>> statuses();

    /// Finding rooms. Lives as long as this object.
    DirectoryDoor &directory();

Q_SIGNALS:
    void accountsChanged(const QList<Mingle::Account> &accounts);
    void statusChanged(const Mingle::Jid &account, const Mingle::ConnectionStatus &status);
    void chatStateChanged(const Mingle::ChatId &chat, const Mingle::ChatState &state);
    /// A new message that deserves a notification by the chat's level (XEP-0492), received live.
    void attention(const Mingle::ChatId &chat, const QString &author, const QString &text);
    /// Who may enter a room, or who is kept out, has been changed by somebody.
    void roomListChanged(const Mingle::ChatId &chat, Mingle::AccessList list);
    /// Somebody asks me into a room, received live. It is in the list, or will be.
    void invited(const Mingle::ChatId &chat, const Mingle::Invitation &invitation);
    /// What comes in for the account cannot be stored (told after each try: it goes on trying), or can again (None).
    void storingChanged(const Mingle::Jid &account, const Mingle::Error &error);
    /// A connect has come through, has ended or has failed: one with the same `began` takes the place of the first.
    void connectReported(const Mingle::Jid &account, const Mingle::ConnectReport &report);
    /// The password could not be kept; it will be asked for at each start.
    void keychainMissing(const Mingle::Jid &account, const Mingle::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Mingle
