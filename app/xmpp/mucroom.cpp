// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mucroom.h"

#include "xmpp/avatarclient.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

#include <utility>

namespace Mingle {

namespace {
enum Status { // XEP-0045 15.6.2
    SelfPresence = 110,
    RoomCreated = 201,
    Banned = 301,
    NickChanged = 303,
    Kicked = 307,
    AffiliationChanged = 321,
    MembersOnlyNow = 322,
    Shutdown = 332,
    Technical = 333,
};

constexpr qsizetype maxCodes = 32;

Standing standingOf(QStringView affiliation)
{
    if (affiliation == u"owner") return Standing::Owner;
    if (affiliation == u"admin") return Standing::Admin;
    if (affiliation == u"member") return Standing::Member;
    return Standing::Guest;
}
} // namespace

struct MucRoom::Item {
    bool available = true;
    QString affiliation;
    QString role;
    QString newNick;
    QString reason;
    QString actor;
    QString occupantId;
    Jid address;
    QString avatar;
    bool destroyed = false;
    Jid alternative; ///< where the people of a destroyed room shall meet
    QList<int> codes;

    bool has(Status code) const { return codes.contains(code); }
    Error removal() const;
};

/// Why I am out, supposing that I did not go by myself.
Error MucRoom::Item::removal() const
{
    const auto error = [this](Error::Kind kind, const char16_t *condition) {
        return Error{kind, QString::fromUtf16(condition), reason};
    };
    // Where there is one, the condition that entering again would be refused with (7.2).
    if (destroyed) {
        Error gone = error(Error::Kind::NotFound, u"gone");
        const QString other = u"xmpp:" % alternative.toString() % u"?join";
        if (!alternative.isEmpty()) gone.text = reason.isEmpty() ? other : QString(other % u' ' % reason);
        return gone;
    }
    if (has(Banned)) return error(Error::Kind::Refused, u"forbidden");
    if (has(Kicked) && !has(Technical)) return error(Error::Kind::Refused, u"kicked");
    if (has(AffiliationChanged)) return error(Error::Kind::Refused, u"registration-required");
    if (has(MembersOnlyNow)) return error(Error::Kind::Refused, u"registration-required");
    if (has(Shutdown)) return error(Error::Kind::ServerShutdown, u"room-shutdown");
    if (has(Technical)) return error(Error::Kind::ConnectionLost, u"room-unreachable");
    // Nothing is said: a gateway's room, or a service that forgot us. What was in it is no less mine for that.
    return error(Error::Kind::ConnectionLost, u"room-left");
}

MucRoom::MucRoom(const Jid &address)
    : m_address(address)
{}

Capabilities MucRoom::capabilities() const
{
    Capabilities all = Capability::Members | Capability::Leave | Capability::Nick | Capability::PrivateTalk;
    const bool canSpeak = m_hasVoice || !m_traits.moderated;
    if (canSpeak) all |= Capability::Send;
    if (m_isModerator || (canSpeak && m_traits.subjectByAll)) all |= Capability::Subject;
    if (m_traits.archive) all |= Capability::Archive;
    // 5.1.1 and 5.2.1
    const Standing mine = myAffiliation();
    const bool isOwner = mine == Standing::Owner;
    const bool isAdmin = isOwner || mine == Standing::Admin;
    all.setFlag(Capability::Mute, m_isModerator && m_traits.moderated);
    all.setFlag(Capability::Remove, m_isModerator || isAdmin);
    all.setFlag(Capability::Invite, isAdmin || !m_traits.membersOnly || m_traits.invitesByAll);
    if (isAdmin) all |= Capability::Ban | Capability::Promote;
    if (isOwner) all |= Capability::Appoint | Capability::Settings | Capability::Destroy | Capability::Move;
    all.setFlag(Capability::Picture, isOwner && m_traits.picture);
    return all;
}

QList<Participant> MucRoom::participants() const
{
    QList<Participant> list;
    list.reserve(m_occupants.size());
    for (auto it = m_nicks.keyBegin(); it != m_nicks.keyEnd(); ++it) {
        // Of somebody with two nicks only one can be shown: the key is what tells people apart.
        if (!list.isEmpty() && list.constLast().key == *it) continue;
        list.append(m_occupants.value(m_nicks.value(*it)).participant);
    }
    for (const ListedPerson &person : m_listed)
        if (!isPresent(person.address)) list.append(absent(person));
    return list;
}

Participant MucRoom::absent(const ListedPerson &person)
{
    Participant participant;
    participant.key = u"address:" % person.address.toString();
    participant.nick = person.nick.isEmpty() ? person.address.local() : person.nick;
    participant.address = person.address;
    participant.standing = person.standing;
    return participant;
}

void MucRoom::setListed(const QList<ListedPerson> &people)
{
    m_listed.clear();
    for (const ListedPerson &person : people)
        if (!person.address.local().isEmpty() && m_listed.size() < Dom::maxParticipants)
            m_listed.insert(person.address, person);
}

MucRoom::Effect MucRoom::applyMessage(const QDomElement &message)
{
    Effect effect;
    const Item item = read(message);
    if (item.address.isEmpty() || item.affiliation.isEmpty()) return effect;
    effect.listsChanged = true;
    if (!listsMembers()) return effect;
    const bool allowed = item.affiliation != u"none" && item.affiliation != u"outcast";
    if (!allowed) {
        if (m_listed.remove(item.address) && !isPresent(item.address))
            effect.removedKeys.append(absent({item.address, {}, {}, {}}).key);
        return effect;
    }
    if (!m_listed.contains(item.address) && m_listed.size() >= Dom::maxParticipants) return effect;
    const bool isNew = !m_listed.contains(item.address);
    ListedPerson &person = m_listed[item.address];
    person.address = item.address;
    person.standing = standingOf(item.affiliation);
    if (!isPresent(item.address)) effect.changed = absent(person);
    if (isNew && !isPresent(item.address))
        effect.event = RoomEvent{Notice::Invited, author(item.actor), absent(person).nick, item.reason};
    return effect;
}

Author MucRoom::author(const QString &nick) const
{
    Author author;
    const Participant *known = nick.isEmpty() ? nullptr : find(nick);
    if (!known) return author; // the room does not say, or it is somebody who is not here
    return {known->key, known->nick, known->address, known->stableKey, known->isMe};
}

QString MucRoom::keyOf(const QString &nick) const
{
    const Participant *participant = find(nick);
    return participant ? participant->key : QString();
}

const Participant *MucRoom::find(const QString &nick) const
{
    const auto found = m_occupants.constFind(nick);
    return found == m_occupants.cend() ? nullptr : &found->participant;
}

bool MucRoom::setTraits(const RoomTraits &traits)
{
    const bool others = traits.occupantIds != m_traits.occupantIds || traits.moderated != m_traits.moderated;
    m_traits = traits;
    if (!others) return false;
    m_nicks.clear();
    for (auto it = m_occupants.begin(); it != m_occupants.end(); ++it) {
        describe(*it);
        m_nicks.insert(it->participant.key, it.key());
        if (it->participant.isMe && it.key() == m_nick)
            m_occupantId = it->participant.stableKey ? it->participant.key : QString();
    }
    return true;
}

void MucRoom::reset()
{
    m_occupants.clear();
    m_nicks.clear();
    m_addresses.clear();
    m_listed.clear();
    m_nick.clear();
    m_occupantId.clear();
    m_inside = m_hasVoice = m_isModerator = false;
}

MucRoom::Effect MucRoom::apply(const QDomElement &presence, const QString &nick)
{
    Item item = read(presence);
    // As in 'from', or the same occupant would be another under the new nick.
    item.newNick = m_address.withResource(item.newNick).resource();
    return item.available ? come(item, nick) : go(item, nick);
}

MucRoom::Item MucRoom::read(const QDomElement &presence)
{
    Item item;
    item.available = presence.attribute(QStringLiteral("type")).isEmpty();
    Dom::forEach(presence, [&](const QDomElement &e) {
        if (Dom::is(e, u"occupant-id", Ns::occupantId)) {
            item.occupantId = Dom::idAttribute(e, QStringLiteral("id")); // the last one is the room's
            return;
        }
        if (!Dom::is(e, u"x", Ns::mucUser)) return;
        // So is this: nothing of what an occupant wrote before it may be taken for the room's word.
        Item fresh;
        fresh.available = item.available;
        fresh.occupantId = std::exchange(item.occupantId, {});
        item = fresh;
        Dom::forEach(e, [&](const QDomElement &part) {
            const QString name = part.localName();
            if (name == u"item") {
                item.affiliation = part.attribute(QStringLiteral("affiliation"));
                item.role = part.attribute(QStringLiteral("role"));
                item.newNick = Dom::cut(part.attribute(QStringLiteral("nick")), Dom::maxNameBytes);
                item.address = Jid::parse(part.attribute(QStringLiteral("jid"))).value_or(Jid()).bare();
                item.reason = Dom::cut(Dom::childNamed(part, u"reason").text(), Dom::maxNameBytes);
                item.actor = Dom::cut(Dom::childNamed(part, u"actor").attribute(QStringLiteral("nick")),
                                      Dom::maxNameBytes);
            } else if (name == u"status") {
                if (item.codes.size() < maxCodes)
                    item.codes.append(part.attribute(QStringLiteral("code")).toInt());
            } else if (name == u"destroy") {
                item.destroyed = true;
                item.alternative = Jid::parse(part.attribute(QStringLiteral("jid"))).value_or(Jid()).bare();
                item.reason = Dom::cut(Dom::childNamed(part, u"reason").text(), Dom::maxNameBytes);
            }
        });
    });
    item.avatar = avatarOf(presence).value_or(QString()); // their own word for themselves
    return item;
}

/// Fills in what follows from the room's traits.
void MucRoom::describe(Occupant &occupant) const
{
    Participant &participant = occupant.participant;
    participant.stableKey = m_traits.occupantIds && !occupant.occupantId.isEmpty();
    participant.key = participant.stableKey ? occupant.occupantId : u"nick:" % participant.nick;
    const bool isAbove = occupant.affiliation == Standing::Owner || occupant.affiliation == Standing::Admin;
    const bool isMuted = occupant.visitor && m_traits.moderated && !isAbove;
    participant.standing = isMuted ? Standing::Muted : occupant.affiliation;
}

MucRoom::Effect MucRoom::come(const Item &item, const QString &nick)
{
    Effect effect;
    const bool isMe = item.has(SelfPresence) || (m_inside && nick == m_nick);
    const Capabilities before = capabilities();
    const QString nickBefore = m_nick;
    const auto former = m_occupants.constFind(nick);
    const bool isNew = former == m_occupants.cend();
    if (isNew && m_occupants.size() >= Dom::maxParticipants && !isMe) return effect;

    Occupant occupant;
    occupant.occupantId = item.occupantId;
    occupant.affiliation = standingOf(item.affiliation);
    occupant.visitor = item.role == u"visitor";
    Participant &participant = occupant.participant;
    participant.nick = nick;
    participant.address = item.address;
    participant.present = true;
    participant.avatar = item.avatar;
    describe(occupant);
    if (isMe) effect = enter(item, participant);
    effect.listsChanged = !isNew && former->affiliation != occupant.affiliation;
    participant.isMe = isMe || (participant.stableKey && participant.key == m_occupantId);
    // The same nick with another key: somebody else, whose predecessor's leaving we have not been told.
    if (!isNew && former->participant.key != participant.key) drop(nick, effect);
    put(nick, occupant, effect);
    if (m_inside) effect.changed = participant;
    effect.meChanged = isMe && !effect.entered && (before != capabilities() || nickBefore != m_nick);
    return effect;
}

void MucRoom::put(const QString &nick, const Occupant &occupant, Effect &effect)
{
    const Participant &participant = occupant.participant;
    if (!m_nicks.contains(participant.key, nick)) m_nicks.insert(participant.key, nick);
    const Jid former = m_occupants.value(nick).participant.address;
    m_occupants.insert(nick, occupant);
    if (!former.isEmpty()) m_addresses.remove(former, nick);
    if (participant.address.isEmpty()) return;
    const auto listed = m_listed.find(participant.address);
    if (listed != m_listed.end()) {
        if (!isPresent(participant.address)) effect.removedKeys.append(absent(*listed).key);
        if (occupant.affiliation == Standing::Guest)
            m_listed.erase(listed); // taken off the list while being in
        else
            listed->standing = occupant.affiliation;
    } else if (listsMembers() && m_inside && occupant.affiliation != Standing::Guest) {
        m_listed.insert(participant.address, {participant.address, {}, occupant.affiliation, {}});
    }
    m_addresses.insert(participant.address, nick);
}

MucRoom::Effect MucRoom::enter(const Item &item, const Participant &me)
{
    Effect effect;
    m_nick = me.nick;
    m_occupantId = me.stableKey ? me.key : QString();
    m_isModerator = item.role == u"moderator";
    m_hasVoice = m_isModerator || item.role == u"participant";
    effect.entered = !std::exchange(m_inside, true);
    effect.created = item.has(RoomCreated);
    return effect;
}

MucRoom::Effect MucRoom::go(const Item &item, const QString &nick)
{
    Effect effect;
    const bool isMe = item.has(SelfPresence) || (m_inside && nick == m_nick);
    effect.listsChanged = item.affiliation == u"outcast";
    if (item.has(NickChanged) && !item.newNick.isEmpty()) { // 7.6
        rename(nick, item.newNick, effect);
        if (isMe) m_nick = item.newNick;
        effect.meChanged = isMe;
        return effect;
    }
    if (isMe || item.destroyed) {
        if (m_inside || isMe) effect.left = item.removal();
        reset();
        return effect;
    }
    const bool inside = m_inside;
    const bool banned = item.has(Banned);
    if (const Participant *who = find(nick); who && (banned || (item.has(Kicked) && !item.has(Technical))))
        effect.event =
            RoomEvent{banned ? Notice::Banned : Notice::Removed, author(item.actor), who->nick, item.reason};
    if (banned && !item.address.isEmpty()) m_listed.remove(item.address);
    drop(nick, effect);
    if (!inside) effect = {};
    return effect;
}

void MucRoom::rename(const QString &from, const QString &to, Effect &effect)
{
    const auto found = m_occupants.constFind(from);
    if (found == m_occupants.cend()) return;
    Occupant occupant = *found;
    drop(from, effect);
    if (m_occupants.contains(to)) drop(to, effect);
    occupant.participant.nick = to;
    describe(occupant);
    effect.changed.reset();
    put(to, occupant, effect);
    effect.removedKeys.removeAll(occupant.participant.key); // the same person under the same key
    if (m_inside) effect.changed = occupant.participant;
}

void MucRoom::drop(const QString &nick, Effect &effect)
{
    const auto found = m_occupants.constFind(nick);
    if (found == m_occupants.cend()) return;
    const QString key = found->participant.key;
    const Jid address = found->participant.address;
    m_occupants.erase(found);
    m_nicks.remove(key, nick);
    m_addresses.remove(address, nick);
    const auto other = m_nicks.constFind(key);
    if (other != m_nicks.cend()) {
        effect.changed = m_occupants.value(*other).participant;
        return;
    }
    effect.removedKeys.append(key);
    if (!address.isEmpty() && m_listed.contains(address) && !isPresent(address))
        effect.changed = absent(m_listed.value(address));
}

} // namespace Mingle
