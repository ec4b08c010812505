// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/roomactions.h"

namespace Mingle {

class AccountsWorker;

/// What a person does with rooms, from any thread: the part of Accounts' door that RoomActions and GroupControls stand
/// behind. Errors as there; NotFound with condition "account" for an account that is not running.
class RoomDoor
{
public:
    explicit RoomDoor(AccountsWorker &worker)
        : m_worker(worker)
    {}

    QFuture<Result<MadeRoom>> create(const Jid &account, const NewRoom &wanted);
    QFuture<Result<ChatId>> accept(const ChatId &chat, const QString &nick, const QString &password);
    QFuture<Outcome> decline(const ChatId &chat);
    QFuture<Outcome> invite(const ChatId &chat, const Jid &person, const QString &text);

    QFuture<Result<ChatId>> talkInPrivate(const ChatId &chat, const Participant &who);
    QFuture<Outcome> setNick(const ChatId &chat, const QString &nick);
    QFuture<Outcome> setSubject(const ChatId &chat, const QString &subject);
    QFuture<Outcome> setStanding(const ChatId &chat, const Participant &who, Standing standing,
                                 const QString &reason);
    QFuture<Outcome> remove(const ChatId &chat, const Participant &who, const QString &reason);
    QFuture<Outcome> ban(const ChatId &chat, const Participant &who, const QString &reason);
    QFuture<Result<QList<ListedPerson>>> list(const ChatId &chat, AccessList list);
    QFuture<Outcome> putOnList(const ChatId &chat, AccessList list, const ListedPerson &person);
    QFuture<Outcome> takeOffList(const ChatId &chat, AccessList list, const Jid &address);

    QFuture<Result<Form>> settings(const ChatId &chat);
    QFuture<Outcome> changeSettings(const ChatId &chat, const Form &changes);
    QFuture<Result<Form>> choices(const ChatId &chat);
    QFuture<Outcome> choose(const ChatId &chat, const Form &changes);
    QFuture<Outcome> setPicture(const ChatId &chat, const QByteArray &data, const QString &type);
    QFuture<Result<MadeRoom>> move(const ChatId &chat, const QString &text, bool close);
    QFuture<Outcome> destroy(const ChatId &chat, const QString &reason);

private:
    template<typename T, typename Call>
    QFuture<Result<T>> control(const ChatId &chat, Call call);

    AccountsWorker &m_worker;
};

} // namespace Mingle
