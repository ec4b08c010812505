// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"
#include "session/sessioncontext.h"
#include "xmpp/events.h"

#include <QHash>
#include <QObject>

namespace Mingle {

class Blocking;

/// The people of one account: contacts of the roster with their presence, what others want of me, and one to one
/// talks. Session thread.
class People : public QObject
{
    Q_OBJECT
public:
    People(const SessionContext &context, QObject *parent);

    void beginSession();
    void endSession();
    void takeRoster(const QList<Contact> &contacts);
    void takeContact(const Contact &contact);
    void forgetContact(const Jid &address);
    /// Somebody asks to see when I am online. nick: as they call themselves.
    void takeRequest(const Jid &person, const QString &nick);
    QFuture<Result<ChatId>> startTalk(const Jid &person);
    const QHash<Jid, ChatState> &states() const { return m_states; }
    Blocking &blocking() { return *m_blocking; }

    /// Puts somebody among my people, under a name of mine if it is not empty. askToSee: when they are online.
    QFuture<Result<ChatId>> add(const Jid &person, const QString &name, bool askToSee);
    QFuture<Outcome> rename(const ChatId &chat, const QString &name);
    /// Neither sees the other any more. What was said stays.
    QFuture<Outcome> remove(const ChatId &chat);
    QFuture<Outcome> askToSee(const ChatId &chat);
    /// They may see when I am online, and I ask for the same.
    QFuture<Outcome> acceptRequest(const ChatId &chat);
    /// They may not (any more).
    QFuture<Outcome> stopShowing(const ChatId &chat);
    /// What a stranger has written is a talk like any other.
    QFuture<Outcome> acceptTalk(const ChatId &chat);
    /// Takes a request from the list.
    QFuture<Outcome> dismiss(const ChatId &chat);

Q_SIGNALS:
    void stateChanged(const Mingle::ChatId &chat, const Mingle::ChatState &state);

private:
    void presenceChanged(const Jid &person, Presence presence);
    QFuture<Outcome> storeAnswer(const ChatId &chat, Requests answered, Ties ended = {});

    SessionContext m_context;
    Blocking *m_blocking;
    QHash<Jid, ChatState> m_states;
    int m_requests = 0; ///< taken in this session
};

} // namespace Mingle
