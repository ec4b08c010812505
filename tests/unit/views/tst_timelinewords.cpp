// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelinewords.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestTimelineWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void newSince_data();
    void newSince();
    void notices();
};

void TestTimelineWords::newSince_data()
{
    QTest::addColumn<QDate>("day");
    QTest::addColumn<QString>("words");
    // Today is Wednesday, 18 November 2026.
    QTest::newRow("today") << QDate(2026, 11, 18) << u"New since 16:22"_s;
    QTest::newRow("yesterday") << QDate(2026, 11, 17) << u"New since yesterday, 16:22"_s;
    QTest::newRow("this week") << QDate(2026, 11, 12) << u"New since Thursday, 16:22"_s;
    QTest::newRow("a week ago") << QDate(2026, 11, 11) << u"New since 11 November, 16:22"_s;
    QTest::newRow("another year") << QDate(2025, 12, 31) << u"New since 31 December 2025, 16:22"_s;
    QTest::newRow("a clock that is wrong") << QDate(2026, 11, 19) << u"New since 19 November, 16:22"_s;
    QTest::newRow("nothing above") << QDate() << u"New"_s;
}

void TestTimelineWords::newSince()
{
    QFETCH(QDate, day);
    QFETCH(QString, words);
    const QDateTime time = day.isValid() ? QDateTime(day, QTime(16, 22)) : QDateTime();
    QCOMPARE(TimelineWords::newSince(time, QDate(2026, 11, 18)), words);
}

void TestTimelineWords::notices()
{
    const QString open(QChar(0x2068)), close(QChar(0x2069)); // isolated()
    const auto plain = [&](QString text) { return text.remove(open).remove(close); };
    Message message;
    message.notice = Notice::Banned;
    message.author.nick = u"Ada"_s;
    message.body = u"<b>Eve</b>\n"_s;
    message.replacedBody = u"rude"_s;
    QCOMPARE(plain(TimelineWords::notice(message)), u"Ada keeps <b>Eve</b> out for good. “rude”"_s);
    message.author = {};
    message.replacedBody.clear();
    QCOMPARE(plain(TimelineWords::notice(message)), u"<b>Eve</b> is kept out for good."_s);
    message.author.isMe = true;
    message.notice = Notice::SubjectChanged;
    message.body = QString(5000, u'x');
    QVERIFY(TimelineWords::notice(message).size() < 400);
    message.body.clear();
    QCOMPARE(plain(TimelineWords::notice(message)), u"You removed the topic."_s);
}

QTEST_GUILESS_MAIN(TestTimelineWords)
#include "tst_timelinewords.moc"
