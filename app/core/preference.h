// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

namespace Mingle {

/// What I want of a chat, the same on all my devices.
struct ChatPreference {
    NotifyWhen notify = NotifyWhen::Usual;
    bool pinned = false;
    int rank = 0; ///< Chat::rank
    QString name; ///< Chat::ownName
    Jid former; ///< Chat::former

    ChatPreference() = default;
    ChatPreference(NotifyWhen when, bool favourite, int place, const QString &called = {},
                   const Jid &continued = {})
        : notify(when)
        , pinned(favourite)
        , rank(place)
        , name(called)
        , former(continued)
    {}
    explicit ChatPreference(const Chat &chat)
        : ChatPreference(chat.notify, chat.pinned, chat.rank, chat.ownName, chat.former)
    {}
    void takeFrom(const ChatPreference &other, PreferenceParts parts)
    {
        if (parts.testFlag(PreferencePart::Notify)) notify = other.notify;
        if (parts.testFlag(PreferencePart::Name)) name = other.name;
        // Two histories that have become one stay so.
        if (parts.testFlag(PreferencePart::Former) && !other.former.isEmpty()) former = other.former;
        if (!parts.testFlag(PreferencePart::Favourite)) return;
        pinned = other.pinned;
        rank = other.rank;
    }
    friend bool operator==(const ChatPreference &, const ChatPreference &) = default;
};

inline constexpr PreferenceParts allPreferences =
    PreferencePart::Notify | PreferencePart::Favourite | PreferencePart::Name | PreferencePart::Former;
/// Ranks of favourites go from 1 to this; 0 is none.
inline constexpr int maxRank = 1 << 30;

/// The level that counts. XEP-0492 "Business Rules": always for direct talks and private rooms, else on mention.
constexpr NotifyWhen notifyLevel(NotifyWhen chosen, ChatKind kind, bool isPrivate)
{
    if (chosen != NotifyWhen::Usual) return chosen;
    return kind == ChatKind::Person || isPrivate ? NotifyWhen::Always : NotifyWhen::OnMention;
}
inline NotifyWhen notifyLevel(const Chat &chat)
{
    return notifyLevel(chat.notify, chat.kind, chat.isPrivate());
}
/// Whether I want to be told of a new message.
constexpr bool wantsAttention(NotifyWhen level, bool mentionsMe)
{
    return level == NotifyWhen::Always || (level == NotifyWhen::OnMention && mentionsMe);
}
/// Something unread waits for an answer of mine. A private room that nobody asked to be told of more than usual does
/// not: it would always stand there.
inline bool needsPerson(const Chat &chat)
{
    if (!chat.invitation.isEmpty()) return true;
    // A contact asks to see when I am online: that waits for an answer, too.
    if (chat.requests.testFlag(Request::Subscription) && chat.ties.testFlag(Tie::Contact)) return true;
    if (chat.requests.testFlag(Request::Talk) || chat.isBlocked()) return false; // a stranger waits elsewhere
    if (chat.notify == NotifyWhen::Never) return false;
    const bool each =
        notifyLevel(chat) == NotifyWhen::Always && (!chat.isRoom() || chat.notify == NotifyWhen::Always);
    return chat.mentions > 0 || (each && chat.unread > 0);
}

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::ChatPreference)
