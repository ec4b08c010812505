// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/result.h"

#include <QDate>
#include <QFuture>

#include <optional>

namespace Mingle {

/// What a person looks for, as parseSearch() reads it from what was typed. All conditions must hold.
struct SearchQuery {
    struct Term {
        QString text; ///< folded: compatibility forms, case and marks do not count
        bool phrase = false; ///< the words in a row, the last one whole; else words that begin or go on like it
        friend bool operator==(const Term &, const Term &) = default;
    };
    QList<Term> terms;
    QStringList from; ///< part of the author's nick or address; any of them
    QStringList in; ///< part of the room's or person's name or address; any of them
    std::optional<QDate> after; ///< local day, included
    std::optional<QDate> before; ///< local day, not included
    bool hasLink = false;
    bool hasFile = false; ///< a link to something uploaded
    bool mentionsMe = false;

    bool isEmpty() const; ///< would find everything
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

/// words "exact phrases" from: in: before: after: has:link has:file mentions:me. Any text is legal: what looks like a
/// condition but is none is looked for as words. Bounded: of a long text only the first terms count.
SearchQuery parseSearch(const QString &text);

enum class SearchOrder { Newest, Best };

struct SearchHit {
    Message message;
    /// Where the terms are in the body: begin and length in UTF-16 units, ordered, not overlapping.
    QList<std::pair<qsizetype, qsizetype>> marks;
};

struct SearchPage {
    QList<SearchHit> hits;
    QByteArray next; ///< to be handed in for the following page; empty: that was all
};

/// Looks into what is stored, for views. Callable from any thread; answers come on the database's searching thread,
/// which nothing else waits for: use .then(context, ...). A new search ends the one before: that one is cancelled.
class MessageSearch
{
public:
    virtual ~MessageSearch() = default;

    /// In one chat, or in all if it is empty. from: SearchPage::next of the page before; empty: the first page.
    virtual QFuture<Result<SearchPage>> search(const SearchQuery &query, const ChatId &chat, SearchOrder order, int limit,
                                               const QByteArray &from = {}) = 0;
};

} // namespace Mingle
