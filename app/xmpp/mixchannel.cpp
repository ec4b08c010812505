// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixchannel.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

namespace Mingle {

namespace {
constexpr qsizetype maxFormerNicks = 5000;
}

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
    Capabilities all = Capability::Send | Capability::Members | Capability::Leave;
    if (m_traits.archive) all |= Capability::Archive;
    return all;
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
}

bool MixChannel::read(const QDomElement &item, const Jid &me, Participant &participant) const
{
    // XEP-0369 4.7.3. ejabberd marks messages as core:0, but participants as core:1.
    const QDomElement e = Dom::childNamed(item, u"participant");
    const QString ns = e.namespaceURI();
    participant.key = Dom::idAttribute(item, QStringLiteral("id"));
    if (participant.key.isEmpty() || (ns != Ns::mixCore1 && ns != Ns::mixCore0)) return false;
    participant.nick = Dom::cut(Dom::childNamed(e, u"nick").text(), Dom::maxNameBytes);
    participant.address = Jid::parse(Dom::childNamed(e, u"jid").text()).value_or(Jid()).bare();
    participant.standing = Standing::Member;
    participant.present = true; // presence is not shared where XEP-0403 is absent
    // What my own account has told about my id counts for more than the list.
    participant.isMe = m_myId.isEmpty() ? participant.address == me : participant.key == m_myId;
    return true;
}

void MixChannel::remember(const Participant &participant)
{
    if (participant.nick.isEmpty()) return;
    if (m_formerNicks.size() >= maxFormerNicks) m_formerNicks.clear();
    m_formerNicks.insert(participant.key, participant.nick);
}

} // namespace Mingle
