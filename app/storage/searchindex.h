// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "storage/searchdocument.h"

#include <QSet>

#include <optional>

namespace Mingle {

class Statements;

/// How far the index reaches: the messages with low < row <= high are in it. Those above are so few that a search reads
/// them. Those up to low were there before the index was, and come into it in the background, newest first.
struct SearchReach {
    qint64 low = 0;
    qint64 high = 0;
    qint64 generation = 0; ///< of the index: grows when it is made anew

    static Result<SearchReach> read(Statements &statements);
};

/// What the index answers with when it is in disorder itself, rather than the disk or the whole file.
bool isIndexTrouble(const Error &error);

/// Messages with neighbouring rows, and between which times they lie: rows are nearly in the order of time, so this
/// says where the newest are without an index on time, which would take 12 bytes for each message.
struct SearchZone {
    static constexpr qint64 size = 512;

    qint64 number = 0;
    qint64 oldest = 0; ///< ms since 1970; no message is older
    qint64 newest = 0;

    qint64 first() const { return number * size; }
    qint64 last() const { return first() + size - 1; }
};

/// The full-text index, on the writing thread.
///
/// FTS5 without content, positions and sizes takes about one byte for each different word of a message; positions would
/// double that. What it finds is compared with the message, so it may find too much (phrases out of their order, what
/// was edited by a version of Unicode before) but never too little.
///
/// New messages are not indexed one by one, which would cost each burst a segment of the index for each message, but
/// some hundreds at a time by step(), in a transaction of its own: trouble with the index cannot keep a message from
/// being stored.
class SearchIndex
{
public:
    explicit SearchIndex(Statements &statements)
        : m_statements(statements)
    {}

    /// For a migration. What is stored will be indexed.
    Outcome create();
    /// Drops all of it, to be made again by step(). For damage, and where messages go without being named.
    Outcome reset();
    /// A message that is stored changes, or goes if there is no after.
    Outcome replace(qint64 row, const SearchDocument &before, const std::optional<SearchDocument> &after);
    /// Its time is another one now.
    Outcome move(qint64 row, qint64 time);

private:
    Result<bool> holds(qint64 row);
    Outcome write(qint64 row, const QString &tokens, bool remove);
    Outcome tryReplace(qint64 row, const SearchDocument &before, const std::optional<SearchDocument> &after);

    Statements &m_statements;
};

/// Brings the index up to date, batch by batch, within transactions of the caller.
class Indexer
{
public:
    explicit Indexer(Statements &statements)
        : m_statements(statements)
    {}

    /// Whether enough is missing to be worth a transaction.
    Result<bool> isDue();
    /// Indexes some of what is missing.
    Outcome step();
    /// The transaction of the last step() was rolled back.
    void forget() { m_generation = -1; }

private:
    struct Batch {
        qint64 after = 0;
        qint64 to = 0;
        SearchReach then;
    };
    Result<std::optional<Batch>> next();
    Outcome index(const Batch &batch);
    Outcome loadWords(qint64 generation);
    Outcome addWords(const QStringList &words);
    Outcome widenZones(const QHash<qint64, SearchZone> &zones);

    Statements &m_statements;
    QSet<size_t> m_words; ///< hashes of search_words
    qint64 m_generation = -1; ///< of m_words
};

} // namespace Mingle
