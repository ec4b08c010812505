// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/sessionfixture.h"
#include "session/preferencesdoor.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using namespace Qt::StringLiterals;

/// Levels and favourites: what is chosen here is stored and told, what is chosen elsewhere is stored.
class PreferencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void chosenHereIsTold();
    void chosenElsewhereIsTaken();
    void heardOfBeforeTheChatIsThere();
    void chosenOfflineOutdoesTheServer();
    void refusedStaysHere();
    void nonsenseIsNone();
    void namesOfMyOwn();
    void aRoomThatComesBackBeginsAnew();
    void oneHistoryOnAllDevices();
    void attention_data();
    void attention();
    void privateRoomsTellOfEverything();
    void thousandsAtOnce();

private:
    static void login(SessionFixture &f)
    {
        QVERIFY(f.logIn().ok());
        QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
        QVERIFY(f.accounts->startTalk(f.me, f.grace).result().ok());
        QTRY_VERIFY(f.server.asked.size() >= 2 && !f.status().catchingUp);
    }
    static Outcome choose(SessionFixture &f, const Jid &chat, const ChatPreference &wanted,
                          PreferenceParts parts = allPreferences)
    {
        return f.accounts->preferences().choose(f.chat(chat), wanted, parts).result();
    }
    static void elsewhere(SessionFixture &f, const KeptPreference &kept)
    {
        f.server.run([&] { f.server.connection->preferences()->chooseElsewhere(kept); });
    }
};

void PreferencesTest::chosenHereIsTold()
{
    SessionFixture f;
    login(f);
    QVERIFY(choose(f, f.muc, {NotifyWhen::Never, true, 7}).ok());
    QTRY_COMPARE(f.stored(f.muc).untold, PreferenceParts());
    QCOMPARE(ChatPreference(f.stored(f.muc)), ChatPreference(NotifyWhen::Never, true, 7));
    QCOMPARE(f.server.preferences.all.value(f.muc).preference, ChatPreference(NotifyWhen::Never, true, 7));
    const auto told = f.server.preferences.told.size();
    QVERIFY(choose(f, f.muc, {NotifyWhen::Never, true, 7}).ok()); // nothing new
    QVERIFY(choose(f, f.muc, {NotifyWhen::Always, false, 0}, PreferencePart::Notify).ok());
    QTRY_COMPARE(f.server.preferences.all.value(f.muc).preference,
                 ChatPreference(NotifyWhen::Always, true, 7));
    QCOMPARE(f.server.preferences.told.size(), told + 1);
    QCOMPARE(choose(f, Jid::trusted(u"no@where.test"), {}).error().kind, Error::Kind::NotFound);
}

void PreferencesTest::chosenElsewhereIsTaken()
{
    SessionFixture f;
    login(f);
    elsewhere(f, {f.muc, ChatKind::Muc, {NotifyWhen::OnMention, true, 3}});
    QTRY_COMPARE(ChatPreference(f.stored(f.muc)), ChatPreference(NotifyWhen::OnMention, true, 3));
    elsewhere(f, {f.grace, ChatKind::Person, {NotifyWhen::Never, false, 0}});
    QTRY_COMPARE(f.stored(f.grace).notify, NotifyWhen::Never);
    QVERIFY(f.server.preferences.told.isEmpty());
    // What stands in a bookmark of somebody who is no room, or the reverse, is not about this chat.
    elsewhere(f, {f.grace, ChatKind::Muc, {NotifyWhen::Always, true, 1}});
    elsewhere(f, {f.muc, ChatKind::Mix, {NotifyWhen::Always, false, 0}});
    elsewhere(f, {Jid::trusted(u"x@chat.test"), ChatKind::Person, {NotifyWhen::Never, true, 0}});
    QTRY_VERIFY(f.stored(Jid::trusted(u"x@chat.test")).pinned);
    QCOMPARE(f.stored(f.grace).notify, NotifyWhen::Never);
    QCOMPARE(f.stored(f.muc).notify, NotifyWhen::OnMention);
    QCOMPARE(f.stored(f.grace).kind, ChatKind::Person);
}

void PreferencesTest::heardOfBeforeTheChatIsThere()
{
    SessionFixture f;
    f.server.preferences.all.insert(f.mix, {f.mix, ChatKind::Mix, {NotifyWhen::Always, true, 5}});
    f.server.preferences.all.insert(f.muc, {f.muc, ChatKind::Muc, {NotifyWhen::Never, false, 0}});
    QVERIFY(f.logIn().ok());
    QVERIFY(f.stored(f.mix).id.isEmpty());
    QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_COMPARE(ChatPreference(f.stored(f.mix)), ChatPreference(NotifyWhen::Always, true, 5));
    QTRY_COMPARE(f.stored(f.muc).notify, NotifyWhen::Never);
    QCOMPARE(f.stored(f.mix).kind, ChatKind::Mix);
}

void PreferencesTest::chosenOfflineOutdoesTheServer()
{
    SessionFixture f;
    login(f);
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    QVERIFY(choose(f, f.muc, {NotifyWhen::Never, false, 0}, PreferencePart::Notify).ok());
    QCOMPARE(f.stored(f.muc).untold, PreferenceParts(PreferencePart::Notify));
    f.server.preferences.all.insert(f.muc, {f.muc, ChatKind::Muc, {NotifyWhen::Always, true, 4}});
    f.server.preferences.takesNone = true;
    f.restartProgram(); // also over a restart
    (void)f.accounts->load().result();
    QTRY_VERIFY(f.stored(f.muc).pinned); // what was chosen elsewhere of another sort
    QCOMPARE(f.stored(f.muc).notify, NotifyWhen::Never);
    f.server.preferences.takesNone = false;
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.stored(f.muc).untold, PreferenceParts());
    QCOMPARE(ChatPreference(f.stored(f.muc)), ChatPreference(NotifyWhen::Never, true, 4));
    QCOMPARE(f.server.preferences.all.value(f.muc).preference, ChatPreference(NotifyWhen::Never, true, 4));
}

void PreferencesTest::refusedStaysHere()
{
    SessionFixture f;
    login(f);
    f.server.preferences.refusal = {Error::Kind::Unsupported, u"publish-options"_s, {}};
    QVERIFY(choose(f, f.grace, {NotifyWhen::Never, true, 1}).ok());
    QCOMPARE(f.stored(f.grace).untold, allPreferences);
    f.server.preferences.refusal = {};
    f.server.cut();
    QTRY_VERIFY(f.clock.isWaiting());
    f.clock.advance(std::chrono::minutes(3));
    QTRY_COMPARE(f.server.preferences.all.value(f.grace).preference,
                 ChatPreference(NotifyWhen::Never, true, 1));
    QTRY_COMPARE(f.stored(f.grace).untold, PreferenceParts());
}

void PreferencesTest::nonsenseIsNone()
{
    SessionFixture f;
    login(f);
    for (const int rank : {-1, maxRank + 1}) {
        QVERIFY(choose(f, f.muc, {NotifyWhen::Usual, true, rank}).ok());
        QCOMPARE(f.stored(f.muc).rank, 0);
    }
    QVERIFY(choose(f, f.muc, {NotifyWhen::Usual, false, 9}).ok());
    QCOMPARE(f.stored(f.muc).rank, 0);
}

void PreferencesTest::namesOfMyOwn()
{
    SessionFixture f;
    login(f);
    const auto named = [](const QString &name) { return ChatPreference(NotifyWhen::Usual, false, 0, name); };
    const QString common = f.stored(f.muc).name;
    QVERIFY(choose(f, f.muc, named(u"Mine"_s), PreferencePart::Name).ok());
    QCOMPARE(f.stored(f.muc).title(), u"Mine"_s);
    QCOMPARE(f.stored(f.muc).name, common);
    QTRY_COMPARE(f.server.preferences.all.value(f.muc).preference.name, u"Mine"_s);
    elsewhere(f, {f.muc, ChatKind::Muc, named(u"Theirs"_s)});
    QTRY_COMPARE(f.stored(f.muc).title(), u"Theirs"_s);
    // What the bookmark has is what the room is called: nobody has chosen anything.
    elsewhere(f, {f.muc, ChatKind::Muc, named(common)});
    QTRY_COMPARE(f.stored(f.muc).ownName, QString());
    QVERIFY(choose(f, f.muc, named(u"Mine"_s), PreferencePart::Name).ok());
    QVERIFY(choose(f, f.muc, named({}), PreferencePart::Name).ok());
    QCOMPARE(f.stored(f.muc).ownName, QString());
    // A person's name is that in the roster.
    elsewhere(f, {f.grace, ChatKind::Person, named(u"Nobody"_s)});
    elsewhere(f, {f.mix, ChatKind::Mix, named(u"Ours"_s)});
    QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok());
    QTRY_COMPARE(f.stored(f.mix).title(), u"Ours"_s);
    QCOMPARE(f.stored(f.grace).ownName, QString());
}

void PreferencesTest::aRoomThatComesBackBeginsAnew()
{
    SessionFixture f;
    login(f);
    QVERIFY(choose(f, f.muc, {NotifyWhen::Never, true, 7}).ok());
    QTRY_COMPARE(f.stored(f.muc).untold, PreferenceParts());
    f.server.preferences.all.clear(); // gone with the bookmark
    QVERIFY(f.accounts->leaveRoom(f.chat(f.muc)).result().ok());
    QTRY_VERIFY(f.stored(f.muc).id.isEmpty());
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_VERIFY(!f.stored(f.muc).id.isEmpty());
    QCOMPARE(ChatPreference(f.stored(f.muc)), ChatPreference());
}

void PreferencesTest::oneHistoryOnAllDevices()
{
    SessionFixture f;
    login(f);
    QVERIFY(f.accounts->joinRoom(f.me, f.mix).result().ok());
    const auto after = [](const Jid &former) {
        return ChatPreference(NotifyWhen::Usual, false, 0, {}, former);
    };
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"before"_s));
    QTRY_COMPARE(f.stored(f.muc).unread, 1);
    // Never seen here, and somebody who is no room: nothing to put before it.
    elsewhere(f, {f.mix, ChatKind::Mix, after(Jid::trusted(u"never@rooms.test"))});
    elsewhere(f, {f.mix, ChatKind::Mix, after(f.grace)});
    elsewhere(f, {f.mix, ChatKind::Mix, {NotifyWhen::Never, false, 0, {}, f.mix}});
    QTRY_COMPARE(f.stored(f.mix).notify, NotifyWhen::Never);
    QCOMPARE(f.stored(f.mix).former, Jid());
    elsewhere(f, {f.mix, ChatKind::Mix, after(f.muc)});
    QTRY_COMPARE(f.stored(f.mix).former, f.muc);
    QCOMPARE(f.bodies(f.chat(f.mix)), QStringList{u"before"_s});
    // It is not undone, and not the other way round as well.
    elsewhere(f, {f.mix, ChatKind::Mix, {NotifyWhen::Always, false, 0}});
    QTRY_COMPARE(f.stored(f.mix).notify, NotifyWhen::Always);
    elsewhere(f, {f.muc, ChatKind::Muc, {NotifyWhen::Always, false, 0, {}, f.mix}});
    QTRY_COMPARE(f.stored(f.muc).notify, NotifyWhen::Always);
    QCOMPARE(f.stored(f.muc).former, Jid());
    QCOMPARE(f.stored(f.mix).former, f.muc);
}

void PreferencesTest::attention_data()
{
    QTest::addColumn<NotifyWhen>("level");
    QTest::addColumn<QStringList>("told");
    QTest::newRow("usual") << NotifyWhen::Usual << QStringList{u"person"_s, u"alice: you"_s};
    QTest::newRow("always") << NotifyWhen::Always << QStringList{u"person"_s, u"room"_s, u"alice: you"_s};
    QTest::newRow("on mention") << NotifyWhen::OnMention << QStringList{u"alice: you"_s};
    QTest::newRow("never") << NotifyWhen::Never << QStringList();
}

void PreferencesTest::attention()
{
    QFETCH(NotifyWhen, level);
    SessionFixture f;
    login(f);
    for (const Jid &chat : {f.muc, f.grace})
        QVERIFY(choose(f, chat, {level, false, 0}, PreferencePart::Notify).ok());
    QTRY_COMPARE(f.stored(f.grace).untold, PreferenceParts()); // so the session has heard of it, too
    QTRY_COMPARE(f.stored(f.muc).untold, PreferenceParts());
    QSignalSpy heard(f.accounts.get(), &Accounts::attention);
    f.server.deliver(f.fromPerson(u"person"_s));
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"room"_s));
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"alice: you"_s));
    QTRY_COMPARE(f.messages(f.chat(f.muc)).size(), 2);
    (void)f.accounts->statuses().result(); // the session thread has told
    QStringList texts;
    for (const auto &call : std::as_const(heard))
        texts.append(call.at(2).toString());
    texts.sort();
    QFETCH(QStringList, told);
    QStringList wanted = told;
    wanted.sort();
    QCOMPARE(texts, wanted);
}

void PreferencesTest::privateRoomsTellOfEverything()
{
    SessionFixture f;
    RoomCard closed = publicRoom(f.muc, ChatKind::Muc, u"Closed"_s);
    closed.properties |= RoomProperty::MembersOnly;
    QVERIFY(f.logIn().ok());
    f.server.run([&] { f.server.rooms.insert(f.muc, closed); });
    QVERIFY(f.accounts->joinRoom(f.me, f.muc).result().ok());
    QTRY_VERIFY(f.stored(f.muc).isPrivate() && !f.status().catchingUp);
    QSignalSpy heard(f.accounts.get(), &Accounts::attention);
    f.server.deliver(f.fromRoom(f.muc, u"Ada"_s, u"room"_s));
    QTRY_COMPARE(heard.size(), 1);
}

void PreferencesTest::thousandsAtOnce()
{
    SessionFixture f;
    for (int i = 0; i < 5000; ++i) {
        const Jid address = Jid::trusted(u"p%1@chat.test"_s.arg(i));
        f.server.preferences.all.insert(address, {address, ChatKind::Person, {NotifyWhen::Never, true, i}});
    }
    QElapsedTimer since;
    since.start();
    QVERIFY(f.logIn().ok());
    QTRY_COMPARE_WITH_TIMEOUT(f.history->chats(f.me).result()->size(), 5000, 60'000);
    qInfo("5,000 favourites after %lld ms", since.elapsed());
    QVERIFY(f.server.preferences.told.isEmpty());
}

QTEST_GUILESS_MAIN(PreferencesTest)
#include "tst_preferences.moc"
