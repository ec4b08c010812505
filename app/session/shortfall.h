// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "session/sessioncontext.h"

#include <QHash>
#include <QObject>

namespace Mingle {

class HistorySync;
class Pipeline;

/// What was received and could not be stored. Tries again, at longer and longer intervals or when the person asks for
/// it, and has the archives concerned caught up as soon as writing works: nothing that came becomes a gap nobody knows
/// of. Session thread.
class Shortfall : public QObject
{
    Q_OBJECT
public:
    Shortfall(const SessionContext &context, Pipeline &pipeline, const HistorySync &history, QObject *parent);

    /// None: all that came is stored.
    const Error &error() const { return m_error; }
    void retryNow();
    /// A stream is up; before anything else is done with it.
    void begin(bool resumed);
    /// What HistorySync says of an archive.
    void caughtUp(const Jid &archive, ChatKind kind, const Error &error);

Q_SIGNALS:
    /// After each try that failed, and with None when all is well again.
    void changed(const Mingle::Error &error);
    /// This archive is to be caught up.
    void wanted(const Mingle::Jid &archive, Mingle::ChatKind kind);

private:
    void failed(const Error &error);
    void ask();
    void settle();

    SessionContext m_context;
    Pipeline &m_pipeline;
    const HistorySync &m_history;
    QHash<Jid, ChatKind> m_pages; ///< archives of which a page could not be stored
    Error m_error;
    bool m_due = false; ///< archives are to be asked as soon as none is being asked
    int m_tries = 0; ///< in a row
    int m_alarm = 0; ///< a timer set for an earlier one does nothing
};

} // namespace Mingle
