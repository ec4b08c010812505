// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/blocking.h"

#include "core/futures.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

#include <QSet>

namespace Mingle {

namespace {
constexpr int looked = 50; ///< newest messages of whom I report

// addresses: all who are blocked; nothing: nobody could tell.
Outcome storeBlocked(Transaction &tx, const Jid &account, const std::optional<QSet<Jid>> &addresses)
{
    ChatStore chats(tx);
    const auto all = chats.all(account);
    if (!all) return all.error();
    for (const Chat &chat : *all) {
        if (chat.isRoom()) continue;
        Chat changed = chat;
        changed.requests &= ~Requests(Request::Unchecked);
        if (addresses) changed.ties.setFlag(Tie::Blocked, addresses->contains(chat.id.address));
        const bool unwanted = changed.isBlocked() && changed.requests;
        if (unwanted) changed.requests = {};
        if (changed == chat) continue;
        if (auto stored = chats.update(changed); !stored) return stored;
        if (!unwanted || changed.ties.testFlag(Tie::Contact)) continue;
        if (auto gone = chats.remove(chat.id); !gone) return gone;
    }
    return {};
}

QStringList archiveIds(const MessagePage &page)
{
    QStringList ids;
    for (const Message &message : page.messages)
        if (message.delivery == Delivery::Received && !message.archiveId.isEmpty())
            ids.append(message.archiveId);
    return ids;
}
} // namespace

Blocking::Blocking(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_history(context.database)
{
    connect(&m_context.database.changes(), &ChangeFeed::changed, this, &Blocking::follow);
    connect(m_context.connection.blockList(), &BlockList::blocked, this, &Blocking::blocked);
    connect(m_context.connection.blockList(), &BlockList::unblocked, this, &Blocking::unblocked);
}

void Blocking::beginSession()
{
    ++m_session;
    m_known = false;
    for (const auto &promise : std::exchange(m_waiting, {})) {
        promise->addResult(Answer(Error::Kind::ConnectionLost));
        promise->finish();
    }
    // Strangers of the last session who could not be looked up then.
    auto unchecked = m_context.database.write([account = m_context.account](Transaction &tx) -> Result<bool> {
        const auto all = ChatStore(tx).all(account);
        if (!all) return all.error();
        return std::ranges::any_of(
            *all, [](const Chat &chat) { return chat.requests.testFlag(Request::Unchecked); });
    });
    whenDone(unchecked, this, [this](const Result<bool> &some) {
        if (some && *some) check();
    });
}

void Blocking::follow(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        const auto *changed = std::get_if<ChatChanged>(&change);
        if (!changed || changed->chat.id.account != m_context.account) continue;
        if (changed->chat.requests.testFlag(Request::Unchecked)) return check();
    }
}

/// Strangers are shown when it is known that they are not blocked, or cannot be.
void Blocking::check()
{
    if (m_known) return store(m_people.addresses);
    if (!m_waiting.isEmpty() || m_context.connection.state() != Connection::State::Live) return;
    auto asked = people();
    Q_UNUSED(asked) // take() does the rest
}

QFuture<Result<BlockedPeople>> Blocking::people()
{
    if (m_known) return answered(Answer(m_people));
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    m_waiting.append(promise);
    if (m_waiting.size() == 1) {
        whenDone(m_context.connection.blockList()->blockedPeople(), this,
                 [this, session = m_session](const Answer &answer) {
                     if (session == m_session) take(answer);
                 });
    }
    return promise->future();
}

void Blocking::take(const Answer &answer)
{
    m_known = answer.ok();
    if (answer) m_people = *answer;
    const auto kind = answer.error().kind;
    if (answer)
        store(m_people.addresses);
    else if (kind != Error::Kind::ConnectionLost && kind != Error::Kind::Cancelled)
        store({});
    for (const auto &promise : std::exchange(m_waiting, {})) {
        promise->addResult(answer);
        promise->finish();
    }
}

void Blocking::blocked(const QList<Jid> &addresses)
{
    if (!m_known) return; // what is asked for later has them
    for (const Jid &address : addresses)
        if (!m_people.addresses.contains(address)) m_people.addresses.append(address);
    store(m_people.addresses);
}

void Blocking::unblocked(const QList<Jid> &addresses)
{
    if (!m_known) return;
    m_people.addresses.removeIf(
        [&](const Jid &address) { return addresses.isEmpty() || addresses.contains(address); });
    store(m_people.addresses);
}

void Blocking::store(const std::optional<QList<Jid>> &addresses)
{
    std::optional<QSet<Jid>> set;
    if (addresses) set.emplace(addresses->cbegin(), addresses->cend());
    auto stored = m_context.database.write(
        [account = m_context.account, set](Transaction &tx) { return storeBlocked(tx, account, set); });
    Q_UNUSED(stored) // asked again in the next session
}

QFuture<Outcome> Blocking::block(const ChatId &chat, const std::optional<AbuseReport> &report)
{
    if (chat.address.isEmpty() || chat.address == m_context.account)
        return answered(Outcome(Error::Kind::InvalidAddress));
    if (!report) return send(chat.address, {});
    return m_history.newest(chat, looked)
        .then(this,
              [this, chat, words = *report](const Result<MessagePage> &page) {
                  return send(chat.address,
                              BlockList::Report{words, page ? archiveIds(*page) : QStringList()});
              })
        .unwrap();
}

QFuture<Outcome> Blocking::send(const Jid &address, const std::optional<BlockList::Report> &report)
{
    // The list is needed to tell what comes by push from what was there before (3.1: asked for before it is changed).
    return people()
        .then(this, [this, address, report](
                        const Answer &) { return m_context.connection.blockList()->block(address, report); })
        .unwrap()
        .then(this, [this, address](const Outcome &outcome) {
            if (outcome) blocked({address});
            return outcome;
        });
}

QFuture<Outcome> Blocking::unblock(const Jid &address)
{
    return people()
        .then(this,
              [this, address](const Answer &) { return m_context.connection.blockList()->unblock(address); })
        .unwrap()
        .then(this, [this, address](const Outcome &outcome) {
            if (outcome) unblocked({address});
            return outcome;
        });
}

} // namespace Mingle
