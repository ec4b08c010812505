// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/invitationcodec.h"

#include <QDomElement>
#include <QList>

namespace Mingle {

/// What stands in a <message/>: bounded, but said by nobody in particular. Whoever sent it may have put in any of it,
/// also what only servers should; MessageDecoder decides what to believe.
struct MessageParts {
    enum class Type { Normal, Chat, Groupchat, Headline, Error };
    struct StanzaId {
        QString by;
        QString id;
    };
    struct Delay {
        QString from;
        QDateTime stamp;
    };
    /// XEP-0513 or XEP-0372. In code points of body, 0 and 0 if no range was given or a wrong one.
    struct Reference {
        int begin = 0;
        int end = 0;
        QString occupantId;
        QString target; ///< an address, maybe not a valid one
    };

    Type type = Type::Normal;
    QString id;
    QString originId;
    QString submissionId; ///< last <mix/>, XEP-0369
    QString mixNick; ///< last <mix/>
    QString body; ///< without the quote that repeats the message answered (XEP-0461 with XEP-0428)
    std::optional<QString> subject;
    QString replaces;
    QString retracts;
    QString threadId;
    QString replyTo;
    QString occupantId; ///< the last one
    QString realAddress; ///< of the muc#user item, if there is but one
    bool moderated = false; ///< retracts or tombstone claims to be a moderator's work
    bool tombstone = false; ///< XEP-0424 4: the archive has emptied it
    bool mucUser = false; ///< has <x xmlns='muc#user'/>
    std::optional<InvitationParts> invitation;
    bool notStored = false; ///< XEP-0334: no archive keeps this
    QList<StanzaId> stanzaIds; ///< in their order: what a server adds comes after what the sender put in
    QList<Delay> delays;
    QList<Reference> mentions;
    QDomElement carbon; ///< <sent/> or <received/> of XEP-0280
    bool archiveResult = false; ///< XEP-0313
};

/// One pass over the children; never looks into <forwarded/>.
MessageParts readMessage(const QDomElement &message);

/// The whole stanza, without 'from'. Characters that XML cannot carry are left out.
QByteArray writeMessage(const OutgoingMessage &message);

} // namespace Mingle
