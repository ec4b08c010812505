// SPDX-License-Identifier: GPL-3.0-or-later
// The part of MessageText that draws and finds places again.
#include "widgets/messagetext.h"

#include <QPainter>

#include <algorithm>

namespace Mingle {

void MessageText::drawBehind(QPainter *painter, const Block &block, const TimelineMetrics &metrics) const
{
    const Theme &theme = metrics.theme;
    painter->setPen(Qt::NoPen);
    for (int depth = 0; depth < block.quoteDepth; ++depth) {
        const qreal x = depth * 3 * metrics.unit + metrics.unit * 0.25;
        const qreal bar = metrics.unit * 0.75;
        const qreal left = block.rightToLeft ? metrics.textWidth - x - bar : x;
        painter->setBrush(theme.outline);
        painter->drawRoundedRect(QRectF(left, block.area.top(), bar, block.area.height()), bar / 2, bar / 2);
    }
    if (block.preformatted) {
        painter->setBrush(theme.bubble);
        painter->drawRoundedRect(block.area, metrics.unit, metrics.unit);
    }
    const auto chips = [&](const QList<TextRange> &ranges, const QColor &plain, const QColor &strong) {
        for (const TextRange &range : ranges) {
            if (range.begin >= block.end || range.end <= block.begin) {
                continue;
            }
            painter->setBrush(range.strong ? strong : plain);
            const QList<QRectF> rects =
                rectsOf(std::max(range.begin, block.begin), std::min(range.end, block.end));
            for (const QRectF &rect : rects) {
                painter->drawRoundedRect(rect.adjusted(-1, 0, 1, 0), metrics.unit * 0.75,
                                         metrics.unit * 0.75);
            }
        }
    };
    chips(m_codes, theme.bubble, theme.bubble);
    chips(m_mentions, theme.bubble, mixed(theme.mention, theme.accent, 0.18));
}

void MessageText::draw(QPainter *painter, const QPointF &at, const TimelineMetrics &metrics,
                       const TextRange &selected) const
{
    painter->save();
    painter->translate(at);
    const QRectF clip = painter->hasClipping() ? painter->clipBoundingRect() : QRectF();
    for (const Block &block : m_blocks) {
        if (!clip.isNull() && (block.area.bottom() < clip.top() || block.area.top() > clip.bottom())) {
            continue;
        }
        drawBehind(painter, block, metrics);
        QList<QTextLayout::FormatRange> selections;
        const qsizetype begin = std::max(selected.begin, block.begin);
        const qsizetype end = std::min(selected.end, block.end);
        if (begin < end) {
            QTextCharFormat format;
            format.setBackground(metrics.theme.selection);
            format.setForeground(metrics.theme.onSelection);
            selections.append({int(begin - block.begin), int(end - begin), format});
        }
        painter->setPen(block.quoteDepth > 0 ? metrics.theme.muted : metrics.theme.text);
        block.layout->draw(painter, {}, selections, clip);
    }
    painter->restore();
}

const MessageText::Block *MessageText::blockAt(qreal y) const
{
    if (m_blocks.empty()) {
        return nullptr;
    }
    const auto below = std::find_if(m_blocks.begin(), m_blocks.end(),
                                    [y](const Block &block) { return y < block.area.bottom(); });
    return below == m_blocks.end() ? &m_blocks.back() : &*below;
}

qsizetype MessageText::positionAt(const QPointF &point) const
{
    const Block *block = blockAt(point.y());
    if (!block || point.y() < 0) {
        return 0;
    }
    if (point.y() >= m_height) {
        return m_shown;
    }
    for (int i = 0; i < block->layout->lineCount(); ++i) {
        const QTextLine line = block->layout->lineAt(i);
        const bool isLast = i + 1 == block->layout->lineCount();
        if (isLast || point.y() < block->layout->lineAt(i + 1).y()) {
            return block->begin + line.xToCursor(point.x());
        }
    }
    return block->begin;
}

bool MessageText::covers(const QPointF &point) const
{
    const Block *block = blockAt(point.y());
    if (!block || point.y() < 0) {
        return false;
    }
    for (int i = 0; i < block->layout->lineCount(); ++i) {
        if (block->layout->lineAt(i).naturalTextRect().contains(point)) {
            return true;
        }
    }
    return false;
}

int MessageText::linkAt(const QPointF &point) const
{
    if (m_links.isEmpty() || !covers(point)) {
        return -1;
    }
    for (int i = 0; i < m_links.size(); ++i) {
        const QList<QRectF> rects = rectsOf(m_links.at(i).begin, m_links.at(i).end);
        if (std::any_of(rects.begin(), rects.end(),
                        [&](const QRectF &rect) { return rect.contains(point); })) {
            return i;
        }
    }
    return -1;
}

QList<QRectF> MessageText::rectsOf(qsizetype begin, qsizetype end) const
{
    QList<QRectF> result;
    for (const Block &block : m_blocks) {
        if (end <= block.begin || begin >= block.end) {
            continue;
        }
        for (int i = 0; i < block.layout->lineCount(); ++i) {
            const QTextLine line = block.layout->lineAt(i);
            const int from = int(std::max<qsizetype>(begin - block.begin, line.textStart()));
            const int to = int(std::min<qsizetype>(end - block.begin, line.textStart() + line.textLength()));
            if (from >= to) {
                continue;
            }
            const qreal x1 = line.cursorToX(from);
            const qreal x2 = line.cursorToX(to);
            result.append(QRectF(std::min(x1, x2), line.y(), std::abs(x2 - x1), line.height()));
        }
    }
    return result;
}

} // namespace Mingle
