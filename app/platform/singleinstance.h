// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QLockFile>
#include <QObject>
#include <QStringList>

#include <memory>

class QLocalServer;
class QLocalSocket;

namespace Mingle {

/// One running Mingle for each profile. The lock file decides who is first (the system drops it with the process, so
/// kill -9 leaves nothing behind); the socket only carries what later starts have to say.
class SingleInstance final : public QObject
{
    Q_OBJECT
public:
    SingleInstance(const QString &lockFile, const QString &socketName, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// True: this is the first, and listens from now on. False: another one runs.
    bool claim();
    /// Hands arguments (xmpp: links) to the one that runs, and asks it to show its window. Waits up to 3 s for it to
    /// have understood. Errors: Timeout.
    Outcome forward(const QStringList &arguments, const QByteArray &activationToken);

Q_SIGNALS:
    /// Another start wants the window. Arguments come from a process of the same person, yet are to be checked like
    /// any other input. The token lets Wayland compositors give us the focus.
    void requested(const QStringList &arguments, const QByteArray &activationToken);

private:
    void listen();
    void welcome(QLocalSocket *socket);

    QLockFile m_lock;
    QString m_socketName;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace Mingle
