// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/pipeline.h"

#include "core/futures.h"
#include "storage/database.h"
#include "storage/transaction.h"

namespace Mingle {

namespace {
// A transaction this large takes some 20 ms; more would make the first message of a burst wait for the last.
constexpr qsizetype batchLimit = 1'000;

// No screen shows more often what is new; a transaction for each message of a burst costs five times as much.
constexpr qint64 frame = 16; // ms

// XEP-0313: a live message with the archive's id stands directly above what the archive gave before. It joins the
// newest interval, which only catch-up may have opened; where catch-up found nothing at all, it is the first of its
// archive.
Outcome extendNewest(Transaction &tx, const ArchiveId &archive, const Message &message)
{
    ArchiveStore store(tx, archive);
    auto intervals = store.intervals();
    if (!intervals) return intervals.error();
    intervals->removeIf([](const Interval &interval) { return interval.isGap(); });
    Interval newest;
    if (intervals->isEmpty()) {
        const auto sessionStart = store.placeForNewestPage();
        if (!sessionStart) return sessionStart.error();
        newest.oldestId = message.archiveId;
        newest.oldestOrder = std::min(*sessionStart, message.order);
        newest.reachesStart = true;
    } else if (intervals->first().newestOrder < message.order) {
        newest = intervals->first();
    } else {
        return {};
    }
    newest.newestId = message.archiveId;
    newest.newestOrder = message.order;
    auto row = store.put(newest);
    return row ? Outcome() : Outcome(row.error());
}
} // namespace

Pipeline::Pipeline(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Pipeline::flush);
}

void Pipeline::take(const IncomingMessage &message)
{
    m_queue.append(message);
    schedule();
}

void Pipeline::schedule()
{
    if (m_writes != 0 || m_queue.isEmpty() || m_timer.isActive()) return;
    const qint64 since = m_sinceWrite.isValid() ? m_sinceWrite.elapsed() : frame;
    m_timer.start(int(std::clamp<qint64>(frame - since, 0, frame)));
}

void Pipeline::setCaughtUp(const Jid &archive, bool caughtUp)
{
    if (caughtUp)
        m_caughtUp.insert(archive);
    else
        m_caughtUp.remove(archive);
}

void Pipeline::setLagging(const Jid &archive, bool lagging)
{
    if (m_lagging.contains(archive) == lagging) return;
    // What came before is stored as it was until now.
    if (lagging) {
        drain();
        m_lagging.insert(archive);
    } else {
        m_lagging.remove(archive);
    }
}

void Pipeline::flush()
{
    if (m_writes == 0 && !m_queue.isEmpty()) writeBatch();
}

void Pipeline::drain()
{
    while (!m_queue.isEmpty())
        writeBatch();
}

void Pipeline::writeBatch()
{
    ++m_writes;
    m_sinceWrite.start();
    QList<IncomingMessage> batch;
    if (m_queue.size() <= batchLimit) {
        batch.swap(m_queue);
    } else {
        batch = m_queue.first(batchLimit);
        m_queue.remove(0, batchLimit);
    }
    auto write =
        m_context.database.write([account = m_context.account, batch, caughtUp = m_caughtUp - m_lagging](
                                     Transaction &tx) { return applyAll(tx, account, batch, caughtUp); });
    whenDone(write, this, [this, batch](const Result<QList<Applied>> &result) { finish(batch, result); });
}

Result<QList<Applied>> Pipeline::applyAll(Transaction &tx, const Jid &account,
                                          const QList<IncomingMessage> &batch, const QSet<Jid> &caughtUp)
{
    QList<Applied> all;
    all.reserve(batch.size());
    QHash<Jid, Message> newest; // the last archived one of each archive: one interval update for the batch
    MessageApplier applier(tx, account);
    for (const IncomingMessage &message : batch) {
        auto applied = applier.apply(message);
        if (!applied) return applied.error();
        all.append(*applied);
        const Jid archive = message.kind == ChatKind::Person ? account : message.chat;
        const bool counts = applied->what != Applied::What::Nothing && !message.archiveId.isEmpty()
                            && applied->message.archiveId == message.archiveId;
        if (counts && caughtUp.contains(archive)) newest.insert(archive, applied->message);
    }
    for (const auto &[archive, message] : newest.asKeyValueRange()) {
        if (auto done = extendNewest(tx, {account, archive}, message); !done) return done.error();
    }
    return all;
}

void Pipeline::finish(const QList<IncomingMessage> &batch, const Result<QList<Applied>> &result)
{
    --m_writes;
    if (!result) {
        Q_EMIT failed(result.error());
    } else {
        for (qsizetype i = 0; i < batch.size(); ++i) {
            const Applied &applied = result->at(i);
            if (applied.what == Applied::What::Nothing) continue;
            const Message &message = applied.message;
            if (message.author.isMe) {
                if (message.delivery == Delivery::Archived || message.delivery == Delivery::Failed)
                    Q_EMIT settled(message.row);
            } else if (applied.what == Applied::What::Added
                       && batch[i].route == IncomingMessage::Route::Live) {
                Q_EMIT received(message);
            }
        }
    }
    schedule();
}

} // namespace Mingle
