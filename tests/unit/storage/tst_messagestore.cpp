// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/messagerow.h"
#include "unit/storage/profile.h"

#include <QRegularExpression>
#include <QUuid>

using namespace Mingle;

class TestMessageStore : public QObject
{
    Q_OBJECT
private:
    Profile *profile = nullptr;
    QList<Change> heard;

    Message full() const
    {
        Message message =
            profile->message(profile->room, 17, u"multi\nline \U0001F468\u200D\U0001F469 \u202Ertl"_s);
        message.author = {u"occupant-1"_s, u"<b>Ada</b>"_s, profile->ada.address, false, false};
        message.time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, QTimeZone::UTC);
        message.delivery = Delivery::Failed;
        message.failure = {Error::Kind::Refused, u"forbidden"_s, u"not here"_s};
        message.archiveId = u"1700000000000123"_s;
        message.originId = u"0f6f3ac1-2f4b-4d5e-9d4c-5b2ce4f8f001"_s;
        message.stanzaId = u"stanza-1"_s;
        message.replacedBody = u"first version"_s;
        message.edited = true;
        message.mentionsMe = true;
        message.threadId = u"A-THREAD"_s;
        message.replyTo = u"12"_s;
        message.mentions = {{0, 5, u"occupant-2"_s, {}, true}, {6, 10, {}, profile->grace.address, false}};
        return message;
    }
    std::optional<Message> find(
        const std::function<Result<std::optional<Message>>(const MessageStore &)> &look)
    {
        return profile->write([&](Transaction &tx) { return look(MessageStore(tx)); });
    }
    Outcome update(const Message &message)
    {
        return profile->tryWrite([&](Transaction &tx) { return MessageStore(tx).update(message); });
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

    void keepsEveryField()
    {
        const Message stored = profile->add(full());
        QVERIFY(stored.row > 0);
        Message expected = full();
        expected.row = stored.row;
        QCOMPARE(stored, expected);
        QCOMPARE(*profile->byRow(stored.row), expected);
        QCOMPARE(got(wait(profile->reader().newest(profile->room, 1))).messages.value(0), expected);
        QCOMPARE(heard.size(), 2);
        QCOMPARE(std::get<MessageAdded>(heard.at(0)).message, expected);
        QCOMPARE(std::get<ChatChanged>(heard.at(1)).chat, profile->chat(profile->room));
        profile->close();
        got(profile->open());
        QCOMPARE(*profile->byRow(stored.row), expected);
    }

    void keepsAnEmptyOne()
    {
        Message bare;
        bare.chat = profile->room;
        bare = profile->add(bare);
        QCOMPARE(*profile->byRow(bare.row), bare);
        QVERIFY(!profile->byRow(bare.row + 1));
    }

    void keepsAMegabyte()
    {
        const Message big = profile->add(profile->message(profile->room, 1, QString(500'000, QChar(0x05D0))));
        QCOMPARE(profile->byRow(big.row)->body, big.body);
        QVERIFY(profile->chat(profile->room).lastText.size() <= 200);
    }

    void ids_data()
    {
        QTest::addColumn<QString>("id");
        for (const auto &id : {u"0"_s,
                               u"007"_s,
                               u"1700000000000123"_s,
                               u"999999999999999999"_s,
                               u"9999999999999999999"_s,
                               u"-5"_s,
                               u"+5"_s,
                               u" 5"_s,
                               u"5 "_s,
                               u"5.0"_s,
                               u"1e5"_s,
                               u"\u0665\u0666"_s,
                               u"0f6f3ac1-2f4b-4d5e-9d4c-5b2ce4f8f001"_s,
                               u"0F6F3AC1-2F4B-4D5E-9D4C-5B2CE4F8F001"_s,
                               u"{0f6f3ac1-2f4b-4d5e-9d4c-5b2ce4f8f001}"_s,
                               u"0f6f3ac12f4b4d5e9d4c5b2ce4f8f001"_s,
                               u"00000000-0000-0000-0000-000000000000"_s,
                               u"0f6f3ac1-2f4b-4d5e-9d4c-5b2ce4f8f00g"_s,
                               u"GvHCCeKrAGKxM7YvRdnGjZ-6"_s,
                               u"'; DROP TABLE messages; --"_s,
                               u"\U0001F600"_s,
                               QString(3000, u'x')})
            QTest::newRow(id.left(40).toUtf8().constData()) << id;
    }
    // Packed or not, an id comes back as it was, and is found by itself alone.
    void ids()
    {
        QFETCH(const QString, id);
        QCOMPARE(unpackId(packId(id)), id);
        Message message = profile->message(profile->room, 1);
        message.archiveId = message.originId = message.stanzaId = message.threadId = message.replyTo = id;
        const Message same = profile->add(message);
        message.archiveId = id + u"x"_s;
        message.stanzaId = id + u"y"_s;
        message.originId = id + u"z"_s;
        profile->add(message);
        QCOMPARE(*profile->byRow(same.row), same);
        const auto &room = profile->room;
        QCOMPARE(find([&](auto &store) { return store.byArchiveId(room, id); }), same);
        QCOMPARE(find([&](auto &store) { return store.byOriginId(room, same.author.key, id); }), same);
        QCOMPARE(find([&](auto &store) { return store.byStanzaId(room, same.author.key, id); }), same);
    }

    void updatesEveryField()
    {
        Message message = profile->add(profile->message(profile->room, 1));
        heard.clear();
        const qint64 row = message.row;
        message = full();
        message.row = row;
        QVERIFY(update(message));
        QCOMPARE(*profile->byRow(row), message);
        QCOMPARE(std::get<MessageChanged>(heard.at(0)).message, message);
        QVERIFY(std::holds_alternative<ChatChanged>(heard.at(1)));
        // And back to nothing: the failure goes too.
        Message bare = profile->message(profile->room, 2, {});
        bare.row = row;
        QVERIFY(update(bare));
        QCOMPARE(*profile->byRow(row), bare);
        QCOMPARE(profile->number(u"SELECT count(*) FROM failures"_s), 0);
    }

    void refuses()
    {
        Message stranger = profile->message({profile->me, Jid::trusted(u"nobody@a.test")}, 1);
        QCOMPARE(profile->tryWrite([&](Transaction &tx) { return MessageStore(tx).add(stranger); })
                     .error()
                     .condition,
                 u"no-chat"_s);
        stranger.row = 99;
        QCOMPARE(update(stranger).error().kind, Error::Kind::NotFound);
        Message moved = profile->add(profile->message(profile->room, 1));
        moved.chat = profile->ada;
        QCOMPARE(update(moved).error().kind, Error::Kind::InvalidInput);
        QCOMPARE(profile->tryWrite([&](Transaction &tx) { return MessageStore(tx).remove(99); }).error().kind,
                 Error::Kind::NotFound);
    }

    void removes()
    {
        Message failed = profile->mine(profile->room, 1, Delivery::Failed);
        failed.failure = {Error::Kind::Timeout, {}, {}};
        failed = profile->add(failed);
        heard.clear();
        QVERIFY(profile->tryWrite([&](Transaction &tx) { return MessageStore(tx).remove(failed.row); }).ok());
        QVERIFY(!profile->byRow(failed.row));
        QCOMPARE(std::get<MessageRemoved>(heard.at(0)).row, failed.row);
        QCOMPARE(profile->number(u"SELECT count(*) FROM failures"_s), 0);
        QVERIFY(profile->add(profile->message(profile->room, 2)).row
                > failed.row); // a row never means another message
    }

    void archiveIdIsUniqueInItsArchive()
    {
        Message message = profile->message(profile->ada, 1);
        message.archiveId = u"42"_s;
        const Message first = profile->add(message);
        message.chat = profile->grace; // the account's archive holds both
        const auto again = profile->tryWrite([&](Transaction &tx) { return MessageStore(tx).add(message); });
        QCOMPARE(again.error().kind, Error::Kind::Storage);
        QCOMPARE(primaryCode(again.error()), 19); // SQLITE_CONSTRAINT
        message.chat = profile->room;             // the room has its own
        const Message second = profile->add(message);
        QCOMPARE(find([&](auto &store) { return store.byArchiveId(profile->ada, u"42"_s); })->row, first.row);
        QCOMPARE(find([&](auto &store) { return store.byArchiveId(profile->grace, u"42"_s); })->chat,
                 profile->ada);
        QCOMPARE(find([&](auto &store) { return store.byArchiveId(profile->room, u"42"_s); })->row,
                 second.row);
        QVERIFY(!find([&](auto &store) { return store.byArchiveId(profile->room, {}); }));
    }

    // A broken constraint undoes one statement; the work may look at it and go on.
    void goesOnAfterADuplicate()
    {
        Message message = profile->message(profile->room, 1);
        message.archiveId = u"42"_s;
        profile->add(message);
        profile->write([&](Transaction &tx) -> Outcome {
            if (MessageStore(tx).add(message).ok()) return Error{Error::Kind::Internal, {}, {}};
            message.archiveId = u"43"_s;
            auto added = MessageStore(tx).add(message);
            return added.ok() ? Outcome() : Outcome(added.error());
        });
        QCOMPARE(profile->number(u"SELECT count(*) FROM messages"_s), 2);
        QCOMPARE(profile->chat(profile->room).unread, 2);
    }

    void findsByOriginId()
    {
        const QString id = u"origin-7"_s;
        Message message = profile->message(profile->room, 1);
        message.originId = id;
        const Message first = profile->add(message);
        message.author.key = u"someone else"_s; // who uses her id
        const Message other = profile->add(message);
        message = first;
        message.order = 5;
        message.author.nick = u"a new nick"_s;
        const Message newer = profile->add(message);
        const auto by = [&](const ChatId &chat, const QString &key) {
            return find([&](auto &store) { return store.byOriginId(chat, key, id); });
        };
        QCOMPARE(by(profile->room, first.author.key), newer); // the newest of several
        QCOMPARE(by(profile->room, u"someone else"_s), other);
        QVERIFY(!by(profile->room, u"nobody"_s));
        QVERIFY(!by(profile->ada, first.author.key));
        QCOMPARE(profile->byRow(first.row)->author.nick, u"Ada"_s); // as it was then
    }

    void findsByStanzaId()
    {
        const auto by = [&](const QString &key, const QString &id) {
            return find([&](auto &store) { return store.byStanzaId(profile->room, key, id); });
        };
        Message message = profile->message(profile->room, 1);
        const QString key = message.author.key;
        message.stanzaId = u"alone"_s;
        const Message alone = profile->add(message);
        message.stanzaId = message.originId = u"origin"_s;
        const Message origin = profile->add(message);
        message.originId.clear();
        message.stanzaId = message.archiveId = u"archive"_s;
        const Message archive = profile->add(message);
        QCOMPARE(by(key, u"alone"_s), alone);
        QCOMPARE(by(key, u"origin"_s), origin);
        QCOMPARE(by(key, u"archive"_s), archive);
        QVERIFY(!by(u"other"_s, u"alone"_s));
        // An id that is only an archive or origin id is no id attribute.
        message.stanzaId = u"attribute"_s;
        message.archiveId = u"other archive"_s;
        message.originId = u"other origin"_s;
        profile->add(message);
        QVERIFY(!by(key, u"other archive"_s));
        QVERIFY(!by(key, u"other origin"_s));
    }

    void findsMine()
    {
        const auto by = [&](const QString &id) {
            return find([&](auto &store) { return store.mine(profile->room, id); });
        };
        Message message = profile->mine(profile->room, 1);
        message.originId = u"o1"_s;
        message.stanzaId = u"s1"_s;
        const Message mine = profile->add(message);
        message = profile->message(profile->room, 2);
        message.originId = u"o1"_s;
        message.stanzaId = u"s2"_s;
        profile->add(message);
        QCOMPARE(by(u"o1"_s), mine);
        QCOMPARE(by(u"s1"_s), mine);
        QVERIFY(!by(u"s2"_s));
        QVERIFY(!by({}));
    }

    void findsTheLikelyCopy()
    {
        const auto like = [&](const Message &message) {
            return find([&](auto &store) { return store.likely(message); });
        };
        const Message live = profile->add(profile->message(profile->room, 100, u"hi"_s));
        Message probe = profile->message(profile->room, 100, u"hi"_s);
        probe.archiveId = u"9"_s;
        QCOMPARE(like(probe), live);
        probe.time = live.time.addSecs(10);
        QCOMPARE(like(probe), live);
        probe.time = live.time.addSecs(-11);
        QVERIFY(!like(probe));
        probe.time = live.time;
        probe.body = u"Hi"_s;
        QVERIFY(!like(probe));
        probe.body = u"hi"_s;
        probe.author.key = u"other"_s;
        QVERIFY(!like(probe));
        probe.author.key = live.author.key;
        probe.chat = profile->ada;
        QVERIFY(!like(probe));
        probe.chat = profile->room;
        probe.row = live.row; // not itself
        QVERIFY(!like(probe));
        probe.row = 0;
        Message nearer = live;
        nearer.time = live.time.addSecs(4);
        nearer = profile->add(nearer);
        probe.time = live.time.addSecs(3);
        QCOMPARE(like(probe), nearer);
        nearer.archiveId = u"10"_s; // has its own place now
        QVERIFY(update(nearer));
        QCOMPARE(like(probe), live);
        probe.time = {};
        QVERIFY(!like(probe));
    }

    void listsWaiting()
    {
        const auto rows = [&](const Jid &account, const ChatId &chat) {
            QList<qint64> list;
            for (const Message &message :
                 profile->write([&](Transaction &tx) { return MessageStore(tx).waiting(account, chat); })) {
                list.append(message.row);
            }
            return list;
        };
        Message second = profile->add(profile->mine(profile->room, 20));
        const Message first = profile->add(profile->mine(profile->room, 10));
        const Message elsewhere = profile->add(profile->mine(profile->ada, 5));
        profile->add(profile->mine(profile->room, 15, Delivery::Sent));
        profile->add(profile->message(profile->room, 16));
        const Message failed = profile->add(profile->mine(profile->room, 12, Delivery::Failed));
        QCOMPARE(rows(profile->me, {}), QList<qint64>({first.row, second.row, elsewhere.row}));
        QCOMPARE(rows(profile->me, profile->room), QList<qint64>({first.row, second.row}));
        QVERIFY(rows(profile->me, profile->grace).isEmpty());
        QVERIFY(rows(Jid::trusted(u"other@a.test"), {}).isEmpty());
        second.delivery = Delivery::Archived;
        QVERIFY(update(second));
        Message again = failed;
        again.delivery = Delivery::Waiting;
        QVERIFY(update(again));
        QCOMPARE(rows(profile->me, profile->room), QList<qint64>({first.row, failed.row}));
    }

    void tellsOfHistory()
    {
        profile->add(profile->message(profile->room, 10));
        heard.clear();
        profile->add(profile->message(profile->room, 11));
        for (const Change &change : std::as_const(heard))
            QVERIFY(!std::holds_alternative<HistoryChanged>(change));
        heard.clear();
        profile->write([&](Transaction &tx) -> Outcome {
            for (int i = 1; i < 5; ++i) {
                if (auto added = MessageStore(tx).add(profile->message(profile->room, i)); !added)
                    return added.error();
            }
            return {};
        });
        int history = 0;
        for (const Change &change : std::as_const(heard))
            history += std::holds_alternative<HistoryChanged>(change);
        QCOMPARE(history, 1);
    }

    // Nothing may walk through all messages, or all of a chat: what SQLite plans for each prepared statement.
    void usesItsIndices()
    {
        const Message message = profile->add(profile->mine(profile->room, 1));
        const Message theirs = profile->add(profile->message(profile->room, 2));
        const QStringList written = profile->write([&](Transaction &tx) -> Result<QStringList> {
            MessageStore messages(tx);
            const auto &room = profile->room;
            (void)messages.byRow(message.row);
            (void)messages.byArchiveId(room, u"a"_s);
            (void)messages.byOriginId(room, u"k"_s, u"a"_s);
            (void)messages.byStanzaId(room, u"k"_s, u"a"_s);
            (void)messages.mine(room, u"a"_s);
            (void)messages.likely(message);
            (void)messages.waiting(profile->me);
            (void)messages.waiting(profile->me, room);
            (void)messages.hasArchivedAbove(room, 1);
            (void)messages.update(message);
            (void)messages.remove(message.row);
            (void)ChatStore(tx).markRead(room, theirs.row);
            (void)ChatStore(tx).all(profile->me);
            return tx.statements().texts();
        });
        const HistoryReader reader = profile->reader();
        got(wait(reader.newest(profile->room, 5)));
        got(wait(reader.around(profile->room, theirs.row, 5)));
        const auto plans = got(wait(profile->db->read([&](Statements &statements) -> Result<QStringList> {
            QStringList found;
            for (const QString &text : written + statements.texts()) {
                QSqlQuery query(statements.database());
                if (!query.prepare(u"EXPLAIN QUERY PLAN "_s + text)) return storageError(query.lastError());
                for (qsizetype i = text.count(u'?'); i > 0; --i)
                    query.addBindValue(1);
                if (!query.exec()) return storageError(query.lastError());
                QStringList lines;
                while (query.next())
                    lines.append(query.value(3).toString());
                found.append(text + u" -> "_s + lines.join(u"; "));
            }
            return found;
        })));
        QVERIFY(plans.size() > 20);
        static const QRegularExpression scan(u"SCAN (m|n|r|messages|w|authors)\\b"_s);
        // From the end of a chat is as far as one may go by the chat alone.
        static const QRegularExpression walk(u"messages_order \\(chat=\\?\\)"_s);
        static const QRegularExpression end(u"max\\(ord\\)|LIMIT \\?|n.flags & 0xf02"_s);
        for (const QString &plan : plans) {
            QVERIFY2(!plan.contains(scan), qPrintable(plan));
            QVERIFY2(!plan.contains(walk) || plan.contains(end), qPrintable(plan));
        }
    }
};

QTEST_GUILESS_MAIN(TestMessageStore)
#include "tst_messagestore.moc"
