// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat.h"

namespace Mingle {

QString Chat::title() const
{
    if (!ownName.isEmpty()) return ownName;
    if (!name.isEmpty()) return name;
    if (!id.address.isBare()) return id.address.resource(); // somebody's name in a room
    return id.address.local().isEmpty() ? id.address.toString() : id.address.local();
}

Jid Chat::viaRoom() const
{
    if (isRoom()) return {};
    if (!id.address.isBare()) return id.address.bare();
    // XEP-0403 3.2: participant#channel@service.
    const QString local = id.address.local();
    const auto mark = local.indexOf(u'#');
    return mark < 0 ? Jid() : Jid::parse(local.sliced(mark + 1), id.address.domain()).value_or(Jid());
}

} // namespace Mingle
