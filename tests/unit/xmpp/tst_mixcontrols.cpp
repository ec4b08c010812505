// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakerooms.h"
#include "xmpp/groupcontrols.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}

QString items(const QString &node, const QString &inside)
{
    return u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:mix:nodes:%1'>%2</items>"
           "</pubsub>"_s.arg(node, inside);
}

QString configuration(const QString &owner, const QString &admin = {})
{
    return u"<item id='2016-05-30T09:00:00'><x xmlns='jabber:x:data' type='result'>"
           "<field var='FORM_TYPE' type='hidden'><value>urn:xmpp:mix:admin:0</value></field>"
           "<field var='Owner'><value>%1</value></field><field var='Administrator'>%2</field></x></item>"_s
               .arg(owner, admin.isEmpty() ? QString() : u"<value>%1</value>"_s.arg(admin));
}

Participant ada()
{
    Participant who;
    who.nick = u"Ada"_s;
    who.key = u"p-ada"_s;
    who.address = Jid::trusted(u"ada@example.org");
    who.present = true;
    return who;
}

/// Mine is a channel with all nodes.
struct Channel : FakeRooms {
    explicit Channel(const QString &ownedBy = u"me@example.org"_s)
        : owner(ownedBy)
    {
        mixNodes += {u"info"_s, u"config"_s, u"allowed"_s, u"banned"_s};
        wire.onRequest = [this](const QDomElement &iq) {
            const QString text = FakeWire::toPlainText(iq);
            if (text.contains(u"<items node=\"urn:xmpp:mix:nodes:config"))
                return items(u"config"_s, configuration(owner, u"grace@example.org"_s));
            if (text.contains(u"<items node=\"urn:xmpp:mix:nodes:info"))
                return items(u"info"_s,
                             u"<item id='1'><x xmlns='jabber:x:data' type='result'>"
                             "<field var='Name'><value>Witches Coven</value></field>"
                             "<field var='Description'><value>A location</value></field></x></item>"_s);
            return reply(iq);
        };
    }
    QString owner;
    GroupControls &controls() { return mix.controls(); }
    QString asked(qsizetype back = 1) const
    {
        return FakeWire::toPlainText(wire.requests.at(wire.requests.size() - back).iq);
    }
    void grant()
    {
        wire.answer(wire.requests.size() - 1, u"<pubsub xmlns='http://jabber.org/protocol/pubsub'/>"_s);
    }
};
} // namespace

class TestMixControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nodesTellWhatIMayDo()
    {
        Channel f;
        QSignalSpy group(&f.mix, &GroupDriver::groupChanged);
        QSignalSpy reset(&f.mix, &GroupDriver::participantsReset);
        f.enterMix();
        QTRY_VERIFY(!group.isEmpty());
        const auto told = group.last().first().value<JoinedGroup>();
        QCOMPARE(told.name, u"Witches Coven"_s);
        QCOMPARE(told.description, u"A location"_s);
        QVERIFY(told.capabilities.testFlags(Capability::Ban | Capability::Remove | Capability::Settings
                                            | Capability::Promote | Capability::Destroy));
        QVERIFY(!told.capabilities.testAnyFlags(Capability::Mute | Capability::Subject));
        QVERIFY(told.properties.testFlags(RoomProperty::MembersOnly | RoomProperty::AddressesVisible));
        const auto people = reset.last().at(1).value<QList<Participant>>();
        for (const Participant &p : people)
            QCOMPARE(p.standing, p.isMe ? Standing::Owner : Standing::Member);

        // ejabberd 24.12 has none of these nodes.
        FakeRooms plain;
        QSignalSpy plainGroup(&plain.mix, &GroupDriver::groupChanged);
        plain.enterMix();
        QTRY_VERIFY(!plainGroup.isEmpty());
        const auto few = plainGroup.last().first().value<JoinedGroup>();
        QVERIFY(!few.capabilities.testAnyFlags(Capability::Ban | Capability::Settings | Capability::Destroy));
        QVERIFY(!few.properties.testFlag(RoomProperty::MembersOnly));
        QCOMPARE(plain.wire.pending(u"nodes:info"_s), -1); // what is not there is not asked for
    }

    void rolesAreFollowedLive()
    {
        Channel f(u"ada@example.org"_s);
        f.enterMix();
        QTRY_VERIFY(f.mix.isJoined(f.mixRoom) && !f.mix.isLoading(f.mixRoom));
        QSignalSpy changed(&f.mix, &GroupDriver::participantChanged);
        const auto event = u"<message from='%1'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                           "<items node='urn:xmpp:mix:nodes:config'>%2</items></event></message>"_s;
        f.wire.receive(event.arg(u"eve@example.org"_s, configuration(u"me@example.org"_s))); // a stranger
        QVERIFY(changed.isEmpty());
        f.wire.receive(event.arg(f.mixRoom.toString(), configuration(u"me@example.org"_s)));
        QCOMPARE(changed.size(), 2);
        for (const auto &signal : changed) {
            const auto who = signal.at(1).value<Participant>();
            QCOMPARE(who.standing, who.isMe ? Standing::Owner : Standing::Member);
        }
    }

    void newRightsAreLearntByLooking()
    {
        Channel f(u"ada@example.org"_s);
        QSignalSpy group(&f.mix, &GroupDriver::groupChanged);
        f.enterMix();
        QTRY_VERIFY(!group.isEmpty());
        QVERIFY(!group.last().first().value<JoinedGroup>().capabilities.testFlag(Capability::Promote));
        f.owner = u"me@example.org"_s; // and nobody tells
        f.mix.look(f.mixRoom);
        QTRY_VERIFY(group.last().first().value<JoinedGroup>().capabilities.testFlag(Capability::Promote));
        // No more than once in a while.
        const auto asked = f.wire.requests.size();
        f.mix.look(f.mixRoom);
        f.mix.look(Jid::trusted(u"other@mix.example.org"));
        QCOMPARE(f.wire.requests.size(), asked);
    }

    void changesRoles()
    {
        Channel f;
        f.enterMix();
        const auto done = f.controls().setStanding(f.mixRoom, ada(), Standing::Admin, {});
        QTRY_VERIFY(f.asked().contains(u"<publish node=\"urn:xmpp:mix:nodes:config\""));
        QVERIFY(f.asked().contains(u"<field var=\"Owner\"><value>me@example.org</value></field>"));
        QVERIFY(f.asked().contains(
            u"<field var=\"Administrator\"><value>ada@example.org</value><value>grace@example.org</value>"));
        f.grant();
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().ok());
        Participant me = ada();
        me.address = Jid::trusted(u"me@example.org");
        const auto last = f.controls().setStanding(f.mixRoom, me, Standing::Member, {});
        QTRY_VERIFY(last.isFinished());
        QCOMPARE(last.result().error().condition, u"last-owner"_s);
        QCOMPARE(f.controls().setStanding(f.mixRoom, ada(), Standing::Muted, {}).result().error().kind,
                 Error::Kind::Unsupported);
    }

    void putsOutByTheBanList()
    {
        Channel f;
        f.enterMix();
        (void)f.controls().ban(f.mixRoom, ada(), u"why"_s);
        QVERIFY(f.asked().contains(
            u"<publish node=\"urn:xmpp:mix:nodes:banned\"><item id=\"ada@example.org\"/>"));
        const auto removing = f.controls().remove(f.mixRoom, ada(), {});
        f.grant();
        QTRY_VERIFY(f.asked().contains(u"<retract node=\"urn:xmpp:mix:nodes:banned\">"));
        f.grant();
        QTRY_VERIFY(removing.isFinished());
        QVERIFY(removing.result().ok());
        Participant hidden = ada();
        hidden.address = {};
        QCOMPARE(f.controls().ban(f.mixRoom, hidden, {}).result().error().condition, u"no-address"_s);
    }

    // XEP-0406, examples "Banned Node" and "Allowed Node"
    void readsLists()
    {
        Channel f;
        f.enterMix();
        f.wire.onRequest = {};
        const auto asked = f.controls().list(f.mixRoom, AccessList::Allowed);
        f.wire.answer(f.wire.requests.size() - 1,
                      items(u"allowed"_s,
                            u"<item id='shakespeare.example'/><item id='alice@wonderland.example'/>"
                            "<item id='@'/><retract id='x@y'/>"_s));
        QCOMPARE(asked.result()->size(), 2);
        QCOMPARE(asked.result()->at(0).address, Jid::trusted(u"shakespeare.example"));
    }

    void invitesWithAToken()
    {
        Channel f;
        f.enterMix();
        f.wire.sent.clear();
        const Jid cat = Jid::trusted(u"cat@shakespeare.example");
        auto inviting = f.controls().invite(f.mixRoom, cat, u"Would you like to join the coven?"_s);
        QVERIFY(f.asked().contains(u"<invitee>cat@shakespeare.example</invitee>"));
        f.wire.answer(
            f.wire.requests.size() - 1,
            u"<invite xmlns='urn:xmpp:mix:misc:0'><invitation><token>ABCDEF</token></invitation></invite>"_s);
        QTRY_VERIFY(inviting.isFinished());
        const QString sent = FakeWire::toPlainText(f.wire.sent.last());
        QVERIFY(sent.contains(u"to=\"cat@shakespeare.example\""));
        QVERIFY(sent.contains(u"<inviter>me@example.org</inviter><invitee>cat@shakespeare.example</invitee>"
                              "<channel>channel@mix.example.org</channel><token>ABCDEF</token>"));
        QVERIFY(sent.contains(u"xmpp:channel@mix.example.org?join"));

        inviting = f.controls().invite(f.mixRoom, cat, {});
        f.wire.answer(f.wire.requests.size() - 1, error(u"forbidden"_s));
        QTRY_VERIFY(inviting.isFinished());
        QVERIFY(!inviting.result().ok());
        QCOMPARE(f.wire.sent.size(), 1);
        // A service without invitations: the address is all that is needed.
        inviting = f.controls().invite(f.mixRoom, cat, {});
        f.wire.answer(f.wire.requests.size() - 1, error(u"service-unavailable"_s));
        QTRY_VERIFY(inviting.isFinished());
        QVERIFY(inviting.result().ok());
        QVERIFY(!FakeWire::toPlainText(f.wire.sent.last()).contains(u"<token>"));
    }

    void settingsAreTwoNodes()
    {
        Channel f;
        f.enterMix();
        const auto asked = f.controls().settings(f.mixRoom);
        QTRY_VERIFY(asked.isFinished());
        f.wire.onRequest = {};
        Form changes;
        changes.fields = {*asked.result()->find(u"Name"), *asked.result()->find(u"Administrator")};
        changes.fields[0].values = {u"Another"_s};
        const auto done = f.controls().changeSettings(f.mixRoom, changes);
        QVERIFY(f.asked().contains(u"<publish node=\"urn:xmpp:mix:nodes:info\""));
        QVERIFY(f.asked().contains(u"<value>Another</value>") && !f.asked().contains(u"Administrator"));
        f.grant();
        QTRY_VERIFY(f.asked().contains(u"<publish node=\"urn:xmpp:mix:nodes:config\""));
        QVERIFY(!f.asked().contains(u"Another"));
        f.grant();
        QTRY_VERIFY(done.isFinished());
    }

    // As ejabberd 24.12 does with a channel of another service.
    void leavingMayNeverBeAnswered()
    {
        for (const bool reallyOut : {true, false}) {
            Channel f;
            f.enterMix();
            QTRY_VERIFY(f.mix.isJoined(f.mixRoom) && !f.mix.isLoading(f.mixRoom));
            f.wire.onRequest = {};
            const auto leaving = f.mix.leave(f.mixRoom);
            f.wire.fail(f.wire.pending(u"client-leave"_s), Error::Kind::Timeout);
            const auto asked = f.wire.pending(u"nodes:participants"_s);
            QVERIFY(asked >= 0);
            if (reallyOut)
                f.wire.answer(asked, error(u"forbidden"_s));
            else
                f.wire.answer(asked, items(u"participants"_s, f.participants));
            QTRY_VERIFY(leaving.isFinished());
            QCOMPARE(leaving.result().ok(), reallyOut);
            QCOMPARE(f.mix.isJoined(f.mixRoom), !reallyOut);
            // Whoever is out is not let in again without asking.
            const auto before = f.wire.requests.size();
            (void)f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
            QCOMPARE(f.wire.pending(u"client-join"_s) >= 0, reallyOut);
            QVERIFY(!reallyOut || f.wire.requests.size() > before);
        }
    }

    void pictureIsDataThenMetadata()
    {
        Channel f;
        f.enterMix();
        (void)f.controls().setPicture(f.mixRoom, "abc", u"image/png"_s);
        QVERIFY(f.asked().contains(u"<publish node=\"urn:xmpp:avatar:data\"")
                && f.asked().contains(u">YWJj</data>"));
        f.grant();
        QTRY_VERIFY(f.asked().contains(u"<publish node=\"urn:xmpp:avatar:metadata\""));
        QVERIFY(f.asked().contains(u"id=\"a9993e364706816aba3e25717850c26c9cd0d89d\"")
                && f.asked().contains(u"bytes=\"3\""));
        (void)f.controls().destroy(f.mixRoom, {}, {});
        QVERIFY(f.asked().contains(u"<destroy channel=\"channel\"/>"));
        QCOMPARE(f.wire.requests.last().to, Jid::trusted(u"mix.example.org"));
    }
};

QTEST_GUILESS_MAIN(TestMixControls)
#include "tst_mixcontrols.moc"
