// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/muccontrols.h"

#include "xmpp/dataform.h"
#include "xmpp/dom.h"
#include "xmpp/mucdriver.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <QUuid>

namespace Mingle {

namespace {
constexpr qsizetype maxListed = 50'000;

QStringView affiliationName(Standing standing)
{
    switch (standing) {
    case Standing::Owner:
        return u"owner";
    case Standing::Admin:
        return u"admin";
    case Standing::Member:
        return u"member";
    case Standing::Guest:
    case Standing::Muted:
        break;
    }
    return u"none";
}

Standing standingNamed(QStringView affiliation)
{
    if (affiliation == u"owner") return Standing::Owner;
    if (affiliation == u"admin") return Standing::Admin;
    return Standing::Member;
}

QByteArray written(const std::function<void(QXmlStreamWriter &)> &write)
{
    QByteArray stanza;
    QXmlStreamWriter xml(&stanza);
    write(xml);
    return stanza;
}

void startMessage(QXmlStreamWriter &xml, const Jid &to, const QString &id, QStringView type = {})
{
    xml.writeStartElement(u"message");
    xml.writeAttribute(u"to", to.toString());
    xml.writeAttribute(u"id", id);
    if (!type.isEmpty()) xml.writeAttribute(u"type", type);
}

QString freshId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}
} // namespace

MucControls::MucControls(Wire &wire, MucDriver &driver, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_driver(driver)
{
    connect(&wire, &Wire::messageReceived, this, &MucControls::onMessage);
}

MucControls::~MucControls() = default;

QFuture<Outcome> MucControls::ask(PayloadIq &&iq)
{
    return m_wire.request(std::move(iq)).then([](const Result<QDomElement> &answer) {
        return answer.ok() ? Outcome() : Outcome(answer.error());
    });
}

QFuture<Outcome> MucControls::setNick(const Jid &room, const QString &nick)
{
    return m_driver.changeNick(room.bare(), nick);
}

QFuture<Outcome> MucControls::administer(const Jid &room, const Item &item)
{
    if (item.address.isEmpty() && item.nick.isEmpty())
        return answered<>(Outcome(Error::Kind::InvalidAddress));
    return ask(PayloadIq(QXmppIq::Set, room.bare(), [item](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::mucAdmin);
        xml.writeStartElement(u"item");
        if (!item.address.isEmpty())
            xml.writeAttribute(u"jid", item.address.toString());
        else
            xml.writeAttribute(u"nick", item.nick);
        if (!item.affiliation.isEmpty()) xml.writeAttribute(u"affiliation", item.affiliation);
        if (!item.role.isEmpty()) xml.writeAttribute(u"role", item.role);
        if (!item.reason.isEmpty()) xml.writeTextElement(u"reason", item.reason);
        xml.writeEndElement();
        xml.writeEndElement();
    }));
}

// Affiliations belong to addresses; a room that hides them lets an admin name somebody by nick.
MucControls::Item MucControls::itemOf(const Participant &who, const QString &reason)
{
    return {who.address, who.nick, {}, {}, Dom::cut(reason, Dom::maxNameBytes)};
}

QFuture<Outcome> MucControls::setStanding(const Jid &room, const Participant &who, Standing standing,
                                          const QString &reason)
{
    // 8.2 and 8.4: roles go by nick, and end with the stay.
    Item voice{{}, who.nick, {}, QStringLiteral("participant"), Dom::cut(reason, Dom::maxNameBytes)};
    if (standing == Standing::Muted) {
        voice.role = QStringLiteral("visitor");
        return administer(room, voice);
    }
    Item affiliation = itemOf(who, reason);
    affiliation.affiliation = affiliationName(standing).toString();
    if (who.standing != Standing::Muted) return administer(room, affiliation);
    // From silence to a guest there is no change of affiliation to make.
    if (standing == Standing::Guest || standing == Standing::Member) {
        const MucRoom *inside = m_driver.room(room.bare());
        if (inside && inside->affiliationOf(who.nick) == standing) return administer(room, voice);
    }
    return administer(room, affiliation)
        .then(this,
              [this, room, voice](const Outcome &outcome) {
                  return outcome ? administer(room, voice) : answered<>(outcome);
              })
        .unwrap();
}

QFuture<Outcome> MucControls::remove(const Jid &room, const Participant &who, const QString &reason)
{
    Item item = itemOf(who, reason);
    if (who.present) { // 8.2
        item.address = {};
        item.role = QStringLiteral("none");
    } else { // off the list of those who may come in
        item.affiliation = QStringLiteral("none");
    }
    return administer(room, item);
}

QFuture<Outcome> MucControls::ban(const Jid &room, const Participant &who, const QString &reason)
{
    Item item = itemOf(who, reason);
    item.affiliation = QStringLiteral("outcast"); // 9.1
    return administer(room, item);
}

QFuture<Result<QList<ListedPerson>>> MucControls::affiliated(const Jid &room, QStringView affiliation)
{
    using Answer = Result<QList<ListedPerson>>;
    const QString wanted = affiliation.toString();
    PayloadIq iq(QXmppIq::Get, room.bare(), [wanted](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::mucAdmin);
        xml.writeEmptyElement(u"item");
        xml.writeAttribute(u"affiliation", wanted);
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq)).then([wanted](const Result<QDomElement> &answer) -> Answer {
        if (!answer.ok()) return answer.error();
        QList<ListedPerson> people;
        Dom::forEach(Dom::child(*answer, u"query", Ns::mucAdmin), [&](const QDomElement &item) {
            const auto address = Jid::parse(item.attribute(QStringLiteral("jid")));
            const bool fits = item.localName() == u"item" && address && people.size() < maxListed
                              && item.attribute(QStringLiteral("affiliation")) == wanted;
            if (!fits) return;
            people.append({address->bare(),
                           Dom::cut(item.attribute(QStringLiteral("nick")), Dom::maxNameBytes),
                           standingNamed(wanted),
                           Dom::cut(Dom::childNamed(item, u"reason").text(), Dom::maxNameBytes)});
        });
        return people;
    });
}

QFuture<Result<QList<ListedPerson>>> MucControls::list(const Jid &room, AccessList list)
{
    using Answer = Result<QList<ListedPerson>>;
    if (list == AccessList::Banned) return affiliated(room, u"outcast");
    QList<QFuture<Answer>> questions;
    for (const QStringView affiliation : {u"owner", u"admin", u"member"})
        questions.append(affiliated(room, affiliation));
    return QtFuture::whenAll(questions.begin(), questions.end())
        .then(this, [](const QList<QFuture<Answer>> &answers) -> Answer {
            QList<ListedPerson> all;
            Error refused;
            int told = 0;
            for (const QFuture<Answer> &future : answers) {
                const Answer answer = future.result();
                // 9.5: some rooms tell members who is a member, and not who owns it.
                if (!answer.ok()) {
                    refused = answer.error();
                    continue;
                }
                ++told;
                all += *answer;
            }
            return told == 0 ? Answer(refused) : Answer(all);
        });
}

QFuture<Outcome> MucControls::putOnList(const Jid &room, AccessList list, const ListedPerson &person)
{
    const QString affiliation =
        list == AccessList::Banned ? QStringLiteral("outcast") : affiliationName(person.standing).toString();
    return administer(room,
                      {person.address, {}, affiliation, {}, Dom::cut(person.reason, Dom::maxNameBytes)});
}

QFuture<Outcome> MucControls::takeOffList(const Jid &room, AccessList, const Jid &address)
{
    return administer(room, {address, {}, QStringLiteral("none"), {}, {}});
}

QFuture<Outcome> MucControls::setSubject(const Jid &room, const QString &subject)
{
    const QString id = freshId();
    const auto stanza = written([&](QXmlStreamWriter &xml) { // 8.1
        startMessage(xml, room.bare(), id, u"groupchat");
        xml.writeTextElement(u"subject", Dom::cut(subject, Dom::maxSubjectBytes));
        xml.writeEndElement();
    });
    return sendToRoom(room, stanza, id);
}

// XEP-0045 7.5
Jid MucControls::privateAddress(const Jid &room, const Participant &who) const
{
    return who.present ? room.withResource(who.nick) : Jid();
}

QFuture<Outcome> MucControls::invite(const Jid &room, const Jid &person, const QString &text)
{
    const MucRoom *inside = m_driver.room(room.bare());
    if (!inside) return answered<>(Outcome(Error::Kind::NotFound, QStringLiteral("not-joined")));
    const QString id = freshId();
    const QString reason = Dom::cut(text, Dom::maxSubjectBytes);
    // 7.8.2: only the room itself can let somebody in who is not on its list.
    if (inside->traits().membersOnly) {
        const auto mediated = written([&](QXmlStreamWriter &xml) {
            startMessage(xml, room.bare(), id);
            xml.writeStartElement(u"x");
            xml.writeDefaultNamespace(Ns::mucUser);
            xml.writeStartElement(u"invite");
            xml.writeAttribute(u"to", person.bare().toString());
            if (!reason.isEmpty()) xml.writeTextElement(u"reason", reason);
            for (int open = 0; open < 3; ++open)
                xml.writeEndElement();
        });
        return sendToRoom(room, mediated, id);
    }
    const auto direct = written([&](QXmlStreamWriter &xml) { // XEP-0249
        startMessage(xml, person.bare(), id);
        xml.writeStartElement(u"x");
        xml.writeDefaultNamespace(Ns::directInvitation);
        xml.writeAttribute(u"jid", room.bare().toString());
        if (!reason.isEmpty()) xml.writeAttribute(u"reason", reason);
        if (const QString password = m_driver.passwordOf(room.bare()); !password.isEmpty())
            xml.writeAttribute(u"password", password);
        xml.writeEndElement();
        xml.writeEndElement();
    });
    return m_wire.sendAcknowledged(direct);
}

QFuture<Outcome> MucControls::decline(const Jid &room, const Invitation &invitation)
{
    return m_wire.sendAcknowledged(written([&](QXmlStreamWriter &xml) { // 7.8.2
        startMessage(xml, room.bare(), freshId());
        xml.writeStartElement(u"x");
        xml.writeDefaultNamespace(Ns::mucUser);
        xml.writeEmptyElement(u"decline");
        xml.writeAttribute(u"to", invitation.from.toString());
        xml.writeEndElement();
        xml.writeEndElement();
    }));
}

/// A room says nothing to what it accepts. What it refuses comes back before its answer to a question asked right behind.
QFuture<Outcome> MucControls::sendToRoom(const Jid &room, const QByteArray &stanza, const QString &id)
{
    const auto waiting = std::make_shared<QPromise<Outcome>>();
    waiting->start();
    m_waiting.insert(id, waiting);
    (void)m_wire.sendAcknowledged(stanza);
    requestDiscoInfo(m_wire, room.bare()).then(this, [this, id](const Result<DiscoInfo> &answer) {
        const bool lost = !answer.ok()
                          && (answer.error().kind == Error::Kind::ConnectionLost
                              || answer.error().kind == Error::Kind::Timeout);
        settle(id, lost ? Outcome(answer.error()) : Outcome());
    });
    return waiting->future();
}

void MucControls::onMessage(const QDomElement &message, const Jid &from)
{
    if (m_waiting.isEmpty() || message.attribute(QStringLiteral("type")) != u"error") return;
    const QString id = Dom::idAttribute(message, QStringLiteral("id"));
    if (m_waiting.contains(id) && m_driver.isRoomAddress(from)) settle(id, Wire::stanzaError(message));
}

void MucControls::settle(const QString &id, const Outcome &outcome)
{
    const Waiting waiting = m_waiting.take(id);
    if (!waiting) return;
    waiting->addResult(outcome);
    waiting->finish();
}

QFuture<Result<Form>> MucControls::settings(const Jid &room)
{
    PayloadIq iq(QXmppIq::Get, room.bare(), [](QXmlStreamWriter &xml) { // 10.2
        xml.writeEmptyElement(u"query");
        xml.writeDefaultNamespace(Ns::mucOwner);
    });
    return m_wire.request(std::move(iq)).then([](const Result<QDomElement> &answer) -> Result<Form> {
        if (!answer.ok()) return answer.error();
        return readForm(Dom::child(*answer, u"query", Ns::mucOwner));
    });
}

QFuture<Outcome> MucControls::changeSettings(const Jid &room, const Form &changes)
{
    Form form = changes;
    form.formType = Ns::mucRoomConfig.toString();
    return ask(PayloadIq(QXmppIq::Set, room.bare(), [form](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::mucOwner);
        writeSubmit(xml, form);
        xml.writeEndElement();
    }));
}

QFuture<Result<Form>> MucControls::choices(const Jid &)
{
    return answered<Form>(Result<Form>(Error::Kind::Unsupported)); // XEP-0045 knows none
}

QFuture<Outcome> MucControls::choose(const Jid &, const Form &)
{
    return answered<>(Outcome(Error::Kind::Unsupported));
}

QFuture<Outcome> MucControls::setPicture(const Jid &room, const QByteArray &data, const QString &type)
{
    return ask(PayloadIq(QXmppIq::Set, room.bare(), [data, type](QXmlStreamWriter &xml) { // XEP-0486 3
        xml.writeStartElement(u"vCard");
        xml.writeDefaultNamespace(Ns::vcard);
        if (!data.isEmpty()) {
            xml.writeStartElement(u"PHOTO");
            xml.writeTextElement(u"TYPE", type);
            xml.writeTextElement(u"BINVAL", QString::fromLatin1(data.toBase64()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }));
}

QFuture<Outcome> MucControls::destroy(const Jid &room, const QString &reason, const Jid &alternative)
{
    return ask(PayloadIq(QXmppIq::Set, room.bare(), [=](QXmlStreamWriter &xml) { // 10.9
        xml.writeStartElement(u"query");
        xml.writeDefaultNamespace(Ns::mucOwner);
        xml.writeStartElement(u"destroy");
        if (!alternative.isEmpty()) xml.writeAttribute(u"jid", alternative.toString());
        if (!reason.isEmpty()) xml.writeTextElement(u"reason", Dom::cut(reason, Dom::maxNameBytes));
        xml.writeEndElement();
        xml.writeEndElement();
    }));
}

} // namespace Mingle
