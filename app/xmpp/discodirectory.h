// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/channelsearch.h"
#include "xmpp/discoclient.h"
#include "xmpp/questionqueue.h"
#include "xmpp/roomdirectory.h"
#include "xmpp/roomlisting.h"

namespace Mingle {

/// RoomDirectory by service discovery (XEP-0030, 0045 6, 0369 6) and channel search (XEP-0433).
class DiscoDirectory : public RoomDirectory
{
    Q_OBJECT
public:
    DiscoDirectory(Wire &wire, DiscoClient &disco, QObject *parent);
    /// clock: of the pauses that search services want.
    DiscoDirectory(Wire &wire, DiscoClient &disco, ChannelSearch::Clock clock, QObject *parent);
    ~DiscoDirectory() override;

    QFuture<Result<RoomServices>> services(const Jid &server) override;
    QFuture<Result<RoomsPage>> page(const RoomQuery &query) override;
    QFuture<Result<RoomCard>> details(const Jid &room, const Asker &asker, Freshness freshness) override;

private:
    /// What a server has, for the rest of the session.
    struct Place {
        QList<RoomService> rooms;
        QList<Jid> search;
    };
    using PlaceAnswer = Result<Place>;

    QFuture<PlaceAnswer> place(const Jid &server);
    QFuture<PlaceAnswer> askServices(const QList<Jid> &addresses);
    void take(Place &place, const Jid &address, const DiscoInfo &info);
    QFuture<Result<RoomsPage>> begin(const Jid &server);
    QFuture<Result<RoomsPage>> goOn(const QString &id);
    QFuture<Result<RoomCard>> ask(const Jid &room);
    QFuture<Result<RoomCard>> askChannel(const RoomCard &card);
    void forget();

    Wire &m_wire;
    DiscoClient &m_disco;
    ChannelSearch m_search;
    QuestionQueue m_services; ///< which services are what
    QuestionQueue m_rooms;
    Asker m_self; ///< for questions that are the directory's own
    QHash<Jid, Place> m_places;
    QHash<Jid, RoomCard> m_cards;
    QList<std::pair<QString, std::shared_ptr<RoomListing>>> m_listings; ///< that may go on, oldest first
    quint64 m_began = 0;
};

} // namespace Mingle
