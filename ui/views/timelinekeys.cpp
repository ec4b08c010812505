// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView that answers the keyboard.
#include "views/timelineview.h"

#include <QAccessible>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QKeySequence>

#include <cmath>

namespace Mingle {

qint64 TimelineView::keyOf(int index) const
{
    const TimelineRow &row = m_model->rowAt(index);
    if (row.kind == TimelineRow::Kind::Seam) {
        return rowParts(index).isEmpty() ? 0 : -row.row - 1;
    }
    return row.kind == TimelineRow::Kind::Message ? row.row : 0;
}

int TimelineView::indexOfKey(qint64 key) const
{
    if (key == 0 || !m_model) {
        return -1;
    }
    for (int i = m_model->rowCount() - 1; i >= 0; --i) {
        const TimelineRow &row = m_model->rowAt(i);
        const bool same = key > 0 ? row.kind == TimelineRow::Kind::Message && row.row == key
                                  : row.kind == TimelineRow::Kind::Seam && -row.row - 1 == key;
        if (same) {
            return i;
        }
    }
    return -1;
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (!m_model) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        const int index = m_selection.isEmpty() ? indexOfKey(m_current) : -1;
        const Message *message = index < 0 ? nullptr : m_model->messageAt(index);
        if (message && !message->retracted) {
            copyText(message->body);
        } else {
            copy();
        }
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (!moveByKey(event) && !actByKey(event)) {
        const QString text = event->text();
        const auto shortcut = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
        if (!text.isEmpty() && text.at(0).isPrint() && !(event->modifiers() & shortcut)) {
            Q_EMIT typed(text);
        } else {
            event->ignore();
        }
    }
}

bool TimelineView::moveByKey(QKeyEvent *event)
{
    const bool select = event->modifiers().testFlag(Qt::ShiftModifier);
    const qreal page = std::max(metrics().lineHeight, viewport()->height() - 2 * metrics().lineHeight);
    switch (event->key()) {
    case Qt::Key_Up:
        moveCurrent(-1, select);
        return true;
    case Qt::Key_Down:
        moveCurrent(1, select);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (select) {
            moveSelection(event->key() == Qt::Key_Left ? -1 : 1);
        }
        return select;
    case Qt::Key_PageUp:
        scrollByPerson(-std::floor(page));
        return true;
    case Qt::Key_PageDown:
        scrollByPerson(std::floor(page));
        return true;
    case Qt::Key_Home:
        m_geometry.scrollTo(0);
        settle(true);
        return true;
    case Qt::Key_End:
        scrollToNewest();
        return true;
    default:
        return false;
    }
}

bool TimelineView::actByKey(QKeyEvent *event)
{
    const int index = indexOfKey(m_current);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (index >= 0 && m_currentPart >= 0) {
            pressPart(index, m_currentPart);
            return true;
        }
        return false;
    case Qt::Key_Delete:
        if (const Message *message = index < 0 ? nullptr : m_model->messageAt(index);
            message && message->delivery == Delivery::Failed) {
            m_model->discard(message->row);
            return true;
        }
        return false;
    case Qt::Key_Escape:
        if (m_selection.isEmpty() && m_current == 0 && m_found.isEmpty()) {
            return false;
        }
        clearFound();
        clearSelection();
        setCurrent(0);
        return true;
    default:
        return false;
    }
}

void TimelineView::moveCurrent(int step, bool select)
{
    const int count = m_model->rowCount();
    int index = indexOfKey(m_current);
    const bool fresh = index < 0 || !m_showCurrent;
    if (index < 0) {
        index = step < 0 ? m_geometry.lastVisible() + 1 : m_geometry.firstVisible() - 1;
    }
    const qint64 before = m_current;
    do {
        index += step;
    } while (index >= 0 && index < count && keyOf(index) == 0);
    if (index < 0 || index >= count) {
        scrollByPerson(step * metrics().lineHeight
                       * 3); // to what has no mark of its own: a day line, a margin
        return;
    }
    setCurrent(keyOf(index));
    const Message *message = m_model->messageAt(index);
    if (select && message) {
        const Message *origin =
            fresh || indexOfKey(before) < 0 ? message : m_model->messageAt(indexOfKey(before));
        if (m_selection.isEmpty() && origin) {
            m_selection.start({origin->row, step < 0 ? origin->body.size() : 0});
        }
        m_selection.extend({message->row, step < 0 ? 0 : message->body.size()});
    } else if (!select) {
        m_selection.clear();
    }
    m_showCurrent = true;
    reveal(index);
    announceFocus();
}

/// Shift with Left and Right: letter by letter, within one message.
void TimelineView::moveSelection(int step)
{
    const int index = m_selection.isEmpty() ? indexOfKey(m_current) : m_model->indexOf(m_selection.to().row);
    const Message *message = index < 0 ? nullptr : m_model->messageAt(index);
    if (!message) {
        return;
    }
    if (m_selection.isEmpty()) {
        m_selection.start({message->row, step > 0 ? 0 : message->body.size()});
    }
    qsizetype to = m_selection.to().position + step;
    if (to > 0 && to < message->body.size() && message->body.at(to).isLowSurrogate()) {
        to += step;
    }
    m_selection.extend({message->row, std::clamp<qsizetype>(to, 0, message->body.size())});
    viewport()->update();
}

void TimelineView::setCurrent(qint64 key)
{
    if (key != m_current) {
        m_current = key;
        m_currentPart = -1;
        viewport()->update();
    }
}

void TimelineView::setCurrentRow(qint64 row)
{
    setCurrent(row);
    if (hasFocus()) {
        announceFocus();
    }
}

void TimelineView::focusRow(qint64 row)
{
    const int index = indexOfKey(row);
    if (index >= 0) {
        setFocus(Qt::OtherFocusReason);
        m_showCurrent = true;
        setCurrentRow(row);
        reveal(index);
    }
}

void TimelineView::reveal(int index)
{
    const qreal top = m_geometry.topOf(index);
    const qreal height = measuredHeight(index);
    const qreal room = viewport()->height();
    if (top < 0 || height > room) {
        m_geometry.place(index, top < 0 && height > room ? room - height : 0);
    } else if (top + height > room) {
        m_geometry.place(index, std::floor(room - height));
    }
    settle(true);
}

void TimelineView::announceFocus()
{
    const int index = indexOfKey(m_current);
    if (index >= 0 && QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(index);
        QAccessible::updateAccessibility(&event);
    }
}

bool TimelineView::focusNextPrevChild(bool next)
{
    const int index = m_showCurrent ? indexOfKey(m_current) : -1;
    const int parts = index < 0 ? 0 : int(rowParts(index).size());
    const int part = m_currentPart + (next ? 1 : -1);
    if (parts == 0 || part >= parts || part < -1) {
        m_currentPart = -1;
        return QAbstractScrollArea::focusNextPrevChild(next);
    }
    m_currentPart = part;
    viewport()->update();
    announceFocus();
    return true;
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
                       || event->reason() == Qt::ShortcutFocusReason;
    if (byKey && m_model) {
        // Something must show where the focus is.
        m_showCurrent = true;
        if (indexOfKey(m_current) < 0) {
            for (int i = m_geometry.lastVisible(); i >= 0 && m_current <= 0; --i) {
                setCurrent(keyOf(i));
            }
        }
        announceFocus();
    }
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TimelineView::selectAll()
{
    if (!m_model) {
        return;
    }
    const Message *first = nullptr;
    const Message *last = nullptr;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        if (const Message *message = m_model->messageAt(i)) {
            first = first ? first : message;
            last = message;
        }
    }
    if (first) {
        m_selection.start({first->row, 0});
        m_selection.extend({last->row, last->body.size()});
    }
    viewport()->update();
}

void TimelineView::clearSelection()
{
    m_selection.clear();
    viewport()->update();
}

} // namespace Mingle
