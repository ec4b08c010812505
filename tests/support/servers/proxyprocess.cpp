// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/servers/proxyprocess.h"

#include <QJsonDocument>
#include <QTest>

namespace Mingle {

ProxyProcess::ProxyProcess(quint16 target, double delayMs)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("python3"),
                    {QStringLiteral(MINGLE_TESTS "/proxy/delayproxy.py"), QStringLiteral("0"),
                     QString::number(target), QString::number(delayMs)});
    m_port = quint16(readLine().value(u"port").toInt());
}

ProxyProcess::~ProxyProcess()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5'000)) m_process.kill();
    m_process.waitForFinished(2'000);
}

QJsonObject ProxyProcess::command(const QString &line)
{
    m_process.write(line.toUtf8() + '\n');
    return readLine();
}

QJsonObject ProxyProcess::readLine()
{
    const auto complete = [this] {
        m_buffer += m_process.readAllStandardOutput();
        return m_buffer.contains('\n') || m_process.state() == QProcess::NotRunning;
    };
    if (!QTest::qWaitFor(complete, 20'000)) return {};
    const auto end = m_buffer.indexOf('\n');
    const QByteArray line = m_buffer.first(std::max<qsizetype>(end, 0));
    m_buffer.remove(0, end + 1);
    return QJsonDocument::fromJson(line).object();
}

} // namespace Mingle
