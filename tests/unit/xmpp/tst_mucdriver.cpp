// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakerooms.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
struct Seen {
    explicit Seen(GroupDriver &driver)
        : reset(&driver, &GroupDriver::participantsReset)
        , changed(&driver, &GroupDriver::participantChanged)
        , gone(&driver, &GroupDriver::participantRemoved)
        , group(&driver, &GroupDriver::groupChanged)
        , removed(&driver, &GroupDriver::removed)
    {}

    Participant lastChanged() const { return changed.last().at(1).value<Participant>(); }
    Error lastRemoval() const { return removed.last().at(1).value<Error>(); }

    QSignalSpy reset, changed, gone, group, removed;
};

QString text(const QDomElement &e)
{
    return FakeWire::toText(e);
}

QString presenceError(const QString &nick, const QString &condition)
{
    return u"<presence type='error' from='room@muc.example.org/%1'><error type='auth'><%2 "
           "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>"_s.arg(nick, condition);
}

QString leaving(const QString &nick, const QString &inside, const QString &item = u"<item role='none'/>"_s)
{
    return u"<presence type='unavailable' from='room@muc.example.org/%1'>"
           "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='%1-id'/>"
           "<x xmlns='http://jabber.org/protocol/muc#user'>%3%2</x></presence>"_s.arg(nick, inside, item);
}
} // namespace

class TestMucDriver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entersARoom()
    {
        FakeRooms f;
        f.goLive();
        Seen seen(f.muc);
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, u"secret"_s, 20});
        QCOMPARE(f.wire.sent.size(), 1);
        const QString sent = text(f.wire.sent.first());
        QVERIFY(sent.contains(u"to=\"room@muc.example.org/Me\""));
        QVERIFY(sent.contains(u">secret</password>"));
        QVERIFY(sent.contains(u"maxstanzas=\"0\"")); // it has an archive
        f.wire.receive(f.occupant(u"Ada"_s, u"ada-id"_s, u"moderator"_s));
        QVERIFY(!joining.isFinished());
        QVERIFY(seen.changed.isEmpty()); // joins are quiet
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(joining.isFinished() && joining.result().ok());
        const JoinedGroup group = *joining.result();
        QCOMPARE(group.nick, u"Me"_s);
        QCOMPARE(group.name, u"The Room"_s);
        QVERIFY(!group.created);
        QCOMPARE(group.capabilities, Capability::Send | Capability::Members | Capability::Leave
                                         | Capability::Archive | Capability::Nick | Capability::Invite
                                         | Capability::PrivateTalk);
        QCOMPARE(seen.reset.size(), 1);
        QCOMPARE(seen.reset.first().at(1).value<QList<Participant>>().size(), 2);
        QVERIFY(f.muc.isJoined(f.mucRoom));
        // Once more: no stanza, the same answer.
        QVERIFY(f.muc.join({f.mucRoom, u"Me"_s, {}, 20}).result().ok());
        QCOMPARE(f.wire.sent.size(), 1);
    }

    void asksOnceMoreWhereNothingIsSaid()
    {
        FakeRooms f;
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        QCOMPARE(f.wire.sent.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(f.wire.sent.size(), 2, 10'000);
        QCOMPARE(text(f.wire.sent.last()), text(f.wire.sent.first()));
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(joining.result().ok());
    }

    void asksForHistoryWhereThereIsNoArchive()
    {
        FakeRooms f;
        f.discoFeatures = {};
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        QVERIFY(text(f.wire.sent.first()).contains(u"maxstanzas=\"20\""));
    }

    void entersARoomThatDoesNotTellWhatItCan()
    {
        FakeRooms f;
        f.wire.onRequest = [](const QDomElement &) { return QString(); };
        f.goLive();
        Seen seen(f.muc);
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        QVERIFY(f.wire.sent.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(f.wire.sent.size(), 1, 8'000);
        QVERIFY(text(f.wire.sent.first()).contains(u"maxstanzas=\"20\""));
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(joining.result().ok());
        QVERIFY(!joining.result()->capabilities.testFlag(Capability::Archive));
        QVERIFY(f.muc.room(f.mucRoom)->participants().first().key.startsWith(u"nick:"));
        // It tells after all: who is who and what I may do is made anew.
        f.wire.answer(f.wire.pending(u"to=\"room@muc"_s), f.disco(f.mucRoom.toString()));
        QCOMPARE(seen.reset.last().at(1).value<QList<Participant>>().first().key, u"my-id"_s);
        QVERIFY(seen.group.last().first().value<JoinedGroup>().capabilities.testFlag(Capability::Archive));
    }

    void entersAtOnceWhereItIsKnown()
    {
        int traits = 0;
        {
            FakeRooms f;
            f.goLive();
            f.enterMuc();
            traits = f.answer.result()->traits;
            QVERIFY(traits != 0);
        }
        FakeRooms f; // after a restart
        f.wire.onRequest = [](const QDomElement &) { return QString(); };
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20, traits});
        QCOMPARE(f.wire.sent.size(), 1);
        QVERIFY(text(f.wire.sent.first()).contains(u"maxstanzas=\"0\""));
        QVERIFY(f.muc.isEntering(f.mucRoom));
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(!f.muc.isEntering(f.mucRoom));
        QVERIFY(joining.isFinished());
        QVERIFY(joining.result()->capabilities.testFlag(Capability::Archive));
        QCOMPARE(joining.result()->traits, traits);
        // What it says of authors and archives is believed from the first message on.
        QCOMPARE(f.muc.room(f.mucRoom)->participants().first().key, u"my-id"_s);
        f.wire.receive(u"<message type='groupchat' from='room@muc.example.org/Ada'><body>early</body>"
                       "<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='a1'/></message>"_s);
        QCOMPARE(f.received.last().archiveId, u"a1"_s);
    }

    void knowsWhoIsWho()
    {
        FakeRooms f;
        f.goLive();
        Seen seen(f.muc);
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(
            u"<presence from='room@muc.example.org/Own'><x xmlns='http://jabber.org/protocol/muc#user'>"
            "<item affiliation='owner' role='visitor' jid='o@example.org/x'/></x></presence>"_s);
        f.wire.receive(f.occupant(u"Vis"_s, u"v"_s, u"visitor"_s));
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QHash<QString, Participant> people;
        const auto list = seen.reset.first().at(1).value<QList<Participant>>();
        for (const auto &p : list)
            people.insert(p.nick, p);
        QCOMPARE(people[u"Own"_s].standing, Standing::Owner);
        QCOMPARE(people[u"Own"_s].key, u"nick:Own"_s); // without an occupant-id
        QVERIFY(!people[u"Own"_s].stableKey);
        QCOMPARE(people[u"Own"_s].address.toString(), u"o@example.org"_s);
        QCOMPARE(people[u"Vis"_s].standing, Standing::Muted);
        QVERIFY(people[u"Me"_s].isMe && people[u"Me"_s].stableKey);
        QCOMPARE(people[u"Me"_s].key, u"my-id"_s);
    }

    void triesAnotherNick()
    {
        FakeRooms f;
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(presenceError(u"Me"_s, u"conflict"_s));
        QVERIFY(text(f.wire.sent.last()).contains(u"/Me_\""));
        for (int i = 0; i < 20 && !joining.isFinished(); ++i)
            f.wire.receive(presenceError(u"Me_"_s, u"conflict"_s));
        QVERIFY(joining.isFinished());
        QCOMPARE(joining.result().error().kind, Error::Kind::Refused);
        QCOMPARE(joining.result().error().condition, u"conflict"_s);
        QVERIFY(f.wire.sent.size() < 10);
    }

    void tellsWhyItCannotEnter_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("members only") << u"registration-required"_s << Error::Kind::Refused;
        QTest::newRow("banned") << u"forbidden"_s << Error::Kind::Refused;
        QTest::newRow("password") << u"not-authorized"_s << Error::Kind::Refused;
        QTest::newRow("full") << u"service-unavailable"_s << Error::Kind::ServiceFull;
        QTest::newRow("locked") << u"item-not-found"_s << Error::Kind::NotFound;
    }
    void tellsWhyItCannotEnter()
    {
        QFETCH(QString, condition);
        QFETCH(Error::Kind, kind);
        FakeRooms f;
        f.goLive();
        Seen seen(f.muc);
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(presenceError(u"Me"_s, condition));
        QCOMPARE(joining.result().error().kind, kind);
        QCOMPARE(joining.result().error().condition, condition);
        QVERIFY(!f.muc.isJoined(f.mucRoom));
        QVERIFY(seen.removed.isEmpty());
        // And it can be tried again.
        const auto again = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(again.result().ok());
    }

    void refusesAtTheDoor()
    {
        FakeRooms f;
        QCOMPARE(f.muc.join({f.mucRoom, u"Me"_s, {}, 0}).result().error().kind, Error::Kind::ConnectionLost);
        f.goLive();
        QCOMPARE(f.muc.join({Jid::trusted(u"muc.example.org"), u"Me"_s, {}, 0}).result().error().kind,
                 Error::Kind::InvalidAddress);
        QCOMPARE(f.muc.join({f.mucRoom, QString(2000, u'x'), {}, 0}).result().error().kind,
                 Error::Kind::InvalidInput);
        QVERIFY(f.wire.sent.isEmpty());
    }

    void unlocksANewRoom()
    {
        FakeRooms f;
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"moderator"_s, 110, u"<status code='201'/>"_s));
        QVERIFY(!joining.isFinished());
        const auto form = f.wire.pending(u"muc#owner"_s);
        QVERIFY(form >= 0);
        QVERIFY(text(f.wire.requests[form].iq).contains(u"type=\"submit\""));
        f.wire.answer(form, u" "_s);
        QVERIFY(joining.isFinished() && joining.result()->created);
    }

    void createsARoom()
    {
        FakeRooms f;
        f.goLive();
        bool exists = false;
        f.wire.onRequest = [&](const QDomElement &iq) {
            if (text(iq).contains(u"disco#info") && !exists)
                return u"<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s;
            return f.reply(iq);
        };
        const auto creating =
            f.muc.create({Jid::trusted(u"muc.example.org"), u"new"_s, u"New <Room>"_s, u"Me"_s});
        QCOMPARE(f.wire.sent.size(), 1);
        exists = true;
        f.wire.receive(
            u"<presence from='new@muc.example.org/Me'><x xmlns='http://jabber.org/protocol/muc#user'>"
            "<item affiliation='owner' role='moderator'/><status code='201'/><status code='110'/></x></presence>"_s);
        f.wire.answer(
            f.wire.pending(u"muc#owner"_s),
            u"<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='form'>"
            "<field var='muc#roomconfig_roomname'/><field "
            "var='muc#roomconfig_persistentroom'><value>0</value></field>"
            "<field var='mam'/><field var='other'><value>1</value></field></x></query>"_s);
        const auto submit = f.wire.pending(u"submit"_s);
        QVERIFY(submit >= 0);
        const QString form = text(f.wire.requests[submit].iq);
        QVERIFY(form.contains(u"New &lt;Room>") || form.contains(u"New &lt;Room&gt;"));
        QVERIFY(form.contains(u"persistentroom"));
        QVERIFY(form.contains(u"var=\"mam\""));
        QVERIFY(!form.contains(u"other"));
        QVERIFY(!form.contains(u"enablearchiving")); // not in this server's form
        f.wire.answer(submit, u" "_s);
        QVERIFY(creating.isFinished() && creating.result().ok());
        QVERIFY(creating.result()->created);
        QVERIFY(creating.result()->capabilities.testFlag(Capability::Subject));
    }

    void createsNoRoomThatExists()
    {
        FakeRooms f;
        f.goLive();
        const auto creating = f.muc.create({Jid::trusted(u"muc.example.org"), u"room"_s, {}, u"Me"_s});
        QCOMPARE(creating.result().error().condition, u"conflict"_s);
        QVERIFY(f.wire.sent.isEmpty());
        const auto random = f.muc.create({Jid::trusted(u"muc.example.org"), {}, {}, u"Me"_s});
        QVERIFY(f.wire.requests.last().to.local().size() >= 12);
    }

    void followsComingAndGoing()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        f.wire.receive(f.occupant(u"Bob"_s, u"bob-id"_s, u"participant"_s));
        QCOMPARE(seen.lastChanged().key, u"bob-id"_s);
        // The same person twice, under two nicks: gone only when both are.
        f.wire.receive(f.occupant(u"Bobby"_s, u"bob-id"_s, u"participant"_s));
        f.wire.receive(leaving(u"Bob"_s, {}));
        QVERIFY(seen.gone.isEmpty());
        QCOMPARE(seen.lastChanged().nick, u"Bobby"_s);
        f.wire.receive(leaving(u"Bobby"_s, {}));
        QCOMPARE(seen.gone.size(), 1);
        QCOMPARE(seen.gone.first().at(1).toString(), u"bob-id"_s);
        f.wire.receive(leaving(u"Nobody"_s, {}));
        QCOMPARE(seen.gone.size(), 1);
        QVERIFY(seen.removed.isEmpty() && seen.group.isEmpty());
    }

    void followsNewNicks()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        f.wire.receive(leaving(u"Ada"_s, u"<status code='303'/>"_s, u"<item nick='Lovelace'/>"_s));
        QVERIFY(seen.gone.isEmpty());
        QCOMPARE(seen.lastChanged().nick, u"Lovelace"_s);
        QCOMPARE(seen.lastChanged().key, u"ada-id"_s);
        f.wire.receive(f.occupant(u"Lovelace"_s, u"ada-id"_s, u"moderator"_s));
        QCOMPARE(f.muc.room(f.mucRoom)->participants().size(), 2);
        // Mine, too.
        f.wire.receive(
            leaving(u"Me"_s, u"<status code='303'/><status code='110'/>"_s, u"<item nick='Myself'/>"_s));
        f.wire.receive(f.occupant(u"Myself"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(f.muc.isJoined(f.mucRoom));
        QVERIFY(seen.removed.isEmpty());
        QCOMPARE(seen.group.last().first().value<JoinedGroup>().nick, u"Myself"_s);
    }

    void aNickTakenOverIsAnotherPerson()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        f.wire.receive(f.occupant(u"Ada"_s, u"eve-id"_s, u"participant"_s));
        QCOMPARE(seen.gone.first().at(1).toString(), u"ada-id"_s);
        QCOMPARE(seen.lastChanged().key, u"eve-id"_s);
    }

    void losesAndGetsItsVoice()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"visitor"_s, 110));
        QVERIFY(!seen.group.last().first().value<JoinedGroup>().capabilities.testFlag(Capability::Send));
        QCOMPARE(seen.lastChanged().standing, Standing::Muted);
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"moderator"_s, 110));
        const auto capabilities = seen.group.last().first().value<JoinedGroup>().capabilities;
        QVERIFY(capabilities.testFlag(Capability::Send) && capabilities.testFlag(Capability::Subject));
    }

    void tellsWhyItIsOut_data()
    {
        QTest::addColumn<QString>("inside");
        QTest::addColumn<Error>("error");
        const auto row = [](const char *name, const QString &inside, Error::Kind kind,
                            const QString &condition, const QString &reason = {}) {
            QTest::newRow(name) << inside << Error{kind, condition, reason};
        };
        row("kicked", u"<status code='307'/>"_s, Error::Kind::Refused, u"kicked"_s);
        row("banned", u"<status code='301'/>"_s, Error::Kind::Refused, u"forbidden"_s);
        row("affiliation", u"<status code='321'/>"_s, Error::Kind::Refused, u"registration-required"_s);
        row("members only", u"<status code='322'/>"_s, Error::Kind::Refused, u"registration-required"_s);
        row("shutdown", u"<status code='332'/>"_s, Error::Kind::ServerShutdown, u"room-shutdown"_s);
        row("technical", u"<status code='333'/><status code='307'/>"_s, Error::Kind::ConnectionLost,
            u"room-unreachable"_s);
        row("destroyed", u"<destroy><reason>moved</reason></destroy>"_s, Error::Kind::NotFound, u"gone"_s,
            u"moved"_s);
        row("destroyed for another", u"<destroy jid='new@muc.example.org'><reason>moved</reason></destroy>"_s,
            Error::Kind::NotFound, u"gone"_s, u"xmpp:new@muc.example.org?join moved"_s);
        row("destroyed for nonsense", u"<destroy jid='@@'/>"_s, Error::Kind::NotFound, u"gone"_s);
        row("no reason", QString(), Error::Kind::ConnectionLost, u"room-left"_s);
    }
    void tellsWhyItIsOut()
    {
        QFETCH(QString, inside);
        QFETCH(Error, error);
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        f.wire.receive(leaving(u"Me"_s, inside + u"<status code='110'/>"_s));
        QCOMPARE(seen.removed.size(), 1);
        QCOMPARE(seen.lastRemoval(), error);
        QVERIFY(!f.muc.isJoined(f.mucRoom));
        f.wire.receive(leaving(u"Me"_s, inside + u"<status code='110'/>"_s));
        QCOMPARE(seen.removed.size(), 1);
    }

    void leavesARoom()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        const auto left = f.muc.leave(f.mucRoom);
        QVERIFY(!f.muc.isJoined(f.mucRoom));
        QCOMPARE(f.wire.sent.last().attribute(u"type"_s), u"unavailable"_s);
        QVERIFY(!left.isFinished());
        // To be in again has to wait.
        const auto again = f.muc.join({f.mucRoom, u"Me"_s, {}, 0});
        f.wire.receive(leaving(u"Me"_s, u"<status code='110'/>"_s));
        QVERIFY(left.isFinished() && left.result().ok());
        QVERIFY(seen.removed.isEmpty());
        f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110));
        QVERIFY(again.isFinished() && again.result().ok());
        QVERIFY(f.muc.leave(Jid::trusted(u"other@muc.example.org")).result().ok());
    }

    void strangersCannotMoveTheRoom()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        Seen seen(f.muc);
        const QString out =
            u"<presence type='unavailable' from='%1'><x xmlns='http://jabber.org/protocol/muc#user'>"
            "<item role='none'/><status code='307'/><status code='110'/><destroy/></x></presence>"_s;
        for (const auto &from :
             {u"eve@example.org/room"_s, u"room@muc.example.net/Me"_s, u"other@muc.example.org/Me"_s})
            f.wire.receive(out.arg(from));
        QVERIFY(f.muc.isJoined(f.mucRoom));
        QVERIFY(seen.removed.isEmpty() && seen.changed.isEmpty() && seen.gone.isEmpty());
    }

    void survivesAResumeAndEndsWithTheStream()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto other = f.muc.join({Jid::trusted(u"other@muc.example.org"), u"Me"_s, {}, 0});
        Seen seen(f.muc);
        f.wire.suspend();
        QVERIFY(f.muc.isJoined(f.mucRoom));
        f.wire.goLive(true);
        QVERIFY(f.muc.isJoined(f.mucRoom));
        f.wire.end();
        QVERIFY(!f.muc.isJoined(f.mucRoom));
        QCOMPARE(other.result().error().kind, Error::Kind::ConnectionLost);
        QVERIFY(seen.removed.isEmpty());
        // What the room can do is known by now: entering waits for no answer.
        f.wire.onRequest = {};
        f.wire.goLive();
        f.wire.sent.clear();
        const auto again = f.muc.join({f.mucRoom, u"Me"_s, {}, 0});
        QCOMPARE(f.wire.sent.size(), 1);
    }

    void aStormOfChangesIsAskedForOnce()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        f.wire.onRequest = {};
        const auto asked = f.wire.requests.size();
        const QString changed =
            u"<message type='groupchat' from='room@muc.example.org'>"
            "<x xmlns='http://jabber.org/protocol/muc#user'><status code='104'/></x></message>"_s;
        for (int i = 0; i < 1000; ++i)
            f.wire.receive(changed);
        QCOMPARE(f.wire.requests.size(), asked + 1);
        // It may have changed after it was asked.
        f.wire.answer(asked, f.disco(f.mucRoom.toString()));
        QCOMPARE(f.wire.requests.size(), asked + 2);
        f.wire.answer(asked + 1, f.disco(f.mucRoom.toString()));
        QCOMPARE(f.wire.requests.size(), asked + 2);
        // And later once more, also after one without an answer.
        f.wire.receive(changed);
        f.wire.fail(asked + 2, Error::Kind::Timeout);
        f.wire.receive(changed);
        QCOMPARE(f.wire.requests.size(), asked + 4);
    }

    void aStormOfPresencesIsCheap()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const QDomElement one = FakeWire::parse(f.occupant(u"N"_s, u"n"_s, u"participant"_s).toUtf8());
        const Jid room = f.mucRoom;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < Dom_maxParticipants + 1000; ++i) {
            QDomElement id = one.firstChildElement();
            id.setAttribute(u"id"_s, QString::number(i));
            Q_EMIT f.wire.presenceReceived(one, room.withResource(QString::number(i)));
        }
        QVERIFY(f.muc.room(room)->participants().size() <= Dom_maxParticipants);
        qInfo("%d presences in %lld ms", Dom_maxParticipants + 1000, timer.elapsed());
    }

    void recorded_data()
    {
        QTest::addColumn<QString>("server");
        QTest::newRow("ejabberd") << u"ejabberd"_s;
        QTest::newRow("prosody") << u"prosody"_s;
    }
    void recorded()
    {
        QFETCH(QString, server);
        FakeRooms f(u"alice@chat.test/a"_s);
        f.goLive();
        Seen seen(f.muc);
        const Jid room = Jid::trusted(u"new@conference.chat.test");
        const auto joining = f.muc.join({room, u"Ada"_s, {}, 0});
        const QString path =
            QStringLiteral(MINGLE_TESTS "/unit/xmpp/data/rooms/") + server + u"-muc-presence.xml"_s;
        for (const auto &stanza : FakeWire::recorded(path))
            f.wire.receive(stanza);
        // Bob came twice, took another nick, lost his voice, was kicked and banned.
        QVERIFY(seen.gone.size() == 2);
        bool muted = false;
        for (const auto &change : seen.changed)
            muted |= change.at(1).value<Participant>().standing == Standing::Muted;
        QVERIFY(muted);
        QVERIFY(seen.removed.size() <= 1);
    }

private:
    static constexpr int Dom_maxParticipants = 50'000;
};

QTEST_GUILESS_MAIN(TestMucDriver)
#include "tst_mucdriver.moc"
