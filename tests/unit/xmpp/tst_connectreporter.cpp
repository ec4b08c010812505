// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted of a connect, and what never gets into its report.
#include "xmpp/connection.h"
#include "xmpp/connectreporter.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

class tst_ConnectReporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void countsTurns();
    void oldTlsTakesOneMore();
    void nothingAfterLive();
    void aConnectThatLivedAndEnded();
    void aFailedOneTellsOfItsLastTry();
    void nothingBeforeTheFirstAndNothingTwice();
    void noSecret_data();
    void noSecret();
    void isShort();

private:
    Error ended(const Error &reason)
    {
        m_reporter.end(nullptr, reason);
        return m_reporter.report().ended;
    }

    ConnectReporter m_reporter;
    Account m_account;
    Credentials m_credentials;
};

void tst_ConnectReporter::init()
{
    m_reporter = {};
    m_account.address = Jid::trusted(u"ada@chat.test"_s);
    m_account.resource = u"Mingle.4f2a"_s;
    m_credentials.password = "kittens";
    m_credentials.token =
        "<credentials xmlns='org.qxmpp.credentials'><ht-token mechanism='HT-SHA-256-NONE' secret='ABC=' "
        "expiry='2030-01-01T00:00:00Z'/></credentials>";
}

void tst_ConnectReporter::countsTurns()
{
    ConnectMeter meter;
    meter.connected();
    meter.wrote(100); // the header, and the login right behind it
    meter.secured(QSsl::TlsV1_3);
    meter.wrote(300);
    QCOMPARE(meter.roundTrips(), 2);
    meter.read(0); // woken for nothing
    QCOMPARE(meter.roundTrips(), 2);
    meter.read(50);
    meter.read(500); // the rest of the same answer
    QCOMPARE(meter.roundTrips(), 3);
    meter.wrote(20);
    meter.read(30);
    QCOMPARE(meter.roundTrips(), 4);
    QCOMPARE(meter.tls(), u"TLS 1.3"_s);
    QCOMPARE(meter.bytesUp(), 420);
    QCOMPARE(meter.bytesDown(), 580);
}

void tst_ConnectReporter::oldTlsTakesOneMore()
{
    ConnectMeter meter;
    meter.connected();
    meter.secured(QSsl::TlsV1_2);
    QCOMPARE(meter.roundTrips(), 3);
    QCOMPARE(meter.tls(), u"TLS 1.2"_s);
}

void tst_ConnectReporter::nothingAfterLive()
{
    ConnectMeter meter;
    meter.wrote(1);
    meter.stop();
    meter.wrote(10);
    meter.read(10);
    QCOMPARE(meter.roundTrips(), 0);
    QCOMPARE(meter.bytesUp(), 1);
    QCOMPARE(meter.bytesDown(), 0);
}

void tst_ConnectReporter::aConnectThatLivedAndEnded()
{
    ConnectMeter meter;
    meter.wrote(7);
    const QDateTime before = QDateTime::currentDateTimeUtc();
    m_reporter.begin(m_account, m_credentials);
    m_reporter.beginTry({u"xmpp.chat.test"_s, 5223, true});
    m_reporter.live(meter, Jid::trusted(u"ada@chat.test/Mingle.4f2a"_s), true, true);
    ConnectReport report = m_reporter.report();
    QVERIFY(report.isLive() && report.wasLive() && report.resumed && report.directTls);
    QVERIFY(report.began >= before);
    QCOMPARE(report.login, ConnectReport::Login::Token);
    QCOMPARE(report.host, u"xmpp.chat.test"_s);
    QCOMPARE(report.port, 5223);
    const auto took = report.took;
    const QDateTime began = report.began;
    QTest::qWait(20);
    meter.wrote(7); // of a later try
    QVERIFY(m_reporter.end(&meter, {Kind::ConnectionLost, u"silent"_s, {}}));
    report = m_reporter.report();
    QVERIFY(!report.isLive() && report.wasLive());
    QCOMPARE(report.began, began); // by which it takes the place of the first
    QCOMPARE(report.took, took);
    QCOMPARE(report.bytesUp, 7);
    QCOMPARE(report.ended.condition, u"silent"_s);
    QVERIFY(report.endedAt >= began.addMSecs(20));
}

void tst_ConnectReporter::aFailedOneTellsOfItsLastTry()
{
    m_reporter.begin(m_account, m_credentials);
    m_reporter.beginTry({u"one.chat.test"_s, 5223, true});
    m_reporter.beginTry({u"two.chat.test"_s, 5222, false});
    ConnectMeter meter;
    meter.connected();
    QVERIFY(m_reporter.end(&meter, {Kind::Timeout, {}, {}}));
    const ConnectReport &report = m_reporter.report();
    QVERIFY(!report.wasLive() && !report.directTls && report.tls.isEmpty());
    QCOMPARE(report.host, u"two.chat.test"_s);
    QCOMPARE(report.tries, 2);
    QCOMPARE(report.roundTrips, 1);
    // The meter of a connect before is not this one's.
    m_reporter.begin(m_account, m_credentials);
    QVERIFY(m_reporter.end(&meter, {Kind::UnknownServer, {}, {}}));
    QCOMPARE(m_reporter.report().roundTrips, 0);
}

void tst_ConnectReporter::nothingBeforeTheFirstAndNothingTwice()
{
    QVERIFY(!m_reporter.end(nullptr, {}));
    m_reporter.begin(m_account, m_credentials);
    QVERIFY(m_reporter.end(nullptr, {}));
    QVERIFY(!m_reporter.end(nullptr, {Kind::Timeout, {}, {}}));
    QVERIFY(!m_reporter.report().ended);
}

void tst_ConnectReporter::noSecret_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("stays");
    QTest::newRow("ordinary") << u"Shutdown of adapter, canada"_s << true;
    QTest::newRow("address") << u"Replaced by ADA@chat.test"_s << false;
    QTest::newRow("name") << u"User 'Ada' is banned"_s << false;
    QTest::newRow("name alone") << u"ada"_s << false;
    QTest::newRow("resource") << u"mingle.4F2A took over"_s << false;
    QTest::newRow("resource of the server") << u"tablet7 took over"_s << false;
    QTest::newRow("password") << u"not kittens"_s << false;
    QTest::newRow("token") << u"bad token ABC= of yours"_s << false;
    QTest::newRow("new token") << u"bad token XYZ= of yours"_s << false;
}

void tst_ConnectReporter::noSecret()
{
    QFETCH(QString, text);
    QFETCH(bool, stays);
    m_reporter.begin(m_account, m_credentials);
    m_reporter.keepOut("<credentials><ht-token secret='XYZ='/></credentials>");
    m_reporter.live({}, Jid::trusted(u"ada@chat.test/tablet7"_s), false, false);
    const Error error = ended({Kind::Conflict, text, text});
    QCOMPARE(error.kind, Kind::Conflict);
    QCOMPARE(error.text, stays ? text : QString());
    QCOMPARE(error.condition, error.text);
}

void tst_ConnectReporter::isShort()
{
    m_reporter.begin(m_account, m_credentials);
    const QString text(100'000, u'x');
    const Error error = ended({Kind::ProtocolViolation, text, text});
    QCOMPARE(error.condition.size(), 100);
    QCOMPARE(error.text.size(), 300);
}

QTEST_GUILESS_MAIN(tst_ConnectReporter)
#include "tst_connectreporter.moc"
