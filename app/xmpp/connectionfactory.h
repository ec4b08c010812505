// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/connection.h"
#include "xmpp/streamoptions.h"

namespace Mingle {

/// Connections on QXmpp.
ConnectionFactory qxmppConnections(StreamOptions options = {});

/// None if the QXmpp that this program runs with is one that it knows how to fence. Asked once at program
/// start; with an error every open() ends at once.
Error checkQXmpp();

} // namespace Mingle
