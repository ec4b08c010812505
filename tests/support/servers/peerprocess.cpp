// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/servers/peerprocess.h"

#include "support/servers/throwawayserver.h"

#include <QJsonDocument>
#include <QTest>

namespace Mingle {

PeerProcess::PeerProcess(const ThrowawayServer &server, const QString &user, const QJsonObject &options)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("python3"), {QStringLiteral(MINGLE_TESTS "/server/peer.py")});
    const Account account = server.account(user);
    QJsonObject arguments{{QStringLiteral("jid"), QString(account.address.toString() + u"/peer")},
                          {QStringLiteral("password"), QString::fromUtf8(ThrowawayServer::password(user))},
                          {QStringLiteral("host"), account.host},
                          {QStringLiteral("port"), int(account.port)},
                          {QStringLiteral("ca"), account.caFile}};
    for (auto option = options.begin(); option != options.end(); ++option)
        arguments.insert(option.key(), option.value());
    const QJsonObject answer = run(QStringLiteral("connect"), arguments);
    if (answer.value(u"event").toString() != u"done")
        m_failure = QString::fromUtf8(QJsonDocument(answer).toJson());
}

PeerProcess::~PeerProcess()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5'000)) m_process.kill();
    m_process.waitForFinished(2'000);
}

void PeerProcess::tell(const QString &command, QJsonObject arguments)
{
    arguments.insert(u"cmd", command);
    arguments.insert(u"id", ++m_commands);
    m_process.write(QJsonDocument(arguments).toJson(QJsonDocument::Compact) + '\n');
}

QJsonObject PeerProcess::run(const QString &command, QJsonObject arguments)
{
    tell(command, std::move(arguments));
    const int id = m_commands;
    return waitFor(
        [id](const QJsonObject &event) {
            const QString name = event.value(u"event").toString();
            return (name == u"done" || name == u"error") && event.value(u"id").toInt() == id;
        },
        90'000);
}

bool PeerProcess::does(const QString &command, const QJsonObject &arguments)
{
    const QJsonObject answer = run(command, arguments);
    if (answer.value(u"event").toString() == u"done") return true;
    m_failure = QString::fromUtf8(QJsonDocument(answer).toJson(QJsonDocument::Compact));
    qWarning("peer: %s", qPrintable(m_failure));
    return false;
}

QJsonObject PeerProcess::waitFor(const std::function<bool(const QJsonObject &)> &condition, int timeoutMs)
{
    qsizetype seen = 0;
    QJsonObject found;
    const auto come = [&] {
        read();
        for (; seen < m_events.size() && found.isEmpty(); ++seen)
            if (condition(m_events[seen])) found = m_events[seen];
        return !found.isEmpty() || m_process.state() == QProcess::NotRunning;
    };
    if (!QTest::qWaitFor(come, timeoutMs)) return {};
    return found;
}

QJsonObject PeerProcess::waitForMessage(const QString &from, const QString &body)
{
    return waitFor([&](const QJsonObject &event) {
        return event.value(u"event").toString() == u"message" && event.value(u"body").toString() == body
               && event.value(u"from").toString().startsWith(from);
    });
}

void PeerProcess::read()
{
    m_buffer += m_process.readAllStandardOutput();
    for (qsizetype end; (end = m_buffer.indexOf('\n')) >= 0; m_buffer.remove(0, end + 1))
        m_events.append(QJsonDocument::fromJson(m_buffer.first(end)).object());
}

} // namespace Mingle
