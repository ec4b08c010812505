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

/// A room or a one to one talk of one account. Both are bare, but for the address of a private talk with somebody in a
/// MUC room: that is theirs in the room (XEP-0045 7.5).
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
    Nick = 0x20, ///< my name in it can be changed
    Invite = 0x40, ///< I may ask others in
    Settings = 0x80, ///< I may see and change its settings
    Picture = 0x100, ///< I may change its picture
    Mute = 0x200, ///< I may take and give the right to write
    Remove = 0x400, ///< I may put people out
    Ban = 0x800, ///< I may put people out for good, and see the list of those
    Promote = 0x1000, ///< I may make members and admins
    Appoint = 0x2000, ///< I may make owners, too
    Destroy = 0x4000, ///< I may end it for all
    PrivateTalk = 0x8000, ///< its people can be written to without knowing their address
    Choices = 0x10000, ///< I may choose how the others see me (XEP-0404)
    Move = 0x20000, ///< I may end it in favour of a room of the newer kind
};
Q_DECLARE_FLAGS(Capabilities, Capability)
Q_DECLARE_OPERATORS_FOR_FLAGS(Capabilities)

/// What a room is like, whoever I am in it.
enum class RoomProperty {
    Hidden = 0x1, ///< not in its service's list
    MembersOnly = 0x2, ///< only those on its list may enter
    AddressesVisible = 0x4, ///< to everybody in it
    Moderated = 0x8, ///< newcomers may read, not write
    PasswordNeeded = 0x10,
    Archived = 0x20, ///< keeps its messages
    Temporary = 0x40, ///< gone with the last who leaves
    AddressOptional = 0x80, ///< each decides whether the others see theirs (XEP-0404)
};
Q_DECLARE_FLAGS(RoomProperties, RoomProperty)
Q_DECLARE_OPERATORS_FOR_FLAGS(RoomProperties)

/// Messages can be encrypted for exactly those who may read them: they are few, known, and their addresses are visible.
constexpr bool isEncryptable(RoomProperties properties)
{
    return properties.testFlag(RoomProperty::MembersOnly)
           && properties.testFlag(RoomProperty::AddressesVisible);
}

/// Which new messages of a chat I want to be told of (XEP-0492).
enum class NotifyWhen { Usual, Always, OnMention, Never };

/// What I may choose for a chat, as it is kept on my server.
enum class PreferencePart {
    Notify = 0x1,
    Favourite = 0x2, ///< whether it is one, and its place among them
    Name = 0x4, ///< what I call a room
    Former = 0x8, ///< the room that it takes the place of
};
Q_DECLARE_FLAGS(PreferenceParts, PreferencePart)
Q_DECLARE_OPERATORS_FOR_FLAGS(PreferenceParts)
/// What somebody wants of me whom I have not taken up yet.
enum class Request {
    Talk = 0x1, ///< has written; I have neither written to them nor put them among my people
    Subscription = 0x2, ///< asks to see when I am online (RFC 6121 3.1)
    Unchecked = 0x4, ///< not to be shown yet: they may be on my server's block list
};
Q_DECLARE_FLAGS(Requests, Request)
Q_DECLARE_OPERATORS_FOR_FLAGS(Requests)

/// How a person stands to me, as my server told last.
enum class Tie {
    Contact = 0x1, ///< among my people (RFC 6121 2)
    Seen = 0x2, ///< I see when they are online
    SeesMe = 0x4, ///< they see when I am
    Asked = 0x8, ///< I have asked to see them; they have not answered
    Blocked = 0x10, ///< XEP-0191
    Welcome = 0x20, ///< chosen here: they may see when I am online as soon as they ask
};
Q_DECLARE_FLAGS(Ties, Tie)
Q_DECLARE_OPERATORS_FOR_FLAGS(Ties)

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

/// Somebody asks me into a room that I am not in (XEP-0045 7.8, XEP-0249, XEP-0407).
struct Invitation {
    Jid from; ///< bare; empty: nobody invites me
    QString text; ///< untrusted
    QString token; ///< XEP-0407: lets me into a channel that is not open to all
    QDateTime time; ///< UTC

    bool isEmpty() const { return from.isEmpty(); }
    friend bool operator==(const Invitation &, const Invitation &) = default;
};

/// One row of the room list.
struct Chat {
    ChatId id;
    ChatKind kind = ChatKind::Person;
    /// A room's, as it tells; a person's, as I named them. Empty: show the address's localpart. Untrusted text.
    QString name;
    QString ownName; ///< what I call this room on all my devices; empty: as everybody does
    Jid former; ///< the room whose history comes before this one's; empty: none
    QString subject; ///< untrusted text
    QString description; ///< what the room is for; of a person, how they call themselves. Untrusted text.
    QString nick; ///< mine in this room
    Capabilities capabilities;
    RoomProperties properties; ///< of a room, as it told last
    NotifyWhen notify = NotifyWhen::Usual;
    bool pinned = false; ///< a favourite: stays at the top of the list (XEP-0469)
    int rank =
        0; ///< among the favourites, the smaller the higher; 0: nobody has said, below those that have one
    PreferenceParts
        untold; ///< chosen here, and not known to have reached my server: they outdo what it holds
    bool autojoin = true;
    /// My server's list of rooms (bookmarks, for MIX the roster) has shown it or confirmed to have it: if it is not there
    /// any more, another device has left.
    bool listed = false;
    int traits = 0; ///< what it could do when last asked: JoinRequest::traits; only its driver reads them
    Invitation invitation; ///< not empty: I am not in it, and am asked to be
    int unread = 0;
    int mentions = 0;
    qint64 readUpTo = 0; ///< row of the newest message read here; 0: none
    QDateTime lastTime; ///< of the newest message, UTC; invalid: none
    QString lastText; ///< plain text of the newest message, one line, bounded
    QString lastAuthor; ///< nick of its author; empty if it is mine
    Requests requests; ///< people only
    Ties ties; ///< people only
    QString avatar; ///< id of the picture (core/avatar.h); empty: none

    QString title() const;
    bool isRoom() const { return kind != ChatKind::Person; }
    /// For a private talk with somebody by way of a room (XEP-0045 7.5, XEP-0404): that room, else empty.
    Jid viaRoom() const;
    /// A stranger's, that waits until I answer: what they wrote, or that they want to see when I am online.
    bool isRequest() const
    {
        return requests.testFlag(Request::Talk)
               || (requests.testFlag(Request::Subscription) && !ties.testFlag(Tie::Contact)
                   && !lastTime.isValid());
    }
    bool isBlocked() const { return ties.testFlag(Tie::Blocked); }
    /// A room for those who were asked in, not for whoever comes by.
    bool isPrivate() const { return properties.testFlag(RoomProperty::MembersOnly); }
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
Q_DECLARE_METATYPE(Mingle::Invitation)
