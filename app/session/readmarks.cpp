// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/readmarks.h"

#include "core/futures.h"
#include "core/ports.h"
#include "session/pipeline.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
// Who reads a busy room moves on with every message; but two windows side by side are in step within a second.
constexpr auto tellingDelay = std::chrono::milliseconds(500);
constexpr qsizetype maxKnown = 10'000; // more chats than anybody has
constexpr int searchedBelow = 50; // messages, for one that can be named to others

// 4.2: only what others have sent should be named, and only what the archive has can be.
bool canBeNamed(const Message &message)
{
    return message.delivery == Delivery::Received && !message.archiveId.isEmpty();
}
} // namespace

ReadMarks::ReadMarks(const SessionContext &context, Pipeline &pipeline, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_pipeline(pipeline)
    , m_history(context.database)
{
    connect(&context.connection, &Connection::readMarkChanged, this, &ReadMarks::take);
}

void ReadMarks::beginSession()
{
    ++m_session;
    m_known.clear();
    m_corrected.clear();
    m_complete.clear();
    m_asked = m_refused = false;
    whenDone(m_context.connection.readMarks(), this,
             [this, session = m_session](const Result<QList<ReadMark>> &marks) {
                 // Without an answer nothing is told: it could be a step back.
                 if (session != m_session || !marks) return;
                 m_asked = true;
                 for (const ReadMark &mark : *marks)
                     if (!m_known.contains(mark.chat)
                         && m_known.size() < maxKnown) // else a later event has come
                         m_known.insert(mark.chat, {mark.by, mark.archiveId, {}});
                 apply(openMarks({}));
                 tellWaiting();
             });
}

// -- what other devices have read

void ReadMarks::take(const ReadMark &mark)
{
    const auto known = m_known.constFind(mark.chat);
    if (known == m_known.cend() && m_known.size() >= maxKnown) return;
    if (known != m_known.cend() && known->archiveId == mark.archiveId) return; // the echo of our own
    m_known.insert(mark.chat, {mark.by, mark.archiveId, {}});
    apply({mark});
}

void ReadMarks::archiveGrew(const Jid &archive, bool complete)
{
    if (complete) m_complete.insert(archive);
    apply(openMarks(archive));
    tellOf(archive);
}

void ReadMarks::messageStored(const Message &message)
{
    const auto known = m_known.constFind(message.chat.address);
    if (known == m_known.cend() || known->order || known->archiveId != message.archiveId) return;
    apply({{message.chat.address, known->by, known->archiveId}});
}

/// Marks whose message has not been seen yet, of one archive or of all.
QList<ReadMark> ReadMarks::openMarks(const Jid &archive) const
{
    QList<ReadMark> marks;
    for (const auto &[chat, known] : m_known.asKeyValueRange())
        if (!known.order && (archive.isEmpty() || known.by == archive))
            marks.append({chat, known.by, known.archiveId});
    return marks;
}

void ReadMarks::apply(const QList<ReadMark> &marks)
{
    if (marks.isEmpty()) return;
    m_pipeline.drain(); // the message may have come just before its mark
    auto done = m_context.database.write(
        [account = m_context.account, marks](Transaction &tx) { return applyAll(tx, account, marks); });
    whenDone(done, this, [this, session = m_session](const Result<QHash<Jid, Found>> &found) {
        if (found && session == m_session) applied(*found);
    });
}

Result<QHash<Jid, ReadMarks::Found>> ReadMarks::applyAll(Transaction &tx, const Jid &account,
                                                         const QList<ReadMark> &marks)
{
    QHash<Jid, Found> all;
    ChatStore chats(tx);
    const MessageStore messages(tx);
    const auto stored = chats.all(account);
    if (!stored) return stored.error();
    QHash<Jid, Chat> byAddress;
    for (const Chat &chat : *stored)
        byAddress.insert(chat.id.address, chat);
    for (const ReadMark &mark : marks) {
        const auto chat = byAddress.constFind(mark.chat);
        if (chat == byAddress.cend()) continue;
        // The ids of another archive mean nothing here.
        if (mark.by != (chat->isRoom() ? chat->id.address : account)) continue;
        const auto message = messages.byArchiveId(chat->id, mark.archiveId);
        if (!message) return message.error();
        if (!*message) continue; // 5.1: ignored until it is here
        const auto here = messages.byRow(chat->readUpTo);
        if (!here) return here.error();
        Found found{mark.archiveId, (*message)->order, 0};
        if (*here && (*here)->order > (*message)->order)
            found.further = chat->readUpTo;
        else if (auto read = chats.markRead(chat->id, (*message)->row); !read)
            return read.error();
        all.insert(mark.chat, found);
    }
    return all;
}

void ReadMarks::applied(const QHash<Jid, Found> &found)
{
    for (const auto &[chat, one] : found.asKeyValueRange()) {
        const auto known = m_known.find(chat);
        if (known == m_known.end() || known->archiveId != one.archiveId) continue;
        known->order = one.order;
        // Read here while there was no connection, or two devices told at once and the slower one won. Only once: the
        // other one may see it differently.
        if (one.further && !m_corrected.contains(chat))
            lookBelow(m_context.chat(chat), one.further, known->by, true);
    }
    tellWaiting();
}

// -- what is read here

void ReadMarks::markRead(const ChatId &chat, qint64 row)
{
    using Read = std::pair<Chat, Message>;
    auto written = m_context.database.write([chat, row](Transaction &tx) -> Result<Read> {
        ChatStore chats(tx);
        if (auto read = chats.markRead(chat, row); !read) return read.error();
        const auto stored = chats.find(chat);
        if (!stored) return stored.error();
        if (!*stored) return Error{Error::Kind::NotFound, {}, {}};
        const auto message = MessageStore(tx).byRow(row ? row : (*stored)->readUpTo);
        if (!message) return message.error();
        return Read(**stored, message->value_or(Message()));
    });
    whenDone(written, this, [this](const Result<Read> &read) {
        // If it fails the next one is as good.
        if (!read || !read->second.row) return;
        noteRead(read->second, m_context.archiveOf(read->first.id.address, read->first.kind).archive, false);
    });
}

void ReadMarks::noteRead(const Message &message, const Jid &archive, bool correcting)
{
    if (canBeNamed(message))
        tellSoon(message.chat.address, {archive, message.archiveId, message.order, correcting});
    else
        lookBelow(message.chat, message.row, archive, correcting);
}

// The newest message at or below this row that can be named to other devices.
void ReadMarks::lookBelow(const ChatId &chat, qint64 row, const Jid &archive, bool correcting)
{
    whenDone(m_history.around(chat, row, 2 * searchedBelow), this,
             [this, row, archive, correcting](const Result<MessagePage> &page) {
                 if (!page) return;
                 const Message *found = nullptr;
                 for (const Message &message : page->messages) {
                     if (canBeNamed(message)) found = &message;
                     if (message.row == row) break;
                 }
                 // The first look into an archive takes as read what nobody has read; it lies below the first session.
                 const bool isOld = correcting && found && found->order < ArchiveStore::roomForGap;
                 if (found && !isOld) noteRead(*found, archive, correcting);
             });
}

void ReadMarks::tellSoon(const Jid &chat, Position position)
{
    const auto waiting = m_toTell.constFind(chat);
    const bool scheduled = waiting != m_toTell.cend();
    if (scheduled && waiting->order >= position.order) return;
    position.due = scheduled && waiting->due;
    m_toTell.insert(chat, position);
    if (scheduled) return;
    m_context.clock.after(tellingDelay, this, [this, chat] { tell(chat); });
}

void ReadMarks::tell(const Jid &chat)
{
    const auto waiting = m_toTell.find(chat);
    if (waiting == m_toTell.end()) return;
    waiting->due = true;
    if (!m_asked || m_refused) return;
    if (m_context.connection.state() != Connection::State::Live) return;
    const Position position = *waiting;
    const Known known = m_known.value(chat);
    const bool isNew = known.archiveId.isEmpty() || known.by != position.by;
    // What the server names may still be on its way to us.
    if (!isNew && !known.order && known.archiveId != position.archiveId && !m_complete.contains(position.by))
        return;
    m_toTell.remove(chat);
    if (!isNew && (known.archiveId == position.archiveId || known.order >= position.order)) return;
    if (position.correcting) m_corrected.insert(chat);
    m_known.insert(chat, {position.by, position.archiveId, position.order});
    whenDone(m_context.connection.putReadMark({chat, position.by, position.archiveId}), this,
             [this, chat, position, session = m_session](const Outcome &outcome) {
                 if (outcome) return;
                 const auto kind = outcome.error().kind;
                 if (kind == Error::Kind::ConnectionLost)
                     tellSoon(chat, position); // the next session shows whether it got there
                 else if (kind != Error::Kind::Timeout && session == m_session)
                     m_refused = true;
             });
}

void ReadMarks::tellOf(const Jid &archive)
{
    const auto waiting = m_toTell;
    for (const auto &[chat, position] : waiting.asKeyValueRange())
        if (position.due && (archive.isEmpty() || position.by == archive)) tell(chat);
}

void ReadMarks::tellNow()
{
    const auto chats = m_toTell.keys();
    for (const Jid &chat : chats)
        tell(chat);
}

} // namespace Mingle
