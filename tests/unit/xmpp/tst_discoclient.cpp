// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/discoclient.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
QString info(const QString &inside)
{
    return u"<query xmlns='http://jabber.org/protocol/disco#info'>%1</query>"_s.arg(inside);
}

QString feature(const QString &var)
{
    return u"<feature var='%1'/>"_s.arg(var);
}

QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}

const QString mucFeature = feature(u"http://jabber.org/protocol/muc"_s);
const QString mixFeature = feature(u"urn:xmpp:mix:core:1"_s);
} // namespace

class TestDiscoClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsRoomsApart()
    {
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        const auto muc = disco.discoverRoom(Jid::trusted(u"room@muc.example.org/x"));
        QCOMPARE(wire.requests.last().to.toString(), u"room@muc.example.org"_s);
        wire.answer(0, info(u"<identity category='conference' type='text' name='The &lt;b&gt; Room'/>"_s
                            + mucFeature + feature(u"muc_passwordprotected"_s) + feature(u"muc_membersonly"_s)
                            + feature(u"urn:xmpp:mam:2"_s)));
        QCOMPARE(muc.result()->kind, ChatKind::Muc);
        QCOMPARE(muc.result()->name, u"The <b> Room"_s);
        QVERIFY(muc.result()->properties.testFlags(RoomProperty::PasswordNeeded | RoomProperty::MembersOnly
                                                   | RoomProperty::Archived));

        const auto mix = disco.discoverRoom(Jid::trusted(u"c@mix.example.org"));
        wire.answer(1, info(u"<identity category='conference' type='mix'/>"_s + mixFeature));
        QCOMPARE(mix.result()->kind, ChatKind::Mix);
        QVERIFY(!mix.result()->properties.testFlag(RoomProperty::Archived));
    }

    // XEP-0408 2
    void twinsSaySoOfEachOther_data()
    {
        QTest::addColumn<QString>("back");
        QTest::addColumn<QString>("twin");
        QTest::newRow("both") << u"muc.example.org"_s << u"room@mix.example.org"_s;
        QTest::newRow("one side only") << QString() << QString();
        QTest::newRow("of another") << u"other.example.org"_s << QString();
    }
    void twinsSaySoOfEachOther()
    {
        QFETCH(QString, back);
        QFETCH(QString, twin);
        const auto form = [](const QString &field, const QString &value) {
            return u"<x xmlns='jabber:x:data' type='result'><field var='%1'><value>%2</value></field></x>"_s
                .arg(field, value);
        };
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        const auto answer = disco.twinOf(Jid::trusted(u"room@muc.example.org"));
        QCOMPARE(wire.requests[0].to.toString(), u"muc.example.org"_s);
        wire.answer(0, info(u"<identity category='conference' type='text'/>"_s + mucFeature
                            + form(u"mix-mirror"_s, u"mix.example.org"_s)));
        QCOMPARE(wire.requests[1].to.toString(), u"mix.example.org"_s);
        wire.answer(1, info(u"<identity category='conference' type='mix'/>"_s + mixFeature
                            + form(u"muc-mirror"_s, back)));
        QVERIFY(answer.result().ok());
        QCOMPARE(answer.result()->toString(), twin);
    }

    void takesTheNameOutOfTheForm()
    {
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        const auto muc = disco.discoverRoom(Jid::trusted(u"room@muc.example.org"));
        wire.answer(0, info(mucFeature
                            + u"<x xmlns='jabber:x:data' type='result'><field var='muc#roomconfig_roomname'>"
                              "<value>%1</value></field></x>"_s.arg(QString(3000, u'n'))));
        QCOMPARE(muc.result()->name.size(), 1024);
    }

    void findsChannelsUnderTheirNodeOnly()
    {
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        const auto mix = disco.discoverRoom(Jid::trusted(u"c@mix.example.org"));
        wire.answer(0, info({}));
        QCOMPARE(wire.requests[1].iq.firstChildElement().attribute(u"node"_s), u"mix"_s);
        wire.answer(1, info(mixFeature));
        QCOMPARE(mix.result()->kind, ChatKind::Mix);
    }

    void tellsWhatIsNoRoom()
    {
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        const auto nobody = disco.discoverRoom(Jid::trusted(u"no@muc.example.org"));
        wire.answer(0, error(u"item-not-found"_s));
        QCOMPARE(nobody.result().error().kind, Error::Kind::NotFound);
        const auto refused = disco.discoverRoom(Jid::trusted(u"no@muc.example.org"));
        wire.answer(1, error(u"forbidden"_s));
        QCOMPARE(refused.result().error().kind, Error::Kind::Refused);
        const auto person = disco.discoverRoom(Jid::trusted(u"bob@example.org"));
        wire.answer(2, error(u"service-unavailable"_s));
        wire.answer(3, error(u"service-unavailable"_s));
        QCOMPARE(person.result().error().kind, Error::Kind::Unsupported);
        QCOMPARE(disco.discoverRoom(Jid::trusted(u"example.org")).result().error().kind,
                 Error::Kind::InvalidAddress);
    }

    void findsServices()
    {
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        int asked = 0;
        wire.onRequest = [&asked](const QDomElement &iq) -> QString {
            ++asked;
            const QString to = iq.attribute(u"to"_s);
            if (to == u"example.org")
                return u"<query xmlns='http://jabber.org/protocol/disco#items'><item "
                       u"jid='irc.example.org'/><item jid='@@'/>"
                       "<item jid='muc.example.org'/><item jid='mix.example.org'/><item jid='x@example.org'/>"
                       "<item jid='muc2.example.org' node='x'/><item jid='broken.example.org'/></query>"_s;
            if (to == u"irc.example.org")
                return info(u"<identity category='conference' type='irc'/>"_s + mucFeature);
            if (to == u"muc.example.org")
                return info(u"<identity category='conference' type='text'/>"_s + mucFeature);
            if (to == u"mix.example.org")
                return info(u"<identity category='conference' type='mix'/>"_s + mixFeature);
            return error(u"remote-server-not-found"_s);
        };
        QCOMPARE(disco.roomService(ChatKind::Muc).result()->toString(), u"muc.example.org"_s);
        QCOMPARE(disco.roomService(ChatKind::Mix).result()->toString(), u"mix.example.org"_s);
        const int before = asked;
        QCOMPARE(disco.roomService(ChatKind::Mix).result()->toString(), u"mix.example.org"_s);
        QCOMPARE(asked, before); // remembered
    }

    void findsNone()
    {
        FakeWire wire;
        DiscoClient disco(wire, nullptr);
        QCOMPARE(disco.roomService(ChatKind::Muc).result().error().kind, Error::Kind::ConnectionLost);
        wire.goLive();
        wire.onRequest = [](const QDomElement &) {
            return u"<query xmlns='http://jabber.org/protocol/disco#items'/>"_s;
        };
        QCOMPARE(disco.roomService(ChatKind::Muc).result().error().kind, Error::Kind::NotFound);
    }

    void boundsWhatItAsks()
    {
        FakeWire wire;
        wire.goLive();
        DiscoClient disco(wire, nullptr);
        QString all;
        for (int i = 0; i < 1000; ++i)
            all += u"<item jid='s%1.example.org'/>"_s.arg(i);
        const auto service = disco.roomService(ChatKind::Muc);
        wire.answer(0, u"<query xmlns='http://jabber.org/protocol/disco#items'>%1</query>"_s.arg(all));
        QVERIFY(wire.requests.size() < 50);
    }
};

QTEST_GUILESS_MAIN(TestDiscoClient)
#include "tst_discoclient.moc"
