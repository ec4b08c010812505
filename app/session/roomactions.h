// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/room.h"
#include "session/groups.h"
#include "session/sessioncontext.h"
#include "xmpp/groupcontrols.h"

namespace Mingle {

/// What a person does with rooms beyond being in them: makes them, asks others in, is asked in, changes them. Session
/// thread.
class RoomActions : public QObject
{
    Q_OBJECT
public:
    RoomActions(const SessionContext &context, Groups &groups, QObject *parent);

    /// A public room is called after its name; where there is one of that name already, it gets a number.
    QFuture<Result<MadeRoom>> create(const NewRoom &wanted);
    QFuture<Result<ChatId>> accept(const ChatId &chat, const QString &nick, const QString &password);
    /// It goes from the list whether or not the answer arrives.
    QFuture<Outcome> decline(const ChatId &chat);
    /// Asks the room that I am invited to what it is.
    void lookAt(const ChatId &chat);
    /// A talk with somebody by way of the room. NotFound, condition "not-there": they are not in it.
    QFuture<Result<ChatId>> talkInPrivate(const ChatId &chat, const Participant &who);
    QFuture<Outcome> setNick(const ChatId &chat, const QString &nick);
    /// Makes a MIX channel in the place of a MUC room: with the same name and purpose, with all its people asked in, and with
    /// its history before its own. close: the old room is ended and names the new one (XEP-0045 10.9); else its subject
    /// does. Unsupported, condition "not-all": my server or that of one of its people looks after no channels.
    QFuture<Result<MadeRoom>> move(const ChatId &chat, const QString &text, bool close);
    /// Ends it for everybody, and takes it from my list.
    QFuture<Outcome> destroy(const ChatId &chat, const QString &reason);

    /// call(GroupControls &) for a room that I am in; else NotFound.
    template<typename T, typename Call>
    QFuture<Result<T>> control(const ChatId &chat, Call call)
    {
        GroupControls *controls = controlsOf(chat.address);
        return controls ? call(*controls)
                        : answered(Result<T>(Error::Kind::NotFound, QStringLiteral("not-joined")));
    }

private:
    GroupControls *controlsOf(const Jid &room) const;
    QFuture<Result<Chat>> stored(const ChatId &chat);
    QFuture<Result<JoinedGroup>> tryCreate(ChatKind kind, const CreateRequest &request, int tries);
    QFuture<Result<MadeRoom>> createAs(ChatKind kind, const NewRoom &wanted);
    QFuture<Result<MadeRoom>> inviteAll(const ChatId &chat, const NewRoom &wanted);
    QFuture<Outcome> forget(const ChatId &chat);
    QFuture<Result<NewRoom>> likeOf(const ChatId &chat, const QString &text);
    QFuture<Outcome> pointTo(const ChatId &chat, const Jid &later, const QString &text, bool close);

    SessionContext m_context;
    Groups &m_groups;
};

/// A localpart that says what a room is called: small letters, digits and single hyphens, at most 40; empty if nothing is
/// left.
QString localpartFor(const QString &name);

} // namespace Mingle
