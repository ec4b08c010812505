// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/latemessages.h"
#include "session/sessioncontext.h"
#include "xmpp/events.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Mingle {

class Pipeline;

/// A server that takes up a stream again may hand out what lay in the former one's queue after what has come since, or
/// not at all if the stream breaks once more (ejabberd). So live messages prove nothing until the archive was looked at, a
/// while after the first of them, which fills what is missing and puts it in order; after a stream that has broken twice
/// in short time every archive is. Session thread.
class OrderCheck : public QObject
{
    Q_OBJECT
public:
    OrderCheck(const SessionContext &context, Pipeline &pipeline, QObject *parent);

    /// A stream is up.
    void begin(bool resumed);
    void saw(const IncomingMessage &message);
    /// Something of mine has gone into this archive, and will not come live.
    void sent(const Jid &archive);
    /// A page of this archive has just been stored. A server writes in parallel: what it archived a moment before the last
    /// of the page may become visible only now, and come live behind what stands above it. newestId: the last of the page.
    void placed(const Jid &archive, const QString &newestId);
    /// It is looked at when I am in it again.
    void roomLeft(const Jid &room);

Q_SIGNALS:
    void wanted(const Mingle::Jid &archive, Mingle::ChatKind kind);
    /// That was all for now.
    void over();

private:
    void look();
    void disbelieve(const Jid &archive, const QString &late);
    void believe();
    bool wentBackwards(const Jid &archive, const QString &id);
    ChatKind kindOf(const Jid &archive) const;

    SessionContext m_context;
    Pipeline &m_pipeline;
    LateMessages m_late;
    QTimer m_timer;
    int m_looks = 0;
    QHash<Jid, ChatKind> m_seen; ///< archives in which something came
    QHash<Jid, QDeadlineTimer> m_placed; ///< until when that is possible
    QHash<Jid, QString> m_newestIds; ///< of archives, live or in a page
    QSet<Jid> m_disordered; ///< that the pipeline was told of
    QSet<Jid> m_archives; ///< of which this session has had a page
    QSet<Jid> m_doubtful; ///< had been read when the stream broke, and nothing has come since
    QDateTime m_upSince; ///< invalid while the line is down
    bool m_loggedIn = false; ///< or at least was about to, on the line that is there
    bool m_brokeSoon = false; ///< before a server could be sure to have handed over all
};

} // namespace Mingle
