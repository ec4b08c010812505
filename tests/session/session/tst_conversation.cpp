// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Talking through a whole session: rooms, people, what is sent and what becomes of it.
class ConversationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addingKeepsThePassword();
    void addingWithoutKeychainSaysSo();
    void refusedLoginKeepsNothing();
    void roomsComeBackAfterARestart();
    void leftElsewhereIsGone();
    void sentIsWaitingThenSentThenArchived();
    void oneToOneGetsItsArchiveIdByLookingItUp();
    void writtenOfflineIsSentOnce();
    void lostAcknowledgementIsNotSentTwice();
    void whatTheRoomNeverGotIsSentAgain_data();
    void whatTheRoomNeverGotIsSentAgain();
    void refusedMessageSaysWhyAndCanBeTriedAgain();
    void waitingCanBeTakenBack();
    void emptyAndHugeAreRefused();
    void ownMessageTakesItsPlaceInArchiveOrder();
    void strangersErrorChangesNothing();
    void bouncedAfterItWasArchived_data();
    void bouncedAfterItWasArchived();
    void bouncedBeforeItWasArchived();
};

void ConversationTest::addingKeepsThePassword()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QCOMPARE(f.status().state, ConnectionStatus::State::Live);
    QCOMPARE(f.secrets.secret(u"password/alice@chat.test"_s), QByteArray("secret"));
    f.restartProgram();
    QCOMPARE(f.accounts->load().result()->size(), 1);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConversationTest::addingWithoutKeychainSaysSo()
{
    SessionFixture f;
    f.secrets.setAvailable(false);
    QCOMPARE(f.logIn().error().kind, Error::Kind::NoKeychain);
    QCOMPARE(f.status().state, ConnectionStatus::State::Live);
    f.restartProgram();
    QCOMPARE(f.accounts->load().result()->size(), 1);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::NeedsPassword);
    f.accounts->setPassword(f.me, "secret", true);
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
}

void ConversationTest::refusedLoginKeepsNothing()
{
    SessionFixture f;
    f.server.password = "other";
    QCOMPARE(f.logIn().error().kind, Error::Kind::WrongPassword);
    QVERIFY(f.secrets.secret(u"password/alice@chat.test"_s).isEmpty());
    QVERIFY(f.accounts->list().result()->isEmpty());
    f.server.password.clear();
    QVERIFY(f.logIn().ok());
}

void ConversationTest::roomsComeBackAfterARestart()
{
    SessionFixture f;
    f.server.members.insert(f.muc, {{u"key-Ada"_s, u"Ada"_s, {}, Standing::Owner, true, true, false}});
    QVERIFY(f.logIn().ok());
    QCOMPARE(f.accounts->joinRoom(f.me, f.muc).result().value(), f.chat(f.muc));
    QTRY_COMPARE(f.history->participants(f.chat(f.muc)).result()->size(), 1);
    QCOMPARE(f.server.bookmarks.size(), 1);
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"hello"_s));
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), QStringList{u"hello"_s});

    f.restartProgram();
    QCOMPARE(f.bodies(f.chat(f.muc)), QStringList{u"hello"_s}); // offline, before anything is loaded
    (void)f.accounts->load().result();
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QCOMPARE(f.stored(f.muc).title(), u"Design"_s);
}

void ConversationTest::leftElsewhereIsGone()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.endProgram();
    f.server.bookmarks.clear();
    f.startProgram();
    (void)f.accounts->load().result();
    QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
}

void ConversationTest::sentIsWaitingThenSentThenArchived()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.members[f.muc] = {{u"p-me"_s, u"me"_s, {}, Standing::Member, true, true, true}};
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.acknowledge = false;
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"hi"_s).result().ok());
    QCOMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Waiting);
    // The author it will have when it comes back: its colour does not change then.
    QCOMPARE(f.messages(f.chat(f.muc)).first().author.key, u"p-me"_s);
    f.server.reflect = false;
    QTRY_VERIFY([&] {
        f.server.acknowledgeAll();
        return f.server.sent.size() == 1;
    }());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Sent);
    IncomingMessage reflected = f.server.archives.value(f.muc).last();
    f.server.run([&] { Q_EMIT f.server.connection->messageReceived(reflected); });
    QTRY_COMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Archived);
    QCOMPARE(f.messages(f.chat(f.muc)).size(), 1);
}

void ConversationTest::oneToOneGetsItsArchiveIdByLookingItUp()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->startTalk(f.me, f.grace).result().ok());
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"hi"_s).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Archived);
    QCOMPARE(f.messages(f.chat(f.grace)).size(), 1);
    QCOMPARE(f.server.sent.size(), 1);
}

void ConversationTest::writtenOfflineIsSentOnce()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.cut();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::WaitingToRetry);
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"one"_s).result().ok());
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"two"_s).result().ok());
    QVERIFY(f.server.sent.isEmpty());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.server.sent.size(), 2);
    QTRY_COMPARE(f.messages(f.chat(f.muc)).last().delivery, Delivery::Archived);
    QCOMPARE(f.bodies(f.chat(f.muc)), QStringList({u"one"_s, u"two"_s}));
}

void ConversationTest::lostAcknowledgementIsNotSentTwice()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.acknowledge = false;
    const auto row = f.accounts->sendMessage(f.chat(f.muc), u"did arrive"_s).result();
    QVERIFY(row.ok());
    // It reaches the archive, but the stream dies before the server can say so.
    QTRY_COMPARE(f.server.unacknowledged(), 1);
    const QString id = f.messages(f.chat(f.muc)).first().originId;
    IncomingMessage copy = f.fromRoom(f.muc, u"alice"_s, u"did arrive"_s);
    copy.author.isMe = true;
    copy.originId = copy.stanzaId = id;
    f.server.archives[f.muc].append(f.server.archived(copy));
    f.server.acknowledge = true;
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Archived);
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QTest::qWait(50);
    QVERIFY(f.server.sent.isEmpty());
    QCOMPARE(f.messages(f.chat(f.muc)).size(), 1);
}

void ConversationTest::whatTheRoomNeverGotIsSentAgain_data()
{
    QTest::addColumn<bool>("archive");
    QTest::addColumn<bool>("later"); // the archive begins when the message was lost already
    QTest::addColumn<int>("copies");
    QTest::newRow("missing in the archive") << true << false << 1;
    QTest::newRow("no archive to tell") << false << false << 0;
    QTest::newRow("no archive then") << false << true << 0;
}

/// The server had taken it; then it put me out of the room, or went down.
void ConversationTest::whatTheRoomNeverGotIsSentAgain()
{
    QFETCH(bool, archive);
    QFETCH(bool, later);
    QFETCH(int, copies);
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.rooms[f.muc].properties.setFlag(RoomProperty::Archived, archive);
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"hello"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 1);
    f.server.swallow = true;
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"lost on the way"_s).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).last().delivery, Delivery::Sent);
    f.server.cut();
    f.server.swallow = false;
    if (later) {
        f.server.rooms[f.muc].properties = RoomProperty::Archived;
        f.server.archives[f.muc].clear();
    }
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
    QTRY_VERIFY(!f.status().catchingUp);
    if (copies)
        QTRY_COMPARE(f.messages(f.chat(f.muc)).last().delivery, Delivery::Archived);
    else
        QTest::qWait(100);
    QCOMPARE(f.server.sent.size(), copies);
    QCOMPARE(f.bodies(f.chat(f.muc)), QStringList({u"hello"_s, u"lost on the way"_s}));
}

void ConversationTest::refusedMessageSaysWhyAndCanBeTriedAgain()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.reflect = false;
    const auto row = f.accounts->sendMessage(f.chat(f.muc), u"muted?"_s).result();
    QTRY_COMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Sent);
    IncomingMessage bounce;
    bounce.chat = f.muc;
    bounce.kind = ChatKind::Muc;
    bounce.stanzaId = f.server.sent.last().id;
    bounce.error = Error{Error::Kind::Refused, u"forbidden"_s, {}};
    f.server.run([&] { Q_EMIT f.server.connection->messageReceived(bounce); });
    QTRY_COMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Failed);
    QCOMPARE(f.messages(f.chat(f.muc)).first().failure.condition, u"forbidden"_s);
    f.server.reflect = true;
    QVERIFY(f.accounts->retryMessage(f.chat(f.muc), row.value()).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.muc)).first().delivery, Delivery::Archived);
    QCOMPARE(f.server.sent.size(), 2);
    QCOMPARE(f.server.sent.at(0).id, f.server.sent.at(1).id);
}

void ConversationTest::waitingCanBeTakenBack()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->startTalk(f.me, f.grace).result().ok());
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    const auto row = f.accounts->sendMessage(f.chat(f.grace), u"no, wait"_s).result();
    QVERIFY(f.accounts->discardMessage(f.chat(f.grace), row.value()).result().ok());
    QVERIFY(f.messages(f.chat(f.grace)).isEmpty());
    f.clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QTest::qWait(50);
    QVERIFY(f.server.sent.isEmpty());
}

void ConversationTest::emptyAndHugeAreRefused()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QCOMPARE(f.accounts->sendMessage(f.chat(f.grace), u" \n "_s).result().error().kind,
             Error::Kind::InvalidInput);
    QCOMPARE(f.accounts->sendMessage(f.chat(f.grace), QString(300'000, u'x')).result().error().kind,
             Error::Kind::TooLarge);
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), QString(100'000, u'x')).result().ok());
    QCOMPARE(f.accounts->sendMessage({f.grace, f.me}, u"x"_s).result().error().kind, Error::Kind::NotFound);
}

void ConversationTest::ownMessageTakesItsPlaceInArchiveOrder()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    f.server.acknowledge = false;
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"mine 1"_s).result().ok());
    QVERIFY(f.accounts->sendMessage(f.chat(f.muc), u"mine 2"_s).result().ok());
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"came first"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 3);
    QTRY_VERIFY([&] {
        f.server.acknowledgeAll();
        return f.server.sent.size() == 2;
    }());
    QTRY_COMPARE(f.bodies(f.chat(f.muc)), QStringList({u"came first"_s, u"mine 1"_s, u"mine 2"_s}));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).last().delivery, Delivery::Archived);
}

void ConversationTest::strangersErrorChangesNothing()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"hi"_s).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Archived);
    const Message before = f.messages(f.chat(f.grace)).first();
    for (const Jid &sender : {f.grace.withResource(u"tablet"_s), Jid::trusted(u"mallory@evil.test"),
                              Jid::trusted(u"evil.test"), Jid::trusted(u"bob@chat.test")}) {
        IncomingMessage bounce;
        bounce.chat = sender.bare();
        bounce.from = sender;
        bounce.stanzaId = before.originId;
        bounce.error = Error{Error::Kind::Refused, u"forbidden"_s, {}};
        f.server.run([&] { Q_EMIT f.server.connection->messageReceived(bounce); });
    }
    f.server.deliver(f.fromPerson(u"marker"_s));
    QTRY_COMPARE(f.messages(f.chat(f.grace)).size(), 2);
    QCOMPARE(f.messages(f.chat(f.grace)).first(), before);
}

void ConversationTest::bouncedAfterItWasArchived_data()
{
    QTest::addColumn<QString>("sender");
    QTest::newRow("address") << u"grace@chat.test"_s;
    QTest::newRow("server") << u"chat.test"_s;
}

// My server archives what I send before it knows whether anybody is there.
void ConversationTest::bouncedAfterItWasArchived()
{
    QFETCH(QString, sender);
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    const auto row = f.accounts->sendMessage(f.chat(f.grace), u"hi"_s).result();
    QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Archived);
    IncomingMessage bounce;
    bounce.chat = bounce.from = Jid::trusted(sender);
    bounce.stanzaId = f.messages(f.chat(f.grace)).first().originId;
    bounce.error = Error{Error::Kind::Unsupported, u"service-unavailable"_s, {}};
    const auto fail = [&] {
        f.server.run([&] { Q_EMIT f.server.connection->messageReceived(bounce); });
        QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Failed);
    };
    fail();
    QCOMPARE(f.messages(f.chat(f.grace)).first().failure, *bounce.error);
    // The copy in the archive says no more than it did.
    f.restartProgram();
    QVERIFY(f.accounts->load().result().ok());
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QTRY_VERIFY(!f.status().catchingUp);
    QCOMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Failed);
    // Tried again it goes through, and may fail again.
    QVERIFY(f.accounts->retryMessage(f.chat(f.grace), row.value()).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Archived);
    QVERIFY(!f.messages(f.chat(f.grace)).first().failure);
    fail();
    QCOMPARE(f.messages(f.chat(f.grace)).size(), 1);
}

void ConversationTest::bouncedBeforeItWasArchived()
{
    SessionFixture f;
    QVERIFY(f.logIn().ok());
    f.server.archivePagesUntilFailure = 0; // its archived copy is not seen yet
    QVERIFY(f.accounts->sendMessage(f.chat(f.grace), u"hi"_s).result().ok());
    QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Sent);
    IncomingMessage bounce;
    bounce.chat = bounce.from = f.grace;
    bounce.stanzaId = f.messages(f.chat(f.grace)).first().originId;
    bounce.error = Error{Error::Kind::Unsupported, u"service-unavailable"_s, {}};
    f.server.run([&] { Q_EMIT f.server.connection->messageReceived(bounce); });
    QTRY_COMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Failed);
    f.server.archivePagesUntilFailure = -1;
    f.restartProgram();
    QVERIFY(f.accounts->load().result().ok());
    QTRY_VERIFY(!f.messages(f.chat(f.grace)).first().archiveId.isEmpty());
    QCOMPARE(f.messages(f.chat(f.grace)).first().delivery, Delivery::Failed);
    QCOMPARE(f.messages(f.chat(f.grace)).size(), 1);
}

QTEST_GUILESS_MAIN(ConversationTest)
#include "tst_conversation.moc"
