// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/avatarsdoor.h"
#include "storage/avatarstore.h"
#include "storage/transaction.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Pictures: whose are kept, and when they are fetched.
class AvatarsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fetchedOnceAndKept();
    void onlyOfThoseIKnow();
    void roomsSpeakForThemselves();
    void missingOnesAreAskedForOnce();
    void lookingFindsOutOnce();
    void tooManyOldOnesGo();
    void mineIsKept();

private:
    static void login(SessionFixture &f)
    {
        Contact grace;
        grace.address = f.grace;
        f.server.roster.append(grace);
        QVERIFY(f.logIn().ok());
        QTRY_VERIFY(!f.status().catchingUp && f.stored(f.grace).ties.testFlag(Tie::Contact));
    }
    static void tell(SessionFixture &f, const Jid &from, const QString &id)
    {
        f.server.run([&] { Q_EMIT f.server.connection->avatars()->changed(from, id); });
    }
    static QStringList asked(SessionFixture &f)
    {
        QStringList lines;
        f.server.run([&] { lines = f.server.avatars.asked; });
        return lines;
    }
};

void AvatarsTest::fetchedOnceAndKept()
{
    SessionFixture f;
    const QString id = f.server.avatars.put(f.grace, "a picture");
    login(f);
    tell(f, f.grace.withResource(u"phone"_s), id);
    QTRY_COMPARE(f.stored(f.grace).avatar, id);
    QVERIFY(asked(f).isEmpty()); // nobody has looked at it
    QCOMPARE(f.accounts->avatars().picture(f.chat(f.grace), id).result().value(), "a picture");
    QCOMPARE(f.accounts->avatars().picture(f.chat(f.grace), id).result().value(), "a picture");
    QCOMPARE(asked(f).size(), 1);
    f.restartProgram();
    (void)f.accounts->load().result();
    QCOMPARE(f.stored(f.grace).avatar, id);
    QCOMPARE(f.accounts->avatars().picture(f.chat(f.grace), id).result().value(), "a picture");
    QCOMPARE(asked(f).size(), 1);
    tell(f, f.grace.withResource(u"phone"_s), {});
    QTRY_COMPARE(f.stored(f.grace).avatar, QString());
}

void AvatarsTest::onlyOfThoseIKnow()
{
    SessionFixture f;
    login(f);
    const Jid eve = Jid::trusted(u"eve@evil.test");
    QVERIFY(f.accounts->startTalk(f.me, eve).result().ok());
    tell(f, eve.withResource(u"x"_s), QString(40, u'e'));
    tell(f, Jid::trusted(u"mal@evil.test/x"), QString(40, u'e'));
    tell(f, f.grace.withResource(u"x"_s), QString(40, u'a'));
    QTRY_COMPARE(f.stored(f.grace).avatar, QString(40, u'a'));
    QCOMPARE(f.stored(eve).avatar, QString());
    QVERIFY(f.stored(Jid::trusted(u"mal@evil.test")).id.isEmpty());
}

void AvatarsTest::mineIsKept()
{
    SessionFixture f;
    login(f);
    QCOMPARE(f.status().avatar, QString());
    const QByteArray picture = "mine";
    QVERIFY(f.accounts->avatars().publish(f.me, {picture, u"image/png"_s, 1, 1}).result().ok());
    QTRY_COMPARE(f.status().avatar, avatarIdOf(picture));
    const auto asked = AvatarsTest::asked(f).size();
    QCOMPARE(f.accounts->avatars().picture(f.chat(f.me), avatarIdOf(picture)).result().value(), picture);
    QCOMPARE(AvatarsTest::asked(f).size(), asked); // it is here
    f.restartProgram();
    (void)f.accounts->load().result();
    QTRY_COMPARE(f.status().avatar, avatarIdOf(picture));
    // Set on another device; and taken away there.
    tell(f, f.me.withResource(u"phone"_s), QString(40, u'b'));
    QTRY_COMPARE(f.status().avatar, QString(40, u'b'));
    tell(f, f.me.withResource(u"phone"_s), {});
    QTRY_COMPARE(f.status().avatar, QString());
    f.restartProgram();
    (void)f.accounts->load().result();
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QCOMPARE(f.status().avatar, QString());
}

void AvatarsTest::roomsSpeakForThemselves()
{
    SessionFixture f;
    login(f);
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    tell(f, f.muc.withResource(u"Eve"_s), QString(40, u'e'));
    tell(f, f.muc, QString(40, u'b'));
    QTRY_COMPARE(f.stored(f.muc).avatar, QString(40, u'b'));
}

void AvatarsTest::missingOnesAreAskedForOnce()
{
    SessionFixture f;
    login(f);
    const QString id(40, u'c');
    for (int i = 0; i < 3; ++i)
        QCOMPARE(f.accounts->avatars().picture(f.chat(f.grace), id).result().error().kind,
                 Error::Kind::NotFound);
    QCOMPARE(asked(f).size(), 1);
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    QCOMPARE(f.accounts->avatars().picture(f.chat(f.grace), id).result().error().kind,
             Error::Kind::ConnectionLost);
    QCOMPARE(f.accounts->avatars().picture(f.chat(f.grace), u"../x"_s).result().error().kind,
             Error::Kind::InvalidInput);
}

void AvatarsTest::lookingFindsOutOnce()
{
    SessionFixture f;
    f.server.avatars.current.insert(f.grace, QString(40, u'd'));
    login(f);
    const Jid eve = Jid::trusted(u"eve@evil.test");
    QVERIFY(f.accounts->startTalk(f.me, eve).result().ok());
    f.accounts->avatars().look(f.chat(eve)); // would tell a stranger that I am here
    f.accounts->avatars().look(f.chat(f.grace));
    f.accounts->avatars().look(f.chat(f.grace));
    QTRY_COMPARE(f.stored(f.grace).avatar, QString(40, u'd'));
    QCOMPARE(asked(f), QStringList{u"current grace@chat.test"_s});
}

void AvatarsTest::tooManyOldOnesGo()
{
    SessionFixture f;
    const QDateTime now = f.clock.now();
    const auto kept = f.database->write([now](Transaction &tx) -> Result<QString> {
        AvatarStore store(tx);
        for (int i = 0; i < 5; ++i) {
            const auto done = store.put(QString::number(i), QByteArray(100, 'x'), now.addDays(i), 350);
            if (!done) return done.error();
        }
        QString here;
        for (int i = 0; i < 5; ++i)
            if (!store.find(QString::number(i), now.addDays(5))->isEmpty()) here += QString::number(i);
        return here;
    });
    QCOMPARE(kept.result().value(), u"234"_s);
}

QTEST_GUILESS_MAIN(AvatarsTest)
#include "tst_avatars.moc"
