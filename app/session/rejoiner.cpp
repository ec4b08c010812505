// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/rejoiner.h"

#include "core/ports.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Mingle {

namespace {
// About half a minute: by then whoever looks at the room should know why nothing can be said there.
constexpr int quietTries = 5;

// As long as a server may keep an earlier session of mine, which holds my nick.
constexpr std::chrono::seconds ghostLife = std::chrono::minutes(5);

bool isPassing(const Error &reason)
{
    switch (reason.kind) {
    case Error::Kind::Timeout:
    case Error::Kind::ConnectionLost:
    case Error::Kind::ServerShutdown:
        return true;
    default:
        // remote-server-not-found is what prosody says of a server that is just being started.
        return reason.condition.startsWith(u"remote-server") || reason.condition == u"internal-server-error";
    }
}
} // namespace

Rejoiner::Rejoiner(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{}

std::chrono::milliseconds Rejoiner::delay(int tries, double random)
{
    const double top = std::min(120'000.0, 1'000.0 * double(1 << std::clamp(tries, 1, 10)));
    return std::chrono::milliseconds(int(top / 2 + top / 2 * random));
}

Rejoiner::Course Rejoiner::failed(const Jid &room, const Error &reason)
{
    Wait &wait = m_waits[room];
    if (!wait.since.isValid()) wait.since = m_clock.now();
    const bool isGhost = reason.condition == u"conflict"
                         && m_clock.now() < wait.since.addSecs(std::chrono::seconds(ghostLife).count());
    const bool passing = isPassing(reason);
    if (!passing && !isGhost && reason.kind != Error::Kind::ServiceFull) {
        m_waits.remove(room);
        return Course::Final;
    }
    plan(room, wait);
    return passing && wait.tries <= quietTries ? Course::Passing : Course::Retrying;
}

void Rejoiner::plan(const Jid &room, Wait &wait)
{
    wait.alarm = ++m_alarms;
    const auto pause = delay(++wait.tries, QRandomGenerator::global()->generateDouble());
    m_clock.after(pause, this, [this, room, alarm = wait.alarm] {
        if (m_waits.value(room).alarm == alarm) Q_EMIT due(room);
    });
}

void Rejoiner::hurry()
{
    for (auto wait = m_waits.begin(); wait != m_waits.end(); ++wait) {
        wait->tries = 0;
        plan(wait.key(), *wait);
    }
}

} // namespace Mingle
