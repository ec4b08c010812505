// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/roomlisting.h"

#include "xmpp/discoinfo.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <algorithm>

namespace Mingle {

namespace {
constexpr int usualPage = 100;
constexpr int maxPages =
    2000; // of one service: one that gives out a room at a time is not waited for for ever
constexpr qsizetype maxRooms = 50'000;

/// max: 0 for all at once.
PayloadIq itemsIq(const Jid &service, const QString &after, int max)
{
    return PayloadIq(QXmppIq::Get, service, [after, max](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::discoItems);
        if (max > 0) {
            xml.writeStartElement(u"set");
            xml.writeDefaultNamespace(Ns::resultSet);
            xml.writeTextElement(u"max", QString::number(max));
            if (!after.isEmpty()) xml.writeTextElement(u"after", after);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    });
}

/// "Name (3)": where the number of people begins, or -1.
qsizetype countAt(const QString &name)
{
    if (!name.endsWith(u')')) return -1;
    const qsizetype open = name.lastIndexOf(u" (");
    const QStringView inside = open < 0 ? QStringView() : QStringView(name).sliced(open + 2).chopped(1);
    const bool number =
        !inside.isEmpty() && std::ranges::all_of(inside, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return number ? open : -1;
}

/// ejabberd puts the number of people behind the name of each room. Where all have one it is that, not the name; a room's
/// own answer sets right what was a name after all.
void takeCounts(QList<RoomCard> &rooms)
{
    if (!std::ranges::all_of(rooms, [](const RoomCard &room) { return countAt(room.name) >= 0; })) return;
    for (RoomCard &room : rooms) {
        const qsizetype at = countAt(room.name);
        room.people = readPeople(room.name.sliced(at + 2).chopped(1));
        room.name.truncate(at);
    }
}
} // namespace

RoomListing::RoomListing(Wire &wire, QList<RoomService> services, ChatKind preferred, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_preferred(preferred)
{
    // A room that two services have is taken from the preferred one, so that one speaks first.
    std::ranges::stable_partition(services, [preferred](const RoomService &service) {
        return preferred == ChatKind::Mix ? service.mix : service.muc;
    });
    for (RoomService &service : services) {
        const auto other = std::ranges::find(services, service.mirror, &RoomService::address);
        const bool mutual = other != services.end() && other->mirror == service.address;
        if (!mutual) service.mirror = {};
    }
    m_services.append(services);
}

QFuture<Result<RoomsPage>> RoomListing::nextPage()
{
    m_page = {};
    m_promise = std::make_shared<QPromise<Result<RoomsPage>>>();
    m_promise->start();
    auto future = m_promise->future();
    ask();
    return future;
}

void RoomListing::ask()
{
    if (isOver()) return answer();
    const int max = m_withoutPages ? 0 : m_pageSize > 0 ? m_pageSize : usualPage;
    m_wire.request(itemsIq(m_services.head().address, m_after, max))
        .then(this, [this](const Result<QDomElement> &answer) { take(answer); });
}

void RoomListing::take(const Result<QDomElement> &answer)
{
    if (answer.ok()) {
        const QDomElement query = Dom::child(*answer, u"query", Ns::discoItems);
        if (wantsSmallerPages(query)) return ask();
        takeItems(query);
    } else if (answer.error().kind == Error::Kind::Unsupported && m_pages == 0 && !m_withoutPages) {
        m_withoutPages = true;
        return ask();
    } else {
        m_page.missing = answer.error();
        if (answer.error().kind == Error::Kind::ConnectionLost) m_services.clear();
        leaveService();
    }
    // An empty page is no reason to come back to whoever asked.
    m_page.rooms.isEmpty() ? ask() : this->answer();
}

/// ejabberd cuts a page that is longer than it likes at its beginning, so that rooms would be missing: asked for no more
/// than it gives, it leaves out none.
bool RoomListing::wantsSmallerPages(const QDomElement &query)
{
    if (m_pages > 0 || m_pageSize > 0 || m_withoutPages) return false;
    int items = 0;
    Dom::forEach(query, [&items](const QDomElement &e) { items += e.localName() == u"item"; });
    const int count = Dom::childNamed(Dom::child(query, u"set", Ns::resultSet), u"count").text().toInt();
    if (items == 0 || items >= usualPage || count <= items) return false;
    m_pageSize = items;
    return true;
}

void RoomListing::takeItems(const QDomElement &query)
{
    qsizetype items = 0;
    Dom::forEach(query, [&](const QDomElement &element) {
        if (element.localName() != u"item") return;
        ++items;
        if (m_seen.size() >= maxRooms) {
            m_page.capped = true;
            return;
        }
        if (auto room = readItem(element)) m_page.rooms.append(*std::move(room));
    });
    takeCounts(m_page.rooms);
    m_anything |= !m_page.rooms.isEmpty();
    if (m_page.capped) return m_services.clear();
    if (!goesOn(Dom::child(query, u"set", Ns::resultSet), items, m_page.rooms.size())) leaveService();
}

std::optional<RoomCard> RoomListing::readItem(const QDomElement &item)
{
    const RoomService &service = m_services.head();
    const auto address = Jid::parse(item.attribute(QStringLiteral("jid")));
    if (!address || !address->isBare() || address->local().isEmpty()) return {};
    if (address->domain() != service.address.domain() || item.hasAttribute(QStringLiteral("node"))) return {};
    const qsizetype known = m_seen.size();
    m_seen.insert(*address);
    if (m_seen.size() == known) return {};
    RoomCard room;
    room.address = *address;
    room.kind = service.mix && (!service.muc || m_preferred == ChatKind::Mix) ? ChatKind::Mix : ChatKind::Muc;
    room.name = Dom::cut(item.attribute(QStringLiteral("name")), Dom::maxNameBytes);
    if (service.muc && service.mix) {
        room.twin = *address;
    } else if (!service.mirror.isEmpty()) {
        room.twin = Jid::parse(address->local(), service.mirror.domain()).value_or(Jid());
        if (m_seen.contains(room.twin)) return {};
    }
    return room;
}

/// Whether this service has another page. Never, if this one had nothing new.
bool RoomListing::goesOn(const QDomElement &set, qsizetype items, qsizetype taken)
{
    m_received += items;
    ++m_pages;
    bool isNumber = false;
    const int count = Dom::childNamed(set, u"count").text().toInt(&isNumber);
    const int expected = isNumber && count >= 0 ? int(std::min<qsizetype>(count, maxRooms)) : -1;
    m_page.expected = expected < 0 ? -1 : m_expected + expected;
    const QString last = Dom::id(Dom::childNamed(set, u"last").text());
    if (m_withoutPages || last.isEmpty() || last == m_after || taken == 0) return false;
    if (expected >= 0 && m_received >= expected) return false;
    if (m_pages >= maxPages) {
        m_page.capped = true;
        return false;
    }
    m_after = last;
    return true;
}

void RoomListing::leaveService()
{
    if (!m_services.isEmpty()) m_services.dequeue();
    m_expected += int(std::exchange(m_received, 0));
    m_after.clear();
    m_pages = m_pageSize = 0;
    m_withoutPages = false;
}

void RoomListing::answer()
{
    const bool nothing = isOver() && !m_anything && m_page.missing;
    const auto promise = std::exchange(m_promise, {});
    promise->addResult(nothing ? Result<RoomsPage>(m_page.missing) : Result<RoomsPage>(std::move(m_page)));
    promise->finish();
}

} // namespace Mingle
