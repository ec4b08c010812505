// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowfixture.h"

#include "views/roomlistview.h"
#include "views/timelineview.h"
#include "windows/unnamednodes.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFontInfo>
#include <QLabel>

using namespace Mingle;
using Mingle::Test::unnamedIn;

namespace {

/// Visible buttons and fields that stick out of the window: they could not be reached with a mouse.
QStringList outside(QWidget *window)
{
    QStringList result;
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || widget->window() != window)
            continue;
        const QRect box(widget->mapTo(window, QPoint()), widget->size());
        if (!window->rect().adjusted(-1, -1, 1, 1).contains(box))
            result.append(
                QStringLiteral("%1 \"%2\"")
                    .arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName()));
    }
    return result;
}

} // namespace

class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::setActive(true); }
    void cleanup();
    void welcomePageIsNamed();
    void mainWindowIsNamed();
    void dialogsAreNamed();
    void connectsAreNamed();
    void rowsAreReadOut();
    void survivesBigText();
    void survivesRightToLeft();
    void hostileNamesStayText();

private:
    QFont m_font = QApplication::font();
};

void TestAccessibility::cleanup()
{
    QApplication::setFont(m_font);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestAccessibility::welcomePageIsNamed()
{
    Test::WindowFixture f;
    f.start();
    QTRY_VERIFY(f.named<QLineEdit>(QStringLiteral("Address")));
    for (QAbstractButton *button : f.window().findChildren<QAbstractButton *>())
        if (button->isCheckable() && button->isVisible() && button->text().contains(QStringLiteral("Server")))
            button->click();
    QCOMPARE(unnamedIn(&f.window()), QStringList());
}

void TestAccessibility::mainWindowIsNamed()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.say(f.garden, QStringLiteral("Ada"), QStringLiteral("See https://example.org"));
    f.window().openChat(f.id(f.garden), true);
    QTRY_VERIFY(f.window().windowActions()->members->isEnabled());
    f.window().windowActions()->members->trigger();
    QTest::qWait(100);
    QCOMPARE(unnamedIn(&f.window()), QStringList());
    f.window().windowActions()->search->trigger();
    QTest::qWait(100);
    QCOMPARE(unnamedIn(&f.window()), QStringList());
    QTest::keyClicks(f.window().focusWidget(), QStringLiteral("see"));
    QTRY_VERIFY(f.named<QWidget>(QStringLiteral("Messages found")));
    QCOMPARE(unnamedIn(&f.window()), QStringList());
    f.server.cut({Error::Kind::CertificateInvalid, QStringLiteral("expired"), {}}); // with the strip
    QTest::qWait(200);
    QCOMPARE(unnamedIn(&f.window()), QStringList());
}

void TestAccessibility::dialogsAreNamed()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().openChat(f.id(f.garden), true);
    WindowActions *actions = f.window().windowActions();
    for (QAction *action : {actions->join, actions->create, actions->talk, actions->details, actions->leave,
                            actions->settings, actions->keys, actions->about, actions->jump,
                            actions->addAccount, actions->day, actions->exportChat}) {
        action->trigger();
        QTRY_VERIFY(f.dialog());
        QVERIFY2(!f.dialog()->windowTitle().isEmpty(), qPrintable(action->text()));
        QVERIFY2(unnamedIn(f.dialog()).isEmpty(),
                 qPrintable(action->text() + QStringLiteral(": ")
                            + unnamedIn(f.dialog()).join(QStringLiteral(", "))));
        f.dialog()->reject();
        QTRY_VERIFY(!f.dialog());
    }
}

void TestAccessibility::connectsAreNamed()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.window().windowActions()->settings->trigger();
    const auto titled = [&](const char *title) {
        return f.dialog() && f.dialog()->windowTitle() == QLatin1String(title);
    };
    const auto openConnection = [&] {
        QTRY_VERIFY(titled("Settings"));
        for (QAbstractButton *button : f.dialog()->findChildren<QAbstractButton *>())
            if (button->text() == QStringLiteral("Connection…")) button->click();
        QTRY_VERIFY(titled("Connection"));
    };
    openConnection();
    const auto copy = [&] {
        for (QAbstractButton *button : f.dialog()->findChildren<QAbstractButton *>())
            if (button->text() == QStringLiteral("Copy for a bug report")) return button;
        return static_cast<QAbstractButton *>(nullptr);
    };
    QVERIFY(copy() && !copy()->isEnabled()); // there is nothing yet
    QCOMPARE(unnamedIn(f.dialog()), QStringList());
    QTest::keyClick(f.dialog(), Qt::Key_Escape);

    openConnection();
    ConnectReport report;
    for (const auto login : {ConnectReport::Login::Password, ConnectReport::Login::Token}) {
        report.began = QDateTime::currentDateTimeUtc().addSecs(int(login));
        report.login = login;
        report.roundTrips = 3;
        Q_EMIT f.program->accounts().connectReported(f.me, report);
    }
    QTRY_VERIFY(f.named<QAbstractItemView>(QStringLiteral("Recent connections, newest first"), f.dialog()));
    auto *list = f.named<QAbstractItemView>(QStringLiteral("Recent connections, newest first"), f.dialog());
    QTRY_COMPARE(list->model()->rowCount(), 2);
    const auto row = [list](int n) { return list->model()->index(n, 0).data().toString(); };
    QVERIFY2(row(0).contains(QStringLiteral("Signed in with a token")), qPrintable(row(0)));
    QVERIFY2(row(0).contains(QStringLiteral("3 round trip")), qPrintable(row(0)));
    QVERIFY2(row(0).contains(QStringLiteral("Still connected")), qPrintable(row(0)));
    QVERIFY2(!row(1).contains(QStringLiteral("Still connected")), qPrintable(row(1)));
    QCOMPARE(unnamedIn(f.dialog()), QStringList());
    list->setFocus();
    const int before = list->currentIndex().row();
    QTest::keyClick(list, before == 0 ? Qt::Key_Down : Qt::Key_Up);
    QCOMPARE(list->currentIndex().row(), 1 - before);
    copy()->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("token")));
    QVERIFY(!QGuiApplication::clipboard()->text().contains(f.me.local()));
    QTest::keyClick(f.dialog(), Qt::Key_Escape);
    QTRY_VERIFY(titled("Settings"));
}

void TestAccessibility::rowsAreReadOut()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.say(f.garden, QStringLiteral("Ada"), QStringLiteral("tulips"), true);
    const auto row = [&] {
        return f.program->rooms().indexOf(f.id(f.garden)).data(Qt::AccessibleTextRole).toString();
    };
    QTRY_VERIFY(row().contains(QStringLiteral("tulips")));
    for (const char *part : {"Garden plans", "room", "1 unread", "Ada"})
        QVERIFY2(row().contains(QLatin1String(part)), qPrintable(row()));
}

void TestAccessibility::survivesBigText()
{
    QFont big = m_font;
    big.setPixelSize(QFontInfo(m_font).pixelSize() * 2);
    QApplication::setFont(big);
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().openChat(f.id(f.garden), true);
    for (const int width : {1280, 800, 480}) {
        f.window().resize(width, 800);
        QTest::qWait(50);
        QVERIFY2(f.window().width() <= std::max(width, 500), qPrintable(QString::number(f.window().width())));
        QCOMPARE(outside(&f.window()), QStringList());
        f.window().windowActions()->search->trigger();
        QTest::qWait(50);
        QCOMPARE(outside(&f.window()), QStringList());
        QTest::keyClick(f.window().focusWidget(), Qt::Key_Escape);
    }
}

void TestAccessibility::survivesRightToLeft()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.window().resize(1000, 700);
    f.window().openChat(f.id(f.garden), true);
    QTest::qWait(50);
    QCOMPARE(outside(&f.window()), QStringList());
    const int list = f.window().roomList()->mapTo(&f.window(), QPoint()).x();
    const int timeline = f.window().chatPane()->mapTo(&f.window(), QPoint()).x();
    QVERIFY(list > timeline);
    f.window().grab(); // every delegate has to paint
}

void TestAccessibility::hostileNamesStayText()
{
    Test::WindowFixture f;
    const QString evil = QStringLiteral("<img src=\"file:///etc/passwd\"><b>x</b> & y") + QChar(0x202e);
    f.server.rooms[f.garden].name = evil;
    f.server.members[f.garden][1].nick = evil;
    f.startSignedIn();
    f.join(f.garden);
    f.say(f.garden, evil, evil, true);
    f.window().openChat(f.id(f.garden), true);
    QTRY_VERIFY(f.window().windowActions()->members->isEnabled());
    f.window().windowActions()->members->trigger();
    for (QAction *action : {f.window().windowActions()->details, f.window().windowActions()->leave}) {
        action->trigger();
        QTRY_VERIFY(f.dialog());
        f.dialog()->grab();
        for (const QLabel *label : f.dialog()->findChildren<QLabel *>()) {
            const bool plain = label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text());
            QVERIFY2(plain, qPrintable(label->text()));
            QVERIFY(!label->text().contains(QChar(0x202e)));
        }
        f.dialog()->reject();
        QTRY_VERIFY(!f.dialog());
    }
    for (const QLabel *label : f.window().findChildren<QLabel *>())
        QVERIFY(label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text()));
    QVERIFY(!f.window().windowTitle().contains(QChar(0x202e)));
    f.window().grab();
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
