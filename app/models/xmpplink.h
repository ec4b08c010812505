// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <optional>

namespace Mingle {

/// What an xmpp: link (RFC 5122, XEP-0147) asks for. It only ever fills a form: nothing is done by a link alone.
struct XmppLink {
    enum class Wish { Unknown, Join, Talk };

    Jid address; ///< bare
    Wish wish = Wish::Unknown; ///< Unknown: the link has no query, or one that is not for us
    QString password; ///< of the room, if the link has one

    friend bool operator==(const XmppLink &, const XmppLink &) = default;
};

/// Reads a link, or an address without "xmpp:" in front. Nothing if there is no usable address in it.
std::optional<XmppLink> parseXmppLink(const QString &text);

} // namespace Mingle
