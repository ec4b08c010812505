// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/codepoints.h"

#include <algorithm>

namespace Mingle {

namespace {
/// Moves on from a place in units by a number of code points.
qsizetype advance(QStringView text, qsizetype from, int count)
{
    for (; count > 0 && from < text.size(); --count) {
        const bool pair =
            text[from].isHighSurrogate() && from + 1 < text.size() && text[from + 1].isLowSurrogate();
        from += pair ? 2 : 1;
    }
    return from;
}
} // namespace

int codePointCount(QStringView text)
{
    int count = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) ++i;
        ++count;
    }
    return count;
}

bool disjointWithin(QList<CodePointRange> &ranges, int length)
{
    std::sort(ranges.begin(), ranges.end(), [](auto a, auto b) { return a.begin < b.begin; });
    int free = 0;
    for (const auto &range : std::as_const(ranges)) {
        if (range.begin < free || range.end <= range.begin || range.end > length) return false;
        free = range.end;
    }
    return true;
}

QString withoutRanges(const QString &text, const QList<CodePointRange> &ranges)
{
    QString kept;
    kept.reserve(text.size());
    qsizetype unit = 0;
    int point = 0;
    for (const auto &range : ranges) {
        const qsizetype begin = advance(text, unit, range.begin - point);
        kept += QStringView(text).sliced(unit, begin - unit);
        unit = advance(text, begin, range.end - range.begin);
        point = range.end;
    }
    return kept + QStringView(text).sliced(unit);
}

CodePointRange afterRemoval(CodePointRange range, const QList<CodePointRange> &removed, int length)
{
    if (range.begin >= range.end || range.end > length) return {};
    int before = 0;
    for (const auto &gone : removed) {
        if (gone.end <= range.begin)
            before += gone.end - gone.begin;
        else if (gone.begin < range.end)
            return {};
    }
    return {range.begin - before, range.end - before};
}

QStringView codePointSlice(QStringView text, CodePointRange range)
{
    if (range.begin < 0 || range.end <= range.begin) return {};
    const qsizetype begin = advance(text, 0, range.begin);
    const qsizetype end = advance(text, begin, range.end - range.begin);
    return text.sliced(begin, end - begin);
}

} // namespace Mingle
