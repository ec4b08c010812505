// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/avatarclient.h"

#include "core/futures.h"
#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

namespace Mingle {

namespace {
using Answer = Result<QByteArray>;

// Whoever answers may send what he likes: only the picture that was announced is it.
Answer checked(const QString &base64, const QString &id)
{
    if (base64.size() > maxAvatarBytes * 3 / 2) return Error{Error::Kind::TooLarge, {}, {}};
    QByteArray data = QByteArray::fromBase64(base64.toLatin1()); // skips the line breaks of old clients
    if (data.isEmpty()) return Error{Error::Kind::NotFound, QStringLiteral("no-picture"), {}};
    if (data.size() > maxAvatarBytes) return Error{Error::Kind::TooLarge, {}, {}};
    if (avatarIdOf(data) != id) return Error{Error::Kind::NotFound, QStringLiteral("another-picture"), {}};
    return data;
}

PayloadIq publishIq(QStringView node, const QString &id, const PayloadIq::Write &payload)
{
    return PayloadIq(QXmppIq::Set, {}, [node, id, payload](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"publish");
        xml.writeAttribute(u"node", node);
        xml.writeStartElement(u"item");
        xml.writeAttribute(u"id", id);
        payload(xml);
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    });
}
} // namespace

std::optional<QString> avatarOf(const QDomElement &presence)
{
    const QDomElement update = Dom::child(presence, u"x", Ns::vcardUpdate);
    const QDomElement photo = Dom::childNamed(update, u"photo");
    if (photo.isNull()) return {}; // 4.1: "not ready to advertise" says nothing
    const QString id = photo.text().trimmed().toLower();
    if (id.isEmpty() || isAvatarId(id)) return id;
    return {};
}

AvatarClient::AvatarClient(Wire &wire, QObject *parent)
    : Avatars(parent)
    , m_wire(wire)
{
    connect(&wire, &Wire::presenceReceived, this, &AvatarClient::onPresence);
}

void AvatarClient::onPresence(const QDomElement &presence, const Jid &from)
{
    const QString type = presence.attribute(QStringLiteral("type"));
    if (!type.isEmpty() && type != u"unavailable") return;
    // Of occupants their room's driver knows.
    if (!Dom::child(presence, u"x", Ns::mucUser).isNull()) return;
    if (const auto id = avatarOf(presence)) Q_EMIT changed(from.isEmpty() ? m_wire.ownAddress() : from, *id);
}

QFuture<Answer> AvatarClient::fetch(const Jid &of, const QString &id)
{
    if (!isAvatarId(id)) return answered(Answer(Error::Kind::InvalidInput));
    if (!of.resource().isEmpty()) return fetchVCard(of, id);
    return m_wire
        .request(pubsubItemsIq(of, Ns::avatarData, id)) // XEP-0084 4.4
        .then(this,
              [this, of, id](const Result<QDomElement> &answer) {
                  if (!answer) {
                      const bool over = answer.error().kind == Error::Kind::ConnectionLost;
                      return over ? answered(Answer(answer.error())) : fetchVCard(of, id);
                  }
                  const QDomElement item = Dom::childNamed(pubsubItems(*answer), u"item");
                  const auto data = checked(Dom::child(item, u"data", Ns::avatarData).text(), id);
                  return data ? answered(data) : fetchVCard(of, id);
              })
        .unwrap();
}

QFuture<Answer> AvatarClient::fetchVCard(const Jid &of, const QString &id)
{
    PayloadIq iq(QXmppIq::Get, of, [](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"vCard");
        xml.writeDefaultNamespace(Ns::vcard);
    });
    return m_wire.request(std::move(iq)).then(this, [id](const Result<QDomElement> &answer) -> Answer {
        if (!answer) return answer.error();
        const QDomElement photo = Dom::childNamed(Dom::child(*answer, u"vCard", Ns::vcard), u"PHOTO");
        return checked(Dom::childNamed(photo, u"BINVAL").text(), id);
    });
}

QFuture<Result<QString>> AvatarClient::current(const Jid &person)
{
    return m_wire.request(pubsubItemsIq(person.bare(), Ns::avatarMetadata))
        .then(this, [](const Result<QDomElement> &answer) -> Result<QString> {
            if (!answer) {
                const bool none = answer.error().kind == Error::Kind::NotFound;
                return none ? Result<QString>(QString()) : answer.error();
            }
            const QDomElement item = Dom::childNamed(pubsubItems(*answer), u"item");
            const QDomElement info =
                Dom::childNamed(Dom::child(item, u"metadata", Ns::avatarMetadata), u"info");
            const QString id = info.attribute(QStringLiteral("id")).toLower();
            return isAvatarId(id) ? id : QString();
        });
}

QFuture<Outcome> AvatarClient::publish(const AvatarUpload &picture)
{
    if (picture.data.size() > maxAvatarBytes) return answered(Outcome(Error::Kind::TooLarge));
    if (picture.data.isEmpty()) return publishMetadata({}, QStringLiteral("current"));
    const QString id = avatarIdOf(picture.data);
    auto iq = publishIq(Ns::avatarData, id, [data = picture.data](QXmlStreamWriter &xml) { // XEP-0084 4.1
        xml.writeStartElement(u"data");
        xml.writeDefaultNamespace(Ns::avatarData);
        xml.writeCharacters(QString::fromLatin1(data.toBase64()));
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq))
        .then(this,
              [this, picture, id](const Result<QDomElement> &answer) {
                  return answer ? publishMetadata(picture, id) : answered(Outcome(answer.error()));
              })
        .unwrap();
}

QFuture<Outcome> AvatarClient::publishMetadata(const AvatarUpload &picture, const QString &id)
{
    auto iq = publishIq(Ns::avatarMetadata, id, [picture, id](QXmlStreamWriter &xml) { // 4.2, 4.6
        xml.writeStartElement(u"metadata");
        xml.writeDefaultNamespace(Ns::avatarMetadata);
        if (!picture.data.isEmpty()) {
            xml.writeEmptyElement(u"info");
            xml.writeAttribute(u"id", id);
            xml.writeAttribute(u"type", picture.type);
            xml.writeAttribute(u"bytes", QString::number(picture.data.size()));
            xml.writeAttribute(u"width", QString::number(picture.width));
            xml.writeAttribute(u"height", QString::number(picture.height));
        }
        xml.writeEndElement();
    });
    return m_wire.request(std::move(iq)).then(this, [](const Result<QDomElement> &answer) {
        return Outcome(answer.error());
    });
}

} // namespace Mingle
