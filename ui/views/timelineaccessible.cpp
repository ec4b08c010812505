// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelineaccessible.h"

#include "views/timelinerowaccessible.h"
#include "views/timelineview.h"
#include "widgets/jumpbutton.h"

namespace Mingle {

namespace {

constexpr qsizetype manyChildren = 3000; // then those of rows long gone are let go

QAccessibleInterface *makeTimeline(const QString &className, QObject *object)
{
    if (className == QLatin1String("Mingle::TimelineView")) {
        return new TimelineAccessible(static_cast<TimelineView *>(object));
    }
    return nullptr;
}

} // namespace

void TimelineAccessible::install()
{
    static const bool once = [] {
        QAccessible::installFactory(makeTimeline);
        return true;
    }();
    Q_UNUSED(once)
}

TimelineAccessible::TimelineAccessible(TimelineView *view)
    : QAccessibleWidget(view, QAccessible::List)
{}

TimelineAccessible::~TimelineAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_children)) {
        QAccessible::deleteAccessibleInterface(id);
    }
}

TimelineView *TimelineAccessible::view() const
{
    return static_cast<TimelineView *>(object());
}

QString TimelineAccessible::text(QAccessible::Text kind) const
{
    if (kind == QAccessible::Description && view()->model() && view()->model()->rowCount() == 0) {
        return view()->emptyText();
    }
    return QAccessibleWidget::text(kind);
}

int TimelineAccessible::childCount() const
{
    const int rows = view()->model() ? view()->model()->rowCount() : 0;
    return rows + int(buttons().size());
}

/// What floats over the rows.
QList<QWidget *> TimelineAccessible::buttons() const
{
    QList<QWidget *> shown;
    for (QWidget *button : {view()->backButton(), view()->jumpButton()}) {
        if (!button->isHidden()) {
            shown.append(button);
        }
    }
    return shown;
}

QAccessibleInterface *TimelineAccessible::child(int index) const
{
    const TimelineModel *model = view()->model();
    const int rows = model ? model->rowCount() : 0;
    if (index >= 0 && index < rows) {
        const TimelineRow &row = model->rowAt(index);
        return interfaceFor({int(row.kind), row.row, -1});
    }
    const QList<QWidget *> shown = buttons();
    return index >= rows && index - rows < shown.size()
               ? QAccessible::queryAccessibleInterface(shown.at(index - rows))
               : nullptr;
}

QAccessibleInterface *TimelineAccessible::interfaceFor(const Key &key) const
{
    if (const auto known = m_children.constFind(key); known != m_children.constEnd()) {
        return QAccessible::accessibleInterface(*known);
    }
    if (m_children.size() > manyChildren) {
        dropInvalid();
    }
    auto *made = new TimelineRowAccessible(view(), key);
    m_children.insert(key, QAccessible::registerAccessibleInterface(made));
    return made;
}

void TimelineAccessible::dropInvalid() const
{
    m_children.removeIf([](const auto &entry) {
        const QAccessibleInterface *child = QAccessible::accessibleInterface(entry.value());
        if (child && child->isValid()) {
            return false;
        }
        QAccessible::deleteAccessibleInterface(entry.value());
        return true;
    });
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const QList<QWidget *> shown = buttons();
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (child && child->object() == shown.at(i)) {
            return int(childCount() - shown.size() + i);
        }
    }
    const auto *row = dynamic_cast<const TimelineRowAccessible *>(child);
    return row ? row->rowIndex() : -1;
}

QAccessibleInterface *TimelineAccessible::childAt(int x, int y) const
{
    const int count = childCount();
    for (int i = count - 1; i >= 0; --i) {
        QAccessibleInterface *candidate = child(i);
        if (candidate && !candidate->state().offscreen && candidate->rect().contains(x, y)) {
            return candidate;
        }
    }
    return nullptr;
}

QAccessibleInterface *TimelineAccessible::focusChild() const
{
    const int current = view()->currentIndex();
    if (!view()->hasFocus() || current < 0) {
        return QAccessibleWidget::focusChild();
    }
    QAccessibleInterface *row = child(current);
    const int part = view()->currentPart();
    return part >= 0 && part < row->childCount() ? row->child(part) : row;
}

} // namespace Mingle
