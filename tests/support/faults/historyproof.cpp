// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faults/historyproof.h"

#include <algorithm>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr int wordsKept = 150;
}

void Findings::add(int *count, const QString &what)
{
    ++*count;
    if (words.size() < wordsKept) words.append(what);
}

// A message of mine may lie in the archive twice, where a stream broke before its acknowledgement; it is stored once.
struct HistoryProof::Stored {
    explicit Stored(const LocalCopy &local)
    {
        for (const Message &row : local.rows) {
            if (!row.archiveId.isEmpty()) archiveIds.insert(row.archiveId);
            if (row.author.isMe) mine.insert(row.originId);
        }
    }
    bool has(const ArchiveCopy::Entry &entry) const
    {
        return archiveIds.contains(entry.archiveId)
               || (!entry.originId.isEmpty() && mine.contains(entry.originId));
    }
    QSet<QString> archiveIds;
    QSet<QString> mine;
};

QString HistoryProof::describe(const Message &message) const
{
    return u"%1: row %2, order %3, delivery %4, archive id '%5', '%6'"_s.arg(m_name)
        .arg(message.row)
        .arg(message.order)
        .arg(int(message.delivery))
        .arg(message.archiveId, message.body.left(40));
}

void HistoryProof::always(const LocalCopy &local, Order order)
{
    if (local.error) return m_findings.add(&m_findings.others, m_name + u": "_s + local.error.text);
    intervals(local, Stored(local));
    rows(local, order);
}

void HistoryProof::intervals(const LocalCopy &local, const Stored &stored)
{
    const auto &entries = m_archive.entries();
    const Interval *newer = nullptr;
    for (const Interval &interval : local.intervals) {
        if (interval.isGap()) continue;
        const QString name = u"%1: interval %2 [%3 %4, %5 %6]"_s.arg(m_name)
                                 .arg(interval.row)
                                 .arg(interval.oldestId)
                                 .arg(interval.oldestOrder)
                                 .arg(interval.newestId)
                                 .arg(interval.newestOrder);
        if (newer && interval.newestOrder >= newer->oldestOrder)
            m_findings.add(&m_findings.others, name + u" overlaps "_s + QString::number(newer->row));
        newer = &interval;
        const qsizetype first = interval.reachesStart ? 0 : m_archive.place(interval.oldestId);
        const qsizetype last = m_archive.place(interval.newestId);
        if (first < 0 || last < first) {
            m_findings.add(&m_findings.others, name + u" has ends that the archive does not have so"_s);
            continue;
        }
        for (qsizetype i = first; i <= last; ++i) {
            if (entries[i].body.isEmpty() || stored.has(entries[i])) continue;
            m_findings.add(&m_findings.lost, name + u" lacks "_s + entries[i].archiveId + u' '
                                                 + entries[i].body + u" to "_s + entries[i].to);
        }
    }
}

void HistoryProof::rows(const LocalCopy &local, Order order)
{
    QHash<QString, qint64> byArchiveId;
    QHash<std::pair<QString, QString>, const Message *> byOrigin;
    qsizetype last = -1;
    const Message *before = nullptr;
    for (const Message &row : local.rows) {
        if (!row.originId.isEmpty()) {
            const std::pair author(row.chat.address.toString() + u'/'
                                       + (row.author.isMe ? u"me"_s : row.author.key),
                                   row.originId);
            if (const Message *other = byOrigin.value(author))
                m_findings.add(&m_findings.doubled,
                               describe(row) + u" is stored twice, also as "_s + describe(*other));
            byOrigin.insert(author, &row);
        }
        if (row.archiveId.isEmpty()) continue;
        if (byArchiveId.contains(row.archiveId))
            m_findings.add(&m_findings.doubled, describe(row) + u" has the archive id of another"_s);
        byArchiveId.insert(row.archiveId, row.row);
        const qsizetype place = m_archive.place(row.archiveId);
        if (place < 0) {
            m_findings.add(&m_findings.others, describe(row) + u" is not in the archive"_s);
            continue;
        }
        // Who a member of a channel is may be told a moment after what he has said.
        const bool isNameless = order == Order::Unsettled && row.author.nick.isEmpty();
        if (!isNameless) sender(row, m_archive.entries()[place]);
        // What is in no interval has no proven place: it moves when its page comes.
        const bool proven =
            order == Order::Closed || std::ranges::any_of(local.intervals, [&row](const Interval &i) {
                return row.order >= i.oldestOrder && row.order <= i.newestOrder;
            });
        if (order == Order::Unsettled || !proven) continue;
        if (place < last)
            m_findings.add(&m_findings.reordered, u"%1 (%2) stands above %3 (%4)"_s.arg(describe(row))
                                                      .arg(place)
                                                      .arg(describe(*before))
                                                      .arg(last));
        if (place > last) {
            last = place;
            before = &row;
        }
    }
}

// Bodies begin with the name of their author.
void HistoryProof::sender(const Message &message, const ArchiveCopy::Entry &entry)
{
    const QString who = message.body.section(u' ', 0, 0);
    const QString resource = entry.from.section(u'/', 1);
    bool same = message.body == entry.body && (message.originId == entry.originId || message.author.isMe);
    if (m_archive.kind() == ChatKind::Person)
        same &= message.author.address.local() == who && entry.from.startsWith(who + u'@');
    else if (m_archive.kind() == ChatKind::Muc)
        same &= message.author.nick == who && resource == who;
    else
        same &= message.author.nick == who && message.author.key == resource;
    if (!same)
        m_findings.add(&m_findings.others, describe(message) + u" by "_s + message.author.key + u'/'
                                               + message.author.nick + u" is another's: "_s + entry.from
                                               + u' ' + entry.originId + u' ' + entry.body);
}

bool HistoryProof::isOrdered(const LocalCopy &local) const
{
    qsizetype last = -1;
    for (const Message &row : local.rows) {
        if (row.archiveId.isEmpty()) continue;
        const qsizetype place = m_archive.place(row.archiveId);
        if (place < last) return false;
        last = place;
    }
    return true;
}

bool HistoryProof::isCaughtUp(const LocalCopy &local) const
{
    const Stored stored(local);
    const auto &entries = m_archive.entries();
    const auto newest = std::ranges::find_if(entries.rbegin(), entries.rend(),
                                             [](const auto &entry) { return !entry.body.isEmpty(); });
    if (newest == entries.rend()) return true;
    const auto first = std::ranges::find_if(local.intervals, [](const Interval &i) { return !i.isGap(); });
    const bool reaches = first != local.intervals.end()
                         && m_archive.place(first->newestId) >= m_archive.place(newest->archiveId);
    return reaches && stored.has(*newest);
}

void HistoryProof::caughtUp(const LocalCopy &local)
{
    if (!isCaughtUp(local))
        m_findings.add(&m_findings.lost,
                       m_name + u": the newest interval does not reach the end of the archive: "_s
                           + (local.intervals.isEmpty() ? u"none"_s : local.intervals.first().newestId)
                           + (local.rows.isEmpty() ? QString() : u", last "_s + describe(local.rows.last())));
    const Stored stored(local);
    const auto &entries = m_archive.entries();
    qsizetype next = 0; // row
    qint64 below = std::numeric_limits<qint64>::min(); // order of the row before the missing one
    QHash<QString, qint64> orders;
    for (const Message &row : local.rows)
        if (!row.archiveId.isEmpty()) orders.insert(row.archiveId, row.order);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        if (const auto order = orders.constFind(entries[i].archiveId); order != orders.cend()) below = *order;
        if (entries[i].body.isEmpty() || stored.has(entries[i])) continue;
        for (next = std::max(next, i); next < entries.size(); ++next)
            if (orders.contains(entries[next].archiveId)) break;
        const qint64 above = next < entries.size() ? orders.value(entries[next].archiveId)
                                                   : std::numeric_limits<qint64>::max();
        const bool seam = std::ranges::any_of(local.intervals, [below, above](const Interval &interval) {
            return !interval.reachesStart && interval.oldestOrder > below && interval.oldestOrder <= above;
        });
        if (!seam)
            m_findings.add(&m_findings.lost, u"%1: %2 '%3' is missing, and no seam says so"_s.arg(m_name).arg(
                                                 entries[i].archiveId, entries[i].body));
    }
}

void HistoryProof::whole(const LocalCopy &local)
{
    always(local, Order::Closed);
    const Stored stored(local);
    for (const auto &entry : m_archive.entries())
        if (!entry.body.isEmpty() && !stored.has(entry))
            m_findings.add(&m_findings.lost,
                           u"%1: %2 '%3' is missing"_s.arg(m_name).arg(entry.archiveId, entry.body));
    for (const Message &row : local.rows)
        if (row.archiveId.isEmpty() && row.delivery != Delivery::Failed)
            m_findings.add(&m_findings.others, describe(row) + u" did not meet its archived copy"_s);
}

} // namespace Mingle
