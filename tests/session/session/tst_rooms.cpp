// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/rejoiner.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Rooms stay: neither a lost answer nor a service that restarts takes one away, and only another device does.
class RoomsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bookmarkThatDidNotArriveIsPublishedAgain();
    void bookmarkSeenOnceMayBeRemovedElsewhere();
    void withoutAutojoinItIsLeftOnAll();
    void nickChosenElsewhereIsTold();
    void oldBookmarksAreTakenOver();
    void channelNotListedYetIsNoChannelLeft();
    void channelLeftElsewhereIsGone();
    void theTwinOfARoomIsThatRoom();
    void unsentOfALeftRoomDoesNotGoOutLater();
    void delaysGrowAndAreJittered();
    void whatPassesIsTriedAgainInSilence_data();
    void whatPassesIsTriedAgainInSilence();
    void whatLastsIsTold();
    void refusalsStay_data();
    void refusalsStay();
    void nickHeldByAGhost();
    void resumingHurries();
    void whatWasSaidWhileOutIsMissed();

private:
    static void reconnect(SessionFixture &f);
    static void login(SessionFixture &f);
};

void RoomsTest::login(SessionFixture &f)
{
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_VERIFY(f.server.asked.size() >= 2 && !f.status().catchingUp);
}

void RoomsTest::reconnect(SessionFixture &f)
{
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void RoomsTest::bookmarkThatDidNotArriveIsPublishedAgain()
{
    SessionFixture f;
    f.server.losePutBookmark = {Error::Kind::ConnectionLost, {}, {}};
    login(f);
    QVERIFY(f.server.bookmarks.isEmpty());
    f.restartProgram();
    f.server.losePutBookmark = {};
    (void)f.accounts->load().result();
    QTRY_COMPARE(f.server.bookmarks.size(), 1);
    QCOMPARE(f.server.bookmarks.first().name, u"Design"_s);
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QTRY_VERIFY(f.stored(f.muc).listed);
}

void RoomsTest::bookmarkSeenOnceMayBeRemovedElsewhere()
{
    SessionFixture f;
    f.server.losePutBookmark = {Error::Kind::Timeout, {}, {}};
    login(f);
    QVERIFY(!f.stored(f.muc).listed);
    f.server.bookmarks.append(
        {f.muc, u"Design"_s, u"alice"_s, {}, true}); // it did arrive, the answer did not
    reconnect(f);
    QTRY_VERIFY(f.stored(f.muc).listed);
    f.server.bookmarks.clear();
    reconnect(f);
    QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
    QVERIFY(f.server.bookmarks.isEmpty());
}

void RoomsTest::nickChosenElsewhereIsTold()
{
    SessionFixture f;
    login(f);
    QTRY_COMPARE(f.server.bookmarks.size(), 1);
    const QString former = f.stored(f.muc).nick;
    const auto choose = [&f](const QString &nick) {
        f.server.run([&] {
            f.server.bookmarks.first().nick = nick;
            Q_EMIT f.server.connection->bookmarkChanged(f.server.bookmarks.first());
        });
    };
    const auto told = [&f] {
        QStringList lines;
        f.server.run([&] { lines = f.server.controls.asked; });
        return lines;
    };
    choose(u"Alix"_s);
    QTRY_COMPARE(told(), QStringList{u"nick %1 Alix"_s.arg(f.muc.toString())});
    QTRY_COMPARE(f.stored(f.muc).nick, u"Alix"_s);
    choose(u"Alix"_s); // nothing new
    f.server.run([&] { f.server.controls.refuse = Error{Error::Kind::Refused, u"conflict"_s, {}}; });
    choose(u"Taken"_s);
    QTRY_COMPARE(told().size(), 2);
    QTRY_COMPARE(f.stored(f.muc).nick, u"Alix"_s); // I am called that still
    QVERIFY(former != u"Alix");
}

// XEP-0402 4: so do other clients leave. It stays in the list, and who enters it here is there on all again.
void RoomsTest::withoutAutojoinItIsLeftOnAll()
{
    SessionFixture f;
    login(f);
    QTRY_COMPARE(f.server.bookmarks.size(), 1);
    const auto joined = [&f] {
        bool is = false;
        f.server.run([&] { is = f.server.connection->driver(ChatKind::Muc)->isJoined(f.muc); });
        return is;
    };
    QVERIFY(joined());
    Bookmark out = f.server.bookmarks.first();
    out.autojoin = false;
    f.server.run([&] {
        f.server.bookmarks = {out};
        Q_EMIT f.server.connection->bookmarkChanged(out);
    });
    QTRY_COMPARE(f.state(f.muc).membership, Membership::NotJoined);
    QVERIFY(!joined());
    QTRY_VERIFY(!f.stored(f.muc).autojoin);
    reconnect(f); // nor does it come back by itself
    QVERIFY(!joined());
    f.accounts->rejoin(f.chat(f.muc));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QTRY_VERIFY(f.server.bookmarks.first().autojoin);
}

void RoomsTest::oldBookmarksAreTakenOver()
{
    SessionFixture f;
    f.server.bookmarks.append({f.muc, u"Design"_s, u"alice"_s, {}, true, true});
    QVERIFY(f.logIn().ok());
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QTRY_VERIFY(f.stored(f.muc).listed);
    QCOMPARE(f.server.bookmarks.size(), 1);
    QVERIFY(!f.server.bookmarks.first().fromOldList);
}

void RoomsTest::channelNotListedYetIsNoChannelLeft()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok());
    f.server.run([&] { f.server.roster.clear(); }); // it is not there yet
    reconnect(f);
    QTRY_COMPARE(f.server.joins.count(f.mix), 2);
    QTRY_COMPARE(f.state(f.mix).membership, Membership::Joined);
    QVERIFY(!f.stored(f.mix).id.isEmpty());
}

void RoomsTest::theTwinOfARoomIsThatRoom()
{
    SessionFixture f;
    login(f);
    const Jid twin = Jid::trusted(u"design@mix.chat.test");
    QCOMPARE(twin.local(), f.muc.local());
    RoomCard card = publicRoom(twin, ChatKind::Mix, u"Design"_s);
    f.server.rooms.insert(twin, card);
    // Called alike, and no more than that.
    const auto other = f.accounts->joinRoom(f.me, twin).result();
    QCOMPARE(other->address, twin);
    QVERIFY(f.accounts->leaveRoom(f.chat(twin)).result().ok());
    QTRY_VERIFY(f.stored(twin).id.isEmpty());
    card.twin = f.muc;
    f.server.rooms.insert(twin, card);
    const auto joins = f.server.joins.size();
    const auto same = f.accounts->joinRoom(f.me, twin).result();
    QCOMPARE(same->address, f.muc);
    QCOMPARE(f.server.joins.size(), joins);
    QVERIFY(f.stored(twin).id.isEmpty());
}

void RoomsTest::channelLeftElsewhereIsGone()
{
    SessionFixture f;
    f.server.roster.append({f.mix, u"Release"_s, false, false, true, u"p-me"_s});
    QVERIFY(f.logIn().ok());
    QTRY_VERIFY(f.stored(f.mix).listed);
    f.server.roster.clear();
    reconnect(f);
    QTRY_VERIFY(f.stored(f.mix).id.isEmpty());
    QVERIFY(f.server.joins.isEmpty());
}

void RoomsTest::unsentOfALeftRoomDoesNotGoOutLater()
{
    SessionFixture f;
    login(f);
    QTRY_VERIFY(f.stored(f.muc).listed);
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"see you there"_s).result().ok());
    f.server.bookmarks.clear();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
    const qsizetype sent = f.server.sent.size();
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    QCOMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Failed);
    QTest::qWait(20);
    QCOMPARE(f.server.sent.size(), sent);
}

void RoomsTest::delaysGrowAndAreJittered()
{
    using namespace std::chrono_literals;
    for (const double random : {0.0, 0.5, 0.999}) {
        auto last = 0ms;
        for (int tries = 1; tries < 40; ++tries) {
            const auto delay = Rejoiner::delay(tries, random);
            QVERIFY(delay >= 1s && delay <= 2min && delay >= last);
            last = delay;
        }
        QVERIFY(last >= 1min);
        QVERIFY(Rejoiner::delay(1, random) <= 2s);
    }
    QVERIFY(Rejoiner::delay(1, 0.1) != Rejoiner::delay(1, 0.9));
}

void RoomsTest::whatPassesIsTriedAgainInSilence_data()
{
    QTest::addColumn<Error>("reason");
    QTest::newRow("timeout") << Error{Error::Kind::Timeout, {}, {}};
    QTest::newRow("restart") << Error{Error::Kind::ServerShutdown, u"room-shutdown"_s, {}};
    QTest::newRow("ghost") << Error{Error::Kind::ConnectionLost, u"room-left"_s, {}};
    QTest::newRow("s2s") << Error{Error::Kind::Timeout, u"remote-server-timeout"_s, {}};
    QTest::newRow("s2s, prosody") << Error{Error::Kind::NotFound, u"remote-server-not-found"_s, {}};
}

void RoomsTest::whatPassesIsTriedAgainInSilence()
{
    QFETCH(Error, reason);
    SessionFixture f;
    login(f);
    QList<ChatState> seen;
    QObject context;
    QObject::connect(f.accounts.get(), &Accounts::chatStateChanged, &context,
                     [&](const ChatId &, const ChatState &state) { seen.append(state); });
    f.server.refuseJoin = reason;
    f.server.putOut(f.muc, ChatKind::Muc, reason);
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joining);
    for (int tries = 2; tries < 5; ++tries) {
        QTRY_VERIFY(f.clock.isWaiting());
        f.clock.advance(std::chrono::seconds(20));
        QTRY_COMPARE(f.server.joins.count(f.muc), tries);
    }
    f.server.refuseJoin = {};
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(20));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    for (const ChatState &state : std::as_const(seen))
        QVERIFY(!state.failure && state.membership != Membership::Failed);
    QVERIFY(!f.clock.isWaiting());
}

void RoomsTest::whatLastsIsTold()
{
    SessionFixture f;
    login(f);
    f.server.refuseJoin = {Error::Kind::Timeout, {}, {}};
    f.server.putOut(f.muc, ChatKind::Muc, f.server.refuseJoin);
    for (int tries = 2; tries < 20; ++tries) {
        QTRY_VERIFY(f.clock.isWaiting());
        f.clock.advance(std::chrono::minutes(2));
        QTRY_COMPARE(f.server.joins.count(f.muc), tries);
    }
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Failed);
    QCOMPARE(f.state(f.muc).failure.kind, Error::Kind::Timeout);
    f.server.refuseJoin = {};
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(2));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
}

void RoomsTest::refusalsStay_data()
{
    QTest::addColumn<Error>("reason");
    for (const char16_t *condition :
         {u"forbidden", u"registration-required", u"not-authorized", u"not-allowed", u"kicked"})
        QTest::addRow("%s", qPrintable(QString::fromUtf16(condition)))
            << Error{Error::Kind::Refused, QString::fromUtf16(condition), {}};
    QTest::newRow("gone") << Error{Error::Kind::NotFound, u"gone"_s, {}};
    QTest::newRow("not found") << Error{Error::Kind::NotFound, u"item-not-found"_s, {}};
}

void RoomsTest::refusalsStay()
{
    QFETCH(Error, reason);
    SessionFixture f;
    login(f);
    f.server.putOut(f.muc, ChatKind::Muc, reason);
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Failed);
    QCOMPARE(f.state(f.muc).failure, reason);
    QVERIFY(!f.clock.isWaiting());
    QCOMPARE(f.server.joins.size(), 1);
}

/// An earlier session of mine that the server has not given up yet, and that the room takes for somebody else.
void RoomsTest::nickHeldByAGhost()
{
    SessionFixture f;
    login(f);
    f.server.refuseJoin = {Error::Kind::Refused, u"conflict"_s, {}};
    reconnect(f);
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Failed);
    QTRY_VERIFY(f.clock.isWaiting());
    f.server.refuseJoin = {};
    f.clock.advance(std::chrono::minutes(2));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    // If it is somebody else it stays his.
    f.server.refuseJoin = {Error::Kind::Refused, u"conflict"_s, {}};
    reconnect(f);
    const auto waiting = [&f] { return f.clock.isWaiting(); };
    for (int i = 0; i < 20 && QTest::qWaitFor(waiting, 100); ++i)
        f.clock.advance(std::chrono::minutes(2));
    QVERIFY(!f.clock.isWaiting());
    QCOMPARE(f.state(f.muc).failure.condition, u"conflict"_s);
}

void RoomsTest::resumingHurries()
{
    SessionFixture f;
    login(f);
    f.server.resumable = true;
    f.server.refuseJoin = {Error::Kind::Timeout, {}, {}};
    f.server.putOut(f.muc, ChatKind::Muc, f.server.refuseJoin);
    for (int tries = 2; tries < 10; ++tries) {
        QTRY_VERIFY(f.clock.isWaiting());
        f.clock.advance(std::chrono::minutes(2));
        QTRY_COMPARE(f.server.joins.count(f.muc), tries);
    }
    f.server.refuseJoin = {};
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    f.clock.advance(std::chrono::seconds(2));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
}

/// The first that is said after coming back does not prove that nothing was said before.
void RoomsTest::whatWasSaidWhileOutIsMissed()
{
    SessionFixture f;
    login(f);
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    f.server.archivePagesUntilFailure = 0; // so that the page after coming back does not come either
    f.server.putOut(f.muc, ChatKind::Muc, {Error::Kind::ConnectionLost, u"room-left"_s, {}});
    for (int i = 0; i < 3'000; ++i)
        f.server.archives[f.muc].append(
            f.server.archived(f.fromRoom(f.muc, u"Ada"_s, u"missed %1"_s.arg(i))));
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(2));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QTRY_VERIFY(!f.status().catchingUp);
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"after"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 2);
    const MessagePage page = f.history->newest(f.chat(f.muc), 100).result().value();
    QCOMPARE(page.seamsAfter, QList<qint64>{page.messages.first().row});
    f.server.archivePagesUntilFailure = -1;
    QVERIFY(f.accounts->fetchOlder(f.chat(f.muc), page.seamsAfter.first()).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 3'002);
    const QStringList bodies = f.bodies(f.chat(f.muc));
    QCOMPARE(bodies.first(), u"before"_s);
    QCOMPARE(bodies.at(1), u"missed 0"_s);
    QCOMPARE(bodies.last(), u"after"_s);
    QVERIFY(f.history->newest(f.chat(f.muc), 100).result()->seamsAfter.isEmpty());
}

QTEST_GUILESS_MAIN(RoomsTest)
#include "tst_rooms.moc"
