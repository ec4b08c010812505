// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QStringList>

namespace Mingle {

class Statements;

/// What the searching connection keeps in memory from one search to the next, read as far as a search needs it.
class SearchMemory
{
public:
    /// Forgets what was read of another generation of the index (SearchReach). To be called first.
    void follow(qint64 generation);
    /// All words with text in them but not at their beginning.
    Result<QStringList> wordsAround(Statements &statements, const QString &text);
    /// Rows of authors with one of the parts in their nick or address.
    Result<QSet<qint64>> authors(Statements &statements, const QStringList &parts);

private:
    Outcome readWords(Statements &statements);

    QByteArray m_words; ///< each with a line end before it; UTF-8, in which no character is part of another
    qint64 m_lastWord = 0;
    QHash<qint64, QString> m_authors; ///< folded nick and address
    qint64 m_lastAuthor = 0;
    qint64 m_generation = 0;
};

} // namespace Mingle
