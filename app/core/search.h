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
        /// Folded (core/foldedtext.h): words with one space between them. Case, accents and punctuation do not count.
        QString text;
        /// The words in a row, each of them whole. Else one word: it begins a word or, from three letters on, stands
        /// anywhere in one; or several, as in "well-known": in a row, and the last may go on.
        bool phrase = false;
        friend bool operator==(const Term &, const Term &) = default;
    };
    QList<Term> terms;
    QStringList from; ///< folded part of the author's nick or address; any of them
    QStringList in; ///< folded part of the room's or person's name or address; any of them
    std::optional<QDate> after; ///< local day, included
    std::optional<QDate> before; ///< local day, not included
    bool hasLink = false;
    bool hasFile = false; ///< a link to something uploaded
    bool mentionsMe = false;

    bool isEmpty() const; ///< would find everything; a search for it finds nothing
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

/// words "exact phrases" from: in: before: after: has:link has:file mentions:me. Any text is legal: what looks like a
/// condition but is none is looked for as words. Days are 2026-03-14, 2026-03 or 2026. Bounded: of a long text only
/// the first terms count.
SearchQuery parseSearch(const QString &text);

/// Whether a web or upload address stands in the text.
bool hasLink(const QString &body);
/// Whether the text is the address of a file and nothing else: how uploads are sent (XEP-0363, XEP-0454).
bool isFileLink(const QString &body);

enum class SearchOrder {
    Newest,
    Best, ///< whole words first, then beginnings, then parts of words; close together first. Ends after some hundreds.
};

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
/// which nothing else waits for: use .then(context, ...). A new search ends the one before: its future is cancelled
/// (whenDone() then says Error::Cancelled). Chats removed from the list and retracted messages are not found.
class MessageSearch
{
public:
    virtual ~MessageSearch() = default;

    /// In one chat, or in all if it is empty. from: SearchPage::next of the page before, with the same query, chat and
    /// order; empty: the first page.
    virtual QFuture<Result<SearchPage>> search(const SearchQuery &query, const ChatId &chat,
                                               SearchOrder order, int limit, const QByteArray &from = {}) = 0;
};

} // namespace Mingle
