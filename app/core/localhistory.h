// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/participant.h"
#include "core/result.h"

namespace Mingle {

/// Reads what is stored, for views. Callable from any thread; answers come on the database's reading
/// thread: use .then(context, ...). Never waits for the writer.
class LocalHistory
{
public:
    virtual ~LocalHistory() = default;

    /// All chats of one account, or of all if account is empty.
    virtual QFuture<Result<QList<Chat>>> chats(const Jid &account) const = 0;
    /// The newest messages of a chat.
    virtual QFuture<Result<MessagePage>> newest(const ChatId &chat, int limit) const = 0;
    /// Up to limit messages directly older than row, not including it.
    virtual QFuture<Result<MessagePage>> before(const ChatId &chat, qint64 row, int limit) const = 0;
    /// Up to limit messages directly newer than row, not including it.
    virtual QFuture<Result<MessagePage>> after(const ChatId &chat, qint64 row, int limit) const = 0;
    /// limit messages with row in their middle, as far as there are any.
    virtual QFuture<Result<MessagePage>> around(const ChatId &chat, qint64 row, int limit) const = 0;
    /// Row of the first message, in the order of the timeline, that is of this time or later; 0: none is.
    virtual QFuture<Result<qint64>> firstSince(const ChatId &chat, const QDateTime &time) const = 0;
    virtual QFuture<Result<QList<Participant>>> participants(const ChatId &chat) const = 0;
    virtual QFuture<Result<QString>> draft(const ChatId &chat) const = 0;
};

} // namespace Mingle
