// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFlags>
#include <QList>
#include <QStringView>

namespace Mingle {

enum class Style {
    Strong = 0x1,
    Emphasis = 0x2,
    Strike = 0x4,
    Mono = 0x8,
    Directive = 0x10, ///< the character that makes the style: shown, but dimmed
};
Q_DECLARE_FLAGS(Styles, Style)
Q_DECLARE_OPERATORS_FOR_FLAGS(Styles)

/// A run of one style inside a line. Positions are UTF-16 units of the whole text; runs never overlap, are in
/// order, and leave out unstyled text.
struct StyleRun {
    qsizetype begin = 0;
    qsizetype end = 0;
    Styles styles;

    friend bool operator==(const StyleRun &, const StyleRun &) = default;
};

/// One line of the text without its line end: what XEP-0393 calls a plain block, or a line of a preformatted
/// one.
struct StyledLine {
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype content = 0; ///< behind the ">" of the quotations around it
    int quoteDepth = 0;
    bool preformatted = false;
    bool fence = false; ///< the "```" itself, at either end of a preformatted block

    friend bool operator==(const StyledLine &, const StyledLine &) = default;
};

struct StyledText {
    QList<StyledLine> lines;
    QList<StyleRun> runs;
};

constexpr int maxQuoteDepth = 8; ///< deeper ">" are text
constexpr int maxStyleRuns = 4000; ///< what comes behind is plain

/// Message Styling (XEP-0393). Never changes the text, takes time linear in its length and never fails.
StyledText parseStyling(QStringView text);

} // namespace Mingle
