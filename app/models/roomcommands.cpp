// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roomcommands.h"

#include "session/roomdoor.h"

namespace Mingle {

namespace {
/// A function of the door's, bound to it.
template<typename Answer, typename... Arguments>
std::function<Answer(Arguments...)> bound(RoomDoor *door, Answer (RoomDoor::*call)(Arguments...))
{
    return
        [door, call](Arguments... arguments) { return (door->*call)(std::forward<Arguments>(arguments)...); };
}
} // namespace

RoomCommands commandsOf(RoomDoor &door)
{
    RoomDoor *const to = &door;
    return {
        bound(to, &RoomDoor::create),         bound(to, &RoomDoor::accept),
        bound(to, &RoomDoor::decline),        bound(to, &RoomDoor::invite),
        bound(to, &RoomDoor::talkInPrivate),  bound(to, &RoomDoor::setNick),
        bound(to, &RoomDoor::setSubject),     bound(to, &RoomDoor::setStanding),
        bound(to, &RoomDoor::remove),         bound(to, &RoomDoor::ban),
        bound(to, &RoomDoor::list),           bound(to, &RoomDoor::putOnList),
        bound(to, &RoomDoor::takeOffList),    bound(to, &RoomDoor::settings),
        bound(to, &RoomDoor::changeSettings), bound(to, &RoomDoor::choices),
        bound(to, &RoomDoor::choose),         bound(to, &RoomDoor::setPicture),
        bound(to, &RoomDoor::move),           bound(to, &RoomDoor::destroy),
    };
}

} // namespace Mingle
