// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowfixture.h"

#include "models/composermodel.h"
#include "views/composer.h"
#include "views/errorview.h"
#include "views/roomlistview.h"

#include <QApplication>
#include <QPushButton>

using namespace Mingle;

/// From the first start to a sent message, with nothing but the keyboard.
class TestFirstStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyboardAlone();
    void wrongPasswordKeepsWhatWasTyped();
    void problemsAreShownInline();
    void asksForThePasswordWithoutKeychain();
    void passwordFromOutsideIsUsedOnce();
    void comesBackToTheLastChat();
    void linkOnlyFillsTheForm();

private:
    /// Keys go to whatever has the focus, as a keyboard's do.
    static void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
};

void TestFirstStart::keyboardAlone()
{
    Test::WindowFixture f;
    f.start();
    QTRY_VERIFY(f.named<QLineEdit>(QStringLiteral("Address")));
    type(QStringLiteral("romeo@example.org"));
    press(Qt::Key_Return);
    type(QStringLiteral("secret"));
    press(Qt::Key_Return);
    QTRY_VERIFY(f.window().roomList()->isVisible());
    QCOMPARE(f.secrets.secret(QStringLiteral("password/romeo@example.org")), QByteArray("secret"));

    press(Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(f.dialog() && f.dialog()->isAncestorOf(QApplication::focusWidget()));
    type(QStringLiteral("xmpp:garden@mix.example.org?join"));
    // The room is shown first; from then on the key joins it.
    const auto mayJoin = [&f] {
        for (const QPushButton *button : f.dialog()->findChildren<QPushButton *>())
            if (button->isDefault()) return button->isEnabled();
        return false;
    };
    press(Qt::Key_Return);
    QTRY_VERIFY(mayJoin());
    press(Qt::Key_Return);
    QTRY_VERIFY(!f.dialog());
    QTRY_COMPARE(f.window().chat(), f.id(f.garden));
    f.window().activateWindow(); // a window manager's part: there is none offscreen
    QTRY_VERIFY(f.window().chatPane()->composer()->isAncestorOf(QApplication::focusWidget()));
    QTRY_VERIFY(f.window().chatPane()->composer()->isSendingPossible());
    type(QStringLiteral("Hello, garden"));
    press(Qt::Key_Return);
    QTRY_COMPARE(f.server.sent.size(), 1);
    QCOMPARE(f.server.sent.first().body, QStringLiteral("Hello, garden"));
    QTRY_VERIFY(f.window().windowTitle().contains(QStringLiteral("Garden plans")));
}

void TestFirstStart::wrongPasswordKeepsWhatWasTyped()
{
    Test::WindowFixture f;
    f.start();
    QTRY_VERIFY(f.named<QLineEdit>(QStringLiteral("Address")));
    type(QStringLiteral("romeo@example.org"));
    press(Qt::Key_Tab);
    type(QStringLiteral("wrong"));
    press(Qt::Key_Return);
    ErrorView *error = nullptr;
    const auto appears = [&] {
        for (ErrorView *view : f.window().findChildren<ErrorView *>())
            if (view->isVisible()) error = view;
        return error != nullptr;
    };
    QTRY_VERIFY(appears());
    QVERIFY2(error->accessibleName().contains(QStringLiteral("password")),
             qPrintable(error->accessibleName()));
    QCOMPARE(f.named<QLineEdit>(QStringLiteral("Address"))->text(), QStringLiteral("romeo@example.org"));
    auto *password = f.named<QLineEdit>(QStringLiteral("Password"));
    QCOMPARE(password->text(), QStringLiteral("wrong"));
    QTRY_COMPARE(QApplication::focusWidget(), password); // selected: typing replaces it
    type(QStringLiteral("secret"));
    press(Qt::Key_Return);
    QTRY_VERIFY(f.window().roomList()->isVisible());
}

void TestFirstStart::problemsAreShownInline()
{
    Test::WindowFixture f;
    f.start();
    QTRY_VERIFY(f.named<QLineEdit>(QStringLiteral("Address")));
    type(QStringLiteral("romeo"));
    press(Qt::Key_Tab);
    type(QStringLiteral("secret"));
    press(Qt::Key_Return);
    const auto labels = f.window().findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->isVisible() && label->text().contains(QStringLiteral("name@example.org"));
    }));
    QCOMPARE(QApplication::focusWidget(), f.named<QLineEdit>(QStringLiteral("Address")));
}

void TestFirstStart::asksForThePasswordWithoutKeychain()
{
    Test::WindowFixture f;
    f.secrets.setAvailable(false);
    f.startSignedIn();
    f.join(f.garden);
    f.say(f.garden, QStringLiteral("Ada"), QStringLiteral("before"));
    f.window().openChat(f.id(f.garden), true);
    f.start();
    // What is stored can be read while the password is asked for.
    QTRY_COMPARE(f.window().chat(), f.id(f.garden));
    QTRY_VERIFY(f.program->rooms().contains(f.id(f.garden)));
    QTRY_VERIFY(f.named<QLineEdit>(QStringLiteral("Password")));
    auto *password = f.named<QLineEdit>(QStringLiteral("Password"));
    password->setFocus();
    type(QStringLiteral("secret"));
    press(Qt::Key_Return);
    QTRY_VERIFY(!f.named<QLineEdit>(QStringLiteral("Password")));
}

void TestFirstStart::passwordFromOutsideIsUsedOnce()
{
    Test::WindowFixture f;
    f.secrets.setAvailable(false);
    f.startSignedIn();
    f.start("secret");
    QTest::qWait(200);
    QTRY_VERIFY(!f.named<QLineEdit>(QStringLiteral("Password")));
    QVERIFY(f.secrets.secret(QStringLiteral("password/romeo@example.org")).isEmpty());
}

void TestFirstStart::comesBackToTheLastChat()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    f.window().openChat(f.id(f.books), true);
    f.start();
    QTRY_COMPARE(f.window().chat(), f.id(f.books));
}

void TestFirstStart::linkOnlyFillsTheForm()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.program->show({QStringLiteral("xmpp:garden@mix.example.org?join;password=abc")});
    QTRY_VERIFY(f.dialog());
    QTest::qWait(100);
    QVERIFY(!f.program->rooms().contains(f.id(f.garden)));
    const auto lines = f.dialog()->findChildren<QLineEdit *>();
    QVERIFY(std::ranges::any_of(lines, [](const QLineEdit *line) {
        return line->text() == QLatin1String("garden@mix.example.org");
    }));
    f.dialog()->reject();
}

QTEST_MAIN(TestFirstStart)
#include "tst_firststart.moc"
