// SPDX-License-Identifier: GPL-3.0-or-later
// A line that breaks is no lie, but must not be taken for one.
#include "session/reconnectpolicy.h"
#include "xmpp/connectionfactory.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Mingle;

class tst_BrokenLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void inTheHandshake();
};

// Whoever is cut off there must try again by himself: "no TLS" would be for a person to mend.
void tst_BrokenLine::inTheHandshake()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->readAll();
            socket->disconnectFromHost();
        });
    });
    const auto connection = qxmppConnections()();
    QList<Error> closed;
    connect(connection.get(), &Connection::closed, this, [&closed](const Error &error) { closed << error; });
    Account account;
    account.address = Jid::trusted(u"ada@chat.test");
    account.host = QStringLiteral("127.0.0.1");
    account.port = server.serverPort();
    account.tls = Account::Tls::Direct;
    connection->open(account, {"secret", {}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 20'000);
    QCOMPARE(closed.first().kind, Error::Kind::ConnectionLost);
    QVERIFY(ReconnectPolicy::mayRetry(closed.first()));
}

QTEST_GUILESS_MAIN(tst_BrokenLine)
#include "tst_brokenline.moc"
