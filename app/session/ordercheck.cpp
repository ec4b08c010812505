// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ordercheck.h"

#include "session/pipeline.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
// Of a server that hands over a queue; a slow one gets a second look.
constexpr std::chrono::seconds settlingTimes[]{std::chrono::seconds(2), std::chrono::seconds(5)};
} // namespace

OrderCheck::OrderCheck(const SessionContext &context, Pipeline &pipeline, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_pipeline(pipeline)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OrderCheck::look);
}

void OrderCheck::begin(bool resumed)
{
    if (resumed) {
        m_pipeline.drain();
        m_caughtUp.unite(m_pipeline.caughtUp());
        m_pipeline.forgetCaughtUp();
    } else {
        m_caughtUp.clear(); // all are being caught up
        m_seen.clear();
    }
    m_looks = 0;
    m_timer.start(settlingTimes[0]);
}

void OrderCheck::saw(const IncomingMessage &message)
{
    if (!m_timer.isActive()) return;
    m_seen.insert(message.kind == ChatKind::Person ? m_context.account : message.chat, message.kind);
}

void OrderCheck::roomLeft(const Jid &room)
{
    m_caughtUp.remove(room);
    m_seen.remove(room);
}

void OrderCheck::look()
{
    // While the line is down it waits for the next begin().
    if (m_context.connection.state() != Connection::State::Live) return;
    const auto seen = std::exchange(m_seen, {});
    const auto before = std::exchange(m_caughtUp, {});
    for (const Jid &archive : before)
        if (!seen.contains(archive)) m_pipeline.setCaughtUp(archive, true);
    for (const auto &[archive, kind] : seen.asKeyValueRange())
        Q_EMIT wanted(archive, kind);
    Q_EMIT over();
    if (++m_looks < int(std::size(settlingTimes))) m_timer.start(settlingTimes[m_looks]);
}

} // namespace Mingle
