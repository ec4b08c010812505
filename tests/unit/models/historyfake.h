// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/localhistory.h"

#include <QPromise>
#include <QTimeZone>

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace Mingle::Test {

/// LocalHistory in memory. Answers at once, or only when told to, so that a test decides what overtakes what;
/// an answer that is held back shows what was stored when it was asked for, like a read transaction.
class HistoryFake final : public LocalHistory
{
public:
    QList<Message> messages; ///< of all chats, in any order
    QList<std::pair<ChatId, qint64>> seams;
    QString storedDraft;
    Error failure; ///< given instead of any page
    bool held = false;
    mutable int reads = 0;
    mutable std::function<void(qint64 row)> beforeReading; ///< called with the row a page leads on from

    /// Gives the oldest answer that is held back. False: there is none.
    bool release()
    {
        if (m_held.empty()) {
            return false;
        }
        auto [promise, page] = std::move(m_held.front());
        m_held.pop_front();
        promise->addResult(page);
        promise->finish();
        return true;
    }

    QList<Message> ordered(const ChatId &chat) const
    {
        QList<Message> result;
        std::copy_if(messages.begin(), messages.end(), std::back_inserter(result),
                     [&](const Message &message) { return message.chat == chat; });
        std::sort(result.begin(), result.end(), [](const Message &a, const Message &b) {
            return std::pair(a.order, a.row) < std::pair(b.order, b.row);
        });
        return result;
    }

    QFuture<Result<QList<Chat>>> chats(const Jid &) const override { return answered(Result<QList<Chat>>()); }
    QFuture<Result<MessagePage>> newest(const ChatId &chat, int limit) const override
    {
        const QList<Message> all = ordered(chat);
        return page(chat, all, all.size() - limit, all.size());
    }
    QFuture<Result<MessagePage>> before(const ChatId &chat, qint64 row, int limit) const override
    {
        if (!isThere(chat, row)) return gone();
        const QList<Message> all = ordered(chat);
        const qsizetype at = indexOf(all, row);
        return page(chat, all, at - limit, at);
    }
    QFuture<Result<MessagePage>> after(const ChatId &chat, qint64 row, int limit) const override
    {
        if (!isThere(chat, row)) return gone();
        const QList<Message> all = ordered(chat);
        const qsizetype at = indexOf(all, row) + 1;
        return page(chat, all, at, at + limit);
    }
    QFuture<Result<MessagePage>> around(const ChatId &chat, qint64 row, int limit) const override
    {
        if (!isThere(chat, row)) return gone();
        const QList<Message> all = ordered(chat);
        const qsizetype at = indexOf(all, row);
        return page(chat, all, at - limit / 2, at - limit / 2 + limit);
    }
    QFuture<Result<qint64>> firstSince(const ChatId &chat, const QDateTime &time) const override
    {
        const QList<Message> all = ordered(chat);
        const auto found = std::find_if(all.begin(), all.end(),
                                        [time](const Message &message) { return message.time >= time; });
        return answered(failure ? Result<qint64>(failure)
                                : Result<qint64>(found == all.end() ? 0 : found->row));
    }
    QFuture<Result<QList<Participant>>> participants(const ChatId &) const override
    {
        return answered(Result<QList<Participant>>());
    }
    QFuture<Result<QString>> draft(const ChatId &) const override
    {
        return answered(Result<QString>(storedDraft));
    }

private:
    static qsizetype indexOf(const QList<Message> &all, qint64 row)
    {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [row](const Message &message) { return message.row == row; });
        return found - all.begin();
    }
    bool isThere(const ChatId &chat, qint64 row) const
    {
        if (beforeReading) beforeReading(row);
        const QList<Message> all = ordered(chat);
        return indexOf(all, row) < all.size();
    }
    static QFuture<Result<MessagePage>> gone()
    {
        return answered(Result<MessagePage>(Error::Kind::NotFound, QStringLiteral("no-message")));
    }

    QFuture<Result<MessagePage>> page(const ChatId &chat, const QList<Message> &all, qsizetype from,
                                      qsizetype to) const
    {
        ++reads;
        from = std::clamp<qsizetype>(from, 0, all.size());
        to = std::clamp<qsizetype>(to, from, all.size());
        MessagePage page;
        page.messages = all.mid(from, to - from);
        page.reachesOldest = from == 0;
        page.reachesNewest = to == all.size();
        for (const auto &[where, row] : seams) {
            const bool inside =
                std::any_of(page.messages.begin(), page.messages.end(),
                            [row = row](const Message &message) { return message.row == row; });
            if (where == chat && (inside || (row == 0 && page.reachesOldest))) {
                page.seamsAfter.append(row);
            }
        }
        const Result<MessagePage> result = failure ? Result<MessagePage>(failure) : Result<MessagePage>(page);
        if (!held) {
            return answered(result);
        }
        auto promise = std::make_shared<QPromise<Result<MessagePage>>>();
        promise->start();
        m_held.emplace_back(promise, result);
        return promise->future();
    }

    mutable std::deque<std::pair<std::shared_ptr<QPromise<Result<MessagePage>>>, Result<MessagePage>>> m_held;
};

inline ChatId room(const QString &name = QStringLiteral("design"))
{
    return {Jid::trusted(u"me@chat.test"), Jid::trusted(QString(name % u"@rooms.chat.test"))};
}

/// A message by somebody in room(); a minute after the one with the row before it.
inline Message message(qint64 row, const QString &body, const QString &nick = QStringLiteral("Ada"))
{
    Message result;
    result.row = result.order = row;
    result.chat = room();
    result.author.key = u"key-" % nick;
    result.author.nick = nick;
    result.body = body;
    result.time = QDateTime(QDate(2025, 11, 17), QTime(8, 0), QTimeZone::UTC).addSecs(row * 60);
    result.archiveId = u"archive-" % QString::number(row);
    return result;
}

inline Message mine(qint64 row, const QString &body, Delivery delivery = Delivery::Archived)
{
    Message result = message(row, body, QStringLiteral("Me"));
    result.author.isMe = true;
    result.delivery = delivery;
    return result;
}

} // namespace Mingle::Test
