// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/peopledoor.h"

#include "session/accountsworker.h"
#include "session/blocking.h"

namespace Mingle {

QFuture<Result<ChatId>> PeopleDoor::add(const Jid &account, const Jid &person, const QString &name,
                                        bool askToSee)
{
    return m_worker.ask<ChatId>(account, [person, name, askToSee](Session &session) {
        return session.people().add(person, name, askToSee);
    });
}

QFuture<Outcome> PeopleDoor::rename(const ChatId &chat, const QString &name)
{
    return m_worker.ask<std::monostate>(
        chat.account, [chat, name](Session &session) { return session.people().rename(chat, name); });
}

QFuture<Outcome> PeopleDoor::remove(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(chat.account,
                                        [chat](Session &session) { return session.people().remove(chat); });
}

QFuture<Outcome> PeopleDoor::askToSee(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(chat.account,
                                        [chat](Session &session) { return session.people().askToSee(chat); });
}

QFuture<Outcome> PeopleDoor::acceptRequest(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(
        chat.account, [chat](Session &session) { return session.people().acceptRequest(chat); });
}

QFuture<Outcome> PeopleDoor::stopShowing(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(
        chat.account, [chat](Session &session) { return session.people().stopShowing(chat); });
}

QFuture<Outcome> PeopleDoor::acceptTalk(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(
        chat.account, [chat](Session &session) { return session.people().acceptTalk(chat); });
}

QFuture<Outcome> PeopleDoor::dismiss(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(chat.account,
                                        [chat](Session &session) { return session.people().dismiss(chat); });
}

QFuture<Result<BlockedPeople>> PeopleDoor::blocked(const Jid &account)
{
    return m_worker.ask<BlockedPeople>(account,
                                       [](Session &session) { return session.people().blocking().people(); });
}

QFuture<Outcome> PeopleDoor::block(const ChatId &chat, const std::optional<AbuseReport> &report)
{
    return m_worker.ask<std::monostate>(chat.account, [chat, report](Session &session) {
        return session.people().blocking().block(chat, report);
    });
}

QFuture<Outcome> PeopleDoor::unblock(const ChatId &chat)
{
    return m_worker.ask<std::monostate>(
        chat.account, [chat](Session &session) { return session.people().blocking().unblock(chat.address); });
}

} // namespace Mingle
