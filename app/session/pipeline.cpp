// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/pipeline.h"

#include "core/futures.h"
#include "storage/database.h"
#include "storage/transaction.h"

#include <QLoggingCategory>

namespace Mingle {

namespace {
Q_LOGGING_CATEGORY(logPipeline, "mingle.pipeline")

// What is kept while nothing can be stored; the archives have the rest.
constexpr qsizetype keptMessages = 20'000;
constexpr qsizetype keptCharacters = 16'000'000;

// A constraint that does not hold or a value that is too large, or an exception: no disk is to blame, and trying the same
// again would stop everything behind it.
bool isOfTheMessage(const Error &error)
{
    if (error.kind != Error::Kind::Storage) return true;
    constexpr int tooBig = 18, constraint = 19, mismatch = 20, range = 25; // sqlite.org/rescode.html
    const int code = error.condition.toInt() & 0xff;
    return code == tooBig || code == constraint || code == mismatch || code == range;
}

// A transaction this large takes some 20 ms; more would make the first message of a burst wait for the last.
constexpr qsizetype batchLimit = 1'000;

// No screen shows more often what is new; a transaction for each message of a burst costs five times as much.
constexpr qint64 frame = 16; // ms
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
    if (m_held) {
        miss(message);
        m_untrimmed += message.body.size();
        // It looks at all that is kept.
        if (m_queue.size() % 256 == 0 || m_untrimmed > keptCharacters / 8) trim();
    }
    schedule();
}

void Pipeline::schedule()
{
    if (m_held || m_writes != 0 || m_queue.isEmpty() || m_timer.isActive()) return;
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
    hold(m_lagging, archive, lagging);
}

void Pipeline::setDisordered(const Jid &archive, bool disordered)
{
    hold(m_disordered, archive, disordered);
}

void Pipeline::hold(QSet<Jid> &archives, const Jid &archive, bool back)
{
    if (archives.contains(archive) == back) return;
    // What came before is stored as it was until now.
    if (back) {
        drain();
        archives.insert(archive);
    } else {
        archives.remove(archive);
    }
}

void Pipeline::flush()
{
    if (!m_held && m_writes == 0 && !m_queue.isEmpty()) writeBatch();
}

void Pipeline::drain()
{
    while (!m_held && !m_queue.isEmpty())
        writeBatch();
}

void Pipeline::writeBatch()
{
    ++m_writes;
    m_sinceWrite.start();
    const qsizetype limit = m_oneByOne > 0 ? 1 : batchLimit;
    if (m_oneByOne > 0) --m_oneByOne;
    QList<IncomingMessage> batch;
    if (m_queue.size() <= limit) {
        batch.swap(m_queue);
    } else {
        batch = m_queue.first(limit);
        m_queue.remove(0, limit);
    }
    QSet<Jid> caughtUp = m_caughtUp - m_lagging - m_disordered;
    for (auto archive = m_missed.keyBegin(); archive != m_missed.keyEnd(); ++archive)
        caughtUp.remove(*archive);
    auto write = m_context.database.write([account = m_context.account, batch, caughtUp](Transaction &tx) {
        return applyAll(tx, account, batch, caughtUp);
    });
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
    // XEP-0313: a live message with the archive's id stands directly above what the archive gave before. It joins the
    // newest interval, which only catch-up may have opened; where that found nothing at all, it is the first.
    for (const auto &[archive, message] : newest.asKeyValueRange()) {
        ArchiveStore store(tx, {account, archive});
        if (auto done = store.extendNewest(message.archiveId, message.order); !done) return done.error();
    }
    return all;
}

void Pipeline::finish(const QList<IncomingMessage> &batch, const Result<QList<Applied>> &result)
{
    --m_writes;
    if (!result)
        putBack(batch, result.error());
    else
        announce(batch, *result);
    if (m_writes == 0 && !m_returned.isEmpty()) {
        m_queue = std::exchange(m_returned, {}) + m_queue;
        if (m_failure) return hold(std::exchange(m_failure, {}));
    }
    if (m_retrying && m_writes == 0) {
        m_retrying = false;
        drain();
        Q_EMIT recovered();
    }
    schedule();
}

void Pipeline::announce(const QList<IncomingMessage> &batch, const QList<Applied> &all)
{
    for (qsizetype i = 0; i < batch.size(); ++i) {
        const Applied &applied = all.at(i);
        if (applied.what == Applied::What::Nothing) continue;
        const Message &message = applied.message;
        if (message.author.isMe) {
            if (message.delivery == Delivery::Archived || message.delivery == Delivery::Failed)
                Q_EMIT settled(message.row);
        } else if (applied.what == Applied::What::Added && batch[i].route == IncomingMessage::Route::Live) {
            Q_EMIT received(message, applied.request);
        }
    }
}

// -- when the disk is full

void Pipeline::putBack(const QList<IncomingMessage> &batch, const Error &error)
{
    if (!isOfTheMessage(error)) {
        m_failure = error;
    } else if (batch.size() == 1) {
        qCWarning(logPipeline) << "one message cannot be stored:" << error.condition << error.text;
        return;
    } else {
        m_oneByOne = m_returned.size() + batch.size();
        m_retrying = true;
    }
    m_returned += batch;
    // What comes now may be written before these are.
    for (const IncomingMessage &message : batch)
        miss(message);
}

void Pipeline::hold(const Error &error)
{
    m_held = true;
    m_retrying = false;
    m_timer.stop();
    for (const IncomingMessage &message : std::as_const(m_queue))
        miss(message);
    trim();
    Q_EMIT failed(error);
}

void Pipeline::retry()
{
    if (!m_held || m_writes != 0) return;
    m_held = false;
    m_retrying = true;
    if (!m_queue.isEmpty()) return writeBatch();
    m_retrying = false;
    Q_EMIT recovered();
}

void Pipeline::miss(const IncomingMessage &message)
{
    if (message.kind == ChatKind::Person)
        m_missed.insert(m_context.account, ChatKind::Person);
    else
        m_missed.insert(message.chat, message.kind);
}

void Pipeline::trim()
{
    m_untrimmed = 0;
    qsizetype characters = 0;
    qsizetype kept = 0;
    while (kept < m_queue.size() && kept < keptMessages && characters < keptCharacters)
        characters += m_queue[m_queue.size() - ++kept].body.size();
    m_queue.remove(0, m_queue.size() - kept);
    m_oneByOne = std::min(m_oneByOne, m_queue.size());
}

QHash<Jid, ChatKind> Pipeline::takeMissed()
{
    for (auto archive = m_missed.keyBegin(); archive != m_missed.keyEnd(); ++archive)
        m_caughtUp.remove(*archive);
    return std::exchange(m_missed, {});
}

void Pipeline::leaveToArchives()
{
    m_missed.clear();
    if (!m_held) return;
    m_queue.removeIf([](const IncomingMessage &message) { return !message.archiveId.isEmpty(); });
    m_oneByOne = 0;
}

} // namespace Mingle
