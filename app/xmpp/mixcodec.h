// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/payloadiq.h"

#include <QDomElement>
#include <QSet>

namespace Mingle {

/// The requests and answers of MIX as MixDriver needs them. core is the namespace the server speaks.

/// XEP-0405 2.7, addressed to my own account.
/// invitation: of XEP-0407, may be empty. me: bare.
PayloadIq mixJoinIq(const Jid &channel, const QString &nick, QStringView core, const Invitation &invitation,
                    const Jid &me);
PayloadIq mixLeaveIq(const Jid &channel, QStringView core); ///< XEP-0405 2.8
PayloadIq mixCreateIq(const Jid &service, const QString &localpart, QStringView core); ///< XEP-0369 7.3.2
PayloadIq mixSetNickIq(const Jid &channel, const QString &nick); ///< XEP-0369 7.1.4
/// XEP-0369 7.1.3: to be told of these, too.
PayloadIq mixSubscribeIq(const Jid &channel, const QList<QStringView> &nodes);
PayloadIq mixNodesIq(const Jid &channel); ///< XEP-0369 6.4
QSet<QString> mixNodes(const QDomElement &iq); ///< of the answer
PayloadIq pubsubItemsIq(const Jid &address, QStringView node, const QString &itemId = {}); ///< XEP-0060 6.5

/// The participant id out of an answer to a join: empty if it has none. Servers put it into various namespaces.
QString mixJoinedId(const QDomElement &iq, const Jid &channel);
/// The localpart out of an answer to a creation.
QString mixCreatedLocalpart(const QDomElement &iq);
/// <items/> of a pubsub answer.
QDomElement pubsubItems(const QDomElement &iq);

} // namespace Mingle
