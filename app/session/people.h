// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"
#include "session/sessioncontext.h"
#include "xmpp/events.h"

#include <QHash>
#include <QObject>

namespace Mingle {

/// The people of one account: contacts of the roster with their presence, and one to one talks. Session thread.
class People : public QObject
{
    Q_OBJECT
public:
    People(const SessionContext &context, QObject *parent);

    void endSession();
    void takeRoster(const QList<Contact> &contacts);
    void takeContact(const Contact &contact);
    QFuture<Result<ChatId>> startTalk(const Jid &person);
    const QHash<Jid, ChatState> &states() const { return m_states; }

Q_SIGNALS:
    void stateChanged(const Mingle::ChatId &chat, const Mingle::ChatState &state);

private:
    void presenceChanged(const Jid &person, Presence presence);

    SessionContext m_context;
    QHash<Jid, ChatState> m_states;
};

} // namespace Mingle
