// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/localhistory.h"

namespace Mingle::Test {

/// LocalHistory that has chats and members, and no messages. Answers at once.
class ListsFake final : public LocalHistory
{
public:
    QList<Chat> storedChats;
    QList<Participant> people;
    Error failure;
    mutable int peopleReads = 0;

    QFuture<Result<QList<Chat>>> chats(const Jid &) const override
    {
        return failure ? answered(Result<QList<Chat>>(failure)) : answered(Result(storedChats));
    }
    QFuture<Result<MessagePage>> newest(const ChatId &, int) const override
    {
        return answered(Result(MessagePage{}));
    }
    QFuture<Result<MessagePage>> before(const ChatId &, qint64, int) const override
    {
        return answered(Result(MessagePage{}));
    }
    QFuture<Result<MessagePage>> after(const ChatId &, qint64, int) const override
    {
        return answered(Result(MessagePage{}));
    }
    QFuture<Result<MessagePage>> around(const ChatId &, qint64, int) const override
    {
        return answered(Result(MessagePage{}));
    }
    QFuture<Result<qint64>> firstSince(const ChatId &, const QDateTime &) const override
    {
        return answered(Result<qint64>(0));
    }
    QFuture<Result<QList<Participant>>> participants(const ChatId &) const override
    {
        ++peopleReads;
        return failure ? answered(Result<QList<Participant>>(failure)) : answered(Result(people));
    }
    QFuture<Result<QString>> draft(const ChatId &) const override { return answered(Result(QString())); }
};

} // namespace Mingle::Test
