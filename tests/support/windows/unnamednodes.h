// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QStringList>
#include <QWidget>

#include <algorithm>

namespace Mingle::Test {

inline bool isInteractive(const QAccessibleInterface *node)
{
    switch (node->role()) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::EditableText:
    case QAccessible::Link:
    case QAccessible::List:
    case QAccessible::ListItem:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::Cell:
        return true;
    default:
        return node->state().focusable;
    }
}

/// Every interactive node below that has no name, as "role (class)".
inline QStringList unnamed(QAccessibleInterface *node, int depth = 0)
{
    QStringList result;
    if (!node || !node->isValid() || node->state().invisible || depth > 40) return result;
    const bool isText = node->role() == QAccessible::StaticText;
    if (isInteractive(node) && !isText && node->text(QAccessible::Name).trimmed().isEmpty()) {
        const QObject *object = node->object();
        result.append(
            QStringLiteral("role %1 (%2)")
                .arg(int(node->role()))
                .arg(object ? QString::fromLatin1(object->metaObject()->className()) : QStringLiteral("-")));
    }
    for (int i = 0; i < std::min(node->childCount(), 300); ++i)
        result += unnamed(node->child(i), depth + 1);
    return result;
}

inline QStringList unnamedIn(QWidget *widget)
{
    return unnamed(QAccessible::queryAccessibleInterface(widget));
}

} // namespace Mingle::Test
