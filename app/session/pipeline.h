// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/messageapplier.h"
#include "session/sessioncontext.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Mingle {

/// Takes messages as they come live and writes them in their order, at most one transaction in a frame: a burst
/// costs few commits and a single message is stored at once. What cannot be written (a full disk) is kept in memory for
/// retry(); a message that is itself the reason is left out. Session thread.
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
    /// What comes in this archive comes in the wrong order: the same until it was looked at.
    void setDisordered(const Jid &archive, bool disordered);
    /// One of these, or what came could not be stored: no live message may join what the archive gave.
    bool isHoldingBack(const Jid &archive) const
    {
        return m_lagging.contains(archive) || m_disordered.contains(archive) || m_missed.contains(archive);
    }

    /// Writing failed: what comes is kept in memory, as much as is sensible.
    bool isHeld() const { return m_held; }
    /// Tries to write what was kept; recovered() or failed() follows.
    void retry();
    /// The archives of what was kept, or had no room: something may be missing there, and no live message passes over
    /// it, until they are taken from here and caught up.
    QHash<Jid, ChatKind> takeMissed();
    /// All archives are about to be caught up: of what was kept, only what no archive has still counts.
    void leaveToArchives();

Q_SIGNALS:
    /// A live message of somebody else was stored. request: a stranger's, who waits.
    void received(const Mingle::Message &message, bool request);
    /// One of mine was archived or refused: it waits no longer.
    void settled(qint64 row);
    /// It could not be stored: nothing more is written until retry(). Told after each try.
    void failed(const Mingle::Error &error);
    /// What was kept is stored, as far as there was room for it.
    void recovered();

private:
    void schedule();
    void flush();
    void writeBatch();
    static Result<QList<Applied>> applyAll(Transaction &tx, const Jid &account,
                                           const QList<IncomingMessage> &batch, const QSet<Jid> &caughtUp);
    void finish(const QList<IncomingMessage> &batch, const Result<QList<Applied>> &result);
    void announce(const QList<IncomingMessage> &batch, const QList<Applied> &all);
    void putBack(const QList<IncomingMessage> &batch, const Error &error);
    void hold(const Error &error);
    void hold(QSet<Jid> &archives, const Jid &archive, bool back);
    void miss(const IncomingMessage &message);
    void trim();

    SessionContext m_context;
    QList<IncomingMessage> m_queue;
    QSet<Jid> m_caughtUp;
    QSet<Jid> m_lagging;
    QSet<Jid> m_disordered;
    int m_writes = 0; ///< under way
    QList<IncomingMessage>
        m_returned; ///< could not be written; goes before the queue when no write is under way
    Error m_failure; ///< of the last of these
    QHash<Jid, ChatKind> m_missed;
    qsizetype m_untrimmed = 0; ///< characters that came since trim()
    qsizetype m_oneByOne = 0; ///< so many at the head of the queue hold one that cannot be stored
    bool m_held = false;
    bool m_retrying = false;
    QTimer m_timer;
    QElapsedTimer m_sinceWrite;
};

} // namespace Mingle
