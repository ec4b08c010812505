// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "core/room.h"
#include "core/roomevent.h"
#include "xmpp/discoinfo.h"

#include <QDomElement>
#include <QHash>

#include <optional>

namespace Mingle {

/// The occupants of one MUC room (XEP-0045 7), as its presence stanzas tell them. No I/O: it answers what changed.
class MucRoom
{
public:
    /// What one presence stanza did. Each takes the same time however many are in the room.
    struct Effect {
        bool entered = false; ///< self-presence: the list of occupants is complete (7.2.2)
        bool created = false; ///< and the room is new (10.1)
        bool meChanged = false; ///< my nick or my rights
        std::optional<Participant> changed; ///< came or changed
        QStringList removedKeys; ///< went
        bool listsChanged = false; ///< of those who may enter, or may not
        std::optional<RoomEvent> event; ///< of another than me (7.8.2, 8.2, 9.1)
        std::optional<Error> left; ///< I am out, because I left or for this reason
    };

    explicit MucRoom(const Jid &address);

    const Jid &address() const { return m_address; }
    bool isInside() const { return m_inside; }
    const QString &nick() const { return m_nick; }
    const QString &occupantId() const { return m_occupantId; } ///< mine; empty if the room gives none
    const RoomTraits &traits() const { return m_traits; }
    Capabilities capabilities() const;
    /// The room tells me the real addresses of occupants.
    bool showsAddresses() const { return m_isModerator || m_traits.nonAnonymous; }
    QList<Participant> participants() const;
    /// The key of whoever has this nick now; empty: nobody.
    QString keyOf(const QString &nick) const;
    const Participant *find(const QString &nick) const;
    /// What somebody who is in it would be with the right to write: their affiliation (5.2).
    Standing affiliationOf(const QString &nick) const { return m_occupants.value(nick).affiliation; }
    Standing myAffiliation() const { return affiliationOf(m_nick); }
    /// Members who are not in it now are shown as well, where the room tells who they are.
    bool listsMembers() const { return m_traits.membersOnly && m_traits.nonAnonymous; }
    void setListed(const QList<ListedPerson> &people);
    /// 9.2 to 9.7: of somebody who is not in it the room tells by a message.
    Effect applyMessage(const QDomElement &message);

    /// True if the participants are others now: who is who depends on what the room can do.
    bool setTraits(const RoomTraits &traits);
    /// Forgets the occupants: before entering, and after leaving.
    void reset();
    Effect apply(const QDomElement &presence, const QString &nick);

private:
    struct Item;
    struct Occupant {
        Participant participant;
        QString occupantId; ///< as in the presence, whether or not the room vouches for it
        Standing affiliation = Standing::Guest;
        bool visitor = false;
    };
    static Item read(const QDomElement &presence);
    void describe(Occupant &occupant) const;
    Effect come(const Item &item, const QString &nick);
    Effect go(const Item &item, const QString &nick);
    Effect enter(const Item &item, const Participant &me);
    void rename(const QString &from, const QString &to, Effect &effect);
    void drop(const QString &nick, Effect &effect);
    void put(const QString &nick, const Occupant &occupant, Effect &effect);
    bool isPresent(const Jid &address) const { return m_addresses.contains(address); }
    Author author(const QString &nick) const;
    static Participant absent(const ListedPerson &person);

    Jid m_address;
    QString m_nick;
    QString m_occupantId;
    bool m_inside = false;
    bool m_hasVoice = false;
    bool m_isModerator = false;
    RoomTraits m_traits;
    QHash<QString, Occupant> m_occupants; ///< by nick
    QMultiHash<QString, QString> m_nicks; ///< by key: one person may be in under two nicks
    QMultiHash<Jid, QString> m_addresses; ///< nicks, of those whose address is known
    QHash<Jid, ListedPerson> m_listed;
};

} // namespace Mingle
