// SPDX-License-Identifier: GPL-3.0-or-later
// What one does to a MUC room and its people, the other sees: two connections of ours to a real ejabberd and prosody.
#include "support/servers/liveclient.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"
#include "xmpp/groupcontrols.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestRoomControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const auto kind : {ThrowawayServer::Kind::Ejabberd, ThrowawayServer::Kind::Prosody}) {
            auto &server = m_servers.emplace_back(
                std::make_unique<ThrowawayServer>(kind, QStringList{u"alice"_s, u"bob"_s, u"carol"_s}));
            QVERIFY2(server->failure().isEmpty(), qPrintable(server->failure()));
        }
    }

    void privateGroup_data() { servers(); }
    void privateGroup()
    {
        Two f(server());
        QVERIFY(f.open());
        const Jid room = f.create(true);
        QVERIFY(!room.isEmpty());
        const RoomProperties properties = f.alice.groups.value(room).properties;
        QVERIFY(isEncryptable(f.made.properties));
        QVERIFY(f.made.properties.testFlag(RoomProperty::Hidden));
        Q_UNUSED(properties)

        // Nobody comes in by himself; who is asked in does, and knows who asked.
        QCOMPARE(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).error().condition,
                 u"registration-required"_s);
        const auto asked = f.alice.wait(f.muc(f.alice).controls().invite(room, f.bobs, u"Come & see <b>"_s));
        QVERIFY2(asked.ok(), qPrintable(asked.error().condition));
        QTRY_VERIFY(f.invitation().has_value());
        QCOMPARE(f.invitation()->room, room);
        QCOMPARE(f.invitation()->invitation.from, f.alices);
        QCOMPARE(f.invitation()->invitation.text, u"Come & see <b>"_s);
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_COMPARE(f.seenByAlice(room, u"Bob"_s).address, f.bobs);
        QCOMPARE(f.seenByAlice(room, u"Bob"_s).standing, Standing::Member);

        // Whoever has gone is a member all the same, and shown to all.
        QVERIFY(f.bob.wait(f.muc(f.bob).leave(room)).ok());
        QTRY_VERIFY(!f.byAddress(room, f.bobs).key.isEmpty() && !f.byAddress(room, f.bobs).present);
        QCOMPARE(f.byAddress(room, f.bobs).standing, Standing::Member);
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_VERIFY(f.byAddress(room, f.bobs).present);
        int bobs = 0;
        for (const Participant &person : f.alice.people.value(room))
            bobs += person.address == f.bobs;
        QCOMPARE(bobs, 1);
        // Put out of the list while away.
        QVERIFY(f.bob.wait(f.muc(f.bob).leave(room)).ok());
        QTRY_VERIFY(!f.byAddress(room, f.bobs).present);
        QVERIFY(f.alice.wait(f.muc(f.alice).controls().remove(room, f.byAddress(room, f.bobs), {})).ok());
        QTRY_VERIFY(f.byAddress(room, f.bobs).key.isEmpty());
        QCOMPARE(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).error().condition,
                 u"registration-required"_s);
    }

    void standings_data() { servers(); }
    void standings()
    {
        Two f(server());
        QVERIFY(f.open());
        const Jid room = f.create(false);
        GroupControls &controls = f.muc(f.alice).controls();
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        const auto bob = [&] { return f.seenByAlice(room, u"Bob"_s); };
        QCOMPARE(bob().standing, Standing::Guest);
        for (const Standing standing :
             {Standing::Member, Standing::Admin, Standing::Owner, Standing::Guest}) {
            const auto done = f.alice.wait(controls.setStanding(room, bob(), standing, u"because"_s));
            QVERIFY2(done.ok(), qPrintable(done.error().condition));
            QTRY_COMPARE(bob().standing, standing);
        }
        // Where everybody may write nobody can be muted: the room is made one where newcomers listen first.
        QVERIFY(!f.made.capabilities.testFlag(Capability::Mute));
        Form moderated;
        FormField field;
        field.name = u"muc#roomconfig_moderatedroom"_s;
        field.values = {u"1"_s};
        moderated.fields = {field};
        QVERIFY(f.alice.wait(controls.changeSettings(room, moderated)).ok());
        QTRY_VERIFY(f.alice.groups.value(room).capabilities.testFlag(Capability::Mute));
        QTRY_COMPARE(bob().standing, Standing::Guest);
        QVERIFY(f.alice.wait(controls.setStanding(room, bob(), Standing::Muted, {})).ok());
        QTRY_COMPARE(bob().standing, Standing::Muted);
        QTRY_VERIFY(!f.bob.groups.value(room).capabilities.testFlag(Capability::Send));
        QVERIFY(f.alice.wait(controls.setStanding(room, bob(), Standing::Guest, {})).ok());
        QTRY_COMPARE(bob().standing, Standing::Guest);
        QTRY_VERIFY(f.bob.groups.value(room).capabilities.testFlag(Capability::Send));
    }

    void puttingOut_data() { servers(); }
    void puttingOut()
    {
        Two f(server());
        QVERIFY(f.open());
        const Jid room = f.create(false);
        GroupControls &controls = f.muc(f.alice).controls();
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        // A guest may do nothing of this.
        Participant alice;
        alice.nick = u"Alice"_s;
        alice.present = true;
        QCOMPARE(f.bob.wait(f.muc(f.bob).controls().remove(room, alice, {})).error().kind,
                 Error::Kind::Refused);
        QVERIFY(f.alice.wait(controls.remove(room, f.seenByAlice(room, u"Bob"_s), u"a <reason>"_s)).ok());
        QTRY_COMPARE(f.bob.removals.value(room).condition, u"kicked"_s);
        QCOMPARE(f.bob.removals.value(room).text, u"a <reason>"_s);
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Bob"_s).key.isEmpty());
        f.bob.removals.clear();
        QVERIFY(f.alice.wait(controls.ban(room, f.seenByAlice(room, u"Bob"_s), u"rude"_s)).ok());
        QTRY_COMPARE(f.bob.removals.value(room).condition, u"forbidden"_s);
        QCOMPARE(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).error().condition, u"forbidden"_s);
        const auto banned = f.alice.wait(controls.list(room, AccessList::Banned));
        QVERIFY(banned.ok());
        QCOMPARE(banned->size(), 1);
        QCOMPARE(banned->first().address, f.bobs);
        QVERIFY(f.alice.wait(controls.takeOffList(room, AccessList::Banned, f.bobs)).ok());
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
    }

    void namesAndTopics_data() { servers(); }
    void namesAndTopics()
    {
        Two f(server());
        QVERIFY(f.open());
        const Jid room = f.create(false);
        GroupControls &controls = f.muc(f.alice).controls();
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        QVERIFY(f.alice.wait(controls.setSubject(room, u"Tea <i>"_s)).ok());
        QTRY_VERIFY(std::ranges::any_of(f.bob.messages,
                                        [](const IncomingMessage &m) { return m.subject == u"Tea <i>"; }));
        QCOMPARE(f.bob.wait(f.muc(f.bob).controls().setSubject(room, u"Mine"_s)).error().kind,
                 Error::Kind::Refused);

        QCOMPARE(f.bob.wait(f.muc(f.bob).controls().setNick(room, u"Alice"_s)).error().condition,
                 u"conflict"_s);
        QVERIFY(f.bob.wait(f.muc(f.bob).controls().setNick(room, u"Robert Ćwiek"_s)).ok());
        QTRY_VERIFY(!f.seenByAlice(room, u"Robert Ćwiek"_s).key.isEmpty());
        QVERIFY(f.seenByAlice(room, u"Bob"_s).key.isEmpty());

        auto form = f.alice.wait(controls.settings(room));
        QVERIFY(form.ok());
        const FormField *name = form->find(u"muc#roomconfig_roomname");
        QVERIFY(name && name->type == FormField::Type::Text);
        QCOMPARE(name->values, QStringList{u"Room & Co"_s});
        Form changes;
        changes.fields = {*name};
        changes.fields[0].values = {u"Another <b>"_s};
        QVERIFY(f.alice.wait(controls.changeSettings(room, changes)).ok());
        QTRY_COMPARE(f.bob.groups.value(room).name, u"Another <b>"_s); // live
        // What was not sent has stayed.
        form = f.alice.wait(controls.settings(room));
        QVERIFY(form->find(u"muc#roomconfig_persistentroom")->isOn());
        QVERIFY(!f.bob.wait(f.muc(f.bob).controls().settings(room)).ok());
    }

    void ending_data() { servers(); }
    void ending()
    {
        Two f(server());
        QVERIFY(f.open());
        const Jid room = f.create(false);
        QVERIFY(f.bob.wait(f.muc(f.bob).join({room, u"Bob"_s, {}, 0})).ok());
        const Jid other = Jid::trusted(u"new-place@elsewhere.example");
        QVERIFY(f.alice.wait(f.muc(f.alice).controls().destroy(room, u"moved"_s, other)).ok());
        QTRY_COMPARE(f.bob.removals.value(room).condition, u"gone"_s);
        QVERIFY(f.bob.removals.value(room).text.startsWith(u"xmpp:new-place@elsewhere.example"));
    }

private:
    /// Alice makes rooms, Bob comes.
    struct Two {
        explicit Two(const ThrowawayServer &server)
            : alice(server, u"alice"_s)
            , bob(server, u"bob"_s)
            , alices(server.account(u"alice"_s).address)
            , bobs(server.account(u"bob"_s).address)
        {}
        bool open() { return alice.open() && bob.open(); }
        static GroupDriver &muc(LiveClient &client) { return *client->driver(ChatKind::Muc); }
        Jid create(bool isPrivate)
        {
            CreateRequest request;
            request.service = *alice.wait(alice->roomService(ChatKind::Muc));
            request.name = u"Room & Co"_s;
            request.nick = u"Alice"_s;
            request.description = u"What it is for"_s;
            request.isPrivate = isPrivate;
            const auto answer = alice.wait(muc(alice).create(request));
            if (!answer.ok()) return {};
            made = *answer;
            alice.groups.insert(made.room, made);
            return made.room;
        }
        Participant seenByAlice(const Jid &room, const QString &nick) const
        {
            for (const Participant &person : alice.people.value(room))
                if (person.nick == nick && person.present) return person;
            return {};
        }
        Participant byAddress(const Jid &room, const Jid &address) const
        {
            for (const Participant &person : alice.people.value(room))
                if (person.address == address) return person;
            return {};
        }
        std::optional<IncomingInvitation> invitation() const
        {
            for (const IncomingMessage &message : bob.messages)
                if (message.invitation) return message.invitation;
            return {};
        }

        LiveClient alice, bob;
        const Jid alices, bobs;
        JoinedGroup made;
    };

    static void servers()
    {
        QTest::addColumn<int>("at");
        QTest::newRow("ejabberd") << 0;
        QTest::newRow("prosody") << 1;
    }
    const ThrowawayServer &server() const
    {
        QFETCH(int, at);
        return *m_servers[size_t(at)];
    }

    std::vector<std::unique_ptr<ThrowawayServer>> m_servers;
};

QTEST_GUILESS_MAIN(TestRoomControls)
#include "tst_roomcontrols.moc"
