// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/preferenceclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
const QString node = u"https://github.com/mingle-im/mingle/chats:0"_s;
const QString able = u"<query xmlns='http://jabber.org/protocol/disco#info'><feature "
                     "var='http://jabber.org/protocol/pubsub#publish-options'/></query>"_s;

QString item(const QString &id, const QString &kind, const QString &inside)
{
    return u"<item id='%1'><chat xmlns='%2' kind='%3'>%4</chat></item>"_s.arg(id, node, kind, inside);
}
const QString never = u"<notify xmlns='urn:xmpp:notification-settings:1'><never/></notify>"_s;
const QString pinned = u"<pinned xmlns='urn:xmpp:bookmarks-pinning:0'/>"_s;

struct Fixture {
    Fixture()
        : bookmarks(wire, nullptr)
        , client(wire, bookmarks, nullptr)
        , received(&client, &ChatPreferences::received)
        , changed(&client, &ChatPreferences::changed)
    {
        wire.goLive();
    }
    QString lastRequest() const { return FakeWire::toText(wire.requests.last().iq); }
    void answer(const QString &payload) { wire.answer(wire.requests.size() - 1, payload); }
    Outcome load(const QString &inside)
    {
        const auto done = client.load();
        answer(
            u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='%1'>%2</items></pubsub>"_s.arg(
                node, inside));
        return done.result();
    }
    void notice(const QString &inside, const QString &from = u"me@example.org"_s)
    {
        wire.receive(
            u"<message from='%1' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
            "<items node='%2'>%3</items></event></message>"_s.arg(from, node, inside));
    }
    static Chat grace()
    {
        Chat chat;
        chat.id.address = Jid::trusted(u"grace@example.org");
        chat.notify = NotifyWhen::Never;
        chat.pinned = true;
        chat.rank = 3;
        return chat;
    }

    FakeWire wire;
    BookmarkClient bookmarks;
    PreferenceClient client;
    QSignalSpy received, changed;
};
} // namespace

class TestPreferenceClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsOfUse()
    {
        Fixture f;
        QVERIFY(f.load(item(u"grace@example.org"_s, u"person"_s, never + pinned)
                       + item(u"room@mix.example.org"_s, u"channel"_s, never)
                       + item(u"x@example.org/full"_s, u"person"_s, never) + item(u"@@"_s, u"person"_s, never)
                       + item(u"Grace@Example.org"_s, u"person"_s, {})
                       + item(u"example.org"_s, u"person"_s, pinned)
                       + u"<item id='a@b'><other xmlns='urn:x'/></item>"_s)
                    .ok());
        const auto all = f.received.first().first().value<QList<KeptPreference>>();
        QCOMPARE(all.size(), 3);
        QCOMPARE(
            all.at(0),
            (KeptPreference{Fixture::grace().id.address, ChatKind::Person, {NotifyWhen::Never, true, 0}}));
        QCOMPARE(all.at(1).kind, ChatKind::Mix);
        QCOMPARE(all.at(2).kind, ChatKind::Mix); // a server is nobody to talk to
    }

    void writesPrivatelyOrNotAtAll()
    {
        Fixture f;
        QVERIFY(f.load({}).ok());
        auto put = f.client.put(Fixture::grace(), allPreferences);
        QVERIFY(f.lastRequest().contains(u"disco#info"));
        f.answer(able);
        const QString sent = f.lastRequest();
        for (const auto *part :
             {u"publish-options", u"whitelist", u"kind=\"person\"", u"<never", u"pinned", u"rank=\"3\""})
            QVERIFY2(sent.contains(QString(part)), qPrintable(sent));
        f.answer(u" "_s);
        QVERIFY(put.result().ok());

        Fixture old;
        QVERIFY(old.load({}).ok());
        put = old.client.put(Fixture::grace(), allPreferences);
        old.answer(u"<query xmlns='http://jabber.org/protocol/disco#info'/>"_s);
        QVERIFY(put.isFinished());
        QCOMPARE(put.result().error().kind, Error::Kind::Unsupported);
        QVERIFY(!old.lastRequest().contains(u"publish"));
    }

    void keepsWhatItDoesNotKnow()
    {
        Fixture f;
        QVERIFY(
            f.load(u"<item id='grace@example.org'><chat xmlns='%1' kind='person' more='1'><later xmlns='%1'>"
                   "<deep/></later></chat></item>"_s.arg(node))
                .ok());
        (void)f.client.put(Fixture::grace(), PreferencePart::Notify);
        f.answer(able);
        QVERIFY(f.lastRequest().contains(u"later") && f.lastRequest().contains(u"deep")
                && f.lastRequest().contains(u"more=\"1\"") && !f.lastRequest().contains(u"pinned"));
    }

    void rulesOfMucRoomsGoIntoBookmarks()
    {
        Fixture f;
        QVERIFY(f.load({}).ok());
        Chat room = Fixture::grace();
        room.kind = ChatKind::Muc;
        const auto put = f.client.put(room, allPreferences);
        QVERIFY(f.lastRequest().contains(u"urn:xmpp:bookmarks:1"));
    }

    void believesNobodyElse()
    {
        Fixture f;
        QVERIFY(f.load({}).ok());
        for (const QString &from : {u"eve@example.org"_s, u"example.org"_s, u"me@example.org/there"_s}) {
            f.notice(item(u"grace@example.org"_s, u"person"_s, never), from);
            f.notice(u"<retract id='grace@example.org'/>"_s, from);
        }
        QVERIFY(f.changed.isEmpty());
        f.notice(item(u"grace@example.org"_s, u"person"_s, never));
        QCOMPARE(f.changed.size(), 1);
        f.notice(u"<retract id='grace@example.org'/>"_s);
        QCOMPARE(f.changed.last().first().value<KeptPreference>().preference, ChatPreference());
    }

    void notLoadedIsNotWritten()
    {
        Fixture f;
        const auto loading = f.client.load();
        f.wire.fail(f.wire.requests.size() - 1, Error::Kind::Timeout);
        QVERIFY(!loading.result().ok() && f.received.isEmpty());
        const auto put = f.client.put(Fixture::grace(), allPreferences);
        f.answer(able);
        QVERIFY(!put.result().ok()); // what is there would be lost
        QVERIFY(!f.lastRequest().contains(u"<publish"));
    }
};

QTEST_GUILESS_MAIN(TestPreferenceClient)
#include "tst_preferenceclient.moc"
