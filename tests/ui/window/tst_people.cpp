// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/personactions.h"
#include "ui/window/windowfixture.h"
#include "views/donestripview.h"
#include "views/requestbar.h"
#include "views/roomheaderview.h"

#include <QAction>
#include <QCheckBox>
#include <QListWidget>
#include <QPushButton>

using namespace Mingle;
using namespace Mingle::Test;
using namespace Qt::StringLiterals;

/// Contacts, requests and blocking as the person meets them.
class TestPeople : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStrangersMessageWaits();
    void blocksAndTakesItBack();
    void reports();
    void answersWhoWantsToSeeMe();
    void contactsWhoAskNeedMe();
    void addsByKeyboard();
    void menuFitsThePerson();
    void manyStrangersDoNotPushMyPeopleAway();
    void blockedPeopleAreListed();

private:
    static const inline Jid eve = Jid::trusted(u"eve@evil.example");
    static const inline Jid grace = Jid::trusted(u"grace@example.org");

    static void write(WindowFixture &f, const Jid &from, const QString &body)
    {
        IncomingMessage message;
        message.chat = from;
        message.author = {from.toString(), from.local(), from, true, false};
        message.from = from;
        message.time = QDateTime::currentDateTimeUtc();
        message.body = body;
        message.archiveId = body + from.local();
        f.server.deliver(message);
    }
    static void addContact(WindowFixture &f, const Jid &address, const QString &name)
    {
        Contact contact;
        contact.address = address;
        contact.name = name;
        contact.subscribedTo = contact.seesMe = true;
        f.server.run([&] {
            f.server.roster.append(contact);
            Q_EMIT f.server.connection->contactChanged(contact);
        });
        QTRY_VERIFY(f.program->rooms().contains(f.id(address)));
    }
    static RequestBar *bar(WindowFixture &f) { return f.window().chatPane()->requestBar(); }
    static QPushButton *button(QWidget *in, const QString &text)
    {
        for (QPushButton *found : in->findChildren<QPushButton *>())
            if (found->isVisible() && found->text() == text) return found;
        return nullptr;
    }
    static QStringList headings(WindowFixture &f)
    {
        QStringList texts;
        const RoomListModel &rooms = f.program->rooms();
        for (int row = 0; row < rooms.rowCount(); ++row) {
            const QModelIndex at = rooms.index(row);
            if (rooms.data(at, RoomListModel::HeadingRole).toBool())
                texts.append(u"%1 %2"_s.arg(rooms.data(at, Qt::DisplayRole).toString())
                                 .arg(rooms.data(at, RoomListModel::CountRole).toInt()));
        }
        return texts;
    }
    static QStringList said(WindowFixture &f)
    {
        QStringList lines;
        f.server.run([&] { lines = f.server.said; });
        return lines;
    }
};

void TestPeople::aStrangersMessageWaits()
{
    WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    write(f, eve, u"Hello, I have an offer that you cannot refuse."_s);
    QTRY_COMPARE(headings(f), (QStringList{u"Requests 1"_s, u"Rooms 1"_s}));
    QCOMPARE(f.program->rooms().needsYou(), 0);
    QCOMPARE(f.program->rooms().unread(), 0);
    QVERIFY(f.notifier.shown().isEmpty());
    f.window().openChat(f.id(eve), true);
    QTRY_VERIFY(bar(f)->isVisible());
    QTest::qWait(50);
    shot(&f.window(), u"people-request"_s);
    QPushButton *yes = bar(f)->button(RequestBar::Answer::AcceptTalk);
    QVERIFY(yes && bar(f)->button(RequestBar::Answer::Block) && bar(f)->button(RequestBar::Answer::Dismiss));
    QVERIFY(!bar(f)->button(RequestBar::Answer::LetSee));
    yes->setFocus();
    QTest::keyClick(yes, Qt::Key_Space);
    QTRY_VERIFY(!bar(f)->isVisible());
    QTRY_COMPARE(headings(f), (QStringList{u"Rooms 1"_s, u"People 1"_s}));
    write(f, eve, u"Once more"_s);
    write(f, Jid::trusted(u"mal@evil.example"), u"Hi"_s);
    QTRY_VERIFY(f.program->rooms().chat(f.id(Jid::trusted(u"mal@evil.example"))).isRequest());
    f.window().openChat(f.id(Jid::trusted(u"mal@evil.example")), true);
    QTRY_VERIFY(bar(f)->button(RequestBar::Answer::Dismiss));
    bar(f)->button(RequestBar::Answer::Dismiss)->click();
    QTRY_VERIFY(!f.program->rooms().contains(f.id(Jid::trusted(u"mal@evil.example"))));
}

void TestPeople::blocksAndTakesItBack()
{
    WindowFixture f;
    f.startSignedIn();
    addContact(f, grace, u"Grace"_s);
    f.window().openChat(f.id(grace), true);
    f.window().personActions()->action(PersonActions::What::Block)->trigger();
    QTRY_VERIFY(f.dialog());
    QVERIFY(!f.dialog()->findChild<QCheckBox *>()->isVisible()); // the server takes no reports
    shot(f.dialog(), u"people-block"_s);
    button(f.dialog(), u"Block"_s)->click();
    QTRY_VERIFY(f.program->rooms().chat(f.id(grace)).isBlocked());
    QTRY_VERIFY(bar(f)->button(RequestBar::Answer::Unblock));
    QVERIFY(!f.window().personActions()->action(PersonActions::What::Block)->isVisible());
    QTest::qWait(50);
    shot(&f.window(), u"people-blocked"_s);
    f.window().doneStrip()->undoButton()->click();
    QTRY_VERIFY(!f.program->rooms().chat(f.id(grace)).isBlocked());
    QTRY_VERIFY(!bar(f)->isVisible());
    QCOMPARE(said(f).last(), u"unblock grace@example.org"_s);
}

void TestPeople::reports()
{
    WindowFixture f;
    f.server.blocked.takesReports = true;
    f.startSignedIn();
    write(f, eve, u"Buy"_s);
    QTRY_VERIFY(f.program->rooms().chat(f.id(eve)).isRequest());
    f.window().openChat(f.id(eve), true);
    QTRY_VERIFY(bar(f)->button(RequestBar::Answer::Block));
    bar(f)->button(RequestBar::Answer::Block)->click();
    QTRY_VERIFY(f.dialog());
    auto *report = f.dialog()->findChild<QCheckBox *>();
    QTRY_VERIFY(report->isVisible());
    report->click();
    QTest::qWait(50);
    shot(f.dialog(), u"people-report"_s);
    button(f.dialog(), u"Block"_s)->click();
    QTRY_VERIFY(said(f).last().startsWith(u"block eve@evil.example spam Buyeve"_s));
    QTRY_VERIFY(!f.program->rooms().contains(f.id(eve)));
}

void TestPeople::answersWhoWantsToSeeMe()
{
    WindowFixture f;
    f.startSignedIn();
    f.server.run([&] { Q_EMIT f.server.connection->contactList()->subscriptionRequested(eve, u"Eve"_s); });
    QTRY_COMPARE(headings(f), QStringList{u"Requests 1"_s});
    f.window().openChat(f.id(eve), true);
    QTRY_VERIFY(bar(f)->button(RequestBar::Answer::LetSee));
    QTest::qWait(50);
    shot(&f.window(), u"people-subscription"_s);
    bar(f)->button(RequestBar::Answer::LetSee)->click();
    QTRY_VERIFY(said(f).contains(u"subscribed eve@evil.example"_s));
    QTRY_VERIFY(!bar(f)->isVisible());
}

void TestPeople::contactsWhoAskNeedMe()
{
    WindowFixture f;
    f.startSignedIn();
    addContact(f, grace, u"Grace"_s);
    f.server.run([&] { Q_EMIT f.server.connection->contactList()->subscriptionRequested(grace, {}); });
    QTRY_COMPARE(headings(f), QStringList{u"Needs you 1"_s});
    f.window().openChat(f.id(grace), true);
    QTRY_VERIFY(bar(f)->button(RequestBar::Answer::StopShowing));
    QVERIFY(!bar(f)->button(RequestBar::Answer::Block));
    bar(f)->button(RequestBar::Answer::StopShowing)->click();
    QTRY_VERIFY(!bar(f)->isVisible());
    f.window().openChat({}, false);
    QTRY_COMPARE(headings(f), QStringList{u"People 1"_s});
}

void TestPeople::addsByKeyboard()
{
    WindowFixture f;
    f.startSignedIn();
    f.window().windowActions()->addContact->trigger();
    QTRY_VERIFY(f.dialog());
    auto *address = f.named<QLineEdit>(u"Address of the person"_s, f.dialog());
    QVERIFY(address);
    QTRY_VERIFY(address->hasFocus());
    QTest::keyClicks(address, u"nonsense"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QVERIFY(f.dialog());
    address->selectAll();
    QTest::keyClicks(address, u"xmpp:grace@example.org"_s);
    QTest::keyClick(address, Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), u"Grace"_s);
    QTest::qWait(50);
    shot(f.dialog(), u"people-add"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(f.window().chat(), f.id(grace));
    QTRY_COMPARE(f.program->rooms().chat(f.id(grace)).title(), u"Grace"_s);
    QVERIFY(said(f).contains(u"subscribe grace@example.org"_s));
}

void TestPeople::menuFitsThePerson()
{
    using What = PersonActions::What;
    WindowFixture f;
    f.startSignedIn();
    f.join(f.garden);
    addContact(f, grace, u"Grace"_s);
    const auto offered = [&] {
        QList<What> all;
        for (int i = 0; i <= int(What::Unblock); ++i)
            if (f.window().personActions()->action(What(i))->isVisible()) all.append(What(i));
        return all;
    };
    f.window().openChat(f.id(f.garden), true);
    QTRY_COMPARE(offered(), QList<What>());
    f.window().openChat(f.id(grace), true);
    QTRY_COMPARE(offered(), (QList{What::Rename, What::StopShowing, What::Remove, What::Block}));
    f.window().personActions()->action(What::StopShowing)->trigger();
    QTRY_COMPARE(offered(), (QList{What::Rename, What::LetSee, What::Remove, What::Block}));
    f.window().personActions()->action(What::Rename)->trigger();
    QTRY_VERIFY(f.dialog());
    auto *name = f.named<QLineEdit>(u"Name"_s, f.dialog());
    QVERIFY(name);
    name->setText(u"Admiral Grace"_s);
    button(f.dialog(), u"Rename"_s)->click();
    QTRY_COMPARE(f.program->rooms().chat(f.id(grace)).title(), u"Admiral Grace"_s);
    write(f, grace, u"Hello"_s);
    QTRY_COMPARE(f.program->rooms().chat(f.id(grace)).lastText, u"Hello"_s);
    f.window().personActions()->action(What::Remove)->trigger();
    QTRY_VERIFY(f.dialog());
    button(f.dialog(), u"Remove"_s)->click();
    QTRY_COMPARE(offered(), (QList{What::Add, What::Block}));
    // Somebody met in a room is known by it only: their address there is no contact.
    const Jid met = Jid::trusted(u"p-1#garden@mix.example.org");
    write(f, met, u"psst"_s);
    QTRY_VERIFY(f.program->rooms().contains(f.id(met)));
    f.window().openChat(f.id(met), true);
    QTRY_COMPARE(f.window().chat(), f.id(met));
    QTest::qWait(50);
    QTRY_COMPARE(offered(), QList<What>());
}

void TestPeople::manyStrangersDoNotPushMyPeopleAway()
{
    WindowFixture f;
    f.startSignedIn();
    addContact(f, grace, u"Grace"_s);
    for (int i = 0; i < 30; ++i)
        write(f, Jid::trusted(u"bot%1@evil.example"_s.arg(i)), u"Hi"_s);
    QTRY_COMPARE(headings(f), (QStringList{u"Requests 30"_s, u"People 1"_s}));
    QCOMPARE(f.program->rooms().rowCount(), 8); // two headings, five of them, and Grace
    const ChatId first = f.program->rooms().index(1).data(RoomListModel::ChatRole).value<Chat>().id;
    f.window().openChat(first, true);
    QTRY_VERIFY(bar(f)->button(RequestBar::Answer::Dismiss));
    bar(f)->button(RequestBar::Answer::Dismiss)->click();
    QTRY_COMPARE(headings(f).first(), u"Requests 29"_s);
    QCOMPARE(f.program->rooms().rowCount(), 8);
}

void TestPeople::blockedPeopleAreListed()
{
    WindowFixture f;
    f.server.blocked.addresses = {eve, Jid::trusted(u"spam.example")};
    f.startSignedIn();
    f.window().windowActions()->blockedPeople->trigger();
    QTRY_VERIFY(f.dialog());
    auto *list = f.dialog()->findChild<QListWidget *>();
    QTRY_COMPARE(list->count(), 2);
    list->setCurrentRow(0);
    shot(f.dialog(), u"people-list"_s);
    button(f.dialog(), u"Unblock"_s)->click();
    QTRY_COMPARE(list->count(), 1);
    QCOMPARE(said(f).last(), u"unblock eve@evil.example"_s);
}

QTEST_MAIN(TestPeople)
#include "tst_people.moc"
