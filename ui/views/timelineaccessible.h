// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>
#include <QHash>

namespace Mingle {

class TimelineView;

/// The timeline for screen readers: a list whose children are the model's rows, messages as list items with
/// their links and buttons below them. Rows are told apart by what they stand for, not by their number, so
/// that a child stays the same while rows come and go above it.
class TimelineAccessible final : public QAccessibleWidget
{
public:
    /// Makes QAccessible use it for every TimelineView; may be called again.
    static void install();

    explicit TimelineAccessible(TimelineView *view);
    ~TimelineAccessible() override;

    QAccessible::Role role() const override { return QAccessible::List; }
    QString text(QAccessible::Text kind) const override;
    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

    struct Key {
        int kind = 0; ///< TimelineRow::Kind
        qint64 row = 0;
        int part = -1; ///< of the row; -1: the row itself

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, key.kind, key.row, key.part);
        }
    };
    /// The one interface for this; made when first asked for.
    QAccessibleInterface *interfaceFor(const Key &key) const;
    TimelineView *view() const;

private:
    QList<QWidget *> buttons() const;
    void dropInvalid() const;

    mutable QHash<Key, QAccessible::Id> m_children;
};

} // namespace Mingle
