// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixcontrols.h"

#include "xmpp/dataform.h"
#include "xmpp/dom.h"
#include "xmpp/invitationcodec.h"
#include "xmpp/mixcodec.h"
#include "xmpp/mixdriver.h"
#include "xmpp/mixsettings.h"
#include "xmpp/namespaces.h"

#include <QCryptographicHash>
#include <QUuid>

namespace Mingle {

namespace {
constexpr qsizetype maxListed = 50'000;

QStringView nodeOf(AccessList list)
{
    return list == AccessList::Banned ? Ns::mixBanned : Ns::mixAllowed;
}

/// XEP-0060 7.1: one item with the payload that write writes.
PayloadIq publishIq(const Jid &channel, QStringView node, const QString &id, PayloadIq::Write write)
{
    return PayloadIq(QXmppIq::Set, channel, [node, id, write](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"publish");
        xml.writeAttribute(u"node", node);
        xml.writeStartElement(u"item");
        if (!id.isEmpty()) xml.writeAttribute(u"id", id);
        if (write) write(xml);
        for (int open = 0; open < 3; ++open)
            xml.writeEndElement();
    });
}

PayloadIq retractIq(const Jid &channel, QStringView node, const QString &id)
{
    return PayloadIq(QXmppIq::Set, channel, [node, id](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"retract");
        xml.writeAttribute(u"node", node);
        xml.writeEmptyElement(u"item");
        xml.writeAttribute(u"id", id);
        xml.writeEndElement();
        xml.writeEndElement();
    });
}
} // namespace

MixControls::MixControls(Wire &wire, const MixDriver &driver, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_driver(driver)
{}

QFuture<Outcome> MixControls::ask(PayloadIq &&iq)
{
    return m_wire.request(std::move(iq)).then([](const Result<QDomElement> &answer) {
        return answer.ok() ? Outcome() : Outcome(answer.error());
    });
}

QFuture<Outcome> MixControls::setNick(const Jid &room, const QString &nick)
{
    const QString wanted = Dom::cut(nick.trimmed(), Dom::maxNameBytes);
    if (wanted.isEmpty()) return answered<>(Outcome(Error::Kind::InvalidInput, QStringLiteral("nick")));
    return ask(mixSetNickIq(room.bare(), wanted));
}

QFuture<Outcome> MixControls::setSubject(const Jid &, const QString &)
{
    return answered<>(Outcome(Error::Kind::Unsupported));
}

QFuture<Outcome> MixControls::setStanding(const Jid &room, const Participant &who, Standing standing,
                                          const QString &)
{
    if (who.address.isEmpty() || standing == Standing::Muted)
        return answered<>(Outcome(Error::Kind::Unsupported));
    // XEP-0406 2.1: owners and administrators stand in the configuration, all others nowhere.
    return m_wire.request(pubsubItemsIq(room.bare(), Ns::mixConfig))
        .then(this,
              [this, room, who, standing](const Result<QDomElement> &answer) {
                  if (!answer.ok()) return answered<>(Outcome(answer.error()));
                  MixRoles roles = mixRoles(pubsubItems(*answer));
                  roles.owners.remove(who.address);
                  roles.administrators.remove(who.address);
                  if (standing == Standing::Owner) roles.owners.insert(who.address);
                  if (standing == Standing::Admin) roles.administrators.insert(who.address);
                  // 2.1: there is always one. Of two who step down at once the service has to refuse the second.
                  if (roles.owners.isEmpty())
                      return answered<>(Outcome(Error::Kind::Refused, QStringLiteral("last-owner")));
                  Form form;
                  form.formType = Ns::mixAdmin.toString();
                  for (const auto &[name, people] : {std::pair(u"Owner", roles.owners),
                                                     std::pair(u"Administrator", roles.administrators)}) {
                      FormField field;
                      field.name = QString(name);
                      for (const Jid &address : people)
                          field.values.append(address.toString());
                      field.values.sort();
                      form.fields.append(field);
                  }
                  return publishForm(room, Ns::mixConfig, form);
              })
        .unwrap();
}

QFuture<Outcome> MixControls::remove(const Jid &room, const Participant &who, const QString &reason)
{
    // XEP-0406 3.3: banning puts out at once; taking it back lets them return.
    return ban(room, who, reason)
        .then(this,
              [this, room, who](const Outcome &outcome) {
                  return outcome ? takeOffList(room, AccessList::Banned, who.address) : answered<>(outcome);
              })
        .unwrap();
}

QFuture<Outcome> MixControls::ban(const Jid &room, const Participant &who, const QString &reason)
{
    if (who.address.isEmpty())
        return answered<>(Outcome(Error::Kind::Unsupported, QStringLiteral("no-address")));
    return putOnList(room, AccessList::Banned, {who.address, {}, Standing::Guest, reason});
}

QFuture<Result<QList<ListedPerson>>> MixControls::list(const Jid &room, AccessList list)
{
    using Answer = Result<QList<ListedPerson>>;
    return m_wire.request(pubsubItemsIq(room.bare(), nodeOf(list)))
        .then([](const Result<QDomElement> &answer) -> Answer {
            if (!answer.ok()) return answer.error();
            QList<ListedPerson> people;
            Dom::forEach(pubsubItems(*answer), [&people](const QDomElement &item) {
                const auto address = Jid::parse(Dom::idAttribute(item, QStringLiteral("id")));
                if (item.localName() == u"item" && address && people.size() < maxListed)
                    people.append({address->bare(), {}, Standing::Member, {}});
            });
            return people;
        });
}

QFuture<Outcome> MixControls::putOnList(const Jid &room, AccessList list, const ListedPerson &person)
{
    return ask(publishIq(room.bare(), nodeOf(list), person.address.toString(), {}));
}

QFuture<Outcome> MixControls::takeOffList(const Jid &room, AccessList list, const Jid &address)
{
    return ask(retractIq(room.bare(), nodeOf(list), address.toString()));
}

// XEP-0404 5, by the address of XEP-0403 3.2.
Jid MixControls::privateAddress(const Jid &room, const Participant &who) const
{
    if (who.key.isEmpty()) return {};
    return Jid::parse(QString(who.key % u'#' % room.local()), room.domain()).value_or(Jid());
}

QFuture<Outcome> MixControls::invite(const Jid &room, const Jid &person, const QString &text)
{
    PayloadIq iq(QXmppIq::Get, room.bare(), [person](QXmlStreamWriter &xml) { // XEP-0407 6
        xml.writeStartElement(u"invite");
        xml.writeDefaultNamespace(Ns::mixMisc);
        xml.writeTextElement(u"invitee", person.bare().toString());
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq))
        .then(this,
              [this, room, person, text](const Result<QDomElement> &answer) {
                  return sendInvitation(room, person, text, answer);
              })
        .unwrap();
}

/// A service that gives out no invitations lets in whoever comes: then knowing the address is enough (XEP-0407 5).
QFuture<Outcome> MixControls::sendInvitation(const Jid &room, const Jid &person, const QString &text,
                                             const Result<QDomElement> &answer)
{
    if (!answer.ok() && answer.error().kind != Error::Kind::Unsupported)
        return answered<>(Outcome(answer.error()));
    const QDomElement invite = answer.ok() ? Dom::childNamed(*answer, u"invite") : QDomElement();
    const QString token = Dom::id(Dom::childNamed(Dom::childNamed(invite, u"invitation"), u"token").text());
    QByteArray stanza;
    QXmlStreamWriter xml(&stanza);
    xml.writeStartElement(u"message");
    xml.writeAttribute(u"to", person.bare().toString());
    xml.writeAttribute(u"id", QUuid::createUuid().toString(QUuid::WithoutBraces));
    const QString link = u"xmpp:" % room.bare().toString() % u"?join";
    xml.writeTextElement(
        u"body", text.isEmpty() ? link : QString(Dom::cut(text, Dom::maxSubjectBytes) % u'\n' % link));
    writeInvitation(xml, room.bare(), person.bare(), {m_wire.ownAddress().bare(), {}, token, {}});
    xml.writeEndElement();
    return m_wire.sendAcknowledged(stanza);
}

QFuture<Outcome> MixControls::decline(const Jid &room, const Invitation &invitation)
{
    QByteArray stanza;
    QXmlStreamWriter xml(&stanza);
    xml.writeStartElement(u"message");
    xml.writeAttribute(u"to", invitation.from.toString());
    xml.writeAttribute(u"id", QUuid::createUuid().toString(QUuid::WithoutBraces));
    xml.writeStartElement(u"invitation-ack");
    xml.writeDefaultNamespace(Ns::mixMisc);
    xml.writeTextElement(u"value", u"Declined");
    writeInvitation(xml, room.bare(), m_wire.ownAddress().bare(), invitation);
    xml.writeEndElement();
    xml.writeEndElement();
    return m_wire.sendAcknowledged(stanza);
}

QFuture<Result<Form>> MixControls::settings(const Jid &room)
{
    QList<QFuture<Result<QDomElement>>> questions{
        m_wire.request(pubsubItemsIq(room.bare(), Ns::mixInfo)),
        m_wire.request(pubsubItemsIq(room.bare(), Ns::mixConfig)),
    };
    return QtFuture::whenAll(questions.begin(), questions.end())
        .then(this, [](const QList<QFuture<Result<QDomElement>>> &answers) -> Result<Form> {
            const auto info = answers[0].result();
            const auto config = answers[1].result();
            if (!info.ok() && !config.ok()) return info.error();
            // An administrator may name the channel without seeing how it is set up.
            return mixSettings(info.ok() ? pubsubItems(*info) : QDomElement(),
                               config.ok() ? pubsubItems(*config) : QDomElement());
        });
}

QFuture<Outcome> MixControls::changeSettings(const Jid &room, const Form &changes)
{
    const Form info = mixInfoChanges(changes);
    const Form config = mixConfigChanges(changes);
    auto first = info.fields.isEmpty() ? answered<>(Outcome()) : publishForm(room, Ns::mixInfo, info);
    return first
        .then(this,
              [this, room, config](const Outcome &outcome) {
                  if (!outcome || config.fields.isEmpty()) return answered<>(outcome);
                  return publishForm(room, Ns::mixConfig, config);
              })
        .unwrap();
}

/// XEP-0406 3.1 and 3.2: the channel changes the fields given and leaves the others.
QFuture<Outcome> MixControls::publishForm(const Jid &room, QStringView node, const Form &form)
{
    return ask(publishIq(room.bare(), node, {}, [form](QXmlStreamWriter &xml) { writeSubmit(xml, form); }));
}

QFuture<Result<Form>> MixControls::choices(const Jid &room)
{
    PayloadIq iq(QXmppIq::Get, room.bare(), [](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"user-preference");
        xml.writeDefaultNamespace(Ns::mixAnon);
    });
    return m_wire.request(std::move(iq)).then([](const Result<QDomElement> &answer) -> Result<Form> {
        if (!answer.ok()) return answer.error();
        return readForm(
            Dom::child(Dom::child(*answer, u"user-preference", Ns::mixAnon), u"x", Ns::dataForms));
    });
}

QFuture<Outcome> MixControls::choose(const Jid &room, const Form &changes)
{
    Form form = changes;
    form.formType = Ns::mixAnon.toString();
    return ask(PayloadIq(QXmppIq::Set, room.bare(), [form](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"user-preference");
        xml.writeDefaultNamespace(Ns::mixAnon);
        writeSubmit(xml, form);
        xml.writeEndElement();
    }));
}

QFuture<Outcome> MixControls::setPicture(const Jid &room, const QByteArray &data, const QString &type)
{
    const QString hash =
        QString::fromLatin1(QCryptographicHash::hash(data, QCryptographicHash::Sha1).toHex());
    const auto metadata = [=](QXmlStreamWriter &xml) { // XEP-0084 4.2
        xml.writeStartElement(u"metadata");
        xml.writeDefaultNamespace(Ns::avatarMetadata);
        if (!data.isEmpty()) {
            xml.writeEmptyElement(u"info");
            xml.writeAttribute(u"bytes", QString::number(data.size()));
            xml.writeAttribute(u"id", hash);
            xml.writeAttribute(u"type", type);
        }
        xml.writeEndElement();
    };
    const auto tell = [this, room, hash, metadata] {
        return ask(publishIq(room.bare(), Ns::avatarMetadata, hash, metadata));
    };
    if (data.isEmpty()) return tell();
    return ask(publishIq(room.bare(), Ns::avatarData, hash,
                         [data](QXmlStreamWriter &xml) {
                             xml.writeStartElement(u"data");
                             xml.writeDefaultNamespace(Ns::avatarData);
                             xml.writeCharacters(QString::fromLatin1(data.toBase64()));
                             xml.writeEndElement();
                         }))
        .then(this, [tell](const Outcome &outcome) { return outcome ? tell() : answered<>(outcome); })
        .unwrap();
}

QFuture<Outcome> MixControls::destroy(const Jid &room, const QString &, const Jid &)
{
    const Jid service = Jid::parse({}, room.domain()).value_or(Jid());
    return ask(PayloadIq(QXmppIq::Set, service, [room](QXmlStreamWriter &xml) { // XEP-0369 7.3.4
        xml.writeEmptyElement(u"destroy");
        xml.writeDefaultNamespace(Ns::mixCore1);
        xml.writeAttribute(u"channel", room.local());
    }));
}

} // namespace Mingle
