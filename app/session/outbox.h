// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/message.h"
#include "core/result.h"
#include "session/sessioncontext.h"

#include <QObject>
#include <QSet>

namespace Mingle {

/// What I send: committed as Waiting before anything leaves, sent in order per chat, followed until the server has it.
/// After a stream that was not resumed a chat is held until its archive was looked at, so that nothing that did
/// arrive is sent again. Session thread.
class Outbox : public QObject
{
    Q_OBJECT
public:
    Outbox(const SessionContext &context, QObject *parent);

    QFuture<Result<qint64>> enqueue(const ChatId &chat, ChatKind kind, const QString &nick,
                                    const QString &body);
    QFuture<Outcome> retry(const ChatId &chat, qint64 row);
    QFuture<Outcome> discard(const ChatId &chat, qint64 row);

    /// The room can be written to now: joined, and its archive looked at. met: with success, so what it does not have of what
    /// the server had taken before is lost, and is sent again.
    void release(const ChatId &chat, ChatKind kind, bool met);
    /// All one to one talks.
    void releasePeople() { m_peopleReleased = true; }
    void hold(const ChatId &chat) { m_released.remove(chat.address); }
    /// The stream ended for good.
    void holdAll();
    /// Sends what waits in this chat, or in all released ones if it is empty.
    void flush(const ChatId &chat = {});
    /// A row was archived, refused or taken back: it is not on its way any more.
    void settle(qint64 row);
    /// Asks once more for the archived copies of what was sent one to one.
    void askForCopies();

Q_SIGNALS:
    /// The server has a one to one message; it lies in the own archive.
    void sentToPerson();
    /// One to one messages are on their way to the own archive, or all that were have been met there.
    void awaitsCopies(bool awaits);

private:
    void takeBackWhatIsMissing(const ChatId &chat, ChatKind kind);
    void send(const Message &message, ChatKind kind);
    void acknowledged(const Message &message, ChatKind kind, const Outcome &outcome);
    Outcome checkBody(const QString &body) const;
    void follow(const QList<Change> &changes);

    SessionContext m_context;
    QHash<Jid, ChatKind> m_released; ///< rooms
    QSet<qint64> m_inFlight;
    int m_reads = 0; ///< of what waits, not answered yet
    QSet<qint64> m_settledSince; ///< the first of them: their answers may still call these waiting
    QSet<qint64> m_withoutCopy; ///< sent one to one, and not met in the own archive yet
    bool m_peopleReleased = false;
    QSet<Jid> m_heldBy; ///< rooms that something private waits for
    int m_stream = 0; ///< answers for an earlier stream say nothing about this one
};

} // namespace Mingle
