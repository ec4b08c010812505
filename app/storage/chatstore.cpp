// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/chatstore.h"

#include "storage/chatrow.h"
#include "storage/ledger.h"
#include "storage/statements.h"
#include "storage/transaction.h"

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
Error noChat(const ChatId &id)
{
    return Error{Error::Kind::NotFound, u"no-chat"_s, id.address.toString()};
}

// XEP-0313: rooms keep their own archive; what people say one to one lies in the account's.
Jid archiveAddress(const ChatId &id, ChatKind kind)
{
    return kind == ChatKind::Person ? id.account : id.address;
}

Result<Ledger::ChatEntry *> visible(Transaction &tx, const ChatId &id)
{
    const auto entry = tx.ledger().chat(id);
    if (!entry) return entry.error();
    if (!*entry || (*entry)->hidden) return noChat(id);
    return *entry;
}

// What is stored keeps the archive it came from, its ids mean nothing in another one.
Outcome changeKind(Transaction &tx, const ChatId &id, ChatKind kind)
{
    const auto entry = tx.ledger().chat(id);
    if (!entry) return entry.error();
    if (!*entry) return noChat(id);
    Ledger::ChatEntry &chat = **entry;
    if (chat.kind == kind) return {};
    const auto archive = tx.ledger().archive(id.account, archiveAddress(id, kind));
    if (!archive) return archive.error();
    Query query(tx.statements(), u"UPDATE chats SET kind = ?, archive = ? WHERE id = ?"_s);
    if (auto done = query.bind(kind, (*archive)->row, chat.row).run(); !done) return done;
    chat.kind = kind;
    chat.archive = (*archive)->row;
    tx.ledger().touch(chat);
    if (chat.highestOrder) return tx.ledger().place(chat, *chat.highestOrder); // new ones come after them
    return {};
}

Outcome countAgain(Transaction &tx, Ledger::ChatEntry &chat)
{
    // delivery 0: Received. flags & 4: MentionsMe.
    Query query(tx.statements(), u"SELECT count(*), count(CASE WHEN flags & 4 THEN 1 END) FROM messages "
                                 "WHERE chat = ? AND ord > ? AND delivery = 0"_s);
    query.bind(chat.row, *chat.readOrder);
    if (query.next()) {
        chat.unread = query.value<int>(0);
        chat.mentions = query.value<int>(1);
    }
    if (query.error()) return query.error();
    chat.dirty = true;
    tx.ledger().touch(chat);
    return {};
}

Outcome writeParticipant(Transaction &tx, qint64 chat, const Participant &participant)
{
    Query query(tx.statements(),
                u"INSERT INTO participants (chat, key, nick, address, standing, present, stable, is_me, "
                "avatar) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat, key) DO UPDATE SET nick = "
                "excluded.nick, "
                "address = excluded.address, standing = excluded.standing, present = excluded.present, "
                "stable = excluded.stable, is_me = excluded.is_me, avatar = excluded.avatar"_s);
    query.bind(chat, participant.key, participant.nick, participant.address.toString(), participant.standing,
               participant.present, participant.stableKey, participant.isMe, participant.avatar);
    return query.run();
}

// Who wrote was not known as he wrote: the list of members came later, or not at all the first time.
Outcome nameUnknownAuthors(Transaction &tx, const ChatId &id, const Ledger::ChatEntry &chat,
                           const QList<Participant> &participants)
{
    QHash<QString, qint64> unknown;
    {
        // One of a storm of presences is looked up by the key.
        const bool one = participants.size() == 1;
        const QString all = u"SELECT key, id FROM authors WHERE chat = ? AND nick = ''"_s;
        Query query(tx.statements(), one ? QString(all % u" AND key = ?") : all);
        one ? query.bind(chat.row, participants.first().key) : query.bind(chat.row);
        while (query.next())
            unknown.insert(query.value<QString>(0), query.value<qint64>(1));
        if (query.error()) return query.error();
    }
    for (const Participant &participant : participants) {
        const qint64 row = unknown.value(participant.key);
        if (row == 0 || participant.nick.isEmpty() || !participant.stableKey) continue;
        const auto known = tx.ledger().author(
            chat, {participant.key, participant.nick, participant.address, true, participant.isMe});
        if (!known) return known.error();
        Query query(tx.statements(), u"UPDATE messages SET author = ? WHERE chat = ? AND author = ?"_s);
        if (auto done = query.bind(*known, chat.row, row).run(); !done) return done;
        Query removed(tx.statements(), u"DELETE FROM authors WHERE id = ?"_s);
        if (auto done = removed.bind(row).run(); !done) return done;
        tx.note(HistoryChanged{id});
        tx.ledger().touch(chat);
    }
    return {};
}
} // namespace

Outcome ChatStore::require(const ChatId &id, ChatKind kind)
{
    if (id.isEmpty()) return Error{Error::Kind::InvalidAddress, {}, {}};
    Ledger &ledger = m_tx.ledger();
    const auto entry = ledger.chat(id);
    if (!entry) return entry.error();
    if (!*entry) {
        const auto owner = ledger.account(id.account);
        if (!owner) return owner.error();
        const auto archive = ledger.archive(id.account, archiveAddress(id, kind));
        if (!archive) return archive.error();
        Query query(m_tx.statements(), u"INSERT INTO chats (account, archive, address, kind, capabilities) "
                                       "VALUES (?, ?, ?, ?, ?)"_s);
        query.bind(*owner, (*archive)->row, id.address.toString(), kind, usualCapabilities(kind).toInt());
        if (auto done = query.run(); !done) return done;
        const auto made = ledger.chat(id);
        if (!made) return made.error();
        ledger.touch(**made);
    } else {
        Ledger::ChatEntry &chat = **entry;
        if (chat.hidden) {
            chat.hidden = false;
            chat.dirty = true;
            ledger.touch(chat);
        }
        return changeKind(m_tx, id, kind);
    }
    return {};
}

Result<Chat> ChatStore::ensure(const ChatId &id, ChatKind kind)
{
    if (auto there = require(id, kind); !there) return there.error();
    auto stored = find(id);
    if (!stored) return stored.error();
    if (!stored.value()) return Error{Error::Kind::Internal, u"no-chat"_s, {}};
    return *std::move(stored).value();
}

Result<std::optional<Chat>> ChatStore::find(const ChatId &id) const
{
    if (auto done = m_tx.ledger().flush(); !done) return done.error();
    return chatOfId(m_tx.statements(), id);
}

Result<QString> ChatStore::nick(const ChatId &id) const
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    return (*entry)->nick;
}

Result<std::optional<Requests>> ChatStore::requests(const ChatId &id) const
{
    const auto entry = m_tx.ledger().chat(id);
    if (!entry) return entry.error();
    if (!*entry || (*entry)->hidden) return std::optional<Requests>();
    return std::optional((*entry)->requests);
}

Result<QList<Chat>> ChatStore::all(const Jid &account) const
{
    if (auto done = m_tx.ledger().flush(); !done) return done.error();
    return chatsOf(m_tx.statements(), account);
}

Outcome ChatStore::update(const Chat &chat)
{
    const auto entry = visible(m_tx, chat.id);
    if (!entry) return entry.error();
    if (auto done = changeKind(m_tx, chat.id, chat.kind); !done) return done;
    Query query(m_tx.statements(),
                u"UPDATE chats SET name = ?, subject = ?, nick = ?, capabilities = ?, "
                u"autojoin = ?, listed = ?, traits = ?, "
                "description = ?, properties = ?, notify = ?, pinned = ?, invited_by = ?, invited_text = ?, "
                "invited_token = ?, invited_at = ?, rank = ?, untold = ?, requests = ?, ties = ?, avatar = "
                "?, own_name = ? "
                "WHERE id = ?"_s);
    query.bind(chat.name, chat.subject, chat.nick, chat.capabilities.toInt(), chat.autojoin, chat.listed,
               chat.traits, chat.description, chat.properties.toInt(), chat.notify, chat.pinned,
               chat.invitation.from.toString(), chat.invitation.text, chat.invitation.token,
               chat.invitation.isEmpty() ? 0 : chat.invitation.time.toMSecsSinceEpoch(), chat.rank,
               chat.untold.toInt(), chat.requests.toInt(), chat.ties.toInt(), chat.avatar, chat.ownName,
               (*entry)->row);
    if (auto done = query.run(); !done) return done;
    (*entry)->nick = chat.nick;
    (*entry)->requests = chat.requests;
    m_tx.ledger().touch(**entry);
    return {};
}

Result<bool> ChatStore::invite(const ChatId &id, ChatKind kind, const Invitation &invitation)
{
    constexpr int maxWaiting = 50; // strangers can send as many as they like
    const auto there = find(id);
    if (!there) return there.error();
    if (*there && (*there)->invitation.isEmpty()) return false;
    const auto row = chatRow(m_tx.statements(), id);
    if (!row) return row.error();
    Query query(m_tx.statements(), u"SELECT (SELECT decided FROM chats WHERE id = ?), "
                                   "(SELECT count(*) FROM chats WHERE invited_by <> '' AND hidden = 0)"_s);
    query.bind(*row);
    if (!query.next()) return query.error();
    const bool decided = query.value<qint64>(0) >= invitation.time.toMSecsSinceEpoch();
    const bool tooMany = !*there && query.value<int>(1) >= maxWaiting;
    if (decided || tooMany) return false;
    auto chat = ensure(id, kind);
    if (!chat) return chat.error();
    Chat invited = *chat;
    if (invited.invitation.time >= invitation.time && !invited.invitation.isEmpty()) return false;
    invited.invitation = invitation;
    invited.capabilities = {};
    invited.autojoin = false;
    invited.listed = false;
    if (auto done = update(invited); !done) return done.error();
    return true;
}

Outcome ChatStore::decide(const ChatId &id, const QDateTime &now)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    Query query(m_tx.statements(),
                u"UPDATE chats SET invited_by = '', invited_text = '', invited_token = '', "
                "invited_at = 0, decided = ? WHERE id = ?"_s);
    query.bind(now.toMSecsSinceEpoch(), (*entry)->row);
    if (auto done = query.run(); !done) return done;
    m_tx.ledger().touch(**entry);
    return {};
}

Outcome ChatStore::remove(const ChatId &id)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    Query query(m_tx.statements(),
                u"DELETE FROM participants WHERE chat = ?"_s); // they come anew with a join
    if (auto done = query.bind((*entry)->row).run(); !done) return done;
    // Kept on the server, and gone from there with the bookmark: what comes back begins as new.
    Query forgotten(m_tx.statements(), u"UPDATE chats SET notify = 0, pinned = 0, rank = 0, untold = 0, "
                                       "own_name = '', partner = '' WHERE id = ?"_s);
    if (auto done = forgotten.bind((*entry)->row).run(); !done) return done;
    (*entry)->hidden = true;
    (*entry)->dirty = true;
    m_tx.note(ChatRemoved{id});
    return {};
}

Outcome ChatStore::markRead(const ChatId &id, qint64 row)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    Ledger::ChatEntry &chat = **entry;
    qint64 order = 0;
    if (row == 0) {
        if (!chat.highestOrder) return {};
        order = *chat.highestOrder;
    } else {
        Query query(m_tx.statements(), u"SELECT ord FROM messages WHERE id = ? AND chat = ?"_s);
        query.bind(row, chat.row);
        if (query.next())
            order = query.value<qint64>(0);
        else if (query.error())
            return query.error();
        else
            return Error{Error::Kind::NotFound, u"no-message"_s, QString::number(row)};
    }
    if (chat.readOrder && order <= *chat.readOrder) return {};
    chat.readOrder = order;
    return countAgain(m_tx, chat);
}

Outcome ChatStore::continueFrom(const ChatId &id, const ChatId &former)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    const auto before = m_tx.ledger().chat(former);
    if (!before) return before.error();
    if (!*before) return noChat(former);
    if ((*entry)->kind == ChatKind::Person || (*before)->kind == ChatKind::Person)
        return Error{Error::Kind::InvalidInput, u"no-room"_s, {}};
    const auto chain = chatChain(m_tx.statements(), former);
    if (!chain) return chain.error();
    if (chain->contains((*entry)->row)) return Error{Error::Kind::InvalidInput, u"circle"_s, {}};
    Query query(m_tx.statements(), u"UPDATE chats SET continues = ? WHERE id = ?"_s);
    if (auto done = query.bind((*before)->row, (*entry)->row).run(); !done) return done;
    m_tx.ledger().touch(**entry);
    m_tx.note(HistoryChanged{id});
    return {};
}

Result<QString> ChatStore::setPartner(const ChatId &id, const QString &partner)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    Query before(m_tx.statements(), u"SELECT partner FROM chats WHERE id = ?"_s);
    before.bind((*entry)->row);
    const QString was = before.next() ? before.value<QString>(0) : QString();
    if (before.error()) return before.error();
    Query query(m_tx.statements(), u"UPDATE chats SET partner = ? WHERE id = ?"_s);
    if (auto done = query.bind(partner, (*entry)->row).run(); !done) return done.error();
    return was;
}

Result<QList<std::pair<Jid, QString>>> ChatStore::partners(const Jid &account) const
{
    Query query(m_tx.statements(),
                u"SELECT c.address, c.partner FROM chats c JOIN accounts a ON a.id = c.account "
                "WHERE a.address = ? AND c.kind = ? AND c.hidden = 0 AND c.address LIKE '%/%'"_s);
    query.bind(account.toString(), ChatKind::Person);
    QList<std::pair<Jid, QString>> found;
    while (query.next())
        found.append({Jid::trusted(query.value<QString>(0)), query.value<QString>(1)});
    if (query.error()) return query.error();
    return found;
}

Outcome ChatStore::setDraft(const ChatId &id, const QString &text)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    if (text.isEmpty()) {
        Query query(m_tx.statements(), u"DELETE FROM drafts WHERE chat = ?"_s);
        return query.bind((*entry)->row).run();
    }
    Query query(m_tx.statements(), u"INSERT OR REPLACE INTO drafts (chat, text) VALUES (?, ?)"_s);
    return query.bind((*entry)->row, text).run();
}

Outcome ChatStore::setParticipants(const ChatId &id, const QList<Participant> &participants)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    if (auto named = nameUnknownAuthors(m_tx, id, **entry, participants); !named) return named;
    const auto stored = participantsOf(m_tx.statements(), id);
    if (!stored) return stored.error();
    if (*stored == participants) return {}; // most joins bring the same people
    Query query(m_tx.statements(), u"DELETE FROM participants WHERE chat = ?"_s);
    if (auto done = query.bind((*entry)->row).run(); !done) return done;
    for (const Participant &participant : participants) {
        if (auto done = writeParticipant(m_tx, (*entry)->row, participant); !done) return done;
    }
    m_tx.note(ParticipantsChanged{id});
    return {};
}

Outcome ChatStore::putParticipant(const ChatId &id, const Participant &participant)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    if (auto named = nameUnknownAuthors(m_tx, id, **entry, {participant}); !named) return named;
    if (auto done = writeParticipant(m_tx, (*entry)->row, participant); !done) return done;
    m_tx.note(ParticipantsChanged{id});
    return {};
}

Outcome ChatStore::removeParticipant(const ChatId &id, const QString &key)
{
    const auto entry = visible(m_tx, id);
    if (!entry) return entry.error();
    Query query(m_tx.statements(), u"DELETE FROM participants WHERE chat = ? AND key = ?"_s);
    if (auto done = query.bind((*entry)->row, key).run(); !done) return done;
    if (query.changedRows() > 0) m_tx.note(ParticipantsChanged{id});
    return {};
}

Result<QList<Participant>> ChatStore::participants(const ChatId &id) const
{
    return participantsOf(m_tx.statements(), id);
}

Result<std::optional<Participant>> ChatStore::participantNamed(const ChatId &id, const QString &nick) const
{
    return Mingle::participantNamed(m_tx.statements(), id, nick);
}

Result<std::optional<Participant>> ChatStore::ownParticipant(const ChatId &id) const
{
    return ownParticipantOf(m_tx.statements(), id);
}

} // namespace Mingle
