// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/invitationcodec.h"

#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

namespace Mingle {

namespace {
Jid bare(const QString &text)
{
    return Jid::parse(text).value_or(Jid()).bare();
}

Jid childAddress(const QDomElement &parent, QStringView name)
{
    return bare(Dom::childNamed(parent, name).text().trimmed());
}

std::optional<InvitationParts> readMediated(const QDomElement &x)
{
    const QDomElement invite = Dom::child(x, u"invite", Ns::mucUser);
    InvitationParts parts;
    parts.way = InvitationParts::Way::Mediated;
    parts.inviter = bare(invite.attribute(QStringLiteral("from")));
    parts.text = Dom::cut(Dom::childNamed(invite, u"reason").text(), Dom::maxSubjectBytes);
    parts.password = Dom::cut(Dom::childNamed(x, u"password").text(), Dom::maxNameBytes);
    return invite.isNull() || parts.inviter.isEmpty() ? std::nullopt : std::optional(parts);
}

std::optional<InvitationParts> readDirect(const QDomElement &x)
{
    InvitationParts parts;
    parts.room = bare(x.attribute(QStringLiteral("jid")));
    parts.text = Dom::cut(x.attribute(QStringLiteral("reason")), Dom::maxSubjectBytes);
    parts.password = Dom::cut(x.attribute(QStringLiteral("password")), Dom::maxNameBytes);
    return parts.room.local().isEmpty() ? std::nullopt : std::optional(parts);
}

std::optional<InvitationParts> readChannel(const QDomElement &invitation)
{
    InvitationParts parts;
    parts.way = InvitationParts::Way::Channel;
    parts.room = childAddress(invitation, u"channel");
    parts.inviter = childAddress(invitation, u"inviter");
    parts.invitee = childAddress(invitation, u"invitee");
    parts.token = Dom::cut(Dom::childNamed(invitation, u"token").text(), Dom::maxSubjectBytes);
    return parts.room.local().isEmpty() ? std::nullopt : std::optional(parts);
}
} // namespace

std::optional<InvitationParts> readInvitation(const QDomElement &message)
{
    const QDomElement mediated = Dom::child(message, u"x", Ns::mucUser);
    if (auto parts = readMediated(mediated)) return parts;
    const QDomElement channel = Dom::child(message, u"invitation", Ns::mixMisc);
    if (auto parts = channel.isNull() ? std::nullopt : readChannel(channel)) return parts;
    const QDomElement direct = Dom::child(message, u"x", Ns::directInvitation);
    return direct.isNull() ? std::nullopt : readDirect(direct);
}

void writeInvitation(QXmlStreamWriter &xml, const Jid &channel, const Jid &invitee,
                     const Invitation &invitation)
{
    xml.writeStartElement(u"invitation");
    xml.writeDefaultNamespace(Ns::mixMisc);
    xml.writeTextElement(u"inviter", invitation.from.toString());
    xml.writeTextElement(u"invitee", invitee.toString());
    xml.writeTextElement(u"channel", channel.toString());
    if (!invitation.token.isEmpty()) xml.writeTextElement(u"token", invitation.token);
    xml.writeEndElement();
}

} // namespace Mingle
