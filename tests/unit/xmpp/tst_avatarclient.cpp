// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/avatarclient.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
const QByteArray bytes = "qANQR1DBwU4DX7jmYZnncm";
QString hash(const QByteArray &data)
{
    return QString::fromLatin1(QCryptographicHash::hash(data, QCryptographicHash::Sha1).toHex());
}
QString base64(const QByteArray &data)
{
    return QString::fromLatin1(data.toBase64());
}
QString item(const QByteArray &data)
{
    return u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'><item "
           u"id='x'>"
           "<data xmlns='urn:xmpp:avatar:data'>%1</data></item></items></pubsub>"_s.arg(base64(data));
}
QString vcard(const QString &value)
{
    return u"<vCard xmlns='vcard-temp'><FN>Juliet</FN><PHOTO><TYPE>image/svg+xml</TYPE><BINVAL>%1</BINVAL></PHOTO></vCard>"_s
        .arg(value);
}
const QString error =
    u"<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s;

struct Fixture {
    Fixture()
        : client(wire, nullptr)
        , changed(&client, &Avatars::changed)
    {
        wire.goLive();
    }
    void answer(const QString &payload) { wire.answer(wire.requests.size() - 1, payload); }
    QString last() const { return FakeWire::toText(wire.requests.last().iq); }

    FakeWire wire;
    AvatarClient client;
    QSignalSpy changed;
    const Jid juliet = Jid::trusted(u"juliet@capulet.lit");
};
} // namespace

class TestAvatarClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presenceTells() // XEP-0153 examples 2 to 6
    {
        Fixture f;
        const auto presence = u"<presence from='juliet@capulet.lit/balcony'>%1</presence>"_s;
        const auto update = u"<x xmlns='vcard-temp:x:update'>%1</x>"_s;
        const QString sha = u"01B87FCD030B72895FF8E88DB57EC525450F000D"_s;
        f.wire.receive(presence.arg(update.arg(u"<photo>%1</photo>"_s.arg(sha))));
        QCOMPARE(f.changed.last().first().value<Jid>(), Jid::trusted(u"juliet@capulet.lit/balcony"));
        QCOMPARE(f.changed.last().at(1).toString(), sha.toLower());
        f.wire.receive(presence.arg(update.arg(u"<photo/>"_s)));
        QCOMPARE(f.changed.last().at(1).toString(), QString());
        QCOMPARE(f.changed.size(), 2);
        f.wire.receive(presence.arg(update.arg(QString()))); // not ready to say
        f.wire.receive(presence.arg(QString()));
        f.wire.receive(presence.arg(update.arg(u"<photo>../../etc/passwd</photo>"_s)));
        f.wire.receive(presence.arg(update.arg(u"<photo>%1</photo>"_s.arg(QString(50'000, u'a')))));
        f.wire.receive(
            u"<presence type='error' from='juliet@capulet.lit'><x xmlns='vcard-temp:x:update'><photo/></x></presence>"_s);
        // Somebody in a room does not speak for the room.
        f.wire.receive(presence.arg(update.arg(u"<photo>%1</photo>"_s.arg(sha))
                                    + u"<x xmlns='http://jabber.org/protocol/muc#user'/>"_s));
        QCOMPARE(f.changed.size(), 2);
    }

    void fetchesByPepThenVCard()
    {
        Fixture f;
        auto got = f.client.fetch(f.juliet, hash(bytes));
        QVERIFY(f.last().contains(u"urn:xmpp:avatar:data"));
        f.answer(item(bytes));
        QCOMPARE(got.result().value(), bytes);
        got = f.client.fetch(f.juliet, hash(bytes));
        f.answer(error);
        QVERIFY(f.last().contains(u"<vCard"));
        QCOMPARE(f.wire.requests.last().to, f.juliet);
        f.answer(vcard(base64(bytes).insert(10, u"\n    "_s)));
        QCOMPARE(got.result().value(), bytes);
        // Of an occupant there is only the vCard, by the room.
        got = f.client.fetch(Jid::trusted(u"coven@chat.shakespeare.lit/thirdwitch"), hash(bytes));
        QVERIFY(f.last().contains(u"<vCard"));
        QCOMPARE(f.wire.requests.last().to.resource(), u"thirdwitch"_s);
    }

    void anotherPictureIsNone()
    {
        Fixture f;
        auto got = f.client.fetch(f.juliet, hash(bytes));
        f.answer(item("something else"));
        f.answer(vcard(base64("something else")));
        QCOMPARE(got.result().error().condition, u"another-picture"_s);
        const QByteArray huge(maxAvatarBytes + 1, 'x');
        got = f.client.fetch(f.juliet, hash(huge));
        f.answer(item(huge));
        f.answer(vcard(base64(huge)));
        QCOMPARE(got.result().error().kind, Error::Kind::TooLarge);
        got = f.client.fetch(f.juliet, hash(bytes));
        f.answer(error);
        f.answer(vcard(u"&lt;&gt;!"_s));
        QCOMPARE(got.result().error().kind, Error::Kind::NotFound);
        const auto count = f.wire.requests.size();
        QCOMPARE(f.client.fetch(f.juliet, u"../x"_s).result().error().kind, Error::Kind::InvalidInput);
        QCOMPARE(f.wire.requests.size(), count);
    }

    void publishes() // XEP-0084 examples 1 and 2, 11
    {
        Fixture f;
        auto done = f.client.publish({bytes, u"image/png"_s, 64, 64});
        QVERIFY(f.last().contains(u"node=\"urn:xmpp:avatar:data\"") && f.last().contains(base64(bytes)));
        f.answer(u""_s);
        QVERIFY(!done.isFinished());
        QVERIFY(f.last().contains(u"<info ") && f.last().contains(u"bytes=\"%1\""_s.arg(bytes.size()))
                && f.last().contains(hash(bytes)) && f.last().contains(u"width=\"64\""));
        f.answer(u""_s);
        QVERIFY(done.isFinished() && done.result());
        done = f.client.publish({});
        QVERIFY(f.last().contains(u"<metadata") && !f.last().contains(u"<info"));
        f.answer(error);
        QVERIFY(!done.result());
    }

    void asksForTheCurrentOne()
    {
        Fixture f;
        const auto info =
            u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:metadata'><item>"
            "<metadata xmlns='urn:xmpp:avatar:metadata'><info id='%1'/></metadata></item></items></pubsub>"_s;
        auto got = f.client.current(f.juliet);
        f.answer(info.arg(hash(bytes)));
        QCOMPARE(got.result().value(), hash(bytes));
        got = f.client.current(f.juliet);
        f.answer(info.arg(u"nonsense"_s));
        QCOMPARE(got.result().value(), QString());
        got = f.client.current(f.juliet);
        f.answer(error);
        QVERIFY(got.result().ok() && got.result()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestAvatarClient)
#include "tst_avatarclient.moc"
