// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/styling.h"

#include <array>

namespace Mingle {

namespace {

constexpr std::array<char16_t, 4> directives = {u'*', u'_', u'~', u'`'};
constexpr std::array<Style, 4> styleOf = {Style::Strong, Style::Emphasis, Style::Strike, Style::Mono};
constexpr qsizetype none = -1;

int directive(QChar c)
{
    for (size_t i = 0; i < directives.size(); ++i) {
        if (c == directives.at(i)) {
            return int(i);
        }
    }
    return -1;
}

/// The spans of one line (XEP-0393 6.2). Since matching is lazy, a span never holds another of its own kind,
/// so that recursion goes four deep at most; and since a closing character that is missing once in a range is
/// missing for all later openings of that range, the work is linear.
class SpanParser
{
public:
    SpanParser(QStringView text, QList<StyleRun> *runs)
        : m_text(text)
        , m_runs(runs)
    {}

    void parse(qsizetype begin, qsizetype end, Styles around)
    {
        std::array<bool, 4> unclosed = {};
        qsizetype plain = begin;
        for (qsizetype i = begin; i < end;) {
            const int kind = opens(i, begin, end);
            if (kind < 0) {
                ++i;
                continue;
            }
            if (m_text.at(i) == m_text.at(i + 1)) {
                i += 2; // nothing in between: neither is a directive
                continue;
            }
            const auto k = size_t(kind);
            const qsizetype close = unclosed.at(k) ? none : closing(i, end);
            if (close == none) {
                unclosed.at(k) = true;
                ++i;
                continue;
            }
            add(plain, i, around);
            const Styles inner = around | styleOf.at(k);
            add(i, i + 1, inner | Style::Directive);
            if (styleOf.at(k) == Style::Mono) {
                add(i + 1, close, inner); // holds no further spans
            } else {
                parse(i + 1, close, inner);
            }
            add(close, close + 1, inner | Style::Directive);
            i = plain = close + 1;
        }
        add(plain, end, around);
    }

private:
    int opens(qsizetype i, qsizetype begin, qsizetype end) const
    {
        const int kind = directive(m_text.at(i));
        if (kind < 0 || i + 1 >= end || m_text.at(i + 1).isSpace()) {
            return -1;
        }
        return i == begin || m_text.at(i - 1).isSpace() ? kind : -1;
    }

    qsizetype closing(qsizetype open, qsizetype end) const
    {
        for (qsizetype i = open + 2; i < end; ++i) {
            if (m_text.at(i) == m_text.at(open) && !m_text.at(i - 1).isSpace()) {
                return i;
            }
        }
        return none;
    }

    void add(qsizetype begin, qsizetype end, Styles styles)
    {
        if (begin < end && styles && m_runs->size() < maxStyleRuns) {
            m_runs->append({begin, end, styles});
        }
    }

    QStringView m_text;
    QList<StyleRun> *m_runs;
};

/// Steps over at most depth ">" with one whitespace behind each. Says how many there were.
int skipQuotes(QStringView text, qsizetype *at, qsizetype end, int depth)
{
    int found = 0;
    while (found < depth && *at < end && text.at(*at) == u'>') {
        ++*at;
        ++found;
        if (*at < end && text.at(*at).isSpace()) {
            ++*at;
        }
    }
    return found;
}

} // namespace

StyledText parseStyling(QStringView text)
{
    StyledText result;
    SpanParser spans(text, &result.runs);
    bool inside = false; // of a preformatted block
    int insideDepth = 0; // and of how many quotations around it
    for (qsizetype begin = 0; begin <= text.size();) {
        qsizetype end = text.indexOf(u'\n', begin);
        if (end < 0) {
            end = text.size();
        }
        StyledLine line;
        line.begin = line.content = begin;
        line.end = end;
        line.quoteDepth = skipQuotes(text, &line.content, end, inside ? insideDepth : maxQuoteDepth);
        if (inside && line.quoteDepth < insideDepth) {
            inside = false; // the quotation around the block has ended, and the block with it
        }
        const QStringView content = text.sliced(line.content, end - line.content);
        if (inside) {
            line.preformatted = true;
            line.fence = content == QStringView(u"```");
            inside = !line.fence;
        } else if (content.startsWith(QStringView(u"```"))) {
            line.preformatted = line.fence = inside = true;
            insideDepth = line.quoteDepth;
        } else {
            spans.parse(line.content, end, {});
        }
        result.lines.append(line);
        begin = end + 1;
    }
    return result;
}

} // namespace Mingle
