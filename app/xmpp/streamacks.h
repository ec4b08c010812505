// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QList>

#include <memory>
#include <optional>

namespace Mingle {

/// The outgoing half of stream management (XEP-0198): what was sent and not acknowledged yet. QXmpp's own
/// would send old stanzas again after a failed resume, and believes any acknowledgement.
class StreamAcks
{
public:
    ~StreamAcks() { end(); }

    /// The server has enabled stream management on a new stream: counting begins with the next stanza.
    void begin();
    /// The stream is gone for good: whoever waits is told ConnectionLost.
    void end();
    bool isActive() const { return m_active; }

    /// A stanza goes out. Without stream management only a promise is remembered, for acknowledgeAll().
    void sent(const QByteArray &stanza, std::shared_ptr<QPromise<Outcome>> promise = {});
    /// The server handled h stanzas of this stream (XEP-0198 4). False: it cannot have, nothing was marked.
    [[nodiscard]] bool acknowledge(quint32 h);
    /// As acknowledge(), of a stream that could not be resumed: too high a count is worth nothing.
    void acknowledgeLast(quint32 h);
    /// Without stream management: all that was sent before some answer has arrived.
    void acknowledgeFirst(qsizetype count);

    /// In order; what a resumed stream sends again.
    QList<QByteArray> unacknowledged() const;
    qsizetype waiting() const { return m_queue.size(); }
    /// Somebody waits for an acknowledgement, or so much has gathered that one is due.
    bool wantsRequest() const;
    void requested() { m_requestedAt = m_sent; }

private:
    struct Entry {
        QByteArray stanza;
        std::shared_ptr<QPromise<Outcome>> promise;
    };
    void drop(qsizetype count, const Outcome &outcome);

    QList<Entry> m_queue;
    quint32 m_sent = 0; ///< modulo 2^32, like h
    quint32 m_acknowledged = 0;
    quint32 m_requestedAt = 0;
    int m_promises = 0;
    bool m_active = false;
};

} // namespace Mingle
