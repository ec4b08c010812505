// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "session/sessioncontext.h"
#include "storage/historyreader.h"
#include "xmpp/events.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace Mingle {

class Pipeline;

/// How far I have read each chat, in step with my other devices (XEP-0490). Both only ever move forward: what another
/// device has read is read here as soon as that message is stored, and what is read here is told to the others a moment
/// later, unless they are further. Session thread.
class ReadMarks : public QObject
{
    Q_OBJECT
public:
    ReadMarks(const SessionContext &context, Pipeline &pipeline, QObject *parent);

    /// A session began that did not resume the last one: asks for what other devices have read meanwhile.
    void beginSession();
    /// The person has read up to this row (0: the newest).
    void markRead(const ChatId &chat, qint64 row);
    /// Messages of this archive were fetched: what is marked may be among them. complete: down to what was known.
    void archiveGrew(const Jid &archive, bool complete);
    /// A message came live.
    void messageStored(const Message &message);
    /// Tells the others what could not be told while there was no connection.
    void tellWaiting() { tellOf({}); }
    /// Tells the others all that is to be told, before the stream is closed.
    void tellNow();

private:
    /// What the server holds for a chat.
    struct Known {
        Jid by;
        QString archiveId;
        std::optional<qint64> order; ///< nothing: that message is not stored here
    };
    /// A message of somebody else, read here, that the others are to be told of.
    struct Position {
        Jid by;
        QString archiveId;
        qint64 order = 0;
        bool correcting = false; ///< nobody has read anything now; the server's mark lies behind
        bool due = false; ///< its delay is over
    };
    /// What looking for marked messages in the database came to, for one chat.
    struct Found {
        QString archiveId; ///< that was looked for
        std::optional<qint64> order; ///< nothing: not of this chat
        qint64 further = 0; ///< row read here that lies beyond it
    };

    void take(const ReadMark &mark);
    void apply(const QList<ReadMark> &marks);
    static Result<QHash<Jid, Found>> applyAll(Transaction &tx, const Jid &account,
                                              const QList<ReadMark> &marks);
    void applied(const QHash<Jid, Found> &found);
    QList<ReadMark> openMarks(const Jid &archive) const;
    void noteRead(const Message &message, const Jid &archive, bool correcting);
    void lookBelow(const ChatId &chat, qint64 row, const Jid &archive, bool correcting);
    void tellSoon(const Jid &chat, Position position);
    void tell(const Jid &chat);
    void tellOf(const Jid &archive);

    SessionContext m_context;
    Pipeline &m_pipeline;
    HistoryReader m_history;
    QHash<Jid, Known> m_known; ///< by chat
    QHash<Jid, Position> m_toTell; ///< by chat
    QSet<Jid> m_corrected; ///< chats in which the server was contradicted once in this session
    QSet<Jid> m_complete; ///< archives without a gap above what was stored before
    int m_session = 0; ///< answers of an earlier one are of no use
    bool m_asked = false; ///< the server has answered what it holds
    bool m_refused = false; ///< it keeps no marks
};

} // namespace Mingle
