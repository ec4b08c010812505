// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/timelineaccessible.h"

#include <QPointer>

namespace Mingle {

/// One row of a timeline, or one link or button in it.
class TimelineRowAccessible final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    TimelineRowAccessible(TimelineView *view, const TimelineAccessible::Key &key);

    const TimelineAccessible::Key &key() const { return m_key; }
    int rowIndex() const; ///< in the model now; -1: gone

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int index) const override;
    int childCount() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &name) const override;

private:
    bool isPart() const { return m_key.part >= 0; }
    TimelineAccessible *list() const;

    QPointer<TimelineView> m_view;
    TimelineAccessible::Key m_key;
};

} // namespace Mingle
