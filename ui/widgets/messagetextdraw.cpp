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
                       const TextRange &selected, const QList<TextRange> &found) const
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
        const auto lift = [&](const TextRange &range, const QColor &paper, const QColor &ink) {
            const qsizetype begin = std::max(range.begin, block.begin);
            const qsizetype end = std::min(range.end, block.end);
            if (begin >= end) {
                return;
            }
            QTextCharFormat format;
            format.setBackground(paper);
            format.setForeground(ink);
            selections.append({int(begin - block.begin), int(end - begin), format});
        };
        for (const TextRange &range : found) {
            lift(range, metrics.theme.found, metrics.theme.onFound);
        }
        lift(selected, metrics.theme.selection, metrics.theme.onSelection);
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

/// The line at this height, or the nearest one of the block.
QTextLine MessageText::lineAt(const Block &block, qreal y)
{
    int low = 0;
    int high = block.layout->lineCount() - 1;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (block.layout->lineAt(middle).y() <= y) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return high < 0 ? QTextLine() : block.layout->lineAt(low);
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
    const QTextLine line = lineAt(*block, point.y());
    return line.isValid() ? block->begin + line.xToCursor(point.x()) : block->begin;
}

bool MessageText::covers(const QPointF &point) const
{
    const Block *block = blockAt(point.y());
    const QTextLine line = block && point.y() >= 0 ? lineAt(*block, point.y()) : QTextLine();
    return line.isValid() && line.naturalTextRect().contains(point);
}

int MessageText::linkAt(const QPointF &point) const
{
    if (m_links.isEmpty() || !covers(point)) {
        return -1;
    }
    const Block *block = blockAt(point.y());
    const qsizetype position =
        block->begin + lineAt(*block, point.y()).xToCursor(point.x(), QTextLine::CursorOnCharacter);
    const auto after = std::upper_bound(m_links.begin(), m_links.end(), position,
                                        [](qsizetype at, const Link &link) { return at < link.begin; });
    const bool inside = after != m_links.begin() && position < (after - 1)->end;
    return inside ? int(after - 1 - m_links.begin()) : -1;
}

QList<QRectF> MessageText::rectsOf(qsizetype begin, qsizetype end) const
{
    QList<QRectF> result;
    auto block = std::lower_bound(m_blocks.begin(), m_blocks.end(), begin,
                                  [](const Block &candidate, qsizetype at) { return candidate.end <= at; });
    for (; block != m_blocks.end() && block->begin < end; ++block) {
        const qsizetype first = std::max<qsizetype>(0, begin - block->begin);
        const QTextLine start = block->layout->lineForTextPosition(int(first));
        for (int i = start.isValid() ? start.lineNumber() : 0; i < block->layout->lineCount(); ++i) {
            const QTextLine line = block->layout->lineAt(i);
            const int from = int(std::max<qsizetype>(first, line.textStart()));
            const int to = int(std::min<qsizetype>(end - block->begin, line.textStart() + line.textLength()));
            if (from >= to) {
                break;
            }
            const qreal x1 = line.cursorToX(from);
            const qreal x2 = line.cursorToX(to);
            result.append(QRectF(std::min(x1, x2), line.y(), std::abs(x2 - x1), line.height()));
        }
    }
    return result;
}

} // namespace Mingle
