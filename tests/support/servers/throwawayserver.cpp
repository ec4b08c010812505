// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/servers/throwawayserver.h"

#include <QJsonDocument>
#include <QTest>

namespace Mingle {

namespace {
constexpr int startLimit = 90'000; // ms; a busy machine with two cores
constexpr int commandLimit = 60'000;
} // namespace

ThrowawayServer::ThrowawayServer(Kind kind, const QStringList &users, const QStringList &options)
    : m_kind(kind)
{
    const QString script =
        kind == Kind::Ejabberd ? QStringLiteral("ejabberd.sh") : QStringLiteral("prosody.sh");
    QStringList arguments{QStringLiteral(MINGLE_TESTS "/server/fixtures/") + script, m_folder.path()};
    for (const QString &user : users)
        arguments << QStringLiteral("--account") << user + u":pw-" + user;
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral("bash"), arguments + options);
    m_ready = readLine(startLimit);
    if (!m_ready.value(u"ready").toBool())
        m_failure = m_ready.value(u"error").toString(QStringLiteral("the fixture said nothing"));
}

ThrowawayServer::~ThrowawayServer()
{
    // The end of its stdin ends it, and everything it started.
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(10'000)) m_process.kill();
    m_process.waitForFinished(2'000);
}

Account ThrowawayServer::account(const QString &user, const QString &resource) const
{
    Account account;
    account.address = Jid::trusted(QString(user + u'@' + m_ready.value(u"domain").toString()));
    account.host = QStringLiteral("127.0.0.1");
    account.port = port(QStringLiteral("tls"));
    account.tls = Account::Tls::Direct;
    account.caFile = caFile();
    account.resource = resource;
    return account;
}

Jid ThrowawayServer::service(ChatKind kind) const
{
    return Jid::trusted(m_ready.value(kind == ChatKind::Mix ? u"mix" : u"muc").toString());
}

Jid ThrowawayServer::channels() const
{
    return Jid::trusted(m_ready.value(u"channels").toString());
}

quint16 ThrowawayServer::port(const QString &name) const
{
    return quint16(m_ready.value(name).toInt());
}

QString ThrowawayServer::caFile() const
{
    return m_ready.value(u"ca").toString();
}

bool ThrowawayServer::command(const QString &line)
{
    m_process.write(line.toUtf8() + '\n');
    const QJsonObject answer = readLine(commandLimit);
    return answer.contains(u"done") || answer.value(u"ready").toBool();
}

QJsonObject ThrowawayServer::readLine(int timeoutMs)
{
    const auto complete = [this] {
        m_buffer += m_process.readAllStandardOutput();
        return m_buffer.contains('\n') || m_process.state() == QProcess::NotRunning;
    };
    if (!QTest::qWaitFor(complete, timeoutMs)) return {};
    const auto end = m_buffer.indexOf('\n');
    const QByteArray line = m_buffer.first(std::max<qsizetype>(end, 0));
    m_buffer.remove(0, end + 1);
    return QJsonDocument::fromJson(line).object();
}

} // namespace Mingle
