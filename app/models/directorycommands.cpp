// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/directorycommands.h"

#include "session/accounts.h"
#include "session/directorydoor.h"

namespace Mingle {

DirectoryCommands directoryCommandsOf(Accounts &accounts)
{
    DirectoryDoor *const door = &accounts.directory();
    DirectoryCommands commands;
    commands.services = [door](const Jid &account, const Jid &server) {
        return door->services(account, server);
    };
    commands.page = [door](const Jid &account, const RoomQuery &query) { return door->page(account, query); };
    commands.details = [door](const Jid &account, const Jid &room, const Asker &asker, bool anew) {
        return door->details(account, room, asker, anew);
    };
    return commands;
}

} // namespace Mingle
