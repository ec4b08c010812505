// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/blocking.h"
#include "core/change.h"
#include "core/result.h"
#include "session/sessioncontext.h"
#include "storage/historyreader.h"
#include "xmpp/blocklist.h"

#include <QObject>

#include <optional>

namespace Mingle {

/// Who is blocked (XEP-0191). The list is asked for at most once in a session, and only when somebody needs it: before
/// the first stranger is shown, and for menus. Chats know it from then on (Tie::Blocked), also after a restart. Session
/// thread.
class Blocking : public QObject
{
    Q_OBJECT
public:
    Blocking(const SessionContext &context, QObject *parent);

    void beginSession();
    QFuture<Result<BlockedPeople>> people();
    /// A request of theirs leaves the list. report: with what they wrote, as far as it is archived.
    QFuture<Outcome> block(const ChatId &chat, const std::optional<AbuseReport> &report);
    QFuture<Outcome> unblock(const Jid &address);

private:
    using Answer = Result<BlockedPeople>;

    void follow(const QList<Change> &changes);
    void check();
    void take(const Answer &answer);
    void blocked(const QList<Jid> &addresses);
    void unblocked(const QList<Jid> &addresses);
    void store(const std::optional<QList<Jid>> &addresses);
    QFuture<Outcome> send(const Jid &address, const std::optional<BlockList::Report> &report);

    SessionContext m_context;
    HistoryReader m_history;
    BlockedPeople m_people;
    QList<std::shared_ptr<QPromise<Answer>>> m_waiting; ///< for the answer
    bool m_known = false;
    int m_session = 0;
};

} // namespace Mingle
