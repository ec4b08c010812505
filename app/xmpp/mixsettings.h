// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form.h"
#include "core/jid.h"

#include <QDomElement>
#include <QHash>
#include <QSet>

namespace Mingle {

/// What a channel's information node tells (XEP-0369 4.7.4). Untrusted text.
struct MixInformation {
    QString name;
    QString description;
};

/// Whether people see each other's addresses (XEP-0404 2.1).
enum class MixAddresses { Untold, Hidden, Optional, Visible };

/// What of a channel's configuration node (XEP-0406 2.4) matters beside its form.
struct MixRoles {
    QSet<Jid> owners;
    QSet<Jid> administrators;
    MixAddresses addresses = MixAddresses::Untold;
    bool membersOnly = false; ///< there is a list of those allowed in
};

/// Of an <items/> of the node; the last item counts.
MixInformation mixInformation(const QDomElement &items);
MixRoles mixRoles(const QDomElement &items);
/// Of the JID map node (XEP-0404 2.5), by participant id.
QHash<QString, Jid> mixJidMap(const QDomElement &items);

/// The settings of a channel as one form: information, then configuration. Values without labels and types, as nodes
/// hold them, get those of XEP-0406's table; fields it does not know stay as they are.
Form mixSettings(const QDomElement &infoItems, const QDomElement &configItems);
/// The part of the changes that belongs into the information node; the rest belongs into the configuration.
Form mixInfoChanges(const Form &changes);
Form mixConfigChanges(const Form &changes);

} // namespace Mingle
