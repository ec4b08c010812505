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
    QSignalSpy reset, changed, gone, group, removed;
};

QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}

QString pubsubEvent(const QString &inside, const QString &from = u"channel@mix.example.org"_s,
                    const QString &node = u"urn:xmpp:mix:nodes:participants"_s)
{
    return u"<message from='%2'><event xmlns='http://jabber.org/protocol/pubsub#event'><items "
           u"node='%3'>%1</items>"
           "</event></message>"_s.arg(inside, from, node);
}

const QString push =
    u"<iq type='set' id='p1'><query xmlns='jabber:iq:roster'><item jid='channel@mix.example.org' "
    "subscription='%1'>%2</item></query></iq>"_s;
const QString channelMark = u"<channel xmlns='urn:xmpp:mix:roster:0' participant-id='p-me'/>"_s;
const QString joinedWrongly =
    u"<client-join xmlns='urn:xmpp:mix:core:1'><join jid='p-me#channel@mix.example.org'>"
    "<nick>Me</nick></join></client-join>"_s; // as ejabberd 24.12 does
} // namespace

class TestMixDriver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsThroughTheAccount()
    {
        FakeRooms f;
        f.goLive();
        Seen seen(f.mix);
        const auto joining = f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
        const auto request = f.wire.pending(u"client-join"_s);
        QVERIFY(request >= 0);
        QVERIFY(f.wire.requests[request].to.isEmpty());
        QCOMPARE(f.wire.requests[request].errorsFrom, f.mixRoom);
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        f.wire.answer(request, joinedWrongly);
        QVERIFY(joining.isFinished() && joining.result().ok());
        QCOMPARE(joining.result()->nick, u"Me"_s);
        QCOMPARE(joining.result()->capabilities, Capability::Send | Capability::Members | Capability::Leave
                                                     | Capability::Archive | Capability::Nick
                                                     | Capability::Invite);
        QCOMPARE(seen.reset.size(), 1);
        const auto people = seen.reset.first().at(1).value<QList<Participant>>();
        QCOMPARE(people.size(), 2);
        for (const auto &p : people)
            QCOMPARE(p.isMe, p.key == u"p-me");
        QVERIFY(f.mix.isJoined(f.mixRoom));
        // Once more: no join, the same answer.
        const auto count = f.wire.requests.size();
        QVERIFY(f.mix.join({f.mixRoom, u"Me"_s, {}, 0}).result().ok());
        QCOMPARE(f.wire.requests.size(), count);
    }

    void knowsItselfByTheRosterOrTheList_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("roster");
        QTest::newRow("right namespace")
            << u"<client-join xmlns='urn:xmpp:mix:pam:2'><join xmlns='urn:xmpp:mix:core:1' jid='p-me#channel@mix.example.org'/></client-join>"_s
            << false;
        QTest::newRow("old id")
            << u"<client-join xmlns='urn:xmpp:mix:pam:2'><join xmlns='urn:xmpp:mix:core:0' id='p-me'/></client-join>"_s
            << false;
        QTest::newRow("by the roster") << u" "_s << true;
        QTest::newRow("by the list") << u" "_s << false;
        QTest::newRow("for another channel")
            << u"<client-join xmlns='urn:xmpp:mix:pam:2'><join xmlns='urn:xmpp:mix:core:1' jid='p-ada#other@mix.example.org'/></client-join>"_s
            << false;
    }
    void knowsItselfByTheRosterOrTheList()
    {
        QFETCH(QString, answer);
        QFETCH(bool, roster);
        FakeRooms f;
        f.goLive();
        if (roster) f.participants = f.participant(u"p-me"_s, u"Me"_s, QString()); // hides addresses
        const auto joining = f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
        if (roster) f.wire.receive(push.arg(u"none"_s, channelMark));
        QVERIFY(!joining.isFinished());
        f.wire.answer(f.wire.pending(u"client-join"_s), answer);
        QVERIFY(joining.isFinished());
        QCOMPARE(f.mix.channel(f.mixRoom)->myId(), u"p-me"_s);
        QCOMPARE(joining.result()->nick, u"Me"_s);
    }

    void comesBackWithTheRoster()
    {
        FakeRooms f;
        Seen seen(f.mix);
        f.enterMix();
        QVERIFY(f.mix.isJoined(f.mixRoom));
        QCOMPARE(f.wire.pending(u"client-join"_s), -1);
        QCOMPARE(seen.group.size(), 1);
        QCOMPARE(seen.group.first().first().value<JoinedGroup>().nick, u"Me"_s);
        QCOMPARE(seen.reset.size(), 1);
        f.wire.suspend();
        f.wire.goLive(true);
        QCOMPARE(seen.reset.size(), 1); // nothing was missed
        f.wire.end();
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        f.goLive();
        QCOMPARE(seen.reset.size(), 2); // asked anew
        QVERIFY(seen.removed.isEmpty());
    }

    void comesAndGoesWithMyOtherDevices()
    {
        FakeRooms f;
        f.goLive();
        Seen seen(f.mix);
        f.wire.receive(push.arg(u"none"_s, channelMark));
        QVERIFY(f.wire.taken);
        QVERIFY(f.mix.isJoined(f.mixRoom));
        QCOMPARE(seen.group.size(), 1);
        f.wire.receive(push.arg(u"remove"_s, QString()));
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        QCOMPARE(seen.removed.size(), 1);
        QVERIFY(!seen.removed.first().at(1).value<Error>());
    }

    void believesNoRosterPushOfOthers()
    {
        FakeRooms f;
        f.goLive();
        Seen seen(f.mix);
        QString forged = push.arg(u"both"_s, channelMark);
        for (const auto &from : {u"eve@example.org"_s, u"channel@mix.example.org"_s, u"example.org"_s,
                                 u"me@example.org/there"_s}) {
            f.wire.receive(QString(forged).replace(u"<iq "_s, u"<iq from='%1' "_s.arg(from)));
            QVERIFY(!f.wire.taken);
        }
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        QVERIFY(f.wire.sent.isEmpty());
    }

    void followsParticipants()
    {
        FakeRooms f;
        f.enterMix();
        Seen seen(f.mix);
        f.wire.receive(pubsubEvent(f.participant(u"p-bob"_s, u"Bob"_s, u"bob@example.org"_s)));
        QCOMPARE(seen.changed.last().at(1).value<Participant>().nick, u"Bob"_s);
        f.wire.receive(pubsubEvent(f.participant(u"p-bob"_s, u"Bobby"_s, u"bob@example.org"_s)));
        QCOMPARE(seen.changed.last().at(1).value<Participant>().nick, u"Bobby"_s);
        f.wire.receive(pubsubEvent(u"<retract id='p-bob'/>"_s));
        QCOMPARE(seen.gone.first().at(1).toString(), u"p-bob"_s);
        // He is gone, what he wrote is not.
        f.wire.receive(
            u"<message type='groupchat' id='1' from='channel@mix.example.org/p-bob'><body>hi</body></message>"_s);
        QCOMPARE(f.received.last().author.nick, u"Bobby"_s);
        // My own new nick.
        f.wire.receive(pubsubEvent(f.participant(u"p-me"_s, u"Myself"_s, u"me@example.org"_s)));
        QCOMPARE(seen.group.last().first().value<JoinedGroup>().nick, u"Myself"_s);
    }

    void believesEventsOfTheChannelOnly()
    {
        FakeRooms f;
        f.enterMix();
        Seen seen(f.mix);
        const QString bob = f.participant(u"p-ada"_s, u"Eve"_s, u"eve@example.org"_s);
        f.wire.receive(pubsubEvent(bob, u"eve@example.org"_s));
        f.wire.receive(pubsubEvent(bob, u"channel@mix.example.org/p-ada"_s));
        f.wire.receive(pubsubEvent(bob, u"other@mix.example.org"_s));
        f.wire.receive(pubsubEvent(bob, u"channel@mix.example.org"_s, u"urn:xmpp:mix:nodes:messages"_s));
        f.wire.receive(
            u"<message from='eve@example.org'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
            "<delete node='urn:xmpp:mix:nodes:participants'/></event></message>"_s);
        f.wire.receive(pubsubEvent(u"<item/>"_s));
        f.wire.receive(pubsubEvent(u"<item id='x'/>"_s));
        f.wire.receive(pubsubEvent(
            u"<item id='x'><participant xmlns='urn:other'><nick>x</nick></participant></item>"_s));
        f.wire.receive(pubsubEvent(QString()));
        QVERIFY(seen.changed.isEmpty() && seen.gone.isEmpty() && seen.removed.isEmpty()
                && seen.group.isEmpty());
        QCOMPARE(f.mix.channel(f.mixRoom)->find(u"p-ada"_s)->nick, u"Ada"_s);
    }

    void noticesThatTheChannelIsGone()
    {
        FakeRooms f;
        f.enterMix();
        Seen seen(f.mix);
        f.wire.receive(
            u"<message from='channel@mix.example.org'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
            "<delete node='urn:xmpp:mix:nodes:participants'/></event></message>"_s);
        QCOMPARE(seen.removed.first().at(1).value<Error>().condition, u"destroyed"_s);
    }

    void noticesThatIWasPutOut()
    {
        FakeRooms f;
        f.enterMix();
        Seen seen(f.mix);
        f.wire.receive(pubsubEvent(u"<retract id='p-me'/>"_s));
        QCOMPARE(seen.removed.size(), 1);
        QCOMPARE(seen.removed.first().at(1).value<Error>().condition, u"kicked"_s);
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        f.wire.receive(push.arg(u"remove"_s, QString()));
        QCOMPARE(seen.removed.size(), 2);
        QVERIFY(!seen.removed.last().at(1).value<Error>());
    }

    void theRosterMayBeWrong()
    {
        FakeRooms f;
        f.wire.onRequest = [&f](const QDomElement &iq) {
            return FakeWire::toText(iq).contains(u"nodes:participants") ? error(u"forbidden"_s) : f.reply(iq);
        };
        Seen seen(f.mix);
        f.enterMix();
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        QCOMPARE(seen.removed.first().at(1).value<Error>().condition, u"forbidden"_s);
    }

    void aServerWithoutListsIsBorne()
    {
        FakeRooms f;
        f.wire.onRequest = [&f](const QDomElement &iq) {
            return FakeWire::toText(iq).contains(u"nodes:participants") ? error(u"service-unavailable"_s)
                                                                        : f.reply(iq);
        };
        Seen seen(f.mix);
        f.enterMix();
        QVERIFY(f.mix.isJoined(f.mixRoom));
        QVERIFY(seen.removed.isEmpty());
        QCOMPARE(seen.group.size(), 1);
    }

    void tellsWhyItCannotJoin()
    {
        FakeRooms f;
        f.goLive();
        const auto joining = f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
        f.wire.answer(f.wire.pending(u"client-join"_s), error(u"forbidden"_s));
        QCOMPARE(joining.result().error().condition, u"forbidden"_s);
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        QCOMPARE(f.mix.join({Jid::trusted(u"mix.example.org"), u"Me"_s, {}, 0}).result().error().kind,
                 Error::Kind::InvalidAddress);
    }

    void noticesAChannelThatDoesNotExist()
    {
        FakeRooms f;
        f.goLive();
        f.wire.onRequest = [&f](const QDomElement &iq) {
            return FakeWire::toText(iq).contains(u"disco#info") ? error(u"item-not-found"_s) : f.reply(iq);
        };
        // ejabberd never answers this join.
        const auto joining = f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
        QCOMPARE(joining.result().error().kind, Error::Kind::NotFound);
    }

    void findsOutAboutAJoinWithoutAnswer_data()
    {
        QTest::addColumn<bool>("noted");
        QTest::addColumn<bool>("listed");
        QTest::newRow("in the roster") << true << false;
        QTest::newRow("in the list") << false << true;
        QTest::newRow("nowhere") << false << false;
    }
    void findsOutAboutAJoinWithoutAnswer()
    {
        QFETCH(bool, noted);
        QFETCH(bool, listed);
        FakeRooms f;
        f.goLive();
        if (!listed) f.participants = f.participant(u"p-ada"_s, u"Ada"_s, u"ada@example.org"_s);
        const auto joining = f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
        if (noted) f.wire.receive(push.arg(u"none"_s, channelMark));
        f.wire.fail(f.wire.pending(u"client-join"_s), Error::Kind::Timeout);
        QVERIFY(joining.isFinished());
        QCOMPARE(joining.result().ok(), noted || listed);
        if (!noted && !listed) QCOMPARE(joining.result().error().kind, Error::Kind::Timeout);
    }

    void leavesAChannel()
    {
        FakeRooms f;
        f.enterMix();
        Seen seen(f.mix);
        const auto leaving = f.mix.leave(f.mixRoom);
        QVERIFY(!f.mix.isJoined(f.mixRoom));
        f.wire.receive(push.arg(u"remove"_s, QString()));
        f.wire.answer(f.wire.pending(u"client-leave"_s), u" "_s);
        QVERIFY(leaving.isFinished() && leaving.result().ok());
        QVERIFY(seen.removed.isEmpty());
    }

    void staysWhereItCannotLeave()
    {
        FakeRooms f;
        f.enterMix();
        const auto leaving = f.mix.leave(f.mixRoom);
        f.wire.answer(f.wire.pending(u"client-leave"_s), error(u"not-allowed"_s));
        QCOMPARE(leaving.result().error().condition, u"not-allowed"_s);
        QVERIFY(f.mix.isJoined(f.mixRoom));
    }

    void createsAChannel_data()
    {
        QTest::addColumn<QString>("localpart");
        QTest::addColumn<bool>("old");
        QTest::newRow("named") << u"channel"_s << false;
        QTest::newRow("made up by the server") << QString() << false;
        QTest::newRow("core:0") << u"channel"_s << true;
    }
    void createsAChannel()
    {
        QFETCH(QString, localpart);
        QFETCH(bool, old);
        FakeRooms f;
        f.goLive();
        const auto creating =
            f.mix.create({Jid::trusted(u"mix.example.org"), localpart, u"The Channel"_s, u"Me"_s});
        if (old) f.wire.answer(f.wire.pending(u"<create"_s), error(u"service-unavailable"_s));
        const auto request = f.wire.pending(u"<create"_s);
        QCOMPARE(FakeWire::toText(f.wire.requests[request].iq).contains(u"core:0"), old);
        QCOMPARE(f.wire.requests[request].to.toString(), u"mix.example.org"_s);
        f.wire.answer(request, u"<create xmlns='urn:xmpp:mix:core:1' channel='channel'/>"_s);
        // The name went out before the join, and was refused.
        f.wire.answer(f.wire.pending(u"client-join"_s), joinedWrongly);
        QVERIFY(creating.isFinished() && creating.result().ok());
        QCOMPARE(creating.result()->room, f.mixRoom);
        QCOMPARE(creating.result()->name, u"The Channel"_s);
        QVERIFY(creating.result()->created);
    }

    void privateOrNotAtAll()
    {
        for (const bool served : {true, false}) {
            FakeRooms f;
            f.goLive();
            CreateRequest request{Jid::trusted(u"mix.example.org"), u"channel"_s, {}, u"Me"_s};
            request.isPrivate = true;
            const auto creating = f.mix.create(request);
            f.wire.answer(f.wire.pending(u"<create"_s),
                          u"<create xmlns='urn:xmpp:mix:core:1' channel='channel'/>"_s);
            const auto config = f.wire.pending(u"urn:xmpp:mix:nodes:config"_s);
            QVERIFY(config >= 0 && f.wire.pending(u"client-join"_s) < 0); // private before anybody is in
            QVERIFY(FakeWire::toText(f.wire.requests[config].iq).contains(u"allowed"));
            if (served) {
                f.wire.answer(config, u"<pubsub xmlns='http://jabber.org/protocol/pubsub'/>"_s);
                f.wire.answer(f.wire.pending(u"client-join"_s), joinedWrongly);
                QVERIFY(creating.isFinished() && creating.result().ok());
                continue;
            }
            f.wire.answer(config, error(u"feature-not-implemented"_s));
            QVERIFY(f.wire.pending(u"client-join"_s) < 0);
            f.wire.answer(f.wire.pending(u"<destroy"_s), u" "_s);
            QVERIFY(creating.isFinished());
            QCOMPARE(creating.result().error().kind, Error::Kind::Unsupported);
            QVERIFY(!f.mix.isJoined(f.mixRoom));
        }
    }

    void showsWhoIsOnline()
    {
        FakeRooms f;
        f.mixNodes << u"presence"_s << u"banned"_s;
        Seen seen(f.mix);
        f.enterMix();
        // XEP-0369 7.1.3: asked for in one go, and only what there is.
        const auto asked = f.wire.pending(u"update-subscription"_s);
        QVERIFY(asked >= 0);
        const QString text = FakeWire::toText(f.wire.requests[asked].iq);
        QVERIFY(text.contains(u"nodes:presence") && text.contains(u"nodes:banned"));
        QVERIFY(!text.contains(u"nodes:allowed") && !text.contains(u"jidmap"));
        f.wire.answer(asked, u" "_s);
        const auto present = [&](const QString &id) {
            const Participant *person = f.mix.channel(f.mixRoom)->find(id);
            return person && person->present;
        };
        const auto comes = [&](const QString &from, const QString &type = {}) {
            f.wire.receive(u"<presence from='%1'%2/>"_s.arg(
                from, type.isEmpty() ? QString() : u" type='%1'"_s.arg(type)));
        };
        // As long as nothing proves that presence is told, nobody is taken for absent.
        comes(u"p-eve#channel@mix.example.org/x"_s);
        QVERIFY(present(u"p-ada"_s) && present(u"p-me"_s));
        comes(u"p-me#channel@mix.example.org/here"_s);
        QTRY_VERIFY(!present(u"p-ada"_s));
        QVERIFY(present(u"p-me"_s));
        QCOMPARE(seen.reset.size(), 2);
        seen.changed.clear();
        comes(u"p-ada#channel@mix.example.org/1"_s);
        comes(u"p-ada#channel@mix.example.org/2"_s);
        QVERIFY(present(u"p-ada"_s));
        QCOMPARE(seen.changed.size(), 1);
        comes(u"p-ada#channel@mix.example.org/1"_s, u"unavailable"_s);
        QVERIFY(present(u"p-ada"_s));
        // Of other channels, of nobody, without a client: nothing follows from it.
        for (const auto *from : {u"p-ada#other@mix.example.org/2", u"#channel@mix.example.org/2",
                                 u"p-ada#channel@mix.example.org", u"p-ada#channel@evil.example.org/2",
                                 u"channel@mix.example.org/p-ada"})
            comes(QString(from), u"unavailable"_s);
        comes(u"p-ada#channel@mix.example.org/2"_s, u"error"_s);
        QVERIFY(present(u"p-ada"_s));
        comes(u"p-ada#channel@mix.example.org/2"_s, u"unavailable"_s);
        QVERIFY(!present(u"p-ada"_s));
        QCOMPARE(seen.changed.size(), 2);
        // Somebody who joins is there only once they show it.
        f.wire.receive(pubsubEvent(f.participant(u"p-bob"_s, u"Bob"_s, u"bob@example.org"_s)));
        QVERIFY(!present(u"p-bob"_s));
        // A new session begins with nothing.
        f.wire.end();
        f.goLive();
        QVERIFY(present(u"p-ada"_s));
    }

    void tellsAChannelThatIAmThere()
    {
        FakeRooms f;
        f.mixNodes << u"presence"_s;
        f.goLive();
        f.wire.receive(push.arg(u"none"_s, channelMark)); // my server will not tell it
        f.wire.answer(f.wire.pending(u"update-subscription"_s), u" "_s);
        const auto isPresence = [](const QDomElement &stanza) {
            return stanza.localName() == u"presence"
                   && stanza.attribute(u"to"_s) == u"channel@mix.example.org";
        };
        QVERIFY(std::ranges::any_of(f.wire.sent, isPresence));
        FakeRooms told;
        told.mixNodes << u"presence"_s;
        told.enterMix(); // it will
        told.wire.answer(told.wire.pending(u"update-subscription"_s), u" "_s);
        QVERIFY(std::ranges::none_of(told.wire.sent, isPresence));
    }

    void hiddenAddresses()
    {
        FakeRooms f;
        f.participants = f.participant(u"p-me"_s, u"Me"_s, {}) + f.participant(u"p-ada"_s, u"Ada"_s, {});
        f.mixNodes << u"jidmap"_s;
        QSignalSpy lists(&f.mix, &GroupDriver::listChanged);
        Seen seen(f.mix);
        f.enterMix();
        const auto map = f.wire.pending(u"nodes:jidmap"_s);
        QVERIFY(map >= 0);
        f.wire.answer(map,
                      u"<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                      "<items node='urn:xmpp:mix:nodes:jidmap'><item id='p-ada'><participant "
                      "xmlns='urn:xmpp:mix:anon:0'><jid>ada@example.org</jid></participant></item>"
                      "<item id='p-x'><participant xmlns='urn:other'><jid>x@example.org</jid></participant>"
                      "</item></items></pubsub>"_s);
        // I may see them; that does not mean that everybody does.
        const MixChannel *channel = f.mix.channel(f.mixRoom);
        QCOMPARE(channel->find(u"p-ada"_s)->address, Jid::trusted(u"ada@example.org"));
        QVERIFY(!channel->properties().testFlag(RoomProperty::AddressesVisible));
        f.wire.receive(pubsubEvent(u"<item id='p-bob'><participant xmlns='urn:xmpp:mix:anon:0'>"
                                   "<jid>bob@example.org</jid></participant></item>"_s,
                                   u"channel@mix.example.org"_s, u"urn:xmpp:mix:nodes:jidmap"_s));
        f.wire.receive(pubsubEvent(f.participant(u"p-bob"_s, u"Bob"_s, {})));
        QCOMPARE(channel->find(u"p-bob"_s)->address, Jid::trusted(u"bob@example.org"));
        f.wire.receive(pubsubEvent(u"<item id='x@example.org'/>"_s, u"channel@mix.example.org"_s,
                                   u"urn:xmpp:mix:nodes:banned"_s));
        QCOMPARE(lists.size(), 1);
        QCOMPARE(lists.first().at(1).value<AccessList>(), AccessList::Banned);
        // Nobody else speaks for the channel.
        for (const QString &from :
             {u"eve@example.org"_s, u"other@mix.example.org"_s, u"channel@mix.example.org/p-ada"_s,
              u"p-ada#channel@mix.example.org"_s, u"mix.example.org"_s}) {
            f.wire.receive(
                pubsubEvent(u"<item id='y@example.org'/>"_s, from, u"urn:xmpp:mix:nodes:banned"_s));
            f.wire.receive(pubsubEvent(u"<item id='p-me'><participant xmlns='urn:xmpp:mix:anon:0'>"
                                       "<jid>eve@example.org</jid></participant></item>"_s,
                                       from, u"urn:xmpp:mix:nodes:jidmap"_s));
        }
        QCOMPARE(lists.size(), 1);
        QCOMPARE(channel->find(u"p-me"_s)->address, Jid::trusted(u"me@example.org"));
    }

    void whoLooksAfterItSeesNoMoreThanAll()
    {
        FakeRooms f;
        f.participants = f.participant(u"p-me"_s, u"Me"_s, u"me@example.org"_s)
                         + f.participant(u"p-ada"_s, u"Ada"_s, u"ada@example.org"_s);
        f.mixNodes << u"jidmap"_s;
        f.enterMix();
        f.wire.answer(f.wire.pending(u"nodes:jidmap"_s),
                      u"<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                      "<items node='urn:xmpp:mix:nodes:jidmap'><item id='p-ada'><participant "
                      "xmlns='urn:xmpp:mix:anon:0'><jid>ada@example.org</jid></participant></item>"
                      "</items></pubsub>"_s);
        const MixChannel *channel = f.mix.channel(f.mixRoom);
        QVERIFY(channel->properties().testFlag(RoomProperty::AddressesVisible));
        // One who hides is enough: they do not see each other's.
        f.wire.receive(pubsubEvent(f.participant(u"p-bob"_s, u"Bob"_s, {})));
        QVERIFY(!channel->properties().testFlag(RoomProperty::AddressesVisible));
        f.wire.receive(pubsubEvent(u"<retract id='p-bob'/>"_s));
        QVERIFY(channel->properties().testFlag(RoomProperty::AddressesVisible));
    }

    void asksForItsNickWhereTheJoinLostIt()
    {
        FakeRooms f;
        f.goLive();
        f.participants = f.participant(u"p-me"_s, QString(), u"me@example.org"_s);
        const auto joining = f.mix.join({f.mixRoom, u"Me"_s, {}, 0});
        f.wire.answer(f.wire.pending(u"client-join"_s), joinedWrongly);
        QVERIFY(joining.isFinished());
        const auto request = f.wire.pending(u"setnick"_s);
        QVERIFY(request >= 0);
        QCOMPARE(f.wire.requests[request].to, f.mixRoom);
    }

    void boundsParticipants()
    {
        MixChannel channel(Jid::trusted(u"c@m"));
        QString items;
        for (int i = 0; i < 200; ++i)
            items += FakeRooms::participant(QString::number(i), QString(3000, u'n'), u"a@b"_s);
        items += FakeRooms::participant(QString(2000, u'i'), u"x"_s, u"a@b"_s);
        items += FakeRooms::participant(u"bad"_s, u"x"_s, u"no address@@"_s);
        channel.load(FakeWire::parse(u"<items>%1</items>"_s.arg(items).toUtf8()), Jid::trusted(u"me@x"));
        QCOMPARE(channel.participants().size(), 201);
        QCOMPARE(channel.find(u"1"_s)->nick.size(), 1024);
        QVERIFY(channel.find(u"bad"_s)->address.isEmpty());
    }

    void recordedJoin()
    {
        FakeRooms f(u"alice@chat.test/a"_s);
        f.goLive();
        const Jid channel = Jid::trusted(u"room1@mix.chat.test");
        const auto joining = f.mix.join({channel, u"Ada"_s, {}, 0});
        f.participants.clear();
        f.participants = QString();
        for (const auto &stanza :
             FakeWire::recorded(QStringLiteral(MINGLE_TESTS "/unit/xmpp/data/rooms/ejabberd-mix-join.xml"))) {
            const QString id = stanza.attribute(u"id"_s);
            QString inner;
            for (auto e = stanza.firstChildElement(); !e.isNull(); e = e.nextSiblingElement())
                inner += FakeWire::toText(e);
            if (id == u"jAda")
                f.wire.answer(f.wire.pending(u"client-join"_s), inner);
            else if (id == u"parts")
                f.wire.answer(f.wire.pending(u"nodes:participants"_s), inner);
            else
                f.wire.receive(stanza);
        }
        QVERIFY(joining.isFinished() && joining.result().ok());
        QCOMPARE(joining.result()->nick, u"Ada2"_s);
        QCOMPARE(f.mix.channel(channel)->myId(), u"82555007062c2f68ca63"_s);
        QCOMPARE(f.mix.channel(channel)->participants().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestMixDriver)
#include "tst_mixdriver.moc"
