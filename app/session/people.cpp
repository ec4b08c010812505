// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/people.h"

#include "core/futures.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
Outcome storeContact(Transaction &tx, const ChatId &id, const QString &name)
{
    ChatStore chats(tx);
    const auto stored = chats.ensure(id, ChatKind::Person);
    if (!stored) return stored.error();
    if (stored->name == name) return {};
    Chat changed = *stored;
    changed.name = name;
    return chats.update(changed);
}
} // namespace

People::People(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(&m_context.connection, &Connection::presenceChanged, this, &People::presenceChanged);
}

void People::endSession()
{
    for (auto state = m_states.begin(); state != m_states.end(); ++state) {
        if (state->presence == Presence::Unknown) continue;
        state->presence = Presence::Unknown;
        Q_EMIT stateChanged(m_context.chat(state.key()), *state);
    }
}

void People::takeRoster(const QList<Contact> &contacts)
{
    auto stored =
        m_context.database.write([contacts, account = m_context.account](Transaction &tx) -> Outcome {
            for (const Contact &contact : contacts) {
                if (contact.isMixChannel || contact.address == account) continue;
                if (auto done = storeContact(tx, {account, contact.address}, contact.name); !done)
                    return done;
            }
            return {};
        });
    Q_UNUSED(stored) // the roster comes again at the next login
}

void People::takeContact(const Contact &contact)
{
    takeRoster({contact});
}

QFuture<Result<ChatId>> People::startTalk(const Jid &person)
{
    const Jid bare = person.bare();
    if (bare.isEmpty() || bare.local().isEmpty() || bare == m_context.account)
        return answered(Result<ChatId>(Error::Kind::InvalidAddress));
    return m_context.database.write([id = m_context.chat(bare)](Transaction &tx) -> Result<ChatId> {
        const auto chat = ChatStore(tx).ensure(id, ChatKind::Person);
        return chat ? Result<ChatId>(chat->id) : chat.error();
    });
}

void People::presenceChanged(const Jid &person, Presence presence)
{
    ChatState &state = m_states[person];
    if (state.presence == presence) return;
    state.presence = presence;
    Q_EMIT stateChanged(m_context.chat(person), state);
}

} // namespace Mingle
