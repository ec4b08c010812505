// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/messagestore.h"

#include "storage/ledger.h"
#include "storage/messagerow.h"
#include "storage/searchindex.h"
#include "storage/statements.h"
#include "storage/transaction.h"

#include <chrono>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// XEP-0313 archives carry whole seconds on some servers, and clocks of server and client differ a little.
constexpr std::chrono::milliseconds likelyRange = std::chrono::seconds(10);

Error noChat(const ChatId &id)
{
    return Error{Error::Kind::NotFound, u"no-chat"_s, id.address.toString()};
}

Error noMessage(qint64 row)
{
    return Error{Error::Kind::NotFound, u"no-message"_s, QString::number(row)};
}

QString insertStatement()
{
    const QStringList fields = messageFields();
    return u"INSERT INTO messages ("_s + fields.join(u", "_s) + u") VALUES (?"_s
           + u", ?"_s.repeated(fields.size() - 1) + u")"_s;
}

QString updateStatement()
{
    return u"UPDATE messages SET "_s + messageFields().join(u" = ?, "_s) + u" = ? WHERE id = ?"_s;
}

Outcome writeFailure(Statements &statements, const Message &message)
{
    if (!message.failure) {
        Query query(statements, u"DELETE FROM failures WHERE message = ?"_s);
        return query.bind(message.row).run();
    }
    Query query(statements,
                u"INSERT OR REPLACE INTO failures (message, kind, condition, text) VALUES (?, ?, ?, ?)"_s);
    return query.bind(message.row, message.failure.kind, message.failure.condition, message.failure.text)
        .run();
}
} // namespace

Result<Message> MessageStore::add(const Message &message)
{
    Ledger &ledger = m_tx.ledger();
    const auto found = ledger.chat(message.chat);
    if (!found) return found.error();
    Ledger::ChatEntry *chat = *found;
    if (!chat) return noChat(message.chat);
    const auto author = ledger.author(*chat, message.author);
    if (!author) return author.error();

    Message stored = message;
    static const QString insert = insertStatement();
    {
        Query query(m_tx.statements(), insert);
        query.bind();
        addMessageFields(query, message, chat->row, *author, chat->archive);
        if (auto done = query.run(); !done) return done.error();
        stored.row = query.insertedRow();
    }
    if (stored.failure) {
        if (auto done = writeFailure(m_tx.statements(), stored); !done) return done.error();
    }
    if (stored.delivery == Delivery::Waiting) m_tx.demandSync();

    if (auto done = ledger.place(*chat, stored.order); !done) return done.error();
    ledger.count(*chat, stored, +1);
    m_tx.note(MessageAdded{stored});
    return stored;
}

Outcome MessageStore::update(const Message &message)
{
    const auto stored = byRow(message.row);
    if (!stored) return stored.error();
    if (!stored.value()) return noMessage(message.row);
    const Message &before = *stored.value();
    if (before.chat != message.chat) return Error{Error::Kind::InvalidInput, u"other-chat"_s, {}};

    Ledger &ledger = m_tx.ledger();
    const auto found = ledger.chat(message.chat);
    if (!found) return found.error();
    Ledger::ChatEntry *chat = *found;
    if (!chat) return noChat(message.chat);
    const auto author = ledger.author(*chat, message.author);
    if (!author) return author.error();
    const auto archive = archiveFor(message, before, chat->archive);
    if (!archive) return archive.error();

    static const QString update = updateStatement();
    {
        Query query(m_tx.statements(), update);
        query.bind();
        addMessageFields(query, message, chat->row, *author, *archive);
        if (auto done = query.add(message.row).run(); !done) return done;
    }
    if (message.failure || before.failure) {
        if (auto done = writeFailure(m_tx.statements(), message); !done) return done;
    }
    if (message.delivery == Delivery::Waiting) m_tx.demandSync();

    if (auto done = indexAgain(before, message, chat->row, *author); !done) return done;
    ledger.count(*chat, before, -1);
    if (message.order != before.order) {
        if (auto left = ledger.leave(*chat, before.order); !left) return left;
        if (auto done = ledger.place(*chat, message.order); !done) return done;
    }
    ledger.count(*chat, message, +1);
    m_tx.note(MessageChanged{message});
    return {};
}

// A new message is indexed with others later (Indexer); one that is in the index must not be there as it was.
Outcome MessageStore::indexAgain(const Message &before, const Message &after, qint64 chat, qint64 author)
{
    SearchIndex index(m_tx.statements());
    if (before.time != after.time) {
        const qint64 time = after.time.isValid() ? after.time.toMSecsSinceEpoch() : 0;
        if (auto done = index.move(after.row, time); !done) return done;
    }
    qint64 authorBefore = author;
    if (before.author != after.author) {
        const auto entry = m_tx.ledger().chat(chat);
        if (!entry) return entry.error();
        const auto found = m_tx.ledger().author(**entry, before.author);
        if (!found) return found.error();
        authorBefore = *found;
    }
    return index.replace(after.row, SearchDocument::of(before, chat, authorBefore),
                         SearchDocument::of(after, chat, author));
}

// A chat that turned out to be a room has another archive since; an id given before stays an id of the old
// one.
Result<qint64> MessageStore::archiveFor(const Message &message, const Message &before, qint64 current) const
{
    if (message.archiveId.isEmpty() || message.archiveId != before.archiveId) return current;
    Query query(m_tx.statements(), u"SELECT archive FROM messages WHERE id = ?"_s);
    query.bind(message.row);
    if (query.next()) return query.value<qint64>(0);
    if (query.error()) return query.error();
    return current;
}

Outcome MessageStore::remove(qint64 row)
{
    const auto stored = byRow(row);
    if (!stored) return stored.error();
    if (!stored.value()) return noMessage(row);
    const Message &message = *stored.value();
    const auto chat = m_tx.ledger().chat(message.chat);
    if (!chat) return chat.error();
    if (!*chat) return noChat(message.chat);
    const auto author = m_tx.ledger().author(**chat, message.author);
    if (!author) return author.error();
    if (auto done = SearchIndex(m_tx.statements())
                        .replace(row, SearchDocument::of(message, (*chat)->row, *author), {});
        !done)
        return done;
    Query query(m_tx.statements(), u"DELETE FROM messages WHERE id = ?"_s);
    if (auto done = query.bind(row).run(); !done) return done;
    if (auto left = m_tx.ledger().leave(**chat, message.order); !left) return left;
    m_tx.ledger().count(**chat, message, -1);
    m_tx.note(MessageRemoved{message.chat, row});
    return {};
}

Result<std::optional<Message>> MessageStore::byRow(qint64 row) const
{
    Query query(m_tx.statements(), selectMessages() + u"WHERE m.id = ?"_s);
    query.bind(row);
    return MessageReader(m_tx.statements()).first(query);
}

Result<std::optional<Message>> MessageStore::byArchiveId(const ChatId &chat, const QString &archiveId) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry || archiveId.isEmpty()) return std::optional<Message>();
    Query query(m_tx.statements(), u"SELECT id FROM messages WHERE archive = ? AND archive_id = ?"_s);
    query.bind((*entry)->archive, packId(archiveId));
    return firstOf(query);
}

// Mostly nothing is found, and QtSql takes longer to look at a row's columns, before there is one, than SQLite to search.
Result<std::optional<Message>> MessageStore::firstOf(Query &rows) const
{
    if (rows.next()) return byRow(rows.value<qint64>(0));
    if (rows.error()) return rows.error();
    return std::optional<Message>();
}

// Each branch is one step into an index. The plus signs keep SQLite from walking through the whole chat
// instead, in the hope of an early hit: mostly there is none. An id attribute that equals another id is
// stored only as a flag (8 and 16, see MessageFlag).
Result<std::optional<Message>> MessageStore::newestWith(IdKind kind, const ChatId &chat, const QString &id,
                                                        const std::optional<QString> &authorKey) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry || id.isEmpty()) return std::optional<Message>();
    const qint64 row = (*entry)->row;
    const QString candidates =
        kind == IdKind::Origin
            ? u"SELECT id FROM messages WHERE chat = ? AND origin_id = ?"_s
            : u"SELECT id FROM messages WHERE chat = ? AND stanza_id = ? UNION ALL "
              "SELECT id FROM messages WHERE chat = ? AND origin_id = ? AND flags & 8 UNION ALL "
              "SELECT id FROM messages WHERE archive = ? AND archive_id = ? AND flags & 16"_s;
    const QString authorCondition = authorKey ? u"w.key = ?"_s : u"w.is_me = 1"_s;
    Query query(m_tx.statements(),
                u"SELECT m.id FROM messages m JOIN authors w ON w.id = m.author WHERE m.id IN ("_s
                    + candidates + u") AND +m.chat = ? AND "_s + authorCondition
                    + u" ORDER BY +m.ord DESC, m.id DESC LIMIT 1"_s);
    const QVariant packed = packId(id);
    query.bind(row, packed);
    if (kind == IdKind::Stanza) query.add(row, packed, (*entry)->archive, packed);
    query.add(row);
    if (authorKey) query.add(*authorKey);
    return firstOf(query);
}

Result<std::optional<Message>> MessageStore::byOriginId(const ChatId &chat, const QString &authorKey,
                                                        const QString &originId) const
{
    return newestWith(IdKind::Origin, chat, originId, authorKey);
}

Result<std::optional<Message>> MessageStore::byStanzaId(const ChatId &chat, const QString &authorKey,
                                                        const QString &stanzaId) const
{
    return newestWith(IdKind::Stanza, chat, stanzaId, authorKey);
}

Result<std::optional<Message>> MessageStore::mine(const ChatId &chat, const QString &originOrStanzaId) const
{
    auto found = newestWith(IdKind::Origin, chat, originOrStanzaId, {});
    if (!found || found.value()) return found;
    return newestWith(IdKind::Stanza, chat, originOrStanzaId, {});
}

Result<std::optional<Message>> MessageStore::likely(const Message &message) const
{
    const auto entry = m_tx.ledger().chat(message.chat);
    if (!entry) return entry.error();
    if (!*entry || !message.time.isValid()) return std::optional<Message>();
    const qint64 time = message.time.toMSecsSinceEpoch();
    Query query(m_tx.statements(), u"SELECT m.id FROM messages m JOIN authors w ON w.id = m.author "
                                   "WHERE m.chat = ? AND m.archive_id IS NULL "
                                   "AND m.time BETWEEN ? AND ? AND w.key = ? AND m.body = ? AND m.id <> ? "
                                   "ORDER BY abs(m.time - ?), m.ord, m.id LIMIT 1"_s);
    query.bind((*entry)->row, time - likelyRange.count(), time + likelyRange.count(), message.author.key,
               message.body, message.row, time);
    return firstOf(query);
}

Result<QList<Message>> MessageStore::sentAbove(const ChatId &chat, qint64 order) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry) return QList<Message>();
    Query query(m_tx.statements(),
                selectMessages()
                    + u"WHERE m.chat = ? AND m.archive_id IS NULL AND m.delivery = 2 AND m.ord > ? "
                      "ORDER BY m.ord, m.id"_s);
    query.bind((*entry)->row, order);
    return MessageReader(m_tx.statements()).all(query);
}

Result<bool> MessageStore::hasArchivedAbove(const ChatId &chat, qint64 order) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry) return false;
    Query query(m_tx.statements(),
                u"SELECT 1 FROM messages WHERE chat = ? AND ord > ? AND archive_id IS NOT NULL LIMIT 1"_s);
    query.bind((*entry)->row, order);
    const bool found = query.next();
    if (query.error()) return query.error();
    return found;
}

Result<std::optional<Message>> MessageStore::newest(const ChatId &chat) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry) return std::optional<Message>();
    Query query(m_tx.statements(),
                u"SELECT id FROM messages WHERE chat = ? ORDER BY ord DESC, id DESC LIMIT 1"_s);
    query.bind((*entry)->row);
    return firstOf(query);
}

Result<bool> MessageStore::hasMine(const ChatId &chat) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry) return false;
    Query query(m_tx.statements(),
                u"SELECT 1 FROM messages WHERE chat = ? AND delivery <> 0 AND flags & 0xf00 = 0 LIMIT 1"_s);
    query.bind((*entry)->row);
    const bool found = query.next();
    if (query.error()) return query.error();
    return found;
}

Result<QList<Message>> MessageStore::waiting(const Jid &account, const ChatId &chat) const
{
    const auto owner = m_tx.ledger().account(account);
    if (!owner) return owner.error();
    qint64 only = 0;
    if (!chat.isEmpty()) {
        const auto entry = m_tx.ledger().chat(chat);
        if (!entry) return entry.error();
        if (!*entry) return QList<Message>();
        only = (*entry)->row;
    }
    // delivery = 1 must stand here as a literal, else the partial index is not used.
    Query query(m_tx.statements(),
                selectMessages()
                    + u"JOIN chats c ON c.id = m.chat WHERE m.delivery = 1 AND c.account = ? "
                      "AND (? = 0 OR m.chat = ?) ORDER BY m.chat, m.ord, m.id"_s);
    query.bind(*owner, only, only);
    return MessageReader(m_tx.statements()).all(query);
}

} // namespace Mingle
