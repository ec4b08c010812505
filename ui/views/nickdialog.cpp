// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/nickdialog.h"

#include "core/futures.h"
#include "views/formfields.h"
#include "widgets/avatar.h"

#include <QLineEdit>

namespace Mingle {

namespace {
QString addressText(RoomProperties properties)
{
    if (properties.testFlag(RoomProperty::AddressesVisible))
        return NickDialog::tr("Everybody in the room sees this name, and your address.");
    if (properties.testFlag(RoomProperty::AddressOptional))
        return NickDialog::tr(
            "Everybody in the room sees this name. You decide who sees your address; those who look "
            "after the room always do.");
    return NickDialog::tr(
        "Everybody in the room sees this name. Your address is seen only by those who look after "
        "the room.");
}

/// XEP-0404 3; a service may have more, with words of its own.
QString choiceText(const QString &field)
{
    if (field == u"JID Visibility") return NickDialog::tr("Who sees my &address");
    if (field == u"Private Messages") return NickDialog::tr("&Private messages by way of the room");
    if (field == u"vCard") return NickDialog::tr("My personal &card");
    if (field == u"Presence") return NickDialog::tr("When I am &online");
    return {};
}

QString optionText(const QString &value)
{
    const std::pair<QStringView, QString> texts[] = {
        {u"default", NickDialog::tr("As the room has it")},
        {u"never", NickDialog::tr("Nobody; I leave if the room demands it")},
        {u"always", NickDialog::tr("Everybody; I leave if the room forbids it")},
        {u"prefer not", NickDialog::tr("Nobody, unless the room demands it")},
        {u"allow", NickDialog::tr("Allowed")},
        {u"block", NickDialog::tr("Not allowed")},
        {u"share", NickDialog::tr("Shown to the room")},
        {u"not share", NickDialog::tr("Not shown")},
    };
    for (const auto &[known, text] : texts)
        if (value == known) return text;
    return {};
}
} // namespace

NickDialog::NickDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("Your name in this room"), tr("Change"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_before(chat.nick)
    , m_name(addLine(tr("&Name")))
{
    addText(addressText(chat.properties));
    m_name->setMaxLength(100);
    m_name->setText(chat.nick);
    m_name->selectAll();
    m_name->setFocus();
    if (!chat.capabilities.testFlag(Capability::Choices)) return;
    whenDone(m_commands.choices(m_chat), this, [this](const Result<Form> &form) {
        if (form) showChoices(*form); // without it the name can be changed all the same
    });
}

void NickDialog::showChoices(const Form &form)
{
    for (FormField field : form.fields) {
        if (field.type == FormField::Type::Hidden || field.type == FormField::Type::Note) continue;
        const QString label = choiceText(field.name);
        for (FormField::Option &option : field.options)
            if (const QString text = optionText(option.value); !label.isEmpty() && !text.isEmpty())
                option.label = text;
        auto *edit = new FormFieldEdit(field, this);
        if (!label.isEmpty()) edit->setLabel(label);
        // An ampersand in somebody's words is no key.
        QString shown = singleLine(field.label.isEmpty() ? field.name : field.label, 200);
        shown.replace(u'&', QStringLiteral("&&"));
        if (!label.isEmpty()) shown = label;
        addField(edit->hasOwnLabel() ? QString() : shown, edit->control());
        m_choices.append(edit);
    }
}

void NickDialog::submit()
{
    clearError();
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) return complain(m_name, tr("You need a name in the room."));
    if (name == m_before) return choose();
    setBusy(tr("Asking the room…"));
    whenDone(m_commands.setNick(m_chat, name), this, [this, name](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Nick);
        m_before = name;
        choose();
    });
}

void NickDialog::choose()
{
    Form changes;
    for (const FormFieldEdit *edit : std::as_const(m_choices))
        if (edit->isChanged()) changes.fields.append(edit->field());
    if (changes.fields.isEmpty()) return accept();
    setBusy(tr("Asking the room…"));
    whenDone(m_commands.choose(m_chat, changes), this, [this](const Outcome &outcome) {
        if (outcome) return accept();
        fail(outcome.error(), Attempt::Alter);
    });
}

} // namespace Mingle
