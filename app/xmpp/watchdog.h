// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace Mingle {

/// Notices a stream that has gone silent: asks for a sign of life, and reports when none comes. Costs one
/// timer in a silent minute and nothing per byte.
class Watchdog : public QObject
{
    Q_OBJECT
public:
    /// silentFor: time since the last byte.
    Watchdog(std::chrono::milliseconds silence, std::chrono::milliseconds answer,
             std::function<std::chrono::nanoseconds()> silentFor, QObject *parent);

    void start();
    void stop();
    /// There is reason for doubt: asks now, and gives the other side only this long.
    void doubt(std::chrono::milliseconds answer);

Q_SIGNALS:
    void silent(); ///< ask the other side for something
    void dead();

private:
    void look();

    const std::chrono::milliseconds m_silence;
    const std::chrono::milliseconds m_answer;
    std::function<std::chrono::nanoseconds()> m_silentFor;
    QTimer m_timer;
    QElapsedTimer m_sinceAsked;
    bool m_asked = false;
};

} // namespace Mingle
