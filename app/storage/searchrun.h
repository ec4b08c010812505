// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/searchindex.h"
#include "storage/searchscope.h"

#include <functional>
#include <memory>
#include <queue>
#include <vector>

namespace Mingle {

class Query;

/// Finds messages newest first, as many as are asked for.
///
/// What is common is found among the newest messages without any index, what is rare by the index in few steps. So it
/// reads the newest messages first, which tells how common each condition is, and goes on with what is cheaper.
class SearchRun
{
public:
    struct Hit {
        SearchPlace place;
        int fit = 0; ///< of all terms (TermMatcher::Fit), added up
        int nearness = 0; ///< of the terms to each other; more is nearer
    };
    struct Bounds {
        SearchPlace after; ///< hits come after it, in the order newest first
        qint64 maxRow = std::numeric_limits<qint64>::max(); ///< no hit was stored later
    };

    /// over: tells that the answer is no longer wanted; asked every few milliseconds.
    SearchRun(Statements &statements, SearchMemory &memory, const SearchScope &scope,
              std::function<bool()> over);
    ~SearchRun();

    /// The first count hits after a place. Error::Cancelled if over.
    Result<std::vector<Hit>> find(const Bounds &bounds, size_t count);

private:
    struct Newer {
        bool operator()(const Hit &a, const Hit &b) const { return a.place < b.place; }
    };

    Outcome readZones();
    bool mayHold(const SearchZone &zone) const;
    /// Hits that no zone not looked at yet can come before.
    void settle(qint64 newestElsewhere);
    bool isFull() const { return m_found.size() >= m_count; }

    Outcome walk(const SearchZone &zone, bool sample);
    void look(const SearchRow &row, bool sample);
    Outcome decide();
    bool worthWalking() const;

    Outcome lookUp(const SearchZone &zone);
    Outcome openIndex();
    Outcome fetchDownTo(qint64 row);

    Statements &m_statements;
    SearchMemory &m_memory;
    const SearchScope &m_scope;
    std::function<bool()> m_over;
    Bounds m_bounds;
    size_t m_count = 0;
    std::vector<Hit> m_found;
    std::priority_queue<Hit, std::vector<Hit>, Newer> m_pending;

    std::vector<SearchZone> m_zones; ///< newest first
    qint64 m_low = 0; ///< see SearchReach
    qint64 m_high = 0;
    qint64 m_messages = 0; ///< about how many there are
    qint64 m_walked = 0;
    qint64 m_hits = 0;
    QList<SearchScope::Condition> m_conditions; ///< what the index can do for this search
    std::vector<qint64> m_seen; ///< for each matcher, of those walked
    enum class Way { Undecided, Walk, Index } m_way = Way::Undecided;

    std::unique_ptr<Query> m_index; ///< rows, highest first
    std::vector<qint64> m_rows; ///< those read of it
    bool m_allRead = false;
};

} // namespace Mingle
