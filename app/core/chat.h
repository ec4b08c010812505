// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/jid.h"

#include <QDateTime>
#include <QFlags>
#include <QList>
#include <QMetaType>

namespace Mingle {

/// Which protocol carries a chat. To be looked at only by drivers and by the room details.
enum class ChatKind { Person, Muc, Mix };

/// A room or a one to one talk of one account: account is bare, address is bare.
struct ChatId {
    Jid account;
    Jid address;

    bool isEmpty() const { return address.isEmpty(); }
    friend bool operator==(const ChatId &, const ChatId &) = default;
    friend size_t qHash(const ChatId &id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.account, id.address);
    }
};

/// What a room lets me do now. Views ask for these, never for the kind.
enum class Capability {
    Send = 0x1,
    Members = 0x2, ///< the list of people can be shown
    Leave = 0x4,
    Subject = 0x8, ///< I may change the subject
    Archive = 0x10, ///< older messages can be asked for
};
Q_DECLARE_FLAGS(Capabilities, Capability)
Q_DECLARE_OPERATORS_FOR_FLAGS(Capabilities)

/// What a chat of this kind lets me do before a server has said more: anybody can be written to, a room has to tell.
constexpr Capabilities usualCapabilities(ChatKind kind)
{
    return kind == ChatKind::Person ? Capability::Send | Capability::Archive : Capabilities();
}

/// My membership as it stands in this session.
enum class Membership {
    NotJoined,
    Joining,
    Joined,
    Failed, ///< ChatState::failure says why
};

/// How a contact is reachable (RFC 6121 4.7.2.1), in the order of the room list.
enum class Presence { Unknown, Offline, ExtendedAway, Away, DoNotDisturb, Online, FreeForChat };

/// One row of the room list.
struct Chat {
    ChatId id;
    ChatKind kind = ChatKind::Person;
    QString name; ///< as the server or I named it; empty: show the address's localpart. Untrusted text.
    QString subject; ///< untrusted text
    QString nick; ///< mine in this room
    Capabilities capabilities;
    bool autojoin = true;
    /// My server's list of rooms (bookmarks, for MIX the roster) has shown it or confirmed to have it: if it is not there
    /// any more, another device has left.
    bool listed = false;
    int traits = 0; ///< what it could do when last asked: JoinRequest::traits; only its driver reads them
    int unread = 0;
    int mentions = 0;
    qint64 readUpTo = 0; ///< row of the newest message read here; 0: none
    QDateTime lastTime; ///< of the newest message, UTC; invalid: none
    QString lastText; ///< plain text of the newest message, one line, bounded
    QString lastAuthor; ///< nick of its author; empty if it is mine

    QString title() const;
    bool isRoom() const { return kind != ChatKind::Person; }
    friend bool operator==(const Chat &, const Chat &) = default;
};

/// What is true of a chat only as long as its account is live; never stored.
struct ChatState {
    Membership membership = Membership::NotJoined; ///< rooms only
    Error failure; ///< why joining failed or ended
    Presence presence = Presence::Unknown; ///< people only

    friend bool operator==(const ChatState &, const ChatState &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::ChatId)
Q_DECLARE_METATYPE(Mingle::Chat)
Q_DECLARE_METATYPE(Mingle::ChatState)
