// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomwords.h"

#include "views/errortext.h"
#include "views/timetext.h"
#include "widgets/avatar.h"

#include <QCoreApplication>

namespace Mingle {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Mingle::RoomWords)
};

QString headingOf(RoomListModel::Section section)
{
    switch (section) {
    case RoomListModel::Section::NeedsYou:
        return Words::tr("Needs you");
    case RoomListModel::Section::Strangers:
        return Words::tr("Requests");
    case RoomListModel::Section::Favourites:
        return Words::tr("Favourites");
    case RoomListModel::Section::Rooms:
        return Words::tr("Rooms");
    case RoomListModel::Section::People:
        return Words::tr("People");
    }
    return {};
}

QString descriptionOf(const Chat &chat, const ChatState &state)
{
    QStringList parts{singleLine(chat.title()), chat.isRoom() ? Words::tr("room") : Words::tr("person")};
    if (!chat.invitation.isEmpty())
        parts.append(Words::tr("%1 asks you in").arg(chat.invitation.from.toString()));
    if (!chat.id.address.isBare())
        parts.append(Words::tr("in private, by way of the room %1").arg(chat.viaRoom().local()));
    if (chat.isRequest()) parts.append(Words::tr("a request of somebody you do not know"));
    if (chat.requests.testFlag(Request::Subscription))
        parts.append(Words::tr("would like to see when you are online"));
    if (chat.isBlocked()) parts.append(Words::tr("blocked"));
    if (chat.pinned) parts.append(Words::tr("favourite"));
    if (chat.notify == NotifyWhen::Never) parts.append(Words::tr("notifications off"));
    if (chat.mentions > 0) parts.append(Words::tr("%n mention(s) of you", nullptr, chat.mentions));
    if (chat.unread > 0) parts.append(Words::tr("%n unread message(s)", nullptr, chat.unread));
    if (!chat.isRoom() && state.presence != Presence::Unknown) parts.append(presenceText(state.presence));
    if (chat.isRoom() && state.membership == Membership::Failed)
        parts.append(errorText(state.failure, Attempt::Join).happened);
    if (chat.lastTime.isValid()) {
        const QString who = chat.lastAuthor.isEmpty()
                                ? QString()
                                : QString(singleLine(chat.lastAuthor) + QStringLiteral(": "));
        parts.append(Words::tr("last message %1, %2")
                         .arg(shortTime(chat.lastTime, QDateTime::currentDateTime()),
                              who + singleLine(chat.lastText)));
    }
    return parts.join(QStringLiteral(", "));
}

QString roomToolTip(const Chat &chat, const ChatState &state)
{
    if (chat.isRoom() && state.membership == Membership::Failed)
        return errorText(state.failure, Attempt::Join).plain();
    return chat.id.address.toString();
}

QString headingOf(Standing standing)
{
    switch (standing) {
    case Standing::Owner:
        return Words::tr("Owners");
    case Standing::Admin:
        return Words::tr("Look after the room");
    case Standing::Member:
        return Words::tr("Members");
    case Standing::Guest:
        return Words::tr("Guests");
    case Standing::Muted:
        return Words::tr("Muted");
    }
    return {};
}

QString memberDescription(const Participant &person)
{
    QStringList parts{person.nick.isEmpty() ? Words::tr("Unknown member") : singleLine(person.nick)};
    if (person.isMe) parts.append(Words::tr("you"));
    parts.append(standingText(person.standing));
    parts.append(person.present ? Words::tr("in the room") : Words::tr("not here now"));
    if (!person.address.isEmpty()) parts.append(person.address.toString());
    return parts.join(QStringLiteral(", "));
}

} // namespace

RoomListModel::Words roomWords()
{
    return {qOverload<RoomListModel::Section>(headingOf), descriptionOf, roomToolTip};
}

MembersModel::Words memberWords()
{
    return {qOverload<Standing>(headingOf), memberDescription, [](const Participant &person) {
                return person.address.isEmpty() ? singleLine(person.nick) : person.address.toString();
            }};
}

QString presenceText(Presence presence)
{
    switch (presence) {
    case Presence::Online:
        return Words::tr("online");
    case Presence::FreeForChat:
        return Words::tr("glad to talk");
    case Presence::Away:
        return Words::tr("away");
    case Presence::ExtendedAway:
        return Words::tr("away for long");
    case Presence::DoNotDisturb:
        return Words::tr("do not disturb");
    case Presence::Offline:
        return Words::tr("offline");
    case Presence::Unknown:
        break;
    }
    return {};
}

QString tiesText(Ties ties)
{
    if (ties.testFlag(Tie::Blocked)) return Words::tr("You have blocked them.");
    if (!ties.testFlag(Tie::Contact)) return Words::tr("They are not among your contacts.");
    if (ties.testFlag(Tie::Seen) && ties.testFlag(Tie::SeesMe))
        return Words::tr("Each of you sees when the other one is online.");
    if (ties.testFlag(Tie::Seen))
        return Words::tr("You see when they are online, they do not see when you are.");
    const QString seesMe = ties.testFlag(Tie::SeesMe)
                               ? Words::tr("They see when you are online, you do not see when they are.")
                               : Words::tr("Neither sees when the other one is online.");
    if (!ties.testFlag(Tie::Asked)) return seesMe;
    return seesMe + u' ' + Words::tr("You have asked to see it, and they have not answered yet.");
}

QString standingText(Standing standing)
{
    switch (standing) {
    case Standing::Owner:
        return Words::tr("owner");
    case Standing::Admin:
        return Words::tr("looks after the room");
    case Standing::Member:
        return Words::tr("member");
    case Standing::Guest:
        return Words::tr("guest");
    case Standing::Muted:
        return Words::tr("muted");
    }
    return {};
}

QString connectionText(const ConnectionStatus &status)
{
    switch (status.state) {
    case ConnectionStatus::State::Offline:
        return Words::tr("Offline");
    case ConnectionStatus::State::NeedsPassword:
        return Words::tr("Needs the password");
    case ConnectionStatus::State::Connecting:
        return Words::tr("Connecting…");
    case ConnectionStatus::State::LoggingIn:
        return Words::tr("Signing in…");
    case ConnectionStatus::State::Live:
        return status.catchingUp ? Words::tr("Catching up…") : Words::tr("Online");
    case ConnectionStatus::State::WaitingToRetry:
        return Words::tr("Not connected");
    case ConnectionStatus::State::Stopped:
        return Words::tr("Not connected");
    }
    return {};
}

} // namespace Mingle
