// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/roomsearch.h"

namespace Mingle {

class AccountsWorker;

/// The way to the RoomDirectory of each account, from any thread; see there. NotFound with condition account: there is no
/// such account, or it is switched off.
class DirectoryDoor
{
public:
    explicit DirectoryDoor(AccountsWorker &worker)
        : m_worker(worker)
    {}

    QFuture<Result<RoomServices>> services(const Jid &account, const Jid &server);
    QFuture<Result<RoomsPage>> page(const Jid &account, const RoomQuery &query);
    /// anew: also if the room has told already.
    QFuture<Result<RoomCard>> details(const Jid &account, const Jid &room, const Asker &asker, bool anew);

private:
    AccountsWorker &m_worker;
};

} // namespace Mingle
