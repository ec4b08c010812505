// SPDX-License-Identifier: GPL-3.0-or-later
// Logging in on what the server offered last time, with a server that has changed its mind.
#include "hostile/lyingpeer.h"
#include "hostile/probe.h"

#include <QTest>

using namespace Mingle;
using namespace Mingle::Hostile;
using Kind = Error::Kind;

class tst_Anticipation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysItsPartFirst_data();
    void saysItsPartFirst();
    void resumes();
    void breaksBeforeAnybodyHeardOfIt();
    void otherFeaturesThatDoNotMatter();
    void refusesWhatItNoLongerOffers();
    void hangsUpOnTheHasty();
    void refusesAsBefore();
    void weakFromNowOn();
    void junkIsNotAnticipated_data();
    void junkIsNotAnticipated();
    void reportsWhatTheLastTryCost();
    void reportsWithoutSecrets();

private:
    // Logged in once, with the token and the features of that.
    static void loginOnce(Probe &probe)
    {
        probe.open();
        QVERIFY(probe.waitForLive());
        probe.connection().close();
        QVERIFY(probe.waitForClosed());
        QVERIFY(probe.credentials.features.contains("SCRAM-SHA-256"));
    }
    Certificates m_certificates;
};

void tst_Anticipation::saysItsPartFirst_data()
{
    QTest::addColumn<bool>("directTls");
    QTest::addColumn<bool>("token");
    QTest::newRow("direct TLS, token") << true << true;
    QTest::newRow("direct TLS, password") << true << false;
    QTest::newRow("STARTTLS, token") << false << true;
    QTest::newRow("STARTTLS, password") << false << false;
}

void tst_Anticipation::saysItsPartFirst()
{
    QFETCH(bool, directTls);
    QFETCH(bool, token);
    Lies lies;
    lies.directTls = directTls;
    lies.fast = token;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    loginOnce(probe);
    server.lies.shy = true;
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(server.connections(), 2);
    QCOMPARE(server.received(1).contains("HT-SHA-256-NONE"), token);
    auto sent = probe.say(QStringLiteral("hello"), QStringLiteral("id1"));
    QTRY_VERIFY(sent.isFinished() && sent.result().ok());
    QVERIFY(!holdsCredentials(server.receivedInClear()));
}

void tst_Anticipation::resumes()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.open();
    QVERIFY(probe.waitForLive());
    server.peer()->cut();
    QVERIFY(probe.waitForClosed());
    server.lies.shy = true;
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live, (QList<bool>{false, true}));
    QCOMPARE(server.connections(), 2);
}

void tst_Anticipation::breaksBeforeAnybodyHeardOfIt()
{
    // Between the server's success and live(): it is a new session to us, however it is taken up.
    LyingServer server(m_certificates);
    Probe probe(server);
    const auto cut =
        connect(&probe.connection(), &Connection::stateChanged, &probe, [&probe](Connection::State state) {
            if (state == Connection::State::Live) probe.connection().abort();
        });
    probe.open();
    QVERIFY(probe.waitForClosed());
    QVERIFY(probe.live.isEmpty());
    disconnect(cut);
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live, QList<bool>{false});
    server.peer()->cut();
    QVERIFY(probe.waitForClosed());
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(probe.live.last(), true);
}

void tst_Anticipation::otherFeaturesThatDoNotMatter()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    loginOnce(probe);
    server.lies.otherFeatures = "<ver xmlns='urn:xmpp:features:rosterver'/>";
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(server.connections(), 2);
    QVERIFY(probe.credentials.features.contains("rosterver"));
}

void tst_Anticipation::refusesWhatItNoLongerOffers()
{
    // It has lost its tokens and no longer knows of FAST.
    LyingServer server(m_certificates);
    Probe probe(server);
    loginOnce(probe);
    server.lies.fast = false;
    server.lies.hook = [](LyingPeer &peer, const QDomElement &element) {
        if (element.attribute(QStringLiteral("mechanism")) != u"HT-SHA-256-NONE") return false;
        peer.send("<failure xmlns='urn:xmpp:sasl:2'><invalid-mechanism "
                  "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
        return true;
    };
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(server.connections(), 3);
    QVERIFY(server.received(2).contains("SCRAM-SHA-256"));
    QVERIFY(!probe.credentials.features.contains("urn:xmpp:fast:0"));
}

void tst_Anticipation::hangsUpOnTheHasty()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    loginOnce(probe);
    server.lies.shy = true;
    server.lies.hook = [&server](LyingPeer &peer, const QDomElement &element) {
        if (element.tagName() != u"authenticate" || server.connections() != 2) return false;
        server.lies.shy = false;
        peer.cut();
        return true;
    };
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(server.connections(), 3);
    QCOMPARE(probe.closed.size(), 1); // the person sees nothing of it
}

void tst_Anticipation::refusesAsBefore()
{
    // The offer is the same, so the answer counts: no further try with the same password.
    Lies lies;
    lies.fast = false;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    loginOnce(probe);
    probe.credentials.password = "wrong";
    QCOMPARE(probe.refused().kind, Kind::WrongPassword);
    QTest::qWait(100);
    QCOMPARE(server.connections(), 2);
}

void tst_Anticipation::weakFromNowOn()
{
    // Whoever answers now offers only what is too weak: nothing but what is strong has been sent, and nothing else will.
    Lies lies;
    lies.fast = false;
    LyingServer server(m_certificates, lies);
    Probe probe(server);
    loginOnce(probe);
    server.lies.mechanisms = {"PLAIN"};
    server.lies.failure = "invalid-mechanism";
    QCOMPARE(probe.refused().kind, Kind::WeakLogin);
    QCOMPARE(server.connections(), 3);
    QVERIFY(!server.received().contains(QByteArray("\0ada\0secret", 11).toBase64()));
    QVERIFY(!server.received().contains("PLAIN"));
}

void tst_Anticipation::junkIsNotAnticipated_data()
{
    QTest::addColumn<QByteArray>("features");
    QTest::newRow("not XML") << QByteArray("<<<");
    QTest::newRow("cut") << QByteArray("<features xmlns='http://etherx.jabber.org/streams'><mech");
    QTest::newRow("something else") << QByteArray("<iq xmlns='jabber:client'/>");
    QTest::newRow("nothing in it") << QByteArray("<features xmlns='http://etherx.jabber.org/streams'/>");
    QTest::newRow("only plain") << QByteArray(
        "<features xmlns='http://etherx.jabber.org/streams'><authentication xmlns='urn:xmpp:sasl:2'>"
        "<mechanism>PLAIN</mechanism></authentication></features>");
}

void tst_Anticipation::junkIsNotAnticipated()
{
    QFETCH(QByteArray, features);
    LyingServer server(m_certificates);
    Probe probe(server);
    probe.credentials.features = features;
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(server.connections(), 1);
}

void tst_Anticipation::reportsWhatTheLastTryCost()
{
    // Two tries: the first is refused, and what it cost is not the second's.
    LyingServer server(m_certificates);
    Probe probe(server);
    QList<ConnectReport> reports;
    connect(&probe.connection(), &Connection::reported, &probe,
            [&reports](const ConnectReport &report) { reports << report; });
    loginOnce(probe);
    QCOMPARE(reports.size(), 2); // live, and ended
    QVERIFY(reports.at(0).isLive() && !reports.at(1).isLive());
    QCOMPARE(reports.at(1).began, reports.at(0).began);
    server.lies.refuseTokens = true;
    probe.open();
    QVERIFY(probe.waitForLive());
    QCOMPARE(reports.size(), 3);
    const ConnectReport report = reports.last();
    QCOMPARE(report.tries, 2);
    QCOMPARE(report.login, ConnectReport::Login::Password);
    QCOMPARE(report.port, server.port());
    QVERIFY(report.began > reports.at(0).began);
    // Byte by byte: up to the first question of the live stream.
    QTRY_VERIFY(server.received(2).contains("jabber:iq:roster"));
    const QByteArray rest = server.received(2).mid(report.bytesUp);
    QVERIFY2(rest.startsWith("<iq ") && rest.contains("jabber:iq:roster"), rest.constData());
    QVERIFY(!server.received(2).first(report.bytesUp).contains("jabber:iq:roster"));
}

void tst_Anticipation::reportsWithoutSecrets()
{
    LyingServer server(m_certificates);
    Probe probe(server);
    ConnectReport report;
    connect(&probe.connection(), &Connection::reported, &probe,
            [&report](const ConnectReport &now) { report = now; });
    loginOnce(probe);
    // The token is thrown away before the end is told, and is in the server's words all the same.
    probe.credentials.password.clear();
    const QByteArray token = server.token;
    QVERIFY(token.size() > 4);
    server.lies.hook = [token](LyingPeer &peer, const QDomElement &element) {
        if (element.tagName() != u"authenticate") return false;
        peer.send(
            "<failure xmlns='urn:xmpp:sasl:2'><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
            "<text xmlns='urn:xmpp:sasl:2'>Bad: "
            + token + "</text></failure>");
        return true;
    };
    const Error error = probe.refused();
    QCOMPARE(error.kind, Kind::WrongPassword);
    QVERIFY(error.text.contains(QString::fromUtf8(token)));
    QCOMPARE(report.ended.kind, Kind::WrongPassword);
    QCOMPARE(report.ended.text, QString());
    QVERIFY(!report.wasLive());
}

QTEST_GUILESS_MAIN(tst_Anticipation)
#include "tst_anticipation.moc"
