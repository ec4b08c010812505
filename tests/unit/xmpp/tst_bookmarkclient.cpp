// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakewire.h"
#include "xmpp/bookmarkclient.h"
#include "xmpp/dom.h"

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
        const auto put =
            f.client.putBookmark({f.room, u"New <Name>"_s, u"Me2"_s, u"pw2"_s, false, false, u"The Room"_s});
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

    void aNameIsTheRoomsOrMine()
    {
        Fixture f;
        QSignalSpy news(&f.client, &BookmarkClient::preferenceChanged);
        f.load(theirs);
        // What somebody has chosen stays when the room is entered; a copy of what the room was called does not.
        (void)f.client.putBookmark({f.room, u"Renamed"_s, {}, {}, true, false, u"Another"_s});
        QVERIFY(f.lastRequest().contains(u"name=\"The Room\""));
        (void)f.client.putBookmark({f.room, u"Renamed"_s, {}, {}, true, false, u"The Room"_s});
        QVERIFY(f.lastRequest().contains(u"name=\"Renamed\""));
        QCOMPARE(news.last().first().value<KeptPreference>().preference.name, u"Renamed"_s);
        Chat chat;
        chat.id.address = f.room;
        chat.kind = ChatKind::Muc;
        chat.name = u"Renamed"_s;
        chat.ownName = u"Mine & <only>"_s;
        (void)f.client.putPreference(chat, PreferencePart::Name);
        QVERIFY(f.lastRequest().contains(u"name=\"Mine &amp; &lt;only"));
        QVERIFY(f.lastRequest().contains(u">pw</password>") && f.lastRequest().contains(u"later"));
        chat.ownName.clear();
        (void)f.client.putPreference(chat, PreferencePart::Name);
        QVERIFY(f.lastRequest().contains(u"name=\"Renamed\""));
    }

    void leavesWhatItDoesNotKnow()
    {
        Fixture f;
        f.load(QString(theirs).replace(u"autojoin='1'"_s, u"autojoin='1' later='2'"_s));
        // As after a restart: nobody here knows the password any more.
        (void)f.client.putBookmark({f.room, {}, {}, {}, true});
        const QString sent = f.lastRequest();
        QVERIFY(sent.contains(u">pw</password>") && sent.contains(u"The Room")
                && sent.contains(u">Me</nick>"));
        QVERIFY(sent.contains(u"later=\"2\""));
        // Nested and in namespaces of their own: the same elements, whoever writes the prefixes.
        const auto in = [](const QDomElement &e) {
            return e.elementsByTagNameNS(u"urn:xmpp:bookmarks:1"_s, u"extensions"_s).item(0).toElement();
        };
        const QDomElement before = FakeWire::parse(u"<iq>%1</iq>"_s.arg(theirs).toUtf8());
        QVERIFY(Dom::isSame(in(before), in(f.wire.requests.last().iq)));
    }

    void putsPreferencesIntoTheBookmark()
    {
        Fixture f;
        QSignalSpy read(&f.client, &BookmarkClient::preferencesRead);
        QSignalSpy news(&f.client, &BookmarkClient::preferenceChanged);
        f.load(theirs);
        QCOMPARE(read.size(), 1);
        Chat chat;
        chat.id.address = f.room;
        chat.kind = ChatKind::Muc;
        chat.pinned = true;
        chat.rank = 70;
        chat.notify = NotifyWhen::Never;
        const auto put = f.client.putPreference(chat, PreferencePart::Favourite);
        QString sent = f.lastRequest();
        QVERIFY(sent.contains(u"<pinned xmlns=\"urn:xmpp:bookmarks-pinning:0\"")
                && sent.contains(u"rank=\"70\""));
        QVERIFY(!sent.contains(u"notification-settings") && sent.contains(u"urn:other")
                && sent.contains(u"later"));
        QVERIFY(sent.contains(u">pw</password>") && sent.contains(u"autojoin=\"1\""));
        (void)f.client.putPreference(chat, PreferencePart::Notify);
        sent = f.lastRequest();
        QVERIFY(sent.contains(u"pinned") && sent.contains(u"<never"));
        QCOMPARE(news.last().first().value<KeptPreference>().preference,
                 ChatPreference(NotifyWhen::Never, true, 70, u"The Room"_s));
        // Another device, and only that part: the bookmark is as it was.
        f.wire.receive(notice(QString(theirs).replace(
            u"<extensions>"_s, u"<extensions><pinned xmlns='urn:xmpp:bookmarks-pinning:0'/>"_s)));
        QVERIFY(f.changed.isEmpty());
        // A room without a bookmark gets none by this: others would enter it.
        chat.id.address = Jid::trusted(u"other@muc.example.org");
        const auto count = f.wire.requests.size();
        QCOMPARE(f.client.putPreference(chat, allPreferences).result().error().kind, Error::Kind::NotFound);
        QCOMPARE(f.wire.requests.size(), count);
    }

    void carriesTheOldListOver()
    {
        const QString storage =
            u"<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'><conference "
            u"jid='room@muc.example.org' "
            "name='Old' autojoin='true'><nick>Me</nick><password>pw</password><minimize "
            "xmlns='urn:client'>1<a/>"
            "</minimize></conference><conference jid='Room@MUC.example.org' name='Twice'/>"
            "<conference jid='@@'/></storage></query>"_s;
        Fixture f;
        const auto list = f.client.bookmarks();
        f.answer(error(u"item-not-found"_s));
        f.answer(storage);
        QCOMPARE(list.result()->size(), 1);
        (void)f.client.putBookmark({f.room, u"Old"_s, u"Me"_s, {}, true});
        QString sent = f.lastRequest();
        QVERIFY(sent.contains(u">pw</password>") && sent.contains(u"urn:client")
                && sent.contains(u"<extensions"));
        QVERIFY(!sent.contains(u"storage:bookmarks"));

        // Cut short by the end of the program: there is a node by now, and this one is not in it.
        Fixture later;
        later.load(u"<item id='first@muc.example.org'><conference xmlns='urn:xmpp:bookmarks:1'/></item>"_s);
        (void)later.client.putBookmark({later.room, u"Old"_s, u"Me"_s, {}, true, true});
        later.answer(storage);
        sent = later.lastRequest();
        QVERIFY(sent.contains(u">pw</password>") && sent.contains(u"urn:client"));
    }

    void oneRoomInTwoSpellings()
    {
        Fixture f;
        const QString twice =
            QString(theirs).replace(u"room@muc"_s, u"Room@MUC"_s).replace(u"The Room"_s, u"Twin"_s);
        QCOMPARE(f.load(theirs + twice).size(), 1);
        f.wire.receive(notice(QString(twice).replace(u"Twin"_s, u"Other"_s)));
        f.wire.receive(notice(u"<retract id='Room@MUC.example.org'/>"_s));
        QVERIFY(f.changed.isEmpty() && f.removed.isEmpty());
    }

    void thousandsAndHugeNames()
    {
        Fixture f;
        QString many;
        for (int i = 0; i < 5200; ++i)
            many +=
                u"<item id='r%1@muc.example.org'><conference xmlns='urn:xmpp:bookmarks:1' name='%2'/></item>"_s
                    .arg(QString::number(i), QString(i ? 10 : 100'000, u'n'));
        const auto list = f.load(many);
        QCOMPARE(list.size(), 5000);
        for (const Bookmark &bookmark : list)
            QVERIFY(bookmark.name.size() <= 1024);
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
