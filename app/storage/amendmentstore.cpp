// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/amendmentstore.h"

#include "storage/ledger.h"
#include "storage/messagerow.h"
#include "storage/statements.h"
#include "storage/transaction.h"

namespace Mingle {

using namespace Qt::StringLiterals;

Result<bool> AmendmentStore::add(const ChatId &chat, const Amendment &amendment)
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry) return Error{Error::Kind::NotFound, u"no-chat"_s, chat.address.toString()};
    const auto known = isKnown((*entry)->row, amendment);
    if (!known) return known.error();
    if (*known) return false;
    Query query(
        m_tx.statements(),
        u"INSERT INTO amendments (chat, kind, target, author_key, by_moderator, ord, archive_id, stanza_id, "
        "body, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s);
    query.bind((*entry)->row, amendment.kind, packId(amendment.target), amendment.authorKey,
               amendment.byModerator, amendment.order, packId(amendment.archiveId),
               packId(amendment.stanzaId), amendment.body, packMentions(amendment.mentions));
    if (auto done = query.run(); !done) return done.error();
    return true;
}

Result<bool> AmendmentStore::isKnown(qint64 chat, const Amendment &amendment) const
{
    // By the archive's id, or by the author's own where one of the two copies has no other.
    Query query(
        m_tx.statements(),
        u"SELECT archive_id, stanza_id FROM amendments WHERE chat = ? AND target = ? AND kind = ? AND "
        "author_key = ?"_s);
    query.bind(chat, packId(amendment.target), amendment.kind, amendment.authorKey);
    bool known = false;
    while (query.next()) {
        const QString archiveId = unpackId(query.variant(0));
        if (!archiveId.isEmpty() && !amendment.archiveId.isEmpty())
            known |= archiveId == amendment.archiveId;
        else
            known |= !amendment.stanzaId.isEmpty() && unpackId(query.variant(1)) == amendment.stanzaId;
    }
    if (query.error()) return query.error();
    return known;
}

Result<QList<Amendment>> AmendmentStore::of(const ChatId &chat, const QStringList &ids) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    QList<Amendment> amendments;
    if (!*entry) return amendments;
    for (const QString &id : ids) {
        if (id.isEmpty()) continue;
        Query query(m_tx.statements(),
                    u"SELECT kind, author_key, by_moderator, ord, archive_id, stanza_id, body, mentions "
                    "FROM amendments WHERE chat = ? AND target = ? ORDER BY ord"_s);
        query.bind((*entry)->row, packId(id));
        while (query.next()) {
            Amendment amendment;
            amendment.kind = query.value<Amendment::Kind>(0);
            amendment.target = id;
            amendment.authorKey = query.value<QString>(1);
            amendment.byModerator = query.value<bool>(2);
            amendment.order = query.value<qint64>(3);
            amendment.archiveId = unpackId(query.variant(4));
            amendment.stanzaId = unpackId(query.variant(5));
            amendment.body = query.value<QString>(6);
            amendment.mentions = unpackMentions(query.value<QByteArray>(7));
            amendments.append(amendment);
        }
        if (query.error()) return query.error();
    }
    return amendments;
}

Result<bool> AmendmentStore::isMessage(const ChatId &chat, const QString &id) const
{
    const auto entry = m_tx.ledger().chat(chat);
    if (!entry) return entry.error();
    if (!*entry) return false;
    // Stored once where two ids are the same (MessageFlag).
    Query query(m_tx.statements(),
                u"SELECT 1 FROM messages WHERE chat = ? AND stanza_id = ? "
                "UNION ALL SELECT 1 FROM messages WHERE chat = ? AND origin_id = ? AND flags & 8 "
                "UNION ALL SELECT 1 FROM messages WHERE archive = ? AND archive_id = ? AND +chat = ? "
                "LIMIT 1"_s);
    const QVariant packed = packId(id);
    const qint64 row = (*entry)->row;
    query.bind(row, packed, row, packed, (*entry)->archive, packed, row);
    const bool found = query.next();
    if (query.error()) return query.error();
    return found;
}

} // namespace Mingle
