// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/probe.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace Mingle::Hostile {

namespace {
bool waitFor(const std::function<bool()> &done, int ms)
{
    const QDeadlineTimer deadline(ms);
    while (!done() && !deadline.hasExpired()) {
        QEventLoop loop;
        QTimer::singleShot(5, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return done();
}
} // namespace

Probe::Probe(LyingServer &server, StreamOptions options)
    : m_connection(qxmppConnections(std::move(options))())
{
    account.address = Jid::trusted(u"ada@chat.test");
    account.host = QStringLiteral("127.0.0.1");
    account.port = server.port();
    account.tls = server.lies.directTls ? Account::Tls::Direct : Account::Tls::StartTls;
    account.caFile = server.certificates().caFile();
    account.resource = QStringLiteral("6f1a44a2-3a5c-4a0e-9d3c-5b1d0e8a7722");
    credentials.password = server.password;
    connect(m_connection.get(), &Connection::closed, this, [this](const Error &error) {
        msToEnd = m_timer.elapsed();
        closed << error;
    });
    connect(m_connection.get(), &Connection::live, this, [this](bool resumed) { live << resumed; });
    connect(m_connection.get(), &Connection::tokenChanged, this, [this](const QByteArray &token) {
        tokens << token;
        credentials.token = token;
    });
    connect(m_connection.get(), &Connection::featuresChanged, this,
            [this](const QByteArray &features) { credentials.features = features; });
    connect(m_connection.get(), &Connection::messageReceived, this,
            [this](const IncomingMessage &message) { messages << message; });
    connect(m_connection.get(), &Connection::stateChanged, this,
            [this](Connection::State state) { states << state; });
}

void Probe::open()
{
    m_timer.start();
    m_connection->open(account, credentials);
}

bool Probe::waitForClosed(int ms)
{
    const auto before = closed.size();
    return waitFor([&] { return closed.size() > before; }, ms);
}

bool Probe::waitForLive(int ms)
{
    const auto before = live.size();
    return waitFor([&] { return live.size() > before; }, ms);
}

Error Probe::refused()
{
    open();
    return waitForClosed() ? closed.last() : Error{Error::Kind::None, QStringLiteral("still open"), {}};
}

QFuture<Outcome> Probe::say(const QString &body, const QString &id)
{
    OutgoingMessage message;
    message.to = Jid::trusted(u"grace@chat.test");
    message.id = id;
    message.body = body;
    return m_connection->sendMessage(message);
}

bool holdsCredentials(const QByteArray &bytes)
{
    for (const char *part :
         {"<auth", "<response", "<initial-response", "secret", "c2VjcmV0", "jabber:iq:auth"})
        if (bytes.contains(part)) return true;
    return false;
}

} // namespace Mingle::Hostile
