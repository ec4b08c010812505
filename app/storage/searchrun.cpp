// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchrun.h"

#include "storage/searchmemory.h"
#include "storage/statements.h"

#include <algorithm>
#include <array>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// Read before anything is known: enough to tell what is in one of a hundred messages, and 1 or 2 ms.
constexpr qint64 sampleSize = 500;
// What may be read in the hope to be done by then.
constexpr double maxWalk = 4000;
// To take a beginning FTS5 first gathers all messages that have it, which costs a fortieth of comparing as many of those
// that the rarest condition finds.
constexpr double gatheringIsCheaper = 40;
constexpr double rarestKnown = 1.0 / double(2 * sampleSize);
// A zone that holds more candidates than this is read as a whole.
constexpr size_t denseZone = SearchZone::size / 4;
constexpr int rowsBetweenQuestions = 1000;

Error cancelled()
{
    return Error{Error::Kind::Cancelled, {}, {}};
}

qint64 zoneOf(qint64 row)
{
    return row / SearchZone::size;
}

int nearnessOf(qsizetype span)
{
    constexpr std::array<qsizetype, 4> spans{20, 60, 150, 400};
    return int(std::ranges::count_if(spans, [span](qsizetype limit) { return span < limit; }));
}
} // namespace

SearchRun::SearchRun(Statements &statements, SearchMemory &memory, const SearchScope &scope,
                     std::function<bool()> over)
    : m_statements(statements)
    , m_memory(memory)
    , m_scope(scope)
    , m_over(std::move(over))
    , m_seen(size_t(scope.matchers().size()), 0)
{}

SearchRun::~SearchRun() = default;

Result<std::vector<SearchRun::Hit>> SearchRun::find(const Bounds &bounds, size_t count)
{
    m_bounds = bounds;
    m_count = count;
    if (m_scope.isEmpty()) return m_found;
    if (auto done = readZones(); !done) return done.error();
    for (const SearchZone &zone : m_zones) {
        settle(zone.newest);
        if (isFull()) break;
        if (m_over()) return cancelled();
        if (!mayHold(zone)) continue;
        if (m_way == Way::Undecided && m_walked >= sampleSize) {
            if (auto done = decide(); !done) return done.error();
        }
        const bool walking = m_way != Way::Index;
        const Outcome done = walking ? walk(zone, m_way == Way::Undecided) : lookUp(zone);
        if (!done) return done.error();
        if (m_way == Way::Walk && !worthWalking()) m_way = Way::Undecided;
    }
    settle(std::numeric_limits<qint64>::min());
    return std::move(m_found);
}

Outcome SearchRun::readZones()
{
    const auto reach = SearchReach::read(m_statements);
    if (!reach) return reach.error();
    Query query(m_statements, u"SELECT zone, oldest, newest FROM search_zones"_s);
    while (query.next())
        m_zones.push_back({query.value<qint64>(0), query.value<qint64>(1), query.value<qint64>(2)});
    if (query.error()) return query.error();
    // What is not indexed yet may be of any time.
    Query newest(m_statements, u"SELECT max(id) FROM messages"_s);
    const qint64 last = newest.next() ? newest.value<qint64>(0) : 0;
    if (newest.error()) return newest.error();
    constexpr auto earliest = std::numeric_limits<qint64>::min();
    constexpr auto latest = std::numeric_limits<qint64>::max();
    if (last > reach->high) {
        for (qint64 number = zoneOf(reach->high + 1); number <= zoneOf(last); ++number) {
            const auto known = std::ranges::find(m_zones, number, &SearchZone::number);
            if (known == m_zones.end())
                m_zones.push_back({number, earliest, latest});
            else
                *known = {number, earliest, latest};
        }
    }
    std::ranges::sort(m_zones, [](const SearchZone &a, const SearchZone &b) {
        return std::pair(a.newest, a.number) > std::pair(b.newest, b.number);
    });
    m_messages = qint64(m_zones.size()) * SearchZone::size;
    m_low = reach->low;
    m_high = reach->high;
    return {};
}

bool SearchRun::mayHold(const SearchZone &zone) const
{
    return zone.newest >= m_scope.from() && zone.oldest < m_scope.to() && zone.oldest <= m_bounds.after.time
           && zone.first() <= m_bounds.maxRow && zone.last() > m_low;
}

void SearchRun::settle(qint64 newestElsewhere)
{
    while (!m_pending.empty() && !isFull() && m_pending.top().place.time > newestElsewhere) {
        m_found.push_back(m_pending.top());
        m_pending.pop();
    }
    // Of the same time as one in a zone to come: which is first depends on its row.
    if (newestElsewhere != std::numeric_limits<qint64>::min()) return;
    while (!m_pending.empty() && !isFull()) {
        m_found.push_back(m_pending.top());
        m_pending.pop();
    }
}

Outcome SearchRun::walk(const SearchZone &zone, bool sample)
{
    Query query(m_statements, SearchRow::select() + u"WHERE m.id BETWEEN ? AND ?"_s);
    query.bind(std::max(zone.first(), m_low + 1), zone.last());
    while (query.next()) {
        look(SearchRow::read(query), sample);
        ++m_walked;
    }
    if (query.error()) return query.error();
    return {};
}

void SearchRun::look(const SearchRow &row, bool sample)
{
    const bool fits =
        SearchPlace{row.time, row.row} < m_bounds.after && row.row <= m_bounds.maxRow && m_scope.fits(row);
    if (!fits && !sample) return;
    const auto &matchers = m_scope.matchers();
    Hit hit{{row.time, row.row}, 0, 0};
    bool found = true;
    if (!matchers.isEmpty()) {
        const QString text = folded(row.body);
        qsizetype first = text.size();
        qsizetype last = 0;
        for (qsizetype i = 0; i < matchers.size() && (found || sample); ++i) {
            const auto occurrence = matchers.at(i).best(text);
            if (!occurrence) {
                found = false;
                continue;
            }
            ++m_seen[size_t(i)];
            hit.fit += int(occurrence.fit);
            first = std::min(first, occurrence.at);
            last = std::max(last, occurrence.at);
        }
        if (matchers.size() > 1) hit.nearness = nearnessOf(last - first);
    }
    if (!found || !fits) return;
    ++m_hits;
    m_pending.push(hit);
}

bool SearchRun::worthWalking() const
{
    const double left = double(m_count) - double(m_hits);
    return left <= 0
           || double(m_walked) + left * double(m_walked) / double(std::max<qint64>(m_hits, 1)) <= maxWalk;
}

Outcome SearchRun::decide()
{
    m_way = Way::Walk;
    if (worthWalking() || double(m_messages) <= maxWalk) return {};
    if (m_conditions.isEmpty()) {
        auto conditions = m_scope.conditions(m_statements, m_memory);
        if (!conditions) return conditions.error();
        m_conditions = std::move(conditions).value();
    }
    if (m_conditions.isEmpty()) return {}; // only days: they are met where the walk goes
    for (SearchScope::Condition &condition : m_conditions) {
        if (condition.matcher >= 0)
            condition.share = double(m_seen[size_t(condition.matcher)]) / double(m_walked);
    }
    m_way = Way::Index;
    return openIndex();
}

Outcome SearchRun::openIndex()
{
    std::ranges::sort(m_conditions, {}, &SearchScope::Condition::share);
    const double maxShare = gatheringIsCheaper * std::max(m_conditions.first().share, rarestKnown);
    QStringList needed;
    for (const SearchScope::Condition &condition : std::as_const(m_conditions)) {
        if (needed.isEmpty() || condition.exact || condition.share <= maxShare)
            needed.append(condition.expression);
    }
    m_index =
        std::make_unique<Query>(m_statements, u"SELECT rowid FROM search_index WHERE search_index MATCH ? "
                                              "ORDER BY rowid DESC"_s);
    m_index->bind(needed.join(u" AND "_s));
    return {};
}

Outcome SearchRun::fetchDownTo(qint64 row)
{
    for (int i = 1; !m_allRead && (m_rows.empty() || m_rows.back() >= row); ++i) {
        if (i % rowsBetweenQuestions == 0 && m_over()) return cancelled();
        if (m_index->next())
            m_rows.push_back(m_index->value<qint64>(0));
        else
            m_allRead = true;
    }
    if (m_index->error()) return m_index->error();
    return {};
}

Outcome SearchRun::lookUp(const SearchZone &zone)
{
    if (zone.last() > m_high) return walk(zone, false);
    if (auto done = fetchDownTo(zone.first()); !done) return done;
    const auto begin = std::ranges::lower_bound(m_rows, zone.last(), std::greater<>());
    const auto end = std::ranges::upper_bound(m_rows, zone.first(), std::greater<>());
    if (begin == end) return {};
    if (size_t(end - begin) >= denseZone) return walk(zone, false);
    QStringList rows;
    for (auto it = begin; it != end; ++it)
        rows.append(QString::number(*it));
    Query query(m_statements, SearchRow::select() + u"WHERE m.id IN (SELECT value FROM json_each(?))"_s);
    query.bind(QString(u'[' % rows.join(u',') % u']'));
    while (query.next())
        look(SearchRow::read(query), false);
    if (query.error()) return query.error();
    return {};
}

} // namespace Mingle
