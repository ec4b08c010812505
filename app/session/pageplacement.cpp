// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/pageplacement.h"

#include "storage/database.h"

#include <algorithm>
#include <limits>

namespace Mingle {

QFuture<Result<PageStored>> PagePlacement::store(Database &database, const PageRequest &request,
                                                 const ArchivePage &page)
{
    return database.write([request, page](Transaction &tx) -> Result<PageStored> {
        auto stored = PagePlacement(tx, request).store(page);
        if (!stored || !stored->firstEver) return stored;
        // The first look into an archive: all this was there before Mingle came, so it is not news.
        // What came live meanwhile is.
        QHash<ChatId, Message> newest;
        for (const Applied &change : stored->changes) {
            const Message &message = change.message;
            const auto known = newest.constFind(message.chat);
            const bool newer = known == newest.cend() || known->order < message.order;
            if (change.what == Applied::What::Added && newer) newest.insert(message.chat, message);
        }
        for (const Message &message : std::as_const(newest))
            if (auto read = ChatStore(tx).markRead(message.chat, message.row); !read) return read.error();
        return stored;
    });
}

Result<PageStored> PagePlacement::store(const ArchivePage &page)
{
    const auto intervals = m_archive.intervals();
    if (!intervals) return intervals.error();
    for (const Interval &interval : *intervals)
        (interval.isGap() ? m_gaps : m_intervals).append(interval);

    if (isOutdated()) return leave();
    PageStored stored;
    const auto firstLook = m_archive.firstLook();
    if (!firstLook) return firstLook.error();
    stored.firstEver = *firstLook && m_intervals.isEmpty();
    if (auto done = readKnown(page); !done) return done.error();
    if (m_request.within && std::ranges::none_of(m_places, &Place::known)) return leave();
    if (auto done = findPlaces(page); !done) return done.error();
    if (auto done = applyAll(page, stored); !done) return done.error();

    auto interval = joined(page, stored);
    if (!interval) return interval.error();
    stored.oldestId = interval->oldestId;
    stored.newestId = interval->newestId;
    stored.reachesStart = interval->reachesStart;
    stored.metKnown |= interval->reachesStart;
    stored.seamBelow = std::ranges::any_of(m_intervals, [&interval](const Interval &other) {
        return other.oldestOrder < interval->oldestOrder;
    });
    const auto stray = strays(page);
    if (!stray) return stray.error();
    if (m_request.wholeOnly && !stray->isEmpty())
        return Error{Error::Kind::Cancelled, QStringLiteral("not-whole"), {}};
    if (auto done = lift(*stray, *interval); !done) return done.error();
    if (auto done = closeGaps(*interval); !done) return done.error();
    if (interval->oldestId.isEmpty()) return stored; // an archive with nothing in it
    const auto row = m_archive.put(*interval);
    if (!row) return row.error();
    stored.interval = *row;
    return stored;
}

// Whoever scrolls asks for the same page several times, or for one that catching up asks for too. The interval has gone
// further down with the first of them, maybe far over what was stored before; below its new end this page is wrong.
bool PagePlacement::isOutdated() const
{
    if (m_request.below == 0) return false;
    const Interval *interval = continued();
    return !interval || interval->oldestId != m_request.before;
}

PageStored PagePlacement::leave() const
{
    PageStored stored;
    stored.outdated = true;
    const Interval *interval = continued();
    if (interval) {
        stored.interval = interval->row;
        stored.oldestId = interval->oldestId;
        stored.reachesStart = interval->reachesStart;
    }
    const bool isLast = !interval || interval->row == m_intervals.constLast().row;
    stored.metKnown = isLast || interval->reachesStart;
    return stored;
}

Outcome PagePlacement::readKnown(const ArchivePage &page)
{
    const MessageApplier applier(m_tx, m_request.archive.account);
    m_places.reserve(page.messages.size());
    for (const IncomingMessage &message : page.messages) {
        const auto known = applier.stored(message);
        if (!known) return known.error();
        // My own message that still waits has no place in the archive's order yet: the page gives it one.
        const bool placed = *known && !((*known)->author.isMe && (*known)->archiveId.isEmpty());
        m_places.append(placed ? Place{(*known)->order, true, {}} : Place{});
        m_known.append(placed ? **known : Message{});
    }
    return {};
}

// From the newest down, each below the next newer one. Gaps between sessions are wide (ArchiveStore::roomForGap)
// and live messages leave some between them (liveStep), so there is always a number free.
Outcome PagePlacement::findPlaces(const ArchivePage &page)
{
    const qsizetype count = page.messages.size();
    if (m_request.above) {
        // Of an archive without any interval: what the applier does with a live message is right.
        if (const Interval *interval = continued()) findPlacesAbove(*interval);
        return move();
    }
    qsizetype newestKnown = count - 1;
    while (newestKnown >= 0 && !m_places[newestKnown].known)
        --newestKnown;

    qsizetype next = count - 1;
    qint64 upper = 0;
    if (newestKnown >= 0 && !m_request.below) {
        // Some came live already; what is newer than those goes directly above them.
        upper = *m_places[newestKnown].order;
        for (qsizetype i = newestKnown + 1; i < count; ++i)
            m_places[i].order = upper + (i - newestKnown);
        next = newestKnown - 1;
    } else {
        const auto top = ceiling();
        if (!top) return top.error();
        upper = *top;
    }
    for (qsizetype i = next; i >= 0; --i) {
        Place &place = m_places[i];
        // Live messages come in an order of their own where a stream was taken up again: the archive's counts.
        if (place.known && *place.order >= upper) place = {{}, false, m_known[i]};
        if (!place.known) place.order = upper - 1;
        upper = *place.order;
    }
    return move();
}

// From the oldest up. What came live since may stand above it already, and live messages leave some room between them.
void PagePlacement::findPlacesAbove(const Interval &interval)
{
    const bool grown =
        interval.newestId != m_request.after; // by what came live while the page was on its way
    qint64 lower = interval.newestOrder;
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        Place &place = m_places[i];
        if (grown && place.known && *place.order <= interval.newestOrder) continue;
        if (place.known && *place.order <= lower) place = {{}, false, m_known[i]};
        if (!place.known) place.order = lower + 1;
        lower = *place.order;
    }
}

const Interval *PagePlacement::continued() const
{
    const auto found = std::ranges::find_if(m_intervals, [this](const Interval &interval) {
        return interval.row == m_request.below || interval.row == m_request.above;
    });
    return found == m_intervals.cend() ? nullptr : &*found;
}

Outcome PagePlacement::move()
{
    for (Place &place : m_places) {
        if (!place.misplaced) continue;
        place.misplaced->order = *place.order;
        place.known = true; // at this place from now on
        if (auto moved = MessageStore(m_tx).update(*place.misplaced); !moved) return moved;
    }
    return {};
}

Result<qint64> PagePlacement::ceiling()
{
    for (const Interval &interval : m_intervals)
        if (interval.row == m_request.below) return interval.oldestOrder;
    return m_archive.placeForNewestPage();
}

Outcome PagePlacement::applyAll(const ArchivePage &page, PageStored &stored)
{
    MessageApplier applier(m_tx, m_request.archive.account);
    for (qsizetype i = 0; i < page.messages.size(); ++i) {
        auto applied = applier.apply(page.messages[i], m_places[i].order);
        if (!applied) return applied.error();
        if (applied->what == Applied::What::Nothing) continue;
        m_places[i].order = applied->message.order;
        if (applied->what == Applied::What::Added) ++stored.added;
        const ChatId chat = applied->message.chat;
        if (!stored.chats.contains(chat)) stored.chats.append(chat);
        stored.changes.append(*applied);
    }
    return {};
}

// The page and what it joins are without a gap, so what stands among their messages and is none of them belongs elsewhere:
// it came live while a server handed over an old queue in the wrong order. Mostly it is newer; what is older moves down
// again with its own page. It may not stay, for the interval would prove it to be in its place.
Result<QList<Message>> PagePlacement::strays(const ArchivePage &page)
{
    qint64 lowest = std::numeric_limits<qint64>::max();
    qint64 highest = 0;
    for (const Place &place : std::as_const(m_places)) {
        if (!place.order) continue;
        lowest = std::min(lowest, *place.order);
        highest = std::max(highest, *place.order);
    }
    if (highest == 0) return QList<Message>();
    if (const Interval *interval = continued()) {
        if (m_request.below) highest = std::max(highest, interval->oldestOrder);
        if (m_request.above) lowest = std::min(lowest, interval->newestOrder);
    }
    // What was proven before stands right, and may be the whole history of a room: it is not even read.
    QList<std::pair<qint64, qint64>> unproven{{lowest, highest}};
    for (const Interval &interval : std::as_const(m_intervals)) {
        QList<std::pair<qint64, qint64>> rest;
        for (const auto &[first, last] : std::as_const(unproven)) {
            if (first < interval.oldestOrder) rest.append({first, std::min(last, interval.oldestOrder - 1)});
            if (last > interval.newestOrder) rest.append({std::max(first, interval.newestOrder + 1), last});
        }
        unproven = rest;
    }
    QList<Message> found;
    for (const auto &[first, last] : std::as_const(unproven)) {
        const auto some = m_archive.archivedWithin(first, last);
        if (!some) return some.error();
        found += *some;
    }
    QSet<QString> ids;
    QSet<qint64> rows;
    for (qsizetype i = 0; i < page.messages.size(); ++i) {
        ids.insert(page.messages[i].archiveId);
        rows.insert(m_known[i].row); // my message may be in the archive twice, and is here once
    }
    found.removeIf([&](const Message &message) {
        return ids.contains(message.archiveId) || rows.contains(message.row);
    });
    std::ranges::sort(found, {}, &Message::order); // intervals are newest first
    return found;
}

Outcome PagePlacement::lift(const QList<Message> &strays, const Interval &joined)
{
    if (strays.isEmpty()) return {};
    const auto next = m_archive.nextAbove(joined.newestOrder);
    if (!next) return next.error();
    std::optional<qint64> top = *next;
    for (const Interval &interval : std::as_const(m_intervals))
        if (interval.oldestOrder > joined.newestOrder)
            top = std::min(top.value_or(interval.oldestOrder), interval.oldestOrder);
    const bool fits = top && *top - joined.newestOrder > strays.size();
    qint64 place = joined.newestOrder;
    for (Message message : strays) {
        if (fits) {
            message.order = ++place; // what came later stays above
        } else {
            const auto order = m_archive.nextOrder();
            if (!order) return order.error();
            message.order = *order;
        }
        if (auto moved = MessageStore(m_tx).update(message); !moved) return moved;
    }
    return {};
}

// What is one stretch now has no gap in it; and from the newest page on nothing is missing up to what came live.
Outcome PagePlacement::closeGaps(const Interval &joined)
{
    const bool newestPage = m_request.below == 0 && m_request.above == 0 && !m_request.within;
    const bool empty = joined.oldestId.isEmpty();
    for (qsizetype i = 0; i < m_gaps.size(); ++i) {
        const qint64 place = m_gaps[i].oldestOrder;
        // Else more came live than the page holds; but below the beginning of the archive there is nothing.
        const bool below = joined.reachesStart || joined.oldestOrder <= place;
        const bool inside = below && (place <= joined.newestOrder || (newestPage && i == 0));
        if (!inside && !empty) continue;
        if (auto removed = m_archive.remove(m_gaps[i].row); !removed) return removed;
    }
    return {};
}

// The page is without a gap in itself and with the interval it continues. An older interval that holds one of its
// messages, or that it continues directly, is the same stretch: they become one.
Result<Interval> PagePlacement::joined(const ArchivePage &page, PageStored &stored)
{
    Interval result;
    if (const Interval *interval = continued()) result = *interval;
    const bool continues = result.row != 0;

    if (!continues) {
        // A page may hold nothing for a timeline (chat markers): then it marks a place all the same.
        const auto place = ceiling();
        if (!place) return place.error();
        const bool empty = std::ranges::none_of(m_places, [](const Place &p) { return p.order.has_value(); });
        result.oldestOrder = empty ? *place - 1 : std::numeric_limits<qint64>::max();
        result.newestOrder = empty ? *place - 1 : 0;
    }
    for (const Place &place : m_places) {
        if (!place.order) continue;
        result.oldestOrder = std::min(result.oldestOrder, *place.order);
        result.newestOrder = std::max(result.newestOrder, *place.order);
    }
    if (!page.firstId.isEmpty()) {
        if (!continues || m_request.below) result.oldestId = page.firstId;
        if (!continues || (m_request.above && result.newestId == m_request.after))
            result.newestId = page.lastId;
    }
    if (page.complete && !m_request.above) result.reachesStart = true;

    for (const Interval &other : m_intervals) {
        if (other.row == result.row) continue;
        const bool overlaps = std::ranges::any_of(m_places, [&other](const Place &place) {
            return place.known && *place.order >= other.oldestOrder && *place.order <= other.newestOrder;
        });
        const bool repeats = !other.newestId.isEmpty() && other.newestId == page.firstId;
        if (!overlaps && !repeats) continue;
        stored.metKnown = true;
        if (other.oldestOrder <= result.oldestOrder || result.oldestId.isEmpty()) {
            result.oldestId = other.oldestId;
            result.oldestOrder = std::min(result.oldestOrder, other.oldestOrder);
            result.reachesStart = other.reachesStart;
        }
        if (other.newestOrder > result.newestOrder) {
            result.newestId = other.newestId;
            result.newestOrder = other.newestOrder;
        }
        if (result.row == 0)
            result.row = other.row; // takes over its row
        else if (auto removed = m_archive.remove(other.row); !removed)
            return removed.error();
    }
    return result;
}

} // namespace Mingle
