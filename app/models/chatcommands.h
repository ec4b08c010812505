// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/chat.h"
#include "core/result.h"

#include <functional>
#include <optional>

namespace Mingle {

class Accounts;

/// What the forms ask of the session, so that they know nothing of it. All may be called on the UI thread; none waits.
struct ChatCommands {
    using Answer = QFuture<Result<ChatId>>;

    std::function<Answer(const Jid &account, const Jid &room, const QString &nick, const QString &password)>
        join;
    std::function<Answer(const Jid &account, const Jid &person)> talk;
    std::function<QFuture<Outcome>(const ChatId &)> leave;
};

/// accounts must outlive the commands.
ChatCommands commandsOf(Accounts &accounts);

} // namespace Mingle
