// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/avatar.h"
#include "core/chat.h"
#include "core/result.h"

#include <functional>

namespace Mingle {

class Accounts;

/// What views ask of the session about pictures. May be called on the UI thread; none waits. See AvatarsDoor.
struct AvatarCommands {
    /// of: a chat, or an occupant by full address.
    std::function<QFuture<Result<QByteArray>>(const ChatId &of, const QString &id)> fetch;
    std::function<void(const ChatId &)> look;
    /// Empty: none.
    std::function<QFuture<Result<QByteArray>>(const Jid &account)> mine;
    std::function<QFuture<Outcome>(const Jid &account, const AvatarUpload &)> publish;
};

/// accounts must outlive the commands.
AvatarCommands avatarCommandsOf(Accounts &accounts);

} // namespace Mingle
