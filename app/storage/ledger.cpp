// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/ledger.h"

#include "storage/chatrow.h"
#include "storage/statements.h"
#include "storage/transaction.h"

namespace Mingle {

using namespace Qt::StringLiterals;

Result<qint64> Ledger::account(const Jid &address)
{
    if (const auto it = m_accounts.constFind(address); it != m_accounts.cend()) return *it;
    Query query(m_tx.statements(), u"SELECT id FROM accounts WHERE address = ?"_s);
    query.bind(address.toString());
    if (query.next()) return *m_accounts.insert(address, query.value<qint64>(0));
    if (query.error()) return query.error();
    return qint64(0);
}

Result<Ledger::ArchiveEntry *> Ledger::archive(const Jid &account, const Jid &address)
{
    const auto owner = this->account(account);
    if (!owner) return owner.error();
    if (*owner == 0) return Error{Error::Kind::NotFound, u"no-account"_s, account.toString()};
    qint64 row = 0;
    {
        Query query(m_tx.statements(), u"SELECT id FROM archives WHERE account = ? AND address = ?"_s);
        query.bind(*owner, address.toString());
        if (query.next()) row = query.value<qint64>(0);
        if (query.error()) return query.error();
    }
    if (row == 0) {
        Query query(m_tx.statements(), u"INSERT INTO archives (account, address) VALUES (?, ?)"_s);
        if (auto done = query.bind(*owner, address.toString()).run(); !done) return done.error();
        row = query.insertedRow();
    }
    return archive(row);
}

Result<Ledger::ArchiveEntry *> Ledger::archive(qint64 row)
{
    if (const auto it = m_archives.find(row); it != m_archives.end()) return &it->second;
    Query query(m_tx.statements(), u"SELECT highest, floor FROM archives WHERE id = ?"_s);
    query.bind(row);
    if (query.next())
        return &(m_archives[row] = ArchiveEntry{row, query.value<qint64>(0), query.value<qint64>(1), false});
    if (query.error()) return query.error();
    return Error{Error::Kind::Internal, u"no-archive"_s, QString::number(row)};
}

Result<Ledger::ChatEntry *> Ledger::chat(const ChatId &id)
{
    if (const auto it = m_chatRows.constFind(id); it != m_chatRows.cend()) return &m_chats[*it];
    return loadChat(u"a.address = ? AND c.address = ?"_s, {id.account.toString(), id.address.toString()});
}

Result<Ledger::ChatEntry *> Ledger::chat(qint64 row)
{
    if (const auto it = m_chats.find(row); it != m_chats.end()) return &it->second;
    return loadChat(u"c.id = ?"_s, {row});
}

Result<Ledger::ChatEntry *> Ledger::loadChat(const QString &condition, const QList<QVariant> &values)
{
    ChatEntry entry;
    {
        Query query(m_tx.statements(), u"SELECT c.id, c.archive, c.hidden, c.read_order, c.unread, "
                                       u"c.mentions, a.address, c.address, c.kind, "
                                       "c.nick, c.requests "
                                       "FROM chats c JOIN accounts a ON a.id = c.account WHERE "_s
                                           + condition);
        query.bind();
        for (const QVariant &value : values)
            query.add(value);
        if (!query.next()) {
            if (query.error()) return query.error();
            return static_cast<ChatEntry *>(nullptr);
        }
        entry.row = query.value<qint64>(0);
        entry.archive = query.value<qint64>(1);
        entry.hidden = query.value<bool>(2);
        if (!query.isNull(3)) entry.readOrder = query.value<qint64>(3);
        entry.unread = query.value<int>(4);
        entry.mentions = query.value<int>(5);
        entry.id = {Jid::trusted(query.value<QString>(6)), Jid::trusted(query.value<QString>(7))};
        entry.kind = query.value<ChatKind>(8);
        entry.nick = query.value<QString>(9);
        entry.requests = Requests::fromInt(query.value<int>(10));
    }
    if (auto loaded = loadHighest(entry); !loaded) return loaded.error();
    m_chatRows.insert(entry.id, entry.row);
    return &(m_chats[entry.row] = entry);
}

Outcome Ledger::loadHighest(ChatEntry &entry)
{
    Query query(m_tx.statements(), u"SELECT max(ord) FROM messages WHERE chat = ?"_s);
    query.bind(entry.row);
    entry.highestOrder.reset();
    if (query.next() && !query.isNull(0)) entry.highestOrder = query.value<qint64>(0);
    if (query.error()) return query.error();
    return {};
}

Result<qint64> Ledger::author(const ChatEntry &chat, const Author &author)
{
    const auto known = std::pair(chat.row, author.key);
    if (const auto it = m_authors.constFind(known); it != m_authors.cend() && it->author == author)
        return it->row;
    qint64 row = 0;
    {
        Query query(m_tx.statements(),
                    u"SELECT id FROM authors WHERE chat = ? AND key = ? AND nick = ? AND address = ? "
                    "AND stable = ? AND is_me = ?"_s);
        query.bind(chat.row, author.key, author.nick, author.address.toString(), author.stable, author.isMe);
        if (query.next()) row = query.value<qint64>(0);
        if (query.error()) return query.error();
    }
    if (row == 0) {
        Query query(
            m_tx.statements(),
            u"INSERT INTO authors (chat, key, nick, address, stable, is_me) VALUES (?, ?, ?, ?, ?, ?)"_s);
        query.bind(chat.row, author.key, author.nick, author.address.toString(), author.stable, author.isMe);
        if (auto done = query.run(); !done) return done.error();
        row = query.insertedRow();
    }
    m_authors.insert(known, {row, author});
    return row;
}

Outcome Ledger::place(ChatEntry &chat, qint64 order)
{
    const auto entry = archive(chat.archive);
    if (!entry) return entry.error();
    if (order > (*entry)->highest) {
        (*entry)->highest = order;
        (*entry)->dirty = true;
    }
    if (!chat.highestOrder || order >= *chat.highestOrder)
        chat.highestOrder = order;
    else
        m_tx.note(HistoryChanged{chat.id});
    return {};
}

Outcome Ledger::leave(ChatEntry &chat, qint64 order)
{
    return chat.highestOrder == order ? loadHighest(chat) : Outcome();
}

void Ledger::count(ChatEntry &chat, const Message &message, int sign)
{
    touch(chat);
    if (!chat.isUnread(message)) return;
    chat.unread += sign;
    if (message.mentionsMe) chat.mentions += sign;
    chat.dirty = true;
}

Outcome Ledger::flush()
{
    for (auto &[row, entry] : m_archives) {
        if (!entry.dirty) continue;
        Query query(m_tx.statements(), u"UPDATE archives SET highest = ?, floor = ? WHERE id = ?"_s);
        if (auto done = query.bind(entry.highest, entry.floor, row).run(); !done) return done;
        entry.dirty = false;
    }
    for (auto &[row, entry] : m_chats) {
        if (!entry.dirty) continue;
        Query query(m_tx.statements(),
                    u"UPDATE chats SET hidden = ?, read_order = ?, unread = ?, mentions = ? WHERE id = ?"_s);
        query.bind(entry.hidden, entry.readOrder ? QVariant(*entry.readOrder) : QVariant(), entry.unread,
                   entry.mentions, row);
        if (auto done = query.run(); !done) return done;
        entry.dirty = false;
    }
    return {};
}

Outcome Ledger::settle()
{
    if (auto done = flush(); !done) return done;
    QList<qint64> rows(m_touched.cbegin(), m_touched.cend());
    std::sort(rows.begin(), rows.end());
    m_touched.clear();
    for (const qint64 row : std::as_const(rows)) {
        auto chat = chatOfRow(m_tx.statements(), row);
        if (!chat) return chat.error();
        if (chat.value()) m_tx.note(ChatChanged{*std::move(chat).value()});
    }
    return {};
}

void Ledger::forget()
{
    m_archives.clear();
    m_chats.clear();
    m_accounts.clear();
    m_chatRows.clear();
    m_authors.clear();
}

} // namespace Mingle
