// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowfixture.h"

#include "models/timelinemodel.h"
#include "views/storagestripview.h"
#include "views/timelineview.h"

#include <QPushButton>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// What a person sees when what comes in cannot be stored.
class TestStoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysSoUntilItWorksAgain();

private:
    static QString strip(Test::WindowFixture &f)
    {
        const auto *view = f.window().findChild<StorageStripView *>();
        return view && view->isVisible() ? view->accessibleName() : QString();
    }
};

void TestStoring::saysSoUntilItWorksAgain()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().openChat(f.id(f.garden), true);
    f.say(f.garden, u"Ada"_s, u"before"_s);
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.garden)).lastText, u"before"_s);
    QVERIFY(strip(f).isEmpty());

    // Somebody else holds the file, for longer than Mingle waits.
    const QString name = u"rough"_s;
    auto other = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    other.setDatabaseName(f.dir.filePath(u"mingle.sqlite"_s));
    QVERIFY(other.open());
    QVERIFY(QSqlQuery(other).exec(u"BEGIN IMMEDIATE"_s));
    f.say(f.garden, u"Ada"_s, u"meanwhile"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!strip(f).isEmpty(), 20'000);
    QVERIFY(strip(f).startsWith(u"New messages cannot be stored on this computer."_s));
    auto *technical = f.named<QLabel>(u"Technical details"_s);
    QVERIFY(!technical); // one click away
    auto *details = f.named<QPushButton>(u"Technical details"_s);
    QVERIFY(details);
    details->click();
    technical = f.named<QLabel>(u"Technical details"_s);
    QVERIFY(technical && technical->text().startsWith(u"Storage · 5"_s)); // SQLITE_BUSY

    QVERIFY(QSqlQuery(other).exec(u"ROLLBACK"_s));
    auto *again = f.window().findChild<StorageStripView *>()->findChildren<QPushButton *>().last();
    QCOMPARE(again->text(), u"Try again"_s);
    again->setFocus();
    QTest::keyClick(again, Qt::Key_Space);
    QCOMPARE(again->text(), u"Trying…"_s);
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.garden)).lastText, u"meanwhile"_s);
    QTRY_VERIFY(strip(f).isEmpty());
    other = {};
    QSqlDatabase::removeDatabase(name);
}

QTEST_MAIN(TestStoring)
#include "tst_storing.moc"
