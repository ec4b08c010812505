// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/rosterclient.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <QXmppPresence.h>

#include <algorithm>
#include <optional>

namespace Mingle {

namespace {
constexpr qsizetype maxContacts = 20'000;
constexpr qsizetype maxDevices = 64;
constexpr qsizetype maxGroups = 32;
constexpr qsizetype maxVersionLength = 1024;
constexpr auto keepAfter = std::chrono::seconds(2);

std::optional<Contact> readItem(const QDomElement &item)
{
    const auto address = Jid::parse(item.attribute(QStringLiteral("jid")));
    if (!address || item.localName() != u"item") return {};
    Contact contact;
    contact.address = address->bare();
    contact.name = Dom::cut(item.attribute(QStringLiteral("name")), Dom::maxNameBytes);
    const QString subscription = item.attribute(QStringLiteral("subscription"));
    contact.subscribedTo = subscription == u"to" || subscription == u"both";
    contact.seesMe = subscription == u"from" || subscription == u"both";
    contact.asked = item.attribute(QStringLiteral("ask")) == u"subscribe";
    Dom::forEach(item, [&contact](const QDomElement &group) {
        if (group.localName() != u"group" || contact.groups.size() >= maxGroups) return;
        contact.groups.append(Dom::cut(group.text(), Dom::maxNameBytes));
    });
    const QDomElement channel = Dom::child(item, u"channel", Ns::mixRoster);
    contact.isMixChannel = !channel.isNull();
    contact.mixParticipantId = Dom::idAttribute(channel, QStringLiteral("participant-id"));
    return contact;
}

/// ejabberd 24.12 lists a channel that was given a name twice, once with the name and once with the annotation, and
/// pushes a new name without the annotation: what is known of an entry stays unless it is said anew.
Contact merged(const Contact &known, Contact contact)
{
    if (contact.name.isEmpty()) contact.name = known.name;
    if (!known.isMixChannel) return contact;
    contact.isMixChannel = true;
    contact.subscribedTo |= known.subscribedTo;
    if (contact.mixParticipantId.isEmpty()) contact.mixParticipantId = known.mixParticipantId;
    return contact;
}

/// RFC 6121 4.7.2.1; the enumeration is in the order of reachability.
Presence readPresence(const QDomElement &presence)
{
    const QString show = Dom::childNamed(presence, u"show").text();
    if (show == u"chat") return Presence::FreeForChat;
    if (show == u"away") return Presence::Away;
    if (show == u"xa") return Presence::ExtendedAway;
    if (show == u"dnd") return Presence::DoNotDisturb;
    return Presence::Online;
}
} // namespace

RosterClient::RosterClient(Wire &wire, QObject *parent)
    : ContactList(parent)
    , m_wire(wire)
    , m_keeping(this)
{
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(keepAfter);
    connect(&m_keeping, &QTimer::timeout, this, [this] { Q_EMIT kept(m_roster.pack()); });
    connect(&wire, &Wire::ready, this, [this](bool resumed) {
        if (!resumed) forgetPresence();
        if (!resumed || m_awaited) request(); // an answer may be lost with the line
    });
    connect(&wire, &Wire::ended, this, &RosterClient::forgetPresence);
    connect(&wire, &Wire::iqSetReceived, this, &RosterClient::onIqSet);
    connect(&wire, &Wire::presenceReceived, this, &RosterClient::onPresence);
}

void RosterClient::recall(const QByteArray &packed)
{
    if (m_requests == 0) m_roster = KeptRoster::unpack(packed);
}

void RosterClient::setVersion(const QString &version)
{
    m_roster.version = version.size() > maxVersionLength ? QString() : version;
    if (!version.isEmpty() && !m_keeping.isActive()) m_keeping.start();
}

void RosterClient::request()
{
    // RFC 6121 2.6.2: an empty version asks for the whole under a version; none where the server has not said that it
    // knows them.
    m_versioned = m_wire.hasRosterVersions();
    if (!m_versioned) m_roster.version.clear();
    PayloadIq iq(QXmppIq::Get, {}, [this](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::roster);
        if (m_versioned) xml.writeAttribute(u"ver", m_roster.version);
        xml.writeEmptyElement(
            u"annotate"); // XEP-0405 2.10: say which entries are channels, now and in pushes
        xml.writeDefaultNamespace(Ns::mixRoster);
        xml.writeEndElement();
    });
    m_awaited = true;
    m_wire.request(std::move(iq))
        .then(this, [this, number = ++m_requests](const Result<QDomElement> &answer) {
            if (number == m_requests) onRoster(answer);
        });
}

void RosterClient::onRoster(const Result<QDomElement> &answer)
{
    m_awaited = false;
    if (answer.ok()) {
        // No roster at all: the one of that version is still right.
        const QDomElement query = Dom::child(*answer, u"query", Ns::roster);
        if (!query.isNull() || m_roster.version.isEmpty()) readWhole(query);
        Q_EMIT rosterReceived(m_roster.contacts.values());
    }
    // Without it no channel is joined.
    if (answer.error().kind == Error::Kind::Timeout && !m_awaited && m_wire.isLive()) request();
}

void RosterClient::readWhole(const QDomElement &query)
{
    auto &contacts = m_roster.contacts;
    contacts.clear();
    bool whole = true;
    Dom::forEach(query, [&](const QDomElement &item) {
        const auto contact = readItem(item);
        if (!contact) return;
        whole = whole && contacts.size() < maxContacts;
        if (whole) contacts.insert(contact->address, merged(contacts.value(contact->address), *contact));
    });
    setVersion(whole && m_versioned ? query.attribute(QStringLiteral("ver")) : QString());
}

void RosterClient::onIqSet(const QDomElement &iq, const Jid &from, bool *taken)
{
    const QDomElement query = Dom::child(iq, u"query", Ns::roster);
    if (query.isNull()) return;
    // RFC 6121 2.1.6: only my own account may push (CVE-2015-8688). Others get the answer of nobody.
    if (!from.isEmpty() && from != m_wire.ownAddress().bare()) return;
    *taken = true;
    QXmppIq result(QXmppIq::Result);
    result.setId(iq.attribute(QStringLiteral("id")));
    m_wire.send(result);

    take(query.firstChildElement());
    // RFC 6121 2.6.3: what has just changed is part of that version.
    const QString version = query.attribute(QStringLiteral("ver"));
    if (!m_roster.version.isEmpty() && !version.isEmpty()) setVersion(version);
}

void RosterClient::take(const QDomElement &item)
{
    auto contact = readItem(item);
    if (!contact) return;
    auto &contacts = m_roster.contacts;
    if (item.attribute(QStringLiteral("subscription")) == u"remove") {
        if (!contacts.remove(contact->address)) return;
        m_devices.remove(contact->address);
        m_best.remove(contact->address);
        Q_EMIT contactRemoved(contact->address);
        return;
    }
    if (contacts.size() >= maxContacts && !contacts.contains(contact->address)) {
        m_roster.version.clear();
        return;
    }
    // A contact's name is taken away by a push without one; a channel's is not, see merged().
    const Contact known = contacts.value(contact->address);
    if (known.isMixChannel) contact = merged(known, *contact);
    contacts.insert(contact->address, *contact);
    Q_EMIT contactChanged(*contact);
}

void RosterClient::onPresence(const QDomElement &presence, const Jid &from)
{
    const Jid contact = from.bare();
    onSubscription(presence, contact);
    if (!m_roster.contacts.contains(contact)) return; // occupants of rooms, strangers
    const QString type = presence.attribute(QStringLiteral("type"));
    auto &devices = m_devices[contact];
    if (type.isEmpty()) {
        if (devices.size() < maxDevices || devices.contains(from.resource()))
            devices.insert(from.resource(), readPresence(presence));
    } else if (type == u"unavailable" && !from.resource().isEmpty()) {
        devices.remove(from.resource());
    } else if (type == u"unavailable" || type == u"error") {
        devices.clear(); // RFC 6121 4.3.2: the account as a whole
    } else {
        return; // subscriptions are no presence
    }
    update(contact);
}

// -- changes and subscriptions

QFuture<Outcome> RosterClient::putContact(const Jid &person, const QString &name)
{
    const Contact known = m_roster.contacts.value(person.bare());
    PayloadIq iq(QXmppIq::Set, {}, [person = person.bare(), name, known](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::roster);
        xml.writeStartElement(u"item");
        xml.writeAttribute(u"jid", person.toString());
        if (!name.isEmpty()) xml.writeAttribute(u"name", Dom::cut(name, Dom::maxNameBytes));
        for (const QString &group : known.groups)
            xml.writeTextElement(u"group", group);
        xml.writeEndElement();
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq)).then(this, [](const Result<QDomElement> &answer) {
        return Outcome(answer.error());
    });
}

QFuture<Outcome> RosterClient::removeContact(const Jid &person)
{
    PayloadIq iq(QXmppIq::Set, {}, [person = person.bare()](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::roster);
        xml.writeEmptyElement(u"item");
        xml.writeAttribute(u"jid", person.toString());
        xml.writeAttribute(u"subscription", u"remove");
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq)).then(this, [](const Result<QDomElement> &answer) {
        // RFC 6121 2.5.3: it was not there, as wanted.
        if (answer.error().condition == u"item-not-found") return Outcome();
        return Outcome(answer.error());
    });
}

Outcome RosterClient::tell(const Jid &person, int type)
{
    if (!m_wire.isLive()) return Error::Kind::ConnectionLost;
    QXmppPresence presence{QXmppPresence::Type(type)};
    presence.setTo(person.bare().toString()); // RFC 6121 3.1.1: subscriptions are of accounts
    m_wire.send(presence);
    return {};
}

Outcome RosterClient::askToSee(const Jid &person)
{
    return tell(person, QXmppPresence::Subscribe);
}

Outcome RosterClient::letSee(const Jid &person)
{
    return tell(person, QXmppPresence::Subscribed);
}

Outcome RosterClient::stopShowing(const Jid &person)
{
    return tell(person, QXmppPresence::Unsubscribed);
}

/// What became of my own wishes comes by roster pushes; a word of theirs alone changes nothing (RFC 6121 3.1.6).
void RosterClient::onSubscription(const QDomElement &presence, const Jid &person)
{
    const QString type = presence.attribute(QStringLiteral("type"));
    if (person.isEmpty() || person == m_wire.ownAddress().bare()) return;
    if (type == u"unsubscribe") Q_EMIT subscriptionWithdrawn(person);
    if (type != u"subscribe") return;
    const Contact known = m_roster.contacts.value(person);
    if (known.seesMe || known.isMixChannel) return;
    Q_EMIT subscriptionRequested(person,
                                 Dom::cut(Dom::child(presence, u"nick", Ns::nick).text(), Dom::maxNameBytes));
}

void RosterClient::update(const Jid &contact)
{
    Presence best = Presence::Offline;
    for (const Presence presence : std::as_const(m_devices[contact]))
        best = std::max(best, presence);
    Presence &known = m_best[contact];
    if (known == best) return;
    known = best;
    Q_EMIT presenceChanged(contact, best);
}

void RosterClient::forgetPresence()
{
    const auto former = std::exchange(m_best, {});
    m_devices.clear();
    for (auto it = former.cbegin(); it != former.cend(); ++it)
        if (*it != Presence::Unknown) Q_EMIT presenceChanged(it.key(), Presence::Unknown);
}

} // namespace Mingle
