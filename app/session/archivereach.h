// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/sessioncontext.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

namespace Mingle {

/// How far the history of each archive was proven when the line was last down, so that a new session need not fetch again
/// what is stored (XEP-0313 4.1.2, "start"). Only a hint: our clock may be wrong, and the id may have no time. Session thread.
class ArchiveReach : public QObject
{
    Q_OBJECT
public:
    ArchiveReach(const SessionContext &context, QObject *parent);

    /// From when on the newest page has something in common with what is stored, if our clock is right; invalid: not known.
    /// Once after each break: who looks again wants to see all of the page.
    QDateTime take(const Jid &archive);

private:
    void read();

    SessionContext m_context;
    QHash<Jid, QDateTime> m_reach;
    int m_reads = 0; ///< of which only the last counts, unless something was taken meanwhile
};

} // namespace Mingle
