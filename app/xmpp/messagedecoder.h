// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/messagecodec.h"
#include "xmpp/wire.h"

#include <optional>

namespace Mingle {

class MucDriver;
class MixDriver;

/// Decides what of a message to believe, by the way it came, and makes an
/// IncomingMessage of it. Nothing: it is not for a timeline, or a lie.
class MessageDecoder
{
public:
    MessageDecoder(Wire &wire, MucDriver &muc, MixDriver &mix);

    /// Whether the account's stanza-ids may be taken as archive ids (XEP-0359 3): what disco#info of it said.
    void setAccountStampsIds(bool stamps) { m_accountStampsIds = stamps; }
    /// Whether a delay by my own server is believed in live messages: only just after login, when it hands out what
    /// it had kept, since anybody may write such an element.
    void setServerDelaysBelieved(bool believed) { m_serverDelays = believed; }

    std::optional<IncomingMessage> live(const MessageParts &parts, const Jid &from) const;
    /// The message in <sent/> or <received/>; who sent the carbon has been checked.
    std::optional<IncomingMessage> carbon(const QDomElement &forwarded, bool sent) const;
    /// A result of the archive of a room (kind) or of my own (Person); who sent it has been checked.
    std::optional<IncomingMessage> archived(const QDomElement &forwarded, const Jid &archive, ChatKind kind,
                                            const QString &resultId) const;

    /// The author as the channel knows it by now, for a message decoded before its participants were there.
    void updateAuthor(IncomingMessage &message) const;

private:
    struct Source {
        IncomingMessage::Route route;
        Jid chat;
        ChatKind kind;
        Jid from;
        QString archiveId;
        QDateTime time;
    };

    Jid me() const { return m_wire.ownAddress().bare(); }
    std::optional<IncomingMessage> room(const MessageParts &parts, Source source) const;
    std::optional<IncomingMessage> person(const MessageParts &parts, Source source, const Jid &to) const;
    std::optional<IncomingMessage> invited(const MessageParts &parts, Source source, const Jid &to) const;
    std::optional<IncomingMessage> failure(const MessageParts &parts, const QDomElement &stanza,
                                           const Jid &from) const;
    std::optional<IncomingMessage> finish(const MessageParts &parts, Source source, Author author) const;
    void addMentions(const MessageParts &parts, IncomingMessage &message) const;
    std::optional<IncomingMessage> inPrivate(const MessageParts &parts, Source source,
                                             const Jid &other) const;
    Author mucAuthor(const MessageParts &parts, const Source &source) const;
    Author mixAuthor(const MessageParts &parts, const Source &source) const;
    QString roomArchiveId(const MessageParts &parts, const Source &source) const;
    QDateTime liveTime(const MessageParts &parts) const;

    Wire &m_wire;
    MucDriver &m_muc;
    MixDriver &m_mix;
    bool m_accountStampsIds = true;
    bool m_serverDelays = false;

    friend class MessageRouter;
};

} // namespace Mingle
