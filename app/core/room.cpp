// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/room.h"

namespace Mingle {

Jid successorOf(const Error &gone)
{
    if (gone.condition != u"gone") return {};
    const QString link = gone.text.section(u' ', 0, 0);
    if (!link.startsWith(u"xmpp:")) return {};
    const auto address = Jid::parse(link.sliced(5).section(u'?', 0, 0));
    return address && address->isBare() && !address->local().isEmpty() ? *address : Jid();
}

} // namespace Mingle
