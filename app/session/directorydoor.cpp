// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/directorydoor.h"

#include "session/accountsworker.h"

namespace Mingle {

QFuture<Result<RoomServices>> DirectoryDoor::services(const Jid &account, const Jid &server)
{
    return m_worker.ask<RoomServices>(
        account, [server](Session &session) { return session.directory().services(server); });
}

QFuture<Result<RoomsPage>> DirectoryDoor::page(const Jid &account, const RoomQuery &query)
{
    return m_worker.ask<RoomsPage>(account,
                                   [query](Session &session) { return session.directory().page(query); });
}

QFuture<Result<RoomCard>> DirectoryDoor::details(const Jid &account, const Jid &room, const Asker &asker,
                                                 bool anew)
{
    using Freshness = RoomDirectory::Freshness;
    // Only looked at from here on: the asker may let go while the question is on its way.
    return m_worker.ask<RoomCard>(account, [room, asker = std::weak_ptr(asker), anew](Session &session) {
        const Asker still = asker.lock();
        if (!still) return answered(Result<RoomCard>(Error::Kind::Cancelled));
        return session.directory().details(room, still, anew ? Freshness::New : Freshness::Kept);
    });
}

} // namespace Mingle
