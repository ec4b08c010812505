// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/participant.h"
#include "session/sessioncontext.h"

#include <QHash>
#include <QObject>

namespace Mingle {

/// A talk in private with somebody in a MUC room goes to whoever has their nick (XEP-0045 7.5), and that may be another
/// person later. This knows by occupant-id (XEP-0421), or by the address where the room shows it, with whom a talk is. When
/// somebody else has the nick, the talk says so, and what waited to be sent is not sent to them. Where a room tells neither,
/// nobody can know. Session thread.
class PrivateTalks : public QObject
{
    Q_OBJECT
public:
    PrivateTalks(const SessionContext &context, QObject *parent);

    void beginSession();
    /// It is stored.
    void messageStored(const Message &message);

private:
    void follow(const QList<Change> &changes);
    void meet(const Jid &room, const Participant &who);
    void check(const Jid &talk, const QString &partner, const QString &nick);
    void adopt(const Jid &talk);

    SessionContext m_context;
    /// By room and nick: who it is that has this nick, as is known here; empty: not known.
    QHash<Jid, QHash<QString, QString>> m_talks;
};

} // namespace Mingle
