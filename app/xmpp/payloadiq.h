// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QXmppIq.h>

#include <functional>

namespace Mingle {

/// An IQ whose payload is written by a function: most of ours have no class in QXmpp 1.10, or one that does more
/// than we want.
class PayloadIq : public QXmppIq
{
public:
    using Write = std::function<void(QXmlStreamWriter &)>;

    /// to empty: my own account.
    PayloadIq(Type type, const Jid &to, Write payload)
        : QXmppIq(type)
        , m_payload(std::move(payload))
    {
        if (!to.isEmpty()) setTo(to.toString());
    }

    void toXmlElementFromChild(QXmlStreamWriter *writer) const override { m_payload(*writer); }

private:
    Write m_payload;
};

/// Writes <field var=''><value/></field> of a data form (XEP-0004).
inline void writeField(QXmlStreamWriter &xml, QStringView name, QStringView value, bool hidden = false)
{
    xml.writeStartElement(u"field");
    xml.writeAttribute(u"var", name);
    if (hidden) xml.writeAttribute(u"type", u"hidden");
    xml.writeTextElement(u"value", value);
    xml.writeEndElement();
}

/// Opens <x type='submit'/> with its FORM_TYPE; the caller ends the element.
inline void startSubmitForm(QXmlStreamWriter &xml, QStringView formType)
{
    xml.writeStartElement(u"x");
    xml.writeDefaultNamespace(u"jabber:x:data");
    xml.writeAttribute(u"type", u"submit");
    writeField(xml, u"FORM_TYPE", formType, true);
}

} // namespace Mingle
