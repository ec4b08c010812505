// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"
#include "core/termmatcher.h"

#include <QHash>
#include <QSet>

#include <limits>
#include <optional>

namespace Mingle {

class Query;
class SearchMemory;
class Statements;

/// What a search reads of a message before it knows whether it is a hit.
struct SearchRow {
    qint64 row = 0;
    qint64 chat = 0;
    qint64 author = 0;
    qint64 time = 0; ///< ms since 1970; 0: unknown
    int flags = 0;
    QString body;

    static QString select(); ///< "SELECT m.id, ... FROM messages m "
    static SearchRow read(const Query &query);
};

/// Up to where a search has come: hits beyond are older, or as old and stored earlier.
struct SearchPlace {
    qint64 time = std::numeric_limits<qint64>::max();
    qint64 row = std::numeric_limits<qint64>::max();

    friend auto operator<=>(const SearchPlace &, const SearchPlace &) = default;
};

/// What a message must fulfil, with names and days made numbers.
class SearchScope
{
public:
    /// chat: the only one to be looked into; all if empty.
    static Result<SearchScope> make(Statements &statements, SearchMemory &memory, const SearchQuery &query,
                                    const ChatId &chat);

    /// Where a hit of this chat is read: in the one that continues it, if there is one.
    ChatId shownIn(const ChatId &chat) const { return m_shownIn.value(chat, chat); }
    /// Nothing can fulfil it.
    bool isEmpty() const { return m_chats.isEmpty() || (m_authors && m_authors->isEmpty()); }
    qint64 from() const { return m_from; } ///< the oldest time
    qint64 to() const { return m_to; } ///< times are before it
    const QList<TermMatcher> &matchers() const { return m_matchers; }
    /// The same with terms as whole words only.
    SearchScope withWholeWords() const;

    /// All but the terms.
    bool fits(const SearchRow &row) const;

    /// A condition that the index can answer.
    struct Condition {
        QString expression; ///< what it finds holds all hits, by this alone
        double share = 0; ///< of the messages seen so far that it holds for
        int matcher = -1; ///< of which term; negative: not a term
        bool exact = false; ///< whole words only: costs little, however common
    };
    Result<QList<Condition>> conditions(Statements &statements, SearchMemory &memory) const;

private:
    Outcome findChats(Statements &statements, const ChatId &chat);

    SearchQuery m_query;
    QList<TermMatcher> m_matchers;
    QSet<qint64> m_chats; ///< rows
    QHash<ChatId, ChatId> m_shownIn;
    bool m_someChats = false; ///< not all that there are
    std::optional<QSet<qint64>> m_authors; ///< rows; none: anybody
    qint64 m_from = std::numeric_limits<qint64>::min();
    qint64 m_to = std::numeric_limits<qint64>::max();
};

} // namespace Mingle
