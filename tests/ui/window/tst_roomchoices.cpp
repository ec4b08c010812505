// SPDX-License-Identifier: GPL-3.0-or-later
// What I choose for myself in a room, and whom I talk to by way of it.
#include "models/membersmodel.h"
#include "models/timelinemodel.h"
#include "models/timelinerows.h"
#include "shell/chatpane.h"
#include "shell/memberactions.h"
#include "shell/roommenu.h"
#include "ui/window/windowfixture.h"
#include "views/membercard.h"
#include "views/membersview.h"
#include "views/nickdialog.h"
#include "views/roomformdialogs.h"
#include "views/roomheaderview.h"
#include "views/roompeopledialog.h"
#include "views/sharelink.h"
#include "views/timelineview.h"
#include "widgets/elidedlabel.h"
#include "widgets/qrcodeview.h"
#include "windows/unnamednodes.h"

#include <QClipboard>
#include <QComboBox>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

class TestRoomChoices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameOfMyOwn()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.window().openChat(f.id(f.books), true);
        QAction *action = f.window().windowActions()->ownName;
        QVERIFY(action->isVisible() && action->isEnabled());
        action->trigger();
        QTRY_VERIFY(f.dialog());
        auto *name = f.named<QLineEdit>(u"Name"_s, f.dialog());
        QCOMPARE(name->text(), u"Books"_s);
        QCOMPARE(unnamedIn(f.dialog()), QStringList());
        shot(f.dialog(), u"own-name"_s);
        QTest::keyClicks(name, u"Reading circle"_s); // the old one is selected
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(!f.dialog());
        QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).title(), u"Reading circle"_s);
        QTRY_COMPARE(f.server.preferences.all.value(f.books).preference.name, u"Reading circle"_s);
        // Found in the list by either name.
        f.program->rooms().setFilter(u"books"_s);
        QCOMPARE(f.program->rooms().rowCount() > 0, true);
        f.program->rooms().setFilter({});
        action->trigger();
        QTRY_VERIFY(f.dialog());
        name = f.named<QLineEdit>(u"Name"_s, f.dialog());
        name->clear();
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_COMPARE(f.program->rooms().chat(f.id(f.books)).title(), u"Books"_s);
    }

    void howTheOthersSeeMe()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.garden);
        f.server.grant(f.garden, ChatKind::Mix,
                       Capability::Send | Capability::Members | Capability::Nick | Capability::Choices);
        f.server.run([&] {
            FormField who;
            who.name = u"JID Visibility"_s;
            who.type = FormField::Type::OneOf;
            who.options = {{u"Default"_s, u"default"_s}, {u"Never <b>"_s, u"never"_s}};
            who.values = {u"default"_s};
            FormField theirs;
            theirs.name = u"Custom"_s;
            theirs.label = u"Salt & pepper"_s;
            theirs.type = FormField::Type::Text;
            f.server.controls.choices.fields = {who, theirs};
        });
        QTRY_VERIFY(f.program->rooms().chat(f.id(f.garden)).capabilities.testFlag(Capability::Choices));
        f.window().openChat(f.id(f.garden), true);
        f.window().forms().nick(f.id(f.garden));
        auto *dialog = f.window().findChild<NickDialog *>();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->findChild<QComboBox *>());
        QTest::qWait(50);
        auto *who = dialog->findChild<QComboBox *>();
        QCOMPARE(who->accessibleName(), u"Who sees my address"_s);
        QCOMPARE(who->itemText(0), u"As the room has it"_s);
        QCOMPARE(unnamedIn(dialog), QStringList());
        shot(dialog, u"nick-choices"_s);
        who->setCurrentIndex(1);
        QTest::keyClick(f.named<QLineEdit>(u"Name"_s, dialog), Qt::Key_Return);
        QTRY_VERIFY(!f.window().findChild<NickDialog *>());
        QCOMPARE(f.server.controls.changes.fields.size(), 1); // the name is as it was, and is not told
        QCOMPARE(f.server.controls.changes.find(u"JID Visibility")->values, QStringList{u"never"_s});
        QVERIFY(!f.server.controls.asked.contains(u"nick"_s));
    }

    void aListThatAnotherChanges()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.window().forms().banned(f.id(f.books));
        auto *dialog = f.window().findChild<RoomPeopleDialog *>();
        auto *list = dialog->findChild<QListWidget *>();
        QTest::qWait(50);
        QCOMPARE(list->count(), 0);
        f.server.run([&] {
            ListedPerson eve;
            eve.address = Jid::trusted(u"eve@example.org");
            f.server.controls.lists[AccessList::Banned] = {eve};
            Q_EMIT f.server.connection->driver(ChatKind::Muc)->listChanged(f.books, AccessList::Banned);
        });
        QTRY_COMPARE(list->count(), 1);
        list->setCurrentRow(0);
        f.server.run([&] {
            ListedPerson mallory;
            mallory.address = Jid::trusted(u"mallory@example.org");
            f.server.controls.lists[AccessList::Banned].prepend(mallory);
            Q_EMIT f.server.connection->driver(ChatKind::Muc)->listChanged(f.books, AccessList::Banned);
        });
        QTRY_COMPARE(list->count(), 2);
        QCOMPARE(list->currentRow(), 1); // still the one that was chosen
    }

    void whoSomebodyIs()
    {
        WindowFixture f;
        f.server.members[f.books][1].address = Jid::trusted(u"grace@example.org");
        f.startSignedIn();
        f.join(f.books);
        f.server.grant(f.books, ChatKind::Muc,
                       Capability::Send | Capability::Members | Capability::PrivateTalk);
        f.window().openChat(f.id(f.books), true);
        QTRY_VERIFY(f.program->rooms().chat(f.id(f.books)).capabilities.testFlag(Capability::PrivateTalk));
        auto *view = f.window().findChild<MembersView *>();
        const auto card = [&f] { return f.window().findChild<MemberCard *>(); };
        const auto has = [&](const QString &text) {
            for (const QLabel *label : card()->findChildren<QLabel *>())
                if (label->text() == text) return true;
            return false;
        };
        Q_EMIT view->cardWanted(f.server.members.value(f.books).at(1));
        QTRY_VERIFY(card() && card()->isVisible());
        QVERIFY(has(u"Grace"_s) && has(u"grace@example.org"_s) && has(u"member"_s));
        QCOMPARE(unnamedIn(card()), QStringList());
        QTest::qWait(50);
        shot(card(), u"member-card"_s);
        QTest::keyClick(card(), Qt::Key_Return); // talk
        QTRY_VERIFY(!card());
        QTRY_VERIFY(f.dialog());
        f.dialog()->reject();
        // Who hides is reached through the room.
        Q_EMIT view->cardWanted(f.server.members.value(f.books).at(2));
        QTRY_VERIFY(card() && card()->isVisible());
        QVERIFY(has(u"The room hides it from you"_s));
        QTest::keyClick(card(), Qt::Key_Return);
        QTRY_COMPARE(f.window().chat(), f.id(f.books.withResource(u"Linus")));
    }

    void theLinkAsACode()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.window().forms().details(f.id(f.books), 3);
        auto *share = f.window().findChild<ShareLink *>();
        QVERIFY(share);
        auto *code = share->findChild<QrCodeView *>();
        QVERIFY(!code->isVisible());
        for (QToolButton *button : share->findChildren<QToolButton *>())
            button->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), roomLink(f.books));
        QVERIFY(code->isVisible());
        QCOMPARE(code->accessibleName(), u"QR code of xmpp:books@conference.example.org?join"_s.replace(
                                             u"books@conference.example.org"_s, f.books.toString()));
        QTest::qWait(50);
        const QImage drawn = code->grab().toImage();
        QCOMPARE(drawn.pixelColor(drawn.width() / 2, 4), QColor(Qt::white)); // the quiet zone
        QCOMPARE(unnamedIn(f.dialog()), QStringList());
        shot(f.dialog(), u"link-code"_s);
    }

    void movesToAChannel()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.server.grant(f.books, ChatKind::Muc,
                       Capability::Send | Capability::Members | Capability::Destroy | Capability::Move);
        f.say(f.books, u"Ada"_s, u"said before"_s);
        f.window().openChat(f.id(f.books), true);
        QAction *action = f.window().roomMenu()->action(RoomMenu::Wish::Move);
        QTRY_VERIFY(action->isVisible());
        action->trigger();
        auto *dialog = f.window().findChild<MoveRoomDialog *>();
        QTRY_VERIFY(dialog && dialog->isVisible());
        QCOMPARE(unnamedIn(dialog), QStringList());
        QTest::qWait(50);
        shot(dialog, u"move"_s);
        QLineEdit *text = f.named<QLineEdit>(u"Words to them"_s, dialog);
        QTest::keyClick(text, Qt::Key_Return); // somebody's server has no channels
        QTest::qWait(100);
        QVERIFY(dialog->isVisible());
        shot(dialog, u"move-refused"_s);
        f.server.run([&] { f.server.mixSuits = true; });
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(!f.window().findChild<MoveRoomDialog *>());
        QTRY_COMPARE(f.window().chat().address.domain(), u"mix.chat.test"_s);
        QTRY_VERIFY(!f.program->rooms().contains(f.id(f.books)));
        QTRY_VERIFY(f.window().chatPane()->timeline()->model()->rowCount() > 0);
        shot(&f.window(), u"moved-here"_s);
    }

    void talkByWayOfARoom()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.server.grant(f.books, ChatKind::Muc,
                       Capability::Send | Capability::Members | Capability::PrivateTalk);
        f.window().openChat(f.id(f.books), true);
        QTRY_VERIFY(f.program->rooms().chat(f.id(f.books)).capabilities.testFlag(Capability::PrivateTalk));
        Participant grace = f.server.members.value(f.books).at(1);
        MemberActions *actions = f.window().findChild<MemberActions *>();
        QMenu menu;
        actions->extend(&menu, f.id(f.books), grace);
        QCOMPARE(menu.actions().size(), 1);
        QCOMPARE(menu.actions().first()->text(), u"Talk in private"_s);
        menu.actions().first()->trigger();
        const Jid occupant = f.books.withResource(u"Grace");
        QTRY_COMPARE(f.window().chat(), f.id(occupant));
        QTRY_COMPARE(f.program->rooms().chat(f.id(occupant)).title(), u"Grace"_s);
        const auto header = f.window().findChild<RoomHeaderView *>();
        QTRY_VERIFY(std::ranges::any_of(header->findChildren<ElidedLabel *>(), [](const ElidedLabel *label) {
            return label->text().contains(u"Books");
        }));
        shot(&f.window(), u"private-talk"_s);
        // The name passes on while the line is down: what waits is not sent, and the talk says why.
        QVERIFY(f.program->accounts().sendMessage(f.id(occupant), u"Lunch at one?"_s).result().ok());
        f.server.run([&] { f.server.acknowledge = false; });
        f.server.cut();
        QTRY_VERIFY(f.program->accounts().statuses().result().value(f.me).state
                    != ConnectionStatus::State::Live);
        QVERIFY(f.program->accounts().sendMessage(f.id(occupant), u"I owe you ten."_s).result().ok());
        f.server.run([&] {
            f.server.members[f.books][1].key = u"somebody-else"_s;
            Q_EMIT f.server.connection->driver(ChatKind::Muc)
                ->participantChanged(f.books, f.server.members.value(f.books).at(1));
        });
        const auto last = [&] {
            const QAbstractItemModel *rows = f.window().chatPane()->timeline()->model();
            return rows->index(rows->rowCount() - 1, 0).data(TimelineModel::KindRole).toInt();
        };
        QTRY_COMPARE(last(), int(TimelineRow::Kind::Notice));
        QTest::qWait(50);
        shot(&f.window(), u"private-talk-another"_s);
        // Whoever has an address is written to without the room.
        grace.address = Jid::trusted(u"grace@example.org");
        QMenu other;
        actions->extend(&other, f.id(f.books), grace);
        QVERIFY(other.isEmpty());
    }
};

QTEST_MAIN(TestRoomChoices)
#include "tst_roomchoices.moc"
