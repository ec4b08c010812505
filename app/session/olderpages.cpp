// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/olderpages.h"

#include "core/futures.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
constexpr int roomPage = 100; // four screens
constexpr int personPage = 250; // what servers allow at most: the own archive holds all talks
constexpr int pagesPerRequest = 8; // of the own archive, until one holds something of the talk asked for

// The interval whose older end lies directly above the seam below this place; for the seam before everything the
// oldest that goes on. A gap only if there is none: what lies above a gap is come to from there.
std::optional<Interval> intervalAbove(const QList<Interval> &newestFirst, std::optional<qint64> order)
{
    std::optional<Interval> found, last;
    for (const Interval &interval : newestFirst) {
        if (interval.reachesStart || (order && interval.oldestOrder <= *order)) continue;
        found = interval;
        if (!interval.isGap()) last = interval;
    }
    return found && found->isGap() && last ? last : found;
}
} // namespace

OlderPages::OlderPages(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{}

QFuture<Result<Interval>> OlderPages::seamBelow(const ChatId &chat, ChatKind kind, qint64 row)
{
    return m_context.database.write(
        [archive = m_context.archiveOf(chat.address, kind), row](Transaction &tx) -> Result<Interval> {
            const auto intervals = ArchiveStore(tx, archive).intervals();
            if (!intervals) return intervals.error();
            std::optional<qint64> order;
            if (row) {
                const auto message = MessageStore(tx).byRow(row);
                if (!message) return message.error();
                if (*message) order = (*message)->order;
            }
            return intervalAbove(*intervals, order).value_or(Interval{});
        });
}

QFuture<Outcome> OlderPages::fetch(const ChatId &chat, ChatKind kind, const Interval &interval)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    goOn(chat, kind, pagesPerRequest, interval, promise);
    return promise->future();
}

void OlderPages::goOn(const ChatId &chat, ChatKind kind, int pagesLeft, const Interval &interval,
                      const Promise &promise)
{
    whenDone(fetchBelow(chat, kind, interval), this,
             [this, chat, kind, pagesLeft, interval, promise](const Result<PageStored> &stored) {
                 // Another page was quicker, and need not have held anything of this talk.
                 const bool isThere = stored && (stored->outdated ? stored->reachesStart : stored->metKnown);
                 const bool more =
                     stored && !isThere && stored->interval && !stored->chats.contains(chat) && pagesLeft > 1;
                 if (!more) {
                     promise->addResult(stored ? Outcome() : Outcome(stored.error()));
                     promise->finish();
                     return;
                 }
                 Interval next = interval;
                 next.row = stored->interval;
                 next.oldestId = stored->oldestId;
                 goOn(chat, kind, pagesLeft - 1, next, promise);
             });
}

QFuture<Result<PageStored>> OlderPages::fetchBelow(const ChatId &chat, ChatKind kind,
                                                   const Interval &interval)
{
    ArchiveQuery query;
    query.archive = m_context.archiveOf(chat.address, kind).archive;
    query.kind = kind;
    query.beforeId = interval.oldestId;
    query.limit = kind == ChatKind::Person ? personPage : roomPage;
    const PageRequest request{
        m_context.archiveOf(chat.address, kind), interval.row, interval.oldestId, 0, {}};
    return m_context.connection.archive()
        ->fetch(query)
        .then(this,
              [this, query](const Result<ArchivePage> &page) {
                  const bool expired = !page && page.error().kind == Error::Kind::NotFound;
                  return expired ? fetchByTime(query, page.error()) : answered(page);
              })
        .unwrap()
        .then(this,
              [this, request](const Result<ArchivePage> &page) {
                  return page ? PagePlacement::store(m_context.database, request, *page)
                              : answered(Result<PageStored>(page.error()));
              })
        .unwrap();
}

// An archive may forget its oldest messages, or have been set up anew: the id to go on from is unknown there, but not
// when that was. What is stored from that time is met again by its ids.
QFuture<Result<ArchivePage>> OlderPages::fetchByTime(ArchiveQuery query, const Error &expired)
{
    const ArchiveId archive{m_context.account, query.archive};
    auto found = m_context.database.write(
        [archive, id = query.beforeId](Transaction &tx) { return ArchiveStore(tx, archive).timeOf(id); });
    return found
        .then(this,
              [this, query, expired](const Result<QDateTime> &time) mutable {
                  if (!time || !time->isValid()) return answered(Result<ArchivePage>(expired));
                  query.beforeId.clear();
                  query.end = *time;
                  return m_context.connection.archive()->fetch(query);
              })
        .unwrap();
}

} // namespace Mingle
