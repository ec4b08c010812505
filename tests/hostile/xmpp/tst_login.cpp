// SPDX-License-Identifier: GPL-3.0-or-later
// A server that lies while we log in. Each refusal is quick, says why, and tells the server nothing it can use.
#include "hostile/lyingpeer.h"
#include "hostile/probe.h"

#include <QTest>

using namespace Mingle;
using namespace Mingle::Hostile;
using Kind = Error::Kind;

namespace {
// Loose: a loaded machine under a sanitizer. What would hang takes as long as its time-out, 8 s.
constexpr qint64 quick = 3000;

StreamOptions hasty()
{
    StreamOptions options;
    options.target = std::chrono::milliseconds(500);
    options.login = std::chrono::milliseconds(1500);
    return options;
}
} // namespace

class tst_Login : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void honest_data();
    void honest();
    void internalsAreThere();
    void badCertificates_data();
    void badCertificates();
    void certificateOfNoAuthority();
    void startTlsStripped();
    void startTlsRefused();
    void clearStream_data();
    void clearStream();
    void dataBehindProceed();
    void stanzasBeforeTls();
    void stanzasBeforeLogin();
    void headerWithoutVersion();
    void weakMechanisms_data();
    void weakMechanisms();
    void bestMechanismIsTaken();
    void signature_data();
    void signature();
    void iterations_data();
    void iterations();
    void wrongPassword();
    void loginFailures_data();
    void loginFailures();
    void strangerBound_data();
    void strangerBound();
    void sessionWithoutBinding();
    void redirectBeforeTls();
    void redirectLoop();
    void redirectFollowed();
    void tokenRefused_data();
    void tokenRefused();
    void tokenWithoutPassword();
    void tokenHoldsNoPassword();
    void nobodyThere();
    void silentServer();
    void xmlBombs_data();
    void xmlBombs();
    void closedByServer();
    void closeWhileConnecting();
    void targetsAreTriedInOrder();

private:
    Certificates m_certificates;
};

void tst_Login::honest_data()
{
    QTest::addColumn<bool>("sasl2");
    QTest::addColumn<bool>("directTls");
    QTest::addColumn<bool>("management");
    QTest::newRow("sasl2") << true << false << true;
    QTest::newRow("sasl2 direct") << true << true << true;
    QTest::newRow("sasl") << false << false << true;
    QTest::newRow("sasl direct") << false << true << true;
    QTest::newRow("sasl2 without management") << true << false << false;
    QTest::newRow("sasl without management") << false << false << false;
}

void tst_Login::honest()
{
    QFETCH(bool, sasl2);
    QFETCH(bool, directTls);
    QFETCH(bool, management);
    Lies lies;
    lies.sasl2 = sasl2;
    lies.directTls = directTls;
    lies.management = management;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    probe.open();
    QVERIFY2(probe.waitForLive(),
             qPrintable(probe.closed.isEmpty() ? QString() : probe.closed.last().condition));
    QCOMPARE(probe.live, QList<bool>{false});
    QCOMPARE(probe.connection().boundAddress().bare(), probe.account.address);
    QVERIFY(!probe.connection().boundAddress().isBare());
    auto sent = probe.say(QStringLiteral("hello"), QStringLiteral("id1"));
    QTRY_VERIFY(sent.isFinished());
    QVERIFY(sent.result().ok());
    QVERIFY(server.received().contains("hello"));
    QVERIFY(server.received().contains("urn:xmpp:carbons:2"));
    QVERIFY(!holdsCredentials(server.receivedInClear()));
    QVERIFY(!server.received().contains("secret"));
    probe.connection().close();
    QVERIFY(probe.waitForClosed());
    QCOMPARE(probe.closed, QList<Error>{Error{}});
    QTRY_VERIFY(server.received().contains("</stream:stream>"));
    QCOMPARE(server.connections(), 1);
    using State = Connection::State;
    QCOMPARE(probe.states, (QList<State>{State::Connecting, State::LoggingIn, State::Live, State::Offline}));
}

void tst_Login::internalsAreThere()
{
    const Error error = checkQXmpp();
    QVERIFY2(!error, qPrintable(error.text));
}

void tst_Login::badCertificates_data()
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

void tst_Login::badCertificates()
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

void tst_Login::certificateOfNoAuthority()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.account.caFile.clear();
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::CertificateInvalid);
    QCOMPARE(error.condition, QStringLiteral("untrusted"));
    QCOMPARE(server.received(), server.receivedInClear());
}

void tst_Login::startTlsStripped()
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

void tst_Login::startTlsRefused()
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

void tst_Login::clearStream_data()
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

void tst_Login::clearStream()
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

void tst_Login::dataBehindProceed()
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
}

void tst_Login::stanzasBeforeTls()
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

void tst_Login::stanzasBeforeLogin()
{
    for (const bool sasl2 : {false, true}) {
        Lies lies;
        lies.sasl2 = sasl2;
        lies.securedBeforeFeatures = "<message from='grace@chat.test/x'><body>early</body></message>"
                                     "<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>";
        lies.hook = [](LyingPeer &peer, const QDomElement &element) {
            if (element.tagName() == u"response" || element.tagName() == u"authenticate"
                || element.tagName() == u"auth")
                peer.send("<message from='grace@chat.test/x'><body>early</body></message>");
            return false;
        };
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        probe.open();
        QVERIFY(probe.waitForLive());
        QTest::qWait(50);
        QVERIFY(probe.messages.isEmpty());
        QVERIFY(!server.received().contains("id=\"p\""));
    }
}

void tst_Login::headerWithoutVersion()
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

void tst_Login::weakMechanisms_data()
{
    QTest::addColumn<QByteArray>("mechanism");
    QTest::addColumn<bool>("sasl2");
    for (const bool sasl2 : {false, true})
        for (const char *mechanism :
             {"PLAIN", "ANONYMOUS", "DIGEST-MD5", "X-OAUTH2", "EXTERNAL", "SCRAM-MD5", ""})
            QTest::addRow("%s %s", mechanism, sasl2 ? "sasl2" : "sasl") << QByteArray(mechanism) << sasl2;
}

void tst_Login::weakMechanisms()
{
    QFETCH(QByteArray, mechanism);
    QFETCH(bool, sasl2);
    Lies lies;
    lies.sasl2 = sasl2;
    lies.fast = false;
    lies.mechanisms = mechanism.isEmpty() ? QList<QByteArray>() : QList<QByteArray>{mechanism};
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    QCOMPARE(probe.refused().kind, Kind::WeakLogin);
    QVERIFY(probe.msToEnd < quick);
    QVERIFY(!holdsCredentials(server.received()));
    QVERIFY(probe.live.isEmpty());
}

void tst_Login::bestMechanismIsTaken()
{
    const auto used = [&](const QList<QByteArray> &offered) {
        Lies lies;
        lies.mechanisms = offered;
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        probe.open();
        if (!probe.waitForLive()) return QByteArray();
        const QByteArray bytes = server.received();
        const auto at = bytes.indexOf("mechanism=\"") + 11;
        return bytes.sliced(at, bytes.indexOf('"', at) - at);
    };
    QCOMPARE(used({"PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"}), "SCRAM-SHA-512");
    QCOMPARE(used({"SCRAM-SHA-1", "SCRAM-SHA-256", "DIGEST-MD5"}), "SCRAM-SHA-256");
    QCOMPARE(used({"PLAIN", "SCRAM-SHA-1", "ANONYMOUS"}), "SCRAM-SHA-1");
}

void tst_Login::signature_data()
{
    QTest::addColumn<int>("signature");
    QTest::addColumn<bool>("sasl2");
    QTest::addColumn<bool>("atOnce");
    QTest::addColumn<bool>("good");
    using S = Lies::Signature;
    for (const bool sasl2 : {false, true}) {
        const char *way = sasl2 ? "sasl2" : "sasl";
        QTest::addRow("forged, %s", way) << int(S::Forged) << sasl2 << false << false;
        QTest::addRow("bare success, %s", way) << int(S::Missing) << sasl2 << false << false;
        QTest::addRow("success at once, %s", way) << int(S::Missing) << sasl2 << true << false;
        QTest::addRow("in a challenge, %s", way) << int(S::InChallenge) << sasl2 << false << true;
    }
}

void tst_Login::signature()
{
    QFETCH(int, signature);
    QFETCH(bool, sasl2);
    QFETCH(bool, atOnce);
    QFETCH(bool, good);
    Lies lies;
    lies.signature = Lies::Signature(signature);
    lies.sasl2 = sasl2;
    lies.successAtOnce = atOnce;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    if (good) {
        probe.open();
        QVERIFY(probe.waitForLive());
        return;
    }
    QCOMPARE(probe.refused().kind, Kind::ServerNotGenuine);
    QVERIFY(probe.msToEnd < quick);
    QVERIFY(probe.live.isEmpty());
    QVERIFY(probe.tokens.isEmpty());
    QVERIFY(!server.received().contains("<iq"));
    QVERIFY(!server.received().contains("<presence"));
}

void tst_Login::iterations_data()
{
    QTest::addColumn<QByteArray>("iterations");
    for (const char *count :
         {"1", "0", "-1", "4095", "1000001", "2147483647", "2147483648", "4294971392", "x"})
        QTest::newRow(count) << QByteArray(count);
}

void tst_Login::iterations()
{
    QFETCH(QByteArray, iterations);
    Lies lies;
    lies.iterations = iterations;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::ServerNotGenuine);
    QCOMPARE(error.condition, QStringLiteral("iteration-count"));
    QVERIFY(probe.msToEnd < quick);
    QVERIFY(!server.received().contains("<response"));
}

void tst_Login::wrongPassword()
{
    for (const bool sasl2 : {false, true}) {
        Lies lies;
        lies.sasl2 = sasl2;
        LyingServer server(m_certificates, lies);
        server.password = "another";
        Probe probe(server);
        probe.credentials.password = "secret";
        const Error error = probe.refused();
        QCOMPARE(error.kind, Kind::WrongPassword);
        QCOMPARE(error.condition, QStringLiteral("not-authorized"));
        QCOMPARE(server.connections(), 1);
    }
}

void tst_Login::loginFailures_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<int>("kind");
    QTest::newRow("disabled") << QByteArray("account-disabled") << int(Kind::AccountDisabled);
    QTest::newRow("expired") << QByteArray("credentials-expired") << int(Kind::WrongPassword);
    QTest::newRow("temporary") << QByteArray("temporary-auth-failure") << int(Kind::ServiceFull);
    QTest::newRow("weak") << QByteArray("mechanism-too-weak") << int(Kind::WeakLogin);
    QTest::newRow("unknown") << QByteArray("no-such-condition") << int(Kind::ProtocolViolation);
}

void tst_Login::loginFailures()
{
    QFETCH(QByteArray, condition);
    QFETCH(int, kind);
    for (const bool sasl2 : {false, true}) {
        Lies lies;
        lies.sasl2 = sasl2;
        lies.failure = condition;
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        const Error error = probe.refused();
        QCOMPARE(int(error.kind), kind);
        QCOMPARE(error.condition, QString::fromLatin1(condition));
    }
}

void tst_Login::strangerBound_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<bool>("good");
    QTest::newRow("somebody else") << QByteArray("eve@chat.test/x") << false;
    QTest::newRow("elsewhere") << QByteArray("ada@evil.test/x") << false;
    QTest::newRow("the server") << QByteArray("chat.test/x") << false;
    QTest::newRow("no resource") << QByteArray("ada@chat.test") << false;
    QTest::newRow("malformed") << QByteArray("ada@@chat.test/x") << false;
    QTest::newRow("another case") << QByteArray("Ada@CHAT.test/x") << true;
}

void tst_Login::strangerBound()
{
    QFETCH(QByteArray, address);
    QFETCH(bool, good);
    for (const bool sasl2 : {false, true}) {
        Lies lies;
        lies.sasl2 = sasl2;
        lies.boundAddress = address;
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        if (good) {
            probe.open();
            QVERIFY(probe.waitForLive());
            QCOMPARE(probe.connection().boundAddress(), Jid::trusted(u"ada@chat.test/x"));
        } else {
            QCOMPARE(probe.refused().kind, Kind::ServerNotGenuine);
            QVERIFY(probe.live.isEmpty());
        }
    }
}

void tst_Login::sessionWithoutBinding()
{
    for (const bool sasl2 : {false, true}) {
        Lies lies;
        lies.sasl2 = sasl2;
        lies.bind2 = false;
        lies.insteadOfSessionFeatures = "<stream:features/>";
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        QCOMPARE(probe.refused().kind, Kind::ProtocolViolation);
        QVERIFY(probe.live.isEmpty());
    }
}

void tst_Login::redirectBeforeTls()
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

void tst_Login::redirectLoop()
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

void tst_Login::redirectFollowed()
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

void tst_Login::tokenRefused_data()
{
    QTest::addColumn<bool>("rightPassword");
    QTest::newRow("right password") << true;
    QTest::newRow("wrong password") << false;
}

void tst_Login::tokenRefused()
{
    QFETCH(bool, rightPassword);
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.tokens.size(), 1);
    probe.connection().close();
    QVERIFY(probe.waitForClosed());

    // First that it works.
    probe.open();
    QVERIFY(probe.waitForLive());
    QVERIFY(server.received(1).contains("HT-SHA-256-NONE"));
    QVERIFY(!server.received(1).contains("SCRAM"));
    probe.connection().close();
    QVERIFY(probe.waitForClosed());

    server.lies.refuseTokens = true;
    if (!rightPassword) probe.credentials.password = "wrong";
    const auto tokens = probe.tokens.size();
    probe.open();
    if (rightPassword) {
        QVERIFY(probe.waitForLive());
        QCOMPARE(probe.closed.size(), 2); // the person sees nothing of it
    } else {
        QVERIFY(probe.waitForClosed());
        QCOMPARE(probe.closed.last().kind, Kind::WrongPassword);
    }
    QCOMPARE(probe.tokens.value(tokens), QByteArray()); // thrown away
    QTest::qWait(100);
    QCOMPARE(server.connections(), 4); // one try with the token, one with the password, no loop
    QVERIFY(server.received(3).contains("SCRAM-SHA-256"));
}

void tst_Login::tokenWithoutPassword()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    probe.connection().close();
    QVERIFY(probe.waitForClosed());
    probe.credentials.password.clear();
    probe.open();
    QVERIFY(probe.waitForLive());
    probe.connection().close();
    QVERIFY(probe.waitForClosed());

    server.lies.refuseTokens = true;
    Error error = probe.refused();
    QCOMPARE(error.kind, Kind::WrongPassword);
    QCOMPARE(error.condition, QStringLiteral("password-needed"));
    QCOMPARE(server.connections(), 3);
    // With nothing at hand nothing is tried.
    error = probe.refused();
    QCOMPARE(error.condition, QStringLiteral("password-needed"));
    QVERIFY(!holdsCredentials(server.received(3)));
}

void tst_Login::tokenHoldsNoPassword()
{
    LyingServer server(m_certificates);
    server.password = "correct horse";
    Probe probe(server);
    probe.credentials.password = "correct horse";
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.tokens.size(), 1);
    QVERIFY(probe.tokens[0].contains(server.token));
    QVERIFY(!probe.tokens[0].contains("correct"));
    QVERIFY(!probe.tokens[0].contains(QByteArray("correct horse").toBase64()));
    for (const Error &error : std::as_const(probe.closed))
        QVERIFY(!error.text.contains(u"correct"));
}

void tst_Login::nobodyThere()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    server.close();
    QCOMPARE(probe.refused().kind, Kind::UnknownServer);
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

void tst_Login::silentServer()
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

void tst_Login::xmlBombs_data()
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

void tst_Login::xmlBombs()
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

void tst_Login::closedByServer()
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

void tst_Login::closeWhileConnecting()
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
    // And it can be used again.
    probe.account.port = server.port();
    probe.open();
    QVERIFY(probe.waitForLive());
}

void tst_Login::targetsAreTriedInOrder()
{
    QTcpServer mute;
    QVERIFY(mute.listen(QHostAddress::LocalHost));
    LyingServer stripped(m_certificates);
    stripped.lies.startTls = false;
    LyingServer good(m_certificates);
    good.lies.directTls = true;
    StreamOptions options = hasty();
    options.login = std::chrono::seconds(10);
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

QTEST_GUILESS_MAIN(tst_Login)
#include "tst_login.moc"
