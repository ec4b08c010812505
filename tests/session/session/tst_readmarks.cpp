// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Read positions in step with other devices of mine (XEP-0490).
class ReadMarksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f.reset(); }

    void whatIsReadHereIsToldOnce();
    void peopleAreMarkedByTheOwnArchive();
    void ownMessagesAreNotNamed();
    void whatIsReadElsewhereIsReadHere();
    void nothingEverGoesBack();
    void foreignMarksChangeNothing_data();
    void foreignMarksChangeNothing();
    void markMayComeBeforeItsMessage();
    void countsAfterCatchUp();
    void countsAfterRestart();
    void markBelowASeamWaitsForIt();
    void ownWordsElsewhereMeanRead();
    void readOfflineIsToldLater();
    void readOfflineIsToldAfterRestart();
    void newDeviceTellsNothing();
    void closingTellsAtOnce();
    void slowerDeviceIsCorrectedOnce();
    void serverWithoutMarks();

private:
    void hear(const QStringList &bodies);
    /// Archived while this device was away.
    QList<IncomingMessage> missed(const QStringList &bodies);
    Message message(const QString &body) const;
    ReadMark mark(const QString &body) const { return {f->muc, f->muc, message(body).archiveId}; }
    void read(const QString &body);
    void wait() const;
    void comeBack();
    QStringList told() const;

    std::unique_ptr<SessionFixture> f;
};

void ReadMarksTest::init()
{
    f = std::make_unique<SessionFixture>();
    QVERIFY(f->logIn().ok());
    missed({u"before"_s});
    QVERIFY(f->accounts->joinRoom(f->me, f->muc).result().ok());
    QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), 1);
    hear({u"first"_s});
    read(u"first"_s);
    wait();
    f->server.toldMarks.clear();
}

void ReadMarksTest::hear(const QStringList &bodies)
{
    const qsizetype before = f->messages(f->chat(f->muc)).size();
    for (const QString &body : bodies)
        f->server.deliver(f->fromRoom(f->muc, u"Ada"_s, body));
    QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), before + bodies.size());
}

QList<IncomingMessage> ReadMarksTest::missed(const QStringList &bodies)
{
    QList<IncomingMessage> all;
    for (const QString &body : bodies)
        all.append(f->server.archived(f->fromRoom(f->muc, u"Ada"_s, body)));
    f->server.archives[f->muc].append(all);
    return all;
}

Message ReadMarksTest::message(const QString &body) const
{
    const auto all = f->messages(f->chat(f->muc));
    for (const Message &one : all)
        if (one.body == body) return one;
    return {};
}

void ReadMarksTest::read(const QString &body)
{
    f->accounts->markRead(f->chat(f->muc), message(body).row);
    QTRY_COMPARE(f->stored(f->muc).readUpTo, message(body).row);
}

/// Until what is under way has come to rest, and two seconds more.
void ReadMarksTest::wait() const
{
    const auto settle = [this] {
        for (int i = 0; i < 5; ++i) {
            (void)f->status();
            (void)f->database->write([](Transaction &) -> Outcome { return {}; }).result();
            QTest::qWait(5);
        }
    };
    settle();
    f->server.run([this] { f->clock.advance(std::chrono::seconds(2)); });
    settle();
}

void ReadMarksTest::comeBack()
{
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::WaitingToRetry);
    f->clock.advance(std::chrono::seconds(1));
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    QTRY_COMPARE(f->state(f->muc).membership, Membership::Joined);
    QTRY_VERIFY(!f->status().catchingUp);
}

QStringList ReadMarksTest::told() const
{
    QStringList bodies;
    f->server.run([&] {
        for (const ReadMark &mark : std::as_const(f->server.toldMarks))
            for (const auto &archive : std::as_const(f->server.archives))
                for (const IncomingMessage &message : archive)
                    if (message.archiveId == mark.archiveId) bodies.append(message.body);
    });
    return bodies;
}

void ReadMarksTest::whatIsReadHereIsToldOnce()
{
    hear({u"a"_s, u"b"_s, u"c"_s});
    read(u"a"_s);
    read(u"b"_s);
    QVERIFY(told().isEmpty());
    wait();
    QCOMPARE(told(), QStringList{u"b"_s});
    QCOMPARE(f->server.readMarks.value(f->muc).by, f->muc);
    wait();
    f->accounts->markRead(f->chat(f->muc), message(u"b"_s).row);
    wait();
    QCOMPARE(told(), QStringList{u"b"_s});
    f->accounts->markRead(f->chat(f->muc));
    wait();
    QCOMPARE(told(), QStringList({u"b"_s, u"c"_s}));
}

void ReadMarksTest::peopleAreMarkedByTheOwnArchive()
{
    f->server.deliver(f->fromPerson(u"hi"_s));
    QTRY_COMPARE(f->stored(f->grace).unread, 1);
    f->accounts->markRead(f->chat(f->grace));
    wait();
    const ReadMark put = f->server.readMarks.value(f->grace);
    QCOMPARE(put.by, f->me);
    QCOMPARE(put.archiveId, f->messages(f->chat(f->grace)).first().archiveId);
    f->server.deliver(f->fromPerson(u"again"_s));
    QTRY_COMPARE(f->stored(f->grace).unread, 1);
    f->server.readElsewhere({f->grace, f->me, f->messages(f->chat(f->grace)).last().archiveId});
    QTRY_COMPARE(f->stored(f->grace).unread, 0);
}

void ReadMarksTest::ownMessagesAreNotNamed()
{
    hear({u"theirs"_s});
    QVERIFY(f->accounts->sendMessage(f->chat(f->muc), u"mine"_s).result().ok());
    QTRY_COMPARE(message(u"mine"_s).delivery, Delivery::Archived);
    f->accounts->markRead(f->chat(f->muc));
    wait();
    QCOMPARE(told(), QStringList{u"theirs"_s}); // XEP-0490 4.2
}

void ReadMarksTest::whatIsReadElsewhereIsReadHere()
{
    hear({u"a"_s, u"b"_s, u"c"_s});
    QCOMPARE(f->stored(f->muc).unread, 3);
    f->server.readElsewhere(mark(u"b"_s));
    QTRY_COMPARE(f->stored(f->muc).unread, 1);
    QCOMPARE(f->stored(f->muc).readUpTo, message(u"b"_s).row);
    wait();
    QVERIFY(told().isEmpty());
}

void ReadMarksTest::nothingEverGoesBack()
{
    hear({u"a"_s, u"b"_s, u"c"_s});
    const ReadMark newest = mark(u"c"_s);
    f->server.readElsewhere(newest);
    QTRY_COMPARE(f->stored(f->muc).unread, 0);
    f->accounts->markRead(f->chat(f->muc), message(u"a"_s).row);
    wait();
    QVERIFY(told().isEmpty());
    QCOMPARE(f->server.readMarks.value(f->muc), newest);
    QCOMPARE(f->stored(f->muc).readUpTo, message(u"c"_s).row);
}

void ReadMarksTest::foreignMarksChangeNothing_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("another archive") << 0;
    QTest::newRow("no such message") << 1;
    QTest::newRow("no such chat") << 2;
    QTest::newRow("message of another chat") << 3;
}

void ReadMarksTest::foreignMarksChangeNothing()
{
    QFETCH(int, what);
    hear({u"a"_s});
    f->server.deliver(f->fromPerson(u"hi"_s));
    QTRY_COMPARE(f->stored(f->grace).unread, 1);
    const QString id = message(u"a"_s).archiveId;
    const Jid stranger = Jid::trusted(u"x@y.test");
    f->server.readElsewhere(what == 0   ? ReadMark{f->muc, f->me, id}
                            : what == 1 ? ReadMark{f->muc, f->muc, u"nothing"_s}
                            : what == 2 ? ReadMark{stranger, stranger, id}
                                        : ReadMark{f->grace, f->me, id});
    wait();
    QCOMPARE(f->stored(f->muc).unread, 1);
    QCOMPARE(f->stored(f->grace).unread, 1);
    QVERIFY(f->stored(stranger).id.isEmpty());
    // And they do not keep the truth from being told.
    f->accounts->markRead(f->chat(f->muc));
    f->accounts->markRead(f->chat(f->grace));
    wait();
    QStringList all = told();
    all.sort();
    QCOMPARE(all, QStringList({u"a"_s, u"hi"_s}));
}

void ReadMarksTest::markMayComeBeforeItsMessage()
{
    const IncomingMessage late = f->server.archived(f->fromRoom(f->muc, u"Ada"_s, u"late"_s));
    f->server.readElsewhere({f->muc, f->muc, late.archiveId});
    wait();
    f->server.deliver(late);
    QTRY_VERIFY(!message(u"late"_s).body.isEmpty());
    QTRY_COMPARE(f->stored(f->muc).unread, 0);
}

void ReadMarksTest::countsAfterCatchUp()
{
    QStringList bodies;
    for (int i = 0; i < 400; ++i)
        bodies.append(QString::number(i));
    f->server.cut();
    const auto all = missed(bodies);
    f->server.readMarks.insert(f->muc, {f->muc, f->muc, all.at(99).archiveId}); // on the last page fetched
    comeBack();
    QTRY_COMPARE(f->stored(f->muc).unread, 300);
    QCOMPARE(f->stored(f->muc).readUpTo, message(u"99"_s).row);
    wait();
    QVERIFY(told().isEmpty());
}

void ReadMarksTest::countsAfterRestart()
{
    hear({u"a"_s, u"b"_s, u"c"_s});
    f->endProgram();
    f->server.readMarks.insert(f->muc,
                               {f->muc, f->muc, f->server.archives.value(f->muc).at(3).archiveId}); // "b"
    missed({u"d"_s, u"e"_s});
    f->startProgram();
    QVERIFY(f->accounts->load().result().ok());
    QTRY_COMPARE(f->bodies(f->chat(f->muc)).size(), 7);
    QTRY_COMPARE(f->stored(f->muc).unread, 3);
    f->server.readElsewhere(mark(u"e"_s));
    QTRY_COMPARE(f->stored(f->muc).unread, 0);
}

void ReadMarksTest::markBelowASeamWaitsForIt()
{
    QStringList bodies;
    for (int i = 0; i < 400; ++i)
        bodies.append(QString::number(i));
    f->server.cut();
    const auto all = missed(bodies);
    f->server.readMarks.insert(f->muc, {f->muc, f->muc, all.at(340).archiveId});
    f->server.archivePagesUntilFailure = 2; // the account's own, and the newest of the room
    comeBack();
    QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), 52);
    QTRY_COMPARE(f->stored(f->muc).unread, 50);
    f->server.archivePagesUntilFailure = -1;
    QVERIFY(f->accounts->fetchOlder(f->chat(f->muc), message(u"first"_s).row).result().ok());
    QTRY_COMPARE(f->stored(f->muc).unread, 59);
}

void ReadMarksTest::ownWordsElsewhereMeanRead()
{
    f->server.cut();
    missed({u"a"_s, u"b"_s});
    IncomingMessage mine = f->fromRoom(f->muc, u"me"_s, u"mine"_s);
    mine.author.isMe = true;
    f->server.archives[f->muc].append(f->server.archived(mine));
    missed({u"c"_s});
    comeBack();
    QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), 6);
    QCOMPARE(f->stored(f->muc).unread, 1);
}

void ReadMarksTest::readOfflineIsToldLater()
{
    hear({u"a"_s, u"b"_s});
    f->server.cut();
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::WaitingToRetry);
    read(u"b"_s);
    QVERIFY(told().isEmpty());
    f->clock.advance(std::chrono::seconds(3));
    QTRY_COMPARE(told(), QStringList{u"b"_s});
}

void ReadMarksTest::readOfflineIsToldAfterRestart()
{
    hear({u"a"_s, u"b"_s});
    f->server.cut();
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::WaitingToRetry);
    read(u"b"_s);
    f->restartProgram();
    QVERIFY(f->accounts->load().result().ok());
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    QTRY_VERIFY(!f->status().catchingUp);
    wait();
    wait();
    QCOMPARE(told(), QStringList{u"b"_s});
}

// Its first look into an archive takes all as read: that is nothing anybody has read.
void ReadMarksTest::newDeviceTellsNothing()
{
    hear({u"a"_s, u"b"_s, u"c"_s});
    f->server.readElsewhere(mark(u"a"_s));
    QTRY_COMPARE(f->stored(f->muc).unread, 2);
    const FakeServer before = f->server;
    f = std::make_unique<SessionFixture>();
    f->server.archives = before.archives;
    f->server.readMarks = before.readMarks;
    f->server.bookmarks = before.bookmarks;
    QVERIFY(f->logIn().ok());
    QTRY_COMPARE(f->messages(f->chat(f->muc)).size(), 5);
    wait();
    f->restartProgram();
    QVERIFY(f->accounts->load().result().ok());
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Live);
    wait();
    wait();
    QVERIFY(told().isEmpty());
    QCOMPARE(f->server.readMarks, before.readMarks);
}

void ReadMarksTest::closingTellsAtOnce()
{
    hear({u"a"_s});
    read(u"a"_s);
    (void)f->status();
    f->accounts->setOnline(f->me, false);
    QTRY_COMPARE(f->status().state, ConnectionStatus::State::Offline);
    QCOMPARE(f->server.toldMarks.size(), 1);
}

void ReadMarksTest::slowerDeviceIsCorrectedOnce()
{
    hear({u"a"_s, u"b"_s, u"c"_s});
    read(u"c"_s);
    wait();
    QCOMPARE(told(), QStringList{u"c"_s});
    for (const QString &body : {u"a"_s, u"b"_s, u"a"_s}) {
        f->server.readElsewhere(mark(body));
        wait();
        wait();
    }
    QCOMPARE(told(), QStringList({u"c"_s, u"c"_s}));
    QCOMPARE(f->stored(f->muc).unread, 0);
}

void ReadMarksTest::serverWithoutMarks()
{
    f->server.refuseReadMarks = {Error::Kind::Unsupported, u"service-unavailable"_s, {}};
    f->server.cut();
    comeBack();
    hear({u"a"_s, u"b"_s});
    read(u"b"_s);
    wait();
    QVERIFY(told().isEmpty());
    QCOMPARE(f->stored(f->muc).unread, 0);
}

QTEST_GUILESS_MAIN(ReadMarksTest)
#include "tst_readmarks.moc"
