// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// One test for each kind of thing that can come in, true and forged.
class PipelineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }
    void sameMessageLiveAndFromTheArchiveIsOne();
    void sameOriginIdOfTwoPeopleIsTwo();
    void correctionByTheAuthor();
    void correctionByAnotherIsRefused();
    void correctionByANickAloneIsRefused();
    void correctionWaitsForItsMessage();
    void laterCorrectionStaysWhenAnEarlierOneComes();
    void correctionOfAnothersMessageIsOneOfItsOwn();
    void retractionWaitsForItsMessage();
    void amendmentsInEveryOrder();
    void retractionByTheAuthor();
    void retractionByAnotherIsRefused();
    void moderationByTheRoom();
    void subject();
    void mentions_data();
    void mentions();
    void carbonOfMyOwnMarksRead();
    void nothingForNoBody();
    void burstKeepsItsOrder();
    void countsOnlyWhatIsUnread();

private:
    Message only() const { return f->messages(f->chat(f->muc)).value(0); }
    /// Waits until all that was delivered before is stored.
    void settle();
    std::unique_ptr<SessionFixture> f;
    int m_settled = 0;
};

void PipelineTest::init()
{
    f = std::make_unique<SessionFixture>();
    QVERIFY(f->logIn().ok());
    QVERIFY(f->accounts->joinRoom(f->me, f->muc, u"Alice"_s).result().ok());
    settle();
}

void PipelineTest::settle()
{
    const QString mark = u"mark %1"_s.arg(++m_settled);
    f->server.deliver(f->fromPerson(mark));
    QTRY_VERIFY(f->bodies(f->chat(f->grace)).contains(mark));
}

void PipelineTest::sameMessageLiveAndFromTheArchiveIsOne()
{
    const IncomingMessage live = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"once"_s));
    f->server.deliver(live);
    f->server.deliver(live);
    IncomingMessage archived = live;
    archived.route = IncomingMessage::Route::Archive;
    f->server.run([&] { Q_EMIT f->server.connection->messageReceived(archived); });
    settle();
    QCOMPARE(f->bodies(f->chat(f->muc)), QStringList{u"once"_s});
}

void PipelineTest::sameOriginIdOfTwoPeopleIsTwo()
{
    IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"mine"_s);
    IncomingMessage second = f->fromRoom(f->muc, u"Mallory"_s, u"stolen id"_s);
    second.originId = second.stanzaId = first.originId;
    f->server.deliver(first);
    f->server.deliver(second);
    settle();
    QCOMPARE(f->bodies(f->chat(f->muc)), QStringList({u"mine"_s, u"stolen id"_s}));
}

void PipelineTest::correctionByTheAuthor()
{
    const IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"teh"_s);
    f->server.deliver(first);
    IncomingMessage second = f->fromRoom(f->muc, u"Ada"_s, u"the"_s);
    second.replaces = first.stanzaId;
    f->server.deliver(second);
    settle();
    QCOMPARE(f->bodies(f->chat(f->muc)), QStringList{u"the"_s});
    QVERIFY(only().edited);
    QCOMPARE(only().replacedBody, u"teh"_s);
}

void PipelineTest::correctionByAnotherIsRefused()
{
    const IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"true words"_s);
    f->server.deliver(first);
    IncomingMessage forged = f->fromRoom(f->muc, u"Mallory"_s, u"false words"_s);
    forged.replaces = first.stanzaId;
    f->server.deliver(forged);
    settle();
    QCOMPARE(only().body, u"true words"_s);
    QVERIFY(!only().edited);
}

void PipelineTest::correctionByANickAloneIsRefused()
{
    IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"true words"_s);
    first.author.stable = false;
    f->server.deliver(first);
    IncomingMessage forged = f->fromRoom(f->muc, u"Ada"_s, u"false words"_s);
    forged.author.stable = false;
    forged.replaces = first.stanzaId;
    f->server.deliver(forged);
    settle();
    QCOMPARE(only().body, u"true words"_s);
}

void PipelineTest::correctionWaitsForItsMessage()
{
    const IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"teh"_s);
    IncomingMessage second = f->fromRoom(f->muc, u"Ada"_s, u"the"_s);
    second.replaces = first.stanzaId;
    f->server.deliver(second);
    settle();
    QVERIFY(f->bodies(f->chat(f->muc)).isEmpty());
    f->server.deliver(first);
    settle();
    QCOMPARE(only().body, u"the"_s);
    QCOMPARE(only().replacedBody, u"teh"_s);
    QCOMPARE(f->stored(f->muc).unread, 1);
}

void PipelineTest::laterCorrectionStaysWhenAnEarlierOneComes()
{
    const IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"one"_s);
    f->server.deliver(first);
    IncomingMessage second = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"two"_s));
    second.replaces = first.stanzaId;
    IncomingMessage third = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"three"_s));
    third.replaces = first.stanzaId;
    f->server.deliver(second);
    f->server.deliver(third);
    f->server.deliver(second); // a server that sends again
    settle();
    QCOMPARE(only().body, u"three"_s);
    QCOMPARE(only().replacedBody, u"one"_s);
}

void PipelineTest::correctionOfAnothersMessageIsOneOfItsOwn()
{
    const IncomingMessage first = f->fromRoom(f->muc, u"Ada"_s, u"true words"_s);
    f->server.deliver(first);
    IncomingMessage other = f->fromRoom(f->muc, u"Mallory"_s, u"other words"_s);
    other.replaces = first.stanzaId;
    f->server.deliver(other);
    settle();
    QCOMPARE(f->bodies(f->chat(f->muc)), (QStringList{u"true words"_s, u"other words"_s}));
}

void PipelineTest::retractionWaitsForItsMessage()
{
    const IncomingMessage first = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"oops"_s));
    IncomingMessage back = f->fromRoom(f->muc, u"Ada"_s, {});
    back.stanzaId = back.originId = u"r1"_s;
    back.retracts = first.archiveId;
    IncomingMessage forged = f->fromRoom(f->muc, u"Mallory"_s, {});
    forged.stanzaId = forged.originId = u"r2"_s;
    const IncomingMessage stays = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"stays"_s));
    forged.retracts = stays.archiveId;
    f->server.deliver(back);
    f->server.deliver(forged);
    f->server.deliver(first);
    f->server.deliver(stays);
    settle();
    const QList<Message> all = f->messages(f->chat(f->muc));
    QCOMPARE(all.size(), 2);
    QVERIFY(all.first().retracted && all.first().body.isEmpty());
    QCOMPARE(all.last().body, u"stays"_s);
    QCOMPARE(f->stored(f->muc).unread, 2);
}

/// A message, two corrections and the retraction of another one: whatever comes first, the end is the same.
void PipelineTest::amendmentsInEveryOrder()
{
    QList<int> order{0, 1, 2, 3, 4};
    int run = 0;
    do {
        f = std::make_unique<SessionFixture>();
        QVERIFY(f->logIn().ok());
        QVERIFY(f->accounts->joinRoom(f->me, f->muc).result().ok());
        QList<IncomingMessage> all;
        for (const QString &body : {u"one"_s, u"two"_s, u"three"_s, u"gone"_s, QString()})
            all.append(f->server.archived(f->fromRoom(f->muc, u"Ada"_s, body)));
        all[1].replaces = all[2].replaces = all[0].stanzaId;
        all[4].retracts = all[3].archiveId;
        // As archive pages bring them, older ones later: the place in the archive is the page's word.
        for (const IncomingMessage &message : std::as_const(all))
            f->server.archives[f->muc].append(message);
        for (const int i : std::as_const(order)) {
            if (i != 1 && i != 2) f->server.deliver(all[i]);
        }
        f->server.cut();
        QTRY_VERIFY(f->clock.isWaiting());
        f->clock.advance(std::chrono::minutes(3));
        QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
        QTRY_VERIFY(!f->status().catchingUp);
        QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), 2);
        for (const Message &message : f->messages(f->chat(f->muc))) {
            const bool isFirst = message.stanzaId == all[0].stanzaId;
            QCOMPARE(message.retracted, !isFirst);
            QCOMPARE(message.body, isFirst ? u"three"_s : QString());
        }
        ++run;
    } while (run < 12 && std::next_permutation(order.begin(), order.end()));
}

void PipelineTest::retractionByTheAuthor()
{
    const IncomingMessage first = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"oops"_s));
    f->server.deliver(first);
    IncomingMessage back = f->fromRoom(f->muc, u"Ada"_s, {});
    back.retracts = first.archiveId;
    f->server.deliver(back);
    settle();
    QVERIFY(only().retracted);
    QVERIFY(only().body.isEmpty());
}

void PipelineTest::retractionByAnotherIsRefused()
{
    const IncomingMessage first = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"stays"_s));
    f->server.deliver(first);
    IncomingMessage forged = f->fromRoom(f->muc, u"Mallory"_s, {});
    forged.retracts = first.archiveId;
    f->server.deliver(forged);
    settle();
    QVERIFY(!only().retracted);
    QCOMPARE(only().body, u"stays"_s);
}

void PipelineTest::moderationByTheRoom()
{
    const IncomingMessage first = f->server.archived(f->fromRoom(f->muc, u"Mallory"_s, u"spam"_s));
    f->server.deliver(first);
    IncomingMessage moderation = f->fromRoom(f->muc, {}, {});
    moderation.byModerator = true;
    moderation.retracts = first.archiveId;
    f->server.deliver(moderation);
    settle();
    QVERIFY(only().retracted);
}

void PipelineTest::subject()
{
    IncomingMessage message = f->fromRoom(f->muc, u"Ada"_s, {});
    message.subject = u"Colours"_s;
    f->server.deliver(message);
    settle();
    QCOMPARE(f->stored(f->muc).subject, u"Colours"_s);
    // A row that nobody said.
    QCOMPARE(f->messages(f->chat(f->muc)).size(), 1);
    QCOMPARE(f->messages(f->chat(f->muc)).first().notice, Notice::SubjectChanged);
    QCOMPARE(f->stored(f->muc).unread, 0);
}

void PipelineTest::mentions_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<bool>("expected");
    QTest::newRow("nick") << u"Alice: look"_s << true;
    QTest::newRow("other case") << u"ask alice!"_s << true;
    QTest::newRow("inside a word") << u"Alices book"_s << false;
    QTest::newRow("behind a word") << u"malice"_s << false;
    QTest::newRow("none") << u"hello"_s << false;
}

void PipelineTest::mentions()
{
    QFETCH(QString, body);
    QFETCH(bool, expected);
    f->server.deliver(f->fromRoom(f->muc, u"Ada"_s, body));
    settle();
    QCOMPARE(only().mentionsMe, expected);
    QCOMPARE(f->stored(f->muc).mentions, expected ? 1 : 0);
}

void PipelineTest::carbonOfMyOwnMarksRead()
{
    f->server.deliver(f->fromPerson(u"question"_s));
    QTRY_VERIFY(f->stored(f->grace).unread > 0);
    IncomingMessage mine = f->fromPerson(u"answer from the phone"_s);
    mine.route = IncomingMessage::Route::Carbon;
    mine.author = {f->me.toString(), u"alice"_s, f->me, true, true};
    f->server.deliver(mine);
    QTRY_COMPARE(f->stored(f->grace).unread, 0);
    QCOMPARE(f->messages(f->chat(f->grace)).last().delivery, Delivery::Archived);
}

void PipelineTest::nothingForNoBody()
{
    f->server.deliver(f->fromRoom(f->muc, u"Ada"_s, {}));
    settle();
    QVERIFY(f->messages(f->chat(f->muc)).isEmpty());
}

void PipelineTest::burstKeepsItsOrder()
{
    QStringList expected;
    QList<IncomingMessage> burst;
    for (int i = 0; i < 2'500; ++i) {
        expected.append(QString::number(i));
        burst.append(f->server.archived(f->fromRoom(f->muc, i % 2 ? u"Ada"_s : u"Bob"_s, expected.last())));
    }
    f->server.run([&] {
        for (const IncomingMessage &message : burst)
            Q_EMIT f->server.connection->messageReceived(message);
    });
    QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), expected.size());
    QCOMPARE(f->bodies(f->chat(f->muc)), expected);
}

void PipelineTest::countsOnlyWhatIsUnread()
{
    for (const QString &body : {u"a"_s, u"b"_s, u"c"_s})
        f->server.deliver(f->fromRoom(f->muc, u"Ada"_s, body));
    settle();
    QCOMPARE(f->stored(f->muc).unread, 3);
    f->accounts->markRead(f->chat(f->muc), f->messages(f->chat(f->muc)).at(1).row);
    QTRY_COMPARE(f->stored(f->muc).unread, 1);
}

QTEST_GUILESS_MAIN(PipelineTest)
#include "tst_pipeline.moc"
