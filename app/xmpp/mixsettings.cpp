// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixsettings.h"

#include "xmpp/dataform.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

namespace Mingle {

namespace {
constexpr qsizetype maxRoles = 1000;

using Type = FormField::Type;
struct Known {
    QStringView name;
    Type type;
    QStringView options; ///< with blanks between
};
constexpr QStringView readers = u"participants allowed anyone";
constexpr QStringView closedReaders = u"participants allowed nobody admins owners";
constexpr QStringView writers = u"participants admins owners";
// XEP-0369 4.7.4
constexpr Known infoFields[] = {
    {u"Name", Type::Text, {}},
    {u"Description", Type::Lines, {}},
    {u"Contact", Type::Addresses, {}},
};
// XEP-0406 2.4
constexpr Known configFields[] = {
    {u"Last Change Made By", Type::Hidden, {}},
    {u"Owner", Type::Addresses, {}},
    {u"Administrator", Type::Addresses, {}},
    {u"End of Life", Type::Text, {}},
    {u"Nodes Present", Type::SomeOf,
     u"participants presence information allowed banned jidmap-visible avatar"},
    {u"Messages Node Subscription", Type::OneOf, readers},
    {u"Presence Node Subscription", Type::OneOf, readers},
    {u"Participants Node Subscription", Type::OneOf, u"participants allowed anyone nobody admins owners"},
    {u"Information Node Subscription", Type::OneOf, readers},
    {u"Allowed Node Subscription", Type::OneOf, closedReaders},
    {u"Banned Node Subscription", Type::OneOf, closedReaders},
    {u"Configuration Node Access", Type::OneOf, closedReaders},
    {u"Information Node Update Rights", Type::OneOf, writers},
    {u"Avatar Nodes Update Rights", Type::OneOf, writers},
    {u"Open Presence", Type::Switch, {}},
    {u"Participants Must Provide Presence", Type::Switch, {}},
    {u"User Message Retraction", Type::Switch, {}},
    {u"Administrator Message Retraction Rights", Type::OneOf, u"nobody admins owners"},
    {u"Participation Addition by Invitation from Participant", Type::Switch, {}},
    {u"Private Messages", Type::Switch, {}},
    {u"JID Visibility", Type::OneOf,
     u"jid-hidden jid-optionally-visible jid-mandatory-visible"}, // XEP-0404 2.1
    {u"Mandatory Nicks", Type::Switch, {}},
};

template<size_t size>
const Known *known(const Known (&fields)[size], QStringView name)
{
    const auto found =
        std::ranges::find_if(fields, [name](const Known &field) { return field.name == name; });
    return found == std::end(fields) ? nullptr : found;
}

/// The form in the newest item.
Form formIn(const QDomElement &items)
{
    Form form;
    Dom::forEach(items, [&form](const QDomElement &item) {
        const QDomElement x = Dom::child(item, u"x", Ns::dataForms);
        if (!x.isNull()) form = readForm(x);
    });
    return form;
}

void describe(FormField &field, const Known &as)
{
    field.type = as.type;
    if (as.type == Type::Switch) field.values = {field.isOn() ? QStringLiteral("1") : QStringLiteral("0")};
    if (!field.options.isEmpty()) return;
    for (const QStringView option : as.options.split(u' ', Qt::SkipEmptyParts))
        field.options.append({{}, option.toString()});
}

QSet<Jid> addresses(const Form &form, QStringView name)
{
    QSet<Jid> all;
    const FormField *field = form.find(name);
    if (!field) return all;
    for (const QString &value : field->values) {
        const auto address = Jid::parse(value);
        if (address && all.size() < maxRoles) all.insert(address->bare());
    }
    return all;
}

Form filtered(const Form &changes, QStringView formType, bool info)
{
    Form part;
    part.formType = formType.toString();
    for (const FormField &field : changes.fields)
        if (bool(known(infoFields, field.name)) == info) part.fields.append(field);
    return part;
}
} // namespace

MixInformation mixInformation(const QDomElement &items)
{
    const Form form = formIn(items);
    const auto text = [&form](QStringView name, int limit) {
        const FormField *field = form.find(name);
        return field ? Dom::cut(field->values.join(u'\n'), limit) : QString();
    };
    return {text(u"Name", Dom::maxNameBytes), text(u"Description", Dom::maxSubjectBytes)};
}

MixRoles mixRoles(const QDomElement &items)
{
    const Form form = formIn(items);
    MixRoles roles{addresses(form, u"Owner"), addresses(form, u"Administrator")};
    // XEP-0404 2.1 has names for the three, and none for the values; these are those of earlier drafts and of services.
    constexpr std::pair<QStringView, MixAddresses> values[] = {
        {u"jid-hidden", MixAddresses::Hidden},
        {u"JID Hidden", MixAddresses::Hidden},
        {u"jid-optionally-visible", MixAddresses::Optional},
        {u"JID Maybe Visible", MixAddresses::Optional},
        {u"jid-mandatory-visible", MixAddresses::Visible},
        {u"JID Visible", MixAddresses::Visible},
    };
    if (const FormField *field = form.find(u"JID Visibility"); field && field->values.size() == 1)
        for (const auto &[value, meaning] : values)
            if (field->values.first() == value) roles.addresses = meaning;
    if (const FormField *field = form.find(u"Nodes Present"))
        roles.membersOnly = field->values.contains(u"allowed");
    return roles;
}

QHash<QString, Jid> mixJidMap(const QDomElement &items)
{
    QHash<QString, Jid> all;
    Dom::forEach(items, [&all](const QDomElement &item) {
        const QString id = Dom::idAttribute(item, QStringLiteral("id"));
        const QDomElement participant = Dom::child(item, u"participant", Ns::mixAnon);
        const auto address = Jid::parse(Dom::childNamed(participant, u"jid").text());
        if (!id.isEmpty() && address && all.size() < Dom::maxParticipants) all.insert(id, address->bare());
    });
    return all;
}

Form mixSettings(const QDomElement &infoItems, const QDomElement &configItems)
{
    Form settings;
    Form info = formIn(infoItems);
    for (const Known &field : infoFields) {
        FormField shown;
        if (const FormField *there = info.find(field.name)) shown = *there;
        shown.name = field.name.toString();
        describe(shown, field);
        settings.fields.append(shown);
    }
    const Form config = formIn(configItems);
    for (FormField field : config.fields) {
        if (known(infoFields, field.name)) continue; // a name of the other node would come back to that
        if (const Known *as = known(configFields, field.name)) describe(field, *as);
        settings.fields.append(field);
    }
    return settings;
}

Form mixInfoChanges(const Form &changes)
{
    return filtered(changes, Ns::mixCore1, true);
}

Form mixConfigChanges(const Form &changes)
{
    return filtered(changes, Ns::mixAdmin, false);
}

} // namespace Mingle
