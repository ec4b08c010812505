// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/singleinstance.h"

#include <QDataStream>
#include <QDeadlineTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QThread>

namespace Mingle {

namespace {

constexpr int waitMs = 3000;
constexpr qint64 maximumSize = 64 * 1024; ///< of one request; an xmpp: link is a few hundred bytes
constexpr auto streamVersion = QDataStream::Qt_6_8;
const QByteArray understood = QByteArrayLiteral("ok\n");

} // namespace

SingleInstance::SingleInstance(const QString &lockFile, const QString &socketName, QObject *parent)
    : QObject(parent)
    , m_lock(lockFile)
    , m_socketName(socketName)
{
    m_lock.setStaleLockTime(0);
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::claim()
{
    if (!m_lock.tryLock(0)) {
        // A file that nobody can lock because of the file system is no reason to refuse to start.
        return m_lock.error() == QLockFile::PermissionError || m_lock.error() == QLockFile::UnknownError;
    }
    listen();
    return true;
}

void SingleInstance::listen()
{
    // We hold the lock: a socket that is still there belongs to nobody.
    QLocalServer::removeServer(m_socketName);
    m_server = std::make_unique<QLocalServer>();
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server->nextPendingConnection())
            welcome(socket);
    });
    if (!m_server->listen(m_socketName))
        qWarning("cannot listen for later starts: %ls", qUtf16Printable(m_server->errorString()));
}

void SingleInstance::welcome(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    const auto read = [this, socket] {
        if (socket->bytesAvailable() > maximumSize) {
            socket->abort();
            return;
        }
        QDataStream stream(socket);
        stream.setVersion(streamVersion);
        QStringList arguments;
        QByteArray token;
        stream.startTransaction();
        stream >> arguments >> token;
        if (!stream.commitTransaction()) return; // the rest is still to come
        socket->write(understood);
        socket->flush();
        Q_EMIT requested(arguments, token);
    };
    connect(socket, &QLocalSocket::readyRead, this, read);
    if (socket->bytesAvailable() > 0) read();
}

Outcome SingleInstance::forward(const QStringList &arguments, const QByteArray &activationToken)
{
    QDeadlineTimer deadline(waitMs);
    QLocalSocket socket;
    // The first one may just have taken the lock and not listen yet.
    do {
        socket.connectToServer(m_socketName);
        if (socket.waitForConnected(200)) break;
        QThread::msleep(50);
    } while (!deadline.hasExpired());
    if (socket.state() != QLocalSocket::ConnectedState)
        return Error{Error::Kind::Timeout, {}, socket.errorString()};
    QDataStream stream(&socket);
    stream.setVersion(streamVersion);
    stream << arguments << activationToken;
    while (socket.bytesAvailable() < understood.size() && !deadline.hasExpired()) {
        if (!socket.waitForReadyRead(int(deadline.remainingTime()))) break;
    }
    if (socket.readAll() != understood) return Error{Error::Kind::Timeout, {}, socket.errorString()};
    return {};
}

} // namespace Mingle
