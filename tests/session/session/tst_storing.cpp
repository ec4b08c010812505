// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "storage/transaction.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// What comes in while the disk is full: it is said, and afterwards nothing is missing.
class StoringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void whatCameMeanwhileIsStoredByItself();
    void thePersonNeedNotWait();
    void whatHadNoRoomIsFetchedAgain();
    void whatNoArchiveHasIsKept();
    void aPageThatCouldNotBeStoredIsFetchedAgain();
    void aNewSessionMeanwhile();
    void aResumedSessionMeanwhile();
    void oneThatCannotBeStoredStopsNoOther();

private:
    void sql(const QString &statement);
    void fillDisk() { sql(u"PRAGMA max_page_count = 1"_s); }
    void freeDisk() { sql(u"PRAGMA max_page_count = 1000000"_s); }
    void say(const Jid &room, int number, qsizetype length = 20'000);
    QStringList stored(const Jid &room) const;
    QStringList archived(const Jid &room) const;
    /// How often any archive was asked.
    qsizetype asked();
    bool isComplete(const Jid &room) const;

    std::unique_ptr<SessionFixture> f;
    QObject m_context;
    Error m_error;
    int m_told = 0;
};

void StoringTest::init()
{
    m_told = 0;
    m_error = {};
    f = std::make_unique<SessionFixture>();
    connect(f->accounts.get(), &Accounts::storingChanged, &m_context,
            [this](const Jid &account, const Error &error) {
                QCOMPARE(account, f->me);
                m_error = error;
                ++m_told;
            });
    QVERIFY(f->logIn().ok());
    QVERIFY(f->accounts->joinRoom(f->me, f->muc, u"Alice"_s).result().ok());
    say(f->muc, 1, 10);
    QTRY_COMPARE(stored(f->muc), archived(f->muc));
}

void StoringTest::cleanup()
{
    f.reset();
}

void StoringTest::sql(const QString &statement)
{
    const auto done = f->database->write(
        [statement](Transaction &tx) -> Outcome { return tx.statements().control(statement); });
    QVERIFY2(done.result().ok(), qPrintable(done.result().error().text));
}

// Long enough that there is no room for it between others.
void StoringTest::say(const Jid &room, int number, qsizetype length)
{
    f->server.deliver(f->fromRoom(room, u"Ada"_s, u"%1 "_s.arg(number) + QString(length, u'x')));
}

QStringList StoringTest::stored(const Jid &room) const
{
    QStringList numbers;
    for (const QString &body : f->bodies(f->chat(room)))
        numbers.append(body.section(u' ', 0, 0));
    return numbers;
}

QStringList StoringTest::archived(const Jid &room) const
{
    QStringList numbers;
    for (const IncomingMessage &message : f->server.archives.value(room))
        numbers.append(message.body.section(u' ', 0, 0));
    return numbers;
}

qsizetype StoringTest::asked()
{
    qsizetype count = 0;
    f->server.run([&] { count = f->server.asked.size(); });
    return count;
}

/// All of the archive, in its order, and no seam is left.
bool StoringTest::isComplete(const Jid &room) const
{
    return stored(room) == archived(room)
           && f->history->newest(f->chat(room), 10'000).result()->seamsAfter.isEmpty();
}

void StoringTest::whatCameMeanwhileIsStoredByItself()
{
    fillDisk();
    for (int i = 2; i < 6; ++i)
        say(f->muc, i);
    QTRY_COMPARE(m_error.kind, Error::Kind::Storage);
    QCOMPARE(m_error.condition, u"13"_s); // SQLITE_FULL
    QCOMPARE(stored(f->muc), QStringList{u"1"_s});
    QTRY_VERIFY(f->clock.isWaiting());
    f->clock.advance(std::chrono::seconds(2)); // tried too early
    QTRY_COMPARE(m_told, 2);

    freeDisk();
    f->clock.advance(std::chrono::minutes(1));
    QTRY_VERIFY(!m_error);
    QTRY_VERIFY(isComplete(f->muc));
    QCOMPARE(f->stored(f->muc).unread, 5);

    // And it goes on as if nothing had been: the next session finds nothing missing.
    say(f->muc, 6);
    QTRY_VERIFY(isComplete(f->muc));
    f->server.asked.clear();
    f->server.cut();
    QTRY_VERIFY(f->clock.isWaiting());
    f->clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    QTRY_VERIFY(!f->server.asked.isEmpty());
    QTRY_VERIFY(isComplete(f->muc));
}

void StoringTest::thePersonNeedNotWait()
{
    fillDisk();
    say(f->muc, 2);
    QTRY_VERIFY(m_error);
    freeDisk();
    f->accounts->retryStoring();
    QTRY_VERIFY(!m_error);
    QTRY_VERIFY(isComplete(f->muc));
}

void StoringTest::whatHadNoRoomIsFetchedAgain()
{
    fillDisk();
    for (int i = 2; i < 112; ++i)
        say(f->muc, i, 160'000); // 17.6 million characters: more than is kept
    QTRY_VERIFY(m_error);
    freeDisk();
    const qsizetype before = asked();
    f->accounts->retryStoring();
    QTRY_VERIFY(!m_error);
    QTRY_VERIFY_WITH_TIMEOUT(asked() > before,
                             1'000); // at once, not when somebody else finds a reason to look
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(f->muc), 20'000);
}

void StoringTest::whatNoArchiveHasIsKept()
{
    f->server.rooms[f->mix].properties = {};
    QVERIFY(f->accounts->joinRoom(f->me, f->mix).result().ok());
    say(f->mix, 1, 10);
    QTRY_COMPARE(stored(f->mix).size(), 1);
    fillDisk();
    for (int i = 2; i < 5; ++i) {
        IncomingMessage message = f->fromRoom(f->mix, u"Ada"_s, u"%1 "_s.arg(i) + QString(20'000, u'x'));
        f->server.run([&] { Q_EMIT f->server.connection->messageReceived(message); });
    }
    QTRY_VERIFY(m_error);
    // Also over a session that was not resumed.
    f->server.cut();
    f->clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    freeDisk();
    f->accounts->retryStoring();
    QTRY_COMPARE(stored(f->mix), QStringList({u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
}

void StoringTest::aPageThatCouldNotBeStoredIsFetchedAgain()
{
    f->server.cut();
    for (int i = 2; i < 30; ++i)
        f->server.archives[f->muc].append(
            f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"%1 "_s.arg(i) + QString(20'000, u'x'))));
    fillDisk();
    QTRY_VERIFY(f->clock.isWaiting());
    f->clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    QTRY_VERIFY(m_error);
    QCOMPARE(stored(f->muc), QStringList{u"1"_s});
    const int told = m_told; // once for each archive that got something
    f->clock.advance(std::chrono::minutes(1)); // tried too early
    QTRY_VERIFY(m_told > told);
    freeDisk();
    f->clock.advance(std::chrono::minutes(1));
    QTRY_VERIFY(!m_error);
    QVERIFY(isComplete(f->muc));
}

void StoringTest::aNewSessionMeanwhile()
{
    fillDisk();
    say(f->muc, 2);
    say(f->muc, 3);
    QTRY_VERIFY(m_error);
    f->server.cut();
    for (int i = 4; i < 130; ++i) { // nobody is there to hear it
        IncomingMessage missed = f->fromRoom(f->muc, u"Ada"_s, u"%1 "_s.arg(i));
        f->server.archives[f->muc].append(f->server.archived(missed));
    }
    QTRY_VERIFY(f->clock.isWaiting());
    f->clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    say(f->muc, 130);
    QTRY_VERIFY(m_error);
    freeDisk();
    f->accounts->retryStoring();
    QTRY_VERIFY(!m_error);
    QTRY_VERIFY(isComplete(f->muc));
}

void StoringTest::aResumedSessionMeanwhile()
{
    f->server.resumable = true;
    fillDisk();
    for (int i = 2; i < 112; ++i)
        say(f->muc, i, 160'000);
    QTRY_VERIFY(m_error);
    f->server.cut();
    freeDisk();
    f->accounts->retryStoring(); // while there is no connection to ask with
    QTRY_VERIFY(!m_error);
    const qsizetype before = asked();
    QTRY_VERIFY(f->clock.isWaiting());
    f->clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    QTRY_VERIFY_WITH_TIMEOUT(asked() > before, 1'500); // before OrderCheck looks
    QTRY_VERIFY_WITH_TIMEOUT(isComplete(f->muc), 20'000);
}

void StoringTest::oneThatCannotBeStoredStopsNoOther()
{
    sql(u"CREATE TRIGGER no BEFORE INSERT ON messages WHEN NEW.body = 'bad' "_s
        u"BEGIN SELECT RAISE(ABORT, 'refused'); END"_s);
    f->server.run([&] { // in one batch
        for (const auto *body : {u"2", u"bad", u"3"})
            Q_EMIT f->server.connection->messageReceived(
                f->server.archived(f->fromRoom(f->muc, u"Ada"_s, QString(body))));
    });
    QTRY_COMPARE(stored(f->muc), QStringList({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(m_told, 0);
}

QTEST_GUILESS_MAIN(StoringTest)
#include "tst_storing.moc"
