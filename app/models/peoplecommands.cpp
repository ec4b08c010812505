// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/peoplecommands.h"

#include "session/accounts.h"
#include "session/peopledoor.h"

namespace Mingle {

PeopleCommands peopleCommandsOf(Accounts &accounts)
{
    PeopleDoor *const door = &accounts.people();
    const auto call = [door](auto what) {
        return [door, what](const ChatId &chat) { return (door->*what)(chat); };
    };
    return {
        [door](const Jid &account, const Jid &person, const QString &name, bool askToSee) {
            return door->add(account, person, name, askToSee);
        },
        [door](const ChatId &chat, const QString &name) { return door->rename(chat, name); },
        call(&PeopleDoor::remove),
        call(&PeopleDoor::askToSee),
        call(&PeopleDoor::acceptRequest),
        call(&PeopleDoor::stopShowing),
        call(&PeopleDoor::acceptTalk),
        call(&PeopleDoor::dismiss),
        [door](const Jid &account) { return door->blocked(account); },
        [door](const ChatId &chat, const std::optional<AbuseReport> &report) {
            return door->block(chat, report);
        },
        call(&PeopleDoor::unblock),
    };
}

} // namespace Mingle
