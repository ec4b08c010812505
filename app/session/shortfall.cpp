// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/shortfall.h"

#include "core/ports.h"
#include "session/historysync.h"
#include "session/pipeline.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
// A disk that is full stays so until somebody does something; one that was locked for a moment does not.
std::chrono::seconds delayOf(int tries)
{
    return std::chrono::seconds(std::min(60, 1 << std::min(tries, 6)));
}
} // namespace

Shortfall::Shortfall(const SessionContext &context, Pipeline &pipeline, const HistorySync &history,
                     QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_pipeline(pipeline)
    , m_history(history)
{
    connect(&pipeline, &Pipeline::failed, this, &Shortfall::failed);
    connect(&pipeline, &Pipeline::recovered, this, [this] {
        m_due = true;
        ask();
        settle();
    });
    // A catch-up under way may have passed the place already: the next one is a new look.
    connect(&history, &HistorySync::progressed, this, &Shortfall::ask);
}

void Shortfall::failed(const Error &error)
{
    m_error = error;
    m_context.clock.after(delayOf(m_tries++), this, [this, alarm = ++m_alarm] {
        if (alarm == m_alarm) retryNow();
    });
    Q_EMIT changed(error);
}

void Shortfall::retryNow()
{
    if (!m_error) return;
    ++m_alarm;
    if (m_pipeline.isHeld()) return m_pipeline.retry();
    m_due = true;
    ask();
}

void Shortfall::begin(bool resumed)
{
    if (!resumed) { // everything is asked for now
        m_pipeline.leaveToArchives();
        m_pages.clear();
        m_due = false;
        settle();
    }
    // Later in this turn: whoever else hears of the stream comes first.
    QMetaObject::invokeMethod(this, &Shortfall::ask, Qt::QueuedConnection);
}

void Shortfall::caughtUp(const Jid &archive, ChatKind kind, const Error &error)
{
    if (error.kind == Error::Kind::Storage) {
        m_pages.insert(archive, kind);
        failed(error);
    } else if (m_pages.remove(archive)) {
        settle();
    }
}

void Shortfall::ask()
{
    if (!m_due || m_history.isBusy() || m_context.connection.state() != Connection::State::Live) return;
    m_due = false;
    auto archives = m_pipeline.takeMissed();
    archives.insert(m_pages);
    for (const auto &[archive, kind] : archives.asKeyValueRange())
        Q_EMIT wanted(archive, kind);
}

void Shortfall::settle()
{
    if (!m_error || m_pipeline.isHeld() || !m_pages.isEmpty()) return;
    m_error = {};
    m_tries = 0;
    ++m_alarm;
    Q_EMIT changed(m_error);
}

} // namespace Mingle
