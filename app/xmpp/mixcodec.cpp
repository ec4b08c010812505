// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixcodec.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

namespace Mingle {

PayloadIq mixJoinIq(const Jid &channel, const QString &nick, QStringView core)
{
    return PayloadIq(QXmppIq::Set, {}, [channel, nick, core](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"client-join");
        xml.writeDefaultNamespace(Ns::mixPam);
        xml.writeAttribute(u"channel", channel.toString());
        xml.writeStartElement(u"join");
        xml.writeDefaultNamespace(core);
        for (const QStringView node : {Ns::mixMessages, Ns::mixParticipants, Ns::mixInfo}) {
            xml.writeEmptyElement(u"subscribe");
            xml.writeAttribute(u"node", node);
        }
        if (!nick.isEmpty()) xml.writeTextElement(u"nick", nick);
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

PayloadIq mixPublishNameIq(const Jid &channel, const QString &name)
{
    return PayloadIq(QXmppIq::Set, channel, [name](QXmlStreamWriter &xml) {
        xml.writeStartElement(u"pubsub");
        xml.writeDefaultNamespace(Ns::pubsub);
        xml.writeStartElement(u"publish");
        xml.writeAttribute(u"node", Ns::mixInfo);
        xml.writeStartElement(u"item");
        xml.writeStartElement(u"x");
        xml.writeDefaultNamespace(Ns::dataForms);
        xml.writeAttribute(u"type", u"result");
        writeField(xml, u"FORM_TYPE", Ns::mixCore1, true);
        writeField(xml, u"Name", name);
        for (int open = 0; open < 4; ++open)
            xml.writeEndElement();
    });
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

QString mixInfoName(const QDomElement &items)
{
    QString name;
    Dom::forEach(items, [&name](const QDomElement &item) {
        const QDomElement form = Dom::child(item, u"x", Ns::dataForms);
        if (!form.isNull()) name = Dom::cut(Dom::formValue(form, u"Name"), Dom::maxNameBytes);
    });
    return name;
}

QDomElement pubsubItems(const QDomElement &iq)
{
    return Dom::child(Dom::child(iq, u"pubsub", Ns::pubsub), u"items", Ns::pubsub);
}

} // namespace Mingle
