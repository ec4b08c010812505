// SPDX-License-Identifier: GPL-3.0-or-later
// What one does to a MIX channel and its people, the other sees: two connections of ours to the project's own MIX
// service (tests/servers/mix), for ejabberd's refuses all of it.
#include "support/servers/liveclient.h"
#include "support/servers/throwawayserver.h"
#include "xmpp/groupcontrols.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestMixControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<ThrowawayServer>(ThrowawayServer::Kind::Ejabberd,
                                                     QStringList{u"alice"_s, u"bob"_s},
                                                     QStringList{u"--mix-service"_s});
        QVERIFY2(m_server->failure().isEmpty(), qPrintable(m_server->failure()));
    }

    void nameAndSettings()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(false);
        QCOMPARE(f.made.name, u"Room & Co"_s);
        QCOMPARE(f.made.description, u"What it is for"_s);
        const auto mine = f.made.capabilities;
        QVERIFY(mine.testFlags(Capability::Settings | Capability::Ban | Capability::Appoint
                               | Capability::Destroy));
        QVERIFY(f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());

        const auto settings = f.alice.wait(f.controls().settings(room));
        QVERIFY2(settings.ok(), qPrintable(settings.error().condition));
        for (const QString &name : {u"Name"_s, u"Mandatory Nicks"_s, u"Messages Node Subscription"_s})
            QVERIFY2(settings->find(name), qPrintable(name));
        QCOMPARE(settings->find(u"Owner")->values, QStringList{u"alice@chat.test"_s});
        QVERIFY(settings->find(u"Mandatory Nicks")->isOn());
        QVERIFY(!settings->find(u"Messages Node Subscription")->options.isEmpty());

        Form changes;
        changes.fields = {field(u"Name"_s, u"Renamed"_s), field(u"User Message Retraction"_s, u"1"_s)};
        const auto changed = f.alice.wait(f.controls().changeSettings(room, changes));
        QVERIFY2(changed.ok(), qPrintable(changed.ok() ? QString() : changed.error().condition));
        QTRY_COMPARE(f.bob.groups.value(room).name, u"Renamed"_s);
        const auto after = f.alice.wait(f.controls().settings(room));
        QCOMPARE(after->find(u"Name")->values, QStringList{u"Renamed"_s});
        QVERIFY(after->find(u"User Message Retraction")->isOn());
        QVERIFY(after->find(u"Mandatory Nicks")->isOn());

        // Not everybody's.
        const auto refused = f.bob.wait(f.controls(f.bob).changeSettings(room, changes));
        QCOMPARE(refused.error().kind, Error::Kind::Refused);
    }

    void nicks()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(false);
        QVERIFY(f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QVERIFY(f.bob.wait(f.controls(f.bob).setNick(room, u"Robert"_s)).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Robert"_s).key.isEmpty());
        const auto taken = f.bob.wait(f.controls(f.bob).setNick(room, u"Alice"_s));
        QCOMPARE(taken.error().condition, u"conflict"_s);
    }

    void standings()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(false);
        QVERIFY(f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        const ListedPerson eve{Jid::trusted(u"eve@chat.test"), {}, Standing::Guest, {}};
        const auto bob = [&] { return f.seenByAlice(room, u"Bob"_s); };
        QVERIFY(f.alice.wait(f.controls().setStanding(room, bob(), Standing::Admin, {})).ok());
        // Now he may put somebody on the list, and name the channel.
        QVERIFY(f.bob.wait(f.controls(f.bob).putOnList(room, AccessList::Banned, eve)).ok());
        QVERIFY(f.alice.wait(f.controls().setStanding(room, bob(), Standing::Member, {})).ok());
        const auto refused = f.bob.wait(f.controls(f.bob).putOnList(room, AccessList::Banned, eve));
        QCOMPARE(refused.error().kind, Error::Kind::Refused);
        Participant alice;
        alice.address = f.alices;
        const auto last = f.alice.wait(f.controls().setStanding(room, alice, Standing::Member, {}));
        QCOMPARE(last.error().condition, u"last-owner"_s);
    }

    void bansAndRemovals()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(false);
        const auto join = [&] { return f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})); };
        QVERIFY(join().ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        QVERIFY(f.alice.wait(f.controls().ban(room, f.seenByAlice(room, u"Bob"_s), {})).ok());
        QTRY_VERIFY(f.bob.removals.contains(room));
        QTRY_VERIFY(f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        QVERIFY(!f.mix(f.bob).isJoined(room));
        const auto listed = f.alice.wait(f.controls().list(room, AccessList::Banned));
        QVERIFY(listed.ok());
        QCOMPARE(listed->size(), 1);
        QCOMPARE(listed->first().address, f.bobs);
        QCOMPARE(join().error().condition, u"forbidden"_s);
        QVERIFY(f.alice.wait(f.controls().takeOffList(room, AccessList::Banned, f.bobs)).ok());
        QVERIFY(join().ok());

        f.bob.removals.clear();
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        QVERIFY(f.alice.wait(f.controls().remove(room, f.seenByAlice(room, u"Bob"_s), {})).ok());
        QTRY_VERIFY(f.bob.removals.contains(room));
        QVERIFY(f.alice.wait(f.controls().list(room, AccessList::Banned))->isEmpty());
        QVERIFY(join().ok());
    }

    void privateGroup()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(true);
        QVERIFY(!room.isEmpty());
        const auto joined = f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0}));
        QVERIFY(!joined.ok());
    }

    void askingIn()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(false);
        // The list of those who may come in is there from now on, and empty.
        FormField nodes = field(u"Nodes Present"_s, u"participants"_s);
        nodes.values << u"information"_s << u"banned"_s << u"allowed"_s;
        Form changes;
        changes.fields = {nodes};
        QVERIFY(f.alice.wait(f.controls().changeSettings(room, changes)).ok());
        QVERIFY(!f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        const auto asked = f.alice.wait(f.controls().invite(room, f.bobs, u"Come & see <b>"_s));
        QVERIFY2(asked.ok(), qPrintable(asked.ok() ? QString() : asked.error().condition));
        QTRY_VERIFY(f.invitation().has_value());
        QCOMPARE(f.invitation()->room, room);
        QVERIFY(!f.invitation()->invitation.token.isEmpty());
        QVERIFY(f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
    }

    void whoIsThereAndWhoSeesWhom()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        QSignalSpy lists(&f.mix(f.alice), &GroupDriver::listChanged);
        const Jid room = f.create(false);
        QVERIFY(f.alice.groups.value(room).properties.testFlag(RoomProperty::AddressesVisible)
                || f.made.properties.testFlag(RoomProperty::AddressesVisible));
        QVERIFY(f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        const auto bob = [&] { return f.seenByAlice(room, u"Bob"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(bob().present, 20'000);
        f.bob.close();
        QTRY_VERIFY_WITH_TIMEOUT(!bob().present, 20'000);
        QVERIFY(!bob().key.isEmpty());
        QVERIFY(f.seenByAlice(room, u"Alice"_s).present);
        QVERIFY(f.bob.open());
        QTRY_VERIFY_WITH_TIMEOUT(bob().present, 20'000);

        // XEP-0404: hidden, but not from whoever looks after the room.
        Form changes;
        changes.fields = {field(u"JID Visibility"_s, u"jid-optionally-visible"_s)};
        QVERIFY(f.alice.wait(f.controls().changeSettings(room, changes)).ok());
        QTRY_VERIFY_WITH_TIMEOUT(
            f.alice.groups.value(room).properties.testFlag(RoomProperty::AddressOptional), 20'000);
        QVERIFY(!f.alice.groups.value(room).properties.testFlag(RoomProperty::AddressesVisible));
        QTRY_COMPARE_WITH_TIMEOUT(bob().address, f.bobs, 20'000);
        const auto seenByBob = [&] {
            for (const Participant &person : f.bob.people.value(room))
                if (person.nick == u"Alice") return person;
            return Participant();
        };
        // The XEP has no notice of it: he sees it when he comes back.
        f.bob.close();
        f.bob.people.clear();
        QVERIFY(f.bob.open());
        QTRY_VERIFY_WITH_TIMEOUT(!seenByBob().key.isEmpty() && seenByBob().address.isEmpty(), 20'000);
        QVERIFY(f.alice.groups.value(room).capabilities.testFlag(Capability::Choices));
        const auto choices = f.alice.wait(f.controls().choices(room));
        QVERIFY2(choices.ok(), qPrintable(choices.error().condition));
        QCOMPARE(choices->find(u"JID Visibility")->values, QStringList{u"default"_s});
        Form mine;
        mine.fields = {field(u"JID Visibility"_s, u"always"_s)};
        QVERIFY(f.alice.wait(f.controls().choose(room, mine)).ok());
        QTRY_COMPARE_WITH_TIMEOUT(seenByBob().address, f.alices, 20'000);

        // Who looks after it sees at once whom another one keeps out.
        QVERIFY(f.alice.wait(f.controls().setStanding(room, bob(), Standing::Admin, {})).ok());
        lists.clear();
        const ListedPerson eve{Jid::trusted(u"eve@chat.test"), {}, Standing::Guest, {}};
        QVERIFY(f.bob.wait(f.controls(f.bob).putOnList(room, AccessList::Banned, eve)).ok());
        QTRY_VERIFY_WITH_TIMEOUT(!lists.isEmpty(), 20'000);
    }

    void pictureAndEnd()
    {
        Two f(*m_server);
        QVERIFY(f.open());
        const Jid room = f.create(false);
        QVERIFY(f.bob.wait(f.mix(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QVERIFY(f.alice.wait(f.controls().setPicture(room, "a picture", u"image/png"_s)).ok());
        QVERIFY(f.alice.wait(f.controls().setPicture(room, {}, {})).ok());
        QCOMPARE(f.bob.wait(f.controls(f.bob).destroy(room, {}, {})).error().kind, Error::Kind::Refused);
        QVERIFY(f.alice.wait(f.controls().destroy(room, {}, {})).ok());
        QTRY_VERIFY(f.bob.removals.contains(room));
        QCOMPARE(f.bob.wait(f.bob->discoverRoom(room)).error().kind, Error::Kind::NotFound);
    }

private:
    static FormField field(const QString &name, const QString &value)
    {
        FormField made;
        made.name = name;
        made.values = {value};
        return made;
    }

    struct Two {
        explicit Two(const ThrowawayServer &server)
            : alice(server, u"alice"_s)
            , bob(server, u"bob"_s)
            , service(server.channels())
            , alices(server.account(u"alice"_s).address)
            , bobs(server.account(u"bob"_s).address)
        {}
        bool open() { return alice.open() && bob.open(); }
        static GroupDriver &mix(LiveClient &client) { return *client->driver(ChatKind::Mix); }
        GroupControls &controls() { return mix(alice).controls(); }
        static GroupControls &controls(LiveClient &client) { return mix(client).controls(); }
        Jid create(bool isPrivate)
        {
            CreateRequest request;
            request.service = service;
            request.name = u"Room & Co"_s;
            request.nick = u"Alice"_s;
            request.description = u"What it is for"_s;
            request.isPrivate = isPrivate;
            const auto answer = alice.wait(mix(alice).create(request));
            if (!answer.ok()) qWarning("not created: %s", qPrintable(answer.error().condition));
            if (answer.ok()) made = *answer;
            return made.room;
        }
        Participant seenByAlice(const Jid &room, const QString &nick) const
        {
            for (const Participant &person : alice.people.value(room))
                if (person.nick == nick) return person;
            return {};
        }
        std::optional<IncomingInvitation> invitation() const
        {
            for (const IncomingMessage &message : bob.messages)
                if (message.invitation) return message.invitation;
            return {};
        }

        LiveClient alice, bob;
        const Jid service, alices, bobs;
        JoinedGroup made;
    };

    std::unique_ptr<ThrowawayServer> m_server;
};

QTEST_GUILESS_MAIN(TestMixControls)
#include "tst_mixcontrols.moc"
