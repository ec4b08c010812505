// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Mingle {

struct Message;

/// What the index is told of a message. Two equal ones have the same tokens.
struct SearchDocument {
    qint64 chat = 0; ///< row
    qint64 author = 0; ///< row
    bool mentionsMe = false;
    bool retracted = false;
    QString body;

    static SearchDocument of(const Message &message, qint64 chat, qint64 author);
    friend bool operator==(const SearchDocument &, const SearchDocument &) = default;
};

// What is indexed are plain tokens with spaces between them: words as core/foldedtext.h makes them, of writing without
// spaces each two characters in a row and the last one, and one token for each condition a query can have. So the index
// finds nothing that the text does not hold, and a query is never more than quoted tokens.
//
// The tokens of a message must never change: to take it out of the index they are made again. Another way of making
// them is a new schema version, whose step calls SearchIndex::reset().

/// For the index; words gets those that may be looked for by their inside.
QString tokensOf(const SearchDocument &document, QStringList *words = nullptr);

// FTS5 expressions.
QString chatExpression(const QList<qint64> &rows); ///< any of them
QString authorExpression(const QList<qint64> &rows);
QString mentionExpression();
QString linkExpression();
QString fileExpression();
/// Holds for all messages with the term at the beginning of a word; for some others too. Empty: any may have it.
QString termExpression(const SearchQuery::Term &term);
QString wordsExpression(const QStringList &words); ///< any of them

} // namespace Mingle
