// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QProcess>

#include <functional>

namespace Mingle {

class ThrowawayServer;

/// A peer that is not Mingle (tests/server/peer.py says what it can do). Waiting runs the event loop.
class PeerProcess
{
public:
    /// Logs in as the user. options: more of the command connect, as "quiet".
    PeerProcess(const ThrowawayServer &server, const QString &user, const QJsonObject &options = {});
    ~PeerProcess();

    /// Runs a command and waits for its answer: {"event": "done" | "error", ...}.
    QJsonObject run(const QString &command, QJsonObject arguments = {});
    /// Runs a command without waiting.
    void tell(const QString &command, QJsonObject arguments = {});
    /// As run(), and whether it went well.
    bool does(const QString &command, const QJsonObject &arguments = {});
    /// Waits for an event that fulfils the condition; looks at those that have come already, too. Empty: none came.
    QJsonObject waitFor(const std::function<bool(const QJsonObject &)> &condition, int timeoutMs = 20'000);
    /// A message with this body that came from below this address.
    QJsonObject waitForMessage(const QString &from, const QString &body);

    const QList<QJsonObject> &events() const { return m_events; }
    const QString &failure() const { return m_failure; }

private:
    void read();

    QProcess m_process;
    QByteArray m_buffer;
    QList<QJsonObject> m_events;
    QString m_failure;
    int m_commands = 0;
};

} // namespace Mingle
