// SPDX-License-Identifier: GPL-3.0-or-later
// Rooms made, entered by invitation and changed through the window.
#include "models/membersmodel.h"
#include "shell/chatpane.h"
#include "shell/memberactions.h"
#include "shell/roommenu.h"
#include "ui/window/windowfixture.h"
#include "views/donestripview.h"
#include "views/invitationcard.h"
#include "views/membersview.h"
#include "views/roomformdialogs.h"
#include "views/roomlistview.h"
#include "views/roompeopledialog.h"
#include "views/roomsettingsdialog.h"
#include "windows/unnamednodes.h"

#include <QCheckBox>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

namespace {
const Capabilities owners = Capability::Send | Capability::Members | Capability::Leave | Capability::Subject
                            | Capability::Nick | Capability::Invite | Capability::Settings | Capability::Mute
                            | Capability::Remove | Capability::Ban | Capability::Promote | Capability::Appoint
                            | Capability::Destroy;

QPushButton *button(QWidget *in, const QString &text)
{
    for (QPushButton *one : in->findChildren<QPushButton *>())
        if (one->isVisible() && QString(one->text()).remove(u'&') == text) return one;
    return nullptr;
}

Form someForm()
{
    Form form;
    const auto field = [&form](const QString &name, FormField::Type type, const QStringList &values) {
        FormField one;
        one.name = name;
        one.type = type;
        one.values = values;
        one.label = u"The server's label <b>&"_s;
        form.fields.append(one);
    };
    field(u"muc#roomconfig_roomname"_s, FormField::Type::Text, {u"Books"_s});
    field(u"muc#roomconfig_roomdesc"_s, FormField::Type::Text, {u"What we read"_s});
    field(u"muc#roomconfig_membersonly"_s, FormField::Type::Switch, {u"0"_s});
    field(u"muc#roomconfig_publicroom"_s, FormField::Type::Switch, {u"1"_s});
    field(u"muc#roomconfig_moderatedroom"_s, FormField::Type::Switch, {u"0"_s});
    field(u"muc#roomconfig_whois"_s, FormField::Type::OneOf, {u"moderators"_s});
    form.fields.last().options = {{{}, u"moderators"_s}, {{}, u"anyone"_s}};
    field(u"muc#roomconfig_persistentroom"_s, FormField::Type::Switch, {u"1"_s});
    field(u"captcha_protected"_s, FormField::Type::Switch, {u"0"_s});
    return form;
}
} // namespace

class TestRooms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAPrivateRoomByKeyboard()
    {
        WindowFixture f;
        f.startSignedIn();
        QTest::keyClick(&f.window(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(f.dialog());
        QDialog *dialog = f.dialog();
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!dialog->findChildren<QLabel *>().isEmpty()); // says that it needs a name
        QVERIFY(f.dialog());
        QTest::keyClicks(f.named<QLineEdit>(u"Name of the room"_s, dialog), u"Tea time"_s);
        f.named<QLineEdit>(u"People to ask in"_s, dialog)->setText(u"ada@example.org, not an address"_s);
        QTest::keyClick(dialog, Qt::Key_Return);
        QVERIFY(f.dialog());
        shot(dialog, u"create-wrong"_s);
        f.named<QLineEdit>(u"People to ask in"_s, dialog)->setText(u"ada@example.org, grace@example.org"_s);
        QVERIFY(
            dialog->findChildren<QRadioButton *>().first()->isChecked()); // private unless chosen otherwise
        QCOMPARE(unnamedIn(dialog), QStringList());
        QTest::qWait(50); // the dialog grows for what is said
        shot(dialog, u"create"_s);
        QTest::keyClick(f.named<QLineEdit>(u"Name of the room"_s, dialog), Qt::Key_Return);
        QTRY_VERIFY(!f.dialog());
        QTRY_COMPARE(f.window().chat().address.domain(), u"conference.chat.test"_s);
        QTRY_VERIFY(f.server.controls.asked.contains(
            u"invite %1 grace@example.org"_s.arg(f.window().chat().address.toString())));
    }

    void invitationIsACard()
    {
        WindowFixture f;
        f.startSignedIn();
        IncomingMessage message;
        message.chat = Jid::trusted(u"ada@example.org");
        message.from = message.chat.withResource(u"x"_s);
        message.time = QDateTime::currentDateTimeUtc();
        message.invitation = IncomingInvitation{
            f.books, ChatKind::Muc, {message.chat, u"<b>Come</b> & read"_s, {}, message.time}, {}};
        f.server.deliver(message);
        QTRY_VERIFY(f.program->rooms().contains(f.id(f.books)));
        QCOMPARE(f.program->rooms().needsYou(), 1);
        f.window().openChat(f.id(f.books), true);
        InvitationCard *card = f.window().chatPane()->invitation();
        QTRY_VERIFY(card->isVisible());
        QVERIFY(!f.named<QWidget>(u"Message"_s)); // nothing can be written there
        QCOMPARE(unnamedIn(card), QStringList());
        QTest::qWait(50);
        shot(&f.window(), u"invitation"_s);
        // It needs a password, which is asked for then.
        f.server.run([&] { f.server.refuseJoin = {Error::Kind::Refused, u"not-authorized"_s, {}}; });
        button(card, u"Enter the room"_s)->click();
        QTRY_VERIFY(f.named<QLineEdit>(u"Password of the room"_s, card));
        shot(&f.window(), u"invitation-refused"_s);
        f.server.run([&] { f.server.refuseJoin = {}; });
        button(card, u"Enter the room"_s)->click();
        QTRY_VERIFY(!card->isVisible());
        QTRY_COMPARE(f.program->rooms().state(f.id(f.books)).membership, Membership::Joined);
    }

    void invitationIsDeclinedByKeyboard()
    {
        WindowFixture f;
        f.startSignedIn();
        IncomingMessage message;
        message.chat = Jid::trusted(u"ada@example.org");
        message.from = message.chat;
        message.time = QDateTime::currentDateTimeUtc();
        message.invitation =
            IncomingInvitation{f.books, ChatKind::Muc, {message.chat, {}, {}, message.time}, {}};
        f.server.deliver(message);
        QTRY_VERIFY(f.program->rooms().contains(f.id(f.books)));
        f.window().openChat(f.id(f.books), true);
        InvitationCard *card = f.window().chatPane()->invitation();
        QTRY_VERIFY(card->isVisible());
        QPushButton *no = button(card, u"No, thanks"_s);
        no->setFocus();
        QTest::keyClick(no, Qt::Key_Space);
        QTRY_VERIFY(!f.program->rooms().contains(f.id(f.books)));
        QVERIFY(f.server.joins.isEmpty());
    }

    void menuHasWhatTheRoomAllows()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.window().openChat(f.id(f.books), true);
        const auto shown = [&](RoomMenu::Wish wish) {
            return f.window().roomMenu()->action(wish)->isVisible();
        };
        QVERIFY(!shown(RoomMenu::Wish::Settings) && !shown(RoomMenu::Wish::Banned)
                && !shown(RoomMenu::Wish::Destroy));
        f.server.grant(f.books, ChatKind::Muc, owners);
        QTRY_VERIFY(shown(RoomMenu::Wish::Settings));
        QVERIFY(shown(RoomMenu::Wish::Banned) && shown(RoomMenu::Wish::Destroy)
                && shown(RoomMenu::Wish::Invite));
        QVERIFY(!shown(RoomMenu::Wish::Allowed)); // anybody may enter
    }

    void settingsAreInOurWords()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.server.grant(f.books, ChatKind::Muc, owners);
        f.window().openChat(f.id(f.books), true);
        f.server.run([&] { f.server.controls.form = someForm(); });
        f.window().forms().roomSettings(f.id(f.books));
        auto *dialog = f.window().findChild<RoomSettingsDialog *>();
        QTRY_VERIFY(dialog->control(u"muc#roomconfig_roomname"_s));
        QCOMPARE(dialog->control(u"muc#roomconfig_membersonly"_s)->accessibleName(),
                 u"Only members may enter"_s);
        QVERIFY(!dialog->control(u"captcha_protected"_s)->isVisible()); // under "More"
        QCOMPARE(unnamedIn(dialog), QStringList());
        QTest::qWait(50);
        shot(dialog, u"settings"_s);
        // Somebody else changes the description meanwhile, while I change the name.
        qobject_cast<QLineEdit *>(dialog->control(u"muc#roomconfig_roomname"_s))->setText(u"Good books"_s);
        f.server.run([&] {
            f.server.controls.form.fields[0].values = {u"Bad books"_s};
            f.server.controls.form.fields[1].values = {u"Everything we read"_s};
        });
        dialog->refresh();
        QTRY_COMPARE(qobject_cast<QLineEdit *>(dialog->control(u"muc#roomconfig_roomdesc"_s))->text(),
                     u"Everything we read"_s);
        QCOMPARE(qobject_cast<QLineEdit *>(dialog->control(u"muc#roomconfig_roomname"_s))->text(),
                 u"Good books"_s);
        qobject_cast<QCheckBox *>(dialog->control(u"muc#roomconfig_membersonly"_s))->click();
        button(dialog, u"Save"_s)->click();
        QTRY_VERIFY(!f.window().findChild<RoomSettingsDialog *>());
        QCOMPARE(f.server.controls.changes.fields.size(), 2); // nothing that was not changed here
        QCOMPARE(f.server.controls.changes.find(u"muc#roomconfig_roomname")->values,
                 QStringList{u"Good books"_s});
        QVERIFY(f.server.controls.changes.find(u"muc#roomconfig_membersonly")->isOn());
    }

    void movedRoomOffersTheNewOne()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.window().openChat(f.id(f.books), true);
        const Jid next = Jid::trusted(u"more-books@rooms.example.org");
        f.addRoom(next, u"More books"_s, ChatKind::Muc);
        const auto end = [&](const QString &text) {
            f.server.run([&] {
                Q_EMIT f.server.connection->driver(ChatKind::Muc)
                    ->removed(f.books, {Error::Kind::NotFound, u"gone"_s, text});
            });
        };
        end(u"https://evil.example/ see there"_s);
        QTRY_COMPARE(f.program->rooms().state(f.id(f.books)).membership, Membership::Failed);
        QVERIFY(!button(&f.window(), u"Look at the new room…"_s));
        end(u"xmpp:more-books@rooms.example.org?join too small here"_s);
        QTRY_VERIFY(button(&f.window(), u"Look at the new room…"_s));
        QTest::qWait(50);
        shot(&f.window(), u"moved"_s);
        button(&f.window(), u"Look at the new room…"_s)->click();
        QTRY_VERIFY(f.dialog()); // shown first: nobody is led anywhere without being asked
        QVERIFY(f.server.joins.size() <= 1);
        QTRY_VERIFY([&] {
            for (const QLabel *label : f.dialog()->findChildren<QLabel *>())
                if (label->isVisible() && label->text().contains(u"More books")) return true;
            return false;
        }());
    }

    void membersAreMutedAndItIsTakenBack()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.server.grant(f.books, ChatKind::Muc, owners);
        f.window().openChat(f.id(f.books), true);
        QTRY_VERIFY(f.program->rooms().chat(f.id(f.books)).capabilities.testFlag(Capability::Mute));
        QMenu menu;
        Participant grace = f.server.members.value(f.books).at(1);
        QCOMPARE(grace.nick, u"Grace"_s);
        MemberActions *actions = f.window().findChild<MemberActions *>();
        actions->extend(&menu, f.id(f.books), grace);
        QStringList offered;
        for (QAction *action : menu.actions())
            if (!action->isSeparator()) offered.append(action->text());
        QCOMPARE(offered, QStringList({u"Make an owner"_s, u"Let look after the room"_s, u"Make a guest"_s,
                                       u"Mute…"_s, u"Put out…"_s, u"Keep out for good…"_s}));
        menu.actions().at(offered.indexOf(u"Mute…"_s) + 1)->trigger(); // a separator comes first
        QTRY_VERIFY(f.dialog());
        QLineEdit *reason = f.named<QLineEdit>(u"Reason"_s, f.dialog());
        QTest::keyClicks(reason, u"too loud"_s);
        shot(f.dialog(), u"mute"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QTRY_VERIFY(!f.dialog());
        QTRY_VERIFY(f.window().doneStrip()->isVisible());
        QCOMPARE(f.server.controls.asked.last(),
                 u"standing %1 Grace %2 too loud"_s.arg(f.books.toString()).arg(int(Standing::Muted)));
        shot(&f.window(), u"muted"_s);
        QCOMPARE(unnamedIn(f.window().doneStrip()), QStringList());
        f.window().doneStrip()->undoButton()->click();
        QTRY_COMPARE(f.server.controls.asked.last(),
                     u"standing %1 Grace %2"_s.arg(f.books.toString()).arg(int(Standing::Member)));
        // What the room refuses is told, and offers no undo.
        f.server.run([&] { f.server.controls.refuse = {Error::Kind::Refused, u"not-allowed"_s, {}}; });
        menu.actions().at(1)->trigger();
        QTest::qWait(50);
        QVERIFY(f.window().doneStrip()->isVisible());
        QVERIFY(!f.window().doneStrip()->undoButton()->isVisible());
    }

    void adminsDoNotTouchOwners()
    {
        QVERIFY(standsAbove(owners, Standing::Owner));
        QVERIFY(!standsAbove(owners & ~Capabilities(Capability::Appoint), Standing::Owner));
        QVERIFY(!standsAbove(owners & ~Capabilities(Capability::Appoint), Standing::Admin));
        QVERIFY(standsAbove(Capability::Remove, Standing::Member));
    }

    void peopleKeptOut()
    {
        WindowFixture f;
        f.startSignedIn();
        f.join(f.books);
        f.server.grant(f.books, ChatKind::Muc, owners);
        f.server.run([&] {
            ListedPerson eve;
            eve.address = Jid::trusted(u"eve@example.org");
            eve.reason = u"<b>rude</b>"_s;
            f.server.controls.lists[AccessList::Banned] = {eve};
        });
        f.window().forms().banned(f.id(f.books));
        auto *dialog = f.window().findChild<RoomPeopleDialog *>();
        auto *list = dialog->findChild<QListWidget *>();
        QTRY_COMPARE(list->count(), 1);
        QCOMPARE(list->item(0)->text(), u"eve@example.org – <b>rude</b>"_s);
        QCOMPARE(unnamedIn(dialog), QStringList());
        list->setCurrentRow(0);
        shot(dialog, u"banned"_s);
        button(dialog, u"Let back in"_s)->click();
        QTRY_COMPARE(list->count(), 0);
        f.named<QLineEdit>(u"Address to add"_s, dialog)->setText(u"evil.example"_s);
        button(dialog, u"Keep out"_s)->click();
        QTRY_COMPARE(list->count(), 1);
    }
};

QTEST_MAIN(TestRooms)
#include "tst_rooms.moc"
