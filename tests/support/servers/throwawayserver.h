// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/chat.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace Mingle {

/// An ejabberd or a prosody of one's own on the loopback (tests/server/fixtures/throwaway.py), for as long as this
/// object lives. Waiting runs the event loop.
class ThrowawayServer
{
public:
    enum class Kind { Ejabberd, Prosody };

    /// Comes back when clients can talk to it. Each user's password is "pw-" and the name.
    ThrowawayServer(Kind kind, const QStringList &users, const QStringList &options = {});
    ~ThrowawayServer();

    /// Empty: it runs.
    const QString &failure() const { return m_failure; }
    Kind kind() const { return m_kind; }
    /// Direct TLS, with the server's own authority.
    Account account(const QString &user, const QString &resource = QStringLiteral("test")) const;
    static QByteArray password(const QString &user) { return "pw-" + user.toUtf8(); }
    Jid service(ChatKind kind) const;
    /// Where the project's own MIX service is (tests/servers/mix); only with the option "--mix-service".
    Jid channels() const;
    quint16 port(const QString &name) const; ///< "c2s", "tls", "api", "https"
    QString caFile() const;

    /// "stop", "kill", "start", "register USER": see throwaway.py. False if it failed.
    bool command(const QString &line);

private:
    QJsonObject readLine(int timeoutMs);

    const Kind m_kind;
    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_buffer;
    QJsonObject m_ready;
    QString m_failure;
};

} // namespace Mingle
