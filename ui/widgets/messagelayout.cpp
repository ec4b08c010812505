// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagelayout.h"

#include "models/displaytext.h"
#include "widgets/clocktime.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace Mingle {

namespace {

qreal advance(const QFont &font, const QString &text)
{
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

} // namespace

QList<TextRange> mentionRanges(const Message &message)
{
    constexpr qsizetype most = 200;
    QList<Mention> mentions = message.mentions.first(std::min(message.mentions.size(), most));
    std::stable_sort(mentions.begin(), mentions.end(),
                     [](const Mention &a, const Mention &b) { return a.begin < b.begin; });
    QList<TextRange> ranges;
    // In order, so that one walk along the body finds them all.
    auto rest = QStringView(message.body).left(expandedText.units);
    qsizetype units = 0;
    int points = 0;
    for (const Mention &mention : std::as_const(mentions)) {
        const qsizetype begin = mention.begin < points ? -1 : utf16Position(rest, mention.begin - points);
        if (begin < 0) {
            continue;
        }
        rest = rest.sliced(begin);
        units += begin;
        points = mention.begin;
        const qsizetype length =
            mention.end <= mention.begin ? -1 : utf16Position(rest, qint64(mention.end) - points);
        if (length > 0) {
            ranges.append({units, units + length, mention.isMe});
        }
    }
    qsizetype covered = 0;
    ranges.removeIf([&covered](const TextRange &range) {
        const bool overlaps = range.begin < covered;
        covered = overlaps ? covered : range.end;
        return overlaps;
    });
    return ranges;
}

MessageLayout::MessageLayout(const MessageLook &look, const TimelineMetrics &metrics)
    : m_look(look)
{
    m_height = (look.grouped ? 0.5 : 2.5) * metrics.unit;
    if (!look.grouped) {
        layOutHeader(metrics);
    }
    layOutBody(metrics);
    layOutMarks(metrics);
    if (look.message.delivery == Delivery::Failed) {
        layOutFailure(metrics);
    }
    m_height += 0.5 * metrics.unit;
    if (!look.grouped) {
        m_height = std::max(m_height, m_avatar.bottom() + metrics.unit);
    }
    m_height = std::ceil(m_height);
    mirror(metrics);
}

QString MessageLayout::timeText() const
{
    return clockTime(m_look.message.time);
}

QString MessageLayout::noteText() const
{
    return m_look.message.retracted ? tr("This message was deleted.")
                                    : tr("Too long to show more. Copy the message to read all of it.");
}

QString MessageLayout::failureText() const
{
    return m_look.failure.isEmpty() ? tr("Not sent.") : tr("Not sent: %1").arg(m_look.failure);
}

void MessageLayout::layOutHeader(const TimelineMetrics &metrics)
{
    m_avatar = QRectF(metrics.margin, m_height + metrics.unit * 0.5, metrics.avatar, metrics.avatar);
    const qreal height = metrics.lineHeight;
    const qreal gap = 2 * metrics.unit;
    const qreal time = advance(metrics.smallFont, timeText());
    const qreal name =
        std::min(advance(metrics.nameFont, m_look.name), std::max(metrics.textWidth - time - gap, 40.0));
    m_name = QRectF(metrics.textLeft, m_height, name, height);
    m_time = QRectF(m_name.right() + gap, m_height, time, height);
    m_height += height;
}

void MessageLayout::layOutBody(const TimelineMetrics &metrics)
{
    if (m_look.message.retracted) {
        m_note = QRectF(metrics.textLeft, m_height, metrics.textWidth, metrics.lineHeight);
        m_height += metrics.lineHeight;
        return;
    }
    if (!m_look.message.replyTo.isEmpty()) {
        // The same height whether the answered message is at hand or not, so that nothing moves when it
        // comes.
        const qreal words = std::max({advance(metrics.smallBoldFont, m_look.quotedName),
                                      advance(metrics.smallFont, m_look.quotedText),
                                      advance(metrics.smallFont, lostQuoteText())});
        m_quote = QRectF(metrics.textLeft, m_height + metrics.unit * 0.5,
                         std::min(words + 6 * metrics.unit, metrics.textWidth),
                         2 * metrics.smallHeight + 1.5 * metrics.unit);
        m_height = m_quote.bottom() + metrics.unit;
        m_parts.append(
            {MessagePart::Kind::Quote, -1, m_quote,
             m_look.quotedName.isEmpty() ? lostQuoteText() : tr("Reply to %1").arg(m_look.quotedName)});
    }
    m_text = std::make_unique<MessageText>(m_look.message.body, mentionRanges(m_look.message), metrics,
                                           m_look.expanded ? expandedText : collapsedText);
    m_textPosition = {metrics.textLeft, m_height};
    for (int i = 0; i < m_text->links().size(); ++i) {
        const Link &link = m_text->links().at(i);
        const QList<QRectF> rects = m_text->rectsOf(link.begin, link.end);
        if (!rects.isEmpty()) {
            m_parts.append({MessagePart::Kind::Link, i, rects.constFirst().translated(m_textPosition),
                            linkTarget(link.target)});
        }
    }
    m_height += m_text->height();
    if (m_text->isCut()) {
        qreal x = metrics.textLeft;
        if (m_look.expanded) {
            m_note = QRectF(metrics.textLeft, m_height, metrics.textWidth, metrics.lineHeight);
        } else {
            addButton(MessagePart::Kind::ShowAll, tr("Show all"), &x, metrics);
        }
        m_height += metrics.lineHeight;
    }
}

void MessageLayout::layOutMarks(const TimelineMetrics &metrics)
{
    const bool mine = m_look.message.delivery != Delivery::Received;
    const QRectF end = m_text ? m_text->lastLineEnd() : QRectF();
    qreal x = metrics.textLeft + end.right();
    qreal y = m_textPosition.y() + end.top();
    qreal height = end.height();
    if (end.isNull()) {
        x = metrics.textLeft;
        y = m_height - metrics.lineHeight;
        height = metrics.lineHeight;
    }
    const qreal gap = 1.5 * metrics.unit;
    if (m_look.message.edited && !m_look.message.retracted) {
        const qreal width = advance(metrics.smallFont, editedText());
        if (end.isNull() || x + gap + width > metrics.textLeft + metrics.textWidth) {
            x = metrics.textLeft - gap;
            y = m_height;
            height = metrics.smallHeight;
            m_height += height;
        }
        m_edited = QRectF(x + gap, y, width, height);
        x = m_edited.right();
    }
    if (mine) {
        const qreal edge = std::min(metrics.gutter, QFontMetricsF(metrics.bodyFont).height() * 0.9);
        const bool fits = !end.isNull() && x + gap + edge <= metrics.textLeft + metrics.textWidth;
        const qreal left = fits || !m_edited.isNull() ? x + gap : metrics.textLeft + metrics.textWidth + 2;
        m_delivery = QRectF(left, y + (height - edge) / 2, edge, edge);
    }
}

void MessageLayout::addButton(MessagePart::Kind kind, const QString &label, qreal *x,
                              const TimelineMetrics &metrics)
{
    const qreal width = advance(metrics.smallBoldFont, label);
    if (*x > metrics.textLeft && *x + width > metrics.textLeft + metrics.textWidth) {
        *x = metrics.textLeft;
        m_height += metrics.lineHeight;
    }
    m_parts.append({kind, -1, QRectF(*x, m_height, width, metrics.lineHeight), label});
    *x += width + 4 * metrics.unit;
}

void MessageLayout::layOutFailure(const TimelineMetrics &metrics)
{
    const QFontMetricsF font(metrics.smallFont);
    const QRectF room(0, 0, metrics.textWidth, metrics.smallHeight * 4);
    const qreal height =
        std::min(font.boundingRect(room, Qt::TextWordWrap, failureText()).height(), room.height());
    m_failure = QRectF(metrics.textLeft, m_height, metrics.textWidth, std::ceil(height) + metrics.unit * 0.5);
    m_height = m_failure.bottom();
    qreal x = metrics.textLeft;
    addButton(MessagePart::Kind::Retry, tr("Try again"), &x, metrics);
    addButton(MessagePart::Kind::Discard, tr("Delete"), &x, metrics);
    m_height += metrics.lineHeight;
}

void MessageLayout::mirror(const TimelineMetrics &metrics)
{
    if (metrics.direction == Qt::LeftToRight) {
        return;
    }
    for (QRectF *rect :
         {&m_avatar, &m_name, &m_time, &m_quote, &m_edited, &m_delivery, &m_note, &m_failure}) {
        *rect = rect->isNull() ? QRectF() : metrics.mirrored(*rect);
    }
    // The text's column moves, but a line inside it stays on the side its own direction asks for.
    const qreal shift = metrics.width - 2 * metrics.textLeft - metrics.textWidth;
    m_textPosition.rx() += shift;
    for (MessagePart &part : m_parts) {
        part.area = part.kind == MessagePart::Kind::Link ? part.area.translated(shift, 0)
                                                         : metrics.mirrored(part.area);
    }
}

int MessageLayout::partAt(const QPointF &point) const
{
    const int link = m_text ? m_text->linkAt(point - m_textPosition) : -1;
    for (int i = 0; i < m_parts.size(); ++i) {
        const MessagePart &part = m_parts.at(i);
        if (part.kind == MessagePart::Kind::Link ? part.link == link : part.area.contains(point)) {
            return i;
        }
    }
    return -1;
}

QList<QRectF> MessageLayout::partRects(int part) const
{
    const MessagePart &found = m_parts.at(part);
    if (found.kind != MessagePart::Kind::Link) {
        return {found.area};
    }
    const Link &link = m_text->links().at(found.link);
    QList<QRectF> rects = m_text->rectsOf(link.begin, link.end);
    for (QRectF &rect : rects) {
        rect.translate(m_textPosition);
    }
    return rects;
}

qreal MessageLayout::estimatedHeight(const Message &message, bool grouped, const TimelineMetrics &metrics)
{
    const qreal letter = QFontMetricsF(metrics.bodyFont).averageCharWidth();
    const qsizetype perLine = std::max<qsizetype>(qsizetype(metrics.textWidth / letter), 8);
    const auto shown = QStringView(message.body).left(collapsedText.units);
    const qsizetype lines =
        std::min<qsizetype>(shown.size() / perLine + 1 + shown.count(u'\n'), collapsedText.lines);
    qreal height = qreal(lines) * metrics.lineHeight + metrics.unit;
    if (!grouped) {
        height = std::max(height + metrics.lineHeight, metrics.avatar) + 2 * metrics.unit;
    }
    if (!message.replyTo.isEmpty()) {
        height += 2 * metrics.smallHeight + 2 * metrics.unit;
    }
    if (message.delivery == Delivery::Failed) {
        height += metrics.smallHeight + metrics.lineHeight;
    }
    return std::ceil(height);
}

} // namespace Mingle
