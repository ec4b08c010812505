// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/messageapplier.h"
#include "session/sessioncontext.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Mingle {

/// Takes messages as they come live and writes them in their order, at most one transaction in a frame: a burst
/// costs few commits and a single message is stored at once. Session thread.
class Pipeline : public QObject
{
    Q_OBJECT
public:
    Pipeline(const SessionContext &context, QObject *parent);

    void take(const IncomingMessage &message);
    /// Hands all that came to the writer at once: what is written from now on comes after it.
    void drain();
    /// Archives whose newest interval live messages may extend.
    void setCaughtUp(const Jid &archive, bool caughtUp);
    bool isCaughtUp(const Jid &archive) const { return m_caughtUp.contains(archive); }
    const QSet<Jid> &caughtUp() const { return m_caughtUp; }
    void forgetCaughtUp() { m_caughtUp.clear(); }
    /// Something of mine lies in this archive that no live message will tell of: until it was fetched, none may
    /// pass over it.
    void setLagging(const Jid &archive, bool lagging);

Q_SIGNALS:
    /// A live message of somebody else was stored.
    void received(const Mingle::Message &message);
    /// One of mine was archived or refused: it waits no longer.
    void settled(qint64 row);
    /// It could not be stored. What came is lost here and must be fetched again.
    void failed(const Mingle::Error &error);

private:
    void schedule();
    void flush();
    void writeBatch();
    static Result<QList<Applied>> applyAll(Transaction &tx, const Jid &account,
                                           const QList<IncomingMessage> &batch, const QSet<Jid> &caughtUp);
    void finish(const QList<IncomingMessage> &batch, const Result<QList<Applied>> &result);

    SessionContext m_context;
    QList<IncomingMessage> m_queue;
    QSet<Jid> m_caughtUp;
    QSet<Jid> m_lagging;
    int m_writes = 0; ///< under way
    QTimer m_timer;
    QElapsedTimer m_sinceWrite;
};

} // namespace Mingle
