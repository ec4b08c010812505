// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamacks.h"

namespace Mingle {

namespace {
// So many stanzas that nobody waits for may be under way before an acknowledgement is asked for.
constexpr quint32 quietStanzas = 16;
} // namespace

void StreamAcks::begin()
{
    end();
    m_active = true;
}

void StreamAcks::end()
{
    m_active = false;
    m_sent = m_acknowledged = m_requestedAt = 0;
    drop(m_queue.size(), Outcome(Error::Kind::ConnectionLost));
}

void StreamAcks::sent(const QByteArray &stanza, std::shared_ptr<QPromise<Outcome>> promise)
{
    if (!m_active && !promise) return;
    if (promise) ++m_promises;
    if (m_active) ++m_sent;
    m_queue.append({stanza, std::move(promise)});
}

bool StreamAcks::acknowledge(quint32 h)
{
    // Unsigned differences are right across the wrap at 2^32.
    const quint32 newly = h - m_acknowledged;
    if (!m_active || newly > m_sent - m_acknowledged) return false;
    m_acknowledged = h;
    drop(qsizetype(newly), Outcome());
    return true;
}

void StreamAcks::acknowledgeLast(quint32 h)
{
    Q_UNUSED(acknowledge(h));
}

void StreamAcks::acknowledgeFirst(qsizetype count)
{
    if (!m_active) drop(qMin(count, m_queue.size()), Outcome());
}

QList<QByteArray> StreamAcks::unacknowledged() const
{
    QList<QByteArray> stanzas;
    for (const Entry &entry : m_queue)
        stanzas << entry.stanza;
    return stanzas;
}

bool StreamAcks::wantsRequest() const
{
    const quint32 since = m_sent - m_requestedAt;
    return m_active && since > 0 && (m_promises > 0 || since >= quietStanzas);
}

void StreamAcks::drop(qsizetype count, const Outcome &outcome)
{
    // Answers may lead to new stanzas: take these out first.
    QList<Entry> done = m_queue.first(count);
    m_queue.remove(0, count);
    for (const Entry &entry : done)
        m_promises -= entry.promise ? 1 : 0;
    for (const Entry &entry : done) {
        if (!entry.promise) continue;
        entry.promise->addResult(outcome);
        entry.promise->finish();
    }
}

} // namespace Mingle
