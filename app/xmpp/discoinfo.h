// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/room.h"
#include "xmpp/wire.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace Mingle {

/// An answer to disco#info (XEP-0030 3.1), bounded.
struct DiscoInfo {
    struct Identity {
        QString category;
        QString type;
        QString name; ///< untrusted text
    };

    QList<Identity> identities;
    QSet<QString> features;
    QHash<QString, QString> fields; ///< of the extension forms (XEP-0128), the first value of each

    bool has(QStringView feature) const { return features.contains(feature.toString()); }
    bool hasIdentity(QStringView category, QStringView type) const;
    bool isMix() const;
    bool isMuc() const;
    /// Of a service: whether it has rooms of this kind, of its own making.
    bool carries(ChatKind kind) const;
    /// The service with the same rooms by the other protocol (XEP-0408 2, "partially integrated"), as it says; empty: none.
    Jid mirror() const;
};

DiscoInfo readDiscoInfo(const QDomElement &iq);

/// Asks one address. node: as in XEP-0030 3.1, mostly empty.
QFuture<Result<DiscoInfo>> requestDiscoInfo(Wire &wire, const Jid &address, const QString &node = {});

/// What matters about a room, of either kind.
struct RoomTraits {
    bool known = false; ///< the room has answered at all
    bool archive = false; ///< XEP-0313
    bool archiveIds = false; ///< which can be asked for single ids (4.1.3)
    bool occupantIds = false; ///< XEP-0421: those in its stanzas are its own work
    bool stanzaIds = false; ///< XEP-0359: the last one by the room is its own work
    bool moderated = true; ///< XEP-0045: visitors have no voice
    bool subjectByAll = false; ///< not only moderators may change it
    bool passwordNeeded = false;
    bool membersOnly = false;
    bool nonAnonymous = false; ///< XEP-0045: everybody may see real addresses
    bool hidden = false;
    bool persistent = false;
    bool invitesByAll = false; ///< members may ask others into a room for members only
    bool picture = false; ///< XEP-0486: its owner may give it one
    bool selfPing = false; ///< XEP-0410: the room answers itself
    bool choices = false; ///< XEP-0404
    QString name; ///< untrusted text
    QString description; ///< untrusted text

    RoomProperties properties() const;
    friend bool operator==(const RoomTraits &, const RoomTraits &) = default;
};

RoomTraits roomTraits(const DiscoInfo &info);
/// Nothing if it is no room.
std::optional<RoomCard> roomCard(const DiscoInfo &info, const Jid &address);
/// A number of people as a server tells it; -1: it makes no sense.
int readPeople(const QString &text);
/// A language tag (RFC 5646), or nothing.
QString readLanguage(const QString &text);
/// For keeping them, all but the texts. 0: not known.
int packTraits(const RoomTraits &traits);
RoomTraits unpackTraits(int packed);

} // namespace Mingle
