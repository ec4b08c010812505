// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/message.h"
#include "core/result.h"

#include <QHash>
#include <QSet>

#include <map>
#include <optional>

namespace Mingle {

class Transaction;

/// What one transaction knows about the rows it works on: which number an address has, what each chat counts,
/// which places an archive has given. Written once at the end, so that a page of 250 messages costs 250
/// inserts and little else.
class Ledger
{
public:
    struct ArchiveEntry {
        qint64 row = 0;
        qint64 highest = 0;
        qint64 floor = 0; ///< see ArchiveStore::placeForNewestPage()
        bool dirty = false;
    };
    struct ChatEntry {
        qint64 row = 0;
        qint64 archive = 0;
        ChatId id;
        ChatKind kind = ChatKind::Person;
        QString nick; ///< mine
        Requests requests;
        bool hidden = false;
        std::optional<qint64> readOrder; ///< none: nothing was read
        std::optional<qint64> highestOrder; ///< of its messages
        int unread = 0;
        int mentions = 0;
        bool dirty = false; ///< counts and read place must be written

        bool isUnread(const Message &message) const
        {
            return message.delivery == Delivery::Received && (!readOrder || message.order > *readOrder);
        }
    };

    explicit Ledger(Transaction &tx)
        : m_tx(tx)
    {}

    /// 0 if there is no such account.
    Result<qint64> account(const Jid &address);
    /// The entry stays valid until forget(). Made if the account has none; NotFound if there is no account.
    Result<ArchiveEntry *> archive(const Jid &account, const Jid &address);
    Result<ArchiveEntry *> archive(qint64 row);
    /// Hidden chats too; nullptr if there is none. The entry stays valid until forget().
    Result<ChatEntry *> chat(const ChatId &id);
    Result<ChatEntry *> chat(qint64 row);
    /// Number of this author, as he is now, in a chat.
    Result<qint64> author(const ChatEntry &chat, const Author &author);

    /// A message stands at this place now. Notes HistoryChanged if others of its chat stand above it.
    Outcome place(ChatEntry &chat, qint64 order);
    /// No message stands at this place any more.
    Outcome leave(ChatEntry &chat, qint64 order);
    /// Takes a message into or out of the counts.
    void count(ChatEntry &chat, const Message &message, int sign);

    /// ChatChanged is due.
    void touch(const ChatEntry &chat) { m_touched.insert(chat.row); }
    /// Rows of the chats touched so far.
    const QSet<qint64> &touched() const { return m_touched; }

    /// Writes what is dirty, for queries that read these columns.
    Outcome flush();
    /// flush(), then notes ChatChanged for every chat touched, as it is in the end.
    Outcome settle();
    /// Drops everything known, written or not: rows were changed behind the ledger's back.
    void forget();
    /// The same, and what was touched since then has not been.
    void undo(const QSet<qint64> &touchedBefore)
    {
        forget();
        m_touched = touchedBefore;
    }

private:
    struct KnownAuthor {
        qint64 row = 0;
        Author author;
    };
    Result<ChatEntry *> loadChat(const QString &condition, const QList<QVariant> &values);
    Outcome loadHighest(ChatEntry &entry);

    Transaction &m_tx;
    std::map<qint64, ArchiveEntry> m_archives; ///< std::map: entries do not move
    std::map<qint64, ChatEntry> m_chats;
    QSet<qint64> m_touched;
    QHash<Jid, qint64> m_accounts;
    QHash<ChatId, qint64> m_chatRows;
    QHash<std::pair<qint64, QString>, KnownAuthor> m_authors; ///< by chat and key, as last seen
};

} // namespace Mingle
