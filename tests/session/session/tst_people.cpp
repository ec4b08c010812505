// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/peopledoor.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Contacts, strangers and the block list.
class PeopleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void strangersWait();
    void answeringIsAccepting();
    void whatISentElsewhereAccepts();
    void contactsAndServersAreNoStrangers();
    void strangersCallNobody();
    void blockedStrangersAreNotShown();
    void strangersWhoCannotBeLookedUpAreShown();
    void dismissedAndBack();
    void theyWantToSeeMe();
    void anAnswerElsewhereEndsTheRequest();
    void whoIAskedMaySeeMe();
    void floodsOfRequestsEnd();
    void addRenameRemove();
    void removedElsewhereWhileAway();
    void blockReportUnblock();
    void blockedElsewhere();

private:
    static const inline Jid eve = Jid::trusted(u"eve@evil.test");

    static void write(SessionFixture &f, const Jid &from, const QString &body = u"hello"_s, bool mine = false)
    {
        IncomingMessage message;
        message.chat = from;
        message.kind = ChatKind::Person;
        message.author.address = mine ? f.me : from;
        message.author.key = message.author.address.toString();
        message.author.isMe = mine;
        message.from = message.author.address;
        message.time = QDateTime::currentDateTimeUtc();
        message.body = body;
        message.archiveId = body + from.local();
        f.server.deliver(message);
    }
    static Contact contact(const Jid &address, const QString &name)
    {
        Contact made;
        made.address = address;
        made.name = name;
        return made;
    }
    static void login(SessionFixture &f)
    {
        QVERIFY(f.logIn().ok());
        QTRY_VERIFY(!f.status().catchingUp);
    }
    static void ask(SessionFixture &f, const Jid &person, const QString &nick = {})
    {
        f.server.run([&] { Q_EMIT f.server.connection->contactList()->subscriptionRequested(person, nick); });
    }
    static QStringList said(SessionFixture &f)
    {
        QStringList lines;
        f.server.run([&] { lines = f.server.said; });
        return lines;
    }
};

void PeopleTest::strangersWait()
{
    SessionFixture f;
    login(f);
    write(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest());
    QTRY_VERIFY(!f.stored(eve).requests.testFlag(Request::Unchecked)); // nobody is blocked
    QCOMPARE(said(f), QStringList{u"blocklist"_s}); // asked once, and only now
    write(f, Jid::trusted(u"mal@evil.test"));
    QTRY_VERIFY(!f.stored(Jid::trusted(u"mal@evil.test")).requests.testFlag(Request::Unchecked));
    QCOMPARE(said(f).count(u"blocklist"_s), 1);
    QVERIFY(f.accounts->people().acceptTalk(f.chat(eve)).result().ok());
    QVERIFY(!f.stored(eve).isRequest());
    write(f, eve, u"again"_s);
    QTRY_COMPARE(f.stored(eve).lastText, u"again"_s);
    QVERIFY(!f.stored(eve).isRequest());
}

void PeopleTest::answeringIsAccepting()
{
    SessionFixture f;
    login(f);
    write(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest());
    QVERIFY(f.accounts->sendMessage(f.chat(eve), u"who are you?"_s).result().ok());
    QVERIFY(!f.stored(eve).isRequest());
}

void PeopleTest::whatISentElsewhereAccepts()
{
    SessionFixture f;
    login(f);
    write(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest());
    write(f, eve, u"who are you?"_s, true); // a carbon
    QTRY_VERIFY(!f.stored(eve).isRequest());
    const Jid friendly = Jid::trusted(u"friend@chat.test");
    write(f, friendly, u"hi"_s, true);
    write(f, friendly, u"hi there"_s);
    QTRY_COMPARE(f.stored(friendly).lastText, u"hi there"_s);
    QVERIFY(!f.stored(friendly).isRequest());
}

void PeopleTest::contactsAndServersAreNoStrangers()
{
    SessionFixture f;
    f.server.roster.append(contact(f.grace, u"Grace"_s));
    login(f);
    write(f, f.grace);
    const Jid server = Jid::trusted(u"chat.test");
    write(f, server, u"Maintenance at noon"_s);
    QTRY_COMPARE(f.stored(server).lastText, u"Maintenance at noon"_s);
    QTRY_COMPARE(f.stored(f.grace).lastText, u"hello"_s);
    QVERIFY(!f.stored(server).isRequest() && !f.stored(f.grace).isRequest());
    QVERIFY(!said(f).contains(u"blocklist"_s));
}

void PeopleTest::strangersCallNobody()
{
    SessionFixture f;
    f.server.roster.append(contact(f.grace, u"Grace"_s));
    login(f);
    QSignalSpy called(f.accounts.get(), &Accounts::attention);
    write(f, eve);
    write(f, f.grace);
    QTRY_VERIFY(!called.isEmpty());
    QTest::qWait(20);
    QCOMPARE(called.size(), 1);
    QCOMPARE(called.first().first().value<ChatId>().address, f.grace);
}

void PeopleTest::blockedStrangersAreNotShown()
{
    SessionFixture f;
    f.server.blocked.addresses.append(eve);
    login(f);
    write(f, eve);
    const Jid other = Jid::trusted(u"other@evil.test");
    write(f, other);
    QTRY_VERIFY(f.stored(other).isRequest() && !f.stored(other).requests.testFlag(Request::Unchecked));
    QVERIFY(f.stored(eve).id.isEmpty());
}

void PeopleTest::strangersWhoCannotBeLookedUpAreShown()
{
    SessionFixture f;
    f.server.refuseBlocking = Error{Error::Kind::Unsupported, {}, {}};
    login(f);
    write(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest() && !f.stored(eve).requests.testFlag(Request::Unchecked));
}

void PeopleTest::dismissedAndBack()
{
    SessionFixture f;
    login(f);
    write(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest());
    QVERIFY(f.accounts->people().dismiss(f.chat(eve)).result().ok());
    QVERIFY(f.stored(eve).id.isEmpty());
    write(f, eve, u"hello?"_s);
    QTRY_VERIFY(f.stored(eve).isRequest()); // a stranger still
}

void PeopleTest::theyWantToSeeMe()
{
    SessionFixture f;
    login(f);
    ask(f, eve, u"Eve <b>"_s);
    QTRY_VERIFY(f.stored(eve).isRequest() && !f.stored(eve).requests.testFlag(Request::Unchecked));
    QCOMPARE(f.stored(eve).description, u"Eve <b>"_s);
    QVERIFY(f.accounts->people().stopShowing(f.chat(eve)).result().ok());
    QCOMPARE(said(f).last(), u"unsubscribed eve@evil.test"_s);
    QVERIFY(f.stored(eve).id.isEmpty());
    ask(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest());
    QVERIFY(f.accounts->people().acceptRequest(f.chat(eve)).result().ok());
    QTRY_VERIFY(f.stored(eve).ties.testFlag(Tie::SeesMe));
    QVERIFY(said(f).contains(u"subscribed eve@evil.test"_s)
            && said(f).contains(u"subscribe eve@evil.test"_s));
    QVERIFY(!f.stored(eve).isRequest());
    ask(f, f.me); // nonsense
    ask(f, f.muc);
    QTest::qWait(20);
    QVERIFY(f.stored(f.me).id.isEmpty());
}

void PeopleTest::anAnswerElsewhereEndsTheRequest()
{
    SessionFixture f;
    login(f);
    ask(f, eve);
    QTRY_VERIFY(f.stored(eve).isRequest());
    f.server.cut(); // the next session does not repeat it (RFC 6121 3.1.3): another device has answered
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(5));
    QTRY_VERIFY(f.stored(eve).id.isEmpty());
}

void PeopleTest::whoIAskedMaySeeMe()
{
    SessionFixture f;
    login(f);
    QVERIFY(f.accounts->people().add(f.me, f.grace, {}, true).result().ok());
    Contact granted = contact(f.grace, {});
    granted.subscribedTo = true; // their permission comes before their question
    f.server.run([&] { Q_EMIT f.server.connection->contactChanged(granted); });
    QTRY_VERIFY(f.stored(f.grace).ties.testFlag(Tie::Seen));
    ask(f, f.grace);
    QTRY_VERIFY(said(f).contains(u"subscribed grace@chat.test"_s));
    QCOMPARE(f.stored(f.grace).requests, Requests());
    QVERIFY(f.accounts->people().stopShowing(f.chat(f.grace)).result().ok());
    const auto count = said(f).size();
    ask(f, f.grace); // not twice
    QTRY_VERIFY(f.stored(f.grace).requests.testFlag(Request::Subscription));
    QCOMPARE(said(f).size(), count);
}

void PeopleTest::floodsOfRequestsEnd()
{
    SessionFixture f;
    login(f);
    f.server.run([&] {
        for (int i = 0; i < 1000; ++i)
            Q_EMIT f.server.connection->contactList()->subscriptionRequested(
                Jid::trusted(u"bot%1@evil.test"_s.arg(i)), {});
    });
    write(f, f.grace, u"last"_s);
    QTRY_COMPARE(f.stored(f.grace).lastText, u"last"_s);
    QCOMPARE(std::ranges::count_if(f.history->chats(f.me).result().value(), &Chat::isRequest),
             201); // and grace's
}

void PeopleTest::addRenameRemove()
{
    SessionFixture f;
    login(f);
    auto &people = f.accounts->people();
    QVERIFY(people.add(f.me, eve, u"Eve"_s, true).result().ok());
    QTRY_COMPARE(f.stored(eve).name, u"Eve"_s);
    QVERIFY(f.stored(eve).ties.testFlag(Tie::Contact));
    const QStringList words{u"put Eve eve@evil.test"_s, u"subscribe eve@evil.test"_s};
    QCOMPARE(said(f), words);
    QVERIFY(people.rename(f.chat(eve), u"Eva"_s).result().ok());
    QTRY_COMPARE(f.stored(eve).name, u"Eva"_s);
    QVERIFY(people.remove(f.chat(eve)).result().ok());
    QTRY_VERIFY(f.stored(eve).id.isEmpty()); // nothing was ever said
    QCOMPARE(people.add(f.me, f.me, {}, true).result().error().kind, Error::Kind::InvalidAddress);
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    QCOMPARE(people.add(f.me, eve, {}, true).result().error().kind, Error::Kind::ConnectionLost);
}

void PeopleTest::removedElsewhereWhileAway()
{
    SessionFixture f;
    f.server.roster = {contact(f.grace, u"Grace"_s), contact(eve, u"Eve"_s)};
    login(f);
    write(f, f.grace);
    QTRY_COMPARE(f.stored(f.grace).lastText, u"hello"_s);
    f.server.roster.clear();
    f.restartProgram();
    (void)f.accounts->load().result();
    QTRY_VERIFY(f.stored(eve).id.isEmpty());
    QVERIFY(!f.stored(f.grace).ties.testFlag(Tie::Contact)); // what was said stays
    QVERIFY(!f.stored(f.grace).id.isEmpty());
}

void PeopleTest::blockReportUnblock()
{
    SessionFixture f;
    login(f);
    write(f, eve, u"buy"_s);
    write(f, eve, u"now"_s);
    QTRY_COMPARE(f.stored(eve).unread, 2);
    auto &people = f.accounts->people();
    QVERIFY(people.block(f.chat(eve), AbuseReport{AbuseReport::Reason::Spam, {}}).result().ok());
    const QString line = said(f).last();
    QVERIFY2(line.startsWith(u"block eve@evil.test spam "_s) && line.contains(u"buyeve"_s)
                 && line.contains(u"noweve"_s),
             qPrintable(line));
    QTRY_VERIFY(f.stored(eve).id.isEmpty()); // the request is gone
    QVERIFY(people.unblock(f.chat(eve)).result().ok());
    QVERIFY(people.blocked(f.me).result()->addresses.isEmpty());
    QVERIFY(f.accounts->startTalk(f.me, eve).result().ok());
    QVERIFY(people.block(f.chat(eve), {}).result().ok());
    QTRY_VERIFY(f.stored(eve).isBlocked());
    f.restartProgram();
    (void)f.accounts->load().result();
    QVERIFY(f.stored(eve).isBlocked());
    QCOMPARE(f.accounts->people().block(f.chat(f.me), {}).result().error().kind, Error::Kind::InvalidAddress);
}

void PeopleTest::blockedElsewhere()
{
    SessionFixture f;
    f.server.roster.append(contact(f.grace, u"Grace"_s));
    login(f);
    QVERIFY(f.accounts->people().blocked(f.me).result().ok());
    f.server.run([&] { Q_EMIT f.server.connection->blockList()->blocked({f.grace}); });
    QTRY_VERIFY(f.stored(f.grace).isBlocked());
    f.server.run([&] { Q_EMIT f.server.connection->blockList()->unblocked({}); }); // all of them
    QTRY_VERIFY(!f.stored(f.grace).isBlocked());
}

QTEST_GUILESS_MAIN(PeopleTest)
#include "tst_people.moc"
