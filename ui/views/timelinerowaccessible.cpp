// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelinerowaccessible.h"

#include "views/timelineview.h"

#include <QWindow>

namespace Mingle {

TimelineRowAccessible::TimelineRowAccessible(TimelineView *view, const TimelineAccessible::Key &key)
    : m_view(view)
    , m_key(key)
{}

int TimelineRowAccessible::rowIndex() const
{
    const TimelineModel *model = m_view ? m_view->model() : nullptr;
    for (int i = model ? model->rowCount() - 1 : -1; i >= 0; --i) {
        if (model->rowAt(i).row == m_key.row && int(model->rowAt(i).kind) == m_key.kind) {
            return i;
        }
    }
    return -1;
}

bool TimelineRowAccessible::isValid() const
{
    const int index = rowIndex();
    return index >= 0 && (!isPart() || m_key.part < m_view->rowParts(index).size());
}

QWindow *TimelineRowAccessible::window() const
{
    return m_view ? m_view->window()->windowHandle() : nullptr;
}

TimelineAccessible *TimelineRowAccessible::list() const
{
    return m_view ? static_cast<TimelineAccessible *>(QAccessible::queryAccessibleInterface(m_view))
                  : nullptr;
}

QAccessibleInterface *TimelineRowAccessible::parent() const
{
    TimelineAccessible *timeline = list();
    if (!timeline || !isPart()) {
        return timeline;
    }
    return timeline->interfaceFor({m_key.kind, m_key.row, -1});
}

int TimelineRowAccessible::childCount() const
{
    const int index = isPart() ? -1 : rowIndex();
    return index < 0 ? 0 : int(m_view->rowParts(index).size());
}

QAccessibleInterface *TimelineRowAccessible::child(int index) const
{
    if (index < 0 || index >= childCount()) {
        return nullptr;
    }
    return list()->interfaceFor({m_key.kind, m_key.row, index});
}

int TimelineRowAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *part = dynamic_cast<const TimelineRowAccessible *>(child);
    return part && part->m_key.kind == m_key.kind && part->m_key.row == m_key.row ? part->m_key.part : -1;
}

QAccessibleInterface *TimelineRowAccessible::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        QAccessibleInterface *candidate = child(i);
        if (candidate->rect().contains(x, y)) {
            return candidate;
        }
    }
    return nullptr;
}

QAccessible::Role TimelineRowAccessible::role() const
{
    if (!isPart()) {
        return m_key.kind == int(TimelineRow::Kind::Message) ? QAccessible::ListItem
                                                             : QAccessible::StaticText;
    }
    const int index = rowIndex();
    const QList<MessagePart> parts = index < 0 ? QList<MessagePart>() : m_view->rowParts(index);
    const bool link = m_key.part < parts.size() && parts.at(m_key.part).kind == MessagePart::Kind::Link;
    return link ? QAccessible::Link : QAccessible::Button;
}

QAccessible::State TimelineRowAccessible::state() const
{
    QAccessible::State state;
    const int index = rowIndex();
    if (index < 0) {
        state.invalid = true;
        return state;
    }
    const QRect inside = isPart() ? m_view->partRect(index, m_key.part) : m_view->rowRect(index);
    state.offscreen = !inside.intersects(m_view->viewport()->rect());
    // A day is pressed by the mouse or from here; the keyboard has a key for what that does.
    const bool focusable = m_key.kind == int(TimelineRow::Kind::Message)
                           || (isPart() && m_key.kind == int(TimelineRow::Kind::Seam));
    state.focusable = focusable;
    state.focused = focusable && m_view->hasFocus() && m_view->currentIndex() == index
                    && m_view->currentPart() == m_key.part;
    state.readOnly = true;
    state.multiLine = !isPart();
    state.linked = role() == QAccessible::Link;
    return state;
}

QString TimelineRowAccessible::text(QAccessible::Text kind) const
{
    const int index = rowIndex();
    if (index < 0 || kind != QAccessible::Name) {
        return {};
    }
    return isPart() ? m_view->rowParts(index).value(m_key.part).label : m_view->rowText(index);
}

QRect TimelineRowAccessible::rect() const
{
    const int index = rowIndex();
    if (index < 0) {
        return {};
    }
    const QRect inside = isPart() ? m_view->partRect(index, m_key.part) : m_view->rowRect(index);
    return {m_view->viewport()->mapToGlobal(inside.topLeft()), inside.size()};
}

void *TimelineRowAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QStringList TimelineRowAccessible::actionNames() const
{
    if (isPart()) {
        return {pressAction()};
    }
    return m_key.kind == int(TimelineRow::Kind::Message) ? QStringList{setFocusAction(), showMenuAction()}
                                                         : QStringList();
}

void TimelineRowAccessible::doAction(const QString &name)
{
    const int index = rowIndex();
    if (index < 0) {
        return;
    }
    if (isPart() && name == pressAction()) {
        m_view->pressPart(index, m_key.part);
    } else if (!isPart() && name == setFocusAction()) {
        m_view->focusRow(m_key.row);
    } else if (!isPart() && name == showMenuAction()) {
        m_view->focusRow(m_key.row);
        m_view->showMenuForCurrent();
    }
}

QStringList TimelineRowAccessible::keyBindingsForAction(const QString &) const
{
    return {};
}

} // namespace Mingle
