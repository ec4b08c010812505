// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/rosterclient.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}
struct Fixture {
    Fixture()
        : client(wire, nullptr)
        , roster(&client, &RosterClient::rosterReceived)
        , changed(&client, &RosterClient::contactChanged)
        , removed(&client, &RosterClient::contactRemoved)
        , presence(&client, &RosterClient::presenceChanged)
    {}

    void goLive(const QString &items = u"<item jid='bob@example.org' name='Bob' subscription='both'/>"_s)
    {
        wire.goLive();
        wire.answer(wire.requests.size() - 1, u"<query xmlns='jabber:iq:roster'>%1</query>"_s.arg(items));
    }
    void answer(const QString &payload) { wire.answer(wire.requests.size() - 1, payload); }
    std::optional<QString> askedVersion() const
    {
        const QDomElement query = wire.requests.last().iq.firstChildElement();
        if (!query.hasAttribute(u"ver"_s)) return {};
        return query.attribute(u"ver"_s);
    }
    void push(const QString &item, const QString &from = {}, const QString &version = {})
    {
        wire.receive(u"<iq type='set' id='p' %1><query xmlns='jabber:iq:roster' %2>%3</query></iq>"_s.arg(
            from.isEmpty() ? QString() : u"from='%1'"_s.arg(from),
            version.isEmpty() ? QString() : u"ver='%1'"_s.arg(version), item));
    }
    Presence last() const { return presence.last().at(1).value<Presence>(); }

    FakeWire wire;
    RosterClient client;
    QSignalSpy roster, changed, removed, presence;
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

    void asksAgainAfterATimeOut()
    {
        Fixture f;
        f.wire.goLive();
        f.wire.fail(0, Error::Kind::Timeout);
        QCOMPARE(f.roster.size(), 0);
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

    void asksByVersionWhereThereAreVersions()
    {
        Fixture f;
        f.goLive();
        QVERIFY(!f.askedVersion());
        f.wire.end();
        f.wire.rosterVersions = true;
        f.wire.goLive();
        QCOMPARE(f.askedVersion(), u""_s);
        f.answer(u"<query xmlns='jabber:iq:roster' ver='v1'><item jid='bob@example.org' name='Bob'/>"
                 "<item jid='c@mix.example.org' name='Crew' subscription='both'>"
                 "<channel xmlns='urn:xmpp:mix:roster:0' participant-id='p'/></item></query>"_s);
        const auto first = f.roster.last().first().value<QList<Contact>>();
        QCOMPARE(first.size(), 2);
        f.wire.end();

        f.wire.goLive();
        QCOMPARE(f.askedVersion(), u"v1"_s);
        f.answer({});
        QCOMPARE(f.roster.last().first().value<QList<Contact>>().size(), 2);
        f.push(u"<item jid='new@example.org' name='New'/>"_s, {}, u"v2"_s);
        f.push(u"<item jid='bob@example.org' subscription='remove'/>"_s, {}, u"v3"_s);
        f.push(u"<item jid='late@example.org'/>"_s); // by a server that says no version: v3 is older
        f.wire.end();
        f.wire.goLive();
        QCOMPARE(f.askedVersion(), u"v3"_s);
        f.answer(u"<query xmlns='jabber:iq:roster'><item jid='bob@example.org'/></query>"_s);
        QCOMPARE(f.client.contacts().size(), 1);
        f.wire.end();
        f.wire.goLive();
        QCOMPARE(f.askedVersion(), u""_s);
    }

    void versionsOutliveARestart()
    {
        const QString items = u"<item jid='bob@example.org' name='B\u00f6b' ask='subscribe'/>"
                              "<item jid='c@mix.example.org' name='Crew' subscription='both'>"
                              "<channel xmlns='urn:xmpp:mix:roster:0' participant-id='p'/></item>"_s;
        Fixture f;
        QSignalSpy kept(&f.client, &RosterClient::kept);
        f.wire.rosterVersions = true;
        f.wire.goLive();
        f.answer(u"<query xmlns='jabber:iq:roster' ver='v1'>%1</query>"_s.arg(items));
        f.push(u"<item jid='new@example.org' subscription='to'/>"_s, {}, u"v2"_s);
        QTRY_COMPARE(kept.size(), 1); // both at once
        const QByteArray packed = kept.last().first().toByteArray();

        Fixture next;
        next.client.recall(packed);
        next.wire.rosterVersions = true;
        next.wire.goLive();
        QCOMPARE(next.askedVersion(), u"v2"_s);
        next.answer({});
        const auto &known = next.client.contacts();
        QCOMPARE(known.size(), 3);
        const Contact channel = known[Jid::trusted(u"c@mix.example.org")];
        QVERIFY(channel.isMixChannel && channel.subscribedTo && !channel.asked);
        QCOMPARE(channel.mixParticipantId, u"p"_s);
        QCOMPARE(channel.name, u"Crew"_s);
        QCOMPARE(known[Jid::trusted(u"bob@example.org")].name, u"B\u00f6b"_s);
        QVERIFY(known[Jid::trusted(u"bob@example.org")].asked);
        next.client.recall({}); // too late to change anything
        QCOMPARE(known.size(), 3);

        for (const QByteArray &bad :
             {QByteArray(), QByteArray("\0\0\0\2", 4), packed.chopped(1), packed.first(packed.size() / 2)})
            QCOMPARE(KeptRoster::unpack(bad).version, QString());
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

    void changesKeepWhatOthersNoted()
    {
        Fixture f;
        f.goLive(
            u"<item jid='bob@example.org' name='Bob' subscription='from'><group>Friends</group><group>A &amp; B</group></item>"_s);
        QVERIFY(f.client.contacts()[Jid::trusted(u"bob@example.org")].seesMe);
        auto done = f.client.putContact(Jid::trusted(u"bob@example.org/phone"), u"Robert <b>"_s);
        QCOMPARE(FakeWire::toPlainText(f.wire.requests.last().iq),
                 u"<iq id=\"iq2\" type=\"set\"><query><item jid=\"bob@example.org\" name=\"Robert &lt;b>\">"
                 "<group>Friends</group><group>A &amp; B</group></item></query></iq>"_s);
        f.answer(u""_s);
        QVERIFY(done.isFinished() && done.result());
        done = f.client.removeContact(Jid::trusted(u"bob@example.org"));
        QVERIFY(FakeWire::toPlainText(f.wire.requests.last().iq)
                    .contains(u"<item jid=\"bob@example.org\" subscription=\"remove\"/>"));
        f.wire.answer(f.wire.requests.size() - 1, error(u"item-not-found"_s));
        QVERIFY(done.result()); // it is not there, as wanted
    }

    void tellsWhoWantsToSeeMe()
    {
        Fixture f;
        f.goLive(
            u"<item jid='bob@example.org' subscription='from'/><item jid='c@example.org' subscription='to'/>"_s);
        QSignalSpy asked(&f.client, &ContactList::subscriptionRequested);
        QSignalSpy withdrawn(&f.client, &ContactList::subscriptionWithdrawn);
        const auto presence =
            u"<presence from='%1' type='%2'><nick xmlns='http://jabber.org/protocol/nick'>Eve%3</nick></presence>"_s;
        f.wire.receive(presence.arg(u"bob@example.org"_s, u"subscribe"_s, QString())); // sees me already
        f.wire.receive(presence.arg(u"me@example.org"_s, u"subscribe"_s, QString()));
        QVERIFY(asked.isEmpty());
        f.wire.receive(presence.arg(u"c@example.org/x"_s, u"subscribe"_s, QString()));
        QCOMPARE(asked.last().first().value<Jid>(), Jid::trusted(u"c@example.org"));
        f.wire.receive(presence.arg(u"eve@evil.test"_s, u"subscribe"_s, QString(5000, u'!')));
        QCOMPARE(asked.last().at(1).toString().size(), 1024);
        f.wire.receive(
            presence.arg(u"eve@evil.test"_s, u"subscribed"_s, QString())); // changes nothing by itself
        QVERIFY(withdrawn.isEmpty() && f.changed.isEmpty());
        f.wire.receive(presence.arg(u"eve@evil.test"_s, u"unsubscribe"_s, QString()));
        QCOMPARE(withdrawn.size(), 1);
        const auto sent = f.wire.sent.size();
        QVERIFY(f.client.letSee(Jid::trusted(u"eve@evil.test/x")));
        QCOMPARE(f.wire.sent.size(), sent + 1);
    }
};

QTEST_GUILESS_MAIN(TestRosterClient)
#include "tst_rosterclient.moc"
