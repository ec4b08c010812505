// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagetext.h"

#include "models/displaytext.h"
#include "widgets/textformats.h"

#include <QFontMetricsF>

#include <cmath>

namespace Mingle {

namespace {

constexpr char16_t invisible = u'\u2060';
constexpr int maxBlocks = 400; // paragraphs of different kinds in turn

/// Where a text can be cut so that no surrogate pair is torn.
QStringView cut(QStringView text, qsizetype units)
{
    if (text.size() <= units) {
        return text;
    }
    return text.first(text.at(units).isLowSurrogate() ? units - 1 : units);
}

QTextOption optionFor(const QString &text, bool rightToLeft, const TimelineMetrics &metrics)
{
    QTextOption option(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setWrapMode(hasEndlessWord(text) ? QTextOption::WrapAnywhere
                                            : QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTabStopDistance(QFontMetricsF(metrics.monoFont).horizontalAdvance(u' ') * 4);
    return option;
}

enum class Direction { Neutral, Left, Right };

Direction directionOf(QStringView line)
{
    for (const char32_t c : line.toUcs4()) {
        switch (QChar::direction(c)) {
        case QChar::DirL:
            return Direction::Left;
        case QChar::DirR:
        case QChar::DirAL:
            return Direction::Right;
        default:
            break;
        }
    }
    return Direction::Neutral;
}

} // namespace

MessageText::MessageText(const QString &body, const QList<TextRange> &mentions,
                         const TimelineMetrics &metrics, const TextBounds &bounds)
    : m_text(displayText(cut(body, bounds.units)))
    , m_mentions(mentions)
    , m_width(metrics.textWidth)
    , m_mirrored(metrics.direction == Qt::RightToLeft)
    , m_cut(m_text.size() < body.size())
{
    build(metrics, mentions, bounds);
}

void MessageText::build(const TimelineMetrics &metrics, const QList<TextRange> &mentions,
                        const TextBounds &bounds)
{
    qsizetype limit = m_text.size();
    while (limit > 0 && !m_cut && m_text.at(limit - 1).isSpace()) {
        --limit; // empty lines at the end say nothing
    }
    const QStringView shown = QStringView(m_text).first(limit);
    m_emoji = shown.size() < 200 && emojiOnly(shown) > 0;
    const StyledText styled =
        m_emoji ? StyledText{{{0, limit, 0, 0, false, false}}, {}} : parseStyling(shown);
    m_links = findLinks(shown);
    for (const StyleRun &run : styled.runs) {
        if (run.styles.testFlag(Style::Mono)) {
            const bool goesOn = !m_codes.isEmpty() && m_codes.constLast().end == run.begin;
            if (goesOn) {
                m_codes.last().end = run.end;
            } else {
                m_codes.append({run.begin, run.end});
            }
        }
    }

    const QList<StyledLine> &lines = styled.lines;
    bool fenceHidden = false;
    bool rightToLeft = metrics.direction == Qt::RightToLeft;
    for (qsizetype first = 0; first < lines.size();) {
        const StyledLine &line = lines.at(first);
        if (line.fence) {
            const bool opens = first == 0 || !lines.at(first - 1).preformatted || lines.at(first - 1).fence;
            const bool filled =
                first + 1 < lines.size() && lines.at(first + 1).preformatted && !lines.at(first + 1).fence;
            const bool hidden = opens && !fenceHidden ? filled : fenceHidden;
            fenceHidden = opens && hidden && !fenceHidden;
            if (hidden) {
                ++first;
                continue;
            }
        }
        const auto directionAt = [&](qsizetype i) {
            return lines.at(i).preformatted
                       ? Direction::Left
                       : directionOf(
                             shown.sliced(lines.at(i).content, lines.at(i).end - lines.at(i).content));
        };
        Direction direction = directionAt(first);
        qsizetype last = first;
        while (last + 1 < lines.size() && !line.fence) {
            const StyledLine &next = lines.at(last + 1);
            const Direction nextDirection = directionAt(last + 1);
            const bool turns = nextDirection != Direction::Neutral && direction != Direction::Neutral
                               && nextDirection != direction;
            if (next.fence || next.preformatted != line.preformatted || next.quoteDepth != line.quoteDepth
                || turns) {
                break;
            }
            direction = direction == Direction::Neutral ? nextDirection : direction;
            ++last;
        }
        if (direction != Direction::Neutral) {
            rightToLeft = direction == Direction::Right;
        }
        Block block;
        block.begin = line.begin;
        block.end = lines.at(last).end;
        block.quoteDepth = line.quoteDepth;
        block.preformatted = line.preformatted && !line.fence;
        block.rightToLeft = rightToLeft;
        const QFont &font = m_emoji             ? metrics.emojiFont
                            : line.preformatted ? metrics.monoFont
                                                : metrics.bodyFont;
        block.layout = std::make_unique<QTextLayout>(blockText(lines, first, last), font);
        block.layout->setTextOption(optionFor(block.layout->text(), rightToLeft, metrics));
        block.layout->setFormats(
            textFormats({styled.runs, m_links, mentions}, block.begin, block.end, metrics));
        const bool complete = layOut(&block, metrics, bounds.lines - m_lines);
        m_shown = block.end;
        m_blocks.push_back(std::move(block));
        first = last + 1;
        if (!complete
            || (first < lines.size() && (m_lines >= bounds.lines || m_blocks.size() >= maxBlocks))) {
            m_cut = true;
            break;
        }
    }
    m_height = std::ceil(m_height);
}

QString MessageText::blockText(const QList<StyledLine> &lines, qsizetype first, qsizetype last) const
{
    const qsizetype begin = lines.at(first).begin;
    QString text = m_text.sliced(begin, lines.at(last).end - begin);
    for (qsizetype i = first; i <= last; ++i) {
        const StyledLine &line = lines.at(i);
        // The bar beside a quotation says what ">" says; the units stay, so that positions do.
        for (qsizetype at = line.begin; at < line.content; ++at) {
            text[at - begin] = QChar(invisible);
        }
        if (i < last) {
            text[line.end - begin] = QChar(QChar::LineSeparator);
        }
    }
    return text;
}

/// False: not all of it fits into maxLines.
bool MessageText::layOut(Block *block, const TimelineMetrics &metrics, int maxLines)
{
    const qreal padding = block->preformatted ? 2 * metrics.unit : 0;
    block->indent = block->quoteDepth * 3 * metrics.unit;
    const qreal left = (block->rightToLeft ? 0 : block->indent) + padding;
    const qreal width = std::max(metrics.textWidth - block->indent - 2 * padding, 40.0);
    if (!m_blocks.empty()) {
        const Block &above = m_blocks.back();
        const bool apart = above.preformatted || block->preformatted || above.quoteDepth != block->quoteDepth;
        m_height += apart ? metrics.unit : 0;
    }
    const qreal top = m_height;
    qreal y = top + padding * 0.75;
    bool complete = true;
    block->layout->setCacheEnabled(true);
    block->layout->beginLayout();
    for (int n = 0;; ++n) {
        // Before the line is made: one that is made but not wanted would take in all the rest.
        if (n >= std::max(maxLines, 1)) {
            const QTextLine above = block->layout->lineAt(n - 1);
            const int shown = above.textStart() + above.textLength();
            complete = shown >= block->layout->text().size();
            block->end = std::min(block->end, block->begin + shown);
            break;
        }
        QTextLine line = block->layout->createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        // A fallback font may be taller, but no text can make a line as tall as it likes.
        const qreal natural = m_emoji ? line.height() : std::max(line.height(), metrics.lineHeight);
        const qreal height = std::min(std::ceil(natural), metrics.lineHeight * 4);
        line.setPosition({left, y + (height - line.height()) / 2});
        y += height;
        ++m_lines;
    }
    block->layout->endLayout();
    if (!block->preformatted && block->quoteDepth == 0
        && block->rightToLeft != (metrics.direction == Qt::RightToLeft))
        moveToAuthor(block, width);
    y += padding * 0.75;
    block->area = QRectF(left - padding, top, width + 2 * padding, y - top);
    m_height = y;
    return complete;
}

/// Text that runs against the window keeps its direction and its own ragged side, but stands where the other texts do:
/// at the far end of a wide window nobody would see whose it is.
void MessageText::moveToAuthor(Block *block, qreal width)
{
    const int lines = block->layout->lineCount();
    qreal widest = 0;
    for (int n = 0; n < lines; ++n)
        widest = std::max(widest, block->layout->lineAt(n).naturalTextWidth());
    const qreal free = std::max(0.0, std::floor(width - widest));
    for (int n = 0; n < lines; ++n) {
        QTextLine line = block->layout->lineAt(n);
        line.setPosition(line.position() + QPointF(block->rightToLeft ? -free : free, 0));
    }
}

QRectF MessageText::lastLineEnd() const
{
    if (m_blocks.empty() || m_cut) {
        return {};
    }
    const Block &block = m_blocks.back();
    if (block.preformatted || block.layout->lineCount() == 0) {
        return {};
    }
    const QTextLine line = block.layout->lineAt(block.layout->lineCount() - 1);
    const QRectF text = line.naturalTextRect();
    return {m_mirrored ? m_width - text.left() : text.right(), line.y(), 0, line.height()};
}

} // namespace Mingle
