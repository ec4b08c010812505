// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView that answers mouse, wheel and touchpad.
#include "views/timelineview.h"

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyle>
#include <QTextBoundaryFinder>

#include <cmath>

namespace Mingle {

namespace {

constexpr int frame = 8;           // ms between two steps of a glide or of scrolling by a drag
constexpr qreal glideShare = 0.22; // of what is left, at each step
constexpr int wordReach = 512;     // units around a double click in which its word is looked for

} // namespace

TimelineView::Spot TimelineView::spotAt(const QPointF &point) const
{
    Spot spot;
    spot.index = m_model ? m_geometry.rowAt(point.y()) : -1;
    if (spot.index < 0) {
        return spot;
    }
    const QPointF inside(point.x(), point.y() - std::round(m_geometry.topOf(spot.index)));
    const bool within = inside.y() >= 0 && inside.y() < m_geometry.heightOf(spot.index);
    if (!m_model->messageAt(spot.index)) {
        const QList<MessagePart> parts = rowParts(spot.index);
        spot.part = within && !parts.isEmpty() && parts.constFirst().area.contains(inside) ? 0 : -1;
        // A selection pulled over a line between messages ends at the message above it.
        for (int i = spot.index - 1; i >= 0 && spot.place.row == 0; --i) {
            if (const Message *above = m_model->messageAt(i)) {
                spot.place = {above->row, above->body.size()};
            }
        }
        return spot;
    }
    const MessageLayout &layout = layoutAt(spot.index);
    spot.part = within ? layout.partAt(inside) : -1;
    spot.place.row = m_model->rowAt(spot.index).row;
    if (const MessageText *text = layout.text()) {
        const QPointF onText = inside - layout.textPosition();
        spot.place.position = text->positionAt(onText);
        spot.onText = within && text->covers(onText);
        if (text->isCut() && spot.place.position >= text->shownLength()) {
            spot.place.position = layout.look().message.body.size();
        }
    }
    return spot;
}

void TimelineView::hover(const QPointF &point)
{
    const Spot spot = spotAt(point);
    const bool message = spot.index >= 0 && m_model->messageAt(spot.index);
    const bool inside = spot.index >= 0 && rowRect(spot.index).contains(point.toPoint());
    const qint64 row = message && inside ? m_model->rowAt(spot.index).row : 0;
    const int part = message ? spot.part : -1;
    const int seam = !message && spot.part >= 0 ? spot.index : -1;
    if (row != m_hovered || part != m_hoveredPart) {
        updateRow(m_hovered);
        updateRow(row);
    }
    if (seam != m_hoveredSeam) {
        viewport()->update();
    }
    m_hovered = row;
    m_hoveredPart = part;
    m_hoveredSeam = seam;
    const Qt::CursorShape shape = spot.part >= 0 ? Qt::PointingHandCursor
                                  : spot.onText  ? Qt::IBeamCursor
                                                 : Qt::ArrowCursor;
    if (viewport()->cursor().shape() != shape) {
        viewport()->setCursor(shape);
    }
}

void TimelineView::unhover()
{
    updateRow(m_hovered);
    m_hovered = 0;
    m_hoveredPart = m_hoveredSeam = -1;
    viewport()->unsetCursor();
}

bool TimelineView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Leave:
        unhover();
        break;
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        showTip(help->pos(), help->globalPos());
        return true;
    }
    default:
        break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

// ---- buttons ----

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_glide.stop();
    if (event->button() != Qt::LeftButton) {
        QAbstractScrollArea::mousePressEvent(event);
        return;
    }
    m_showCurrent = false;
    m_pressed = true;
    m_dragged = false;
    m_pressPoint = event->pos();
    m_pressSpot = spotAt(event->position());
    if (event->modifiers().testFlag(Qt::ShiftModifier) && !m_selection.isEmpty()) {
        m_selection.extend(m_pressSpot.place);
        m_dragged = true;
    } else if (m_pressSpot.part < 0) {
        m_selection.start(m_pressSpot.place);
    }
    if (m_pressSpot.index >= 0) {
        setCurrent(keyOf(m_pressSpot.index));
    }
    viewport()->update();
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_pressed) {
        hover(event->position());
        return;
    }
    const int far = QApplication::startDragDistance();
    if (!m_dragged && (event->pos() - m_pressPoint).manhattanLength() < far) {
        return;
    }
    if (!m_dragged) {
        m_dragged = true;
        m_selection.start(m_pressSpot.place); // also when the pull began on a link
    }
    m_dragPoint = event->pos();
    const bool beyond = m_dragPoint.y() < 0 || m_dragPoint.y() >= viewport()->height();
    if (beyond && !m_autoScroll.isActive()) {
        m_autoScroll.start(frame, Qt::PreciseTimer, this);
    } else if (!beyond) {
        m_autoScroll.stop();
    }
    dragTo(event->position());
}

void TimelineView::dragTo(const QPointF &point)
{
    const QPointF within(point.x(), std::clamp(point.y(), 0.0, viewport()->height() - 1.0));
    m_selection.extend(spotAt(within).place);
    viewport()->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed) {
        QAbstractScrollArea::mouseReleaseEvent(event);
        return;
    }
    m_pressed = false;
    m_autoScroll.stop();
    if (m_dragged) {
        return;
    }
    const Spot spot = spotAt(event->position());
    if (spot.index >= 0 && spot.part >= 0 && spot.index == m_pressSpot.index
        && spot.part == m_pressSpot.part) {
        pressPart(spot.index, spot.part);
    }
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Spot spot = spotAt(event->position());
    if (event->button() == Qt::LeftButton && spot.onText && spot.part < 0) {
        selectWord(spot.place);
        m_pressed = m_dragged = true; // so that the release keeps it
        viewport()->update();
    } else {
        mousePressEvent(event);
    }
}

void TimelineView::selectWord(const TextPlace &place)
{
    const int index = m_model->indexOf(place.row);
    const Message *message = index < 0 ? nullptr : m_model->messageAt(index);
    if (!message) {
        return;
    }
    const qsizetype from = std::max<qsizetype>(0, place.position - wordReach);
    const QString near = message->body.mid(from, 2 * wordReach);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, near);
    finder.setPosition(place.position - from);
    if (!finder.isAtBoundary() || place.position - from == near.size()) {
        finder.toPreviousBoundary();
    }
    const qsizetype begin = std::max<qsizetype>(0, finder.position());
    const qsizetype end = std::max(begin, finder.toNextBoundary());
    m_selection.start({place.row, from + begin});
    m_selection.extend({place.row, from + end});
}

// ---- scrolling ----

void TimelineView::scrollByPerson(qreal delta)
{
    if (delta < 0 && m_geometry.value() <= 0) {
        return;
    }
    m_geometry.scrollBy(delta);
    settle(true);
    if (m_hovered != 0 && !m_pressed) {
        unhover(); // other rows are under the mouse now; the next move tells which
    }
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier) || !m_model) {
        event->ignore();
        return;
    }
    if (!event->pixelDelta().isNull()) {
        m_glide.stop();
        scrollByPerson(-event->pixelDelta().y());
    } else {
        const qreal lines = -event->angleDelta().y() / 120.0 * QApplication::wheelScrollLines();
        glideBy(std::round(lines * metrics().lineHeight));
    }
    event->accept();
}

void TimelineView::glideBy(qreal delta)
{
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0) {
        scrollByPerson(delta);
        return;
    }
    const bool turned = m_glide.isActive() && (delta < 0) != (m_glideLeft < 0);
    m_glideLeft = m_glide.isActive() && !turned ? m_glideLeft + delta : delta;
    if (!m_glide.isActive()) {
        m_glide.start(frame, Qt::PreciseTimer, this);
    }
}

void TimelineView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_glide.timerId()) {
        const qreal share = m_glideLeft * glideShare;
        const qreal step = std::abs(share) < 1 ? (m_glideLeft < 0 ? -1 : 1) : std::round(share);
        m_glideLeft -= step;
        if (std::abs(m_glideLeft) < 1) {
            m_glide.stop();
        }
        scrollByPerson(step);
    } else if (event->timerId() == m_flash.timerId()) {
        flashOn();
    } else if (event->timerId() == m_autoScroll.timerId()) {
        const int y = m_dragPoint.y();
        const int beyond = y < 0 ? y : y - viewport()->height();
        scrollByPerson(std::clamp(beyond / 3, -60, 60));
        dragTo(m_dragPoint);
    } else {
        QAbstractScrollArea::timerEvent(event);
    }
}

} // namespace Mingle
