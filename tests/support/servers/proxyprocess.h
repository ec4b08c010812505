// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>

namespace Mingle {

/// tests/proxy/delayproxy.py before a port of this machine. Waiting runs the event loop.
class ProxyProcess
{
public:
    explicit ProxyProcess(quint16 target, double delayMs = 0);
    ~ProxyProcess();

    /// 0: it does not run.
    quint16 port() const { return m_port; }
    /// One of its commands; the answer.
    QJsonObject command(const QString &line);

private:
    QJsonObject readLine();

    QProcess m_process;
    QByteArray m_buffer;
    quint16 m_port = 0;
};

} // namespace Mingle
