// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakerooms.h"
#include "xmpp/groupcontrols.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
const QString ownerForm =
    u"<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='form'>"
    "<field type='text-single' var='muc#roomconfig_roomname'><value>The Room</value></field></x></query>"_s;

QString error(const QString &condition, const QString &type = u"auth"_s)
{
    return u"<error type='%2'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition,
                                                                                               type);
}

Participant person(const QString &nick, const QString &address, Standing standing = Standing::Guest)
{
    Participant who;
    who.nick = nick;
    who.key = nick + u"-id";
    who.address = Jid::trusted(address);
    who.standing = standing;
    who.present = true;
    return who;
}

/// In the room as its owner, with Ada, who is a member.
struct Room : FakeRooms {
    explicit Room(const QStringList &features = {})
    {
        discoFeatures += features;
        goLive();
        answer = muc.join({mucRoom, u"Me"_s, {}, 20});
        wire.receive(presence(u"Ada"_s, u"member"_s, u"participant"_s, u"ada@example.org"_s));
        wire.receive(
            presence(u"Me"_s, u"owner"_s, u"moderator"_s, u"me@example.org"_s, u"<status code='110'/>"_s));
        wire.sent.clear();
    }
    GroupControls &controls() { return muc.controls(); }
    QString presence(const QString &nick, const QString &affiliation, const QString &role, const QString &jid,
                     const QString &rest = {}, const QString &type = {}) const
    {
        return u"<presence from='%1/%2'%7><occupant-id xmlns='urn:xmpp:occupant-id:0' id='%2-id'/>"
               "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='%3' role='%4' "
               "jid='%5/x'/>%6</x>"
               "</presence>"_s.arg(mucRoom.toString(), nick, affiliation, role, jid, rest,
                                   type.isEmpty() ? QString() : u" type='%1'"_s.arg(type));
    }
    QString asked() const
    {
        return wire.requests.isEmpty() ? QString() : FakeWire::toPlainText(wire.requests.last().iq);
    }
    void grant(const QString &payload = u"<query xmlns='http://jabber.org/protocol/muc#admin'/>"_s)
    {
        wire.answer(wire.requests.size() - 1, payload);
    }
};

Capabilities capabilitiesOf(const QSignalSpy &spy)
{
    return spy.last().first().value<JoinedGroup>().capabilities;
}
} // namespace

class TestMucControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rightsFollowAffiliation()
    {
        Room f({u"muc_moderated"_s, u"vcard-temp"_s});
        const auto mine = f.answer.result()->capabilities;
        const Capabilities ofOwners = Capability::Mute | Capability::Remove | Capability::Ban
                                      | Capability::Promote | Capability::Appoint | Capability::Settings
                                      | Capability::Destroy | Capability::Picture | Capability::Invite
                                      | Capability::Nick;
        QVERIFY(mine.testFlags(ofOwners));

        QSignalSpy changed(&f.muc, &GroupDriver::groupChanged);
        f.wire.receive(
            f.presence(u"Me"_s, u"admin"_s, u"moderator"_s, u"me@example.org"_s, u"<status code='110'/>"_s));
        QCOMPARE(changed.size(), 1);
        QVERIFY(capabilitiesOf(changed).testFlags(Capability::Ban | Capability::Promote));
        QVERIFY(!capabilitiesOf(changed).testAnyFlags(Capability::Appoint | Capability::Settings
                                                      | Capability::Destroy | Capability::Picture));
        f.wire.receive(
            f.presence(u"Me"_s, u"none"_s, u"participant"_s, u"me@example.org"_s, u"<status code='110'/>"_s));
        QVERIFY(!capabilitiesOf(changed).testAnyFlags(ofOwners & ~(Capability::Invite | Capability::Nick)));
        QVERIFY(capabilitiesOf(changed).testFlags(Capability::Invite | Capability::Nick));
    }

    void namesByAddressOrNick()
    {
        Room f;
        const auto done =
            f.controls().ban(f.mucRoom, person(u"Ada"_s, u"ada@example.org"_s), u"spam & more"_s);
        QVERIFY(f.asked().contains(u"jid=\"ada@example.org\""));
        QVERIFY(f.asked().contains(u"affiliation=\"outcast\""));
        QVERIFY(f.asked().contains(u"spam &amp; more"));
        QCOMPARE(f.wire.requests.last().to, f.mucRoom);
        QVERIFY(!done.isFinished());
        f.grant();
        QVERIFY(done.result().ok());

        const auto hidden = f.controls().ban(f.mucRoom, person(u"Eve"_s, {}), {});
        QVERIFY(f.asked().contains(u"nick=\"Eve\"") && !f.asked().contains(u"jid="));
        f.wire.answer(f.wire.requests.size() - 1, error(u"not-allowed"_s));
        QCOMPARE(hidden.result().error().condition, u"not-allowed"_s);
        QCOMPARE(f.controls().ban(f.mucRoom, {}, {}).result().error().kind, Error::Kind::InvalidAddress);
    }

    void removesThePresentByRole()
    {
        Room f;
        (void)f.controls().remove(f.mucRoom, person(u"Ada"_s, u"ada@example.org"_s), {});
        QVERIFY(f.asked().contains(u"role=\"none\"") && f.asked().contains(u"nick=\"Ada\""));
        Participant away = person(u"Bob"_s, u"bob@example.org"_s);
        away.present = false;
        (void)f.controls().remove(f.mucRoom, away, {});
        QVERIFY(f.asked().contains(u"affiliation=\"none\"")
                && f.asked().contains(u"jid=\"bob@example.org\""));
    }

    void standings()
    {
        Room f;
        const auto ada = person(u"Ada"_s, u"ada@example.org"_s, Standing::Member);
        (void)f.controls().setStanding(f.mucRoom, ada, Standing::Muted, {});
        QVERIFY(f.asked().contains(u"role=\"visitor\"") && f.asked().contains(u"nick=\"Ada\""));
        (void)f.controls().setStanding(f.mucRoom, ada, Standing::Admin, {});
        QVERIFY(f.asked().contains(u"affiliation=\"admin\"") && !f.asked().contains(u"role="));
        (void)f.controls().setStanding(f.mucRoom, ada, Standing::Guest, {});
        QVERIFY(f.asked().contains(u"affiliation=\"none\""));

        // Somebody who was silenced: their affiliation is not what is taken from them.
        const auto muted = person(u"Ada"_s, u"ada@example.org"_s, Standing::Muted);
        const auto asked = f.wire.requests.size();
        const auto back = f.controls().setStanding(f.mucRoom, muted, Standing::Member, {});
        QVERIFY(f.asked().contains(u"role=\"participant\"") && !f.asked().contains(u"affiliation="));
        f.grant();
        QVERIFY(back.result().ok());
        QCOMPARE(f.wire.requests.size(), asked + 1);
        const auto raised = f.controls().setStanding(f.mucRoom, muted, Standing::Admin, {});
        QVERIFY(f.asked().contains(u"affiliation=\"admin\""));
        f.grant();
        QTRY_VERIFY(f.asked().contains(u"role=\"participant\""));
        f.grant();
        QVERIFY(raised.result().ok());
    }

    void listsAreChecked()
    {
        Room f;
        const auto banned = f.controls().list(f.mucRoom, AccessList::Banned);
        QVERIFY(f.asked().contains(u"affiliation=\"outcast\""));
        f.grant(u"<query xmlns='http://jabber.org/protocol/muc#admin'>"
                "<item affiliation='outcast' jid='Eve@Example.org'><reason>&lt;b&gt;rude</reason></item>"
                "<item affiliation='owner' jid='mallory@example.org'/><item affiliation='outcast' jid='@@'/>"
                "<item affiliation='outcast' jid='evil.example'/></query>"_s);
        QCOMPARE(banned.result()->size(), 2);
        QCOMPARE(banned.result()->at(0).address, Jid::trusted(u"eve@example.org"));
        QCOMPARE(banned.result()->at(0).reason, u"<b>rude"_s);
        QCOMPARE(banned.result()->at(1).address, Jid::trusted(u"evil.example"));

        // Owners are not told to everybody: what is told counts.
        const auto allowed = f.controls().list(f.mucRoom, AccessList::Allowed);
        const auto first = f.wire.requests.size() - 3;
        f.wire.answer(first, error(u"forbidden"_s));
        f.wire.answer(first + 1, u"<query xmlns='http://jabber.org/protocol/muc#admin'>"
                                 "<item affiliation='admin' jid='a@example.org'/></query>"_s);
        f.wire.answer(first + 2, u"<query xmlns='http://jabber.org/protocol/muc#admin'/>"_s);
        QTRY_VERIFY(allowed.isFinished());
        QCOMPARE(allowed.result()->size(), 1);
        QCOMPARE(allowed.result()->first().standing, Standing::Admin);
        (void)f.controls().putOnList(f.mucRoom, AccessList::Allowed,
                                     {Jid::trusted(u"b@example.org"), {}, Standing::Member, {}});
        QVERIFY(f.asked().contains(u"affiliation=\"member\""));
        (void)f.controls().takeOffList(f.mucRoom, AccessList::Banned, Jid::trusted(u"evil.example"));
        QVERIFY(f.asked().contains(u"affiliation=\"none\"") && f.asked().contains(u"evil.example"));
    }

    void subjectIsRefusedOrNot()
    {
        Room f;
        f.wire.onRequest = {};
        auto setting = f.controls().setSubject(f.mucRoom, u"New <topic>"_s);
        QString sent = FakeWire::toPlainText(f.wire.sent.last());
        QVERIFY(sent.contains(u"<subject>New &lt;topic") && sent.contains(u"groupchat"));
        f.wire.answer(f.wire.pending(u"disco#info"_s), f.disco(f.mucRoom.toString()));
        QVERIFY(setting.isFinished() && setting.result().ok());

        setting = f.controls().setSubject(f.mucRoom, u"again"_s);
        const QString id = f.wire.sent.last().attribute(u"id"_s);
        const auto refusal = u"<message type='error' from='%1' id='%2'>%3</message>"_s;
        f.wire.receive(refusal.arg(u"eve@example.org"_s, id, error(u"forbidden"_s))); // not the room
        QVERIFY(!setting.isFinished());
        f.wire.receive(refusal.arg(f.mucRoom.toString(), id, error(u"forbidden"_s)));
        QVERIFY(setting.isFinished());
        QCOMPARE(setting.result().error().condition, u"forbidden"_s);
    }

    void nickIsChangedWhenTheRoomSaysSo()
    {
        Room f;
        auto renaming = f.controls().setNick(f.mucRoom, u"Newbie"_s);
        QCOMPARE(f.wire.sent.last().attribute(u"to"_s), u"room@muc.example.org/Newbie"_s);
        f.wire.receive(u"<presence type='error' from='room@muc.example.org/Newbie'>"_s + error(u"conflict"_s)
                       + u"</presence>"_s);
        QCOMPARE(renaming.result().error().condition, u"conflict"_s);
        QVERIFY(f.muc.isJoined(f.mucRoom));

        renaming = f.controls().setNick(f.mucRoom, u"Other"_s);
        QVERIFY(!renaming.isFinished());
        f.wire.receive(u"<presence type='unavailable' from='room@muc.example.org/Me'>"
                       "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='Me-id'/>"
                       "<x xmlns='http://jabber.org/protocol/muc#user'><item nick='Other'/>"
                       "<status code='303'/><status code='110'/></x></presence>"_s);
        QVERIFY(renaming.isFinished() && renaming.result().ok());
        QVERIFY(f.controls().setNick(f.mucRoom, u"Other"_s).result().ok()); // mine already
        QVERIFY(!f.controls().setNick(f.mucRoom, {}).result().ok());
        QCOMPARE(f.controls()
                     .setNick(Jid::trusted(u"elsewhere@muc.example.org"), u"X"_s)
                     .result()
                     .error()
                     .condition,
                 u"not-joined"_s);
        // The stream ends while it waits.
        renaming = f.controls().setNick(f.mucRoom, u"Third"_s);
        f.wire.end();
        QCOMPARE(renaming.result().error().kind, Error::Kind::ConnectionLost);
    }

    void invitesAsTheRoomNeedsIt()
    {
        const Jid bob = Jid::trusted(u"bob@example.org");
        Room open;
        (void)open.controls().invite(open.mucRoom, bob, u"come & see"_s);
        QString sent = FakeWire::toPlainText(open.wire.sent.last()); // XEP-0249
        QVERIFY(sent.contains(u"to=\"bob@example.org\"") && sent.contains(u"jid=\"room@muc.example.org\""));
        QVERIFY(sent.contains(u"reason=\"come &amp; see\""));

        Room closed({u"muc_membersonly"_s});
        const auto asked = closed.controls().invite(closed.mucRoom, bob, {});
        sent = FakeWire::toPlainText(closed.wire.sent.last()); // XEP-0045 7.8.2
        QVERIFY(sent.contains(u"to=\"room@muc.example.org\"")
                && sent.contains(u"<invite to=\"bob@example.org\""));
        QTRY_VERIFY(asked.isFinished());
        QVERIFY(asked.result().ok());
        QCOMPARE(
            closed.controls().invite(Jid::trusted(u"x@muc.example.org"), bob, {}).result().error().condition,
            u"not-joined"_s);
    }

    void settingsGoThereAndBack()
    {
        Room f;
        const auto asked = f.controls().settings(f.mucRoom);
        f.grant(ownerForm);
        QCOMPARE(asked.result()->find(u"muc#roomconfig_roomname")->values, QStringList{u"The Room"_s});
        Form changes = *asked.result();
        changes.fields[0].values = {u"Another"_s};
        (void)f.controls().changeSettings(f.mucRoom, changes);
        QVERIFY(f.asked().contains(u"muc#roomconfig</value>")
                && f.asked().contains(u"<value>Another</value>"));
        (void)f.controls().setPicture(f.mucRoom, "\x89PNG", u"image/png"_s);
        QVERIFY(f.asked().contains(u"<TYPE>image/png</TYPE><BINVAL>iVBORw==</BINVAL>"));
        (void)f.controls().destroy(f.mucRoom, u"moved"_s, Jid::trusted(u"new@mix.example.org"));
        QVERIFY(f.asked().contains(u"<destroy jid=\"new@mix.example.org\"><reason>moved</reason>"));
    }

    void whatIsDoneToOthersIsTold()
    {
        Room f;
        QSignalSpy happened(&f.muc, &GroupDriver::happened);
        const auto out = u"<presence type='unavailable' from='room@muc.example.org/Ada'>"
                         "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='Ada-id'/>"
                         "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='%1' role='none'>"
                         "<actor nick='Me'/><reason>&lt;b&gt;rude</reason></item>%2</x></presence>"_s;
        f.wire.receive(out.arg(u"outcast"_s, u"<status code='301'/>"_s));
        QCOMPARE(happened.size(), 1);
        const auto event = happened.last().at(1).value<RoomEvent>();
        QCOMPARE(event.notice, Notice::Banned);
        QVERIFY(event.by.isMe);
        QCOMPARE(event.whom, u"Ada"_s);
        QCOMPARE(event.reason, u"<b>rude"_s);
        // Leaving is no event, nor is a link that broke (333 beside 307).
        f.wire.receive(f.presence(u"Ada"_s, u"member"_s, u"participant"_s, u"ada@example.org"_s));
        f.wire.receive(out.arg(u"member"_s, QString()));
        f.wire.receive(f.presence(u"Ada"_s, u"member"_s, u"participant"_s, u"ada@example.org"_s));
        f.wire.receive(out.arg(u"member"_s, u"<status code='307'/><status code='333'/>"_s));
        QCOMPARE(happened.size(), 1);
    }

    void membersWhoAreAwayAreShown()
    {
        Room f({u"muc_membersonly"_s, u"muc_nonanonymous"_s});
        QSignalSpy reset(&f.muc, &GroupDriver::participantsReset);
        QSignalSpy changed(&f.muc, &GroupDriver::participantChanged);
        QSignalSpy gone(&f.muc, &GroupDriver::participantRemoved);
        const auto admin = [](const QString &items) {
            return u"<query xmlns='http://jabber.org/protocol/muc#admin'>%1</query>"_s.arg(items);
        };
        // It has asked for them on entering.
        f.wire.goLive(true);
        f.wire.end();
        f.wire.goLive();
        f.answer = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(f.presence(u"Ada"_s, u"member"_s, u"participant"_s, u"ada@example.org"_s));
        f.wire.receive(
            f.presence(u"Me"_s, u"owner"_s, u"moderator"_s, u"me@example.org"_s, u"<status code='110'/>"_s));
        f.wire.answer(f.wire.pending(u"affiliation=\"owner\""_s),
                      admin(u"<item affiliation='owner' jid='me@example.org'/>"_s));
        f.wire.answer(f.wire.pending(u"affiliation=\"admin\""_s), admin({}));
        f.wire.answer(f.wire.pending(u"affiliation=\"member\""_s),
                      admin(u"<item affiliation='member' jid='ada@example.org'/>"
                            "<item affiliation='member' jid='bob@example.org'/>"_s));
        const auto people = [&reset] { return reset.last().at(1).value<QList<Participant>>(); };
        QTRY_VERIFY(!reset.isEmpty() && people().size() == 3);
        const auto all = people();
        const auto bob = std::ranges::find_if(all, [](const Participant &p) { return !p.present; });
        QCOMPARE(bob->address, Jid::trusted(u"bob@example.org"));
        QCOMPARE(bob->standing, Standing::Member);
        const QString awayKey = u"address:bob@example.org"_s;
        QCOMPARE(bob->key, awayKey);

        changed.clear();
        f.wire.receive(f.presence(u"Bob"_s, u"member"_s, u"participant"_s, u"bob@example.org"_s));
        QCOMPARE(gone.last().at(1).toString(), awayKey); // one person, not two
        QCOMPARE(changed.last().at(1).value<Participant>().key, u"Bob-id"_s);
        f.wire.receive(
            f.presence(u"Bob"_s, u"member"_s, u"none"_s, u"bob@example.org"_s, {}, u"unavailable"_s));
        QCOMPARE(gone.last().at(1).toString(), u"Bob-id"_s);
        QCOMPARE(changed.last().at(1).value<Participant>().key, awayKey);

        // 9.3: taken off the list while away, told by a message of the room, not by one of an occupant.
        const auto news = u"<message from='%1'><x xmlns='http://jabber.org/protocol/muc#user'>"
                          "<item affiliation='%2' jid='%3'/></x></message>"_s;
        gone.clear();
        f.wire.receive(news.arg(u"room@muc.example.org/Ada"_s, u"none"_s, u"bob@example.org"_s));
        QVERIFY(gone.isEmpty());
        f.wire.receive(news.arg(u"room@muc.example.org"_s, u"none"_s, u"bob@example.org"_s));
        QCOMPARE(gone.last().at(1).toString(), awayKey);
        f.wire.receive(news.arg(u"room@muc.example.org"_s, u"admin"_s, u"carol@example.org"_s));
        QCOMPARE(changed.last().at(1).value<Participant>().standing, Standing::Admin);
    }
};

QTEST_GUILESS_MAIN(TestMucControls)
#include "tst_muccontrols.moc"
