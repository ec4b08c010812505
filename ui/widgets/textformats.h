// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/messagetext.h"

namespace Mingle {

/// What colours and styles the letters of a body.
struct TextMarks {
    const QList<StyleRun> &runs;
    const QList<Link> &links;
    const QList<TextRange> &mentions;
};

/// The formats for [begin, end) of the body, counted from begin, none overlapping. All marks must be in
/// order.
QList<QTextLayout::FormatRange> textFormats(const TextMarks &marks, qsizetype begin, qsizetype end,
                                            const TimelineMetrics &metrics);

} // namespace Mingle
