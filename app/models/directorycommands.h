// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/roomsearch.h"

#include <functional>

namespace Mingle {

class Accounts;

/// What finding rooms asks of the session, so that models and views know nothing of it. UI thread; none waits. See
/// DirectoryDoor.
struct DirectoryCommands {
    std::function<QFuture<Result<RoomServices>>(const Jid &account, const Jid &server)> services;
    std::function<QFuture<Result<RoomsPage>>(const Jid &account, const RoomQuery &)> page;
    std::function<QFuture<Result<RoomCard>>(const Jid &account, const Jid &room, const Asker &, bool anew)>
        details;
};

/// accounts must outlive the commands.
DirectoryCommands directoryCommandsOf(Accounts &accounts);

} // namespace Mingle
