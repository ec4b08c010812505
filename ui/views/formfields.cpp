// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/formfields.h"

#include "views/settingwords.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>

namespace Mingle {

namespace {
using Type = FormField::Type;

constexpr int shownLines = 3;
} // namespace

QString optionText(const FormField &field, const FormField::Option &option)
{
    const QString known = settingOptionText(field.name, option.value);
    if (!known.isEmpty()) return known;
    return singleLine(option.label.isEmpty() ? option.value : option.label, 200);
}

FormFieldEdit::FormFieldEdit(const FormField &field, QWidget *parent)
    : QObject(parent)
    , m_field(field)
    , m_control(make(parent))
{
    setLabel(singleLine(field.label.isEmpty() ? field.name : field.label, 200));
    if (!field.description.isEmpty()) m_control->setAccessibleDescription(singleLine(field.description, 500));
    show(field.values);
}

QWidget *FormFieldEdit::make(QWidget *parent)
{
    switch (m_field.type) {
    case Type::Switch:
        return new QCheckBox(parent);
    case Type::OneOf: {
        auto *box = new QComboBox(parent);
        for (const FormField::Option &option : std::as_const(m_field.options))
            box->addItem(optionText(m_field, option), option.value);
        return box;
    }
    case Type::SomeOf:
        return makeChoices(parent);
    case Type::Lines:
    case Type::Addresses: {
        auto *edit = new QPlainTextEdit(parent);
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(edit->fontMetrics().lineSpacing() * shownLines + space(edit->font(), 4));
        return edit;
    }
    default:
        break;
    }
    auto *line = new QLineEdit(parent);
    if (m_field.type == Type::Secret) line->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    line->setMaxLength(4000);
    return line;
}

QWidget *FormFieldEdit::makeChoices(QWidget *parent)
{
    auto *list = new QListWidget(parent);
    for (const FormField::Option &option : std::as_const(m_field.options)) {
        auto *item = new QListWidgetItem(optionText(m_field, option), list);
        item->setData(Qt::UserRole, option.value);
        item->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Unchecked);
    }
    const int rows = std::clamp(list->count(), 2, 6);
    list->setFixedHeight(list->sizeHintForRow(0) * rows + 2 * list->frameWidth() + 2);
    return list;
}

void FormFieldEdit::setLabel(const QString &text)
{
    m_control->setAccessibleName(QString(text).remove(u'&'));
    // An ampersand in somebody's words is no key.
    if (auto *box = qobject_cast<QCheckBox *>(m_control))
        box->setText(QString(text).replace(u'&', QStringLiteral("&&")));
}

void FormFieldEdit::show(const QStringList &values)
{
    const QString first = values.value(0);
    if (auto *box = qobject_cast<QCheckBox *>(m_control)) {
        box->setChecked(m_field.isOn());
    } else if (auto *choice = qobject_cast<QComboBox *>(m_control)) {
        // A value that is not offered stays what it is until another one is chosen.
        if (choice->findData(first) < 0 && !first.isEmpty()) choice->addItem(singleLine(first, 200), first);
        choice->setCurrentIndex(choice->findData(first));
    } else if (auto *list = qobject_cast<QListWidget *>(m_control)) {
        for (int i = 0; i < list->count(); ++i) {
            const bool on = values.contains(list->item(i)->data(Qt::UserRole).toString());
            list->item(i)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
        }
    } else if (auto *edit = qobject_cast<QPlainTextEdit *>(m_control)) {
        edit->setPlainText(values.join(u'\n'));
    } else if (auto *line = qobject_cast<QLineEdit *>(m_control)) {
        line->setText(first);
    }
}

QStringList FormFieldEdit::values() const
{
    const auto one = [](const QString &value) {
        return value.isEmpty() ? QStringList() : QStringList{value};
    };
    if (auto *box = qobject_cast<QCheckBox *>(m_control))
        return {box->isChecked() ? QStringLiteral("1") : QStringLiteral("0")};
    if (auto *choice = qobject_cast<QComboBox *>(m_control)) return one(choice->currentData().toString());
    if (auto *list = qobject_cast<QListWidget *>(m_control)) {
        QStringList chosen;
        for (int i = 0; i < list->count(); ++i)
            if (list->item(i)->checkState() == Qt::Checked)
                chosen.append(list->item(i)->data(Qt::UserRole).toString());
        // In the form's own order, an unchanged choice must not look like another.
        QStringList kept;
        for (const QString &value : m_field.values)
            if (chosen.removeOne(value)) kept.append(value);
        return kept + chosen;
    }
    if (auto *edit = qobject_cast<QPlainTextEdit *>(m_control)) {
        QStringList lines = edit->toPlainText().split(u'\n');
        if (m_field.type == Type::Addresses) {
            for (QString &line : lines)
                line = line.trimmed();
            lines.removeAll(QString());
        }
        while (!lines.isEmpty() && lines.last().isEmpty())
            lines.removeLast();
        return lines;
    }
    const auto *line = qobject_cast<QLineEdit *>(m_control);
    // No value and an empty one look the same.
    return line->text().isEmpty() && m_field.values == QStringList{QString()} ? m_field.values
                                                                              : one(line->text());
}

FormField FormFieldEdit::field() const
{
    FormField field = m_field;
    field.values = values();
    return field;
}

void FormFieldEdit::update(const FormField &field)
{
    const bool mine = isChanged();
    m_field.values = field.values;
    if (!mine) show(field.values);
}

} // namespace Mingle
