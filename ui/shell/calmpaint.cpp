// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/calmpaint.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace Mingle {

namespace {

constexpr qreal radius = 6;

} // namespace

void paintScrollBar(const QStyleOptionSlider &bar, const QRect &slider, QPainter *painter)
{
    const Theme theme(bar.palette);
    painter->save();
    painter->fillRect(bar.rect, theme.base);
    if (bar.minimum != bar.maximum) {
        const bool held = bar.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider)
                          && bar.state.testFlag(QStyle::State_Sunken);
        const bool hovered = bar.state.testFlag(QStyle::State_MouseOver);
        QRectF handle = QRectF(slider).adjusted(2, 2, -2, -2);
        const qreal round = std::min(handle.width(), handle.height()) / 2;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(mixed(theme.base, theme.text, held ? 0.55 : hovered ? 0.45 : 0.25));
        painter->drawRoundedRect(handle, round, round);
    }
    painter->restore();
}

void paintField(const QStyleOption &option, QPainter *painter)
{
    const Theme theme(option.palette);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(focused ? QPen(theme.accent, 2) : QPen(theme.outline, 1));
    painter->setBrush(option.state.testFlag(QStyle::State_Enabled) ? theme.base : theme.window);
    const qreal inset = focused ? 1 : 0.5;
    painter->drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void paintFlatButton(const QStyleOption &option, QPainter *painter, bool folds)
{
    const bool on = option.state.testFlag(QStyle::State_On) && !folds;
    const bool down = option.state.testFlag(QStyle::State_Sunken) || on;
    const bool over = option.state.testFlag(QStyle::State_MouseOver);
    if (!down && !over) return;
    const Theme theme(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(theme.base, theme.text, down ? 0.14 : 0.08));
    painter->drawRoundedRect(option.rect, radius, radius);
    painter->restore();
}

/// The button that Enter presses stands out; the others are quiet.
void paintPushButton(const QStyleOptionButton &button, QPainter *painter)
{
    const Theme theme(button.palette);
    const bool enabled = button.state.testFlag(QStyle::State_Enabled);
    const bool primary = enabled && button.features.testFlag(QStyleOptionButton::DefaultButton);
    const bool down = button.state.testFlag(QStyle::State_Sunken) || button.state.testFlag(QStyle::State_On);
    const bool over = enabled && button.state.testFlag(QStyle::State_MouseOver);
    QColor fill = primary ? theme.accent : theme.base;
    fill = mixed(fill, primary ? theme.base : theme.text, down ? 0.16 : over ? 0.08 : 0.0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(primary ? QPen(fill, 1) : QPen(theme.outline, 1));
    painter->setBrush(enabled ? fill : theme.window);
    painter->drawRoundedRect(QRectF(button.rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter->restore();
}

void paintFocus(const QStyleOption &option, QPainter *painter)
{
    const Theme theme(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(theme.accent, 1.5));
    painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), radius - 2, radius - 2);
    painter->restore();
}

void paintCheck(const QStyleOption &option, QPainter *painter)
{
    const Theme theme(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool on = !option.state.testFlag(QStyle::State_Off);
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor edge = enabled ? theme.outline : theme.separator;
    const QColor fill = !enabled ? theme.window : on ? theme.accent : theme.base;
    painter->setPen(QPen(on && enabled ? theme.accent : edge, 1));
    painter->setBrush(fill);
    painter->drawRoundedRect(box, radius / 2, radius / 2);
    painter->restore();
    if (on) paintSign(painter, box, Sign::Check, enabled ? theme.onAccent : theme.muted);
}

void paintChoice(const QStyleOptionComboBox &box, const QRect &arrow, QPainter *painter)
{
    paintField(box, painter);
    const Theme theme(box.palette);
    const int edge = std::min(space(QFont(), 4), arrow.height());
    QRectF place(0, 0, edge, edge);
    place.moveCenter(QRectF(arrow).center());
    place.translate(box.direction == Qt::RightToLeft ? edge / 4.0 : -edge / 4.0, 0);
    paintSign(painter, place, Sign::Down, theme.muted);
}

void paintGroupTitle(const QStyleOptionGroupBox &group, const QRect &label, QPainter *painter)
{
    painter->save();
    painter->setFont(sized(painter->font(), TextSize::Normal, QFont::DemiBold));
    painter->setPen(Theme(group.palette).text);
    const QRect line(group.rect.left(), label.top(), group.rect.width(), label.height());
    const auto side = QStyle::visualAlignment(group.direction, Qt::AlignLeft);
    painter->drawText(line, int(side | Qt::AlignVCenter | Qt::TextHideMnemonic), group.text);
    painter->restore();
}

void paintMenuPanel(const QStyleOption &option, QPainter *painter)
{
    const Theme theme(option.palette);
    // In the dark, what lies above is brighter.
    painter->fillRect(option.rect, theme.dark ? theme.window : theme.base);
    paintOutline(option, painter);
}

void paintMenuSeparator(const QStyleOption &option, QPainter *painter)
{
    const QRect &rect = option.rect;
    const int side = space(QFont(), 2);
    painter->fillRect(QRect(rect.left() + side, rect.center().y(), rect.width() - 2 * side, 1),
                      Theme(option.palette).separator);
}

void paintOutline(const QStyleOption &option, QPainter *painter)
{
    const Theme theme(option.palette);
    painter->save();
    painter->setPen(QPen(mixed(theme.window, theme.text, 0.25), 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

} // namespace Mingle
