// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"

namespace Mingle {

/// How I am known in a chat.
struct Myself {
    Jid address; ///< bare
    QString nick; ///< in this room; empty one to one
};

/// Whether the message speaks to me: a mention of my address or member key (XEP-0513, XEP-0372), else my nick as a
/// whole word. Never true for my own messages.
bool speaksToMe(const IncomingMessage &message, const Myself &me);

} // namespace Mingle
