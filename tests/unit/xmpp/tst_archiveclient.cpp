// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/xmpp/fakerooms.h"

#include <QTest>
#include <QTimeZone>

using namespace Mingle;
using namespace Qt::StringLiterals;

namespace {
/// The newest query that runs: its number and its query id.
std::pair<qsizetype, QString> running(const FakeWire &wire)
{
    const auto index = wire.pending(u"urn:xmpp:mam:2"_s);
    const auto query = index < 0 ? QDomElement() : wire.requests[index].iq.firstChildElement();
    return {index, query.attribute(u"queryid"_s)};
}

QString result(const QString &from, const QString &queryId, const QString &id, const QString &message,
               const QString &stamp = u"2026-11-22T10:00:00Z"_s)
{
    return u"<message %1><result xmlns='urn:xmpp:mam:2' queryid='%2' id='%3'><forwarded "
           u"xmlns='urn:xmpp:forward:0'>"
           "<delay xmlns='urn:xmpp:delay' stamp='%5'/>%4</forwarded></result></message>"_s.arg(
               from.isEmpty() ? QString() : u"from='%1'"_s.arg(from), queryId, id, message, stamp);
}

QString said(const QString &from, const QString &body, const QString &type = u"groupchat"_s,
             const QString &rest = {})
{
    return u"<message xmlns='jabber:client' type='%3' id='i' from='%1'><body>%2</body>%4</message>"_s.arg(
        from, body, type, rest);
}

QString fin(bool complete, const QString &first = {}, const QString &last = {})
{
    return u"<fin xmlns='urn:xmpp:mam:2' complete='%1'><set xmlns='http://jabber.org/protocol/rsm'>%2%3</set></fin>"_s
        .arg(complete ? u"true"_s : u"false"_s,
             first.isEmpty() ? QString() : u"<first>%1</first>"_s.arg(first),
             last.isEmpty() ? QString() : u"<last>%1</last>"_s.arg(last));
}

QList<QDomElement> recording(const QString &name)
{
    return FakeWire::recorded(QStringLiteral(MINGLE_TESTS "/unit/xmpp/data/rooms/%1.xml").arg(name));
}

/// Plays a recorded page with the query id of the query that runs.
void play(FakeRooms &f, const QString &name)
{
    const auto [index, queryId] = running(f.wire);
    for (QDomElement stanza : recording(name)) {
        if (stanza.localName() == u"iq") {
            f.wire.answer(index, FakeWire::toText(stanza.firstChildElement()));
            continue;
        }
        stanza.firstChildElement().setAttribute(u"queryid"_s, queryId);
        f.wire.receive(stanza);
    }
}
} // namespace

class TestArchiveClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForPages()
    {
        FakeRooms f;
        f.goLive();
        const auto xml = [&f](const ArchiveQuery &query) {
            const auto page = f.archive.fetch(query);
            const auto index = running(f.wire).first;
            const QString text = FakeWire::toText(f.wire.requests[index].iq);
            f.wire.answer(index, fin(true));
            if (const auto check = running(f.wire).first; check >= 0) f.wire.answer(check, fin(true));
            return text;
        };
        const Jid me = f.me.bare();
        QVERIFY(xml({me, ChatKind::Person, {}, {}, {}, 100}).contains(u"<before"));
        QVERIFY(!xml({me, ChatKind::Person, {}, {}, {}, 100}).contains(u" to="));
        QVERIFY(xml({f.mucRoom, ChatKind::Muc, u"x"_s, {}, {}, 100}).contains(u">x</before>"));
        QVERIFY(xml({f.mucRoom, ChatKind::Muc, {}, u"y"_s, {}, 9999}).contains(u">250</max>"));
        QVERIFY(xml({f.mucRoom, ChatKind::Muc, {}, u"y"_s, {}, 100}).contains(u">y</after>"));
        QVERIFY(xml({f.mucRoom,
                     ChatKind::Muc,
                     {},
                     {},
                     QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::UTC),
                     100})
                    .contains(u">2026-01-02T03:04:00.000Z</value>"));
        ArchiveQuery since{f.mucRoom, ChatKind::Muc, {}, {}, {}, 50};
        since.start = QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::UTC);
        const QString asked = xml(since);
        QVERIFY2(asked.contains(u"start") && asked.contains(u">2026-01-02T03:04:00.000Z</value>"),
                 qPrintable(asked));
        QVERIFY(!asked.contains(u"end") && asked.contains(u"<before"));
    }

    void queryIdsCannotBeGuessed()
    {
        FakeRooms f;
        f.goLive();
        QSet<QString> ids;
        for (int i = 0; i < 50; ++i) {
            const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
            const auto [index, id] = running(f.wire);
            QCOMPARE(id.size(), 32);
            ids.insert(id);
            f.wire.answer(index, fin(true));
        }
        QCOMPARE(ids.size(), 50);
    }

    void collectsAPage()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, u"z"_s, {}, {}, 10});
        const auto [index, q] = running(f.wire);
        const QString room = f.mucRoom.toString();
        const QString ada = u"<occupant-id xmlns='urn:xmpp:occupant-id:0' id='ada-id'/>"_s;
        f.wire.receive(result(
            room, q, u"1"_s,
            said(
                room + u"/Ada", u"one"_s, u"groupchat"_s,
                ada
                    + u"<stanza-id xmlns='urn:xmpp:sid:0' by='room@muc.example.org' id='FORGED'/>"
                      "<delay xmlns='urn:xmpp:delay' from='room@muc.example.org' stamp='2001-01-01T00:00:00Z'/>"_s)));
        f.wire.receive(result(
            room, q, u"2"_s, u"<message xmlns='jabber:client' type='groupchat' from='%1/Ada'/>"_s.arg(room)));
        f.wire.receive(result(room, q, u"3"_s, said(room + u"/Me", u"three"_s)));
        f.wire.answer(index, fin(false, u"1"_s, u"3"_s));
        QVERIFY(page.isFinished());
        const ArchivePage got = *page.result();
        QCOMPARE(got.count, 3);
        QCOMPARE(got.messages.size(), 2);
        QCOMPARE(got.firstId, u"1"_s);
        QCOMPARE(got.lastId, u"3"_s);
        QVERIFY(!got.complete);
        const auto &one = got.messages.first();
        QCOMPARE(one.route, IncomingMessage::Route::Archive);
        QCOMPARE(one.archiveId, u"1"_s);
        QCOMPARE(one.author.key, u"ada-id"_s);
        QCOMPARE(one.chat, f.mucRoom);
        QCOMPARE(one.time.date(), QDate(2026, 11, 22));
        QVERIFY(!got.messages.last().author.isMe); // who had this nick then, nobody knows
        QVERIFY(f.received.isEmpty()); // not for the router
    }

    void whatIsAskedAtTheDoorComesBehindTheAnswer_data()
    {
        QTest::addColumn<bool>("early");
        QTest::newRow("as a server does") << false;
        QTest::newRow("before I am in") << true;
    }
    void whatIsAskedAtTheDoorComesBehindTheAnswer()
    {
        QFETCH(bool, early);
        FakeRooms f;
        f.goLive();
        const auto joining = f.muc.join({f.mucRoom, u"Me"_s, {}, 20});
        ArchiveQuery query{f.mucRoom, ChatKind::Muc, {}, {}, {}, 10};
        query.entering = true;
        const auto page = f.archive.fetch(query);
        const auto [index, q] = running(f.wire);
        const QString room = f.mucRoom.toString();
        const auto enter = [&f] { f.wire.receive(f.occupant(u"Me"_s, u"my-id"_s, u"participant"_s, 110)); };
        if (!early) enter();
        f.wire.receive(result(room, q, u"1"_s, said(room + u"/Ada", u"one"_s)));
        if (early) enter(); // too late
        f.wire.answer(index, fin(true, u"1"_s, u"1"_s));
        QVERIFY(page.isFinished());
        QCOMPARE(page.result().ok(), !early);
        if (early) QCOMPARE(page.result().error().condition, u"too-early"_s);
    }

    void believesTheArchiveOnly()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
        const auto [index, q] = running(f.wire);
        const QString room = f.mucRoom.toString();
        const QString message = said(room + u"/Ada", u"lie"_s);
        for (const QString &from : {QString(), u"me@example.org"_s, u"other@muc.example.org"_s,
                                    QString(room + u"/Ada"), u"muc.example.org"_s, u"eve@example.org"_s})
            f.wire.receive(result(from, q, u"1"_s, message));
        f.wire.receive(result(room, u"unknown"_s, u"1"_s, message));
        f.wire.receive(result(room, QString(), u"1"_s, message));
        f.wire.receive(result(room, q, QString(), message)); // without an id it has no place
        f.wire.receive(result(room, q, u"2"_s, said(u"eve@example.org/x"_s, u"lie"_s)));
        f.wire.receive(
            result(room, q, u"3"_s, u"<forwarded xmlns='urn:xmpp:forward:0'>%1</forwarded>"_s.arg(message)));
        f.wire.answer(index, fin(true));
        QVERIFY(page.result()->messages.isEmpty());
        // The query has ended: nothing comes after it.
        f.wire.receive(result(room, q, u"4"_s, message));
        QVERIFY(f.received.isEmpty());
    }

    void oneArchiveCannotAnswerForAnother()
    {
        FakeRooms f;
        f.goLive();
        f.enterMix();
        const Jid other = Jid::trusted(u"other@mix.example.org");
        const auto pageA = f.archive.fetch({f.mixRoom, ChatKind::Mix, {}, {}, {}, 10});
        const auto [a, qa] = running(f.wire);
        const auto pageB = f.archive.fetch({other, ChatKind::Mix, {}, {}, {}, 10});
        const auto message = said(f.mixRoom.toString() + u"/p-ada", u"lie"_s);
        f.wire.receive(result(other.toString(), qa, u"1"_s, message));
        f.wire.answer(a, fin(true));
        QVERIFY(pageA.result()->messages.isEmpty());
    }

    void myArchiveIsMine()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        QCOMPARE(f.archive.fetch({Jid::trusted(u"bob@example.org"), ChatKind::Person, {}, {}, {}, 10})
                     .result()
                     .error()
                     .kind,
                 Error::Kind::InvalidAddress);
        const auto page = f.archive.fetch({f.me.bare(), ChatKind::Person, {}, {}, {}, 10});
        const auto [index, q] = running(f.wire);
        const auto add = [&](const QString &from, const QString &xml) {
            f.wire.receive(result(from, q, u"x"_s, xml));
        };
        add({},
            u"<message xmlns='jabber:client' type='chat' from='bob@example.org/x' to='me@example.org'><body>1</body></message>"_s);
        add(u"me@example.org"_s,
            u"<message xmlns='jabber:client' type='chat' from='me@example.org/x' to='bob@example.org'><body>2</body></message>"_s);
        add({},
            u"<message xmlns='jabber:client' type='chat' from='eve@example.org/x' to='bob@example.org'><body>not mine</body></message>"_s);
        add({},
            u"<message xmlns='jabber:client' type='chat' from='me@example.org/x' to='room@muc.example.org/Ada'><body>in private</body></message>"_s);
        add({}, said(u"room@muc.example.org/Ada"_s, u"groupchat"_s));
        add({}, said(u"bob@example.org/x"_s, u"error"_s, u"error"_s));
        f.wire.answer(index, fin(true));
        const auto messages = page.result()->messages;
        QCOMPARE(messages.size(), 3);
        for (const auto &m : messages.first(2))
            QCOMPARE(m.chat.toString(), u"bob@example.org"_s);
        QCOMPARE(messages[2].chat.toString(), u"room@muc.example.org/Ada"_s);
        QVERIFY(messages[2].author.isMe && messages[2].kind == ChatKind::Person);
        QVERIFY(!messages[0].author.isMe && messages[1].author.isMe);
    }

    void knowsAuthorsOfAChannel()
    {
        FakeRooms f;
        const QString later = std::exchange(f.participants, {});
        f.enterMix();
        const auto page = f.archive.fetch({f.mixRoom, ChatKind::Mix, {}, {}, {}, 10});
        const auto [index, q] = running(f.wire);
        const QString channel = f.mixRoom.toString();
        f.wire.receive(result(channel, q, u"1"_s, said(channel + u"/p-ada", u"a"_s)));
        f.wire.receive(result(
            channel, q, u"2"_s,
            said(
                channel, u"b"_s, u"groupchat"_s,
                u"<mix xmlns='urn:xmpp:mix:core:1'><nick>Ada</nick></mix>"_s))); // this server strips who it was
        f.wire.answer(index, fin(true, u"1"_s, u"2"_s));
        QVERIFY(!page.isFinished()); // its authors have no names yet
        f.wire.answer(
            f.wire.pending(u"nodes:participants"_s),
            u"<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:mix:nodes:participants'>%1</items></pubsub>"_s
                .arg(later));
        QVERIFY(page.isFinished());
        QCOMPARE(page.result()->messages[0].author.nick, u"Ada"_s);
        QCOMPARE(page.result()->messages[1].author, (Author{{}, {}, {}, false, false}));
    }

    void tombstonesTakeBackThemselves()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
        const auto [index, q] = running(f.wire);
        const QString room = f.mucRoom.toString();
        f.wire.receive(result(
            room, q, u"7"_s,
            u"<message xmlns='jabber:client' type='groupchat' from='%1/Ada'><retracted "
            u"xmlns='urn:xmpp:message-retract:1' "
            "id='r'><moderated xmlns='urn:xmpp:message-moderate:1'/></retracted></message>"_s.arg(room)));
        f.wire.answer(index, fin(true));
        const auto m = page.result()->messages.first();
        QCOMPARE(m.retracts, u"7"_s);
        QCOMPARE(m.archiveId, u"7"_s);
        QVERIFY(m.byModerator && m.body.isEmpty());
    }

    void anUnknownIdIsNotTheEnd_data()
    {
        QTest::addColumn<QString>("beforeId");
        QTest::addColumn<QString>("afterId");
        QTest::newRow("before") << u"x"_s << QString();
        QTest::newRow("after") << QString() << u"x"_s;
    }
    void anUnknownIdIsNotTheEnd()
    {
        QFETCH(QString, beforeId);
        QFETCH(QString, afterId);
        FakeRooms f;
        f.discoFeatures << u"urn:xmpp:mam:2#extended"_s;
        f.goLive();
        f.enterMuc();
        const ArchiveQuery query{f.mucRoom, ChatKind::Muc, beforeId, afterId, {}, 10};
        const QString room = f.mucRoom.toString();
        { // prosody's answer for an id it does not have
            const auto page = f.archive.fetch(query);
            f.wire.answer(running(f.wire).first, fin(true));
            QVERIFY(!page.isFinished());
            f.wire.answer(running(f.wire).first, fin(true));
            QCOMPARE(page.result().error().kind, Error::Kind::NotFound);
            QCOMPARE(page.result().error().condition, u"item-not-found"_s);
        }
        { // the id exists: it is the end
            const auto page = f.archive.fetch(query);
            f.wire.answer(running(f.wire).first, fin(true));
            const auto [check, q] = running(f.wire);
            f.wire.receive(result(u"eve@example.org"_s, q, u"other"_s, said(room + u"/Ada", u"a"_s)));
            f.wire.receive(result(room, q, u"x"_s, said(room + u"/Ada", u"a"_s)));
            f.wire.answer(check, fin(true));
            QVERIFY(page.result().ok() && page.result()->complete && page.result()->messages.isEmpty());
        }
        { // ejabberd cannot be asked
            const auto page = f.archive.fetch(query);
            f.wire.answer(running(f.wire).first, fin(true));
            f.wire.answer(
                running(f.wire).first,
                u"<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s);
            QVERIFY(page.result().ok());
            const auto again = f.archive.fetch(query);
            f.wire.answer(running(f.wire).first, fin(true));
            QVERIFY(again.isFinished()); // and is not asked twice
        }
    }

    void errorsAndEnds()
    {
        FakeRooms f;
        QCOMPARE(f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10}).result().error().kind,
                 Error::Kind::ConnectionLost);
        f.goLive();
        const auto notFound = f.archive.fetch({f.mucRoom, ChatKind::Muc, u"x"_s, {}, {}, 10});
        f.wire.answer(
            running(f.wire).first,
            u"<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"_s);
        QCOMPARE(notFound.result().error().kind, Error::Kind::NotFound);
        const auto odd = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
        f.wire.answer(running(f.wire).first, u"<other/>"_s);
        QCOMPARE(odd.result().error().kind, Error::Kind::Unsupported);
        const auto lost = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
        f.wire.end();
        QCOMPARE(lost.result().error().kind, Error::Kind::ConnectionLost);
    }

    void boundsAPage()
    {
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 10});
        const auto [index, q] = running(f.wire);
        const QString room = f.mucRoom.toString();
        for (int i = 0; i < 400; ++i)
            f.wire.receive(result(room, q, QString::number(i), said(room + u"/Ada", u"x"_s)));
        f.wire.answer(index, fin(false));
        QCOMPARE(page.result()->count, 250);

        const auto heavy = f.archive.fetch({f.mucRoom, ChatKind::Muc, {}, {}, {}, 250});
        const auto [index2, q2] = running(f.wire);
        const QString body(200'000, u'x');
        for (int i = 0; i < 100; ++i)
            f.wire.receive(result(room, q2, QString::number(i), said(room + u"/Ada", body)));
        f.wire.answer(index2, fin(false));
        QVERIFY(heavy.result()->count < 60);
    }

    void cutsAPageWhereTheNextOneBegins_data()
    {
        QTest::addColumn<bool>("forward");
        QTest::addColumn<int>("sent");
        QTest::addColumn<QString>("body");
        for (const bool forward : {false, true}) {
            const char *way = forward ? "forward" : "backward";
            QTest::addRow("heavy, %s", way) << forward << 100 << QString(200'000, u'x');
            QTest::addRow("many, %s", way) << forward << 400 << u"x"_s;
            QTest::addRow("no text, %s", way) << forward << 400 << QString();
        }
    }
    void cutsAPageWhereTheNextOneBegins()
    {
        // Else anybody could hide what others say: by a handful of long messages before it.
        QFETCH(bool, forward);
        QFETCH(int, sent);
        QFETCH(QString, body);
        FakeRooms f;
        f.goLive();
        f.enterMuc();
        const QString room = f.mucRoom.toString();
        const QString before = forward ? QString() : u"z"_s, after = forward ? u"a"_s : QString();
        const auto page = f.archive.fetch({f.mucRoom, ChatKind::Muc, before, after, {}, 250});
        const auto [index, q] = running(f.wire);
        for (int i = 0; i < sent; ++i)
            f.wire.receive(result(room, q, QString::number(i), said(room + u"/Ada", body)));
        f.wire.answer(index, fin(true, u"0"_s, QString::number(sent - 1)));
        QVERIFY(page.result().ok());
        const ArchivePage got = *page.result();
        QVERIFY(got.count > 30 && got.count < sent);
        QVERIFY(!got.complete);
        const int first = forward ? 0 : sent - got.count;
        QCOMPARE(got.firstId, QString::number(first));
        QCOMPARE(got.lastId, QString::number(first + got.count - 1));
        QCOMPARE(got.messages.size(), body.isEmpty() ? 0 : got.count);
        for (qsizetype i = 0; i < got.messages.size(); ++i)
            QCOMPARE(got.messages[i].archiveId, QString::number(first + i));
    }

    void recordedMix()
    {
        FakeRooms f(u"alice@chat.test/a"_s);
        f.rosterItems = u"<item jid='room1@mix.chat.test'><channel xmlns='urn:xmpp:mix:roster:0' "
                        "participant-id='82555007062c2f68ca63'/></item>"_s;
        f.participants = f.participant(u"82555007062c2f68ca63"_s, u"Ada"_s, u"alice@chat.test"_s)
                         + f.participant(u"b5b6381ca2ef81cab58b"_s, u"Bob"_s, u"bob@chat.test"_s);
        f.goLive();
        const auto page =
            f.archive.fetch({Jid::trusted(u"room1@mix.chat.test"), ChatKind::Mix, {}, {}, {}, 2});
        play(f, u"ejabberd-mix-archive"_s);
        const auto got = *page.result();
        QCOMPARE(got.messages.size(), 2);
        QVERIFY(!got.complete);
        QVERIFY(got.messages[0].author.isMe);
        QCOMPARE(got.messages[1].author.nick, u"Bob"_s);
        QCOMPARE(got.messages[1].archiveId, u"1795354313634022"_s);
        QCOMPARE(got.messages[1].time.date().year(), 2026);
        QVERIFY(f.mix.channel(Jid::trusted(u"room1@mix.chat.test"))->idsAreOfArchive());
    }

    void recordedMuc_data()
    {
        QTest::addColumn<QString>("server");
        QTest::newRow("ejabberd") << u"ejabberd"_s;
        QTest::newRow("prosody") << u"prosody"_s;
    }
    void recordedMuc()
    {
        QFETCH(QString, server);
        FakeRooms f(u"alice@chat.test/a"_s);
        f.goLive();
        const Jid room = Jid::trusted(u"new@conference.chat.test");
        const auto joining = f.muc.join({room, u"Ada"_s, {}, 0});
        auto presences = recording(server + u"-muc-presence"_s);
        for (qsizetype i = 0; i < presences.size() && !f.muc.isJoined(room); ++i)
            f.wire.receive(presences[i]);
        const auto page = f.archive.fetch({room, ChatKind::Muc, {}, {}, {}, 20});
        play(f, server + u"-muc-archive"_s);
        const auto got = *page.result();
        QVERIFY(got.complete);
        QVERIFY(got.messages.size() >= 2);
        QVERIFY(got.messages[0].author.isMe && !got.messages[1].author.isMe);
        QCOMPARE(got.messages[1].time.date().year(), 2026);
        for (const auto &m : got.messages)
            QVERIFY(m.archiveId != u"FORGED" && !m.archiveId.isEmpty());
        if (server == u"ejabberd") QCOMPARE(got.messages[1].author.address.toString(), u"bob@chat.test"_s);
    }

    void recordedPerson_data() { recordedMuc_data(); }
    void recordedPerson()
    {
        QFETCH(QString, server);
        FakeRooms f(u"alice@chat.test/a"_s);
        f.goLive();
        const auto entered = f.muc.join({Jid::trusted(u"new@conference.chat.test"), u"Ada"_s, {}, 0});
        const auto page = f.archive.fetch({f.me.bare(), ChatKind::Person, {}, {}, {}, 20});
        play(f, server + u"-person-archive"_s);
        const auto got = *page.result();
        QCOMPARE(got.count, 3);
        QCOMPARE(got.messages.size(), 3);
        QList<bool> mine; // of the talk with Bob, in order
        for (const auto &m : got.messages) {
            // One was said in private in a room.
            const bool inRoom = m.chat.bare().toString() == u"new@conference.chat.test";
            QCOMPARE(inRoom, !m.chat.isBare());
            if (!inRoom) {
                QCOMPARE(m.chat.toString(), u"bob@chat.test"_s);
                mine.append(m.author.isMe);
            }
            QVERIFY(m.archiveId != u"FORGED");
            QCOMPARE(m.time.date().year(), 2026);
        }
        QCOMPARE(mine, (QList{true, false}));
    }
};

QTEST_GUILESS_MAIN(TestArchiveClient)
#include "tst_archiveclient.moc"
