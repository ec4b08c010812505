// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connectwords.h"

#include <QRegularExpression>
#include <QTest>
#include <QTimeZone>

using namespace Mingle;
using namespace Qt::StringLiterals;
using Login = ConnectReport::Login;

namespace {

ConnectReport report(Login login = Login::Token)
{
    ConnectReport result;
    result.began = QDateTime(QDate(2026, 11, 18), QTime(16, 22, 5, 250), QTimeZone::UTC);
    result.host = u"xmpp.chat.test"_s;
    result.port = 5223;
    result.directTls = true;
    result.tls = u"TLS 1.3"_s;
    result.tries = 1;
    result.roundTrips = 3;
    result.bytesUp = 1234;
    result.bytesDown = 45'678;
    result.login = login;
    result.took = std::chrono::milliseconds(412);
    return result;
}

} // namespace

class TestConnectWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void words_data();
    void words();
    void oneLineForEachConnect();
    void hostileWordsStayShortAndInLine();
};

void TestConnectWords::words_data()
{
    QTest::addColumn<ConnectReport>("report");
    QTest::addColumn<QString>("words");
    ConnectReport one = report();
    one.resumed = true;
    QTest::newRow("resumed")
        << one
        << u"Resumed with a token, 16:22, In 412 ms · 3 round trip(s) · TLS 1.3 · 1.2 kB "
           "sent · 45.7 kB received, Still connected"_s;
    one = report(Login::Password);
    one.took = std::chrono::milliseconds(1449);
    one.roundTrips = 5;
    one.endedAt = one.began.addSecs(3600);
    QTest::newRow("as asked")
        << one
        << u"Signed in with the password, 16:22, In 1.4 s · 5 round trip(s) · TLS 1.3 · "
           "1.2 kB sent · 45.7 kB received, 17:22: Ended as you chose"_s;
    one.endedAt = one.began.addDays(1);
    one.ended = {Error::Kind::ConnectionLost, u"silent"_s, u"<b>of the server</b>"_s};
    QTest::newRow("lost")
        << one
        << u"Signed in with the password, 16:22, In 1.4 s · 5 round trip(s) · TLS 1.3 · 1.2 "
           "kB sent · 45.7 kB received, 19 Nov 2026 16:22: The connection was lost"_s;
    one = {};
    one.began = report().began.addDays(-1);
    one.endedAt = one.began.addSecs(8);
    one.took = std::chrono::milliseconds(8000);
    one.tries = 2;
    one.ended = {Error::Kind::Timeout, {}, {}};
    QTest::newRow("failed") << one << u"Not connected, 17 Nov 2026 16:22, After 8.0 s · 2 tries, No answer"_s;
}

void TestConnectWords::words()
{
    QFETCH(ConnectReport, report);
    QFETCH(QString, words);
    const QDateTime now(QDate(2026, 11, 18), QTime(18, 0), QTimeZone::UTC);
    QCOMPARE(connectWords(report, now).spoken(), words);
}

void TestConnectWords::oneLineForEachConnect()
{
    ConnectReport failed;
    failed.began = report().began.addSecs(-60);
    failed.endedAt = failed.began.addSecs(8);
    failed.ended = {Error::Kind::UnknownServer, u"host-not-found"_s, {}};
    ConnectReport resumed = report(Login::Password);
    resumed.resumed = true;
    const QStringList lines = connectReportText({resumed, failed}).split(u'\n');
    QCOMPARE(lines.size(), 6); // two of head, the columns, two connects, the end of the last
    static const QRegularExpression columns(u" {2,}"_s);
    QCOMPARE(lines.at(3).split(columns),
             (QStringList{u"2026-11-18T16:22:05.250Z"_s, u"xmpp.chat.test:5223"_s, u"direct"_s, u"TLS 1.3"_s,
                          u"resumed,password"_s, u"1"_s, u"3"_s, u"1234"_s, u"45678"_s, u"412"_s, u"-"_s,
                          u"-"_s}));
    QVERIFY(lines.at(4).endsWith(u"UnknownServer · host-not-found"_s));
    QCOMPARE(lines.at(4).split(columns).size(), lines.at(2).split(columns).size());
}

void TestConnectWords::hostileWordsStayShortAndInLine()
{
    ConnectReport hostile = report();
    const QString evil = u"a\nb\r\u2028c\t\u202e\u0000d"_s + QString(100'000, u'x') + u"@"_s;
    hostile.host = evil;
    hostile.endedAt = hostile.began;
    hostile.ended = {Error::Kind::ProtocolViolation, evil, evil};
    const QString text = connectReportText({hostile});
    QCOMPARE(text.count(u'\n'), 4);
    QVERIFY2(text.size() < 2000, qPrintable(QString::number(text.size())));
    for (const QChar c : {u'\r', u'\t', u'\u2028', u'\u202e', u'\0', u'@'})
        QVERIFY(!text.contains(c));
    QVERIFY(!connectWords(hostile, hostile.began).spoken().contains(u"xxx"_s));
}

QTEST_GUILESS_MAIN(TestConnectWords)
#include "tst_connectwords.moc"
