// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/people.h"

#include "core/futures.h"
#include "session/blocking.h"
#include "session/strangers.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
constexpr int maxRequests = 200; ///< in one session: more are no people

Ties tiesOf(const Contact &contact, Ties before)
{
    Ties ties = before & (Tie::Blocked | Tie::Welcome);
    ties.setFlag(Tie::Contact);
    ties.setFlag(Tie::Seen, contact.subscribedTo);
    ties.setFlag(Tie::SeesMe, contact.seesMe);
    ties.setFlag(Tie::Asked, contact.asked);
    if (contact.seesMe) ties.setFlag(Tie::Welcome, false);
    return ties;
}

Outcome storeContact(ChatStore &chats, const Chat &stored, const Contact &contact)
{
    Chat changed = stored;
    changed.name = contact.name;
    changed.ties = tiesOf(contact, stored.ties);
    // Another device has taken them up.
    changed.requests &= ~(Request::Talk | Request::Unchecked);
    if (contact.seesMe) changed.requests &= ~Requests(Request::Subscription);
    return changed == stored ? Outcome() : chats.update(changed);
}

// No contact any more, or not one that ever was.
Outcome storeStranger(ChatStore &chats, Chat chat)
{
    chat.ties &= Tie::Blocked;
    chat.name.clear();
    if (auto stored = chats.update(chat); !stored) return stored;
    const bool empty = !chat.lastTime.isValid() && !chat.requests;
    return empty ? chats.remove(chat.id) : Outcome();
}

Outcome storeRoster(Transaction &tx, const Jid &account, const QList<Contact> &contacts)
{
    ChatStore chats(tx);
    const auto all = chats.all(account);
    if (!all) return all.error();
    QHash<Jid, Chat> stored;
    for (const Chat &chat : *all)
        stored.insert(chat.id.address, chat);
    for (const Contact &contact : contacts) {
        const auto known = stored.constFind(contact.address);
        const bool isTalk = known != stored.cend() && !known->isRoom();
        if (contact.isMixChannel || contact.address == account) {
            stored.remove(contact.address);
            continue;
        }
        const auto chat =
            isTalk ? Result<Chat>(*known) : chats.ensure({account, contact.address}, ChatKind::Person);
        if (!chat) return chat.error();
        if (auto done = storeContact(chats, *chat, contact); !done) return done;
        stored.remove(contact.address);
    }
    for (const Chat &chat : std::as_const(stored)) { // removed on another device, while this one was away
        if (chat.isRoom() || !chat.ties.testFlag(Tie::Contact)) continue;
        if (auto done = storeStranger(chats, chat); !done) return done;
    }
    return {};
}

// The server asks again in each session what nobody has answered (RFC 6121 3.1.3): what it does not repeat was answered by
// another device.
Outcome forgetRequests(Transaction &tx, const Jid &account)
{
    ChatStore chats(tx);
    const auto all = chats.all(account);
    if (!all) return all.error();
    for (Chat chat : *all) {
        if (!chat.requests.testFlag(Request::Subscription)) continue;
        chat.requests &= ~Requests(Request::Subscription);
        if (auto stored = chats.update(chat); !stored) return stored;
        if (chat.lastTime.isValid() || chat.ties.testFlag(Tie::Contact)) continue;
        if (auto gone = chats.remove(chat.id); !gone) return gone;
    }
    return {};
}
} // namespace

People::People(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_blocking(new Blocking(context, this))
{
    connect(&m_context.connection, &Connection::presenceChanged, this, &People::presenceChanged);
    connect(m_context.connection.contactList(), &ContactList::subscriptionWithdrawn, this,
            [this](const Jid &person) {
                auto done = storeAnswer(m_context.chat(person), Request::Subscription);
                Q_UNUSED(done) // the next session shows it
            });
}

void People::beginSession()
{
    m_requests = 0;
    m_blocking->beginSession();
    auto stored = m_context.database.write(
        [account = m_context.account](Transaction &tx) { return forgetRequests(tx, account); });
    Q_UNUSED(stored) // they are asked again
}

void People::endSession()
{
    for (auto state = m_states.begin(); state != m_states.end(); ++state) {
        if (state->presence == Presence::Unknown) continue;
        state->presence = Presence::Unknown;
        Q_EMIT stateChanged(m_context.chat(state.key()), *state);
    }
}

// -- what the server tells

void People::takeRoster(const QList<Contact> &contacts)
{
    auto stored = m_context.database.write([contacts, account = m_context.account](Transaction &tx) {
        return storeRoster(tx, account, contacts);
    });
    Q_UNUSED(stored) // the roster comes again at the next login
}

void People::takeContact(const Contact &contact)
{
    if (contact.isMixChannel || contact.address == m_context.account) return;
    auto stored = m_context.database.write([contact, id = m_context.chat(contact.address)](Transaction &tx) {
        ChatStore chats(tx);
        const auto chat = chats.ensure(id, ChatKind::Person);
        return chat ? storeContact(chats, *chat, contact) : Outcome(chat.error());
    });
    Q_UNUSED(stored)
}

void People::forgetContact(const Jid &address)
{
    m_states.remove(address);
    auto stored = m_context.database.write([id = m_context.chat(address)](Transaction &tx) -> Outcome {
        ChatStore chats(tx);
        const auto chat = chats.find(id);
        if (!chat) return chat.error();
        return *chat && !(*chat)->isRoom() ? storeStranger(chats, **chat) : Outcome();
    });
    Q_UNUSED(stored)
}

void People::takeRequest(const Jid &person, const QString &nick)
{
    if (person == m_context.account || ++m_requests > maxRequests) return;
    auto mutual =
        m_context.database.write([id = m_context.chat(person), nick](Transaction &tx) -> Result<bool> {
            ChatStore chats(tx);
            const auto former = chats.find(id);
            if (!former) return former.error();
            if (*former && (*former)->isRoom()) return false;
            const auto chat = chats.ensure(id, ChatKind::Person);
            if (!chat) return chat.error();
            if (chat->ties.testFlag(Tie::Welcome)) return true;
            Chat changed = *chat;
            changed.requests.setFlag(Request::Subscription);
            if (!changed.ties.testFlag(Tie::Contact)) changed.requests.setFlag(Request::Unchecked);
            changed.description = nick;
            if (changed == *chat) return false;
            const auto stored = chats.update(changed);
            return stored ? Result<bool>(false) : stored.error();
        });
    // If it fails they ask again in the next session.
    whenDone(mutual, this, [this, person](const Result<bool> &answer) {
        if (!answer || !*answer) return;
        auto said = m_context.connection.contactList()->letSee(person);
        Q_UNUSED(said)
    });
}

void People::presenceChanged(const Jid &person, Presence presence)
{
    ChatState &state = m_states[person];
    if (state.presence == presence) return;
    state.presence = presence;
    Q_EMIT stateChanged(m_context.chat(person), state);
}

// -- what I want

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

QFuture<Result<ChatId>> People::add(const Jid &person, const QString &name, bool askToSee)
{
    const Jid bare = person.bare();
    if (bare.isEmpty() || bare == m_context.account)
        return answered(Result<ChatId>(Error::Kind::InvalidAddress));
    return m_context.connection.contactList()
        ->putContact(bare, name)
        .then(this,
              [this, bare, askToSee](const Outcome &outcome) {
                  if (!outcome) return answered(Result<ChatId>(outcome.error()));
                  ContactList *contacts = m_context.connection.contactList();
                  if (askToSee) {
                      if (auto asked = contacts->askToSee(bare); !asked)
                          return answered(Result<ChatId>(asked.error()));
                  }
                  // The push may come later than the person looks.
                  return m_context.database.write(
                      [id = m_context.chat(bare), askToSee](Transaction &tx) -> Result<ChatId> {
                          const auto chat = ChatStore(tx).ensure(id, ChatKind::Person);
                          if (!chat) return chat.error();
                          Chat changed = *chat;
                          changed.ties.setFlag(Tie::Welcome,
                                               askToSee); // who wants to see does not mind being seen
                          if (auto stored = ChatStore(tx).update(changed); !stored) return stored.error();
                          auto taken = Strangers::takeUp(tx, id);
                          return taken ? Result<ChatId>(id) : taken.error();
                      });
              })
        .unwrap();
}

QFuture<Outcome> People::rename(const ChatId &chat, const QString &name)
{
    return m_context.connection.contactList()->putContact(chat.address, name);
}

QFuture<Outcome> People::remove(const ChatId &chat)
{
    return m_context.connection.contactList()->removeContact(chat.address);
}

QFuture<Outcome> People::askToSee(const ChatId &chat)
{
    return answered(m_context.connection.contactList()->askToSee(chat.address));
}

QFuture<Outcome> People::acceptRequest(const ChatId &chat)
{
    ContactList *contacts = m_context.connection.contactList();
    if (auto said = contacts->letSee(chat.address); !said) return answered(said);
    auto ties = m_context.database.write([chat](Transaction &tx) -> Result<Ties> {
        const auto stored = ChatStore(tx).find(chat);
        if (!stored) return stored.error();
        return *stored ? (*stored)->ties : Ties();
    });
    return ties
        .then(this,
              [this, contacts, chat](const Result<Ties> &known) {
                  const bool asked = known && (*known & (Tie::Seen | Tie::Asked));
                  if (!asked) {
                      if (auto said = contacts->askToSee(chat.address); !said) return answered(said);
                  }
                  return storeAnswer(chat, Request::Subscription | Request::Talk | Request::Unchecked);
              })
        .unwrap();
}

QFuture<Outcome> People::stopShowing(const ChatId &chat)
{
    if (auto said = m_context.connection.contactList()->stopShowing(chat.address); !said)
        return answered(said);
    return storeAnswer(chat, Request::Subscription, Tie::Welcome);
}

QFuture<Outcome> People::acceptTalk(const ChatId &chat)
{
    return m_context.database.write([chat](Transaction &tx) { return Strangers::takeUp(tx, chat); });
}

QFuture<Outcome> People::dismiss(const ChatId &chat)
{
    return m_context.database.write([chat](Transaction &tx) -> Outcome {
        ChatStore chats(tx);
        if (auto taken = Strangers::takeUp(tx, chat); !taken) return taken;
        if (auto read = chats.markRead(chat); !read) return read;
        return chats.remove(chat);
    });
}

/// These are wanted no longer; a chat that was there for nothing else goes.
QFuture<Outcome> People::storeAnswer(const ChatId &chat, Requests answered, Ties ended)
{
    return m_context.database.write([chat, answered, ended](Transaction &tx) -> Outcome {
        ChatStore chats(tx);
        const auto stored = chats.find(chat);
        if (!stored) return stored.error();
        if (!*stored) return {};
        Chat changed = **stored;
        changed.requests &= ~answered;
        changed.ties &= ~ended;
        if (changed == **stored) return {};
        if (auto done = chats.update(changed); !done) return done;
        const bool onlyRequest = answered == Requests(Request::Subscription) && !changed.lastTime.isValid()
                                 && !changed.ties.testFlag(Tie::Contact);
        return onlyRequest ? chats.remove(chat) : Outcome();
    });
}

} // namespace Mingle
