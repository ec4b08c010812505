// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/result.h"

#include <optional>

namespace Mingle {

class Query;
class Transaction;

/// The message table. Notes MessageAdded and MessageChanged on the transaction, keeps the chat's last
/// message, unread and mention counts and the search index true and notes ChatChanged. Every function may fail with Storage.
class MessageStore
{
public:
    explicit MessageStore(Transaction &tx)
        : m_tx(tx)
    {}

    /// Stores a new message and gives it its row. The chat must exist (ChatStore::ensure).
    /// Counts it as unread if it is Received and beyond what was read.
    Result<Message> add(const Message &message);
    /// Writes all fields of a stored message again.
    Outcome update(const Message &message);
    Outcome remove(qint64 row);

    Result<std::optional<Message>> byRow(qint64 row) const;
    /// The message with this id in the chat's archive (XEP-0359 stanza-id).
    Result<std::optional<Message>> byArchiveId(const ChatId &chat, const QString &archiveId) const;
    /// A message by this author (Author::key) with this origin-id.
    Result<std::optional<Message>> byOriginId(const ChatId &chat, const QString &authorKey,
                                              const QString &originId) const;
    /// My own message with this origin-id, or with this id attribute.
    Result<std::optional<Message>> mine(const ChatId &chat, const QString &originOrStanzaId) const;
    /// Whether I have ever written there, from any device, or want to.
    Result<bool> hasMine(const ChatId &chat) const;
    /// What stands last in it, notices as well.
    Result<std::optional<Message>> newest(const ChatId &chat) const;
    /// A message by this author with this id attribute (targets of XEP-0308).
    Result<std::optional<Message>> byStanzaId(const ChatId &chat, const QString &authorKey,
                                              const QString &stanzaId) const;
    /// Without archive id, by this author, same body, no more than 10 s apart from time: the live copy of an
    /// archived message on a server without stanza-ids.
    Result<std::optional<Message>> likely(const Message &message) const;
    /// Of mine, above this place: the server has them, and no copy in the archive was met.
    Result<QList<Message>> sentAbove(const ChatId &chat, qint64 order) const;
    /// Whether the chat has a message with an archive id, not mine and waiting, above this place.
    Result<bool> hasArchivedAbove(const ChatId &chat, qint64 order) const;
    /// All in state Waiting, in order, of one account; of one chat if it is given.
    Result<QList<Message>> waiting(const Jid &account, const ChatId &chat = {}) const;

private:
    enum class IdKind { Origin, Stanza };
    /// The message of the first of these rows.
    Result<std::optional<Message>> firstOf(Query &rows) const;
    /// The newest message with this id, by this author or, if none is given, by me.
    Result<std::optional<Message>> newestWith(IdKind kind, const ChatId &chat, const QString &id,
                                              const std::optional<QString> &authorKey) const;
    Outcome indexAgain(const Message &before, const Message &after, qint64 chat, qint64 author);
    Result<qint64> archiveFor(const Message &message, const Message &before, qint64 current) const;

    Transaction &m_tx;
};

} // namespace Mingle
