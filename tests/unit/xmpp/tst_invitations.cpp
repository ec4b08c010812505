// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakerooms.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
// XEP-0045 example 56, XEP-0249 example 1, XEP-0407 "Inviter sends Invitation to Invitee", with addresses of the fixture.
const QString mediated =
    u"<message from='darkcave@chat.shakespeare.lit' to='me@example.org'>"
    "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='crone1@shakespeare.lit/desktop'>"
    "<reason>Hey Hecate, this is the place for all good witches!</reason></invite>"
    "<password>cauldronburn</password></x></message>"_s;
const QString direct =
    u"<message from='crone1@shakespeare.lit/desktop' to='me@example.org'>"
    "<x xmlns='jabber:x:conference' jid='darkcave@macbeth.shakespeare.lit' "
    "password='cauldronburn' reason='Hey Hecate, this is the place for all good witches!'/>"
    "</message>"_s;
const QString channel = u"<message from='hag66@shakespeare.example/UUID-h5z/0253' id='f5pp2toz' "
                        "to='me@example.org'><body>Would you like to join the coven?</body>"
                        "<invitation xmlns='urn:xmpp:mix:misc:0'><inviter>hag66@shakespeare.example</inviter>"
                        "<invitee>%1</invitee><channel>coven@mix.shakespeare.example</channel>"
                        "<token>ABCDEF</token></invitation></message>"_s;
} // namespace

class TestInvitations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReadFromAllThreeWays()
    {
        FakeRooms f;
        f.goLive();
        f.wire.receive(mediated);
        QCOMPARE(f.received.size(), 1);
        const IncomingInvitation first = *f.received[0].invitation;
        QCOMPARE(first.room, Jid::trusted(u"darkcave@chat.shakespeare.lit"));
        QCOMPARE(first.kind, ChatKind::Muc);
        QCOMPARE(first.invitation.from, Jid::trusted(u"crone1@shakespeare.lit"));
        QCOMPARE(first.invitation.text, u"Hey Hecate, this is the place for all good witches!"_s);
        QCOMPARE(first.password, u"cauldronburn"_s);
        QVERIFY(f.received[0].body.isEmpty());

        f.wire.receive(direct);
        const IncomingInvitation second = *f.received.at(1).invitation;
        QCOMPARE(second.room, Jid::trusted(u"darkcave@macbeth.shakespeare.lit"));
        QCOMPARE(second.invitation.from, Jid::trusted(u"crone1@shakespeare.lit"));
        QCOMPARE(second.password, u"cauldronburn"_s);

        f.wire.receive(channel.arg(u"me@example.org"_s));
        const IncomingInvitation third = *f.received.at(2).invitation;
        QCOMPARE(third.room, Jid::trusted(u"coven@mix.shakespeare.example"));
        QCOMPARE(third.kind, ChatKind::Mix);
        QCOMPARE(third.invitation.token, u"ABCDEF"_s);
        QCOMPARE(third.invitation.text, u"Would you like to join the coven?"_s);
        QVERIFY(f.received[2].body.isEmpty()); // its words are on the card
    }

    void liesAreNothing()
    {
        FakeRooms f;
        f.goLive();
        f.wire.receive(channel.arg(u"somebody@example.org"_s)); // not for me
        f.wire.receive(
            QString(mediated).replace(u"lit' to"_s, u"lit/Occupant' to"_s)); // an occupant, not the room
        f.wire.receive(
            QString(direct).replace(u"jid='darkcave@macbeth.shakespeare.lit'"_s, u"jid='no room'"_s));
        f.wire.receive(QString(mediated).replace(u"from='crone1@shakespeare.lit/desktop'"_s, u"from='@'"_s));
        f.wire.receive(QString(direct).replace(u"<message "_s, u"<message type='groupchat' "_s));
        QVERIFY(f.received.isEmpty());
        // From below a room that I am in: an occupant uses the room's address to look trustworthy.
        f.enterMuc();
        f.wire.receive(
            QString(direct).replace(u"crone1@shakespeare.lit/desktop"_s, u"room@muc.example.org/Ada"_s));
        f.wire.receive(
            QString(direct).replace(u"darkcave@macbeth.shakespeare.lit"_s, u"room@muc.example.org"_s));
        QVERIFY(f.received.isEmpty()); // the second: I am in there already
    }

    void longTextsAreCut()
    {
        FakeRooms f;
        f.goLive();
        f.wire.receive(QString(direct).replace(u"Hey Hecate"_s, QString(100'000, u'x')));
        QVERIFY(f.received.at(0).invitation->invitation.text.size() <= 4096);
    }
};

QTEST_GUILESS_MAIN(TestInvitations)
#include "tst_invitations.moc"
