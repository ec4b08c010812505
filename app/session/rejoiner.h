// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/jid.h"

#include <QDateTime>
#include <QHash>
#include <QObject>

#include <chrono>

namespace Mingle {

class Clock;

/// When to enter a room again that could not be entered or has put me out: nobody should have to ask for what a restart
/// of a server or a bad line has undone. Session thread.
class Rejoiner : public QObject
{
    Q_OBJECT
public:
    enum class Course {
        Final, ///< only a person can mend it: banned, gone, a password
        Retrying, ///< tried again, but it has lasted, or may: to be told
        Passing, ///< tried again before anybody needs to know
    };

    Rejoiner(Clock &clock, QObject *parent);

    /// Plans the next try, unless it is no use.
    Course failed(const Jid &room, const Error &reason);
    /// It is entered, left, or tried by hand.
    void forget(const Jid &room) { m_waits.remove(room); }
    void clear() { m_waits.clear(); }
    /// The line is back: whatever waits is tried soon.
    void hurry();

    /// Before try number `tries` (from 1): doubles from 1 to 120 s. random is in [0, 1), for ten thousand clients must
    /// not come back to a restarted service at once.
    static std::chrono::milliseconds delay(int tries, double random);

Q_SIGNALS:
    void due(const Mingle::Jid &room);

private:
    struct Wait {
        QDateTime since;
        int tries = 0;
        int alarm = 0; ///< of an earlier plan: does nothing
    };
    void plan(const Jid &room, Wait &wait);

    Clock &m_clock;
    QHash<Jid, Wait> m_waits;
    int m_alarms = 0;
};

} // namespace Mingle
