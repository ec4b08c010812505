// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sendbutton.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QEnterEvent>
#include <QPainter>

namespace Mingle {

SendButton::SendButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Send"));
    setToolTip(tr("Send (Enter)"));
}

QSize SendButton::sizeHint() const
{
    const int edge = space(font(), 8);
    return {edge, edge};
}

void SendButton::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF disc = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    if (isEnabled()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isDown() || underMouse() ? mixed(theme.accent, theme.text, 0.15) : theme.accent);
        painter.drawEllipse(disc);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(disc);
    }
    const qreal edge = width() * 0.55;
    const QRectF sign((width() - edge) / 2, (height() - edge) / 2, edge, edge);
    paintSign(&painter, sign, Sign::Send, isEnabled() ? theme.onAccent : theme.muted);
}

void SendButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void SendButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace Mingle
