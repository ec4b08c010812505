// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/blocking.h"
#include "core/chat.h"
#include "core/result.h"

#include <optional>

namespace Mingle {

class AccountsWorker;

/// The door to the people of all accounts: see People and Blocking. May be called from any thread. All needs a
/// connection (ConnectionLost) but acceptTalk() and dismiss().
class PeopleDoor
{
public:
    explicit PeopleDoor(AccountsWorker &worker)
        : m_worker(worker)
    {}

    QFuture<Result<ChatId>> add(const Jid &account, const Jid &person, const QString &name, bool askToSee);
    QFuture<Outcome> rename(const ChatId &chat, const QString &name);
    QFuture<Outcome> remove(const ChatId &chat);
    QFuture<Outcome> askToSee(const ChatId &chat);
    QFuture<Outcome> acceptRequest(const ChatId &chat);
    /// Declines a wish to see me, or takes the permission back.
    QFuture<Outcome> stopShowing(const ChatId &chat);
    QFuture<Outcome> acceptTalk(const ChatId &chat);
    QFuture<Outcome> dismiss(const ChatId &chat);
    /// Asked for once in a session.
    QFuture<Result<BlockedPeople>> blocked(const Jid &account);
    QFuture<Outcome> block(const ChatId &chat, const std::optional<AbuseReport> &report);
    QFuture<Outcome> unblock(const ChatId &chat);

private:
    AccountsWorker &m_worker;
};

} // namespace Mingle
