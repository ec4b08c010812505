// SPDX-License-Identifier: GPL-3.0-or-later
// How often a login waits for the server, counted on the wire by the proxy. A count is exact; it needs no clock.
#include "support/servers/peerprocess.h"
#include "support/servers/proxyprocess.h"
#include "support/servers/throwawayserver.h"
#include "xmpp/connectionfactory.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
// One account behind the proxy that keeps what a session keeps for the next login.
class Client
{
public:
    Client(const ThrowawayServer &server, ProxyProcess &proxy, const QString &user)
        : m_account(server.account(user))
        , m_proxy(proxy)
        , m_connection(qxmppConnections()())
    {
        m_account.port = proxy.port();
        credentials.password = ThrowawayServer::password(user);
        Connection *c = m_connection.get();
        QObject::connect(c, &Connection::tokenChanged, &m_context,
                         [this](const QByteArray &token) { credentials.token = token; });
        QObject::connect(c, &Connection::featuresChanged, &m_context,
                         [this](const QByteArray &features) { credentials.features = features; });
        QObject::connect(c, &Connection::rosterKept, &m_context,
                         [this](const QByteArray &kept) { credentials.roster = kept; });
        QObject::connect(c, &Connection::rosterReceived, &m_context,
                         [this](const QList<Contact> &contacts) { roster = contacts; });
        QObject::connect(c, &Connection::live, &m_context, [this](bool how) { resumed = how; });
        QObject::connect(c, &Connection::reported, &m_context,
                         [this](const ConnectReport &now) { report = now; });
    }

    /// What it took to be live again.
    struct Cost {
        int roundTrips = -1; ///< TCP's and TLS's among them; -1: not live
        int bytesUp = 0;
    };
    Cost open()
    {
        m_proxy.command(u"reset"_s);
        m_connection->open(m_account, credentials);
        const bool live =
            QTest::qWaitFor([this] { return m_connection->state() == Connection::State::Live; }, 30'000);
        if (!live) return {};
        // The kernel finishes the round trip of TCP before the proxy sees a byte. A new session has sent its presence by
        // now, for which it need not wait.
        const QJsonObject count = m_proxy.command(u"count"_s);
        return {count[u"round_trips"].toInt() + (resumed ? 1 : 0), count[u"up"].toInt()};
    }
    bool ends()
    {
        return QTest::qWaitFor([this] { return m_connection->state() == Connection::State::Offline; },
                               10'000);
    }
    Connection *operator->() const { return m_connection.get(); }

    Credentials credentials;
    bool resumed = false; ///< the last time it became live
    ConnectReport report; ///< the last one
    QList<Contact> roster; ///< the last one

private:
    Account m_account;
    ProxyProcess &m_proxy;
    std::unique_ptr<Connection> m_connection;
    QObject m_context;
};
} // namespace

class TestRoundTrips : public QObject
{
    Q_OBJECT

    // What Mingle has counted by itself, with what was on the wire.
    static void compare(const ConnectReport &report, const Client::Cost &wire, ConnectReport::Login login,
                        bool resumed)
    {
        QVERIFY(report.isLive());
        QCOMPARE(report.login, login);
        QCOMPARE(report.resumed, resumed);
        QCOMPARE(report.tls, u"TLS 1.3"_s);
        QCOMPARE(report.tries, 1);
        QCOMPARE(report.roundTrips, wire.roundTrips);
        // TLS adds to it, and the first presence is on the wire as well.
        QVERIFY(report.bytesUp > 100 && report.bytesUp < wire.bytesUp);
        QVERIFY(report.bytesDown > 100);
        // The proxy holds each round trip back for twice its delay.
        QVERIFY(report.took >= std::chrono::milliseconds(40 * report.roundTrips));
    }

private Q_SLOTS:
    void counted_data() { servers(); }
    void rosterComesOnce_data() { servers(); }

    // RFC 6121 2.6: what has not changed since the last start is not sent again.
    void rosterComesOnce()
    {
        QFETCH(ThrowawayServer::Kind, kind);
        ThrowawayServer server(kind, {u"alice"_s});
        QVERIFY2(server.failure().isEmpty(), qPrintable(server.failure()));
        ProxyProcess proxy(server.port(u"tls"_s), 0);
        QVERIFY(proxy.port());
        PeerProcess peer(server, u"alice"_s);
        const auto add = [&peer](int number) {
            return peer.does(u"contact"_s, {{u"jid"_s, u"contact%1@chat.test"_s.arg(number)},
                                            {u"name"_s, QString(60, u'n')}});
        };
        for (int i = 0; i < 60; ++i)
            QVERIFY(add(i));

        Credentials kept;
        // A Mingle that starts: what it knows is what the last one kept. Returns the bytes that came down.
        const auto start = [&](int contacts, const std::function<bool()> &while_ = {}) {
            Client alice(server, proxy, u"alice"_s);
            if (!kept.token.isEmpty()) alice.credentials = kept;
            int down = -1;
            if (alice.open().roundTrips < 0) return down;
            if (!QTest::qWaitFor([&] { return alice.roster.size() == contacts; })) return down;
            down = proxy.command(u"count"_s)[u"down"_s].toInt();
            const QByteArray before = alice.credentials.roster;
            if (while_ && !while_()) return -1;
            const bool written = QTest::qWaitFor(
                [&] {
                    return !alice.credentials.roster.isEmpty()
                           && (!while_ || alice.credentials.roster != before);
                },
                6'000);
            kept = alice.credentials;
            alice->close();
            return written && alice.ends() ? down : -1;
        };
        QVERIFY(start(60) > 0); // the first login of all says more than later ones
        const int again = start(60);
        QVERIFY(again > 0);
        kept.roster.clear();
        const int whole = start(60, [&add] { return add(60); }); // and one more appears meanwhile
        QVERIFY2(whole > again + 60 * 60, qPrintable(u"%1 and %2"_s.arg(whole).arg(again)));
        QVERIFY(start(61) > 0);
        QVERIFY(add(61)); // while nobody of us is there
        QVERIFY(start(62) > 0);
        qInfo("bytes down at a start: the whole roster %d, by version %d", whole, again);
    }

    static void servers()
    {
        QTest::addColumn<ThrowawayServer::Kind>("kind");
        QTest::newRow("ejabberd") << ThrowawayServer::Kind::Ejabberd;
        QTest::newRow("prosody") << ThrowawayServer::Kind::Prosody;
    }
    void counted()
    {
        QFETCH(ThrowawayServer::Kind, kind);
        ThrowawayServer server(kind, {u"alice"_s});
        QVERIFY2(server.failure().isEmpty(), qPrintable(server.failure()));
        ProxyProcess proxy(server.port(u"tls"_s), 20);
        QVERIFY(proxy.port());
        Client alice(server, proxy, u"alice"_s);
        const Client::Cost first = alice.open();
        QVERIFY(!alice.resumed);
        QCOMPARE(first.roundTrips, 5); // TCP, TLS, what is offered, SCRAM twice
        compare(alice.report, first, ConnectReport::Login::Password, false);
        alice->close();
        QVERIFY(alice.ends());
        QVERIFY(!alice.report.isLive() && !alice.report.ended);

        const Client::Cost token = alice.open();
        QVERIFY(!alice.resumed);
        QCOMPARE(token.roundTrips, 3); // TCP, TLS, everything else
        compare(alice.report, token, ConnectReport::Login::Token, false);

        proxy.command(u"cut"_s);
        QVERIFY(alice.ends());
        QCOMPARE(alice.report.ended.kind, Error::Kind::ConnectionLost);
        const Client::Cost resumed = alice.open();
        QVERIFY(alice.resumed);
        QCOMPARE(resumed.roundTrips, 3);
        compare(alice.report, resumed, ConnectReport::Login::Token, true);
        QVERIFY2(resumed.bytesUp < 3 * 1024, qPrintable(QString::number(resumed.bytesUp)));

        alice.credentials.token.clear();
        proxy.command(u"cut"_s);
        QVERIFY(alice.ends());
        const Client::Cost password = alice.open();
        QVERIFY(alice.resumed);
        QCOMPARE(password.roundTrips, 4); // SCRAM takes one more
        compare(alice.report, password, ConnectReport::Login::Password, true);
        qInfo("bytes up: first %d, token %d, resumed %d, resumed with the password %d", first.bytesUp,
              token.bytesUp, resumed.bytesUp, password.bytesUp);
    }
};

QTEST_GUILESS_MAIN(TestRoundTrips)
#include "tst_roundtrips.moc"
