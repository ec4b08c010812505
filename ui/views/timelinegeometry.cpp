// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelinegeometry.h"

#include <algorithm>

namespace Mingle {

TimelineGeometry::TimelineGeometry(std::function<qreal(int)> measure, std::function<qreal(int)> estimate)
    : m_measure(std::move(measure))
    , m_estimate(std::move(estimate))
{}

void TimelineGeometry::reset(int rows)
{
    m_rows = QList<Row>(rows);
    m_anchor = rows - 1;
    m_top = 0;
    m_sticky = true;
}

void TimelineGeometry::insert(int first, int count)
{
    m_rows.insert(first, count, Row());
    if (m_anchor < 0) {
        m_anchor = int(m_rows.size()) - 1;
    } else if (first <= m_anchor) {
        m_anchor += count;
    }
}

void TimelineGeometry::remove(int first, int count)
{
    const int last = first + count;
    if (m_anchor >= last) {
        m_anchor -= count;
    } else if (m_anchor >= first) {
        // The row below takes over from where it stands; at the very end, the one above.
        if (last < m_rows.size()) {
            m_top = topOf(last);
            m_anchor = first;
        } else {
            m_top = first > 0 ? topOf(first - 1) : 0;
            m_anchor = first - 1;
        }
    }
    m_rows.remove(first, count);
}

void TimelineGeometry::invalidate(int first, int count)
{
    for (int i = first; i < first + count; ++i) {
        m_rows[i].measured = false;
    }
}

void TimelineGeometry::invalidateAll()
{
    m_rows.fill(Row());
}

void TimelineGeometry::setViewport(qreal height, qreal margin)
{
    m_viewport = height;
    m_margin = margin;
}

qreal TimelineGeometry::height(int row) const
{
    Row &known = m_rows[row];
    if (known.height < 0) {
        known.height = m_estimate(row);
    }
    return known.height;
}

qreal TimelineGeometry::measure(int row)
{
    if (!m_rows.at(row).measured) {
        const qreal height = m_measure(row);
        m_rows[row] = {height, true};
    }
    return m_rows.at(row).height;
}

qreal TimelineGeometry::sum(int first, int last) const
{
    qreal result = 0;
    for (int i = first; i < last; ++i) {
        result += height(i);
    }
    return result;
}

qreal TimelineGeometry::total() const
{
    return sum(0, count());
}

qreal TimelineGeometry::topOf(int row) const
{
    return row >= m_anchor ? m_top + sum(m_anchor, row) : m_top - sum(row, m_anchor);
}

qreal TimelineGeometry::value() const
{
    return m_anchor < 0 ? 0 : std::max(0.0, sum(0, m_anchor) - m_top);
}

qreal TimelineGeometry::maximum() const
{
    return std::max(0.0, total() + m_margin - m_viewport);
}

bool TimelineGeometry::atEnd() const
{
    return m_anchor < 0 || below() < 2;
}

void TimelineGeometry::scrollBy(qreal delta)
{
    m_top -= delta;
    m_sticky = false;
}

void TimelineGeometry::scrollTo(qreal value)
{
    if (m_anchor < 0) {
        return;
    }
    // The row under the new top edge becomes the anchor, so that rows above it may turn out higher or lower.
    qreal y = 0;
    int row = 0;
    while (row + 1 < count() && y + height(row) <= value) {
        y += height(row);
        ++row;
    }
    m_anchor = row;
    m_top = y - value;
    m_sticky = false;
}

void TimelineGeometry::scrollToEnd()
{
    m_sticky = true;
}

void TimelineGeometry::place(int row, qreal y)
{
    m_anchor = row;
    m_top = y;
    m_sticky = false;
}

void TimelineGeometry::setAnchor(int row)
{
    m_top = topOf(row);
    m_anchor = row;
}

void TimelineGeometry::measureAround()
{
    const qreal ahead = m_viewport / 2;
    qreal y = m_top;
    for (int i = m_anchor; i < count() && y < m_viewport + ahead; ++i) {
        y += measure(i);
    }
    y = m_top;
    for (int i = m_anchor - 1; i >= 0 && y > -ahead; --i) {
        y -= measure(i);
    }
}

void TimelineGeometry::clamp()
{
    const qreal end = m_viewport - m_margin;
    const qreal bottom = topOf(count() - 1) + height(count() - 1);
    if (bottom < end) {
        m_top +=
            end - bottom; // also where all rows together are lower than the viewport: they lie on its floor
    } else if (const qreal top = topOf(0); top > 0) {
        m_top -= std::min(top, bottom - end);
    }
}

void TimelineGeometry::settle()
{
    if (m_rows.isEmpty()) {
        m_anchor = -1;
        m_top = 0;
        return;
    }
    m_anchor = std::clamp(m_anchor, 0, count() - 1);
    if (m_sticky) {
        m_anchor = count() - 1;
        m_top = m_viewport - m_margin - measure(m_anchor);
    }
    // Measuring changes heights, keeping within the ends then shows other rows: twice is enough but at the
    // ends of very uneven rows, so the bound is only there to be one.
    for (int round = 0; round < 4; ++round) {
        const qreal before = m_top;
        measureAround();
        clamp();
        if (qFuzzyCompare(before + 1, m_top + 1)) {
            break;
        }
    }
    const int first = firstVisible();
    m_top = topOf(first);
    m_anchor = first;
}

int TimelineGeometry::rowAt(qreal y) const
{
    if (m_anchor < 0) {
        return -1;
    }
    int row = m_anchor;
    qreal top = m_top;
    while (row > 0 && top > y) {
        top -= height(--row);
    }
    while (row + 1 < count() && top + height(row) <= y) {
        top += height(row++);
    }
    return row;
}

} // namespace Mingle
