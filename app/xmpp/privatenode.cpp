// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/privatenode.h"

#include "xmpp/namespaces.h"

#include <array>

namespace Mingle::PrivateNode {

namespace {
/// XEP-0402 3.3 and XEP-0490 4.2 demand the same.
constexpr std::array<std::pair<QStringView, QStringView>, 4> nodeOptions{{
    {u"pubsub#persist_items", u"true"},
    {u"pubsub#max_items", u"max"},
    {u"pubsub#send_last_published_item", u"never"},
    {u"pubsub#access_model", u"whitelist"},
}};

void writeNodeOptions(QXmlStreamWriter &xml, QStringView formType)
{
    startSubmitForm(xml, formType);
    for (const auto &[name, value] : nodeOptions)
        writeField(xml, name, value);
    xml.writeEndElement();
}

PayloadIq publishIq(QStringView node, const QString &id, const PayloadIq::Write &payload, bool withOptions)
{
    return PayloadIq(QXmppIq::Set, {}, [=](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"publish");
        xml.writeAttribute(u"node", node);
        xml.writeStartElement(u"item");
        xml.writeAttribute(u"id", id);
        payload(xml);
        xml.writeEndElement();
        xml.writeEndElement();
        if (withOptions) {
            xml.writeStartElement(u"publish-options");
            writeNodeOptions(xml, Ns::pubsubPublishOptions);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    });
}

PayloadIq configureIq(QStringView node)
{
    return PayloadIq(QXmppIq::Set, {}, [node](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsubOwner);
        xml.writeStartElement(u"configure");
        xml.writeAttribute(u"node", node);
        writeNodeOptions(xml, Ns::pubsubNodeConfig);
        xml.writeEndElement();
        xml.writeEndElement();
    });
}

Outcome outcomeOf(const Result<QDomElement> &answer)
{
    return answer.ok() ? Outcome() : Outcome(answer.error());
}
} // namespace

QFuture<Outcome> publish(Wire &wire, QObject *context, QStringView node, const QString &id,
                         const PayloadIq::Write &payload)
{
    Wire *w = &wire;
    return wire.request(publishIq(node, id, payload, true))
        .then(context,
              [=](const Result<QDomElement> &answer) -> QFuture<Result<QDomElement>> {
                  // Two devices made the node at the same moment, and ejabberd tells one of them that there is none.
                  if (answer.error().condition != u"item-not-found") return answered<QDomElement>(answer);
                  return w->request(publishIq(node, id, payload, true));
              })
        .unwrap()
        .then(context,
              [=](const Result<QDomElement> &answer) -> QFuture<Outcome> {
                  // XEP-0060 7.1.5: precondition-not-met comes as conflict; the node is configured otherwise.
                  if (answer.error().condition != u"conflict") return answered<>(outcomeOf(answer));
                  return w->request(configureIq(node))
                      .then(
                          context,
                          [=](const Result<QDomElement> &configured) -> QFuture<Outcome> {
                              if (!configured.ok()) return answered<>(outcomeOf(configured));
                              return w->request(publishIq(node, id, payload, false)).then(context, outcomeOf);
                          })
                      .unwrap();
              })
        .unwrap();
}

} // namespace Mingle::PrivateNode
