// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timelinemetrics.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QRectF>

#include <cmath>

namespace Mingle {

namespace {

constexpr qreal airy = 1.16;       // generous line height
constexpr qreal narrow = 420;      // below this, in units of the usual font, sizes give way
constexpr int readableUnits = 190; // 760 px at the usual size: some hundred letters

/// font, with the colour emoji font before whatever else has black and white ones.
QFont withEmoji(const QFont &font)
{
    static const QStringList known = {QStringLiteral("Noto Color Emoji"), QStringLiteral("Twemoji")};
    QFont result(font);
    for (const QString &family : known) {
        if (QFontDatabase::hasFamily(family)) {
            result.setFamilies({QFontInfo(font).family(), family});
            break;
        }
    }
    return result;
}

} // namespace

TimelineMetrics::TimelineMetrics(const QFont &font, const QPalette &pal, qreal viewWidth,
                                 Qt::LayoutDirection layoutDirection)
    : theme(pal)
    , palette(pal)
    , direction(layoutDirection)
    , width(std::max(viewWidth, 80.0))
    , unit(space(font))
    , bodyFont(withEmoji(font))
    , monoFont(monospaced(font))
    , emojiFont(sized(bodyFont, TextSize::Huge))
    , nameFont(sized(bodyFont, TextSize::Normal, QFont::DemiBold))
    , smallFont(sized(bodyFont, TextSize::Small))
    , smallBoldFont(sized(bodyFont, TextSize::Small, QFont::DemiBold))
    , lineHeight(std::ceil(QFontMetricsF(font).height() * airy))
    , smallHeight(std::ceil(QFontMetricsF(smallFont).height() * airy))
{
    const bool tight = width < narrow * unit / 4;
    margin = (tight ? 2.5 : 4) * unit;
    avatar = (tight ? 7 : 9) * unit;
    // Where the font is huge and the window small, the avatar must not eat the line.
    avatar = std::min(avatar, width / 7);
    textLeft = margin + avatar + (tight ? 2 : 3) * unit;
    gutter = 5 * unit;
    textWidth = std::clamp(width - textLeft - gutter - margin / 2, 40.0, readableUnits * unit);
}

QRectF TimelineMetrics::mirrored(const QRectF &rect) const
{
    if (direction == Qt::LeftToRight) {
        return rect;
    }
    return {width - rect.right(), rect.y(), rect.width(), rect.height()};
}

} // namespace Mingle
