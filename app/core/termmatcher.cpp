// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/termmatcher.h"

#include <algorithm>

namespace Mingle {

namespace {
constexpr qsizetype maxMarks = 200; // of one term in one message
constexpr qsizetype shortestInside = 3; // shorter parts of words are in everything

char32_t firstOf(const QString &text)
{
    return text.size() > 1 && text.at(0).isHighSurrogate() ? QChar::surrogateToUcs4(text.at(0), text.at(1))
                                                           : char32_t(text.at(0).unicode());
}

char32_t lastOf(const QString &text)
{
    const qsizetype n = text.size();
    return n > 1 && text.at(n - 1).isLowSurrogate() ? QChar::surrogateToUcs4(text.at(n - 2), text.at(n - 1))
                                                    : char32_t(text.at(n - 1).unicode());
}
} // namespace

TermMatcher::TermMatcher(const SearchQuery::Term &term)
    : m_term(term)
{
    if (term.text.isEmpty()) return;
    m_aloneAtBegin = standsAlone(firstOf(term.text));
    m_aloneAtEnd = standsAlone(lastOf(term.text));
    const bool inside = !term.phrase && !term.text.contains(u' ') && term.text.size() >= shortestInside;
    m_wantsBegin = !m_aloneAtBegin && !inside;
    m_wantsEnd = !m_aloneAtEnd && term.phrase;
}

TermMatcher::Occurrence TermMatcher::find(const QString &folded, qsizetype from) const
{
    const qsizetype size = m_term.text.size();
    if (size == 0) return {};
    for (qsizetype at = folded.indexOf(m_term.text, from); at >= 0;
         at = folded.indexOf(m_term.text, at + 1)) {
        const qsizetype end = at + size;
        const bool begins = m_aloneAtBegin || at == 0 || folded.at(at - 1) == u' ';
        const bool ends = m_aloneAtEnd || end == folded.size() || folded.at(end) == u' ';
        if ((m_wantsBegin && !begins) || (m_wantsEnd && !ends)) continue;
        return {at, begins && ends ? Fit::Whole : begins ? Fit::Begins : Fit::Inside};
    }
    return {};
}

TermMatcher::Occurrence TermMatcher::best(const QString &folded) const
{
    Occurrence best;
    for (Occurrence o = find(folded); o && best.fit != Fit::Whole; o = find(folded, o.at + 1)) {
        if (!best || o.fit > best.fit) best = o;
    }
    return best;
}

QList<std::pair<qsizetype, qsizetype>> marksOf(const QString &body, const QList<TermMatcher> &matchers)
{
    const FoldedText folded = FoldedText::of(body, true);
    QList<std::pair<qsizetype, qsizetype>> found; // begin and end
    for (const TermMatcher &matcher : matchers) {
        const qsizetype size = matcher.term().text.size();
        qsizetype count = 0;
        for (auto o = matcher.find(folded.text); o && count < maxMarks;
             o = matcher.find(folded.text, o.at + size)) {
            found.append({folded.begins.at(o.at), folded.ends.at(o.at + size - 1)});
            ++count;
        }
    }
    std::ranges::sort(found);
    QList<std::pair<qsizetype, qsizetype>> marks;
    qsizetype reached = 0;
    for (const auto &[begin, end] : std::as_const(found)) {
        if (!marks.isEmpty() && begin < reached)
            marks.last().second = std::max(reached, end) - marks.last().first;
        else
            marks.append({begin, end - begin});
        reached = std::max(reached, end);
    }
    return marks;
}

} // namespace Mingle
