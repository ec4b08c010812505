// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/wire.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace Mingle {

class MucDriver;

struct MucSelfPingTiming {
    std::chrono::milliseconds silence = std::chrono::minutes(15); ///< XEP-0410 3.2
    std::chrono::milliseconds look = std::chrono::minutes(1); ///< how often it is looked for silent rooms
};

/// Finds out that a room has forgotten me (XEP-0410): after a service or a link between servers was restarted it looks like
/// a quiet room, and what is said there never comes. Asks rooms that have been silent for long, and a room that sends a
/// message of mine back because I am not in it.
class MucSelfPing : public QObject
{
    Q_OBJECT
public:
    MucSelfPing(Wire &wire, MucDriver &driver, QObject *parent, const MucSelfPingTiming &timing = {});

private:
    void heard(const Jid &from);
    void look();
    void ping(const Jid &room);
    void answered(const Jid &room, const QString &nick, const Error &error);

    Wire &m_wire;
    MucDriver &m_driver;
    MucSelfPingTiming m_timing;
    QHash<Jid, QElapsedTimer> m_heard; ///< of the rooms I am in
    QTimer m_timer;
};

} // namespace Mingle
