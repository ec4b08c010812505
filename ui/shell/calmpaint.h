// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPainter;
class QRect;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionGroupBox;
class QStyleOptionSlider;

namespace Mingle {

// The single pieces CalmStyle draws in its own way, each with the colours of the option's palette.

void paintScrollBar(const QStyleOptionSlider &bar, const QRect &slider, QPainter *painter);
void paintField(const QStyleOption &option, QPainter *painter);
/// folds: unfolds something; that it is open shows by its arrow.
void paintFlatButton(const QStyleOption &option, QPainter *painter, bool folds);
/// The button that Enter presses stands out; the others are quiet.
void paintPushButton(const QStyleOptionButton &button, QPainter *painter);
void paintFocus(const QStyleOption &option, QPainter *painter);
/// The box of a check box: its edge has 3:1 on light and on dark.
void paintCheck(const QStyleOption &option, QPainter *painter);
/// A combo box without its text: looks like the fields beside it.
void paintChoice(const QStyleOptionComboBox &box, const QRect &arrow, QPainter *painter);
/// A group is its bold title and what stands below; no frame.
void paintGroupTitle(const QStyleOptionGroupBox &group, const QRect &label, QPainter *painter);
void paintMenuPanel(const QStyleOption &option, QPainter *painter);
void paintMenuSeparator(const QStyleOption &option, QPainter *painter);
/// Around menus and lists, which are hardly brighter or darker than what they stand on.
void paintOutline(const QStyleOption &option, QPainter *painter);

} // namespace Mingle
