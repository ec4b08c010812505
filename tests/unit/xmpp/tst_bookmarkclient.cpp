// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/bookmarkclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
const QString theirs =
    u"<item id='room@muc.example.org'><conference xmlns='urn:xmpp:bookmarks:1' name='The Room' "
    "autojoin='1'><nick>Me</nick><password>pw</password><extensions>"
    "<state xmlns='urn:other' a='1'>x<b xmlns=''/></state><p:q xmlns:p='urn:p' p:r='2'/></extensions>"
    "<later xmlns='urn:xmpp:bookmarks:1'/></conference></item>"_s;

QString items(const QString &inside)
{
    return u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:bookmarks:1'>%1</items></pubsub>"_s
        .arg(inside);
}

QString error(const QString &condition)
{
    return u"<error type='cancel'><%1 xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s.arg(condition);
}

QString notice(const QString &inside, const QString &from = u"me@example.org"_s,
               const QString &node = u"urn:xmpp:bookmarks:1"_s)
{
    return u"<message type='headline' %1><event xmlns='http://jabber.org/protocol/pubsub#event'><items "
           u"node='%3'>%2"
           "</items></event></message>"_s.arg(from.isEmpty() ? QString() : u"from='%1'"_s.arg(from), inside,
                                              node);
}

struct Fixture {
    Fixture()
        : client(wire, nullptr)
        , changed(&client, &BookmarkClient::bookmarkChanged)
        , removed(&client, &BookmarkClient::bookmarkRemoved)
    {
        wire.goLive();
    }

    QString lastRequest() const { return FakeWire::toText(wire.requests.last().iq); }
    void answer(const QString &payload) { wire.answer(wire.requests.size() - 1, payload); }
    QList<Bookmark> load(const QString &inside)
    {
        const auto future = client.bookmarks();
        answer(items(inside));
        return *future.result();
    }

    FakeWire wire;
    BookmarkClient client;
    QSignalSpy changed, removed;
    const Jid room = Jid::trusted(u"room@muc.example.org");
};
} // namespace

class TestBookmarkClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBookmarks()
    {
        Fixture f;
        const auto list =
            f.load(theirs
                   + u"<item id='@@'><conference xmlns='urn:xmpp:bookmarks:1'/></item><item id='x@y'/>"
                     "<item id='bare@muc.example.org'><conference xmlns='urn:xmpp:bookmarks:1'/></item>"_s);
        QCOMPARE(list.size(), 2);
        for (const Bookmark &b : list) {
            if (b.room != f.room) {
                QVERIFY(!b.autojoin && b.nick.isEmpty());
                continue;
            }
            QCOMPARE(b.name, u"The Room"_s);
            QCOMPARE(b.nick, u"Me"_s);
            QCOMPARE(b.password, u"pw"_s);
            QVERIFY(b.autojoin);
        }
    }

    void keepsWhatOthersPutIn()
    {
        Fixture f;
        f.load(theirs);
        const auto put = f.client.putBookmark({f.room, u"New <Name>"_s, u"Me2"_s, u"pw2"_s, false});
        const QString sent = f.lastRequest();
        QVERIFY(sent.contains(u"publish-options"));
        QVERIFY(sent.contains(u"whitelist"));
        QVERIFY(sent.contains(u"autojoin=\"false\""));
        QVERIFY(sent.contains(u">Me2</nick>") && !sent.contains(u">Me</nick>"));
        QVERIFY(sent.contains(u">pw2</password>") && !sent.contains(u">pw</password>"));
        QVERIFY(sent.contains(u"urn:other") && sent.contains(u"a=\"1\"") && sent.contains(u"later"));
        QVERIFY(sent.contains(u"urn:p"));
        f.answer(u" "_s);
        QVERIFY(put.result().ok());
        // The echo of it is no news.
        f.wire.receive(notice(
            u"<item id='room@muc.example.org'><conference xmlns='urn:xmpp:bookmarks:1' "
            "name='New &lt;Name&gt;' autojoin='false'><nick>Me2</nick><password>pw2</password></conference></item>"_s));
        QVERIFY(f.changed.isEmpty());
    }

    void readsBeforeItWrites()
    {
        Fixture f;
        const auto put = f.client.putBookmark({f.room, u"Name"_s, u"Me"_s, {}, true});
        QVERIFY(!f.lastRequest().contains(u"publish"));
        f.answer(items(theirs));
        QVERIFY(f.lastRequest().contains(u"urn:other"));
        f.answer(u" "_s);
        QVERIFY(put.result().ok());
    }

    void makesThePrivateNodeFirstIfItIsNot()
    {
        Fixture f;
        f.load({});
        const auto put = f.client.putBookmark({f.room, u"Name"_s, u"Me"_s, u"pw"_s, true});
        f.answer(error(u"conflict"_s));
        QVERIFY(f.lastRequest().contains(u"pubsub#owner") && f.lastRequest().contains(u"whitelist"));
        QVERIFY(!f.lastRequest().contains(u"pw"));
        f.answer(u" "_s);
        QVERIFY(f.lastRequest().contains(u"<publish") && !f.lastRequest().contains(u"publish-options"));
        f.answer(u" "_s);
        QVERIFY(put.result().ok());

        const auto refused = f.client.putBookmark({f.room, u"Name"_s, u"Me"_s, u"pw"_s, true});
        f.answer(error(u"conflict"_s));
        const auto count = f.wire.requests.size();
        f.answer(error(u"forbidden"_s));
        QCOMPARE(f.wire.requests.size(), count); // nothing is published where others could read it
        QVERIFY(!refused.result().ok());
    }

    void readsTheOldKinds()
    {
        const QString storage =
            u"<storage xmlns='storage:bookmarks'><conference jid='room@muc.example.org' name='Old' "
            "autojoin='true'><nick>Me</nick></conference><url url='x'/></storage>"_s;
        Fixture f;
        const auto private_ = f.client.bookmarks();
        f.answer(error(u"item-not-found"_s));
        f.answer(u"<query xmlns='jabber:iq:private'>%1</query>"_s.arg(storage));
        QCOMPARE(private_.result()->size(), 1);
        QCOMPARE(private_.result()->first().name, u"Old"_s);

        const auto node = f.client.bookmarks();
        f.answer(error(u"item-not-found"_s));
        f.answer(u"<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>"_s);
        f.answer(u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='storage:bookmarks'><item "
                 u"id='current'>%1"
                 "</item></items></pubsub>"_s.arg(storage));
        QCOMPARE(node.result()->size(), 1);

        const auto none = f.client.bookmarks();
        f.answer(error(u"item-not-found"_s));
        f.answer(error(u"service-unavailable"_s));
        f.answer(error(u"item-not-found"_s));
        QVERIFY(none.result().ok() && none.result()->isEmpty());
        QVERIFY(private_.result()->first().fromOldList && node.result()->first().fromOldList);

        // No answer is not an empty list.
        const auto late = f.client.bookmarks();
        f.answer(error(u"item-not-found"_s));
        f.answer(u"<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'/></query>"_s);
        f.answer(error(u"remote-server-timeout"_s));
        QVERIFY(!late.result().ok());
    }

    void removes()
    {
        Fixture f;
        f.load(QString(theirs).replace(u"room@muc"_s, u"Room@MUC"_s));
        const auto gone = f.client.removeBookmark(f.room);
        QVERIFY(f.lastRequest().contains(u"retract") && f.lastRequest().contains(u"notify=\"true\""));
        QVERIFY(f.lastRequest().contains(u"id=\"Room@MUC.example.org\"")); // as it was published
        f.wire.receive(notice(u"<retract id='Room@MUC.example.org'/>"_s));
        QVERIFY(f.removed.isEmpty());
        f.answer(error(u"item-not-found"_s));
        QVERIFY(gone.result().ok());
    }

    void followsMyOtherDevices()
    {
        Fixture f;
        f.load({});
        f.wire.receive(notice(theirs));
        QCOMPARE(f.changed.size(), 1);
        QCOMPARE(f.changed.first().first().value<Bookmark>().name, u"The Room"_s);
        f.wire.receive(notice(theirs, QString()));
        QCOMPARE(f.changed.size(), 1); // the same
        f.wire.receive(notice(u"<retract id='room@muc.example.org'/>"_s));
        QCOMPARE(f.removed.size(), 1);
    }

    void believesNoOneElse()
    {
        Fixture f;
        f.load(theirs);
        const QString other = QString(theirs).replace(u"The Room"_s, u"Evil"_s);
        for (const QString &from :
             {u"eve@example.org"_s, u"room@muc.example.org"_s, u"example.org"_s, u"me@example.org/there"_s}) {
            f.wire.receive(notice(other, from));
            f.wire.receive(notice(u"<retract id='room@muc.example.org'/>"_s, from));
        }
        f.wire.receive(notice(other, u"me@example.org"_s, u"urn:other"_s));
        QVERIFY(f.changed.isEmpty() && f.removed.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestBookmarkClient)
#include "tst_bookmarkclient.moc"
