// SPDX-License-Identifier: GPL-3.0-or-later
// Finding rooms on a real ejabberd and a real prosody, made by a peer that is not Mingle.
#include "support/servers/liveclient.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const auto kind : {ThrowawayServer::Kind::Ejabberd, ThrowawayServer::Kind::Prosody}) {
            auto &server = m_servers.emplace_back(
                std::make_unique<ThrowawayServer>(kind, QStringList{u"alice"_s, u"bob"_s}));
            QVERIFY2(server->failure().isEmpty(), qPrintable(server->failure()));
        }
    }

    void findsTheServersServices_data() { servers(); }
    void findsTheServersServices()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const auto services = alice.wait(alice->directory()->services(Jid::trusted(u"chat.test")));
        QVERIFY(services.ok());
        QVERIFY(services->rooms.contains(server().service(ChatKind::Muc)));
        QCOMPARE(services->rooms.contains(Jid::trusted(u"mix.chat.test")), isEjabberd());
        QVERIFY(services->search.isEmpty());
    }

    void findsRoomsWithAllTheyTell_data() { servers(); }
    void findsRoomsWithAllTheyTell()
    {
        PeerProcess bob(server(), u"bob"_s);
        QVERIFY2(bob.failure().isEmpty(), qPrintable(bob.failure()));
        const QString name = u"The <b>Garden</b> (2024)"_s;
        QVERIFY(bob.does(u"create_muc"_s, {{u"room"_s, room(u"garden"_s).toString()},
                                           {u"nick"_s, u"Bob"_s},
                                           {u"name"_s, name},
                                           {u"description"_s, u"Tulips & <i>more</i>"_s}}));
        QVERIFY(bob.does(u"create_muc"_s, {{u"room"_s, room(u"closed"_s).toString()},
                                           {u"nick"_s, u"Bob"_s},
                                           {u"name"_s, u"Closed"_s},
                                           {u"members_only"_s, true}}));
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        QHash<Jid, RoomCard> rooms;
        QVERIFY(list(alice, rooms));
        QVERIFY(rooms.contains(room(u"garden"_s)));
        QCOMPARE(rooms.value(room(u"garden"_s)).name, name);
        QVERIFY(rooms.contains(room(u"closed"_s)));

        const Asker me = std::make_shared<int>();
        using enum RoomDirectory::Freshness;
        const auto garden = alice.wait(alice->directory()->details(room(u"garden"_s), me, Kept));
        QVERIFY(garden.ok());
        QCOMPARE(garden->name, name);
        QCOMPARE(garden->description, u"Tulips & <i>more</i>"_s);
        QCOMPARE(garden->people, 1);
        QVERIFY(!garden->properties.testFlag(RoomProperty::MembersOnly));
        const auto closed = alice.wait(alice->directory()->details(room(u"closed"_s), me, Kept));
        QVERIFY(closed.ok());
        QVERIFY(closed->properties.testFlag(RoomProperty::MembersOnly));
        const auto none = alice.wait(alice->directory()->details(room(u"nothing"_s), me, Kept));
        QCOMPARE(none.error().kind, Error::Kind::NotFound);
    }

    void findsChannels()
    {
        LiveClient alice(*m_servers.front(), u"alice"_s);
        QVERIFY(alice.open());
        PeerProcess bob(*m_servers.front(), u"bob"_s);
        QVERIFY(bob.does(u"create_mix"_s, {{u"channel"_s, u"orchard@mix.chat.test"_s}}));
        QHash<Jid, RoomCard> rooms;
        QVERIFY(list(alice, rooms));
        const Jid orchard = Jid::trusted(u"orchard@mix.chat.test");
        QVERIFY(rooms.contains(orchard));
        QCOMPARE(rooms.value(orchard).kind, ChatKind::Mix);
        const Asker me = std::make_shared<int>();
        const auto card =
            alice.wait(alice->directory()->details(orchard, me, RoomDirectory::Freshness::Kept));
        QVERIFY(card.ok());
        QVERIFY(card->properties.testFlag(RoomProperty::Archived));
    }

    void goesThroughManyRooms_data() { servers(); }
    void goesThroughManyRooms()
    {
        constexpr int many = 120; // more than a page
        PeerProcess bob(server(), u"bob"_s);
        for (int i = 0; i < many; ++i) {
            const QString address = room(u"many%1"_s.arg(i)).toString();
            QVERIFY(bob.does(u"create_muc"_s, {{u"room"_s, address}, {u"nick"_s, u"Bob"_s}}));
            QVERIFY(
                bob.does(u"leave"_s, {{u"address"_s, address}})); // ejabberd lets nobody be in more than 100
        }
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        QHash<Jid, RoomCard> rooms;
        QVERIFY(list(alice, rooms));
        for (int i = 0; i < many; ++i)
            QVERIFY2(rooms.contains(room(u"many%1"_s.arg(i))), qPrintable(QString::number(i)));
    }

    void saysThatThereIsNothing_data() { servers(); }
    void saysThatThereIsNothing()
    {
        LiveClient alice(server(), u"alice"_s);
        QVERIFY(alice.open());
        const auto nowhere = alice.wait(
            alice->directory()->page({RoomQuery::Kind::List, Jid::trusted(u"nowhere.test"), {}, {}}));
        QVERIFY(!nowhere.ok());
        const auto nothing = alice.wait(
            alice->directory()->page({RoomQuery::Kind::List, Jid::trusted(u"upload.chat.test"), {}, {}}));
        QVERIFY(!nothing.ok());
        const auto search = alice.wait(
            alice->directory()->page({RoomQuery::Kind::Search, Jid::trusted(u"chat.test"), u"tea"_s, {}}));
        QCOMPARE(search.error().kind, Error::Kind::Unsupported);
    }

private:
    void servers()
    {
        QTest::addColumn<int>("index");
        QTest::newRow("ejabberd") << 0;
        QTest::newRow("prosody") << 1;
    }
    ThrowawayServer &server()
    {
        QFETCH(int, index);
        return *m_servers[size_t(index)];
    }
    bool isEjabberd() { return server().kind() == ThrowawayServer::Kind::Ejabberd; }
    Jid room(const QString &local) { return *Jid::parse(local, u"conference.chat.test"); }
    static bool list(LiveClient &client, QHash<Jid, RoomCard> &rooms)
    {
        RoomQuery query{RoomQuery::Kind::List, Jid::trusted(u"chat.test"), {}, {}};
        do {
            const auto page = client.wait(client->directory()->page(query));
            if (!page.ok() || page->missing) return false;
            for (const RoomCard &found : page->rooms)
                rooms.insert(found.address, found);
            query.next = page->next;
        } while (!query.next.isEmpty());
        return true;
    }

    std::vector<std::unique_ptr<ThrowawayServer>> m_servers;
};

QTEST_GUILESS_MAIN(TestDirectory)
#include "tst_directory.moc"
