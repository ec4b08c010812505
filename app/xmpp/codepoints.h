// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Mingle {

/// Part of a text counted in Unicode code points (XEP-0426), the end not included.
struct CodePointRange {
    int begin = 0;
    int end = 0;
};

int codePointCount(QStringView text);

/// Whether the ranges, sorted here, lie within a text of that length, none reversed or empty, none over another.
bool disjointWithin(QList<CodePointRange> &ranges, int length);

/// text without ranges that disjointWithin() has found good.
QString withoutRanges(const QString &text, const QList<CodePointRange> &ranges);

/// Where a range lies after removed (sorted, disjoint) went out of a text of that length. 0 to 0 if it lay outside of
/// the text, touched what was removed, or was empty.
CodePointRange afterRemoval(CodePointRange range, const QList<CodePointRange> &removed, int length);

/// The units of text between two code points; empty if they do not lie in it.
QStringView codePointSlice(QStringView text, CodePointRange range);

} // namespace Mingle
