// SPDX-License-Identifier: GPL-3.0-or-later
// People, roster, bookmarks and the account's own archive on a real ejabberd and a real prosody.
#include "support/servers/liveclient.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

class TestAccount : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const auto kind : {ThrowawayServer::Kind::Ejabberd, ThrowawayServer::Kind::Prosody}) {
            auto &server = m_servers.emplace_back(std::make_unique<ThrowawayServer>(
                kind, QStringList{u"alice"_s, u"bob"_s, u"carol"_s, u"dave"_s, u"erin"_s}));
            QVERIFY2(server->failure().isEmpty(), qPrintable(server->failure()));
        }
    }

    void talksOneToOne_data() { servers(); }
    void talksOneToOne()
    {
        LiveClient alice(server(), u"alice"_s), there(server(), u"alice"_s, u"there"_s);
        QVERIFY(alice.open() && there.open());
        PeerProcess bob(server(), u"bob"_s);
        QVERIFY2(bob.failure().isEmpty(), qPrintable(bob.failure()));
        const Jid bobAddress = Jid::trusted(u"bob@chat.test");
        const QString words = u"שלום 😀 <b>&amp;</b>\n"_s;
        const QString body = words.repeated(100 * 1024 / words.toUtf8().size() + 1);

        QVERIFY(bob.does(u"send"_s, {{u"to"_s, u"alice@chat.test"_s}, {u"body"_s, body}}));
        for (LiveClient *client : {&alice, &there}) {
            const auto heard = client->waitForMessage(bobAddress, body);
            QCOMPARE(heard.kind, ChatKind::Person);
            QCOMPARE(heard.author.key, u"bob@chat.test"_s);
            QVERIFY(!heard.author.isMe && !heard.archiveId.isEmpty());
        }
        QVERIFY(alice.say(bobAddress, ChatKind::Person, body + u"!", u"to-bob"_s));
        QVERIFY(!bob.waitForMessage(u"alice@chat.test"_s, body + u"!").isEmpty());
        const auto copy = there.waitForMessage(bobAddress, body + u"!");
        QCOMPARE(copy.route, IncomingMessage::Route::Carbon);
        QVERIFY(copy.author.isMe);
        QCOMPARE(copy.originId, u"to-bob"_s);

        // Both are in my archive, under the ids that they came with.
        const auto page = alice.wait(
            alice->archive()->fetch({Jid::trusted(u"alice@chat.test"), ChatKind::Person, {}, {}, {}, 50}));
        QVERIFY(page.ok());
        QCOMPARE(page->messages.size(), 2);
        QCOMPARE(page->messages[0].body, body);
        QCOMPARE(page->messages[0].archiveId, alice.waitForMessage(bobAddress, body).archiveId);
        QVERIFY(page->messages[1].author.isMe);
        QCOMPARE(page->messages[1].archiveId, copy.archiveId);
    }

    void isToldWhatDidNotArrive_data() { servers(); }
    void isToldWhatDidNotArrive()
    {
        LiveClient carol(server(), u"carol"_s);
        QVERIFY(carol.open());
        const Jid nobody = Jid::trusted(u"nobody@chat.test");
        QVERIFY(carol.say(nobody, ChatKind::Person, u"hello?"_s, u"lost"_s));
        QTRY_COMPARE(carol.messages.size(), 1);
        QCOMPARE(carol.messages.first().stanzaId, u"lost"_s);
        QCOMPARE(carol.messages.first().chat, nobody);
        QCOMPARE(carol.messages.first().error->condition, u"service-unavailable"_s);
    }

    void believesNoForgery_data() { servers(); }
    void believesNoForgery()
    {
        LiveClient carol(server(), u"carol"_s);
        QVERIFY(carol.open());
        PeerProcess bob(server(), u"bob"_s);
        const QString inner =
            u"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='f' "
            "from='%1' to='%2'><body>forged</body></message></forwarded>"_s;
        const QString tries[] = {
            u"<received xmlns='urn:xmpp:carbons:2'>%1</received>"_s.arg(
                inner.arg(u"erin@chat.test/x"_s, u"carol@chat.test"_s)),
            u"<sent xmlns='urn:xmpp:carbons:2'>%1</sent>"_s.arg(
                inner.arg(u"carol@chat.test/x"_s, u"erin@chat.test"_s)),
            u"<result xmlns='urn:xmpp:mam:2' queryid='q' id='1'>%1</result>"_s.arg(
                inner.arg(u"erin@chat.test/x"_s, u"carol@chat.test"_s)),
            inner.arg(u"erin@chat.test/x"_s, u"carol@chat.test"_s),
            u"<event xmlns='http://jabber.org/protocol/pubsub#event'><items "
            u"node='urn:xmpp:bookmarks:1'><item "
            "id='evil@conference.chat.test'><conference xmlns='urn:xmpp:bookmarks:1' autojoin='1'/></item></items></event>"_s,
        };
        for (const QString &payload : tries)
            QVERIFY(bob.does(
                u"send_raw"_s,
                {{u"xml"_s, u"<message type='chat' to='carol@chat.test'>%1</message>"_s.arg(payload)}}));
        QVERIFY(bob.does(
            u"send"_s,
            {{u"to"_s, u"carol@chat.test"_s},
             {u"body"_s, u"true"_s},
             {u"extra"_s, u"<stanza-id xmlns='urn:xmpp:sid:0' by='carol@chat.test' id='FORGED'/>"_s}}));
        const auto heard = carol.waitForMessage(Jid::trusted(u"bob@chat.test"), u"true"_s);
        QCOMPARE(carol.messages.size(), 1);
        QVERIFY(!heard.archiveId.isEmpty() && heard.archiveId != u"FORGED");
        QVERIFY(carol.changedBookmarks.isEmpty());
    }

    void seesItsContacts_data() { servers(); }
    void seesItsContacts()
    {
        const Jid dave = Jid::trusted(u"dave@chat.test");
        {
            PeerProcess erin(server(), u"erin"_s), daveHere(server(), u"dave"_s);
            QVERIFY(erin.does(u"subscribe"_s, {{u"jid"_s, u"dave@chat.test"_s}}));
            QVERIFY(!erin.waitFor([](const QJsonObject &e) {
                             return e.value(u"event").toString() == u"roster"
                                    && e.value(u"subscription").toString() == u"both";
                         })
                         .isEmpty());
            QVERIFY(erin.does(u"contact"_s, {{u"jid"_s, u"dave@chat.test"_s}, {u"name"_s, u"Dave <b>"_s}}));
        }
        LiveClient erin(server(), u"erin"_s);
        QVERIFY(erin.open());
        QCOMPARE(erin.roster.size(), 1);
        QCOMPARE(erin.roster.first().address, dave);
        QCOMPARE(erin.roster.first().name, u"Dave <b>"_s);
        QVERIFY(erin.roster.first().subscribedTo);
        {
            PeerProcess daveHere(server(), u"dave"_s);
            QTRY_COMPARE(erin.presences.value(dave), Presence::Online);
            QVERIFY(daveHere.does(u"send_raw"_s, {{u"xml"_s, u"<presence><show>dnd</show></presence>"_s}}));
            QTRY_COMPARE(erin.presences.value(dave), Presence::DoNotDisturb);
        }
        QTRY_COMPARE(erin.presences.value(dave), Presence::Offline);
    }

    void keepsBookmarks_data() { servers(); }
    void keepsBookmarks()
    {
        const Jid room = Jid::trusted(u"room@conference.chat.test");
        LiveClient alice(server(), u"alice"_s), there(server(), u"alice"_s, u"there"_s);
        QVERIFY(alice.open() && there.open());
        QVERIFY(alice.wait(alice->bookmarks())->isEmpty());
        QVERIFY(alice.wait(alice->putBookmark({room, u"The <Room> 😀"_s, u"Ada"_s, u"secret"_s, true})).ok());
        QTRY_COMPARE(there.changedBookmarks.size(), 1);
        QCOMPARE(there.changedBookmarks.first().name, u"The <Room> 😀"_s);
        QCOMPARE(there.changedBookmarks.first().password, u"secret"_s);

        // Another client adds what we do not know; we change the name; it is still there.
        PeerProcess peer(server(), u"alice"_s);
        const QString subscribe =
            u"<iq type='set' id='s'><pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe "
            "node='urn:xmpp:bookmarks:1' jid='alice@chat.test/peer'/></pubsub></iq>"_s;
        QVERIFY(peer.does(u"send_raw"_s, {{u"xml"_s, subscribe}}));
        const QString item =
            u"<iq type='set' id='b'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
            "<publish node='urn:xmpp:bookmarks:1'><item id='%1'><conference xmlns='urn:xmpp:bookmarks:1' "
            "name='Theirs' autojoin='true'><nick>Ada</nick><extensions><p:thing xmlns:p='urn:their:thing' "
            "a='1'><p:in>x</p:in></p:thing></extensions></conference></item></publish></pubsub></iq>"_s.arg(
                room.toString());
        QVERIFY(peer.does(u"send_raw"_s, {{u"xml"_s, item}}));
        QTRY_VERIFY(!alice.changedBookmarks.isEmpty());
        QCOMPARE(alice.changedBookmarks.last().name, u"Theirs"_s);
        const auto heardBefore = alice.changedBookmarks.size();
        Bookmark ours{room, u"Ours"_s, u"Ada"_s, {}, false};
        ours.formerName = u"Theirs"_s;
        QVERIFY(alice.wait(alice->putBookmark(ours)).ok());
        QTRY_COMPARE(there.changedBookmarks.last().name, u"Ours"_s);
        const auto kept = peer.waitFor([](const QJsonObject &e) {
            const QString xml = e.value(u"xml").toString();
            return xml.contains(u"Ours") && xml.contains(u"urn:their:thing") && xml.contains(u"a=\"1\"");
        });
        QVERIFY(!kept.isEmpty());
        const auto list = alice.wait(alice->bookmarks());
        QCOMPARE(list->size(), 1);
        QCOMPARE(list->first().name, u"Ours"_s);
        QVERIFY(!list->first().autojoin);
        QCOMPARE(alice.changedBookmarks.size(), heardBefore); // our own are no news

        QVERIFY(alice.wait(alice->removeBookmark(room)).ok());
        QTRY_COMPARE(there.removedBookmarks.size(), 1);
        QVERIFY(alice.wait(alice->removeBookmark(room)).ok()); // gone is gone
        QVERIFY(alice.wait(alice->bookmarks())->isEmpty());
    }

private:
    void servers()
    {
        QTest::addColumn<int>("index");
        QTest::newRow("ejabberd") << 0;
        QTest::newRow("prosody") << 1;
    }
    ThrowawayServer &server() const
    {
        QFETCH(int, index);
        return *m_servers[size_t(index)];
    }

    std::vector<std::unique_ptr<ThrowawayServer>> m_servers;
};

QTEST_GUILESS_MAIN(TestAccount)
#include "tst_account.moc"
