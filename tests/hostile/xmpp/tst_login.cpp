// SPDX-License-Identifier: GPL-3.0-or-later
// A server that lies while we log in. Each refusal is quick, says why, and leaves nothing behind.
#include "hostile/lyingpeer.h"
#include "hostile/probe.h"

#include <QSslSocket>
#include <QTest>

using namespace Mingle;
using namespace Mingle::Hostile;
using Kind = Error::Kind;

namespace {
// Loose: a loaded machine under a sanitizer. What would hang takes as long as its time-out, 8 s.
constexpr qint64 quick = 6000;

// Puts a second socket into each QXmppClient, as soon as anything is put into it.
class OtherQXmpp : public QObject
{
public:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        const bool isClient = QByteArrayView(object->metaObject()->className()) == "QXmppClient";
        if (event->type() == QEvent::ChildAdded && isClient && !m_adding) {
            m_adding = true;
            new QSslSocket(object);
            m_adding = false;
        }
        return false;
    }

private:
    bool m_adding = false;
};
} // namespace

class tst_Login : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void honest_data();
    void honest();
    void otherInternals();
    void stanzasBeforeLogin_data();
    void stanzasBeforeLogin();
    void weakMechanisms_data();
    void weakMechanisms();
    void bestMechanismIsTaken();
    void plainIfAllowed_data();
    void plainIfAllowed();
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
    void tokenRefused_data();
    void tokenRefused();
    void tokenWithoutPassword();
    void tokenHoldsNoPassword();

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

void tst_Login::otherInternals()
{
    // A QXmpp that is made otherwise, here of two sockets: it would read by itself what we do not.
    OtherQXmpp other;
    qApp->installEventFilter(&other);
    LyingServer server(m_certificates);
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::Internal);
    QCOMPARE(error.condition, QStringLiteral("qxmpp-internals"));
    QTest::qWait(50);
    QCOMPARE(server.connections(), 0);
}

void tst_Login::stanzasBeforeLogin_data()
{
    QTest::addColumn<QByteArray>("stanza");
    const auto row = [](const char *name, const QByteArray &stanza) { QTest::newRow(name) << stanza; };
    row("message", "<message from='grace@chat.test/x'><body>early</body></message>");
    row("of myself", "<message from='ada@chat.test'><body>early</body></message>");
    row("carbon", "<message from='ada@chat.test'><received xmlns='urn:xmpp:carbons:2'><forwarded "
                  "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' "
                  "from='grace@chat.test/x' to='ada@chat.test'><body>early</body></message></forwarded>"
                  "</received></message>");
    row("ping", "<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>");
    row("roster push", "<iq type='set' id='p'><query xmlns='jabber:iq:roster'>"
                       "<item jid='evil@evil.test' name='early'/></query></iq>");
    row("bookmark", "<message from='ada@chat.test'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                    "<items node='urn:xmpp:bookmarks:1'><item id='evil@evil.test'><conference "
                    "xmlns='urn:xmpp:bookmarks:1' autojoin='true'/></item></items></event></message>");
    row("answer", "<iq type='result' id='p'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                  "<jid>eve@evil.test/x</jid></bind></iq>");
    row("presence", "<presence from='grace@chat.test/x'/>");
    row("subscription", "<presence type='subscribe' from='eve@evil.test'/>");
}

void tst_Login::stanzasBeforeLogin()
{
    QFETCH(QByteArray, stanza);
    for (const bool sasl2 : {false, true}) {
        // At each step until we are bound: in clear, under TLS, while we log in, and before we have an address.
        int sent = 0;
        Lies lies;
        lies.sasl2 = sasl2;
        lies.bind2 = false;
        lies.beforeFeatures = lies.securedBeforeFeatures = stanza;
        lies.hook = [&](LyingPeer &peer, const QDomElement &element) {
            const QString name = element.tagName();
            const bool binds = name == u"iq" && element.firstChildElement().tagName() == u"bind";
            if (binds || name == u"response" || name.startsWith(u"auth")) {
                peer.send(stanza);
                ++sent;
            }
            return false;
        };
        LyingServer server(m_certificates, lies);
        Probe probe(server);
        int heard = 0;
        auto *connection = &probe.connection();
        connect(connection, &Connection::contactChanged, this, [&] { ++heard; });
        connect(connection, &Connection::presenceChanged, this, [&] { ++heard; });
        connect(connection, &Connection::bookmarkChanged, this, [&] { ++heard; });
        probe.open();
        QVERIFY(probe.waitForLive());
        QTest::qWait(50);
        QCOMPARE(sent, 3);
        QVERIFY(probe.messages.isEmpty());
        QCOMPARE(heard, 0);
        QVERIFY(!server.received().contains("id=\"p\""));
        QVERIFY(!server.received().contains("evil.test"));
        QCOMPARE(probe.connection().boundAddress().bare(), probe.account.address);
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

// A server with an old password store; and what it is given, only because the person allows it for this account.
void tst_Login::plainIfAllowed_data()
{
    QTest::addColumn<bool>("sasl2");
    QTest::newRow("sasl2") << true;
    QTest::newRow("sasl") << false;
}

void tst_Login::plainIfAllowed()
{
    QFETCH(bool, sasl2);
    const QByteArray secret = QByteArray::fromRawData("\0ada\0secret", 11).toBase64();
    Lies lies;
    lies.sasl2 = sasl2;
    lies.mechanisms = {"PLAIN"};
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::WeakLogin);
    QCOMPARE(error.condition, QStringLiteral("only-plain"));
    QVERIFY(!server.received().contains(secret));
    probe.account.allowPlain = true;
    probe.open();
    QVERIFY(probe.waitForLive());
    QVERIFY(server.received().contains(secret));
    QVERIFY(!server.receivedInClear().contains(secret));

    LyingServer better(m_certificates);
    Probe again(better);
    again.account.allowPlain = true;
    again.open();
    QVERIFY(again.waitForLive());
    QVERIFY(!better.received().contains(secret));
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

QTEST_GUILESS_MAIN(tst_Login)
#include "tst_login.moc"
