// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foldedtext.h"
#include "core/search.h"

namespace Mingle {

/// Finds one term of a search in folded texts.
class TermMatcher
{
public:
    enum class Fit { Inside, Begins, Whole }; ///< better ones last
    struct Occurrence {
        qsizetype at = -1; ///< in FoldedText::text; negative: none
        Fit fit = Fit::Inside;
        explicit operator bool() const { return at >= 0; }
    };

    explicit TermMatcher(const SearchQuery::Term &term);

    const SearchQuery::Term &term() const { return m_term; }
    /// Whether it may begin in the middle of a word.
    bool findsInside() const { return !m_wantsBegin; }

    /// The first one at or after from.
    Occurrence find(const QString &folded, qsizetype from = 0) const;
    /// The first of those that fit best.
    Occurrence best(const QString &folded) const;

private:
    SearchQuery::Term m_term;
    bool m_wantsBegin = false;
    bool m_wantsEnd = false;
    bool m_aloneAtBegin = false; ///< its first character needs no gap before it
    bool m_aloneAtEnd = false;
};

/// SearchHit::marks of a body.
QList<std::pair<qsizetype, qsizetype>> marksOf(const QString &body, const QList<TermMatcher> &matchers);

} // namespace Mingle
