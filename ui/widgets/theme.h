// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QStringView>

class QWidget;

namespace Mingle {

/// Every colour the window draws with, derived from the palette so that light, dark and high-contrast themes
/// and a change of theme while running all just work. Text colours have at least 4.5:1 (WCAG AA) on base,
/// window, hover and mention. A cheap value: make one from the palette where it is needed, again after
/// PaletteChange.
struct Theme {
    explicit Theme(const QPalette &palette);
    static Theme of(const QWidget *widget);

    bool dark;
    QColor base;   ///< background of the timeline, lists and fields
    QColor window; ///< background of panels and bars
    QColor text;
    QColor muted;    ///< times, topics, placeholders: secondary, still 4.5:1
    QColor accent;   ///< unread badges, focus, the send button
    QColor onAccent; ///< text on accent
    QColor link;
    QColor danger;    ///< failures, as text
    QColor success;   ///< as text
    QColor warning;   ///< as text
    QColor hover;     ///< background of the row under the mouse
    QColor bubble;    ///< background of quiet chips, quotes, code
    QColor selection; ///< background of the chosen row or of selected text
    QColor onSelection;
    QColor mention;   ///< background of a message that mentions me
    QColor found;     ///< background of words that were searched for
    QColor onFound;
    QColor separator; ///< hairlines (3:1 is not needed: they carry no meaning alone)
    QColor outline;   ///< borders of fields and focus rings: 3:1
};

/// WCAG 2.1 contrast ratio, 1 to 21. Alpha is ignored.
qreal contrast(const QColor &a, const QColor &b);
/// amount 0 gives a, 1 gives b.
QColor mixed(const QColor &a, const QColor &b, qreal amount);
/// colour moved towards black or white, just so far that it has the ratio on background.
QColor legible(const QColor &colour, const QColor &background, qreal ratio = 4.5);

/// Consistent colour (XEP-0392 5) of a person or room, as text: legible on the palette's base and window.
/// key: the participant key, the bare address, or the room's address.
QColor personColor(QStringView key, const QPalette &palette);
/// The same hue as a filled background under white text.
QColor personFill(QStringView key);
/// XEP-0392 5.1: the hue angle in degrees, 0 <= angle < 360.
qreal hueAngle(QStringView key);

/// Distances on a 4 px grid which grows with the font, so that 200 % text keeps its proportions.
/// space(f, 1) is 4 device independent pixels with the usual 10 pt font.
int space(const QFont &font, int steps = 1);

enum class TextSize { Tiny, Small, Normal, Large, Title, Huge };
/// font in another size relative to itself, for point sizes and pixel sizes alike.
QFont sized(const QFont &font, TextSize size, QFont::Weight weight = QFont::Normal);
/// The system's fixed-width font in the size of font.
QFont monospaced(const QFont &font);

} // namespace Mingle
