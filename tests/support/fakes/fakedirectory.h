// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/roomdirectory.h"

#include <QHash>

#include <functional>

namespace Mingle {

/// What the FakeDirectory finds; set it up before anybody looks.
struct FakePlaces {
    QHash<Jid, RoomServices> services; ///< by server
    QHash<Jid, QList<RoomCard>> rooms; ///< what a server lists, or a search service finds
    QHash<Jid, Error> refuse; ///< by place
    int pageSize = 250;
    QList<RoomQuery> asked; ///< pages, in order
    QList<Jid> askedDetails;
    bool hold = false; ///< pages are not answered until letGo()
    QList<std::function<void()>> held;

    void letGo();
};

class FakeDirectory : public RoomDirectory
{
    Q_OBJECT
public:
    using Discover = std::function<QFuture<Result<RoomCard>>(const Jid &)>;

    FakeDirectory(FakePlaces &places, Discover discover, QObject *parent)
        : RoomDirectory(parent)
        , m_places(places)
        , m_discover(std::move(discover))
    {}

    QFuture<Result<RoomServices>> services(const Jid &server) override;
    QFuture<Result<RoomsPage>> page(const RoomQuery &query) override;
    QFuture<Result<RoomCard>> details(const Jid &room, const Asker &asker, Freshness freshness) override;

private:
    Result<RoomsPage> made(const RoomQuery &query) const;

    FakePlaces &m_places;
    Discover m_discover;
};

} // namespace Mingle
