// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/avatar.h"
#include "core/chat.h"
#include "core/result.h"

namespace Mingle {

class AccountsWorker;

/// The door to the pictures of all accounts: see AvatarKeeper. May be called from any thread.
class AvatarsDoor
{
public:
    explicit AvatarsDoor(AccountsWorker &worker)
        : m_worker(worker)
    {}

    QFuture<Result<QByteArray>> picture(const ChatId &of, const QString &id);
    void look(const ChatId &chat);
    QFuture<Result<QByteArray>> mine(const Jid &account);
    QFuture<Outcome> publish(const Jid &account, const AvatarUpload &picture);

private:
    AccountsWorker &m_worker;
};

} // namespace Mingle
