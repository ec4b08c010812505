// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowfixture.h"

#include "models/timelinemodel.h"
#include "views/composer.h"
#include "views/exportdialog.h"
#include "views/exportstripview.h"
#include "views/searchview.h"
#include "views/timelineview.h"
#include "widgets/composeredit.h"
#include "widgets/jumpbutton.h"

#include <QAction>
#include <QComboBox>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAndShows();
    void searchesEverywhere();
    void escapeGivesTheFocusBack();
    void takesTheWholeNarrowWindow();
    void draftsOutliveARestart();
    void exportsFromTheMenu();
    void exportAsksBeforeReplacing();

private:
    static void talk(Test::WindowFixture &f, const Jid &room, int count);
    /// Types into the search field as a person does; waits for the answer.
    static void look(Test::WindowFixture &f, const QString &text, int results);
    static bool shows(Test::WindowFixture &f, const QString &body);
};

void TestSearch::talk(Test::WindowFixture &f, const Jid &room, int count)
{
    for (int i = 0; i < count; ++i)
        f.say(room, i % 2 ? u"Ada"_s : u"Grace"_s,
              i == count / 3 ? u"the Übergang at the weir"_s : u"line %1"_s.arg(i));
    QTRY_COMPARE(f.program->rooms().chat(f.id(room)).lastText, u"line %1"_s.arg(count - 1));
}

void TestSearch::look(Test::WindowFixture &f, const QString &text, int results)
{
    QLineEdit *field = f.window().searchView()->field();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, text);
    QTRY_COMPARE(f.window().searchView()->list()->model()->rowCount(), results);
}

bool TestSearch::shows(Test::WindowFixture &f, const QString &body)
{
    const TimelineView *view = f.window().chatPane()->timeline();
    for (int i = 0; i < view->model()->rowCount(); ++i) {
        const Message *message = view->model()->messageAt(i);
        if (message && message->body == body) return view->viewport()->rect().contains(view->rowRect(i));
    }
    return false;
}

void TestSearch::findsAndShows()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    talk(f, f.garden, 260); // more than is read at first
    f.window().resize(1100, 600);
    f.window().openChat(f.id(f.garden), true);
    TimelineView *timeline = f.window().chatPane()->timeline();
    QTRY_VERIFY(timeline->isAtNewest());
    QVERIFY(!shows(f, u"the Übergang at the weir"_s));
    QTest::keyClick(f.window().focusWidget(), Qt::Key_F, Qt::ControlModifier);
    look(f, u"ubergang"_s, 1);
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(shows(f, u"the Übergang at the weir"_s));
    QCOMPARE(timeline->found(), (QList<TextRange>{{4, 12}}));
    QTRY_VERIFY(timeline->backButton()->isVisible());
    QVERIFY(f.window().searchView()->field()->hasFocus()); // the next one is a key away
    QTest::keyClick(&f.window(), Qt::Key_Left, Qt::AltModifier);
    QTRY_VERIFY(timeline->isAtNewest());
    QTRY_VERIFY(!timeline->backButton()->isVisible());
}

void TestSearch::searchesEverywhere()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    talk(f, f.garden, 50);
    talk(f, f.books, 6);
    f.window().resize(1100, 600);
    f.window().openChat(f.id(f.books), true);
    QTest::keyClick(f.window().focusWidget(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    look(f, u"weir"_s, 2);
    // From the field alone: the older one is in the garden.
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Down);
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(f.window().chat(), f.id(f.garden));
    QTRY_VERIFY(shows(f, u"the Übergang at the weir"_s));
    QTest::keyClick(&f.window(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(f.window().chat(), f.id(f.books));
    // Only here: a click away.
    auto *here = f.named<QAbstractButton>(u"This room"_s);
    QVERIFY(here);
    here->click();
    QTRY_COMPARE(f.window().searchView()->list()->model()->rowCount(), 1);
}

void TestSearch::escapeGivesTheFocusBack()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    talk(f, f.garden, 6);
    f.window().openChat(f.id(f.garden), true);
    TimelineView *timeline = f.window().chatPane()->timeline();
    timeline->setFocus();
    QTest::keyClick(timeline, Qt::Key_F, Qt::ControlModifier);
    look(f, u"weir"_s, 1);
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(!timeline->found().isEmpty());
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Escape);
    QVERIFY(!f.window().searchView()->isVisible());
    QVERIFY(timeline->hasFocus());
    QVERIFY(timeline->found().isEmpty());
}

void TestSearch::takesTheWholeNarrowWindow()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    talk(f, f.garden, 6);
    f.window().resize(480, 700);
    f.window().openChat(f.id(f.garden), true);
    QTest::keyClick(f.window().focusWidget(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(f.window().searchView()->isVisible() && !f.window().chatPane()->isVisible());
    QTRY_COMPARE(f.window().searchView()->width(), f.window().width());
    look(f, u"weir"_s, 1);
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Return);
    QVERIFY(f.window().chatPane()->isVisible() && !f.window().searchView()->isVisible());
    QTRY_VERIFY(shows(f, u"the Übergang at the weir"_s));
}

void TestSearch::draftsOutliveARestart()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    f.window().openChat(f.id(f.garden), true);
    QTest::keyClicks(f.window().focusWidget(), u"half a thought"_s);
    f.window().openChat(f.id(f.books), true);
    QTest::keyClicks(f.window().focusWidget(), u"another"_s);
    f.window().close(); // at once: what was typed a moment ago counts
    f.start();
    QTRY_VERIFY(f.program->rooms().contains(f.id(f.garden)));
    f.window().openChat(f.id(f.garden), true);
    QTRY_COMPARE(f.window().chatPane()->composer()->text(), u"half a thought"_s);
    f.window().openChat(f.id(f.books), true);
    QTRY_COMPARE(f.window().chatPane()->composer()->text(), u"another"_s);
}

void TestSearch::exportsFromTheMenu()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    talk(f, f.garden, 20);
    f.window().openChat(f.id(f.garden), true);
    f.window().windowActions()->exportChat->trigger();
    QTRY_VERIFY(f.dialog());
    auto *format = f.named<QComboBox>(u"Format"_s, f.dialog());
    auto *path = f.named<QLineEdit>(u"File"_s, f.dialog());
    QVERIFY(format && path);
    QVERIFY(path->text().contains(u"Garden-plans-"_s));
    path->setText(f.dir.filePath(u"out.txt"_s));
    format->setCurrentIndex(1);
    QCOMPARE(path->text(), f.dir.filePath(u"out.html"_s));
    QTest::keyClick(path, Qt::Key_Return);
    auto *strip = f.window().findChild<ExportStripView *>();
    QVERIFY(strip->isVisible());
    QTRY_VERIFY(strip->text().contains(u"out.html"_s));
    QFile file(f.dir.filePath(u"out.html"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray page = file.readAll();
    QCOMPARE(page.count("<article>"), 20);
    QVERIFY(page.contains("Garden plans"));
    f.named<QAbstractButton>({}, strip); // none without a name
    for (QPushButton *button : strip->findChildren<QPushButton *>())
        if (button->text() == u"Close"_s) button->click();
    QVERIFY(!strip->isVisible());
}

void TestSearch::exportAsksBeforeReplacing()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    talk(f, f.garden, 5);
    QFile old(f.dir.filePath(u"out.txt"_s));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    f.window().openChat(f.id(f.garden), true);
    f.window().windowActions()->exportChat->trigger();
    QTRY_VERIFY(f.dialog());
    auto *path = f.named<QLineEdit>(u"File"_s, f.dialog());
    path->setText(u"no/place"_s);
    QTest::keyClick(path, Qt::Key_Return);
    QVERIFY(f.dialog());
    path->setText(old.fileName());
    QTest::keyClick(path, Qt::Key_Return);
    QVERIFY(f.dialog());
    QCOMPARE(old.size(), 3);
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_VERIFY(!f.dialog());
    QTRY_VERIFY(QFileInfo(old.fileName()).size() > 30);
}

QTEST_MAIN(TestSearch)
#include "tst_search.moc"
