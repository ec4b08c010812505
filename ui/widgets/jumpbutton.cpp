// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jumpbutton.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QEnterEvent>
#include <QPainter>

namespace Mingle {

namespace {

constexpr int discSteps = 10;
constexpr int badgeSteps = 5;
constexpr int mostShown = 999;

} // namespace

JumpButton::JumpButton(Way way, QWidget *parent)
    : QAbstractButton(parent)
    , m_way(way)
{
    setCursor(Qt::ArrowCursor);
    setFocusPolicy(Qt::TabFocus);
    setCount(0);
}

void JumpButton::setCount(int count)
{
    m_count = count;
    const QString name =
        m_way == Way::Newest ? tr("Jump to the newest messages") : tr("Back to where you were");
    setAccessibleName(count > 0 ? tr("%1, %n unread", nullptr, count).arg(name) : name);
    setToolTip(name);
    update();
}

QSize JumpButton::sizeHint() const
{
    const int disc = space(font(), discSteps);
    return {disc + space(font()), disc + space(font(), badgeSteps) / 2 + 2};
}

void JumpButton::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int edge = space(font(), discSteps);
    const QRectF disc =
        QRectF((width() - edge) / 2.0, height() - edge, edge, edge).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(QPen(hasFocus() ? theme.accent : theme.separator, hasFocus() ? 2 : 1));
    painter.setBrush(underMouse() || isDown() ? mixed(theme.base, theme.text, 0.08) : theme.base);
    painter.drawEllipse(disc);

    if (m_way == Way::Back) {
        const qreal side = edge * 0.5;
        paintSign(&painter, QRectF(disc.center() - QPointF(side, side) / 2, QSizeF(side, side)), Sign::Return,
                  theme.muted);
    } else {
        painter.setPen(QPen(theme.muted, edge * 0.055, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF middle = disc.center() + QPointF(0, edge * 0.02);
        const qreal arm = edge * 0.15;
        painter.drawPolyline(QPolygonF({middle + QPointF(-arm, -arm / 2), middle + QPointF(0, arm / 2),
                                        middle + QPointF(arm, -arm / 2)}));
    }

    if (m_count <= 0) {
        return;
    }
    const QString text = m_count > mostShown ? QString::number(mostShown) + u'+' : QString::number(m_count);
    const QFont small = sized(font(), TextSize::Tiny, QFont::DemiBold);
    const qreal high = space(font(), badgeSteps) - 2;
    const qreal wide = std::min<qreal>(
        std::max(high, QFontMetricsF(small).horizontalAdvance(text) + 2 * space(font())), width());
    const QRectF badge((width() - wide) / 2, 0, wide, high);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(badge, high / 2, high / 2);
    painter.setFont(small);
    painter.setPen(theme.onAccent);
    painter.drawText(badge, Qt::AlignCenter, text);
}

void JumpButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void JumpButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace Mingle
