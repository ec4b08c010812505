// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mucsetup.h"

#include "core/form.h"
#include "xmpp/muccontrols.h"

namespace Mingle {

namespace {
const QString on = QStringLiteral("1");
const QString off = QStringLiteral("0");

/// The first of options that the field offers.
QString offered(const FormField &field, const QStringList &options)
{
    for (const QString &wanted : options)
        for (const FormField::Option &option : field.options)
            if (option.value == wanted) return wanted;
    return {};
}
} // namespace

Form firstSettings(const Form &form, const CreateRequest &request)
{
    Form changes;
    changes.formType = form.formType;
    const auto set = [&](QStringView name, const QString &value) {
        const FormField *field = form.find(name);
        if (!field || value.isEmpty()) return;
        FormField changed = *field;
        changed.values = {value};
        changes.fields.append(changed);
    };
    set(u"muc#roomconfig_roomname", request.name);
    set(u"muc#roomconfig_roomdesc", request.description);
    set(u"muc#roomconfig_persistentroom", on);
    set(u"muc#roomconfig_enablearchiving", on);
    set(u"mam", on); // ejabberd's name for it
    set(u"muc#roomconfig_membersonly", request.isPrivate ? on : off);
    set(u"muc#roomconfig_publicroom", request.isPrivate ? off : on);
    set(u"public_list", request.isPrivate ? off : on); // ejabberd: who is in it, told to outsiders
    set(u"muc#roomconfig_moderatedroom", off);
    set(u"muc#roomconfig_changesubject", request.isPrivate ? on : off);
    // In a group among friends everybody may bring somebody along; the names are ejabberd's and prosody's.
    set(u"muc#roomconfig_allowinvites", on);
    set(u"muc#roomconfig_allowmemberinvites", on);
    if (const FormField *whois = form.find(u"muc#roomconfig_whois"))
        set(whois->name,
            offered(*whois, {request.isPrivate ? QStringLiteral("anyone") : QStringLiteral("moderators")}));
    return changes;
}

QFuture<Outcome> setUpRoom(MucControls &controls, QObject *context, const Jid &room,
                           const std::optional<CreateRequest> &request)
{
    if (!request) return controls.changeSettings(room, {}); // 10.1.2: an instant room
    return controls.settings(room)
        .then(context,
              [&controls, room, request](const Result<Form> &form) {
                  return controls.changeSettings(room, form.ok() ? firstSettings(*form, *request) : Form());
              })
        .unwrap();
}

} // namespace Mingle
