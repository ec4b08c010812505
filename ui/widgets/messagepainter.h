// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/messagelayout.h"

#include <QPixmap>

class QPainter;

namespace Mingle {

/// What a message row looks like at the moment.
struct MessagePaintState {
    TextRange selected;
    bool selectedWhole = false;
    bool hovered = false;
    bool focused = false; ///< by keyboard
    int hoveredPart = -1;
    int focusedPart = -1;
    qreal flash = 0; ///< 1: jumped to just now; fades to 0
    QList<TextRange> found{}; ///< words that were searched for
    QPixmap avatar{}; ///< of the author; null: none
};

/// Draws a message row with its top at y. Draws nothing outside of it.
void paintMessage(QPainter *painter, qreal y, const MessageLayout &layout, const TimelineMetrics &metrics,
                  const MessagePaintState &state);

/// The sign of a message's delivery state: a clock, a check, two checks, an exclamation mark.
void paintDelivery(QPainter *painter, const QRectF &rect, Delivery delivery, const Theme &theme);

/// A line across the timeline with words in its middle: a day, what is new, a seam.
struct LineLook {
    QString text{};   ///< plain
    QString action{}; ///< what a click on it does; empty: nothing
    QColor colour{};  ///< of the line; the words get it made legible
    bool strong = false;
    bool bare = false; ///< words alone, without a line
    bool pressable = false; ///< the words themselves can be clicked
};
/// Where the action of a line stands, or its words where those can be clicked; relative to the row.
QRectF lineActionRect(const LineLook &look, qreal height, const TimelineMetrics &metrics);
void paintLine(QPainter *painter, const QRectF &row, const LineLook &look, const TimelineMetrics &metrics,
               bool hovered, bool focused);

} // namespace Mingle
