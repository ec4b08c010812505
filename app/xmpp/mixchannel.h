// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "xmpp/discoinfo.h"
#include "xmpp/mixsettings.h"

#include <QDomElement>
#include <QHash>

#include <optional>

namespace Mingle {

/// One MIX channel (XEP-0369) as its participants node tells it. No I/O: it answers what changed.
class MixChannel
{
public:
    struct Effect {
        QList<Participant> changed;
        QStringList removedKeys;
        bool meRemoved = false;
    };

    explicit MixChannel(const Jid &address);

    const Jid &address() const { return m_address; }
    const QString &myId() const { return m_myId; } ///< empty: not known yet
    QString nick() const; ///< mine
    const RoomTraits &traits() const { return m_traits; }
    Capabilities capabilities() const;
    QList<Participant> participants() const { return m_participants.values(); }
    const Participant *find(const QString &participantId) const;
    /// Of a participant or of one who has left since: else empty.
    QString nickOf(const QString &participantId) const;

    void setTraits(const RoomTraits &traits) { m_traits = traits; }
    const MixInformation &information() const { return m_information; }
    void setInformation(const MixInformation &information) { m_information = information; }
    RoomProperties properties() const;
    /// The nodes that the channel shows me, which are those I may subscribe to (XEP-0369 6.4): what I may see and change
    /// follows from that.
    void setNodes(const QSet<QString> &nodes) { m_nodes = nodes; }
    bool hasNode(QStringView node) const { return m_nodes.contains(node.toString()); }
    /// Answers who is another now.
    QList<Participant> setRoles(const MixRoles &roles);
    void setMyId(const QString &participantId);
    /// The whole participants node: an <items/> of pubsub. Whoever has my address is me.
    void load(const QDomElement &items, const Jid &me);
    /// An <items/> of a pubsub event of the participants node.
    Effect apply(const QDomElement &items, const Jid &me);
    /// XEP-0404 2.5: addresses that only those see who look after the channel. Answers who is another now.
    QList<Participant> setAddresses(const QHash<QString, Jid> &byId);
    /// One client of a participant has come or gone (XEP-0403). Answers the participant if that makes a difference.
    std::optional<Participant> setOnline(const QString &participantId, const QString &client, bool online);
    /// The channel tells me who is online: from now on that counts. Before, everybody is taken for present.
    void trustPresence();
    bool trustsPresence() const { return m_trustsPresence; }
    /// Before a new session: the list may have changed since, but names of authors are kept.
    void reset();

    /// XEP-0369 7.1.6: the id of a message is that of the archive. Some servers leave the sender's in its place.
    bool idsAreOfArchive() const { return m_idsAreOfArchive; }
    void denyIdsOfArchive() { m_idsAreOfArchive = false; }
    /// Whether the channel itself adds <mix/>. Proven by one on a message of mine, which never carries any.
    bool marksAuthors() const { return m_marksAuthors; }
    void proveMarksAuthors() { m_marksAuthors = true; }

private:
    Standing standingOf(const Jid &address) const;
    bool read(const QDomElement &item, const Jid &me, Participant &participant);
    bool isPresent(const QString &participantId) const;
    void remember(const Participant &participant);

    Jid m_address;
    QString m_myId;
    RoomTraits m_traits;
    MixInformation m_information;
    MixRoles m_roles;
    QSet<QString> m_nodes;
    QHash<QString, Participant> m_participants; ///< by participant id
    QHash<QString, QString> m_formerNicks; ///< by participant id
    QHash<QString, Jid> m_mapped; ///< as those learn who look after it, by participant id
    QSet<QString> m_hidden; ///< participants whom the list shows without an address
    QHash<QString, QSet<QString>> m_online; ///< resources, by participant id
    bool m_trustsPresence = false;
    bool m_idsAreOfArchive = true;
    bool m_marksAuthors = false;
};

} // namespace Mingle
