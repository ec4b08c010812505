// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form.h"

#include <QWidget>

class QFormLayout;

namespace Mingle {

/// One field of a form as a proper control; its text is plain, wherever it comes from.
class FormFieldEdit final : public QObject
{
    Q_OBJECT
public:
    /// Makes the control as a child of parent. field.type must be neither Hidden nor Note.
    FormFieldEdit(const FormField &field, QWidget *parent);

    const QString &name() const { return m_field.name; }
    QWidget *control() const { return m_control; }
    /// A switch carries its words itself.
    bool hasOwnLabel() const { return m_field.type == FormField::Type::Switch; }
    void setLabel(const QString &text);
    QStringList values() const;
    bool isChanged() const { return values() != m_field.values; }
    /// With what the person has made of it.
    FormField field() const;
    /// It is another now on the server: shown, unless the person has changed it here.
    void update(const FormField &field);

private:
    QWidget *make(QWidget *parent);
    QWidget *makeChoices(QWidget *parent);
    void show(const QStringList &values);

    FormField m_field;
    QWidget *m_control;
};

/// The value of an option as one may read it.
QString optionText(const FormField &field, const FormField::Option &option);

} // namespace Mingle
