// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/discodirectory.h"

#include "core/futures.h"
#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/mixsettings.h"
#include "xmpp/namespaces.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Mingle {

namespace {
constexpr int atOnce = 8;
constexpr qsizetype maxWaiting = 1000;
constexpr qsizetype maxPlaces = 50;
constexpr qsizetype maxCards = 10'000;
constexpr qsizetype maxListings = 4;

ChannelSearch::Clock sinceNow()
{
    QElapsedTimer timer;
    timer.start();
    return [timer] { return timer.elapsed(); };
}
} // namespace

DiscoDirectory::DiscoDirectory(Wire &wire, DiscoClient &disco, QObject *parent)
    : DiscoDirectory(wire, disco, sinceNow(), parent)
{}

DiscoDirectory::DiscoDirectory(Wire &wire, DiscoClient &disco, ChannelSearch::Clock clock, QObject *parent)
    : RoomDirectory(parent)
    , m_wire(wire)
    , m_disco(disco)
    , m_search(wire, std::move(clock), this)
    , m_services(atOnce, maxWaiting, this)
    , m_rooms(atOnce, maxWaiting, this)
    , m_self(std::make_shared<int>())
{
    connect(&wire, &Wire::ended, this, &DiscoDirectory::forget);
}

DiscoDirectory::~DiscoDirectory() = default;

void DiscoDirectory::forget()
{
    m_places.clear();
    m_cards.clear();
    m_listings.clear();
    m_services.clear();
    m_rooms.clear();
}

// -- places

QFuture<Result<RoomServices>> DiscoDirectory::services(const Jid &server)
{
    return place(server).then(this, [](const PlaceAnswer &place) -> Result<RoomServices> {
        if (!place.ok()) return place.error();
        RoomServices services;
        for (const RoomService &service : place->rooms)
            services.rooms.append(service.address);
        services.search = place->search;
        return services;
    });
}

QFuture<DiscoDirectory::PlaceAnswer> DiscoDirectory::place(const Jid &server)
{
    if (!m_wire.isLive()) return answered(PlaceAnswer(Error::Kind::ConnectionLost));
    if (server.isEmpty() || !server.local().isEmpty() || !server.isBare())
        return answered(PlaceAnswer(Error::Kind::InvalidAddress));
    if (m_places.contains(server)) return answered(PlaceAnswer(m_places.value(server)));
    return requestDiscoInfo(m_wire, server)
        .then(this,
              [this, server](const Result<DiscoInfo> &info) {
                  if (!info.ok()) return answered(PlaceAnswer(info.error()));
                  Place itself;
                  take(itself, server, *info);
                  // The items of a service that carries rooms are its rooms.
                  if (!itself.rooms.isEmpty()) return answered(PlaceAnswer(itself));
                  return m_disco.serviceAddresses(server)
                      .then(this,
                            [this, server, itself](const Result<QList<Jid>> &addresses) {
                                if (!addresses.ok())
                                    return answered(itself.search.isEmpty() ? PlaceAnswer(addresses.error())
                                                                            : PlaceAnswer(itself));
                                QList<Jid> all = *addresses;
                                all.removeAll(server);
                                return askServices(all).then(this, [itself](PlaceAnswer place) {
                                    if (place.ok()) place->search = itself.search + place->search;
                                    return place;
                                });
                            })
                      .unwrap();
              })
        .unwrap()
        .then(this, [this, server](const PlaceAnswer &place) {
            if (place.ok() && m_places.size() < maxPlaces) m_places.insert(server, *place);
            return place;
        });
}

QFuture<DiscoDirectory::PlaceAnswer> DiscoDirectory::askServices(const QList<Jid> &addresses)
{
    if (addresses.isEmpty()) return answered(PlaceAnswer(Place()));
    QList<QFuture<Result<DiscoInfo>>> questions;
    for (const Jid &address : addresses)
        questions.append(
            m_services.ask<DiscoInfo>(m_self, [this, address] { return requestDiscoInfo(m_wire, address); }));
    return QtFuture::whenAll(questions.begin(), questions.end())
        .then(this, [this, addresses](const QList<QFuture<Result<DiscoInfo>>> &answers) -> PlaceAnswer {
            Place place;
            Error failure;
            bool some = false;
            for (qsizetype i = 0; i < addresses.size(); ++i) {
                const Result<DiscoInfo> answer = answers[i].result();
                some |= answer.ok();
                if (answer.ok())
                    take(place, addresses[i], *answer);
                else
                    failure = answer.error();
            }
            return some ? PlaceAnswer(place) : PlaceAnswer(failure);
        });
}

void DiscoDirectory::take(Place &place, const Jid &address, const DiscoInfo &info)
{
    if (info.has(Ns::channelSearch)) place.search.append(address);
    RoomService service{address, info.carries(ChatKind::Muc), info.carries(ChatKind::Mix), {}};
    if (!service.muc && !service.mix) return;
    if (service.muc && service.mix)
        m_disco.addIntegrated(address);
    else
        service.mirror = info.mirror();
    place.rooms.append(service);
}

// -- lists

QFuture<Result<RoomsPage>> DiscoDirectory::page(const RoomQuery &query)
{
    using Answer = Result<RoomsPage>;
    if (!m_wire.isLive()) return answered(Answer(Error::Kind::ConnectionLost));
    if (query.place.isEmpty()) return answered(Answer(Error::Kind::InvalidAddress));
    if (query.kind == RoomQuery::Kind::Search) return m_search.page(query);
    return query.next.isEmpty() ? begin(query.place) : goOn(query.next);
}

QFuture<Result<RoomsPage>> DiscoDirectory::begin(const Jid &server)
{
    using Answer = Result<RoomsPage>;
    return place(server)
        .then(this,
              [this](const PlaceAnswer &place) {
                  if (!place.ok()) return answered(Answer(place.error()));
                  if (place->rooms.isEmpty())
                      return answered(Answer(Error::Kind::NotFound, QStringLiteral("no-rooms")));
                  const bool twins = std::ranges::any_of(place->rooms, [](const RoomService &service) {
                      return !service.mirror.isEmpty() || (service.muc && service.mix);
                  });
                  const auto walk = [this, services = place->rooms](ChatKind preferred) {
                      const QString id = QString::number(++m_began);
                      if (m_listings.size() >= maxListings) m_listings.removeFirst();
                      m_listings.append(
                          {id, std::make_shared<RoomListing>(m_wire, services, preferred, nullptr)});
                      return goOn(id);
                  };
                  if (!twins) return walk(ChatKind::Mix);
                  return m_disco.preferredKind().then(this, walk).unwrap();
              })
        .unwrap();
}

QFuture<Result<RoomsPage>> DiscoDirectory::goOn(const QString &id)
{
    using Answer = Result<RoomsPage>;
    const auto found =
        std::ranges::find(m_listings, id, &std::pair<QString, std::shared_ptr<RoomListing>>::first);
    if (found == m_listings.end())
        return answered(Answer(Error::Kind::Cancelled, QStringLiteral("begin-anew")));
    // Out of the list while it is asked: a second question about the same page finds nothing.
    const auto listing = found->second;
    m_listings.erase(found);
    return listing->nextPage().then(this, [this, id, listing](Answer answer) {
        if (answer.ok() && !listing->isOver()) {
            answer->next = id;
            if (m_listings.size() >= maxListings) m_listings.removeFirst();
            m_listings.append({id, listing});
        }
        return answer;
    });
}

// -- single rooms

QFuture<Result<RoomCard>> DiscoDirectory::details(const Jid &room, const Asker &asker, Freshness freshness)
{
    using Answer = Result<RoomCard>;
    if (!m_wire.isLive()) return answered(Answer(Error::Kind::ConnectionLost));
    const Jid address = room.bare();
    if (freshness == Freshness::Kept && m_cards.contains(address))
        return answered(Answer(m_cards.value(address)));
    return m_rooms.ask<RoomCard>(asker, [this, address] { return ask(address); });
}

QFuture<Result<RoomCard>> DiscoDirectory::ask(const Jid &room)
{
    using Answer = Result<RoomCard>;
    return m_disco.discoverRoom(room)
        .then(this,
              [this](const Answer &card) {
                  if (!card.ok() || card->kind != ChatKind::Mix) return answered(card);
                  return askChannel(*card);
              })
        .unwrap()
        .then(this, [this](const Answer &card) {
            if (!card.ok()) return card;
            if (m_cards.size() >= maxCards) m_cards.clear();
            m_cards.insert(card->address, *card);
            return card;
        });
}

/// A channel has its name and description in a node (XEP-0369 6.5), where it has one and shows it to strangers.
QFuture<Result<RoomCard>> DiscoDirectory::askChannel(const RoomCard &card)
{
    return m_wire.request(pubsubItemsIq(card.address, Ns::mixInfo))
        .then(this, [card](const Result<QDomElement> &answer) -> Result<RoomCard> {
            RoomCard whole = card;
            if (!answer.ok()) return whole;
            const QDomElement items = pubsubItems(*answer);
            const MixInformation told = mixInformation(items);
            if (!told.name.isEmpty()) whole.name = told.name;
            if (!told.description.isEmpty()) whole.description = told.description.simplified();
            return whole;
        });
}

} // namespace Mingle
