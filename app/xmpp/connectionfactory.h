// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/connection.h"
#include "xmpp/streamoptions.h"

namespace Mingle {

/// Connections on QXmpp. If the QXmpp that this program runs with is not one that it knows how to fence, every open()
/// ends at once with Internal and the condition "qxmpp-internals", before anything is looked up or sent.
ConnectionFactory qxmppConnections(StreamOptions options = {});

} // namespace Mingle
