// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace Mingle {

/// The one state of a message that a person can see. Order matters: it never goes back except Failed -> Waiting.
enum class Delivery {
    Received, ///< by somebody else
    Waiting, ///< in the outbox, committed, not yet acknowledged by the server
    Sent, ///< acknowledged (XEP-0198) but not seen in the archive or reflected
    Archived, ///< has its archive id
    Failed, ///< Message::failure says why; can be tried again
};

/// The author as shown. nick and address are what was true when the message came.
struct Author {
    QString key; ///< see Participant::key; one to one: the bare address
    QString nick; ///< untrusted text; empty: unknown member
    Jid address; ///< real bare address, if known
    bool stable = true;
    bool isMe = false;

    friend bool operator==(const Author &, const Author &) = default;
};

/// A mention of somebody in a body. begin and end count Unicode code points.
struct Mention {
    int begin = 0;
    int end = 0;
    QString key; ///< participant key, if the sender gave one
    Jid address;
    bool isMe = false;

    friend bool operator==(const Mention &, const Mention &) = default;
};

/// What happened in a room and is worth a row, beside what was said. Stored: new ones go to the end.
enum class Notice {
    None,
    SubjectChanged, ///< body: the new subject
    Removed, ///< body: whom; author: by whom, if known; replacedBody: the reason
    Banned, ///< likewise
    Invited, ///< likewise
    AnotherPerson, ///< body: the nick of a private talk in a room, which somebody else has now
};

/// One row of a timeline, as stored.
struct Message {
    qint64 row = 0; ///< SQLite row id; 0: not stored
    qint64 order = 0; ///< place in the chat: archive order, never a timestamp
    ChatId chat;
    Author author;
    QString body; ///< untrusted plain text
    QDateTime time; ///< UTC, bounded to 1970..2200 at the door
    Delivery delivery = Delivery::Received;
    Error failure;
    QString archiveId; ///< XEP-0359 stanza-id by the chat's archive; empty: not in the archive
    QString originId; ///< XEP-0359 origin-id
    QString stanzaId; ///< the id attribute
    QString replacedBody; ///< empty unless corrected (XEP-0308): the first version
    Notice notice = Notice::None; ///< not None: nobody said this
    bool edited = false;
    bool retracted = false; ///< the body is gone (XEP-0424)
    bool mentionsMe = false;
    QString threadId; ///< XEP-0201
    QString replyTo; ///< archive or stanza id of the message answered (XEP-0461)
    QList<Mention> mentions;

    friend bool operator==(const Message &, const Message &) = default;
};

/// A stretch of a timeline in its order, with what lies at its two ends.
struct MessagePage {
    QList<Message> messages; ///< oldest first
    bool reachesOldest = false; ///< no older message is stored
    bool reachesNewest = false;
    /// Rows after which a seam lies: what is archived there is not stored yet. 0 stands for the seam before the first.
    QList<qint64> seamsAfter;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::Message)
