// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchindex.h"

#include "storage/messagerow.h"
#include "storage/statements.h"

#include <QHash>
#include <QLoggingCategory>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(logSearch, "mingle.storage")

// A search reads as many in 1 ms.
constexpr qint64 worthIndexing = 256;
// Takes the writer some 10 ms.
constexpr qint64 maxBatch = 512;

QString createIndex()
{
    // columnsize=0, detail=none: see the header. ascii: the tokens are ready made.
    return u"CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', columnsize=0, detail=none, "
           "tokenize='ascii')"_s;
}
} // namespace

bool isIndexTrouble(const Error &error)
{
    constexpr int generic = 1; // SQLITE_ERROR: a table is missing
    constexpr int constraint = 19; // FTS5 lost its count of segments
    const int code = primaryCode(error);
    return isDamage(error) || code == generic || code == constraint;
}

Result<SearchReach> SearchReach::read(Statements &statements)
{
    Query query(statements, u"SELECT low, high, generation FROM search_state"_s);
    SearchReach reach;
    if (query.next()) reach = {query.value<qint64>(0), query.value<qint64>(1), query.value<qint64>(2)};
    if (query.error()) return query.error();
    return reach;
}

Outcome SearchIndex::create()
{
    const QStringList steps{
        createIndex(),
        // Every word that can be looked for by its inside, once.
        u"CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT"_s,
        u"CREATE TABLE search_zones (zone INTEGER PRIMARY KEY, oldest INTEGER NOT NULL, "
        "newest INTEGER NOT NULL) STRICT"_s,
        u"CREATE TABLE search_state (id INTEGER PRIMARY KEY CHECK (id = 1), low INTEGER NOT NULL, "
        "high INTEGER NOT NULL, generation INTEGER NOT NULL) STRICT"_s,
        u"INSERT INTO search_state SELECT 1, coalesce(max(id), 0), coalesce(max(id), 0), 1 FROM messages"_s,
    };
    for (const QString &step : steps) {
        if (auto done = m_statements.control(step); !done) return done;
    }
    return {};
}

Outcome SearchIndex::reset()
{
    const QStringList steps{
        u"DROP TABLE IF EXISTS search_index"_s,
        createIndex(),
        u"DELETE FROM search_words"_s,
        u"DELETE FROM search_zones"_s,
        u"INSERT OR REPLACE INTO search_state SELECT 1, coalesce(max(id), 0), coalesce(max(id), 0), "
        "coalesce((SELECT generation FROM search_state), 0) + 1 FROM messages"_s,
    };
    for (const QString &step : steps) {
        if (auto done = m_statements.control(step); !done) return done;
    }
    return {};
}

Result<bool> SearchIndex::holds(qint64 row)
{
    const auto reach = SearchReach::read(m_statements);
    if (!reach) return reach.error();
    return row > reach->low && row <= reach->high;
}

Outcome SearchIndex::write(qint64 row, const QString &tokens, bool remove)
{
    // Without content FTS5 has to be told the old tokens to find its entries.
    Query query(m_statements,
                remove ? u"INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', ?, ?)"_s
                       : u"INSERT INTO search_index (rowid, tokens) VALUES (?, ?)"_s);
    return query.bind(row, tokens).run();
}

Outcome SearchIndex::replace(qint64 row, const SearchDocument &before,
                             const std::optional<SearchDocument> &after)
{
    if (after == before) return {};
    const auto held = holds(row);
    if (!held) return held.error();
    if (!*held) return {};
    // What FTS5 holds back in memory must be gone before the table is dropped: it would be written into the new one.
    if (auto begun = m_statements.control(u"SAVEPOINT search"_s); !begun) return begun;
    Outcome done = tryReplace(row, before, after);
    if (done.ok())
        done = m_statements.control(u"SAVEPOINT written"_s); // makes FTS5 write it, or say that it cannot
    if (done.ok()) return m_statements.control(u"RELEASE search"_s);
    if (!isIndexTrouble(done.error())) return done; // all of the transaction is lost
    qCWarning(logSearch) << "the search index is damaged and will be made again";
    m_statements.clearFailure();
    if (auto undone = m_statements.control(u"ROLLBACK TO search"_s); !undone) return undone;
    if (auto anew = reset(); !anew) return anew;
    return m_statements.control(u"RELEASE search"_s);
}

Outcome SearchIndex::tryReplace(qint64 row, const SearchDocument &before,
                                const std::optional<SearchDocument> &after)
{
    if (auto done = write(row, tokensOf(before), true); !done) return done;
    if (!after) return {};
    QStringList words;
    const QString tokens = tokensOf(*after, &words);
    if (auto done = write(row, tokens, false); !done) return done;
    // Only this message's, and maybe a second time: a search takes no harm from that.
    for (const QString &word : std::as_const(words)) {
        Query query(m_statements, u"INSERT INTO search_words (word) VALUES (?)"_s);
        if (auto done = query.bind(word).run(); !done) return done;
    }
    return {};
}

Outcome SearchIndex::move(qint64 row, qint64 time)
{
    Query query(m_statements, u"UPDATE search_zones SET oldest = min(oldest, ?), newest = max(newest, ?) "
                              "WHERE zone = ? AND (oldest > ? OR newest < ?)"_s);
    return query.bind(time, time, row / SearchZone::size, time, time).run();
}

Result<bool> Indexer::isDue()
{
    const auto batch = next();
    if (!batch) return batch.error();
    return batch.value().has_value();
}

Outcome Indexer::step()
{
    const auto batch = next();
    if (!batch) return batch.error();
    return batch.value() ? index(*batch.value()) : Outcome();
}

Result<std::optional<Indexer::Batch>> Indexer::next()
{
    const auto reach = SearchReach::read(m_statements);
    if (!reach) return reach.error();
    qint64 newest = 0;
    qint64 newestMissing = 0; // rows are not without holes
    {
        Query query(m_statements, u"SELECT (SELECT max(id) FROM messages), "
                                  "(SELECT max(id) FROM messages WHERE id <= ?)"_s);
        query.bind(reach->low);
        if (query.next()) {
            newest = query.value<qint64>(0);
            newestMissing = query.value<qint64>(1);
        }
        if (query.error()) return query.error();
    }
    SearchReach then = *reach;
    if (newest - reach->high >= worthIndexing) {
        then.high = std::min(newest, reach->high + maxBatch);
        return std::optional(Batch{reach->high, then.high, then});
    }
    if (reach->low == 0) return std::optional<Batch>();
    then.low = std::max<qint64>(0, newestMissing - maxBatch);
    return std::optional(Batch{then.low, newestMissing, then});
}

Outcome Indexer::index(const Batch &batch)
{
    if (auto loaded = loadWords(batch.then.generation); !loaded) return loaded;
    QStringList words;
    QHash<qint64, SearchZone> zones;
    {
        Query rows(m_statements, u"SELECT id, chat, author, coalesce(time, 0), flags, body FROM messages "
                                 "WHERE id > ? AND id <= ? ORDER BY id"_s);
        Query insert(m_statements, u"INSERT INTO search_index (rowid, tokens) VALUES (?, ?)"_s);
        rows.bind(batch.after, batch.to);
        while (rows.next()) {
            const auto row = rows.value<qint64>(0);
            const auto time = rows.value<qint64>(3);
            const int flags = rows.value<int>(4);
            const SearchDocument document{
                rows.value<qint64>(1), rows.value<qint64>(2), (flags & int(MessageFlag::MentionsMe)) != 0,
                (flags & (int(MessageFlag::Retracted) | noticeMask)) != 0, rows.value<QString>(5)};
            if (auto done = insert.bind(row, tokensOf(document, &words)).run(); !done) return done;
            const qint64 number = row / SearchZone::size;
            const SearchZone zone = zones.value(number, {number, time, time});
            zones.insert(number, {number, std::min(zone.oldest, time), std::max(zone.newest, time)});
        }
        if (rows.error()) return rows.error();
    }
    if (auto done = addWords(words); !done) return done;
    if (auto done = widenZones(zones); !done) return done;
    Query state(m_statements, u"UPDATE search_state SET low = ?, high = ?"_s);
    return state.bind(batch.then.low, batch.then.high).run();
}

Outcome Indexer::loadWords(qint64 generation)
{
    if (m_generation == generation) return {};
    m_words.clear();
    Query query(m_statements, u"SELECT word FROM search_words"_s);
    while (query.next())
        m_words.insert(qHash(query.value<QString>(0), 0));
    if (query.error()) return query.error();
    m_generation = generation;
    return {};
}

Outcome Indexer::addWords(const QStringList &words)
{
    Query query(m_statements, u"INSERT INTO search_words (word) VALUES (?)"_s);
    for (const QString &word : words) {
        const size_t hash = qHash(word, 0);
        if (m_words.contains(hash)) continue;
        m_words.insert(hash);
        if (auto done = query.bind(word).run(); !done) return done;
    }
    return {};
}

Outcome Indexer::widenZones(const QHash<qint64, SearchZone> &zones)
{
    Query query(m_statements,
                u"INSERT INTO search_zones VALUES (?, ?, ?) ON CONFLICT (zone) DO UPDATE SET "
                "oldest = min(oldest, excluded.oldest), newest = max(newest, excluded.newest)"_s);
    for (const auto &[number, zone] : zones.asKeyValueRange()) {
        if (auto done = query.bind(number, zone.oldest, zone.newest).run(); !done) return done;
    }
    return {};
}

} // namespace Mingle
