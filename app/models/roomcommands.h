// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form.h"
#include "core/result.h"
#include "core/room.h"

#include <functional>

namespace Mingle {

class RoomDoor;

/// What views ask to be done with rooms, so that they know nothing of the session. All may be called on the UI thread;
/// none waits. What comes of a change is seen in the room itself.
struct RoomCommands {
    using Done = QFuture<Outcome>;

    std::function<QFuture<Result<MadeRoom>>(const Jid &account, const NewRoom &)> create;
    std::function<QFuture<Result<ChatId>>(const ChatId &, const QString &nick, const QString &password)>
        accept;
    std::function<Done(const ChatId &)> decline;
    std::function<Done(const ChatId &, const Jid &person, const QString &text)> invite;

    std::function<QFuture<Result<ChatId>>(const ChatId &, const Participant &)> talkInPrivate;
    std::function<Done(const ChatId &, const QString &nick)> setNick;
    std::function<Done(const ChatId &, const QString &subject)> setSubject;
    std::function<Done(const ChatId &, const Participant &, Standing, const QString &reason)> setStanding;
    std::function<Done(const ChatId &, const Participant &, const QString &reason)> remove;
    std::function<Done(const ChatId &, const Participant &, const QString &reason)> ban;
    std::function<QFuture<Result<QList<ListedPerson>>>(const ChatId &, AccessList)> list;
    std::function<Done(const ChatId &, AccessList, const ListedPerson &)> putOnList;
    std::function<Done(const ChatId &, AccessList, const Jid &)> takeOffList;

    std::function<QFuture<Result<Form>>(const ChatId &)> settings;
    std::function<Done(const ChatId &, const Form &changes)> changeSettings;
    std::function<QFuture<Result<Form>>(const ChatId &)> choices;
    std::function<Done(const ChatId &, const Form &changes)> choose;
    std::function<Done(const ChatId &, const QByteArray &data, const QString &type)> setPicture;
    std::function<QFuture<Result<MadeRoom>>(const ChatId &, const QString &text, bool close)> move;
    std::function<Done(const ChatId &, const QString &reason)> destroy;
};

/// door must outlive the commands.
RoomCommands commandsOf(RoomDoor &door);

} // namespace Mingle
