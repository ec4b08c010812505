// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/roomsearch.h"

#include <QObject>

namespace Mingle {

/// Finds rooms, of both kinds as one. Nobody is asked whom the caller has not named: a server, its own services, a
/// search service, a room. Session thread. All texts that come out are untrusted.
class RoomDirectory : public QObject
{
    Q_OBJECT
public:
    enum class Freshness {
        Kept, ///< as it was told earlier in this session, if it was
        New,
    };
    Q_ENUM(Freshness)

    using QObject::QObject;

    /// What the server (or service) has. Both lists empty: it has nothing to do with rooms.
    virtual QFuture<Result<RoomServices>> services(const Jid &server) = 0;
    /// The first page, or the next one. NotFound with condition no-rooms: the server has none. Cancelled with condition
    /// begin-anew: the query is forgotten. Of a search, Error::condition may be that of XEP-0433 (rate-limit,
    /// invalid-search-terms, full-set-retrieval-rejected ...); with rate-limit Error::text is the number of seconds to
    /// wait, and until then nothing is sent.
    virtual QFuture<Result<RoomsPage>> page(const RoomQuery &query) = 0;
    /// What the room says of itself, as Connection::discoverRoom() does. At most 8 are asked at a time, in the order of
    /// the calls; Cancelled if the asker is gone when its turn comes.
    virtual QFuture<Result<RoomCard>> details(const Jid &room, const Asker &asker, Freshness freshness) = 0;
};

} // namespace Mingle
