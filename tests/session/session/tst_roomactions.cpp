// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/preferencesdoor.h"
#include "session/roomdoor.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
IncomingMessage invitationTo(const Jid &room, const SessionFixture &f, ChatKind kind = ChatKind::Muc)
{
    IncomingMessage message;
    message.chat = f.grace;
    message.from = f.grace.withResource(u"desk"_s);
    message.time = f.clock.now();
    message.invitation =
        IncomingInvitation{room, kind, {f.grace, u"come in"_s, u"T"_s, f.clock.now()}, u"pass"_s};
    return message;
}
} // namespace

/// Rooms are made, entered by invitation, and changed, through the door that the models use.
class RoomActionsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void localparts()
    {
        QCOMPARE(localpartFor(u"Garden plans!"_s), u"garden-plans"_s);
        QCOMPARE(localpartFor(u"  --Über  uns-- "_s), u"über-uns"_s);
        QCOMPARE(localpartFor(u"@@@"_s), QString());
        QVERIFY(localpartFor(QString(500, u'x')).size() <= 40);
        QCOMPARE(localpartFor(u"<b>/\\"_s), u"b"_s);
    }

    void makesRooms()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        NewRoom wanted;
        wanted.name = u"Tea and biscuits"_s;
        wanted.people = {f.grace};
        const auto made = f.accounts->rooms().create(f.me, wanted).result();
        QVERIFY2(made.ok(), qPrintable(made.error().condition));
        QVERIFY(made->notInvited.isEmpty());
        QTRY_COMPARE(f.stored(made->chat.address).kind, ChatKind::Muc); // MIX does not suit here
        QVERIFY(f.server.controls.asked.last().startsWith(u"invite"));
        QCOMPARE(made->chat.address.local(), u"tea-and-biscuits"_s);

        // The name is taken by now.
        const auto again = f.accounts->rooms().create(f.me, wanted).result();
        QVERIFY(again.ok());
        QCOMPARE(again->chat.address.local(), u"tea-and-biscuits-2"_s);
        wanted.isPrivate = true;
        const auto hidden = f.accounts->rooms().create(f.me, wanted).result();
        QVERIFY(hidden.ok());
        QVERIFY(!hidden->chat.address.local().contains(u"tea"));
        f.server.run([&] { f.server.mixSuits = true; });
        const auto mix = f.accounts->rooms().create(f.me, wanted).result();
        QTRY_COMPARE(f.stored(mix->chat.address).kind, ChatKind::Mix);
        f.server.run([&] { f.server.controls.refuse = {Error::Kind::Refused, u"forbidden"_s, {}}; });
        const auto alone = f.accounts->rooms().create(f.me, wanted).result();
        QVERIFY(alone.ok());
        QCOMPARE(alone->notInvited, QList<Jid>{f.grace});
    }

    void movesARoom()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
        QTRY_COMPARE(f.stored(f.muc).unread, 1);
        f.server.run([&] {
            ListedPerson grace;
            grace.address = f.grace;
            ListedPerson me;
            me.address = f.me;
            f.server.controls.lists[AccessList::Allowed] = {me, grace};
        });
        // Somebody's server looks after no channels: then nothing is done.
        const auto refused = f.accounts->rooms().move(f.chat(f.muc), u"Come"_s, true).result();
        QCOMPARE(refused.error().condition, u"not-all"_s);
        QVERIFY(f.server.controls.asked.isEmpty());
        f.server.run([&] { f.server.mixSuits = true; });
        const ChatPreference chosen(NotifyWhen::Never, true, 7);
        QVERIFY(f.accounts->preferences().choose(f.chat(f.muc), chosen, allPreferences).result().ok());
        const auto moved = f.accounts->rooms().move(f.chat(f.muc), u"Come"_s, true).result();
        QVERIFY2(moved.ok(), qPrintable(moved.error().condition));
        QVERIFY(moved->notInvited.isEmpty() && !moved->formerUntold);
        const Jid later = moved->chat.address;
        QTRY_COMPARE(f.stored(later).kind, ChatKind::Mix);
        QCOMPARE(f.stored(later).name, u"Design"_s);
        QVERIFY(f.server.controls.asked.contains(
            u"invite %1 %2 Come"_s.arg(later.toString(), f.grace.toString())));
        QVERIFY(f.server.controls.asked.contains(
            u"destroy %1 Come %2"_s.arg(f.muc.toString(), later.toString())));
        QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
        IncomingMessage after = f.fromRoom(later, u"Ada"_s, u"after"_s);
        after.kind = ChatKind::Mix;
        f.server.deliver(after);
        QTRY_COMPARE(f.bodies(f.chat(later)), QStringList({u"before"_s, u"after"_s}));
        // On all my devices, with what I wanted of it.
        QTRY_COMPARE(f.server.preferences.all.value(later).preference,
                     ChatPreference(NotifyWhen::Never, true, 7, {}, f.muc));
        QTRY_COMPARE(f.stored(later).untold, PreferenceParts());
    }

    void saysWhenTheOldRoomStaysOpen()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        f.server.run([&] {
            f.server.mixSuits = true;
            f.server.controls.refuse = {Error::Kind::Refused, u"forbidden"_s, {}};
        });
        const auto moved = f.accounts->rooms().move(f.chat(f.muc), u"Come"_s, true).result();
        QVERIFY2(moved.ok(), qPrintable(moved.error().condition));
        QCOMPARE(moved->formerUntold.condition, u"forbidden"_s);
        QVERIFY(!f.stored(f.muc).id.isEmpty());
    }

    void goesOnWhereARoomSaysSo()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
        QTRY_COMPARE(f.stored(f.muc).unread, 1);
        const Error gone{Error::Kind::NotFound, u"gone"_s, u"xmpp:%1?join moved"_s.arg(f.mix.toString())};
        f.server.run([&] { Q_EMIT f.server.connection->driver(ChatKind::Muc)->removed(f.muc, gone); });
        QTRY_COMPARE(f.state(f.muc).membership, Membership::Failed);
        QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok()); // as a person who follows it
        QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
        QTRY_COMPARE(f.bodies(f.chat(f.mix)), QStringList{u"before"_s});
    }

    void aRoomThatEndsDoesNotPutItselfBeforeAnother()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        f.server.deliver(f.fromRoom(f.muc, u"Eve"_s, u"invented"_s));
        QTRY_COMPARE(f.stored(f.muc).unread, 1);
        const Error gone{Error::Kind::NotFound, u"gone"_s, u"xmpp:%1?join"_s.arg(f.mix.toString())};
        f.server.run([&] { Q_EMIT f.server.connection->driver(ChatKind::Muc)->removed(f.muc, gone); });
        QTRY_COMPARE(f.state(f.muc).membership, Membership::Failed);
        QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok());
        QTest::qWait(50);
        QCOMPARE(f.bodies(f.chat(f.mix)), QStringList());
    }

    void invitationIsARowAndIsAccepted()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        const Jid room = f.muc;
        QSignalSpy told(f.accounts.get(), &Accounts::invited);
        f.server.deliver(invitationTo(room, f));
        QTRY_COMPARE(f.stored(room).invitation.from, f.grace);
        QCOMPARE(f.stored(room).invitation.text, u"come in"_s);
        QTRY_COMPARE(told.size(), 1);
        QTRY_COMPARE(f.stored(room).name, u"Design"_s); // as the room says itself
        QVERIFY(f.stored(f.grace).id.isEmpty()); // it is no message
        QVERIFY(!f.server.joins.contains(room)); // nobody enters by himself
        f.restartProgram();
        (void)f.accounts->load().result();
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
        QTest::qWait(50);
        QVERIFY(!f.server.joins.contains(room));
        QVERIFY(f.server.bookmarks.isEmpty()); // nor is it published

        const auto entered = f.accounts->rooms().accept(f.chat(room), u"Alice"_s, {}).result();
        QVERIFY2(entered.ok(), qPrintable(entered.error().condition));
        QTRY_VERIFY(f.stored(room).invitation.isEmpty());
        QCOMPARE(f.state(room).membership, Membership::Joined);
        QTRY_COMPARE(f.server.bookmarks.size(), 1);
        f.server.deliver(invitationTo(room, f)); // comes again
        QTest::qWait(50);
        QVERIFY(f.stored(room).invitation.isEmpty());
    }

    void invitationIsDeclined()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        f.server.deliver(invitationTo(f.mix, f, ChatKind::Mix));
        QTRY_COMPARE(f.stored(f.mix).invitation.token, u"T"_s);
        QVERIFY(f.accounts->rooms().decline(f.chat(f.mix)).result().ok());
        QCOMPARE(f.server.controls.asked.last(),
                 u"decline %1 %2"_s.arg(f.mix.toString(), f.grace.toString()));
        QTRY_VERIFY(f.stored(f.mix).id.isEmpty());
        f.server.deliver(
            invitationTo(f.mix, f, ChatKind::Mix)); // the same one, from the archive or another way
        QTest::qWait(50);
        QVERIFY(f.stored(f.mix).id.isEmpty());
        QVERIFY(!f.accounts->rooms().decline(f.chat(f.muc)).result().ok()); // there is none
    }

    void refusedInvitationStays()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        f.server.deliver(invitationTo(f.muc, f));
        QTRY_COMPARE(f.stored(f.muc).invitation.from, f.grace);
        f.server.run([&] { f.server.refuseJoin = {Error::Kind::Refused, u"not-authorized"_s, {}}; });
        QCOMPARE(f.accounts->rooms().accept(f.chat(f.muc), {}, u"wrong"_s).result().error().condition,
                 u"not-authorized"_s);
        QCOMPARE(f.stored(f.muc).invitation.from, f.grace);
        f.server.run([&] { f.server.refuseJoin = {}; });
        QVERIFY(f.accounts->rooms().accept(f.chat(f.muc), {}, u"right"_s).result().ok());
    }

    void whatHappenedIsARow()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"hello"_s));
        QTRY_COMPARE(f.stored(f.muc).unread, 1);
        IncomingMessage subject = f.fromRoom(f.muc, u"Ada"_s, {});
        subject.subject = u"Tea"_s;
        f.server.deliver(subject);
        QTRY_COMPARE(f.stored(f.muc).subject, u"Tea"_s);
        const auto notices = [&f] {
            QList<Message> all = f.messages(f.chat(f.muc));
            all.removeIf([](const Message &message) { return message.notice == Notice::None; });
            return all;
        };
        QTRY_COMPARE(notices().size(), 1);
        QCOMPARE(notices()[0].notice, Notice::SubjectChanged);
        QCOMPARE(notices()[0].body, u"Tea"_s);
        f.server.run([&] {
            RoomEvent event{Notice::Banned, {u"key-Ada"_s, u"Ada"_s, {}, true, false}, u"Eve"_s, u"rude"_s};
            Q_EMIT f.server.connection->driver(ChatKind::Muc)->happened(f.muc, event);
        });
        QTRY_COMPARE(notices().size(), 2);
        QCOMPARE(notices()[1].replacedBody, u"rude"_s);
        // Nobody said it: it waits for nobody, and is not what the list shows.
        QCOMPARE(f.stored(f.muc).unread, 1);
        QCOMPARE(f.stored(f.muc).lastText, u"hello"_s);
        // What is said afterwards stands below it, and as it has been on entering is no news.
        f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"good bye"_s));
        QTRY_COMPARE(f.bodies(f.chat(f.muc)), QStringList({u"hello"_s, u"Tea"_s, u"Eve"_s, u"good bye"_s}));
        subject.subject = u"Coffee"_s;
        subject.route = IncomingMessage::Route::History;
        f.server.deliver(subject);
        QTRY_COMPARE(f.stored(f.muc).subject, u"Coffee"_s);
        QCOMPARE(notices().size(), 2);
    }

    void changesGoToTheRightRoom()
    {
        SessionFixture f;
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        RoomDoor &rooms = f.accounts->rooms();
        Participant ada;
        ada.nick = u"Ada"_s;
        QVERIFY(rooms.ban(f.chat(f.muc), ada, u"rude"_s).result().ok());
        QCOMPARE(f.server.controls.asked.last(), u"ban %1 Ada rude"_s.arg(f.muc.toString()));
        QCOMPARE(rooms.ban(f.chat(f.mix), ada, {}).result().error().condition, u"not-joined"_s);
        QCOMPARE(rooms.ban({Jid::trusted(u"other@chat.test"), f.muc}, ada, {}).result().error().condition,
                 u"account"_s);
        QVERIFY(rooms.setNick(f.chat(f.muc), u"Al"_s).result().ok());
        QTRY_COMPARE(f.stored(f.muc).nick, u"Al"_s);
        QTRY_VERIFY(!f.server.bookmarks.isEmpty() && f.server.bookmarks.last().nick == u"Al"_s);
        QVERIFY(rooms.destroy(f.chat(f.muc), u"moved"_s).result().ok());
        QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
        QVERIFY(f.server.bookmarks.isEmpty());
    }
};

QTEST_GUILESS_MAIN(RoomActionsTest)
#include "tst_roomactions.moc"
