// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchmemory.h"

#include "core/foldedtext.h"
#include "storage/statements.h"

#include <QByteArrayMatcher>

#include <algorithm>

namespace Mingle {

using namespace Qt::StringLiterals;

void SearchMemory::follow(qint64 generation)
{
    if (m_generation != generation) *this = {};
    m_generation = generation;
}

Result<QStringList> SearchMemory::wordsAround(Statements &statements, const QString &text)
{
    if (auto done = readWords(statements); !done) return done.error();
    QStringList words;
    const QByteArrayMatcher matcher(text.toUtf8());
    for (qsizetype at = matcher.indexIn(m_words, 0); at >= 0;) {
        const qsizetype begin = m_words.lastIndexOf('\n', at) + 1;
        qsizetype end = m_words.indexOf('\n', at);
        if (end < 0) end = m_words.size();
        if (at > begin) words.append(QString::fromUtf8(QByteArrayView(m_words).sliced(begin, end - begin)));
        at = matcher.indexIn(m_words, end);
    }
    return words;
}

Outcome SearchMemory::readWords(Statements &statements)
{
    Query query(statements, u"SELECT id, word FROM search_words WHERE id > ? ORDER BY id"_s);
    query.bind(m_lastWord);
    while (query.next()) {
        m_lastWord = query.value<qint64>(0);
        m_words += '\n' + query.value<QString>(1).toUtf8();
    }
    if (query.error()) return query.error();
    return {};
}

Result<QSet<qint64>> SearchMemory::authors(Statements &statements, const QStringList &parts)
{
    // Rows of authors never change; they go only with an account, and then the generation is another one.
    Query query(statements, u"SELECT id, nick, address FROM authors WHERE id > ? ORDER BY id"_s);
    query.bind(m_lastAuthor);
    while (query.next()) {
        m_lastAuthor = query.value<qint64>(0);
        m_authors.insert(m_lastAuthor,
                         folded(query.value<QString>(1)) % u'\n' % folded(query.value<QString>(2)));
    }
    if (query.error()) return query.error();
    QSet<qint64> rows;
    for (const auto &[row, names] : m_authors.asKeyValueRange()) {
        const bool fits =
            std::ranges::any_of(parts, [&names](const QString &part) { return names.contains(part); });
        if (fits) rows.insert(row);
    }
    return rows;
}

} // namespace Mingle
