// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/archivestore.h"

#include "storage/ledger.h"
#include "storage/messagerow.h"
#include "storage/statements.h"
#include "storage/transaction.h"

#include <QTimeZone>

#include <algorithm>

namespace Mingle {

using namespace Qt::StringLiterals;

Result<qint64> ArchiveStore::nextOrder()
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    (*archive)->dirty = true;
    return (*archive)->highest += liveStep; // given once, even if nothing is stored there in the end
}

Outcome ArchiveStore::openGap()
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    (*archive)->floor = (*archive)->highest += roomForGap;
    (*archive)->dirty = true;
    return markGap();
}

Outcome ArchiveStore::raiseFloor()
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    if ((*archive)->highest <= (*archive)->floor) return {}; // nothing has come since
    (*archive)->floor = (*archive)->highest += roomForGap;
    (*archive)->dirty = true;
    return {};
}

Outcome ArchiveStore::markGap()
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    {
        Query query(
            m_tx.statements(),
            u"DELETE FROM intervals WHERE archive = ? AND oldest_id = '' AND newest_id = '' AND NOT EXISTS "
            "(SELECT 1 FROM chats c JOIN messages m ON m.chat = c.id WHERE c.archive = ? "
            "AND m.ord >= intervals.oldest_order)"_s);
        if (auto done = query.bind((*archive)->row, (*archive)->row).run(); !done) return done;
    }
    const qint64 place =
        (*archive)->floor - 1; // the newest page goes directly below the session's first message
    const auto row = put({0, {}, {}, place, place, false});
    return row ? Outcome() : Outcome(row.error());
}

Outcome ArchiveStore::dropGaps()
{
    const auto all = intervals();
    if (!all) return all.error();
    for (const Interval &interval : *all) {
        if (!interval.isGap()) continue;
        if (auto removed = remove(interval.row); !removed) return removed;
    }
    return {};
}

Result<qint64> ArchiveStore::placeForNewestPage()
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    return (*archive)->floor;
}

Result<QList<Interval>> ArchiveStore::intervals() const
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Query query(m_tx.statements(),
                u"SELECT id, oldest_id, newest_id, oldest_order, newest_order, reaches_start FROM intervals "
                "WHERE archive = ? ORDER BY newest_order DESC, id DESC"_s);
    query.bind((*archive)->row);
    QList<Interval> intervals;
    while (query.next()) {
        intervals.append({query.value<qint64>(0), query.value<QString>(1), query.value<QString>(2),
                          query.value<qint64>(3), query.value<qint64>(4), query.value<bool>(5)});
    }
    if (query.error()) return query.error();
    return intervals;
}

Result<qint64> ArchiveStore::put(const Interval &interval)
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    if (interval.newestOrder > (*archive)->highest) {
        (*archive)->highest = interval.newestOrder;
        (*archive)->dirty = true;
    }
    Query query(
        m_tx.statements(),
        interval.row == 0
            ? u"INSERT INTO intervals (oldest_id, newest_id, oldest_order, newest_order, "
              "reaches_start, archive) VALUES (?, ?, ?, ?, ?, ?)"_s
            : u"UPDATE intervals SET oldest_id = ?, newest_id = ?, oldest_order = ?, newest_order = ?, "
              "reaches_start = ? WHERE archive = ? AND id = ?"_s);
    query.bind(interval.oldestId, interval.newestId, interval.oldestOrder, interval.newestOrder,
               interval.reachesStart, (*archive)->row);
    if (interval.row != 0) query.add(interval.row);
    if (auto done = query.run(); !done) return done.error();
    if (interval.row != 0 && query.changedRows() == 0)
        return Error{Error::Kind::NotFound, u"no-interval"_s, QString::number(interval.row)};
    if (auto noted = noteHistory((*archive)->row); !noted) return noted.error();
    return interval.row != 0 ? interval.row : query.insertedRow();
}

Outcome ArchiveStore::remove(qint64 row)
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Query query(m_tx.statements(), u"DELETE FROM intervals WHERE archive = ? AND id = ?"_s);
    if (auto done = query.bind((*archive)->row, row).run(); !done) return done;
    if (query.changedRows() == 0) return Error{Error::Kind::NotFound, u"no-interval"_s, QString::number(row)};
    return noteHistory((*archive)->row);
}

Outcome ArchiveStore::extendNewest(const QString &archiveId, qint64 order)
{
    auto all = intervals();
    if (!all) return all.error();
    all->removeIf([](const Interval &interval) { return interval.isGap(); });
    Interval newest;
    if (all->isEmpty()) {
        const auto sessionStart = placeForNewestPage();
        if (!sessionStart) return sessionStart.error();
        newest.oldestId = archiveId;
        newest.oldestOrder = std::min(*sessionStart, order);
        newest.reachesStart = true;
    } else if (all->first().newestOrder < order) {
        newest = all->first();
    } else {
        return {};
    }
    newest.newestId = archiveId;
    newest.newestOrder = order;
    const auto row = put(newest);
    return row ? Outcome() : Outcome(row.error());
}

Outcome ArchiveStore::extendNewestOver(qint64 place)
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    QString id;
    qint64 order = 0;
    {
        Query query(m_tx.statements(),
                    u"SELECT m.archive_id, m.ord FROM chats c JOIN messages m ON m.id = (SELECT n.id FROM "
                    "messages n WHERE n.chat = c.id AND n.ord > ? AND n.archive = c.archive "
                    "ORDER BY n.ord DESC LIMIT 1) WHERE c.archive = ? ORDER BY m.ord DESC LIMIT 1"_s);
        query.bind(place, (*archive)->row);
        if (query.next()) {
            id = unpackId(query.variant(0));
            order = query.value<qint64>(1);
        }
        if (query.error()) return query.error();
    }
    return id.isEmpty() ? Outcome() : extendNewest(id, order);
}

Outcome ArchiveStore::retreatBelow(const QString &archiveId)
{
    const QVariant number = packId(archiveId);
    if (number.typeId() != QMetaType::LongLong) return {};
    const auto all = intervals();
    if (!all) return all.error();
    const auto newest = std::ranges::find_if_not(*all, &Interval::isGap);
    if (newest == all->cend()) return {};
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Interval shorter = *newest;
    {
        Query query(m_tx.statements(),
                    u"SELECT archive_id, ord FROM messages WHERE archive = ? AND archive_id < ? "
                    "ORDER BY archive_id DESC LIMIT 1"_s);
        query.bind((*archive)->row, number);
        if (query.next()) {
            shorter.newestId = unpackId(query.variant(0));
            shorter.newestOrder = query.value<qint64>(1);
        }
        if (query.error()) return query.error();
    }
    const bool inside =
        shorter.newestOrder >= newest->oldestOrder && shorter.newestOrder < newest->newestOrder;
    if (!inside) return {};
    const auto row = put(shorter);
    return row ? Outcome() : Outcome(row.error());
}

Result<QList<Message>> ArchiveStore::archivedWithin(qint64 lowest, qint64 highest) const
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Query query(m_tx.statements(),
                selectMessages()
                    + u"WHERE m.chat IN (SELECT id FROM chats WHERE archive = ?) AND m.ord BETWEEN ? AND ? "
                      "AND m.archive_id IS NOT NULL ORDER BY m.ord, m.id"_s);
    query.bind((*archive)->row, lowest, highest);
    return MessageReader(m_tx.statements()).all(query);
}

Result<std::optional<qint64>> ArchiveStore::nextAbove(qint64 order) const
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Query query(m_tx.statements(),
                u"SELECT min((SELECT n.ord FROM messages n WHERE n.chat = c.id AND n.ord > ? "
                "ORDER BY n.ord LIMIT 1)) FROM chats c WHERE c.archive = ?"_s);
    query.bind(order, (*archive)->row);
    std::optional<qint64> next;
    if (query.next() && !query.isNull(0)) next = query.value<qint64>(0);
    if (query.error()) return query.error();
    return next;
}

Result<bool> ArchiveStore::firstLook()
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Query query(m_tx.statements(), u"UPDATE archives SET looked = 1 WHERE id = ? AND looked = 0"_s);
    if (auto done = query.bind((*archive)->row).run(); !done) return done.error();
    return query.changedRows() > 0;
}

Result<QDateTime> ArchiveStore::timeOf(const QString &archiveId) const
{
    const auto archive = m_tx.ledger().archive(m_id.account, m_id.archive);
    if (!archive) return archive.error();
    Query query(m_tx.statements(), u"SELECT time FROM messages WHERE archive = ? AND archive_id = ?"_s);
    query.bind((*archive)->row, packId(archiveId));
    QDateTime time;
    if (query.next() && !query.isNull(0))
        time = QDateTime::fromMSecsSinceEpoch(query.value<qint64>(0), QTimeZone::UTC);
    if (query.error()) return query.error();
    return time;
}

Outcome ArchiveStore::noteHistory(qint64 archive)
{
    Query query(m_tx.statements(),
                u"SELECT address FROM chats WHERE archive = ? AND hidden = 0 ORDER BY id"_s);
    query.bind(archive);
    while (query.next())
        m_tx.note(HistoryChanged{{m_id.account, Jid::trusted(query.value<QString>(0))}});
    if (query.error()) return query.error();
    return {};
}

} // namespace Mingle
