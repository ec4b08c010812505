// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/selfdescription.h"

#include "xmpp/discoclient.h"
#include "xmpp/streamnamespaces.h"

#include <QCryptographicHash>
#include <QXmlStreamWriter>
#include <QXmppPresence.h>

namespace Mingle::SelfDescription {

namespace {
const QString node = QStringLiteral("https://github.com/mingle-im/mingle");
const QString clientName = QStringLiteral("Mingle");

// Sorted, as XEP-0115 5.1 hashes them.
QStringList features()
{
    QStringList all = DiscoClient::features();
    all << QStringLiteral("http://jabber.org/protocol/caps") << ns::discoInfo.toString()
        << ns::discoItems.toString() << ns::ping.toString();
    all.removeDuplicates();
    // By code units of UTF-8, which for these names is the order of QString.
    all.sort();
    return all;
}

void writeInfo(QXmlStreamWriter &xml)
{
    xml.writeStartElement(u"identity");
    xml.writeAttribute(u"category", u"client");
    xml.writeAttribute(u"type", u"pc");
    xml.writeAttribute(u"name", clientName);
    xml.writeEndElement();
    const auto all = features();
    for (const QString &feature : all) {
        xml.writeStartElement(u"feature");
        xml.writeAttribute(u"var", feature);
        xml.writeEndElement();
    }
}
} // namespace

QByteArray verification()
{
    QByteArray text = "client/pc//" + clientName.toUtf8() + '<';
    const auto all = features();
    for (const QString &feature : all)
        text += feature.toUtf8() + '<';
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64();
}

void addTo(QXmppPresence &presence)
{
    presence.setCapabilityHash(QStringLiteral("sha-1"));
    presence.setCapabilityNode(node);
    presence.setCapabilityVer(QByteArray::fromBase64(verification()));
}

QByteArray answer(const QDomElement &request)
{
    const QDomElement query = request.firstChildElement();
    const QString asked = query.attribute(QStringLiteral("node"));
    const bool known = asked.isEmpty() || asked == node + u'#' + QString::fromLatin1(verification());
    QByteArray text;
    QXmlStreamWriter xml(&text);
    xml.writeStartElement(u"iq");
    xml.writeAttribute(u"type", known ? u"result" : u"error");
    xml.writeAttribute(u"id", request.attribute(QStringLiteral("id")));
    if (request.hasAttribute(QStringLiteral("from")))
        xml.writeAttribute(u"to", request.attribute(QStringLiteral("from")));
    xml.writeStartElement(u"query");
    xml.writeDefaultNamespace(query.namespaceURI());
    if (!asked.isEmpty()) xml.writeAttribute(u"node", asked);
    if (known && query.namespaceURI() == ns::discoInfo) writeInfo(xml);
    xml.writeEndElement();
    if (!known) {
        xml.writeStartElement(u"error");
        xml.writeAttribute(u"type", u"cancel");
        xml.writeStartElement(u"item-not-found");
        xml.writeDefaultNamespace(ns::stanzaError);
        xml.writeEndElement();
        xml.writeEndElement();
    }
    xml.writeEndElement();
    return text;
}

} // namespace Mingle::SelfDescription
