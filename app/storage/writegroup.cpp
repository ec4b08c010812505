// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/writegroup.h"

#include "storage/ledger.h"
#include "storage/statements.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
Q_LOGGING_CATEGORY(logStorage, "mingle.storage")

// The first of a group waits for the last.
constexpr int maxWorks = 100;
constexpr qint64 maxMilliseconds = 10;
} // namespace

WriteGroup::WriteGroup(Statements &statements, ChangeFeed &feed)
    : m_statements(statements)
    , m_feed(feed)
    , m_tx(statements)
{}

void WriteGroup::run(const std::function<std::optional<Work>()> &next)
{
    auto work = next();
    if (!work) return;
    m_statements.clearFailure();
    if (const auto begun = m_statements.control(u"BEGIN IMMEDIATE"_s); !begun) {
        (*work)(nullptr, begun.error());
        return;
    }
    QElapsedTimer timer;
    timer.start();
    Outcome done;
    for (int i = 1; work; ++i) {
        done = runOne(*work);
        if (!done || i == maxWorks || timer.elapsed() >= maxMilliseconds) break;
        work = next();
    }
    if (done.ok()) done = commit();
    if (!done) (void)m_statements.control(u"ROLLBACK"_s); // SQLite may have done so by itself
    // Views hear of it before those who wrote do.
    if (const auto changes = done.ok() ? m_tx.takeChanges() : QList<Change>(); !changes.isEmpty())
        Q_EMIT m_feed.changed(changes);
    for (const auto &answer : std::as_const(m_answers))
        answer(done.error());
}

// Fails if the whole group is lost.
Outcome WriteGroup::runOne(const Work &work)
{
    if (const auto begun = m_statements.control(u"SAVEPOINT work"_s); !begun) {
        work(nullptr, begun.error());
        return begun;
    }
    const qsizetype changesBefore = m_tx.changeCount();
    const QSet<qint64> touchedBefore = m_tx.ledger().touched();
    m_tx.over = {};
    bool wanted = false;
    bool threw = false;
    try {
        wanted = work(&m_tx, {});
    } catch (...) {
        threw = true;
    }
    // What the ledger holds back must lie inside the savepoint.
    Error error = wanted ? m_tx.ledger().flush().error() : Error{};
    // A work that went on after, say, a full disk: nothing it did since has happened.
    if (!error) error = m_statements.failure();
    if (wanted && !error) error = m_statements.control(u"RELEASE work"_s).error();
    if (threw)
        m_answers.append(
            [work](const Error &) { work(nullptr, Error{Error::Kind::Internal, u"exception"_s, {}}); });
    else if (m_tx.over)
        m_answers.append([over = std::exchange(m_tx.over, {}), error](const Error &later) {
            over(error ? error : later);
        });
    if (wanted && !error) return {};
    const Outcome undone = undo(changesBefore, touchedBefore);
    return undone.ok() || !error ? undone : Outcome(error);
}

Outcome WriteGroup::undo(qsizetype changesBefore, const QSet<qint64> &touchedBefore)
{
    m_tx.ledger().undo(touchedBefore);
    m_tx.dropChanges(changesBefore);
    m_statements.clearFailure();
    // Fails where SQLite has already rolled back everything.
    if (auto done = m_statements.control(u"ROLLBACK TO work"_s); !done) return done;
    return m_statements.control(u"RELEASE work"_s);
}

Outcome WriteGroup::commit()
{
    if (auto settled = m_tx.ledger().settle(); !settled) return settled;
    if (auto done = m_statements.control(u"COMMIT"_s); !done) return done;
    if (m_tx.syncDemanded()) syncNow();
    return {};
}

// A commit under FULL flushes the log with everything before it. (The level cannot be changed within a
// transaction.)
void WriteGroup::syncNow()
{
    (void)m_statements.control(u"PRAGMA synchronous = FULL"_s);
    const auto synced = m_statements.control(u"UPDATE profile SET syncs = syncs + 1"_s);
    (void)m_statements.control(u"PRAGMA synchronous = NORMAL"_s);
    // What was committed is committed: saying that it failed would be wrong too.
    if (!synced)
        qCWarning(logStorage) << "not flushed to disk:" << synced.error().condition << synced.error().text;
}

} // namespace Mingle
