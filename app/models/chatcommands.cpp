// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/chatcommands.h"

#include "session/accounts.h"

namespace Mingle {

ChatCommands commandsOf(Accounts &accounts)
{
    Accounts *const to = &accounts;
    ChatCommands commands;
    commands.join = [to](const Jid &account, const Jid &room, const QString &nick, const QString &password) {
        return to->joinRoom(account, room, nick, password);
    };
    commands.talk = [to](const Jid &account, const Jid &person) { return to->startTalk(account, person); };
    commands.leave = [to](const ChatId &chat) { return to->leaveRoom(chat); };
    return commands;
}

} // namespace Mingle
