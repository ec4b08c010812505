// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixchannel.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

#include <algorithm>

namespace Mingle {

namespace {
constexpr qsizetype maxFormerNicks = 5000;
constexpr qsizetype maxClients = 20; // of one participant
} // namespace

MixChannel::MixChannel(const Jid &address)
    : m_address(address)
{}

QString MixChannel::nick() const
{
    const Participant *me = find(m_myId);
    return me ? me->nick : QString();
}

Capabilities MixChannel::capabilities() const
{
    Capabilities all =
        Capability::Send | Capability::Members | Capability::Leave | Capability::Nick | Capability::Invite;
    if (m_traits.archive) all |= Capability::Archive;
    const Participant *me = find(m_myId);
    const bool isOwner = me && me->standing == Standing::Owner;
    // XEP-0406 2.2 and 2.3: only administrators and owners may subscribe to these.
    const bool isAdmin = isOwner || hasNode(Ns::mixBanned) || hasNode(Ns::mixAllowed);
    if (hasNode(Ns::mixBanned)) all |= Capability::Remove | Capability::Ban;
    if (m_traits.choices) all |= Capability::Choices | Capability::PrivateTalk;
    if (isAdmin) all |= Capability::Settings;
    if (isAdmin && hasNode(Ns::avatarMetadata)) all |= Capability::Picture;
    if (isOwner) all |= Capability::Promote | Capability::Appoint | Capability::Destroy;
    return all;
}

RoomProperties MixChannel::properties() const
{
    RoomProperties all;
    all.setFlag(RoomProperty::Archived, m_traits.archive);
    all.setFlag(RoomProperty::MembersOnly, m_roles.membersOnly || hasNode(Ns::mixAllowed));
    all.setFlag(RoomProperty::AddressOptional, m_roles.addresses == MixAddresses::Optional);
    // A channel that does not show its configuration shows by its list what everybody sees.
    const bool listed =
        m_roles.addresses == MixAddresses::Untold && !m_participants.isEmpty() && m_hidden.isEmpty();
    all.setFlag(RoomProperty::AddressesVisible, m_roles.addresses == MixAddresses::Visible || listed);
    return all;
}

Standing MixChannel::standingOf(const Jid &address) const
{
    if (address.isEmpty()) return Standing::Member;
    if (m_roles.owners.contains(address)) return Standing::Owner;
    return m_roles.administrators.contains(address) ? Standing::Admin : Standing::Member;
}

QList<Participant> MixChannel::setRoles(const MixRoles &roles)
{
    m_roles = roles;
    QList<Participant> changed;
    for (Participant &participant : m_participants) {
        const Standing standing = standingOf(participant.address);
        if (std::exchange(participant.standing, standing) != standing) changed.append(participant);
    }
    return changed;
}

const Participant *MixChannel::find(const QString &participantId) const
{
    const auto found = m_participants.constFind(participantId);
    return found == m_participants.cend() ? nullptr : &*found;
}

QString MixChannel::nickOf(const QString &participantId) const
{
    const Participant *participant = find(participantId);
    return participant ? participant->nick : m_formerNicks.value(participantId);
}

void MixChannel::setMyId(const QString &participantId)
{
    m_myId = participantId;
    for (Participant &participant : m_participants)
        participant.isMe = participant.key == m_myId;
}

void MixChannel::load(const QDomElement &items, const Jid &me)
{
    for (const Participant &participant : std::as_const(m_participants))
        remember(participant);
    m_participants.clear();
    m_hidden.clear();
    Dom::forEach(items, [&](const QDomElement &item) {
        Participant participant;
        if (item.localName() != u"item" || m_participants.size() >= Dom::maxParticipants) return;
        if (!read(item, me, participant)) return;
        if (participant.isMe) m_myId = participant.key;
        m_participants.insert(participant.key, participant);
    });
}

MixChannel::Effect MixChannel::apply(const QDomElement &items, const Jid &me)
{
    Effect effect;
    Dom::forEach(items, [&](const QDomElement &item) {
        const QString name = item.localName();
        if (name == u"retract") {
            const QString key = Dom::idAttribute(item, QStringLiteral("id"));
            const auto found = m_participants.constFind(key);
            if (found == m_participants.cend()) return;
            effect.meRemoved |= key == m_myId;
            remember(*found);
            m_mapped.remove(key);
            m_hidden.remove(key);
            m_online.remove(key);
            m_participants.erase(found);
            effect.removedKeys.append(key);
        } else if (name == u"item") {
            Participant participant;
            if (!read(item, me, participant)) return;
            if (!m_participants.contains(participant.key) && m_participants.size() >= Dom::maxParticipants)
                return;
            if (participant.isMe) m_myId = participant.key;
            m_participants.insert(participant.key, participant);
            effect.changed.append(participant);
        }
    });
    return effect;
}

void MixChannel::reset()
{
    for (const Participant &participant : std::as_const(m_participants))
        remember(participant);
    m_participants.clear();
    m_myId.clear();
    m_mapped.clear();
    m_hidden.clear();
    m_online.clear();
    m_trustsPresence = false;
}

bool MixChannel::read(const QDomElement &item, const Jid &me, Participant &participant)
{
    // XEP-0369 4.7.3. ejabberd marks messages as core:0, but participants as core:1.
    const QDomElement e = Dom::childNamed(item, u"participant");
    const QString ns = e.namespaceURI();
    participant.key = Dom::idAttribute(item, QStringLiteral("id"));
    if (participant.key.isEmpty() || (ns != Ns::mixCore1 && ns != Ns::mixCore0)) return false;
    participant.nick = Dom::cut(Dom::childNamed(e, u"nick").text(), Dom::maxNameBytes);
    participant.address = Jid::parse(Dom::childNamed(e, u"jid").text()).value_or(Jid()).bare();
    // What my own account has told about my id counts for more than the list.
    participant.isMe = m_myId.isEmpty() ? participant.address == me : participant.key == m_myId;
    if (participant.address.isEmpty()) {
        m_hidden.insert(participant.key);
        participant.address = participant.isMe ? me : m_mapped.value(participant.key);
    } else {
        m_hidden.remove(participant.key);
    }
    participant.standing = standingOf(participant.address);
    participant.present = isPresent(participant.key);
    return true;
}

QList<Participant> MixChannel::setAddresses(const QHash<QString, Jid> &byId)
{
    if (m_mapped.size() + byId.size() > 2 * Dom::maxParticipants) m_mapped.clear(); // those that have left
    m_mapped.insert(byId);
    QList<Participant> changed;
    for (auto it = byId.cbegin(); it != byId.cend(); ++it) {
        const auto found = m_participants.find(it.key());
        if (found == m_participants.end() || !found->address.isEmpty()) continue;
        found->address = it.value();
        found->standing = standingOf(found->address);
        changed.append(*found);
    }
    return changed;
}

bool MixChannel::isPresent(const QString &participantId) const
{
    return !m_trustsPresence || m_online.contains(participantId);
}

std::optional<Participant> MixChannel::setOnline(const QString &participantId, const QString &client,
                                                 bool online)
{
    const auto found = m_participants.find(participantId);
    const auto clients = m_online.find(participantId);
    if (!online) {
        if (clients == m_online.end()) return {};
        clients->remove(client);
        if (clients->isEmpty()) m_online.erase(clients);
    } else if (clients != m_online.end()) {
        if (clients->size() < maxClients) clients->insert(client);
    } else if (found != m_participants.end() || m_participants.isEmpty()) {
        // Before the list is here it may be anybody; of strangers to the list nothing is kept.
        if (m_online.size() < Dom::maxParticipants) m_online.insert(participantId, {client});
    }
    if (found == m_participants.end()) return {};
    const bool present = isPresent(participantId);
    if (std::exchange(found->present, present) == present) return {};
    return *found;
}

void MixChannel::trustPresence()
{
    m_trustsPresence = true;
    for (Participant &participant : m_participants)
        participant.present = isPresent(participant.key);
}

void MixChannel::remember(const Participant &participant)
{
    if (participant.nick.isEmpty()) return;
    if (m_formerNicks.size() >= maxFormerNicks) m_formerNicks.clear();
    m_formerNicks.insert(participant.key, participant.nick);
}

} // namespace Mingle
