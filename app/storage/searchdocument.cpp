// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchdocument.h"

#include "core/foldedtext.h"
#include "core/message.h"

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// Longer ones are keys and the like. They are found by their beginning.
constexpr qsizetype maxWord = 40;
// A word has to go beyond what is looked for in it (TermMatcher: three letters).
constexpr qsizetype shortestWithInside = 4;

// Of no kind that a word is made of, and outside ASCII, so FTS5's ascii tokenizer leaves it in.
constexpr QChar special = u'\ue000';

QStringView cut(QStringView word)
{
    if (word.size() <= maxWord) return word;
    return word.first(word.at(maxWord - 1).isHighSurrogate() ? maxWord - 1 : maxWord);
}

qsizetype sizeAt(QStringView text, qsizetype i)
{
    return text.at(i).isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
}

bool isRun(QStringView word)
{
    return standsAlone(word.size() > 1 && word.at(0).isHighSurrogate()
                           ? QChar::surrogateToUcs4(word.at(0), word.at(1))
                           : char32_t(word.at(0).unicode()));
}

// Each two characters in a row.
QStringList pairsOf(QStringView run)
{
    QStringList pairs;
    qsizetype first = 0;
    for (qsizetype second = sizeAt(run, 0); second < run.size();) {
        const qsizetype end = second + sizeAt(run, second);
        pairs.append(run.sliced(first, end - first).toString());
        first = second;
        second = end;
    }
    return pairs;
}

QStringView lastOf(QStringView run)
{
    return run.last(run.last().isLowSurrogate() && run.size() > 1 ? 2 : 1);
}

QString numbered(char16_t kind, qint64 row)
{
    return special + QChar(kind) + QString::number(row, 36);
}

// Tokens hold no quotes, and inside of them nothing means anything to FTS5.
QString quoted(QStringView token)
{
    return u'"' % token % u'"';
}

QString beginning(QStringView token)
{
    return quoted(token) % u'*';
}

QString anyOf(const QStringList &expressions)
{
    return u'(' % expressions.join(u" OR "_s) % u')';
}
} // namespace

SearchDocument SearchDocument::of(const Message &message, qint64 chat, qint64 author)
{
    return {chat, author, message.mentionsMe, message.retracted, message.body};
}

QString tokensOf(const SearchDocument &document, QStringList *words)
{
    if (document.retracted) return {};
    QString tokens = numbered(u'c', document.chat) % u' ' % numbered(u'a', document.author);
    if (document.mentionsMe) tokens += u' ' % QString(special) % u'm';
    if (hasLink(document.body)) tokens += u' ' % QString(special) % u'l';
    if (isFileLink(document.body)) tokens += u' ' % QString(special) % u'f';
    const QString text = folded(document.body);
    for (const QStringView word : QStringView(text).tokenize(u' ', Qt::SkipEmptyParts)) {
        if (isRun(word)) {
            const QStringList pairs = pairsOf(word);
            for (const QString &pair : pairs)
                tokens += u' ' % pair;
            tokens += u' ' % lastOf(word);
            continue;
        }
        const QStringView token = cut(word);
        tokens += u' ' % token;
        if (words && token.size() >= shortestWithInside) words->append(token.toString());
    }
    return tokens;
}

QString chatExpression(const QList<qint64> &rows)
{
    QStringList list;
    for (const qint64 row : rows)
        list.append(quoted(numbered(u'c', row)));
    return anyOf(list);
}

QString authorExpression(const QList<qint64> &rows)
{
    QStringList list;
    for (const qint64 row : rows)
        list.append(quoted(numbered(u'a', row)));
    return anyOf(list);
}

QString mentionExpression()
{
    return quoted(QString(QString(special) % u'm'));
}

QString linkExpression()
{
    return quoted(QString(QString(special) % u'l'));
}

QString fileExpression()
{
    return quoted(QString(QString(special) % u'f'));
}

QString termExpression(const SearchQuery::Term &term)
{
    QStringList needed;
    const QStringList words = term.text.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (isRun(word)) {
            const QStringList pairs = pairsOf(word);
            for (const QString &pair : pairs)
                needed.append(quoted(pair));
            if (pairs.isEmpty()) needed.append(beginning(word)); // of a pair, or the last one
            continue;
        }
        const QStringView token = cut(word);
        const bool goesOn = !term.phrase && i == words.size() - 1 && token.size() == word.size();
        needed.append(goesOn ? beginning(token) : quoted(token));
    }
    needed.removeDuplicates();
    return needed.isEmpty() ? QString() : QString(u'(' % needed.join(u" AND "_s) % u')');
}

QString wordsExpression(const QStringList &words)
{
    QStringList list;
    for (const QString &word : words)
        list.append(quoted(word));
    return anyOf(list);
}

} // namespace Mingle
