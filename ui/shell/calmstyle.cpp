// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/calmstyle.h"

#include "shell/calmpaint.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QStyleOption>
#include <QToolButton>

namespace Mingle {

CalmStyle::CalmStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_ScrollBarExtent) return 11;
    if (metric == PM_MenuVMargin) return 4;
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int CalmStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *data) const
{
    if (hint == SH_ScrollBar_LeftClickAbsolutePosition) return 1;
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0; // the words say it
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        const int side = space(widget ? widget->font() : QFont(), 1);
        return QProxyStyle::subControlRect(control, option, part, widget).adjusted(side, 0, -side, 0);
    }
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
    if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        box && control == CC_ComboBox && !box->editable) {
        paintChoice(*box, subControlRect(control, option, SC_ComboBoxArrow, widget), painter);
        return;
    }
    if (const auto *group = qstyleoption_cast<const QStyleOptionGroupBox *>(option);
        group && control == CC_GroupBox && !group->subControls.testFlag(SC_GroupBoxCheckBox)) {
        paintGroupTitle(*group, subControlRect(control, option, SC_GroupBoxLabel, widget), painter);
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
        const auto *button = qobject_cast<const QToolButton *>(widget);
        paintFlatButton(*option, painter,
                        button && button->toolButtonStyle() == Qt::ToolButtonTextBesideIcon);
    } else if (element == PE_FrameFocusRect) {
        paintFocus(*option, painter);
    } else if (element == PE_IndicatorCheckBox) {
        paintCheck(*option, painter);
    } else if (element == PE_PanelMenu) {
        paintMenuPanel(*option, painter);
    } else if (element == PE_Frame) {
        paintOutline(*option, painter);
    } else {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        item && element == CE_MenuItem && item->menuItemType == QStyleOptionMenuItem::Separator
        && item->text.isEmpty()) {
        paintMenuSeparator(*item, painter);
        return;
    }
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (button && element == CE_PushButtonBevel && !button->features.testFlag(QStyleOptionButton::Flat)) {
        paintPushButton(*button, painter);
        return;
    }
    if (button && element == CE_PushButtonLabel
        && button->features.testFlag(QStyleOptionButton::DefaultButton)
        && button->state.testFlag(State_Enabled)) {
        QStyleOptionButton primary(*button);
        primary.palette.setColor(QPalette::ButtonText, Theme(button->palette).onAccent);
        QProxyStyle::drawControl(element, &primary, painter, widget);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

QRect CalmStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect result = QProxyStyle::subElementRect(element, option, widget);
    // Text keeps clear of the round corners; the signs inside a field bring their own distance.
    if (element != SE_LineEditContents) return result;
    const int side = space(widget ? widget->font() : QFont(), 1);
    return result.adjusted(side, 0, -side, 0);
}

QSize CalmStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    const QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton && widget) {
        // As high as the fields it stands beside, and its words keep clear of the round ends.
        return {result.width() + space(widget->font(), 3),
                std::max(result.height(), space(widget->font(), 8))};
    }
    if (type == CT_MenuItem && widget) {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (!item || item->menuItemType == QStyleOptionMenuItem::Separator) return result;
        return {result.width() + space(widget->font(), 2), result.height() + space(widget->font(), 1)};
    }
    if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
        item && type == CT_ItemViewItem) {
        return {result.width(), result.height() + space(item->font, 2)};
    }
    if (type != CT_ToolButton) return result;
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (!button || button->toolButtonStyle != Qt::ToolButtonIconOnly) return result;
    const int edge = std::max(button->iconSize.width(), button->iconSize.height()) + space(button->font, 3);
    return {edge, edge};
}

} // namespace Mingle
