// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/appearance.h"
#include "ui/window/windowfixture.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QListView>
#include <QMenu>
#include <QMimeData>

using namespace Mingle;

/// Favourites and notification levels by menu, key and mouse.
class TestFavourites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byMenuAndKeys();
    void byDragging();
    void levels();
    void looks();

private:
    static QAction *inMenu(QMenu *menu, const QString &text)
    {
        for (QAction *action : menu->actions()) {
            if (action->isVisible() && action->text() == text) return action;
            if (action->menu())
                if (QAction *found = inMenu(action->menu(), text)) return found;
        }
        return nullptr;
    }
    /// The context menu of a chat, and what it is chosen in it.
    static bool choose(Test::WindowFixture &f, const Jid &chat, const QString &text)
    {
        QListView *list = f.window().roomList()->list();
        const QRect row = list->visualRect(f.program->rooms().indexOf(f.id(chat)));
        QContextMenuEvent event(QContextMenuEvent::Mouse, row.center(),
                                list->viewport()->mapToGlobal(row.center()));
        QApplication::sendEvent(list->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (!menu) return false;
        QAction *action = inMenu(menu, text);
        const bool able = action && action->isEnabled();
        if (able) action->trigger();
        menu->close();
        QApplication::processEvents();
        return able;
    }
    static QStringList favourites(Test::WindowFixture &f)
    {
        QStringList names;
        for (const Chat &chat : f.program->rooms().favourites())
            names.append(chat.title());
        return names;
    }
};

void TestFavourites::byMenuAndKeys()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    QVERIFY(choose(f, f.garden, QStringLiteral("Add to favourites")));
    QTRY_COMPARE(favourites(f), QStringList{QStringLiteral("Garden plans")});
    f.window().openChat(f.id(f.books), true);
    QAction *favourite = f.window().windowActions()->favourite;
    QCOMPARE(favourite->shortcut(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    QVERIFY(favourite->isEnabled());
    favourite->trigger();
    const QStringList both{QStringLiteral("Garden plans"), QStringLiteral("Books")};
    QTRY_COMPARE(favourites(f), both);
    QListView *list = f.window().roomList()->list();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
    const QStringList turned{QStringLiteral("Books"), QStringLiteral("Garden plans")};
    QTRY_COMPARE(favourites(f), turned);
    QTest::keyClick(list, Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier); // it is the first
    QVERIFY(!choose(f, f.books, QStringLiteral("Move up")));
    QVERIFY(choose(f, f.books, QStringLiteral("Move down")));
    QTRY_COMPARE(favourites(f), both);
    const QModelIndex first = f.program->rooms().indexOf(f.id(f.garden));
    QCOMPARE(first.siblingAtRow(first.row() - 1).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Favourites"));
    QVERIFY(first.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("favourite")));
    // Told to the server: another device has them too.
    QTRY_VERIFY(f.server.preferences.all.value(f.books).preference.pinned);
    QVERIFY(choose(f, f.garden, QStringLiteral("Take from favourites")));
    QTRY_COMPARE(favourites(f), QStringList{QStringLiteral("Books")});
    QTRY_VERIFY(!f.server.preferences.all.value(f.garden).preference.pinned);
}

void TestFavourites::byDragging()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    for (const Jid &room : {f.garden, f.books})
        QVERIFY(choose(f, room, QStringLiteral("Add to favourites")));
    const QStringList both{QStringLiteral("Garden plans"), QStringLiteral("Books")};
    QTRY_COMPARE(favourites(f), both);
    QTest::qWait(200); // the list is put in order a moment later
    QListView *list = f.window().roomList()->list();
    RoomListModel &rooms = f.program->rooms();
    const std::unique_ptr<QMimeData> data(rooms.mimeData({rooms.indexOf(f.id(f.books))}));
    const QRect garden = list->visualRect(rooms.indexOf(f.id(f.garden)));
    const QPoint above(garden.center().x(), garden.top() + 2);
    QDragEnterEvent enter(above, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(list->viewport(), &enter);
    QDragMoveEvent over(above, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(list->viewport(), &over);
    QVERIFY(over.isAccepted());
    QDropEvent drop(above, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(list->viewport(), &drop);
    const QStringList turned{QStringLiteral("Books"), QStringLiteral("Garden plans")};
    QTRY_COMPARE(favourites(f), turned);
    QVERIFY(rooms.contains(f.id(f.books)));
}

void TestFavourites::levels()
{
    Test::WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    f.join(f.books);
    f.window().openChat(f.id(f.garden), true);
    QVERIFY(choose(f, f.books, QStringLiteral("Never")));
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).notify, NotifyWhen::Never);
    f.say(f.books, QStringLiteral("Ada"), QStringLiteral("are you there?"), true);
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).mentions, 1);
    QCOMPARE(f.program->rooms().needsYou(), 0);
    QVERIFY(!f.window().windowTitle().startsWith(u'('));
    QVERIFY(f.notifier.shown().isEmpty());
    const QModelIndex books = f.program->rooms().indexOf(f.id(f.books));
    QVERIFY(books.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("notifications off")));
    QVERIFY(choose(f, f.books, QStringLiteral("Every message")));
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).notify, NotifyWhen::Always);
    QTRY_COMPARE(f.program->rooms().needsYou(), 1);
    f.say(f.books, QStringLiteral("Ada"), QStringLiteral("anything"));
    QTRY_COMPARE(f.notifier.shown().size(), 1);
    // The menu shows what is chosen, of the chat it belongs to.
    WindowActions *actions = f.window().windowActions();
    Q_EMIT actions->chatMenu()->aboutToShow();
    QVERIFY(actions->notifyUsual->isChecked());
    QCOMPARE(actions->notifyUsual->text(), QStringLiteral("As usual: when I am mentioned"));
    QVERIFY(choose(f, f.books, QStringLiteral("As usual: when I am mentioned")));
    QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).notify, NotifyWhen::Usual);
}

/// For a look at it: MINGLE_SHOTS=folder.
void TestFavourites::looks()
{
    Test::WindowFixture f;
    const auto more = [](const char *local) {
        return Jid::trusted(QString(QString::fromLatin1(local) + QStringLiteral("@rooms.example.org")));
    };
    const QList<Jid> rooms{more("release"), more("support"), more("offtopic"), more("long")};
    const QStringList names{QStringLiteral("Release"), QStringLiteral("Support desk"),
                            QStringLiteral("Off topic"),
                            QStringLiteral("A room with a name that nobody would want to read to its end")};
    for (int i = 0; i < 4; ++i)
        f.addRoom(rooms.at(i), names.at(i), ChatKind::Muc);
    f.startSignedIn();
    for (const Jid &room : rooms + QList<Jid>{f.garden, f.books})
        f.join(room);
    for (const Jid &room : {f.books, rooms.at(0), rooms.at(3)})
        QVERIFY(choose(f, room, QStringLiteral("Add to favourites")));
    for (const Jid &room : {rooms.at(2), rooms.at(3), f.garden})
        QVERIFY(choose(f, room, QStringLiteral("Never")));
    f.say(rooms.at(2), QStringLiteral("Linus"), QStringLiteral("has anybody seen this?"));
    f.say(rooms.at(3), QStringLiteral("Ada"), QStringLiteral("are you there?"), true);
    f.say(rooms.at(1), QStringLiteral("Grace"), QStringLiteral("one more customer"), true);
    f.say(f.books, QStringLiteral("Ada"), QStringLiteral("chapter seven, then"));
    QTRY_COMPARE(f.program->rooms().needsYou(), 1);
    QTRY_COMPARE(f.program->rooms().favourites().size(), 3);
    QTest::qWait(300);
    const QString folder = qEnvironmentVariable("MINGLE_SHOTS");
    if (folder.isEmpty()) return;
    const auto shoot = [&](const QString &name) {
        QVERIFY(f.window().grab().save(folder + QStringLiteral("/marks-%1.png").arg(name)));
    };
    f.window().resize(1000, 640);
    f.window().openChat(f.id(rooms.at(1)), false);
    QTest::qWait(200);
    shoot(QStringLiteral("wide"));
    WindowActions *actions = f.window().windowActions();
    actions->chatMenu()->popup(f.window().mapToGlobal(QPoint(500, 60)));
    QVERIFY(actions->chatMenu()->grab().save(folder + QStringLiteral("/marks-menu.png")));
    actions->chatMenu()->close();
    f.window().openChat({}, false);
    f.window().resize(480, 700);
    QTest::qWait(200);
    shoot(QStringLiteral("narrow"));
    QApplication::setPalette(Appearance::darkPalette());
    QTest::qWait(200);
    shoot(QStringLiteral("dark"));
}

QTEST_MAIN(TestFavourites)
#include "tst_favourites.moc"
