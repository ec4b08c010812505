// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakedirectory.h"

namespace Mingle {

void FakePlaces::letGo()
{
    hold = false;
    for (const auto &answer : std::exchange(held, {}))
        answer();
}

QFuture<Result<RoomServices>> FakeDirectory::services(const Jid &server)
{
    if (const Error error = m_places.refuse.value(server)) return answered(Result<RoomServices>(error));
    return answered(Result(m_places.services.value(server)));
}

Result<RoomsPage> FakeDirectory::made(const RoomQuery &query) const
{
    if (const Error error = m_places.refuse.value(query.place)) return error;
    QList<RoomCard> all = m_places.rooms.value(query.place);
    if (query.kind == RoomQuery::Kind::List && all.isEmpty() && !m_places.rooms.contains(query.place))
        return Error{Error::Kind::NotFound, QStringLiteral("no-rooms"), {}};
    if (query.kind == RoomQuery::Kind::Search)
        all.removeIf(
            [&query](const RoomCard &room) { return !room.name.contains(query.words, Qt::CaseInsensitive); });
    const qsizetype from = query.next.toLongLong();
    RoomsPage page;
    page.expected = int(all.size());
    page.rooms = all.mid(from, m_places.pageSize);
    if (from + m_places.pageSize < all.size()) page.next = QString::number(from + m_places.pageSize);
    return page;
}

QFuture<Result<RoomsPage>> FakeDirectory::page(const RoomQuery &query)
{
    m_places.asked.append(query);
    if (!m_places.hold) return answered(made(query));
    auto promise = std::make_shared<QPromise<Result<RoomsPage>>>();
    promise->start();
    m_places.held.append([this, query, promise] {
        promise->addResult(made(query));
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<RoomCard>> FakeDirectory::details(const Jid &room, const Asker &, Freshness)
{
    m_places.askedDetails.append(room);
    return m_discover(room);
}

} // namespace Mingle
