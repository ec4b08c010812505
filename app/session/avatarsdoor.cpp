// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/avatarsdoor.h"

#include "session/accountsworker.h"
#include "session/avatarkeeper.h"

namespace Mingle {

QFuture<Result<QByteArray>> AvatarsDoor::picture(const ChatId &of, const QString &id)
{
    return m_worker.ask<QByteArray>(
        of.account, [of, id](Session &session) { return session.avatars().picture(of.address, id); });
}

void AvatarsDoor::look(const ChatId &chat)
{
    m_worker.with(chat.account, [chat](Session &session) { session.avatars().look(chat); });
}

QFuture<Result<QByteArray>> AvatarsDoor::mine(const Jid &account)
{
    return m_worker.ask<QByteArray>(account, [](Session &session) { return session.avatars().mine(); });
}

QFuture<Outcome> AvatarsDoor::publish(const Jid &account, const AvatarUpload &picture)
{
    return m_worker.ask<std::monostate>(
        account, [picture](Session &session) { return session.avatars().publish(picture); });
}

} // namespace Mingle
