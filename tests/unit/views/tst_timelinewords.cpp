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

QTEST_GUILESS_MAIN(TestTimelineWords)
#include "tst_timelinewords.moc"
