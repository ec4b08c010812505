// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/roomdoor.h"

#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// A nick in a MUC room may pass on to somebody else: what is meant for one of them does not go to the other.
class PrivateTalksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNickThatPassesOnIsSeen();
    void whatWaitsIsNotSentToAnother();
    void theSameOneIsNobodyElse_data();
    void theSameOneIsNobodyElse();
    void whatWaitsForItsRoomGoesThen();

private:
    static Participant called(const QString &key, bool stable = true, const Jid &address = {})
    {
        Participant participant;
        participant.key = key;
        participant.nick = u"Ada"_s;
        participant.present = true;
        participant.stableKey = stable;
        participant.address = address;
        return participant;
    }
    static Jid ada(const SessionFixture &f) { return f.muc.withResource(u"Ada"_s); }
    static void comes(SessionFixture &f, const Participant &who)
    {
        f.server.run([&] {
            f.server.members[f.muc] = {who};
            Q_EMIT f.server.connection->driver(ChatKind::Muc)->participantChanged(f.muc, who);
        });
    }
    static void says(SessionFixture &f, const Participant &who, const QString &body)
    {
        IncomingMessage message = f.fromPerson(body);
        message.chat = ada(f);
        message.author = {who.key, who.nick, who.address, who.stableKey, false};
        f.server.deliver(message);
    }
    static void login(SessionFixture &f, const Participant &who)
    {
        QVERIFY(f.logIn().ok());
        f.server.members[f.muc] = {who};
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        QTRY_VERIFY(f.server.asked.size() >= 2 && !f.status().catchingUp);
        QTRY_COMPARE(f.history->participants(f.chat(f.muc)).result()->size(), 1);
    }
    static qsizetype notices(const SessionFixture &f)
    {
        const auto all = f.messages(f.chat(ada(f)));
        return std::ranges::count(all, Notice::AnotherPerson, &Message::notice);
    }
    static void reconnect(SessionFixture &f)
    {
        f.clock.advance(std::chrono::minutes(3));
        QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
        QTRY_COMPARE(f.state(f.muc).membership, Membership::Joined);
        QTRY_VERIFY(!f.status().catchingUp);
    }
    static QStringList sent(SessionFixture &f)
    {
        QStringList bodies;
        f.server.run([&] {
            for (const OutgoingMessage &message : std::as_const(f.server.sent))
                bodies.append(message.body);
        });
        return bodies;
    }
};

void PrivateTalksTest::aNickThatPassesOnIsSeen()
{
    SessionFixture f;
    login(f, called(u"first"_s));
    says(f, called(u"first"_s), u"psst"_s);
    QTRY_COMPARE(f.bodies(f.chat(ada(f))), QStringList{u"psst"_s});
    comes(f, called(u"first"_s)); // back from lunch
    comes(f, called(u"second"_s));
    QTRY_COMPARE(notices(f), 1);
    QCOMPARE(f.messages(f.chat(ada(f))).last().body, u"Ada"_s);
    QCOMPARE(f.stored(ada(f)).unread, 1); // nothing to be read
    comes(f, called(u"second"_s));
    says(f, called(u"second"_s), u"hello"_s);
    QTRY_COMPARE(f.bodies(f.chat(ada(f))).last(), u"hello"_s);
    QCOMPARE(notices(f), 1);
    // A crowd that passes it around is one row.
    for (int i = 0; i < 20; ++i)
        comes(f, called(u"crowd-%1"_s.arg(i)));
    QTRY_COMPARE(notices(f), 2);
    QTest::qWait(50);
    QCOMPARE(notices(f), 2);
    says(f, called(u"crowd-19"_s), u"me again"_s);
    QTRY_COMPARE(f.bodies(f.chat(ada(f))).last(), u"me again"_s);
    // Also while Mingle was not running.
    f.server.members[f.muc] = {called(u"third"_s)};
    f.restartProgram();
    (void)f.accounts->load().result();
    QTRY_COMPARE(notices(f), 3);
}

void PrivateTalksTest::whatWaitsIsNotSentToAnother()
{
    SessionFixture f;
    login(f, called(u"first"_s));
    // I begin it, and nothing has come back yet.
    const auto talk = f.accounts->rooms().talkInPrivate(f.chat(f.muc), called(u"first"_s)).result();
    QVERIFY(talk.ok());
    QVERIFY(f.accounts->sendMessage(*talk, u"one"_s).result().ok());
    QTRY_VERIFY(sent(f).contains(u"one"_s));
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    QVERIFY(f.accounts->sendMessage(*talk, u"secret"_s).result().ok());
    f.server.members[f.muc] = {called(u"second"_s)};
    reconnect(f);
    QTRY_COMPARE(notices(f), 1);
    const auto all = f.messages(*talk);
    const auto secret = std::ranges::find(all, u"secret"_s, &Message::body);
    QVERIFY(secret != all.cend());
    QCOMPARE(secret->delivery, Delivery::Failed);
    QCOMPARE(secret->failure.condition, u"another-person"_s);
    QVERIFY(!sent(f).contains(u"secret"_s));
    QVERIFY(f.accounts->sendMessage(*talk, u"who is it?"_s).result().ok()); // knowing it
    QTRY_VERIFY(sent(f).contains(u"who is it?"_s));
}

void PrivateTalksTest::theSameOneIsNobodyElse_data()
{
    QTest::addColumn<Participant>("before");
    QTest::addColumn<Participant>("after");
    QTest::addColumn<int>("notices");
    const Jid first = Jid::trusted(u"ada@one.test");
    const Jid second = Jid::trusted(u"ada@two.test");
    QTest::newRow("same id") << called(u"a"_s) << called(u"a"_s) << 0;
    QTest::newRow("no id") << called(u"nick:Ada"_s, false) << called(u"nick:Ada"_s, false) << 0;
    QTest::newRow("ids are new") << called(u"nick:Ada"_s, false) << called(u"a"_s) << 0;
    QTest::newRow("same address") << called(u"nick:Ada"_s, false, first)
                                  << called(u"nick:Ada"_s, false, first) << 0;
    QTest::newRow("another address") << called(u"nick:Ada"_s, false, first)
                                     << called(u"nick:Ada"_s, false, second) << 1;
    QTest::newRow("address, then id") << called(u"nick:Ada"_s, false, first) << called(u"a"_s) << 0;
}

void PrivateTalksTest::theSameOneIsNobodyElse()
{
    QFETCH(Participant, before);
    QFETCH(Participant, after);
    QFETCH(int, notices);
    SessionFixture f;
    login(f, before);
    says(f, before, u"psst"_s);
    QTRY_COMPARE(f.bodies(f.chat(ada(f))), QStringList{u"psst"_s});
    comes(f, after);
    says(f, after, u"again"_s);
    QTRY_VERIFY(f.bodies(f.chat(ada(f))).contains(u"again"_s));
    QCOMPARE(PrivateTalksTest::notices(f), notices);
}

void PrivateTalksTest::whatWaitsForItsRoomGoesThen()
{
    SessionFixture f;
    login(f, called(u"first"_s));
    const auto talk = f.accounts->rooms().talkInPrivate(f.chat(f.muc), called(u"first"_s)).result();
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    QVERIFY(f.accounts->sendMessage(*talk, u"later"_s).result().ok());
    // Everybody else is reached long before.
    f.server.refuseJoin = {Error::Kind::ServiceFull, u"resource-constraint"_s, {}};
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.status().state, ConnectionStatus::State::Live);
    QTRY_VERIFY(!f.status().catchingUp && f.server.joins.count(f.muc) > 1);
    QTest::qWait(50);
    QVERIFY(!sent(f).contains(u"later"_s));
    f.server.refuseJoin = {};
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_VERIFY(sent(f).contains(u"later"_s));
}

QTEST_GUILESS_MAIN(PrivateTalksTest)
#include "tst_privatetalks.moc"
