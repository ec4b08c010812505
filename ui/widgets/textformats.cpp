// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/textformats.h"

#include <algorithm>

namespace Mingle {

namespace {

QTextCharFormat formatOf(Styles styles, bool link, const TextRange *mention, const TimelineMetrics &metrics)
{
    QTextCharFormat format;
    if (styles.testFlag(Style::Mono)) {
        format.setFont(metrics.monoFont, QTextCharFormat::FontPropertiesSpecifiedOnly);
        format.setFontFamilies({metrics.monoFont.family()});
    }
    if (styles.testFlag(Style::Strong)) {
        format.setFontWeight(QFont::Bold);
    }
    if (styles.testFlag(Style::Emphasis)) {
        format.setFontItalic(true);
    }
    if (styles.testFlag(Style::Strike)) {
        format.setFontStrikeOut(true);
    }
    if (styles.testFlag(Style::Directive)) {
        format.setForeground(metrics.theme.muted);
    }
    if (mention) {
        format.setForeground(metrics.theme.link);
        format.setFontWeight(QFont::DemiBold);
    }
    if (link) {
        format.setForeground(metrics.theme.link);
        format.setFontUnderline(true);
    }
    return format;
}

/// The first range that ends behind a position.
template<typename T>
auto firstBehind(const QList<T> &ranges, qsizetype position)
{
    return std::lower_bound(ranges.begin(), ranges.end(), position,
                            [](const T &range, qsizetype at) { return range.end <= at; });
}

/// Walks along a list of ranges in order: each position is asked for once, never backwards.
template<typename T>
class Cursor
{
public:
    Cursor(const QList<T> &ranges, qsizetype begin)
        : m_ranges(ranges)
        , m_next(firstBehind(ranges, begin) - ranges.begin())
    {}
    const T *at(qsizetype position)
    {
        while (m_next < m_ranges.size() && m_ranges.at(m_next).end <= position) {
            ++m_next;
        }
        const bool inside = m_next < m_ranges.size() && m_ranges.at(m_next).begin <= position;
        return inside ? &m_ranges.at(m_next) : nullptr;
    }

private:
    const QList<T> &m_ranges;
    qsizetype m_next;
};

} // namespace

QList<QTextLayout::FormatRange> textFormats(const TextMarks &marks, qsizetype begin, qsizetype end,
                                            const TimelineMetrics &metrics)
{
    QList<qsizetype> edges;
    const auto collect = [&](const auto &ranges) {
        for (auto range = firstBehind(ranges, begin); range != ranges.end() && range->begin < end; ++range) {
            edges.append(std::max(range->begin, begin));
            edges.append(std::min(range->end, end));
        }
    };
    collect(marks.runs);
    collect(marks.links);
    collect(marks.mentions);
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());

    Cursor runs(marks.runs, begin);
    Cursor links(marks.links, begin);
    Cursor mentions(marks.mentions, begin);
    QList<QTextLayout::FormatRange> result;
    for (qsizetype i = 0; i + 1 < edges.size(); ++i) {
        const qsizetype from = edges.at(i);
        const StyleRun *run = runs.at(from);
        const Link *link = links.at(from);
        const TextRange *mention = mentions.at(from);
        if (run || link || mention) {
            result.append({int(from - begin), int(edges.at(i + 1) - from),
                           formatOf(run ? run->styles : Styles(), link != nullptr, mention, metrics)});
        }
    }
    return result;
}

} // namespace Mingle
