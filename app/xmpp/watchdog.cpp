// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/watchdog.h"

namespace Mingle {

using std::chrono::milliseconds;

Watchdog::Watchdog(milliseconds silence, milliseconds answer,
                   std::function<std::chrono::nanoseconds()> silentFor, QObject *parent)
    : QObject(parent)
    , m_silence(silence)
    , m_answer(answer)
    , m_silentFor(std::move(silentFor))
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Watchdog::look);
}

void Watchdog::start()
{
    m_asked = false;
    m_timer.start(m_silence);
}

void Watchdog::stop()
{
    m_timer.stop();
}

void Watchdog::doubt(milliseconds answer)
{
    if (!m_timer.isActive()) return;
    m_asked = true;
    m_sinceAsked.start();
    m_timer.start(answer);
    Q_EMIT silent();
}

void Watchdog::look()
{
    const auto exact = m_silentFor();
    if (m_asked && exact.count() >= m_sinceAsked.nsecsElapsed()) { // not a byte since then
        stop();
        Q_EMIT dead();
        return;
    }
    const auto quiet = std::chrono::duration_cast<milliseconds>(exact);
    // A coarse timer may come a little early.
    m_asked = quiet + m_silence / 20 >= m_silence;
    m_timer.start(m_asked ? m_answer : m_silence - quiet);
    m_sinceAsked.start();
    if (m_asked) Q_EMIT silent();
}

} // namespace Mingle
