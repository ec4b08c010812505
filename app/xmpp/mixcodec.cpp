// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixcodec.h"

#include "xmpp/dom.h"
#include "xmpp/invitationcodec.h"
#include "xmpp/namespaces.h"

namespace Mingle {

PayloadIq mixJoinIq(const Jid &channel, const QString &nick, QStringView core, const Invitation &invitation,
                    const Jid &me)
{
    return PayloadIq(QXmppIq::Set, {}, [=](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"client-join");
        xml.writeDefaultNamespace(Ns::mixPam);
        xml.writeAttribute(u"channel", channel.toString());
        xml.writeStartElement(u"join");
        xml.writeDefaultNamespace(core);
        // 7.1.2: of these it subscribes to what there is and what I may.
        for (const QStringView node : {Ns::mixMessages, Ns::mixParticipants, Ns::mixPresence, Ns::mixInfo,
                                       Ns::mixConfig, Ns::avatarMetadata}) {
            xml.writeEmptyElement(u"subscribe");
            xml.writeAttribute(u"node", node);
        }
        if (!nick.isEmpty()) xml.writeTextElement(u"nick", nick);
        if (!invitation.token.isEmpty()) writeInvitation(xml, channel, me, invitation);
        xml.writeEndElement();
        xml.writeEndElement();
    });
}

PayloadIq mixLeaveIq(const Jid &channel, QStringView core)
{
    return PayloadIq(QXmppIq::Set, {}, [channel, core](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"client-leave");
        xml.writeDefaultNamespace(Ns::mixPam);
        xml.writeAttribute(u"channel", channel.toString());
        xml.writeEmptyElement(u"leave");
        xml.writeDefaultNamespace(core);
        xml.writeEndElement();
    });
}

PayloadIq mixCreateIq(const Jid &service, const QString &localpart, QStringView core)
{
    return PayloadIq(QXmppIq::Set, service, [localpart, core](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"create");
        xml.writeDefaultNamespace(core);
        if (!localpart.isEmpty()) xml.writeAttribute(u"channel", localpart);
    });
}

PayloadIq mixSetNickIq(const Jid &channel, const QString &nick)
{
    return PayloadIq(QXmppIq::Set, channel, [nick](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"setnick");
        xml.writeDefaultNamespace(Ns::mixCore1);
        xml.writeTextElement(u"nick", nick);
        xml.writeEndElement();
    });
}

PayloadIq mixSubscribeIq(const Jid &channel, const QList<QStringView> &nodes)
{
    return PayloadIq(QXmppIq::Set, channel, [nodes](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"update-subscription");
        xml.writeDefaultNamespace(Ns::mixCore1);
        for (const QStringView node : nodes) {
            xml.writeEmptyElement(u"subscribe");
            xml.writeAttribute(u"node", node);
        }
        xml.writeEndElement();
    });
}

PayloadIq mixNodesIq(const Jid &channel)
{
    return PayloadIq(QXmppIq::Get, channel, [](QXmlStreamWriter &xml) {
        xml.writeEmptyElement(u"query");
        xml.writeDefaultNamespace(Ns::discoItems);
        xml.writeAttribute(u"node", u"mix");
    });
}

QSet<QString> mixNodes(const QDomElement &iq)
{
    constexpr qsizetype maxNodes = 100;
    QSet<QString> nodes;
    Dom::forEach(Dom::child(iq, u"query", Ns::discoItems), [&nodes](const QDomElement &item) {
        if (nodes.size() < maxNodes) nodes.insert(Dom::idAttribute(item, QStringLiteral("node")));
    });
    return nodes;
}

PayloadIq pubsubItemsIq(const Jid &address, QStringView node, const QString &itemId)
{
    return PayloadIq(QXmppIq::Get, address, [node, itemId](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"items");
        xml.writeAttribute(u"node", node);
        if (!itemId.isEmpty()) {
            xml.writeEmptyElement(u"item");
            xml.writeAttribute(u"id", itemId);
        }
        xml.writeEndElement();
        xml.writeEndElement();
    });
}

QString mixJoinedId(const QDomElement &iq, const Jid &channel)
{
    QDomElement join = Dom::childNamed(Dom::childNamed(iq, u"client-join"), u"join");
    if (join.isNull()) join = Dom::childNamed(iq, u"join");
    // XEP-0369 7.1.2: participant#channel@service. Drafts before had the bare id.
    const QString jid = join.attribute(QStringLiteral("jid"));
    const auto mark = jid.indexOf(u'#');
    if (mark > 0 && Jid::parse(QStringView(jid).sliced(mark + 1)).value_or(Jid()).bare() == channel)
        return Dom::id(jid.first(mark));
    return Dom::idAttribute(join, QStringLiteral("id"));
}

QString mixCreatedLocalpart(const QDomElement &iq)
{
    return Dom::idAttribute(Dom::childNamed(iq, u"create"), QStringLiteral("channel"));
}

QDomElement pubsubItems(const QDomElement &iq)
{
    return Dom::child(Dom::child(iq, u"pubsub", Ns::pubsub), u"items", Ns::pubsub);
}

} // namespace Mingle
