// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowfixture.h"

#include "models/timelinemodel.h"
#include "views/composer.h"
#include "views/errorview.h"
#include "views/membersview.h"
#include "views/roomheaderview.h"
#include "views/roomlistview.h"
#include "views/timelineview.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QListView>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

using namespace Mingle;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWithMouseAndKeys();
    void filtersWithoutLeavingTheRoom();
    void showsMembers();
    void isOnePaneWhenNarrow();
    void escapeLeadsBack();
    void cyclesPanes();
    void accountMenuOpensUpwards();
    void jumps();
    void saysWhyARoomDoesNotLetUsIn();
    void notifiesOnlyAboutWhatIsNotInFront();
    void readElsewhereTakesTheNotificationAway();
    void leavesAfterAsking();
    void goesBackToWelcomeWithoutAccounts();
    void remembersItsPlace();
    void endsInTheMiddleOfEverything();

private:
    static void trigger(QAction *action)
    {
        QVERIFY(action->isEnabled());
        action->trigger();
    }
};

void TestMainWindow::opensWithMouseAndKeys()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    QListView *list = f.window().roomList()->list();
    const QModelIndex garden = f.program->rooms().indexOf(f.id(f.garden));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(garden).center());
    QCOMPARE(f.window().chat(), f.id(f.garden));
    WindowActions *actions = f.window().windowActions();
    const ChatId next = f.program->rooms().neighbour(f.id(f.garden), 1);
    trigger(next.isEmpty() ? actions->previousChat : actions->nextChat);
    QCOMPARE(f.window().chat(), f.id(f.books));
    // Arrow keys in the list choose too, and stay in the list.
    list->setFocus();
    QTest::keyClick(list, next.isEmpty() ? Qt::Key_Down : Qt::Key_Up);
    QCOMPARE(f.window().chat(), f.id(f.garden));
    QVERIFY(list->hasFocus());
}

void TestMainWindow::filtersWithoutLeavingTheRoom()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    f.window().openChat(f.id(f.garden), true);
    trigger(f.window().windowActions()->filter);
    auto *filter = f.named<QLineEdit>(QStringLiteral("Filter rooms and people"));
    QVERIFY(filter && filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("books"));
    QCOMPARE(f.program->rooms().rowCount(), 2);
    QCOMPARE(f.window().chat(), f.id(f.garden)); // its row is gone, but nobody chose another
    QTest::keyClick(filter, Qt::Key_Return);
    QCOMPARE(f.window().chat(), f.id(f.books));
    QVERIFY(filter->text().isEmpty());
}

void TestMainWindow::showsMembers()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().resize(1100, 700);
    f.window().openChat(f.id(f.garden), true);
    QTRY_VERIFY(f.window().windowActions()->members->isEnabled());
    trigger(f.window().windowActions()->members);
    auto *members = f.window().findChild<MembersView *>();
    QVERIFY(members->isVisible());
    QTRY_COMPARE(members->list()->model()->rowCount(), 5); // two headings, three people
    QTest::keyClick(&f.window(), Qt::Key_Escape);
    QVERIFY(!members->isVisible());
}

void TestMainWindow::isOnePaneWhenNarrow()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().resize(480, 700);
    QTRY_VERIFY(f.window().panes()->isNarrow());
    QCOMPARE(f.window().width(), 480);
    QVERIFY(f.window().roomList()->isVisible() && !f.window().chatPane()->isVisible());
    f.window().openChat(f.id(f.garden), true);
    QVERIFY(!f.window().roomList()->isVisible() && f.window().chatPane()->isVisible());
    trigger(f.window().windowActions()->members);
    QVERIFY(f.window().findChild<MembersView *>()->isVisible() && !f.window().chatPane()->isVisible());
    QTest::keyClick(&f.window(), Qt::Key_Escape);
    QVERIFY(f.window().chatPane()->isVisible());
    auto *back = f.named<QWidget>(QStringLiteral("Back to the list"));
    QVERIFY(back);
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(f.window().roomList()->isVisible() && !f.window().chatPane()->isVisible());
    f.window().resize(1000, 700);
    QVERIFY(f.window().roomList()->isVisible() && f.window().chatPane()->isVisible());
}

void TestMainWindow::escapeLeadsBack()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().openChat(f.id(f.garden), true);
    f.window().roomList()->focusList();
    QTest::keyClick(f.window().focusWidget(), Qt::Key_Escape);
    QVERIFY(f.window().chatPane()->composer()->isAncestorOf(f.window().focusWidget()));
}

void TestMainWindow::cyclesPanes()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().openChat(f.id(f.garden), true);
    QSet<QWidget *> visited;
    for (int i = 0; i < 3; ++i) {
        trigger(f.window().windowActions()->nextPane);
        visited.insert(f.window().focusWidget());
    }
    QCOMPARE(visited.size(), 3);
    QVERIFY(f.window().chatPane()->composer()->isAncestorOf(f.window().focusWidget()));
}

void TestMainWindow::accountMenuOpensUpwards()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.window().setGeometry(10, 10, 780, 500); // the screen goes on below
    auto *button = f.window().roomList()->findChildren<QToolButton *>().last();
    QVERIFY(button->menu() && button->accessibleName().contains(f.me.toString()));
    QRect menu;
    QTimer::singleShot(0, &f.window(), [&] { // the button waits for its menu
        menu = button->menu()->geometry();
        button->menu()->close();
    });
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(menu.isValid());
    QCOMPARE_LE(menu.bottom(), button->mapToGlobal(QPoint()).y());
    QCOMPARE_GE(menu.bottom(), button->mapToGlobal(QPoint()).y() - 2);
}

void TestMainWindow::jumps()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    trigger(f.window().windowActions()->jump);
    QTRY_VERIFY(f.dialog());
    auto *text = f.dialog()->findChild<QLineEdit *>();
    QTest::keyClicks(text, QStringLiteral("plan"));
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(f.window().chat(), f.id(f.garden));
}

void TestMainWindow::saysWhyARoomDoesNotLetUsIn()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.server.refuseJoin = {Error::Kind::Refused, QStringLiteral("registration-required"),
                           QStringLiteral("no entry")};
    trigger(f.window().windowActions()->join);
    QTRY_VERIFY(f.dialog());
    auto *address = f.dialog()->findChildren<QLineEdit *>().first();
    for (QLineEdit *line : f.dialog()->findChildren<QLineEdit *>())
        if (line->accessibleName().contains(QStringLiteral("link"))) address = line;
    address->setText(f.garden.toString());
    QTest::keyClick(address, Qt::Key_Return); // shows the room
    auto *join = f.dialog()->findChild<QDialogButtonBox *>()->buttons().first();
    QTRY_VERIFY(join->isEnabled());
    QTest::keyClick(address, Qt::Key_Return); // joins it
    auto *error = f.dialog()->findChild<ErrorView *>();
    QTRY_VERIFY(error->isVisible());
    QVERIFY2(error->accessibleName().contains(QStringLiteral("members only")),
             qPrintable(error->accessibleName()));
    QVERIFY(!error->accessibleName().contains(QStringLiteral("no entry"))); // one click away, not in the face
    QCOMPARE(address->text(), f.garden.toString());
    f.dialog()->reject();
}

void TestMainWindow::notifiesOnlyAboutWhatIsNotInFront()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    f.window().openChat(f.id(f.garden), true);
    QTRY_VERIFY(f.window().isActiveWindow());
    f.say(f.garden, QStringLiteral("Ada"), QStringLiteral("in front"), true);
    f.say(f.books, QStringLiteral("Grace"), QStringLiteral("<b>behind</b>"), true);
    QTRY_VERIFY(f.notifier.shown().contains(f.id(f.books)));
    QVERIFY(!f.notifier.shown().contains(f.id(f.garden)));
    Q_EMIT f.notifier.activated(f.id(f.books));
    QCOMPARE(f.window().chat(), f.id(f.books));
    QVERIFY(f.notifier.shown().isEmpty()); // opening a chat takes its notification away
}

void TestMainWindow::readElsewhereTakesTheNotificationAway()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    f.window().openChat(f.id(f.garden), true);
    f.say(f.books, QStringLiteral("Grace"), QStringLiteral("one"), true);
    f.say(f.books, QStringLiteral("Grace"), QStringLiteral("two"), true);
    QTRY_VERIFY(f.notifier.shown().value(f.id(f.books)).contains(QStringLiteral("two")));
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).mentions, 2);
    const QList<IncomingMessage> &said = f.server.archives[f.books];
    f.server.readElsewhere({f.books, f.books, said.first().archiveId});
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).mentions, 1);
    QVERIFY(f.notifier.shown().contains(f.id(f.books))); // one is left
    f.server.readElsewhere({f.books, f.books, said.last().archiveId});
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).mentions, 0);
    QTRY_VERIFY(!f.notifier.shown().contains(f.id(f.books)));
}

void TestMainWindow::leavesAfterAsking()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().openChat(f.id(f.garden), true);
    trigger(f.window().windowActions()->leave);
    QTRY_VERIFY(f.dialog());
    QVERIFY(f.program->rooms().contains(f.id(f.garden)));
    QTest::keyClick(f.dialog(), Qt::Key_Return);
    QTRY_VERIFY(!f.program->rooms().contains(f.id(f.garden)));
    QTRY_VERIFY(f.window().chat().isEmpty());
}

void TestMainWindow::goesBackToWelcomeWithoutAccounts()
{
    Test::WindowFixture f;
    f.startSignedIn();
    const auto removed = f.program->accounts().remove(f.me);
    QTRY_VERIFY(removed.isFinished());
    QTRY_VERIFY(f.named<QLineEdit>(QStringLiteral("Address")));
}

void TestMainWindow::remembersItsPlace()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.window().resize(700, 610);
    f.window().close();
    f.start();
    QTRY_COMPARE(f.window().size(), QSize(700, 610));
}

void TestMainWindow::endsInTheMiddleOfEverything()
{
    // Closing the window must not wait for answers, nor be hurt by those that come too late.
    for (int pause = 0; pause < 12; ++pause) {
        Test::WindowFixture f;
        f.start();
        Account account;
        account.address = f.me;
        auto added = f.program->accounts().add(account, "secret");
        auto joined = f.program->accounts().joinRoom(f.me, f.garden);
        f.window().forms().join(QStringLiteral("garden@mix.example.org"));
        f.window().openChat(f.id(f.garden), true);
        QTest::qWait(pause * pause);
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
