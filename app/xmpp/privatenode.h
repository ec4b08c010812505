// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/payloadiq.h"
#include "xmpp/wire.h"

/// Nodes of my own account that nobody else may see and that keep every item (XEP-0223).
namespace Mingle::PrivateNode {

/// Publishes one item of a node. A node that is configured otherwise is configured first, or nothing is published: what
/// is private must not get to a node that others may read.
QFuture<Outcome> publish(Wire &wire, QObject *context, QStringView node, const QString &id,
                         const PayloadIq::Write &payload);

} // namespace Mingle::PrivateNode
