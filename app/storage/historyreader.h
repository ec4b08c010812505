// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localhistory.h"

namespace Mingle {

class Database;

/// core's LocalHistory on the database's reading thread.
class HistoryReader final : public LocalHistory
{
public:
    /// database must outlive the reader.
    explicit HistoryReader(const Database &database)
        : m_database(database)
    {}

    QFuture<Result<QList<Chat>>> chats(const Jid &account) const override;
    QFuture<Result<MessagePage>> newest(const ChatId &chat, int limit) const override;
    QFuture<Result<MessagePage>> before(const ChatId &chat, qint64 row, int limit) const override;
    QFuture<Result<MessagePage>> after(const ChatId &chat, qint64 row, int limit) const override;
    QFuture<Result<MessagePage>> around(const ChatId &chat, qint64 row, int limit) const override;
    QFuture<Result<qint64>> firstSince(const ChatId &chat, const QDateTime &time) const override;
    QFuture<Result<QList<Participant>>> participants(const ChatId &chat) const override;
    QFuture<Result<QString>> draft(const ChatId &chat) const override;

private:
    const Database &m_database;
};

} // namespace Mingle
