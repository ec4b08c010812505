// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QWidget>

#include <cmath>

namespace Mingle {

namespace {

qreal linear(qreal channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

qreal luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

qreal factorOf(TextSize size)
{
    switch (size) {
    case TextSize::Tiny:
        return 0.8;
    case TextSize::Small:
        return 0.9;
    case TextSize::Normal:
        return 1.0;
    case TextSize::Large:
        return 1.15;
    case TextSize::Title:
        return 1.4;
    case TextSize::Huge:
        return 2.4;
    }
    return 1.0;
}

} // namespace

qreal contrast(const QColor &a, const QColor &b)
{
    const qreal la = luminance(a);
    const qreal lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor mixed(const QColor &a, const QColor &b, qreal amount)
{
    const auto blend = [amount](float x, float y) { return float(x + (y - x) * amount); };
    return QColor::fromRgbF(blend(a.redF(), b.redF()), blend(a.greenF(), b.greenF()),
                            blend(a.blueF(), b.blueF()));
}

QColor legible(const QColor &colour, const QColor &background, qreal ratio)
{
    // Towards whichever end has more contrast to give.
    const QColor white(Qt::white);
    const QColor black(Qt::black);
    const QColor end = contrast(background, white) > contrast(background, black) ? white : black;
    for (int step = 0; step < 20; ++step) {
        const QColor candidate = mixed(colour, end, step / 20.0);
        if (contrast(candidate, background) >= ratio) return candidate;
    }
    return end;
}

Theme::Theme(const QPalette &palette)
    : base(palette.color(QPalette::Active, QPalette::Base))
    , window(palette.color(QPalette::Active, QPalette::Window))
{
    dark = luminance(base) < 0.2;
    // A style that gives dim text is made readable too.
    text = legible(palette.color(QPalette::Active, QPalette::Text), base, 7.0);
    // Many styles put white on a highlight too light for it. The background gives way, for white on black looks worse.
    const QColor highlight = palette.color(QPalette::Active, QPalette::Highlight);
    onSelection = palette.color(QPalette::Active, QPalette::HighlightedText);
    selection = legible(highlight, onSelection);
    accent = legible(highlight, Qt::white);
    onAccent = Qt::white;
    if (contrast(accent, base) < 3.0) {
        accent = legible(highlight, base, 3.0);
        onAccent = legible(Qt::white, accent);
    }
    hover = mixed(base, text, dark ? 0.06 : 0.04);
    bubble = mixed(base, text, dark ? 0.09 : 0.06);
    mention = mixed(base, accent, dark ? 0.20 : 0.12);
    separator = mixed(base, text, dark ? 0.16 : 0.13);
    found = mixed(base, dark ? QColor(0xffb000) : QColor(0xffd034), dark ? 0.38 : 0.62);

    // Of the backgrounds that text stands on, the one that leaves the least contrast decides.
    const QColor backgrounds[] = {base, window, hover, bubble, mention};
    QColor worst = base;
    for (const QColor &background : backgrounds) {
        if (contrast(text, background) < contrast(text, worst)) worst = background;
    }
    text = legible(text, worst);
    muted = legible(mixed(text, base, 0.45), worst, 4.6);
    // Pure blue is what a palette has in which nobody chose a colour for links.
    const QColor chosen = palette.color(QPalette::Active, QPalette::Link);
    link = legible(chosen == QColor(Qt::blue) ? accent : chosen, worst, 4.6);
    danger = legible(dark ? QColor(0xff6b68) : QColor(0xc4231c), worst, 4.6);
    success = legible(dark ? QColor(0x57c27a) : QColor(0x1b7f3b), worst, 4.6);
    warning = legible(dark ? QColor(0xe6b450) : QColor(0x8a5a00), worst, 4.6);
    outline = legible(separator, base, 3.0);
    onFound = legible(text, found);
}

Theme Theme::of(const QWidget *widget)
{
    return Theme(widget->palette());
}

int space(const QFont &font, int steps)
{
    const qreal scale = std::clamp(QFontInfo(font).pixelSize() / 13.0, 1.0, 3.0);
    return qRound(4 * steps * scale);
}

QFont sized(const QFont &font, TextSize size, QFont::Weight weight)
{
    QFont result(font);
    const qreal factor = factorOf(size);
    if (font.pointSizeF() > 0) {
        result.setPointSizeF(std::max(1.0, font.pointSizeF() * factor));
    } else if (font.pixelSize() > 0) {
        result.setPixelSize(std::max(1, qRound(font.pixelSize() * factor)));
    }
    result.setWeight(weight);
    return result;
}

QFont monospaced(const QFont &font)
{
    QFont result = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (font.pointSizeF() > 0) {
        result.setPointSizeF(font.pointSizeF());
    } else {
        result.setPixelSize(font.pixelSize());
    }
    return result;
}

} // namespace Mingle
