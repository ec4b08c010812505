// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/links.h"
#include "models/styling.h"
#include "widgets/timelinemetrics.h"

#include <QTextLayout>

#include <memory>
#include <vector>

namespace Mingle {

/// A range of a text in UTF-16 units.
struct TextRange {
    qsizetype begin = 0;
    qsizetype end = 0;
    bool strong = false; ///< a mention of me, not of somebody else

    bool isEmpty() const { return begin >= end; }
    friend bool operator==(const TextRange &, const TextRange &) = default;
};

/// How much of a text is laid out. Whatever it holds, height is bounded by lines.
struct TextBounds {
    qsizetype units;
    int lines;
};
constexpr TextBounds collapsedText{4000, 40};
constexpr TextBounds expandedText{32000, 1200};

/// A message body laid out at one width: paragraphs in their own direction, XEP-0393 styles, quotations,
/// code, links, mentions. All positions are UTF-16 units of the body, all points relative to its top left
/// corner.
class MessageText
{
public:
    /// body: untrusted. mentions must be in order and not overlap.
    MessageText(const QString &body, const QList<TextRange> &mentions, const TimelineMetrics &metrics,
                const TextBounds &bounds);

    qreal height() const { return m_height; }
    qsizetype shownLength() const { return m_shown; }
    int lineCount() const { return m_lines; }
    bool isCut() const { return m_cut; } ///< there is more than what is laid out
    const QList<Link> &links() const { return m_links; }
    /// Where the last line's text ends on the far side from the author, as an empty rectangle; null behind code or what
    /// was cut. Its x is measured from the author's side: in a window that goes right to left, from the right.
    QRectF lastLineEnd() const;

    /// found: ranges to be marked, in order.
    void draw(QPainter *painter, const QPointF &at, const TimelineMetrics &metrics, const TextRange &selected,
              const QList<TextRange> &found = {}) const;
    /// The nearest position between two letters.
    qsizetype positionAt(const QPointF &point) const;
    /// Whether a point lies on the text itself, not just beside it.
    bool covers(const QPointF &point) const;
    int linkAt(const QPointF &point) const; ///< -1: none
    /// One rectangle for each line that the range touches.
    QList<QRectF> rectsOf(qsizetype begin, qsizetype end) const;

private:
    struct Block {
        qsizetype begin = 0;
        qsizetype end = 0;
        int quoteDepth = 0;
        bool preformatted = false;
        bool rightToLeft = false;
        qreal indent = 0;
        QRectF area; ///< with the padding of code
        std::unique_ptr<QTextLayout> layout;
    };

    void build(const TimelineMetrics &metrics, const QList<TextRange> &mentions, const TextBounds &bounds);
    QString blockText(const QList<StyledLine> &lines, qsizetype first, qsizetype last) const;
    bool layOut(Block *block, const TimelineMetrics &metrics, int maxLines);
    static void moveToAuthor(Block *block, qreal width);
    void drawBehind(QPainter *painter, const Block &block, const TimelineMetrics &metrics) const;
    const Block *blockAt(qreal y) const;
    static QTextLine lineAt(const Block &block, qreal y);

    QString m_text; ///< of the body what may be shown, safe to lay out
    QList<Link> m_links;
    QList<TextRange> m_mentions;
    QList<TextRange> m_codes; ///< inline code, to be drawn on a background
    std::vector<Block> m_blocks;
    qreal m_width; ///< of the column
    bool m_mirrored; ///< the window goes right to left
    qreal m_height = 0;
    qsizetype m_shown = 0;
    int m_lines = 0;
    bool m_cut = false;
    bool m_emoji = false;
};

} // namespace Mingle
