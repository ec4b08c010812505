// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hostile/lyingserver.h"
#include "xmpp/connectionfactory.h"

#include <QElapsedTimer>

namespace Mingle::Hostile {

/// A real Connection to a LyingServer, with what it has said so far.
class Probe : public QObject
{
    Q_OBJECT
public:
    explicit Probe(LyingServer &server, StreamOptions options = {});

    Account account;
    Credentials credentials;

    void open();
    /// False: not within the time.
    bool waitForClosed(int ms = 20'000);
    bool waitForLive(int ms = 20'000);
    /// open() and waitForClosed(); the reason. None with condition "still open" if it did not end.
    Error refused();

    Connection &connection() { return *m_connection; }
    QFuture<Outcome> say(const QString &body, const QString &id);

    QList<Error> closed;
    QList<bool> live;
    QList<QByteArray> tokens;
    QList<IncomingMessage> messages;
    QList<Connection::State> states;
    qint64 msToEnd = 0; ///< from open() to the last closed()

private:
    std::unique_ptr<Connection> m_connection;
    QElapsedTimer m_timer;
};

/// Parts of an authentication that a server could make use of.
bool holdsCredentials(const QByteArray &bytes);

} // namespace Mingle::Hostile
