// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <functional>

namespace Mingle {

/// Where the rows of a timeline stand. One row, the anchor, is nailed to a place in the viewport, and all
/// others follow from it: whatever is inserted, removed, measured or resized elsewhere, what the person reads
/// stays where it is. Rows are measured only near the viewport; the others have an estimate. Knows no
/// widgets. Units are pixels.
class TimelineGeometry
{
public:
    /// measure: the true height of a row; estimate: about that, cheaply.
    TimelineGeometry(std::function<qreal(int)> measure, std::function<qreal(int)> estimate);

    int count() const { return int(m_rows.size()); }
    void reset(int rows); ///< all unknown, at the newest end
    void insert(int first, int count);
    void remove(int first, int count);
    /// These must be measured again. Their last height stays as an estimate.
    void invalidate(int first, int count);
    void invalidateAll();
    void setViewport(qreal height, qreal margin); ///< margin: free space below the newest row

    /// Whether the newest row stays in view as rows come in.
    bool isSticky() const { return m_sticky; }
    void setSticky(bool sticky) { m_sticky = sticky; }
    void scrollBy(qreal delta); ///< positive: towards newer rows
    void scrollTo(qreal value); ///< 0: the oldest row
    void scrollToEnd();
    /// Puts a row's top at y in the viewport, as far as the ends allow.
    void place(int row, qreal y);

    /// Measures what is in and near the viewport and keeps within the ends. Call it after any of the above
    /// and before asking for places.
    void settle();

    qreal total() const; ///< height of all rows
    qreal value() const; ///< how much lies above the viewport; 0 <= value
    qreal maximum() const; ///< of value()
    bool atEnd() const; ///< the newest row's bottom is in view
    qreal above() const { return value(); }
    qreal below() const { return maximum() - value(); }
    int anchor() const { return m_anchor; }
    /// Nails down another row, where it stands now: one that will not go away.
    void setAnchor(int row);
    int rowAt(qreal y) const; ///< in the viewport; the nearest one; -1: no rows
    qreal topOf(int row) const; ///< in the viewport
    qreal heightOf(int row) const { return height(row); }
    int firstVisible() const { return rowAt(0); }
    int lastVisible() const { return rowAt(m_viewport - 1); }

private:
    struct Row {
        qreal height = -1; ///< below 0: not even estimated
        bool measured = false;
    };

    qreal height(int row) const;
    qreal measure(int row);
    qreal sum(int first, int last) const; ///< of [first, last)
    void measureAround();
    void clamp();

    std::function<qreal(int)> m_measure;
    std::function<qreal(int)> m_estimate;
    mutable QList<Row> m_rows;
    int m_anchor = -1;
    qreal m_top = 0; ///< of the anchor, in the viewport
    qreal m_viewport = 0;
    qreal m_margin = 0;
    bool m_sticky = true;
};

} // namespace Mingle
