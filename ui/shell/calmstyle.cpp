// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/calmstyle.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace Mingle {

namespace {

constexpr qreal radius = 6;

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

void paintFlatButton(const QStyleOption &option, QPainter *painter)
{
    const bool down = option.state.testFlag(QStyle::State_Sunken) || option.state.testFlag(QStyle::State_On);
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

} // namespace

CalmStyle::CalmStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_ScrollBarExtent) return 11;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    if (hint == SH_ScrollBar_LeftClickAbsolutePosition) return 1;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar) return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrows: the groove is everything, the slider a part of it.
    const bool upright = bar->orientation == Qt::Vertical;
    const int length = upright ? bar->rect.height() : bar->rect.width();
    const int range = bar->maximum - bar->minimum;
    int size = length;
    if (range > 0) {
        const qint64 wanted = qint64(bar->pageStep) * length / (qint64(range) + bar->pageStep);
        size = int(std::clamp<qint64>(wanted, std::min(30, length), length));
    }
    const int from = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - size,
                                             bar->upsideDown);
    const auto span = [&](int begin, int end) {
        return upright ? QRect(bar->rect.left(), bar->rect.top() + begin, bar->rect.width(), end - begin)
                       : QRect(bar->rect.left() + begin, bar->rect.top(), end - begin, bar->rect.height());
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return span(from, from + size);
    case SC_ScrollBarSubPage:
        return span(0, from);
    case SC_ScrollBarAddPage:
        return span(from + size, length);
    default:
        return {};
    }
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                   QPainter *painter, const QWidget *widget) const
{
    if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        bar && control == CC_ScrollBar) {
        paintScrollBar(*bar, subControlRect(control, option, SC_ScrollBarSlider, widget), painter);
        return;
    }
    if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        button && control == CC_ToolButton) {
        QStyleOptionToolButton bare(*button);
        bare.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &bare, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QIcon CalmStyle::standardIcon(StandardPixmap standard, const QStyleOption *option,
                              const QWidget *widget) const
{
    switch (standard) {
    case SP_LineEditClearButton:
    case SP_DialogCloseButton:
    case SP_TitleBarCloseButton:
        return icon(Sign::Close);
    case SP_DialogCancelButton:
    case SP_DialogOkButton:
        return {}; // the words say it
    default:
        return QProxyStyle::standardIcon(standard, option, widget);
    }
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    if (element == PE_PanelLineEdit && frame && frame->lineWidth > 0) {
        paintField(*option, painter);
    } else if (element == PE_PanelButtonTool && option->state.testFlag(State_AutoRaise)) {
        paintFlatButton(*option, painter);
    } else {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    const QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type != CT_ToolButton) return result;
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (!button || button->toolButtonStyle != Qt::ToolButtonIconOnly) return result;
    const int edge = std::max(button->iconSize.width(), button->iconSize.height()) + space(button->font, 3);
    return {edge, edge};
}

} // namespace Mingle
