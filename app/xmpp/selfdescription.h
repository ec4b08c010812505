// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDomElement>

class QXmppPresence;

/// What this client says of itself: service discovery (XEP-0030) and its hash (XEP-0115). QXmpp's own would
/// claim features that we do not have (XHTML and the like).
namespace Mingle::SelfDescription {

/// The XEP-0115 hash over identity and features.
QByteArray verification();
/// Puts the hash into a presence.
void addTo(QXmppPresence &presence);
/// The whole answer to a disco#info or disco#items request.
QByteArray answer(const QDomElement &request);

} // namespace Mingle::SelfDescription
