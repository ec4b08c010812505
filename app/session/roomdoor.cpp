// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/roomdoor.h"

#include "session/accountsworker.h"

namespace Mingle {

using Nothing = std::monostate;

template<typename T, typename Call>
QFuture<Result<T>> RoomDoor::control(const ChatId &chat, Call call)
{
    return m_worker.ask<T>(chat.account, [chat, call](Session &session) {
        return session.rooms().control<T>(
            chat, [chat, call](GroupControls &room) { return call(room, chat.address); });
    });
}

QFuture<Result<MadeRoom>> RoomDoor::create(const Jid &account, const NewRoom &wanted)
{
    return m_worker.ask<MadeRoom>(account,
                                  [wanted](Session &session) { return session.rooms().create(wanted); });
}

QFuture<Result<ChatId>> RoomDoor::accept(const ChatId &chat, const QString &nick, const QString &password)
{
    return m_worker.ask<ChatId>(
        chat.account, [=](Session &session) { return session.rooms().accept(chat, nick, password); });
}

QFuture<Outcome> RoomDoor::decline(const ChatId &chat)
{
    return m_worker.ask<Nothing>(chat.account,
                                 [chat](Session &session) { return session.rooms().decline(chat); });
}

QFuture<Outcome> RoomDoor::invite(const ChatId &chat, const Jid &person, const QString &text)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.invite(address, person, text); });
}

QFuture<Result<ChatId>> RoomDoor::talkInPrivate(const ChatId &chat, const Participant &who)
{
    return m_worker.ask<ChatId>(chat.account,
                                [=](Session &session) { return session.rooms().talkInPrivate(chat, who); });
}

QFuture<Outcome> RoomDoor::setNick(const ChatId &chat, const QString &nick)
{
    return m_worker.ask<Nothing>(chat.account,
                                 [=](Session &session) { return session.rooms().setNick(chat, nick); });
}

QFuture<Outcome> RoomDoor::setSubject(const ChatId &chat, const QString &subject)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.setSubject(address, subject); });
}

QFuture<Outcome> RoomDoor::setStanding(const ChatId &chat, const Participant &who, Standing standing,
                                       const QString &reason)
{
    return control<Nothing>(chat, [=](GroupControls &room, const Jid &address) {
        return room.setStanding(address, who, standing, reason);
    });
}

QFuture<Outcome> RoomDoor::remove(const ChatId &chat, const Participant &who, const QString &reason)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.remove(address, who, reason); });
}

QFuture<Outcome> RoomDoor::ban(const ChatId &chat, const Participant &who, const QString &reason)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.ban(address, who, reason); });
}

QFuture<Result<QList<ListedPerson>>> RoomDoor::list(const ChatId &chat, AccessList list)
{
    return control<QList<ListedPerson>>(
        chat, [=](GroupControls &room, const Jid &address) { return room.list(address, list); });
}

QFuture<Outcome> RoomDoor::putOnList(const ChatId &chat, AccessList list, const ListedPerson &person)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.putOnList(address, list, person); });
}

QFuture<Outcome> RoomDoor::takeOffList(const ChatId &chat, AccessList list, const Jid &person)
{
    return control<Nothing>(chat, [=](GroupControls &room, const Jid &address) {
        return room.takeOffList(address, list, person);
    });
}

QFuture<Result<Form>> RoomDoor::settings(const ChatId &chat)
{
    return control<Form>(chat,
                         [](GroupControls &room, const Jid &address) { return room.settings(address); });
}

QFuture<Outcome> RoomDoor::changeSettings(const ChatId &chat, const Form &changes)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.changeSettings(address, changes); });
}

QFuture<Result<Form>> RoomDoor::choices(const ChatId &chat)
{
    return control<Form>(chat, [](GroupControls &room, const Jid &address) { return room.choices(address); });
}

QFuture<Outcome> RoomDoor::choose(const ChatId &chat, const Form &changes)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.choose(address, changes); });
}

QFuture<Outcome> RoomDoor::setPicture(const ChatId &chat, const QByteArray &data, const QString &type)
{
    return control<Nothing>(
        chat, [=](GroupControls &room, const Jid &address) { return room.setPicture(address, data, type); });
}

QFuture<Result<MadeRoom>> RoomDoor::move(const ChatId &chat, const QString &text, bool close)
{
    return m_worker.ask<MadeRoom>(chat.account,
                                  [=](Session &session) { return session.rooms().move(chat, text, close); });
}

QFuture<Outcome> RoomDoor::destroy(const ChatId &chat, const QString &reason)
{
    return m_worker.ask<Nothing>(chat.account,
                                 [=](Session &session) { return session.rooms().destroy(chat, reason); });
}

} // namespace Mingle
