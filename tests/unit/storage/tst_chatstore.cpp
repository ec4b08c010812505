// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

using namespace Mingle;

class TestChatStore : public QObject
{
    Q_OBJECT
private:
    Profile *profile = nullptr;
    QList<Change> heard;

    template<typename T>
    QList<T> changes()
    {
        QList<T> found;
        for (const Change &change : std::exchange(heard, {})) {
            if (const auto *one = std::get_if<T>(&change)) found.append(*one);
        }
        return found;
    }
    Chat ensure(const ChatId &id, ChatKind kind)
    {
        return profile->write([&](Transaction &tx) { return ChatStore(tx).ensure(id, kind); });
    }
    Outcome markRead(const ChatId &id, qint64 row = 0)
    {
        return profile->tryWrite([&](Transaction &tx) { return ChatStore(tx).markRead(id, row); });
    }

private Q_SLOTS:
    void init()
    {
        profile = new Profile;
        profile->fill();
        heard.clear();
        connect(
            &profile->db->changes(), &ChangeFeed::changed, &profile->db->changes(),
            [this](const QList<Change> &changes) { heard += changes; }, Qt::DirectConnection);
    }
    void cleanup() { delete std::exchange(profile, nullptr); }

    void ensures()
    {
        const ChatId fresh{profile->me, Jid::trusted(u"new@rooms.mingle.test")};
        QVERIFY(!profile->write([&](Transaction &tx) { return ChatStore(tx).find(fresh); }));
        const Chat made = ensure(fresh, ChatKind::Mix);
        QCOMPARE(made.id, fresh);
        QCOMPARE(made.kind, ChatKind::Mix);
        QVERIFY(made.autojoin);
        QCOMPARE(made.readUpTo, 0);
        QVERIFY(!made.lastTime.isValid());
        QCOMPARE(changes<ChatChanged>().size(), 1);
        ensure(fresh, ChatKind::Mix);
        QVERIFY(heard.isEmpty());
        QCOMPARE(ensure(fresh, ChatKind::Muc).kind, ChatKind::Muc);
        QCOMPARE(changes<ChatChanged>().size(), 1);
    }

    void keepsEveryField()
    {
        Chat chat = profile->chat(profile->room);
        chat.name = u"Design <b>"_s;
        chat.subject = u"a topic\nof two lines"_s;
        chat.nick = u"me"_s;
        chat.capabilities = Capability::Send | Capability::Archive;
        chat.autojoin = false;
        chat.kind = ChatKind::Mix;
        chat.description = u"what it is for\n<i>"_s;
        chat.properties = RoomProperty::MembersOnly | RoomProperty::Archived;
        chat.notify = NotifyWhen::Never;
        chat.pinned = true;
        chat.requests = Request::Talk | Request::Unchecked;
        chat.ties = Tie::Contact | Tie::Blocked;
        chat.avatar = QString(40, u'a');
        chat.ownName = u"Mine"_s;
        Chat written = chat;
        written.unread = 17; // derived, not written
        written.lastText = u"nonsense"_s;
        profile->write([&](Transaction &tx) { return ChatStore(tx).update(written); });
        QCOMPARE(profile->chat(profile->room), chat);
        QCOMPARE(changes<ChatChanged>().value(0).chat, chat);
        profile->close();
        got(profile->open());
        QCOMPARE(profile->chat(profile->room), chat);
        QCOMPARE(got(wait(profile->reader().chats(profile->me))).value(0), chat);
    }

    void invitationsWaitOnce()
    {
        const ChatId cave{profile->me, Jid::trusted(u"cave@rooms.mingle.test")};
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'700'000'000, QTimeZone::UTC);
        Invitation first{Jid::trusted(u"crone@mingle.test"), u"come <b>in</b>"_s, u"token"_s, now};
        const auto invite = [&](const ChatId &id, const Invitation &invitation) {
            return profile->write(
                [&](Transaction &tx) { return ChatStore(tx).invite(id, ChatKind::Muc, invitation); });
        };
        QVERIFY(invite(cave, first));
        QCOMPARE(profile->chat(cave).invitation, first);
        QVERIFY(!profile->chat(cave).autojoin);
        QVERIFY(!invite(cave, first)); // the archive tells it again
        Invitation later = first;
        later.time = now.addSecs(10);
        later.text = u"please"_s;
        QVERIFY(invite(cave, later));
        QCOMPARE(profile->chat(cave).invitation.text, u"please"_s);

        QVERIFY(profile->tryWrite([&](Transaction &tx) -> Outcome {
            if (auto done = ChatStore(tx).decide(cave, now.addSecs(60)); !done) return done;
            return ChatStore(tx).remove(cave);
        }));
        QVERIFY(!invite(cave, later)); // answered
        QVERIFY(!profile->write([&](Transaction &tx) { return ChatStore(tx).find(cave); }));
        later.time = now.addSecs(120);
        QVERIFY(invite(cave, later)); // asked anew

        QVERIFY(!invite(profile->room, first)); // I am in there
        QVERIFY(profile->chat(profile->room).invitation.isEmpty());
        for (int i = 0; i < 100; ++i) { // a stranger who sends many
            Invitation spam = first;
            (void)invite({profile->me, Jid::trusted(u"spam%1@rooms.mingle.test"_s.arg(i))}, spam);
        }
        const auto all = profile->write([&](Transaction &tx) { return ChatStore(tx).all(profile->me); });
        QVERIFY(all.size() <= 60);
    }

    void listsAll()
    {
        Account account;
        account.address = Jid::trusted(u"other@mingle.test");
        const ChatId other{account.address, profile->room.address};
        profile->write([&](Transaction &tx) { return AccountStore(tx).put(account); });
        ensure(other, ChatKind::Mix);
        const auto ids = [](const QList<Chat> &chats) {
            QList<ChatId> list;
            for (const Chat &chat : chats)
                list.append(chat.id);
            return list;
        };
        const QList<ChatId> mine{profile->room, profile->grace, profile->ada};
        QCOMPARE(ids(profile->write([&](Transaction &tx) { return ChatStore(tx).all(profile->me); })), mine);
        QCOMPARE(ids(got(wait(profile->reader().chats(profile->me)))), mine);
        QCOMPARE(ids(got(wait(profile->reader().chats({})))), mine + QList{other});
    }

    void removedChatKeepsItsMessages()
    {
        const Message message = profile->add(profile->message(profile->room, 1));
        profile->write([&](Transaction &tx) { return ChatStore(tx).setDraft(profile->room, u"draft"_s); });
        heard.clear();
        profile->write([&](Transaction &tx) { return ChatStore(tx).remove(profile->room); });
        QCOMPARE(changes<ChatRemoved>().value(0).chat, profile->room);
        QVERIFY(!profile->write([&](Transaction &tx) { return ChatStore(tx).find(profile->room); }));
        QCOMPARE(got(wait(profile->reader().chats(profile->me))).size(), 2);
        QCOMPARE(profile->tryWrite([&](Transaction &tx) { return ChatStore(tx).remove(profile->room); })
                     .error()
                     .kind,
                 Error::Kind::NotFound);
        profile->add(profile->message(profile->room, 2)); // a straggler says nothing about the list
        QVERIFY(changes<ChatChanged>().isEmpty());

        QCOMPARE(ensure(profile->room, ChatKind::Muc).unread, 2);
        QCOMPARE(changes<ChatChanged>().size(), 1);
        QCOMPARE(got(wait(profile->reader().newest(profile->room, 9))).messages.value(0), message);
        QCOMPARE(got(wait(profile->reader().draft(profile->room))), u"draft"_s);
    }

    void removedAndBackInOneTransaction()
    {
        profile->write([&](Transaction &tx) -> Outcome {
            if (auto done = ChatStore(tx).remove(profile->room); !done) return done;
            auto made = ChatStore(tx).ensure(profile->room, ChatKind::Muc);
            return made.ok() ? Outcome() : Outcome(made.error());
        });
        QCOMPARE(heard.size(), 1);
        QCOMPARE(changes<ChatChanged>().size(), 1);
    }

    void marksRead()
    {
        QList<Message> messages;
        for (int i = 1; i <= 5; ++i) {
            Message message = profile->message(profile->room, i * 10);
            message.mentionsMe = i == 2 || i == 4;
            messages.append(profile->add(message));
        }
        profile->add(profile->mine(profile->room, 60));
        QCOMPARE(profile->chat(profile->room).unread, 5);
        QCOMPARE(profile->chat(profile->room).mentions, 2);
        QCOMPARE(profile->chat(profile->room).readUpTo, 0);
        heard.clear();
        QVERIFY(markRead(profile->room, messages.at(2).row));
        QCOMPARE(changes<ChatChanged>().value(0).chat.unread, 2);
        QCOMPARE(profile->chat(profile->room).mentions, 1);
        QCOMPARE(profile->chat(profile->room).readUpTo, messages.at(2).row);
        QVERIFY(markRead(profile->room, messages.at(0).row)); // never back
        QVERIFY(heard.isEmpty());
        QCOMPARE(profile->chat(profile->room).unread, 2);
        QVERIFY(markRead(profile->room));
        QCOMPARE(profile->chat(profile->room).unread, 0);
        QCOMPARE(profile->chat(profile->room).mentions, 0);
        // What comes in below was read or missed long ago; what comes above is new.
        profile->add(profile->message(profile->room, 25));
        QCOMPARE(profile->chat(profile->room).unread, 0);
        profile->add(profile->message(profile->room, 61));
        QCOMPARE(profile->chat(profile->room).unread, 1);
    }

    void marksReadOnlyItsOwn()
    {
        const Message elsewhere = profile->add(profile->message(profile->ada, 1));
        QCOMPARE(markRead(profile->room, elsewhere.row).error().kind, Error::Kind::NotFound);
        QCOMPARE(markRead(profile->room, 4711).error().kind, Error::Kind::NotFound);
        QCOMPARE(markRead({profile->me, Jid::trusted(u"nobody@a.test")}).error().condition, u"no-chat"_s);
        QVERIFY(markRead(profile->room)); // nothing in it
        QCOMPARE(profile->chat(profile->room).readUpTo, 0);
    }

    // An own message that takes its place in the archive above unread ones must not hide them.
    void movedMessageLeavesTheReadPosition()
    {
        const Message first = profile->add(profile->message(profile->room, 1));
        Message mine = profile->add(profile->mine(profile->room, 2));
        QVERIFY(markRead(profile->room, mine.row));
        profile->add(profile->message(profile->room, 3));
        profile->add(profile->message(profile->room, 4));
        mine.order = 5;
        mine.archiveId = u"5"_s;
        mine.delivery = Delivery::Archived;
        profile->write([&](Transaction &tx) { return MessageStore(tx).update(mine); });
        QCOMPARE(profile->chat(profile->room).unread, 2);
        QCOMPARE(profile->chat(profile->room).readUpTo, first.row);
    }

    void readPositionOutlivesItsMessage()
    {
        const Message first = profile->add(profile->message(profile->room, 1));
        const Message second = profile->add(profile->message(profile->room, 2));
        profile->add(profile->message(profile->room, 3));
        QVERIFY(markRead(profile->room, second.row));
        profile->write([&](Transaction &tx) { return MessageStore(tx).remove(second.row); });
        QCOMPARE(profile->chat(profile->room).unread, 1);
        QCOMPARE(profile->chat(profile->room).readUpTo, first.row);
    }

    void showsTheLastMessage()
    {
        Message message = profile->message(profile->room, 1, u" two\n\nlines \t and  spaces "_s);
        profile->add(message);
        QCOMPARE(profile->chat(profile->room).lastText, u"two lines and spaces"_s);
        QCOMPARE(profile->chat(profile->room).lastAuthor, u"Ada"_s);
        QCOMPARE(profile->chat(profile->room).lastTime, message.time);
        const Message mine = profile->add(profile->mine(profile->room, 2));
        QCOMPARE(profile->chat(profile->room).lastText, u"from me"_s);
        QCOMPARE(profile->chat(profile->room).lastAuthor, QString());
        profile->add(profile->message(profile->room, -5, u"an old one"_s));
        QCOMPARE(profile->chat(profile->room).lastText, u"from me"_s);
        Message gone = mine;
        gone.retracted = true;
        gone.body.clear();
        profile->write([&](Transaction &tx) { return MessageStore(tx).update(gone); });
        QCOMPARE(profile->chat(profile->room).lastText, u"two lines and spaces"_s);
        // 199 letters and an emoji: the bound lies in the middle of a surrogate pair.
        profile->add(profile->message(profile->room, 3, QString(199, u'x') + u"\U0001F600 more"_s));
        QCOMPARE(profile->chat(profile->room).lastText, QString(199, u'x'));
    }

    void keepsDrafts()
    {
        const auto setDraft = [&](const QString &text) {
            return profile->tryWrite(
                [&](Transaction &tx) { return ChatStore(tx).setDraft(profile->room, text); });
        };
        QCOMPARE(got(wait(profile->reader().draft(profile->room))), QString());
        QVERIFY(setDraft(u"half a tho"_s));
        QVERIFY(setDraft(u"half a thought"_s));
        QCOMPARE(got(wait(profile->reader().draft(profile->room))), u"half a thought"_s);
        QCOMPARE(got(wait(profile->reader().draft(profile->ada))), QString());
        QVERIFY(setDraft({}));
        QCOMPARE(got(wait(profile->reader().draft(profile->room))), QString());
        QCOMPARE(profile->tryWrite([](Transaction &tx) { return ChatStore(tx).setDraft({}, u"x"_s); })
                     .error()
                     .kind,
                 Error::Kind::NotFound);
    }

    void namesWhoWasNotKnownAsHeWrote()
    {
        Message early = profile->message(profile->room, 1);
        early.author = {u"id-1"_s, {}, {}, true, false};
        profile->add(early);
        Message later = profile->message(profile->room, 2);
        later.author = {u"id-1"_s, u"Ada"_s, profile->ada.address, true, false};
        profile->add(later);
        const Participant ada{u"id-1"_s, u"Ada"_s, profile->ada.address, Standing::Owner, true, true, false};
        for (int times = 0; times < 2; ++times) // also where the members are the same as before
            profile->write(
                [&](Transaction &tx) { return ChatStore(tx).setParticipants(profile->room, {ada}); });
        const MessagePage page = got(wait(profile->reader().newest(profile->room, 10)));
        QCOMPARE(page.messages.size(), 2);
        QCOMPARE(page.messages.first().author, later.author);
    }

    void keepsParticipants()
    {
        Participant ada{u"id-1"_s, u"Ada"_s, profile->ada.address, Standing::Owner, true, true, false};
        Participant me{u"nick:me"_s, u""_s, {}, Standing::Muted, false, false, true};
        const auto stored = [&] { return got(wait(profile->reader().participants(profile->room))); };
        const auto set = [&](const QList<Participant> &list) {
            profile->write(
                [&](Transaction &tx) { return ChatStore(tx).setParticipants(profile->room, list); });
        };
        set({me, ada});
        QCOMPARE(stored(), QList<Participant>({me, ada}));
        QCOMPARE(changes<ParticipantsChanged>().size(), 1);
        set({me, ada});
        QVERIFY(heard.isEmpty()); // nothing changed
        ada.nick = u"Countess"_s;
        profile->write([&](Transaction &tx) { return ChatStore(tx).putParticipant(profile->room, ada); });
        QCOMPARE(stored(), QList<Participant>({me, ada}));
        profile->write(
            [&](Transaction &tx) { return ChatStore(tx).removeParticipant(profile->room, me.key); });
        QCOMPARE(stored(), QList<Participant>({ada}));
        QCOMPARE(changes<ParticipantsChanged>().size(), 2);
        profile->write(
            [&](Transaction &tx) { return ChatStore(tx).removeParticipant(profile->room, me.key); });
        QVERIFY(heard.isEmpty());
        set({ada, me, ada}); // a server that says one twice
        QCOMPARE(stored().size(), 2);
        set({});
        QVERIFY(stored().isEmpty());
        QVERIFY(got(wait(profile->reader().participants(profile->ada))).isEmpty());
    }

    void anotherKindHasAnotherArchive()
    {
        Message message = profile->message(profile->grace, 7);
        message.archiveId = u"1234"_s;
        const Message old = profile->add(message);
        ensure(profile->grace, ChatKind::Muc);
        // The same id in the room's own archive is another message, and its places go on above.
        message.order = profile->write([&](Transaction &tx) {
            return ArchiveStore(tx, {profile->me, profile->grace.address}).nextOrder();
        });
        QVERIFY(message.order > old.order);
        const Message fresh = profile->add(message);
        const auto found = profile->write(
            [&](Transaction &tx) { return MessageStore(tx).byArchiveId(profile->grace, u"1234"_s); });
        QCOMPARE(found->row, fresh.row);
        Message edited = old;
        edited.edited = true;
        profile->write([&](Transaction &tx) { return MessageStore(tx).update(edited); });
        QCOMPARE(*profile->byRow(old.row), edited);
    }
};

QTEST_GUILESS_MAIN(TestChatStore)
#include "tst_chatstore.moc"
