// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/session/device.h"

#include "core/room.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// A MUC room goes on as a MIX channel, for its owner and for somebody in it, with one history. On a real ejabberd.
class ServerMovingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void toAChannel();

private:
    static QStringList said(const Device &device, const ChatId &chat)
    {
        QStringList all;
        const auto page = device.history->newest(chat, 50).result();
        if (!page) return all;
        for (const Message &message : page->messages)
            if (!message.body.isEmpty() && message.notice == Notice::None) all.append(message.body);
        return all;
    }
};

void ServerMovingTest::toAChannel()
{
    ThrowawayServer host(ThrowawayServer::Kind::Ejabberd, {u"alice"_s, u"bob"_s});
    QVERIFY2(host.failure().isEmpty(), qPrintable(host.failure()));
    const Jid alice = host.account(u"alice"_s).address;
    const Jid bob = host.account(u"bob"_s).address;
    Device hers(host, u"hers"_s);
    Device herOther(host, u"other"_s);
    Device his(host, u"his"_s, u"bob"_s);
    QVERIFY(hers.logIn().ok() && herOther.logIn().ok() && his.logIn().ok());
    const auto made = hers.accounts->rooms().create(alice, newRoom(u"Plans"_s, ChatKind::Muc)).result();
    QVERIFY2(made.ok(), qPrintable(made.error().condition));
    const Jid old = made->chat.address;
    QVERIFY(his.accounts->joinRoom(bob, old, u"Bob"_s).result().ok());
    QVERIFY(hers.accounts->sendMessage(made->chat, u"before"_s).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(said(his, {bob, old}).contains(u"before"_s), 15'000);
    QTRY_VERIFY_WITH_TIMEOUT(hers.chat(old).capabilities.testFlag(Capability::Move), 15'000);
    QTRY_COMPARE_WITH_TIMEOUT(said(herOther, {alice, old}), QStringList{u"before"_s}, 15'000);
    QVERIFY(!his.chat(old).capabilities.testFlag(Capability::Move));

    const auto moved = hers.accounts->rooms().move(made->chat, u"Come along"_s, true).result();
    QVERIFY2(moved.ok(), qPrintable(moved.error().condition));
    QVERIFY(moved->notInvited.isEmpty());
    const Jid later = moved->chat.address;
    QCOMPARE(hers.chat(later).kind, ChatKind::Mix);
    QTRY_VERIFY_WITH_TIMEOUT(hers.chat(old).id.isEmpty(), 15'000);
    QCOMPARE(said(hers, moved->chat), QStringList{u"before"_s});
    QTRY_COMPARE_WITH_TIMEOUT(said(herOther, moved->chat), QStringList{u"before"_s}, 15'000);
    QTRY_VERIFY_WITH_TIMEOUT(herOther.chat(old).id.isEmpty(), 15'000);

    // He is told where it goes on, and goes there himself.
    QTRY_COMPARE_WITH_TIMEOUT(successorOf(his.accounts->chatStates().result().value({bob, old}).failure),
                              later, 15'000);
    QVERIFY(his.accounts->joinRoom(bob, later, u"Bob"_s).result().ok());
    QTRY_VERIFY_WITH_TIMEOUT(his.chat(old).id.isEmpty(), 15'000);
    QVERIFY(hers.accounts->sendMessage(moved->chat, u"after"_s).result().ok());
    const QStringList all{u"before"_s, u"after"_s};
    QTRY_COMPARE_WITH_TIMEOUT(said(his, {bob, later}), all, 15'000);
    QTRY_COMPARE_WITH_TIMEOUT(said(hers, {alice, later}), all, 15'000);

    his.stop();
    his.start();
    QVERIFY(his.accounts->load().result().ok());
    QTRY_COMPARE_WITH_TIMEOUT(his.accounts->chatStates().result().value({bob, later}).membership,
                              Membership::Joined, 15'000);
    QTest::qWait(500);
    QCOMPARE(said(his, {bob, later}), all);
}

QTEST_GUILESS_MAIN(ServerMovingTest)
#include "tst_moving.moc"
