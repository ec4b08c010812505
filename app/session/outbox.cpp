// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/outbox.h"

#include "core/futures.h"
#include "core/ports.h"
#include "session/strangers.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

#include <QUuid>

namespace Mingle {

namespace {
// Servers close the stream at about 256 KB a stanza; escaping may make a body five times as long in the worst case,
// so the bound is on what the person sees and a margin stays for the rest.
constexpr qsizetype maxBodyBytes = 200'000;

// Changes the delivery of a row only if it still is what was expected: the archive may have been quicker.
Outcome move(Transaction &tx, qint64 row, Delivery from, Delivery to, const Error &failure = {})
{
    MessageStore messages(tx);
    auto message = messages.byRow(row);
    if (!message) return message.error();
    if (!*message || (*message)->delivery != from) return {};
    (*message)->delivery = to;
    (*message)->failure = failure;
    return messages.update(**message);
}
} // namespace

Outbox::Outbox(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(&m_context.database.changes(), &ChangeFeed::changed, this, &Outbox::follow);
}

Outcome Outbox::checkBody(const QString &body) const
{
    if (body.trimmed().isEmpty()) return Error::Kind::InvalidInput;
    if (body.toHtmlEscaped().toUtf8().size() > maxBodyBytes) return Error::Kind::TooLarge;
    return {};
}

QFuture<Result<qint64>> Outbox::enqueue(const ChatId &chat, ChatKind kind, const QString &nick,
                                        const QString &body)
{
    if (auto checked = checkBody(body); !checked) return answered(Result<qint64>(checked.error()));
    Message message;
    message.chat = chat;
    message.author.isMe = true;
    message.author.address = m_context.account;
    message.author.key = kind == ChatKind::Person ? m_context.account.toString() : QStringLiteral("me");
    if (kind != ChatKind::Person) message.author.nick = nick.isEmpty() ? m_context.account.local() : nick;
    message.body = body;
    message.time = m_context.clock.now();
    message.delivery = Delivery::Waiting;
    message.originId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    message.stanzaId = message.originId;
    auto stored = m_context.database.write([message, kind, archive = m_context.archiveOf(chat.address, kind)](
                                               Transaction &tx) mutable -> Result<qint64> {
        const auto ensured = ChatStore(tx).ensure(message.chat, kind);
        if (!ensured) return ensured.error();
        if (ensured->isRequest()) {
            if (auto taken = Strangers::takeUp(tx, message.chat); !taken) return taken.error();
        }
        const auto me = ChatStore(tx).ownParticipant(message.chat);
        if (!me) return me.error();
        if (*me) message.author.key = (*me)->key; // looks at once as it will when it is reflected
        const auto order = ArchiveStore(tx, archive).nextOrder();
        if (!order) return order.error();
        message.order = *order;
        const auto added = MessageStore(tx).add(message);
        if (!added) return added.error();
        if (auto read = ChatStore(tx).markRead(message.chat, added->row); !read) return read.error();
        return added->row;
    });
    return stored.then(this, [this, chat](const Result<qint64> &row) {
        if (row) flush(chat);
        return row;
    });
}

QFuture<Outcome> Outbox::retry(const ChatId &chat, qint64 row)
{
    auto moved = m_context.database.write(
        [row](Transaction &tx) { return move(tx, row, Delivery::Failed, Delivery::Waiting); });
    return moved.then(this, [this, chat, row](const Outcome &outcome) {
        m_inFlight.remove(row);
        m_settledSince.remove(row);
        flush(chat);
        return outcome;
    });
}

QFuture<Outcome> Outbox::discard(const ChatId &chat, qint64 row)
{
    // What has left cannot be called back by taking it from the list.
    if (m_inFlight.contains(row))
        return answered(Outcome(Error::Kind::InvalidInput, QStringLiteral("on-its-way")));
    return m_context.database.write([row, chat](Transaction &tx) -> Outcome {
        MessageStore messages(tx);
        const auto message = messages.byRow(row);
        if (!message) return message.error();
        const bool mayGo =
            *message && (*message)->chat == chat && (*message)->author.isMe
            && ((*message)->delivery == Delivery::Failed || (*message)->delivery == Delivery::Waiting);
        return mayGo ? messages.remove(row) : Outcome();
    });
}

void Outbox::release(const ChatId &chat, ChatKind kind, bool met)
{
    const bool isNew = !m_released.contains(chat.address);
    m_released.insert(chat.address, kind);
    if (isNew && met) takeBackWhatIsMissing(chat, kind);
    flush(chat);
    if (m_heldBy.remove(chat.address)) flush({}); // what is said to its people in private
}

// The server had it (XEP-0198), and the room did not: it was put out, or the server went down in between. Nothing of this
// session is on its way to it yet. Only where the archive is proven from before that message on: one that was switched on
// later says nothing.
void Outbox::takeBackWhatIsMissing(const ChatId &chat, ChatKind kind)
{
    auto moved = m_context.database.write(
        [chat, archive = m_context.archiveOf(chat.address, kind)](Transaction &tx) -> Outcome {
            const auto intervals = ArchiveStore(tx, archive).intervals();
            if (!intervals) return intervals.error();
            const auto newest = std::ranges::find_if_not(*intervals, &Interval::isGap);
            if (newest == intervals->cend()) return {};
            MessageStore messages(tx);
            const auto missing = messages.sentAbove(chat, newest->oldestOrder);
            if (!missing) return missing.error();
            for (const Message &message : *missing)
                if (auto done = move(tx, message.row, Delivery::Sent, Delivery::Waiting); !done) return done;
            return {};
        });
    Q_UNUSED(moved) // a full disk shows itself at the next message
}

void Outbox::holdAll()
{
    ++m_stream;
    m_released.clear();
    m_peopleReleased = false;
    m_heldBy.clear();
    m_inFlight.clear();
    m_settledSince.clear();
    m_withoutCopy.clear(); // catching up brings them
    Q_EMIT awaitsCopies(false);
}

// A copy is met by whoever stores it: live, from another device, or with a page of the archive.
void Outbox::follow(const QList<Change> &changes)
{
    if (m_withoutCopy.isEmpty()) return;
    for (const Change &change : changes) {
        if (const auto *changed = std::get_if<MessageChanged>(&change)) {
            const Delivery delivery = changed->message.delivery;
            if (delivery == Delivery::Archived || delivery == Delivery::Failed)
                m_withoutCopy.remove(changed->message.row);
        } else if (const auto *removed = std::get_if<MessageRemoved>(&change)) {
            m_withoutCopy.remove(removed->row);
        } else if (std::holds_alternative<ChatRemoved>(change)) {
            m_withoutCopy.clear();
        }
    }
    if (m_withoutCopy.isEmpty()) Q_EMIT awaitsCopies(false);
}

void Outbox::askForCopies()
{
    if (!m_withoutCopy.isEmpty()) Q_EMIT sentToPerson();
}

void Outbox::settle(qint64 row)
{
    m_inFlight.remove(row);
    if (m_reads > 0) m_settledSince.insert(row);
}

void Outbox::flush(const ChatId &chat)
{
    if (m_context.connection.state() != Connection::State::Live) return;
    // Read through the writer: what was enqueued a moment ago is there, in order.
    auto waiting = m_context.database.write(
        [account = m_context.account, chat](Transaction &tx) -> Result<QList<std::pair<Message, ChatKind>>> {
            const auto messages = MessageStore(tx).waiting(account, chat);
            if (!messages) return messages.error();
            QList<std::pair<Message, ChatKind>> found;
            for (const Message &message : *messages) {
                const auto stored = ChatStore(tx).find(message.chat);
                if (!stored) return stored.error();
                if (*stored) found.append({message, (*stored)->kind});
            }
            return found;
        });
    ++m_reads;
    whenDone(waiting, this, [this](const Result<QList<std::pair<Message, ChatKind>>> &found) {
        if (found)
            for (const auto &[message, kind] : *found)
                send(message, kind);
        if (--m_reads == 0) m_settledSince.clear();
    });
}

void Outbox::send(const Message &message, ChatKind kind)
{
    // Somebody in a room is reached only by who is in it, too.
    const Jid address = message.chat.address;
    const bool throughRoom = kind == ChatKind::Person && !address.isBare();
    const bool released = throughRoom                ? m_released.contains(address.bare())
                          : kind == ChatKind::Person ? m_peopleReleased
                                                     : m_released.contains(address);
    if (throughRoom && !released) m_heldBy.insert(address.bare());
    if (!released || m_inFlight.contains(message.row) || m_settledSince.contains(message.row)) return;
    if (m_context.connection.state() != Connection::State::Live) return;
    m_inFlight.insert(message.row);
    if (kind == ChatKind::Person) {
        // No reflection will come, and others may write meanwhile.
        m_withoutCopy.insert(message.row);
        Q_EMIT awaitsCopies(true);
    }
    OutgoingMessage out;
    out.to = message.chat.address;
    out.kind = kind;
    out.id = message.originId;
    out.body = message.body;
    out.threadId = message.threadId;
    out.replyTo = message.replyTo;
    out.mentions = message.mentions;
    whenDone(m_context.connection.sendMessage(out), this,
             [this, message, kind, stream = m_stream](const Outcome &outcome) {
                 if (stream == m_stream) acknowledged(message, kind, outcome);
             });
}

void Outbox::acknowledged(const Message &message, ChatKind kind, const Outcome &outcome)
{
    const Error error = outcome.error();
    if (error.kind == Error::Kind::ConnectionLost || error.kind == Error::Kind::Cancelled) {
        // Whether it arrived is not known: it stays Waiting, and the archive decides after the next login.
        m_inFlight.remove(message.row);
        return;
    }
    auto moved = m_context.database.write([row = message.row, error](Transaction &tx) {
        return move(tx, row, Delivery::Waiting, error ? Delivery::Failed : Delivery::Sent, error);
    });
    whenDone(moved, this, [this, row = message.row, kind, error](const Outcome &) {
        settle(row);
        if (!error && kind == ChatKind::Person) Q_EMIT sentToPerson();
    });
}

} // namespace Mingle
