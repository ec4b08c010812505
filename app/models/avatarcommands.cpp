// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/avatarcommands.h"

#include "session/accounts.h"
#include "session/avatarsdoor.h"

namespace Mingle {

AvatarCommands avatarCommandsOf(Accounts &accounts)
{
    AvatarsDoor *const door = &accounts.avatars();
    return {
        [door](const ChatId &of, const QString &id) { return door->picture(of, id); },
        [door](const ChatId &chat) { door->look(chat); },
        [door](const Jid &account) { return door->mine(account); },
        [door](const Jid &account, const AvatarUpload &picture) { return door->publish(account, picture); },
    };
}

} // namespace Mingle
