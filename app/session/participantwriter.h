// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/participant.h"
#include "session/sessioncontext.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace Mingle {

/// Stores who is in the rooms of one account, gathered for a moment: a large room's presence storm is a few writes. What
/// cannot be written is lost, and comes anew with the next session. Session thread.
class ParticipantWriter : public QObject
{
    Q_OBJECT
public:
    /// isKept: whether a room is in the list already. Its people come before the answer to joining, and wait for kept().
    ParticipantWriter(const SessionContext &context, std::function<bool(const Jid &)> isKept,
                      QObject *parent);

    void reset(const Jid &room, const QList<Participant> &participants);
    void put(const Jid &room, const Participant &participant);
    void remove(const Jid &room, const QString &key);
    /// The room is in the list now.
    void kept(const Jid &room);
    void forget(const Jid &room) { m_changes.remove(room); }

private:
    struct Changes {
        std::optional<QList<Participant>> all;
        QHash<QString, std::optional<Participant>> some; ///< nothing: gone
    };

    void schedule();
    void write();

    SessionContext m_context;
    std::function<bool(const Jid &)> m_isKept;
    QHash<Jid, Changes> m_changes;
    QElapsedTimer m_sinceWrite;
    bool m_scheduled = false;
};

} // namespace Mingle
