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
    QVERIFY(f->messages(f->chat(f->muc)).isEmpty());
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
