// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/sessioncontext.h"
#include "xmpp/archive.h"
#include "xmpp/events.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace Mingle {

/// Messages that came live behind others which the archive has above them, while what comes live was believed and so
/// proven where it stands. Looking at the newest page does not help if much was said since: the archive is asked what
/// follows the late one (XEP-0313 4.1.2 with XEP-0059), and the page puts both in their places. Session thread.
class LateMessages : public QObject
{
    Q_OBJECT
public:
    LateMessages(const SessionContext &context, QObject *parent);

    void add(const IncomingMessage &message);
    /// Asks for all that were added. Nothing is said of it: without an answer they stay where they are.
    void putInPlace();
    /// What is fetched anew anyway, because the session is.
    void clear();

private:
    using Late = QList<IncomingMessage>; ///< of one archive, as they came

    void ask(const Jid &archive);
    void store(const Jid &archive, ArchivePage page);

    SessionContext m_context;
    QHash<Jid, Late> m_late;
    QSet<Jid> m_asking;
    int m_session = 0; ///< answers of an earlier one are of no use
};

} // namespace Mingle
