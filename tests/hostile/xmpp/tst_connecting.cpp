// SPDX-License-Identifier: GPL-3.0-or-later
// A server that lies before anybody logs in. It gets nothing that it could use.
#include "hostile/lyingpeer.h"
#include "hostile/probe.h"

#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Mingle;
using namespace Mingle::Hostile;
using Kind = Error::Kind;

namespace {
// Loose: a loaded machine under a sanitizer. What would hang takes as long as its time-out, 8 s.
constexpr qint64 quick = 6000;

StreamOptions hasty()
{
    StreamOptions options;
    options.target = std::chrono::milliseconds(500);
    options.login = std::chrono::milliseconds(1500);
    return options;
}

// Lets nobody connect and refuses nobody: its queue is full.
struct SilentPort {
    SilentPort()
        : listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *any = reinterpret_cast<sockaddr *>(&address);
        if (::bind(listener, any, size) != 0 || ::listen(listener, 0) != 0) return;
        if (::getsockname(listener, any, &size) != 0) return;
        port = ntohs(address.sin_port);
        for (auto &socket : crowd)
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        (void)crowd[0].waitForConnected(1000);
    }
    ~SilentPort() { ::close(listener); }
    Q_DISABLE_COPY_MOVE(SilentPort)

    const int listener;
    quint16 port = 0;
    QTcpSocket crowd[4];
};
} // namespace

class tst_Connecting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badCertificates_data();
    void badCertificates();
    void certificateOfNoAuthority();
    void startTlsStripped();
    void startTlsRefused();
    void clearStream_data();
    void clearStream();
    void dataBehindProceed();
    void stanzasBeforeTls();
    void headerWithoutVersion();
    void redirectBeforeTls();
    void redirectLoop();
    void redirectFollowed();
    void nobodyThere();
    void namesTheProtocol();
    void silentServer();
    void xmlBombs_data();
    void xmlBombs();
    void closedByServer();
    void closeWhileConnecting();
    void targetsAreTriedInOrder();
    void aSilentServerIsNotWaitedFor();

private:
    Certificates m_certificates;
};

void tst_Connecting::badCertificates_data()
{
    QTest::addColumn<int>("certificate");
    QTest::addColumn<bool>("directTls");
    QTest::addColumn<QString>("condition");
    for (const bool direct : {false, true}) {
        const char *way = direct ? "direct" : "STARTTLS";
        QTest::addRow("expired, %s", way) << int(Certificate::Expired) << direct << QStringLiteral("expired");
        QTest::addRow("self-signed, %s", way)
            << int(Certificate::SelfSigned) << direct << QStringLiteral("self-signed");
        QTest::addRow("wrong name, %s", way)
            << int(Certificate::WrongName) << direct << QStringLiteral("wrong-name");
    }
}

void tst_Connecting::badCertificates()
{
    QFETCH(int, certificate);
    QFETCH(bool, directTls);
    QFETCH(QString, condition);
    Lies lies;
    lies.certificate = Certificate(certificate);
    lies.directTls = directTls;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::CertificateInvalid);
    QCOMPARE(error.condition, condition);
    QVERIFY(probe.msToEnd < quick);
    QTest::qWait(50);
    QVERIFY(!holdsCredentials(server.received()));
    // Nothing at all under that certificate.
    QCOMPARE(server.received(), server.receivedInClear());
}

void tst_Connecting::certificateOfNoAuthority()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.account.caFile.clear();
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::CertificateInvalid);
    QCOMPARE(error.condition, QStringLiteral("untrusted"));
    QCOMPARE(server.received(), server.receivedInClear());
}

void tst_Connecting::startTlsStripped()
{
    Lies lies;
    lies.startTls = false;
    lies.clearFeatures =
        "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>SCRAM-SHA-256</mechanism>"
        "<mechanism>PLAIN</mechanism></mechanisms><auth xmlns='http://jabber.org/features/iq-auth'/>";
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    QCOMPARE(probe.refused().kind, Kind::TlsUnavailable);
    QVERIFY(probe.msToEnd < quick);
    QVERIFY(!holdsCredentials(server.received()));
    QVERIFY(server.receivedInClear().contains("<stream:stream"));
}

void tst_Connecting::startTlsRefused()
{
    Lies lies;
    lies.hook = [](LyingPeer &peer, const QDomElement &element) {
        if (element.tagName() == u"starttls")
            peer.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>");
        return element.tagName() == u"starttls";
    };
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    QCOMPARE(probe.refused().kind, Kind::TlsUnavailable);
    QVERIFY(!holdsCredentials(server.received()));
}

void tst_Connecting::clearStream_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("success") << QByteArray("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    QTest::newRow("challenge") << QByteArray(
        "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>cj0x</challenge>");
    QTest::newRow("proceed too early") << QByteArray("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    QTest::newRow("resumed") << QByteArray("<resumed xmlns='urn:xmpp:sm:3' previd='x' h='1'/>");
    QTest::newRow("unknown") << QByteArray("<x xmlns='urn:x'/>");
    QTest::newRow("second header") << QByteArray("<stream:stream version='1.0'/>");
}

void tst_Connecting::clearStream()
{
    QFETCH(QByteArray, bytes);
    Lies lies;
    lies.beforeFeatures = bytes;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    QCOMPARE(probe.refused().kind, Kind::ProtocolViolation);
    QVERIFY(probe.msToEnd < quick);
    QVERIFY(!holdsCredentials(server.received()));
}

void tst_Connecting::dataBehindProceed()
{
    Lies lies;
    lies.behindProceed =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
        "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
        "<mechanism>PLAIN</mechanism></mechanisms></stream:features>";
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::ProtocolViolation);
    QCOMPARE(error.condition, QStringLiteral("data-before-tls"));
    QVERIFY(!holdsCredentials(server.received()));

    // In a packet of its own it is where the handshake should be.
    server.lies.hook = [&lies](LyingPeer &peer, const QDomElement &element) {
        if (element.tagName() != u"starttls") return false;
        peer.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        QTimer::singleShot(50, &peer, [&peer, clear = lies.behindProceed] { peer.send(clear); });
        return true;
    };
    Probe second(server);
    QCOMPARE(second.refused().kind, Kind::TlsUnavailable);
    QVERIFY(second.msToEnd < quick);
    QVERIFY(!holdsCredentials(server.received()));
}

void tst_Connecting::stanzasBeforeTls()
{
    Lies lies;
    lies.beforeFeatures =
        "<message from='ada@chat.test'><body>early</body></message><presence from='x@y/z'/>"
        "<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='evil@x'/></query></iq>";
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QTest::qWait(50);
    QVERIFY(probe.messages.isEmpty());
}

void tst_Connecting::headerWithoutVersion()
{
    for (const QByteArray &version : {QByteArray(), QByteArray("0.9"), QByteArray("x")}) {
        Lies lies;
        lies.version = version;
        lies.hook = [](LyingPeer &peer, const QDomElement &element) {
            if (element.tagName() == u"iq")
                peer.answer(element,
                            "<query xmlns='jabber:iq:auth'><username/><password/><resource/></query>");
            return element.tagName() == u"iq";
        };
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        const Error error = probe.refused();
        QCOMPARE(error.kind, Kind::ProtocolViolation);
        QCOMPARE(error.condition, QStringLiteral("unsupported-version"));
        QVERIFY(!holdsCredentials(server.received()));
    }
}

void tst_Connecting::redirectBeforeTls()
{
    LyingServer trap(m_certificates);
    Lies lies;
    lies.beforeFeatures =
        "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:"
        + QByteArray::number(trap.port()) + "</see-other-host></stream:error></stream:stream>";
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::ProtocolViolation);
    QCOMPARE(error.condition, QStringLiteral("see-other-host"));
    QTest::qWait(100);
    QCOMPARE(trap.connections(), 0);
}

void tst_Connecting::redirectLoop()
{
    LyingServer server(m_certificates);
    server.lies.securedBeforeFeatures =
        "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:"
        + QByteArray::number(server.port()) + "</see-other-host></stream:error></stream:stream>";
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::Redirected);
    QCOMPARE(error.condition, QStringLiteral("127.0.0.1:%1").arg(server.port()));
    QCOMPARE(server.connections(), 4);
    QVERIFY(!holdsCredentials(server.received()));
}

void tst_Connecting::redirectFollowed()
{
    LyingServer other(m_certificates);
    Lies lies;
    lies.securedBeforeFeatures =
        "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:"
        + QByteArray::number(other.port()) + "</see-other-host></stream:error></stream:stream>";
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(other.connections(), 1);
    QVERIFY(!holdsCredentials(server.received()));

    // But there the certificate counts too.
    LyingServer impostor(m_certificates);
    impostor.lies.certificate = Certificate::WrongName;
    server.lies.securedBeforeFeatures =
        "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.1:"
        + QByteArray::number(impostor.port()) + "</see-other-host></stream:error></stream:stream>";
    Probe second(server);
    QCOMPARE(second.refused().kind, Kind::CertificateInvalid);
    QVERIFY(!holdsCredentials(impostor.received()));
}

void tst_Connecting::nobodyThere()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    server.close();
    const Error refused = probe.refused();
    QCOMPARE(refused.kind, Kind::Timeout); // there is such a server, it does not answer
    QCOMPARE(refused.condition, QStringLiteral("connection-refused"));
    QVERIFY(probe.msToEnd < quick);

    probe.account.host = QStringLiteral("no-such-host.invalid");
    const Error error = probe.refused();
    QVERIFY(error.kind == Kind::UnknownServer || error.kind == Kind::NoNetwork);

    // Nobody answers for the name and nobody is there: the network. Somebody says that there is none: the name.
    const auto outcome = [&](SrvAnswer::Kind kind) {
        StreamOptions options;
        options.srv = [kind](const QString &, QObject *context, const std::function<void(SrvAnswer)> &done) {
            QMetaObject::invokeMethod(context, [kind, done] { done({kind, {}}); }, Qt::QueuedConnection);
        };
        Probe nameless(server, options);
        nameless.account.host.clear();
        nameless.account.port = 0;
        nameless.account.address = Jid::trusted(u"ada@no-such-host.invalid");
        return nameless.refused().kind;
    };
    QCOMPARE(outcome(SrvAnswer::Kind::NoAnswer), Kind::NoNetwork);
    QCOMPARE(outcome(SrvAnswer::Kind::NoSuchName), Kind::UnknownServer);
}

// XEP-0368 3: a port that serves several protocols must see which is wanted.
void tst_Connecting::namesTheProtocol()
{
    for (const bool own : {false, true}) {
        QTcpServer plain;
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        LyingServer server(m_certificates);
        Probe probe(server, hasty());
        probe.account.port = plain.serverPort();
        probe.account.tls = Account::Tls::Direct;
        if (own) probe.account.caFile.clear();
        QByteArray hello;
        connect(&plain, &QTcpServer::newConnection, &plain, [&] {
            QTcpSocket *socket = plain.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&hello, socket] { hello += socket->readAll(); });
        });
        probe.open();
        QTRY_VERIFY(hello.contains("\x0bxmpp-client"));
        QVERIFY(probe.waitForClosed());
    }
}

void tst_Connecting::silentServer()
{
    // Takes the connection and says nothing.
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    LyingServer server(m_certificates);
    {
        Probe probe(server, hasty());
        probe.account.port = mute.serverPort();
        QCOMPARE(probe.refused().kind, Kind::Timeout);
        QVERIFY(probe.msToEnd < quick);
    }
    // Falls silent at each later step.
    for (const char *step : {"starttls", "authenticate", "response"}) {
        LyingServer quiet(m_certificates);
        quiet.lies.hook = [step](LyingPeer &peer, const QDomElement &element) {
            if (element.tagName() != QLatin1String(step)) return false;
            peer.fallSilent();
            return true;
        };
        Probe probe(quiet, hasty());
        QCOMPARE(probe.refused().kind, Kind::Timeout);
        QVERIFY(probe.msToEnd < quick);
    }
}

void tst_Connecting::xmlBombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("entities") << QByteArray("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>");
    QTest::newRow("deep") << QByteArray("<x>").repeated(20'000);
    QTest::newRow("wide") << "<x>" + QByteArray("<y/>").repeated(100'000);
    QTest::newRow("long") << "<x>" + QByteArray(2'000'000, 'y');
    QTest::newRow("attribute") << "<x y='" + QByteArray(2'000'000, 'y') + "'/>";
    QTest::newRow("not UTF-8") << QByteArray("<x>\xFF</x>");
    QTest::newRow("instruction") << QByteArray("<?php evil ?>");
}

void tst_Connecting::xmlBombs()
{
    QFETCH(QByteArray, bytes);
    for (const bool secured : {false, true}) {
        Lies lies;
        (secured ? lies.securedBeforeFeatures : lies.beforeFeatures) = bytes;
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        QCOMPARE(probe.refused().kind, Kind::ProtocolViolation);
        QVERIFY(probe.msToEnd < quick);
        QVERIFY(!holdsCredentials(server.received()));
    }
}

void tst_Connecting::closedByServer()
{
    for (const bool secured : {false, true}) {
        Lies lies;
        (secured ? lies.securedBeforeFeatures : lies.beforeFeatures) = "</stream:stream>";
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        QCOMPARE(probe.refused().kind, Kind::ConnectionLost);
    }
    Lies lies;
    lies.securedBeforeFeatures =
        "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
        "</stream:error></stream:stream>";
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    QCOMPARE(probe.refused().kind, Kind::ServerShutdown);
}

void tst_Connecting::closeWhileConnecting()
{
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.account.port = mute.serverPort();
    probe.open();
    QTest::qWait(50);
    probe.connection().close();
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed.last(), Error{});
    // And it can be used again, at once even while it is ending.
    probe.account.port = server.port();
    probe.open();
    QVERIFY(probe.waitForLive());
    probe.connection().close();
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.closed.size(), 2);
}

void tst_Connecting::targetsAreTriedInOrder()
{
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    LyingServer stripped(m_certificates);
    stripped.lies.startTls = false;
    LyingServer good(m_certificates);
    good.lies.directTls = true;
    StreamOptions options = hasty();
    options.target = std::chrono::seconds(2);
    options.login = std::chrono::seconds(20);
    options.srv = [&](const QString &name, QObject *context, const std::function<void(SrvAnswer)> &done) {
        const QString host = QStringLiteral("127.0.0.1");
        SrvAnswer answer{SrvAnswer::Kind::Records, {}};
        if (name == u"_xmpp-client._tcp.chat.test")
            answer.records = {{host, mute.serverPort(), 1, 0}, {host, stripped.port(), 2, 0}};
        if (name == u"_xmpps-client._tcp.chat.test") answer.records = {{host, good.port(), 3, 0}};
        QMetaObject::invokeMethod(context, [answer, done] { done(answer); }, Qt::QueuedConnection);
    };
    Probe probe(good, options);
    probe.account.host.clear();
    probe.account.port = 0;
    probe.account.tls = Account::Tls::Automatic;
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(stripped.connections(), 1);
    QCOMPARE(good.connections(), 1);

    // If none is of use, the most telling reason.
    good.close();
    Probe second(good, options);
    second.account = probe.account;
    QCOMPARE(second.refused().kind, Kind::TlsUnavailable);
}

// As behind a firewall that swallows everything.
void tst_Connecting::aSilentServerIsNotWaitedFor()
{
    SilentPort silent;
    QVERIFY(silent.port);
    LyingServer good(m_certificates);
    good.lies.directTls = true;
    StreamOptions options;
    options.srv = [&](const QString &name, QObject *context, const std::function<void(SrvAnswer)> &done) {
        const QString host = QStringLiteral("127.0.0.1");
        SrvAnswer answer{SrvAnswer::Kind::Records, {}};
        if (name == u"_xmpps-client._tcp.chat.test")
            answer.records = {{host, silent.port, 1, 0}, {host, good.port(), 2, 0}};
        QMetaObject::invokeMethod(context, [answer, done] { done(answer); }, Qt::QueuedConnection);
    };
    Probe probe(good, options);
    probe.account.host.clear();
    probe.account.port = 0;
    probe.account.tls = Account::Tls::Automatic;
    QElapsedTimer timer;
    timer.start();
    probe.open();
    QVERIFY(probe.waitForLive(int(options.target.count()) / 2));
    QCOMPARE(good.connections(), 2); // one only showed that somebody is there
}

QTEST_GUILESS_MAIN(tst_Connecting)
#include "tst_connecting.moc"
