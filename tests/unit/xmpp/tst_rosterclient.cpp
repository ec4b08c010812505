// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/rosterclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
struct Fixture {
    Fixture()
        : client(wire, nullptr)
        , roster(&client, &RosterClient::rosterReceived)
        , finished(&client, &RosterClient::finished)
        , changed(&client, &RosterClient::contactChanged)
        , removed(&client, &RosterClient::contactRemoved)
        , presence(&client, &RosterClient::presenceChanged)
    {}

    void goLive(const QString &items = u"<item jid='bob@example.org' name='Bob' subscription='both'/>"_s)
    {
        wire.goLive();
        wire.answer(wire.requests.size() - 1, u"<query xmlns='jabber:iq:roster'>%1</query>"_s.arg(items));
    }
    void push(const QString &item, const QString &from = {})
    {
        wire.receive(u"<iq type='set' id='p' %1><query xmlns='jabber:iq:roster'>%2</query></iq>"_s.arg(
            from.isEmpty() ? QString() : u"from='%1'"_s.arg(from), item));
    }
    Presence last() const { return presence.last().at(1).value<Presence>(); }

    FakeWire wire;
    RosterClient client;
    QSignalSpy roster, finished, changed, removed, presence;
};
} // namespace

class TestRosterClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheRoster()
    {
        Fixture f;
        f.goLive(u"<item jid='Bob@Example.org' name='Bob &lt;b&gt;' subscription='both'/>"
                 "<item jid='c@example.org' subscription='from' ask='subscribe'/>"
                 "<item jid='room@mix.example.org'><channel xmlns='urn:xmpp:mix:roster:0' "
                 "participant-id='p'/></item>"
                 "<item jid='@@'/><item/><other jid='x@y'/>"
                 "<item jid='long@example.org' name='%1'/>"_s.arg(QString(5000, u'x')));
        QVERIFY(FakeWire::toText(f.wire.requests.first().iq).contains(u"annotate"));
        QCOMPARE(f.roster.size(), 1);
        QCOMPARE(f.finished.size(), 1);
        const auto &contacts = f.client.contacts();
        QCOMPARE(contacts.size(), 4);
        const auto bob = contacts[Jid::trusted(u"bob@example.org")];
        QVERIFY(bob.subscribedTo && !bob.isMixChannel);
        QCOMPARE(bob.name, u"Bob <b>"_s);
        QVERIFY(contacts[Jid::trusted(u"c@example.org")].asked);
        QVERIFY(!contacts[Jid::trusted(u"c@example.org")].subscribedTo);
        QCOMPARE(contacts[Jid::trusted(u"room@mix.example.org")].mixParticipantId, u"p"_s);
        QCOMPARE(contacts[Jid::trusted(u"long@example.org")].name.size(), 1024);
    }

    void channelListedTwiceIsOne()
    {
        const QString named = u"<item jid='c@mix.example.org' name='Crew' subscription='none'/>"_s;
        const QString annotated = u"<item jid='c@mix.example.org' subscription='both'>"
                                  "<channel xmlns='urn:xmpp:mix:roster:0' participant-id='p'/></item>"_s;
        for (const QString &items : {QString(named + annotated), QString(annotated + named)}) {
            Fixture f;
            f.goLive(items);
            f.push(u"<item jid='c@mix.example.org' name='New crew' subscription='none'/>"_s);
            const Contact channel = f.client.contacts()[Jid::trusted(u"c@mix.example.org")];
            QVERIFY(channel.isMixChannel);
            QCOMPARE(channel.mixParticipantId, u"p"_s);
            QCOMPARE(channel.name, u"New crew"_s);
            QCOMPARE(f.roster.first().first().value<QList<Contact>>().first().name, u"Crew"_s);
        }
    }

    void finishesWithoutARoster()
    {
        Fixture f;
        f.wire.goLive();
        f.wire.fail(0, Error::Kind::Timeout);
        QCOMPARE(f.roster.size(), 0);
        QCOMPARE(f.finished.size(), 1);
        QCOMPARE(f.wire.requests.size(), 2); // without it no channel is joined
        f.wire.fail(1, Error::Kind::Refused);
        QCOMPARE(f.wire.requests.size(), 2);
    }

    void asksAgainForWhatWasLost()
    {
        Fixture f;
        f.wire.goLive();
        QCOMPARE(f.wire.requests.size(), 1);
        f.wire.suspend();
        f.wire.goLive(true); // the line broke before the answer
        QCOMPARE(f.wire.requests.size(), 2);
        const QString roster = u"<query xmlns='jabber:iq:roster'><item jid='bob@example.org'/></query>"_s;
        f.wire.answer(0, roster); // late
        QCOMPARE(f.roster.size(), 0);
        f.wire.answer(1, roster);
        QCOMPARE(f.roster.size(), 1);
        f.wire.goLive(true);
        QCOMPARE(f.wire.requests.size(), 2);
    }

    void asksOncePerLogin()
    {
        Fixture f;
        f.goLive();
        f.wire.suspend();
        f.wire.goLive(true);
        QCOMPARE(f.wire.requests.size(), 1);
        f.wire.end();
        f.wire.goLive();
        QCOMPARE(f.wire.requests.size(), 2);
    }

    void followsPushes()
    {
        Fixture f;
        f.goLive();
        f.push(u"<item jid='new@example.org' subscription='to'/>"_s);
        QVERIFY(f.wire.taken);
        QCOMPARE(f.wire.sent.last().attribute(u"type"_s), u"result"_s);
        QCOMPARE(f.wire.sent.last().attribute(u"id"_s), u"p"_s);
        QCOMPARE(f.changed.size(), 1);
        f.push(u"<item jid='new@example.org' subscription='remove'/>"_s, u"me@example.org"_s);
        QCOMPARE(f.removed.size(), 1);
        f.push(u"<item jid='new@example.org' subscription='remove'/>"_s);
        QCOMPARE(f.removed.size(), 1);
        f.push({});
        QCOMPARE(f.changed.size(), 1);
    }

    void refusesPushesOfOthers()
    {
        Fixture f;
        f.goLive();
        for (const QString &from :
             {u"eve@example.org"_s, u"me@example.org/there"_s, u"example.org"_s, u"bob@example.org"_s}) {
            f.push(u"<item jid='eve@example.org' subscription='both'/>"_s, from);
            QVERIFY(!f.wire.taken);
        }
        QVERIFY(f.changed.isEmpty());
        QVERIFY(f.wire.sent.isEmpty());
    }

    void findsTheBestPresence()
    {
        Fixture f;
        f.goLive();
        f.wire.receive(u"<presence from='bob@example.org/a'><show>away</show></presence>"_s);
        QCOMPARE(f.last(), Presence::Away);
        f.wire.receive(u"<presence from='bob@example.org/b'/>"_s);
        QCOMPARE(f.last(), Presence::Online);
        f.wire.receive(u"<presence from='bob@example.org/a'><show>xa</show></presence>"_s);
        QCOMPARE(f.presence.size(), 2); // nothing better, nothing worse
        f.wire.receive(u"<presence type='unavailable' from='bob@example.org/b'/>"_s);
        QCOMPARE(f.last(), Presence::ExtendedAway);
        f.wire.receive(u"<presence type='unavailable' from='bob@example.org/a'/>"_s);
        QCOMPARE(f.last(), Presence::Offline);
        f.wire.receive(u"<presence from='bob@example.org/a'><show>chat</show></presence>"_s);
        f.wire.receive(u"<presence type='unavailable' from='bob@example.org'/>"_s);
        QCOMPARE(f.last(), Presence::Offline);
    }

    void knowsContactsOnly()
    {
        Fixture f;
        f.goLive();
        f.wire.receive(u"<presence from='eve@example.org/a'/>"_s);
        f.wire.receive(u"<presence from='room@muc.example.org/Ada'/>"_s);
        f.wire.receive(u"<presence type='subscribe' from='bob@example.org'/>"_s);
        f.wire.receive(u"<presence type='probe' from='bob@example.org'/>"_s);
        QVERIFY(f.presence.isEmpty());
    }

    void forgetsPresenceWithTheStream()
    {
        Fixture f;
        f.goLive();
        f.wire.receive(u"<presence from='bob@example.org/a'/>"_s);
        f.wire.suspend();
        QCOMPARE(f.last(), Presence::Online);
        f.wire.end();
        QCOMPARE(f.last(), Presence::Unknown);
    }

    void boundsDevices()
    {
        Fixture f;
        f.goLive();
        for (int i = 0; i < 1000; ++i)
            f.wire.receive(u"<presence from='bob@example.org/%1'/>"_s.arg(i));
        for (int i = 0; i < 64; ++i)
            f.wire.receive(u"<presence type='unavailable' from='bob@example.org/%1'/>"_s.arg(i));
        QCOMPARE(f.last(), Presence::Offline);
    }
};

QTEST_GUILESS_MAIN(TestRosterClient)
#include "tst_rosterclient.moc"
