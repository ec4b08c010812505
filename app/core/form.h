// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <algorithm>

namespace Mingle {

/// One field of a form (XEP-0004 3.3). All text is untrusted.
struct FormField {
    enum class Type {
        Text,
        Secret,
        Lines, ///< one value a line
        Switch, ///< one value, "1" or "0"
        OneOf,
        SomeOf,
        Address,
        Addresses,
        Note, ///< values are words to be read
        Hidden,
    };
    struct Option {
        QString label; ///< empty: show the value
        QString value;
        friend bool operator==(const Option &, const Option &) = default;
    };

    QString name;
    QString label;
    QString description;
    Type type = Type::Text;
    bool required = false;
    QStringList values;
    QList<Option> options;

    bool isOn() const { return values.value(0) == u"1" || values.value(0) == u"true"; }
    friend bool operator==(const FormField &, const FormField &) = default;
};

/// What a service lets a person fill in (XEP-0004).
struct Form {
    QString title;
    QString instructions;
    QString formType; ///< FORM_TYPE (XEP-0068)
    QList<FormField> fields;

    const FormField *find(QStringView name) const
    {
        const auto found =
            std::ranges::find_if(fields, [name](const FormField &f) { return f.name == name; });
        return found == fields.cend() ? nullptr : &*found;
    }
    friend bool operator==(const Form &, const Form &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::Form)
