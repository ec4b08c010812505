// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/message.h"
#include "core/participant.h"
#include "core/room.h"

#include <optional>

namespace Mingle {

/// A message that asks me into a room; who sent it is checked, what it says is not.
struct IncomingInvitation {
    Jid room; ///< bare
    ChatKind kind = ChatKind::Muc;
    Invitation invitation;
    QString password; ///< of the room; never stored
};

/// A message as it left the wire. What is filled in here has been checked against forging (sender of carbons,
/// archive results, stanza-ids, MIX and MUC authors); all text is still untrusted. Bounded: body 256 KB.
struct IncomingMessage {
    enum class Route {
        Live, ///< from the other side or the room, or the reflection of my own
        Carbon, ///< XEP-0280, from my own bare address: another device of mine sent or got it
        Archive, ///< XEP-0313 result of a query of ours
        History, ///< replayed by a MUC room on joining (delay by the room)
    };

    Route route = Route::Live;
    Jid chat; ///< bare address of the room or of the other person
    ChatKind kind = ChatKind::Person;
    Author author; ///< isMe by the driver's or the sender's word, never by nick alone
    Jid from; ///< as received, full
    QString stanzaId; ///< the id attribute
    QString originId;
    QString archiveId; ///< stanza-id set by the chat's own archive (or the result's id); else empty
    QDateTime time; ///< UTC: a trusted delay, else the arrival
    QString body; ///< empty: no text for the timeline
    std::optional<QString> subject; ///< a message with <subject/> and no body, from a room
    QString replaces; ///< XEP-0308: id of the message it corrects
    QString retracts; ///< XEP-0424 by its author, XEP-0425 by the room: id of the message
    std::optional<IncomingInvitation> invitation; ///< then there is nothing else in it
    bool byModerator = false; ///< the room itself took it back (XEP-0425)
    QString threadId;
    QString replyTo;
    QList<Mention> mentions;
    std::optional<Error> error; ///< type='error': what we sent under stanzaId did not arrive
};

/// A message to put on the wire.
struct OutgoingMessage {
    Jid to; ///< bare
    ChatKind kind = ChatKind::Person;
    QString id; ///< used both as id attribute and as origin-id: one for every try
    QString body;
    QString threadId;
    QString replyTo;
    QList<Mention> mentions;
};

/// A contact of the roster (RFC 6121 2). MIX channels in the roster (XEP-0405) carry mixParticipantId.
struct Contact {
    Jid address;
    QString name; ///< untrusted text
    bool subscribedTo = false; ///< I see their presence
    bool asked = false; ///< I have asked to
    bool isMixChannel = false;
    QString mixParticipantId;
    bool seesMe = false; ///< they see my presence
    QStringList groups = {}; ///< kept for other clients: an entry is written as a whole (RFC 6121 2.3.2)
};

/// A MUC bookmark (XEP-0402, or read from before).
struct Bookmark {
    Jid room;
    QString name;
    QString nick;
    QString password;
    bool autojoin = true;
    /// Of XEP-0048, where nothing is written to: to be put into the list of today. Given to putBookmark(): that may have
    /// been begun and not ended.
    bool fromOldList = false;
    /// Given to putBookmark(): the one there is a copy of this, to be replaced; any other was chosen, and stays.
    QString formerName = {};
};

/// How far I have read a chat (XEP-0490).
struct ReadMark {
    Jid chat; ///< bare
    Jid by; ///< the archive that gave the id: the room, or my own account for a person
    QString archiveId; ///< of the newest message read: untrusted until it is found among those stored
    friend bool operator==(const ReadMark &, const ReadMark &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::IncomingMessage)
Q_DECLARE_METATYPE(Mingle::Contact)
Q_DECLARE_METATYPE(Mingle::Bookmark)
Q_DECLARE_METATYPE(Mingle::ReadMark)
