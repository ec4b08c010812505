// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme.h"

namespace Mingle {

/// Sizes, fonts and colours of a timeline at one width: made once, shared by all its rows. Device independent
/// pixels.
struct TimelineMetrics {
    TimelineMetrics(const QFont &font, const QPalette &palette, qreal viewWidth,
                    Qt::LayoutDirection layoutDirection);

    /// rect as it lies in a right-to-left window.
    QRectF mirrored(const QRectF &rect) const;

    Theme theme;
    QPalette palette;
    Qt::LayoutDirection direction;
    qreal width; ///< of a row
    qreal unit; ///< 4 px, grown with the font
    qreal margin; ///< free space at the row's left and right end
    qreal avatar; ///< edge length
    qreal textLeft;
    qreal textWidth; ///< not more than what is good to read
    qreal gutter; ///< right of the text, for the delivery sign

    QFont bodyFont;
    QFont monoFont;
    QFont emojiFont;
    QFont nameFont;
    QFont smallFont; ///< times, notes
    QFont smallBoldFont;
    qreal lineHeight; ///< of the body font, with air
    qreal smallHeight;
};

} // namespace Mingle
