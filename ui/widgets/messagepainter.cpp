// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagepainter.h"

#include "widgets/avatar.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace Mingle {

namespace {

/// In the text's own direction, but on the side that the caller says.
void drawText(QPainter *painter, const QRectF &rect, const QString &text, const QFont &font,
              const QColor &colour, Qt::Alignment side)
{
    painter->setFont(font);
    painter->setPen(colour);
    painter->setLayoutDirection(Qt::LayoutDirectionAuto);
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width() + 1);
    const Qt::Alignment place = (side & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter | Qt::AlignAbsolute;
    painter->drawText(rect, int(place) | Qt::TextSingleLine | Qt::TextDontClip, shown);
}

/// The side on which a line of the window begins.
Qt::Alignment leading(const TimelineMetrics &metrics)
{
    return metrics.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
}

void paintBackground(QPainter *painter, const MessageLayout &layout, const TimelineMetrics &metrics,
                     const MessagePaintState &state)
{
    const QRectF row(0, 0, metrics.width, layout.height());
    const Theme &theme = metrics.theme;
    const bool mention = layout.look().message.mentionsMe && !layout.look().message.retracted;
    if (mention) {
        painter->fillRect(row, theme.mention);
        painter->fillRect(metrics.mirrored(QRectF(0, 0, metrics.unit * 0.75, layout.height())), theme.accent);
    } else if (state.hovered) {
        painter->fillRect(row, theme.hover);
    }
    if (state.flash > 0) {
        QColor tint = theme.accent;
        tint.setAlphaF(float(0.2 * state.flash));
        painter->fillRect(row, tint);
    }
    if (state.selectedWhole) {
        painter->fillRect(row, mixed(theme.base, theme.selection, 0.25));
    }
    if (state.focused && state.focusedPart < 0) {
        painter->setPen(QPen(theme.accent, std::max(1.5, metrics.unit * 0.4)));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(row.adjusted(2, 1, -2, -1), metrics.unit, metrics.unit);
    }
}

void paintHeader(QPainter *painter, const MessageLayout &layout, const TimelineMetrics &metrics,
                 const MessagePaintState &state)
{
    const MessageLook &look = layout.look();
    if (look.grouped) {
        // A time only for the row that is looked at keeps the column calm.
        const QRectF column(0, 0, metrics.textLeft - metrics.unit, layout.height());
        const QFont font = sized(metrics.bodyFont, TextSize::Tiny);
        const qreal top = layout.text() ? layout.textPosition().y() : 0;
        if ((state.hovered || state.focused)
            && QFontMetricsF(font).horizontalAdvance(layout.timeText()) < column.width() - metrics.unit) {
            QRectF place = metrics.mirrored(column);
            place.setTop(top);
            place.setHeight(metrics.lineHeight);
            const bool mirrored = metrics.direction == Qt::RightToLeft;
            drawText(painter, place, layout.timeText(), font, metrics.theme.muted,
                     mirrored ? Qt::AlignLeft : Qt::AlignRight);
        }
        return;
    }
    const Author &author = look.message.author;
    const QString key = colourKey(author.address, author.key, author.nick);
    painter->setFont(metrics.bodyFont);
    paintAvatar(painter, layout.avatarRect(), {look.name, key, AvatarShape::Person, false, state.avatar});
    drawText(painter, layout.nameRect(), look.name, metrics.nameFont, personColor(key, metrics.palette),
             leading(metrics));
    drawText(painter, layout.timeRect(), layout.timeText(), metrics.smallFont, metrics.theme.muted,
             leading(metrics));
}

void paintQuote(QPainter *painter, const MessageLayout &layout, const TimelineMetrics &metrics, bool hovered)
{
    const QRectF rect = layout.quoteRect();
    const MessageLook &look = layout.look();
    const Theme &theme = metrics.theme;
    const bool known = !look.quotedName.isEmpty();
    const QColor colour = known ? personColor(look.quotedKey, metrics.palette) : theme.muted;
    QPainterPath shape;
    shape.addRoundedRect(rect, metrics.unit, metrics.unit);
    painter->save();
    painter->setClipPath(shape, Qt::IntersectClip);
    painter->fillRect(rect, hovered ? mixed(theme.bubble, theme.text, 0.05) : theme.bubble);
    const bool mirrored = metrics.direction == Qt::RightToLeft;
    const qreal bar = metrics.unit * 0.75;
    painter->fillRect(QRectF(mirrored ? rect.right() - bar : rect.left(), rect.top(), bar, rect.height()),
                      colour);
    QRectF words =
        rect.adjusted(3 * metrics.unit, metrics.unit * 0.75, -2 * metrics.unit, -metrics.unit * 0.75);
    const Qt::Alignment side = leading(metrics);
    if (!known) {
        drawText(painter, words, MessageLayout::lostQuoteText(), metrics.smallFont, theme.muted, side);
    } else {
        words.setHeight(metrics.smallHeight);
        drawText(painter, words, look.quotedName, metrics.smallBoldFont, colour, side);
        words.translate(0, metrics.smallHeight);
        drawText(painter, words, look.quotedText, metrics.smallFont, theme.muted, side);
    }
    painter->restore();
}

void paintParts(QPainter *painter, const MessageLayout &layout, const TimelineMetrics &metrics,
                const MessagePaintState &state)
{
    for (int i = 0; i < layout.parts().size(); ++i) {
        const MessagePart &part = layout.parts().at(i);
        if (part.kind != MessagePart::Kind::Link && part.kind != MessagePart::Kind::Quote) {
            QFont font = metrics.smallBoldFont;
            font.setUnderline(state.hoveredPart == i);
            const QColor colour =
                part.kind == MessagePart::Kind::Discard ? metrics.theme.danger : metrics.theme.link;
            drawText(painter, part.area, part.label, font, colour, leading(metrics));
        }
        if (state.focusedPart == i) {
            painter->setPen(QPen(metrics.theme.accent, std::max(1.5, metrics.unit * 0.4)));
            painter->setBrush(Qt::NoBrush);
            for (const QRectF &rect : layout.partRects(i)) {
                painter->drawRoundedRect(rect.adjusted(-2, 0, 2, 0), metrics.unit * 0.75,
                                         metrics.unit * 0.75);
            }
        }
    }
}

} // namespace

void paintMessage(QPainter *painter, qreal y, const MessageLayout &layout, const TimelineMetrics &metrics,
                  const MessagePaintState &state)
{
    painter->save();
    painter->translate(0, y);
    painter->setClipRect(QRectF(0, 0, metrics.width, layout.height()), Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme &theme = metrics.theme;
    const Message &message = layout.look().message;
    paintBackground(painter, layout, metrics, state);
    paintHeader(painter, layout, metrics, state);
    if (!layout.quoteRect().isNull()) {
        const bool hovered = state.hoveredPart == 0; // the quote is the first part
        paintQuote(painter, layout, metrics, hovered);
    }
    if (layout.text()) {
        painter->setPen(theme.text);
        layout.text()->draw(painter, layout.textPosition(), metrics, state.selected, state.found);
    }
    if (!layout.noteRect().isNull()) {
        QFont font = metrics.bodyFont;
        font.setItalic(true);
        drawText(painter, layout.noteRect(), layout.noteText(), font, theme.muted, leading(metrics));
    }
    if (!layout.editedRect().isNull()) {
        drawText(painter, layout.editedRect(), MessageLayout::editedText(), metrics.smallFont, theme.muted,
                 leading(metrics));
    }
    if (!layout.deliveryRect().isNull()) {
        paintDelivery(painter, layout.deliveryRect(), message.delivery, theme);
    }
    if (!layout.failureRect().isNull()) {
        painter->setFont(metrics.smallFont);
        painter->setPen(theme.danger);
        painter->setLayoutDirection(Qt::LayoutDirectionAuto);
        painter->drawText(layout.failureRect(),
                          int(Qt::AlignTop | Qt::AlignAbsolute | leading(metrics)) | Qt::TextWordWrap,
                          layout.failureText());
    }
    paintParts(painter, layout, metrics, state);
    painter->restore();
}

void paintDelivery(QPainter *painter, const QRectF &rect, Delivery delivery, const Theme &theme)
{
    if (delivery == Delivery::Received) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal edge = std::min(rect.width(), rect.height());
    const QRectF box(rect.center() - QPointF(edge, edge) / 2, QSizeF(edge, edge));
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    const bool failed = delivery == Delivery::Failed;
    const QColor colour = failed                           ? theme.danger
                          : delivery == Delivery::Archived ? theme.success
                                                           : theme.muted;
    painter->setPen(QPen(colour, std::max(1.2, edge * 0.095), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    const auto check = [&](qreal shift) {
        painter->drawPolyline(
            QPolygonF({at(0.08 + shift, 0.55), at(0.28 + shift, 0.75), at(0.66 + shift, 0.3)}));
    };
    switch (delivery) {
    case Delivery::Received:
        break;
    case Delivery::Waiting:
        painter->drawEllipse(at(0.5, 0.5), edge * 0.36, edge * 0.36);
        painter->drawPolyline(QPolygonF({at(0.5, 0.28), at(0.5, 0.52), at(0.66, 0.6)}));
        break;
    case Delivery::Sent:
        check(0.13);
        break;
    case Delivery::Archived:
        check(0.0);
        painter->drawPolyline(QPolygonF({at(0.42, 0.67), at(0.5, 0.75), at(0.9, 0.3)}));
        break;
    case Delivery::Failed:
        painter->drawEllipse(at(0.5, 0.5), edge * 0.4, edge * 0.4);
        painter->drawLine(at(0.5, 0.3), at(0.5, 0.54));
        painter->drawPoint(at(0.5, 0.7));
        break;
    }
    painter->restore();
}

namespace {

struct LinePlaces {
    QRectF text;
    QRectF action;
};

LinePlaces placesOf(const LineLook &look, qreal height, const TimelineMetrics &metrics)
{
    const qreal gap = look.action.isEmpty() ? 0 : 2 * metrics.unit;
    const qreal room = metrics.width - 4 * metrics.margin;
    const qreal action = QFontMetricsF(metrics.smallBoldFont).horizontalAdvance(look.action);
    const qreal text = std::clamp(QFontMetricsF(metrics.smallBoldFont).horizontalAdvance(look.text) + 2, 0.0,
                                  room - action - gap);
    const qreal left = (metrics.width - text - gap - action) / 2;
    return {metrics.mirrored(QRectF(left, 0, text, height)),
            metrics.mirrored(QRectF(left + text + gap, 0, action, height))};
}

} // namespace

QRectF lineActionRect(const LineLook &look, qreal height, const TimelineMetrics &metrics)
{
    const LinePlaces places = placesOf(look, height, metrics);
    if (look.pressable) {
        return places.text.adjusted(-2 * metrics.unit, metrics.unit, 2 * metrics.unit, -metrics.unit);
    }
    return look.action.isEmpty() ? QRectF() : places.action;
}

void paintLine(QPainter *painter, const QRectF &row, const LineLook &look, const TimelineMetrics &metrics,
               bool hovered, bool focused)
{
    const LinePlaces places = placesOf(look, row.height(), metrics);
    const QRectF text = places.text.translated(row.topLeft());
    const QRectF action = places.action.translated(row.topLeft());
    const QRectF words = look.action.isEmpty() ? text : text | action;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, false);
    const qreal gap = 3 * metrics.unit;
    const qreal middle = std::floor(row.center().y());
    painter->setPen(QPen(look.colour, look.strong ? 2 : 1));
    if (!look.bare) {
        painter->drawLine(QPointF(row.left() + metrics.margin, middle), QPointF(words.left() - gap, middle));
        painter->drawLine(QPointF(words.right() + gap, middle),
                          QPointF(row.right() - metrics.margin, middle));
    }
    painter->setRenderHint(QPainter::Antialiasing);
    if (look.pressable && hovered) {
        const QRectF pill = lineActionRect(look, row.height(), metrics).translated(row.topLeft());
        painter->setPen(Qt::NoPen);
        painter->setBrush(metrics.theme.bubble);
        painter->drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    }
    const QColor colour = look.strong ? legible(look.colour, metrics.theme.base) : metrics.theme.muted;
    drawText(painter, text, look.text, metrics.smallBoldFont, colour, Qt::AlignCenter);
    if (!look.action.isEmpty()) {
        QFont font = metrics.smallBoldFont;
        font.setUnderline(hovered);
        drawText(painter, action, look.action, font, metrics.theme.link, Qt::AlignCenter);
    }
    if (focused) {
        painter->setPen(QPen(metrics.theme.accent, std::max(1.5, metrics.unit * 0.4)));
        painter->drawRoundedRect(words.adjusted(-6, 4, 6, -4), metrics.unit, metrics.unit);
    }
    painter->restore();
}

} // namespace Mingle
