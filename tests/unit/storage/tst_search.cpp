// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/termmatcher.h"
#include "storage/searchmemory.h"
#include "storage/searchreader.h"
#include "storage/searchrun.h"
#include "unit/storage/profile.h"

#include <QRandomGenerator>
#include <QSemaphore>

#include <map>

using namespace Mingle;

namespace {
constexpr int smallest = 600; // messages, so that the index is used and not only the newest looked through

/// What must be found, without an index.
bool fits(const Message &message, const SearchQuery &query)
{
    const auto within = [](const QStringList &parts, const QString &a, const QString &b) {
        return parts.isEmpty() || std::ranges::any_of(parts, [&](const QString &part) {
                   return folded(a).contains(part) || folded(b).contains(part);
               });
    };
    if (message.retracted || (query.mentionsMe && !message.mentionsMe)) return false;
    if (query.hasLink && !hasLink(message.body)) return false;
    if (query.hasFile && !isFileLink(message.body)) return false;
    if (!within(query.from, message.author.nick, message.author.address.toString())) return false;
    if (!within(query.in, {}, message.chat.address.toString())) return false;
    if (query.after && message.time < query.after->startOfDay()) return false;
    if (query.before && message.time >= query.before->startOfDay()) return false;
    return std::ranges::all_of(query.terms, [text = folded(message.body)](const SearchQuery::Term &term) {
        return bool(TermMatcher(term).find(text));
    });
}
} // namespace

class TestSearch : public QObject
{
    Q_OBJECT
private:
    static SearchPage search(Profile &profile, const QString &text, const ChatId &chat = {},
                             SearchOrder order = SearchOrder::Newest, int limit = 1'000'000)
    {
        SearchReader reader(*profile.db);
        return got(wait(reader.search(parseSearch(text), chat, order, limit)));
    }
    static QList<qint64> rows(const SearchPage &page)
    {
        QList<qint64> list;
        for (const SearchHit &hit : page.hits)
            list.append(hit.message.row);
        return list;
    }
    static QList<qint64> found(Profile &profile, const QString &text, const ChatId &chat = {})
    {
        return rows(search(profile, text, chat));
    }
    static void indexAll(Profile &profile)
    {
        const QString missing =
            u"SELECT (SELECT coalesce(max(id), 0) FROM messages) - high >= 256 OR low > 0 "
            "FROM search_state"_s;
        QTRY_COMPARE_WITH_TIMEOUT(profile.number(missing), 0, 30'000);
    }
    /// As many as it takes for all that was there before to be in the index.
    static void push(Profile &profile, int count = smallest)
    {
        profile.write([&](Transaction &tx) -> Outcome {
            for (int i = 0; i < count; ++i) {
                Message message = profile.message(profile.grace, 100'000 + i, u"filler words here"_s);
                if (auto added = MessageStore(tx).add(message); !added) return added.error();
            }
            return {};
        });
        indexAll(profile);
    }
    static void update(Profile &profile, const Message &message)
    {
        profile.write([&](Transaction &tx) { return MessageStore(tx).update(message); });
    }
    static Message at(Message message, const QDateTime &time)
    {
        message.time = time;
        return message;
    }

private Q_SLOTS:
    // Both those that are in the index and those that are not yet.
    void changes_data()
    {
        QTest::addColumn<bool>("indexed");
        QTest::newRow("indexed") << true;
        QTest::newRow("too new to be indexed") << false;
    }
    void changes()
    {
        QFETCH(const bool, indexed);
        Profile profile;
        profile.fill();
        Message edited = profile.add(profile.message(profile.room, 1, u"the zebra sleeps"_s));
        Message retracted = profile.add(profile.message(profile.room, 2, u"a zebra runs"_s));
        const Message removed = profile.add(profile.message(profile.room, 3, u"zebras all over"_s));
        Message moved = profile.add(profile.mine(profile.room, 4));
        if (indexed) push(profile, 3000);
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>({removed.row, retracted.row, edited.row}));

        edited.body = u"the giraffe sleeps"_s;
        edited.edited = true;
        edited.replacedBody = u"the zebra sleeps"_s;
        update(profile, edited);
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>({removed.row, retracted.row}));
        QCOMPARE(found(profile, u"giraffe"_s), QList<qint64>{edited.row});
        QCOMPARE(found(profile, u"iraf"_s), QList<qint64>{edited.row}); // a word nobody said before

        retracted.body.clear();
        retracted.retracted = true;
        update(profile, retracted);
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>{removed.row});
        profile.write([&](Transaction &tx) { return MessageStore(tx).remove(removed.row); });
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>());

        // Its reflection: another place, time and state, and another nick.
        moved.order = 500'000;
        moved.delivery = Delivery::Archived;
        moved.archiveId = u"a1"_s;
        moved.time = moved.time.addYears(2);
        moved.author.nick = u"Somebody"_s;
        update(profile, moved);
        QCOMPARE(found(profile, u"\"from me\""_s), QList<qint64>{moved.row});
        QCOMPARE(found(profile, u"from:somebody"_s), QList<qint64>{moved.row});
        QCOMPARE(found(profile, u"sleeps"_s), QList<qint64>{edited.row});
        QCOMPARE(rows(search(profile, u"e"_s, profile.room)), QList<qint64>());
        QCOMPARE(found(profile, u"after:2028"_s), QList<qint64>{moved.row});
        QCOMPARE(
            profile.number(u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s),
            0);
    }

    void anUndoneChangeIsNoChange()
    {
        Profile profile;
        profile.fill();
        Message message = profile.add(profile.message(profile.room, 1, u"the zebra sleeps"_s));
        push(profile, 3000);
        const auto failed = profile.tryWrite([&](Transaction &tx) -> Outcome {
            message.body = u"the giraffe sleeps"_s;
            if (auto done = MessageStore(tx).update(message); !done) return done;
            return Error{Error::Kind::Internal, u"no"_s, {}};
        });
        QVERIFY(!failed.ok());
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>{message.row});
        QCOMPARE(found(profile, u"giraffe"_s), QList<qint64>());
    }

    void removedChatsAndAccountsAreNotFound()
    {
        Profile profile;
        profile.fill();
        const Message message = profile.add(profile.message(profile.room, 1, u"the zebra sleeps"_s));
        push(profile, 3000);
        profile.write([&](Transaction &tx) { return ChatStore(tx).remove(profile.room); });
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>());
        QCOMPARE(found(profile, u"zebra"_s, profile.room), QList<qint64>());
        profile.write([&](Transaction &tx) { return ChatStore(tx).ensure(profile.room, ChatKind::Muc); });
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>{message.row});
        QCOMPARE(found(profile, u"zebra"_s, profile.ada), QList<qint64>());
        profile.write([&](Transaction &tx) { return AccountStore(tx).remove(profile.me); });
        QCOMPARE(found(profile, u"zebra"_s), QList<qint64>());
        // Nothing that was said stays behind.
        QCOMPARE(profile.number(u"SELECT count(*) FROM search_words"_s), 0);
        QCOMPARE(profile.number(u"SELECT count(*) FROM search_index_idx"_s), 0);
    }

    // Every query there is against one look at each message, in pages of all sizes.
    void randomAgainstAScan_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 3; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void randomAgainstAScan()
    {
        QFETCH(const quint32, seed);
        QRandomGenerator random(seed);
        const QStringList words{u"the"_s,
                                u"zebra"_s,
                                u"Zebras"_s,
                                u"\u00e9l\u00e8ve"_s,
                                u"Stra\u00dfe"_s,
                                u"straw"_s,
                                u"\u6771\u4eac\u90fd"_s,
                                u"\u4eac\u6771"_s,
                                u"\U0001f44d"_s,
                                u"example.org"_s,
                                u"concat"_s,
                                u"cat"_s,
                                u"\u043c\u0438\u0440"_s,
                                u"a"_s,
                                u"https://a.test/b.png"_s,
                                u"release"_s,
                                u"unlikely"_s};
        const auto any = [&] { // some are rare
            const int n = int(words.size());
            return words.at(std::min(random.bounded(n), random.bounded(2) ? random.bounded(n) : n));
        };
        Profile profile;
        profile.fill();
        std::map<qint64, Message> model;
        const QList<ChatId> chats{profile.room, profile.ada, profile.grace};
        const auto change = [&](int count) {
            profile.write([&](Transaction &tx) -> Outcome {
                MessageStore store(tx);
                for (int i = 0; i < count; ++i) {
                    const int what = model.size() < 100 ? 9 : random.bounded(20);
                    if (what < 3) {
                        auto it = std::next(model.begin(), random.bounded(int(model.size())));
                        Message &message = it->second;
                        if (what == 0) {
                            if (auto done = store.remove(message.row); !done) return done;
                            model.erase(it);
                            continue;
                        }
                        if (what == 1) message.retracted = true;
                        message.body = what == 1 ? QString() : QString(any() % u' ' % any());
                        message.time = message.time.addSecs(random.bounded(-100'000, 100'000));
                        if (auto done = store.update(message); !done) return done;
                        continue;
                    }
                    QString body;
                    for (int n = random.bounded(1, 6); n > 0; --n)
                        body += any() % (random.bounded(8) ? u" "_s : u", "_s);
                    // Rows are not in the order of time: history comes in pages.
                    Message message =
                        profile.message(chats.at(random.bounded(3)), qint64(model.size()), body.trimmed());
                    message.time =
                        message.time.addSecs(-3600 * (random.bounded(4) ? 0 : random.bounded(5'000)));
                    message.author.nick =
                        QStringList{u"Ada"_s, u"Grace"_s, u"\u00c9lan"_s}.at(random.bounded(3));
                    message.author.key = message.author.nick;
                    message.mentionsMe = random.bounded(50) == 0;
                    const auto added = store.add(message);
                    if (!added) return added.error();
                    model.emplace(added->row, *added);
                }
                return {};
            });
        };
        for (int round = 0; round < 6; ++round) {
            change(1000);
            for (int i = 0; i < 15; ++i) {
                QStringList parts;
                for (int n = random.bounded(3); n > 0; --n) {
                    QString word = any();
                    if (random.bounded(2)) word = word.mid(random.bounded(2), random.bounded(1, 6));
                    parts.append(random.bounded(4) ? word : QString(u'"' % word % u' ' % any() % u'"'));
                }
                static const QStringList conditions{
                    u"from:gra"_s,         u"from:\u00e9lan"_s, u"in:design"_s,
                    u"has:link"_s,         u"has:file"_s,       u"mentions:me"_s,
                    u"after:2026-03-14"_s, u"before:2026-02"_s, u"in:ada from:ada"_s};
                if (random.bounded(2) || parts.isEmpty())
                    parts.append(conditions.at(random.bounded(int(conditions.size()))));
                const QString text = parts.join(u' ');
                const ChatId chat = random.bounded(3) ? ChatId() : chats.at(random.bounded(3));
                compare(profile, model, text, chat, random.bounded(1, 300));
                if (QTest::currentTestFailed()) return;
            }
        }
    }
    static void compare(Profile &profile, const std::map<qint64, Message> &model, const QString &text,
                        const ChatId &chat, int limit)
    {
        const SearchQuery query = parseSearch(text);
        if (query.isEmpty()) return;
        QList<std::pair<QDateTime, qint64>> expected;
        for (const auto &[row, message] : model) {
            if ((chat.isEmpty() || message.chat == chat) && fits(message, query))
                expected.append({message.time, row});
        }
        std::ranges::sort(expected, std::greater<>());
        QList<qint64> wanted;
        for (const auto &[time, row] : std::as_const(expected))
            wanted.append(row);
        SearchReader reader(*profile.db);
        QList<qint64> all;
        QByteArray next;
        do {
            const SearchPage page = got(wait(reader.search(query, chat, SearchOrder::Newest, limit, next)));
            for (const SearchHit &hit : page.hits) {
                QCOMPARE(hit.message, model.at(hit.message.row));
                QCOMPARE(hit.marks.isEmpty(), query.terms.isEmpty());
            }
            QVERIFY(page.next.isEmpty() || page.hits.size() == limit);
            all += rows(page);
            next = page.next;
        } while (!next.isEmpty());
        if (all != wanted)
            QFAIL(qPrintable(u"%1: %2 instead of %3"_s.arg(text).arg(all.size()).arg(wanted.size())));
    }

    void best()
    {
        Profile profile;
        profile.fill();
        const auto add = [&](const QString &body) {
            return profile.add(profile.message(profile.room, 1, body)).row;
        };
        const qint64 far = add(u"cat"_s + u" and then"_s.repeated(30) + u" dog"_s);
        const qint64 near = add(u"a cat, a dog"_s);
        const qint64 newer = add(u"the dog and cat"_s);
        const qint64 begins = add(u"cats and dogs"_s);
        const qint64 inside = add(u"concat hotdogs"_s);
        const QList<qint64> order{newer, near, far, begins, inside};
        QCOMPARE(rows(search(profile, u"cat dog"_s, {}, SearchOrder::Best)), order);
        push(profile, 3000);
        QCOMPARE(rows(search(profile, u"cat dog"_s, {}, SearchOrder::Best)), order);
        SearchReader reader(*profile.db);
        QList<qint64> paged;
        QByteArray next;
        do {
            const auto page =
                got(wait(reader.search(parseSearch(u"cat dog"_s), {}, SearchOrder::Best, 2, next)));
            paged += rows(page);
            next = page.next;
            profile.add(profile.message(profile.room, 1, u"cat dog"_s)); // shifts nothing
        } while (!next.isEmpty());
        QCOMPARE(paged, order);
    }

    void anythingIsAnswered()
    {
        Profile profile;
        profile.fill();
        push(profile, 9'000);
        SearchReader reader(*profile.db);
        for (const QString &text : {u"\""_s, u"("_s, u"*"_s, u"-"_s, u"^"_s, u"AND"_s, u"col:x"_s,
                                    u"NEAR(a b, 3)"_s, u"' OR 1=1 --"_s, u"\\"_s, u"{tokens}: x"_s, u"a\"b"_s,
                                    u"\u0301"_s, u"x*y^2"_s, QString(QChar(0)), u"zz OR filler"_s})
            QVERIFY2(wait(reader.search(parseSearch(text), {}, SearchOrder::Newest, 10)).ok(),
                     qPrintable(text));
        for (const QByteArray &page :
             {QByteArray("x"), QByteArray("1 2 3"), QByteArray("1 2 3 x"), QByteArray("1 2 3 -4")})
            QCOMPARE(wait(reader.search(parseSearch(u"x"_s), {}, SearchOrder::Newest, 10, page)).error().kind,
                     Error::Kind::InvalidInput);
        QCOMPARE(wait(reader.search(parseSearch(u"x"_s), {}, SearchOrder::Newest, 0)).error().kind,
                 Error::Kind::InvalidInput);
        QVERIFY(got(wait(reader.search({}, {}, SearchOrder::Newest, 10))).hits.isEmpty());
    }

    void aNewSearchEndsTheOneBefore()
    {
        Profile profile;
        profile.fill();
        push(profile, 2'000);
        QSemaphore gate;
        const auto held = profile.db->search([&gate](Statements &) -> Result<int> {
            gate.acquire();
            return 1;
        });
        SearchReader reader(*profile.db);
        SearchReader other(*profile.db);
        auto elsewhere = other.search(parseSearch(u"filler"_s), {}, SearchOrder::Newest, 5);
        QList<QFuture<Result<SearchPage>>> futures;
        for (int i = 0; i < 5; ++i)
            futures.append(reader.search(parseSearch(u"filler"_s), {}, SearchOrder::Newest, 50));
        // A view does not wait for a search.
        QCOMPARE(got(wait(profile.reader().newest(profile.grace, 5))).messages.size(), 5);
        gate.release();
        QCOMPARE(got(wait(futures.takeLast())).hits.size(), 50);
        for (auto &future : futures) {
            future.waitForFinished();
            QVERIFY(future.isCanceled());
        }
        QCOMPARE(got(wait(elsewhere)).hits.size(), 5);
    }

    // Wherever it is by then.
    void aSearchEndsInItsMiddle()
    {
        Profile profile;
        profile.fill();
        push(profile, 10'000);
        const auto search = [&profile](int askedAtMost) {
            auto future = profile.db->search([askedAtMost](Statements &statements) -> Result<int> {
                SearchMemory memory;
                const auto scope =
                    SearchScope::make(statements, memory, parseSearch(u"words elsewhere"_s), {});
                if (!scope) return scope.error();
                int asked = 0;
                const auto over = [&asked, askedAtMost] { return ++asked > askedAtMost; };
                const auto hits = SearchRun(statements, memory, *scope, over).find({}, 50);
                if (!hits) return hits.error();
                return asked;
            });
            future.waitForFinished();
            return future;
        };
        const auto whole = search(1'000'000);
        QVERIFY(!whole.isCanceled());
        const int questions = got(whole.result());
        QVERIFY(questions > 5);
        for (int asked = 0; asked < questions; ++asked)
            QVERIFY2(search(asked).isCanceled(), qPrintable(QString::number(asked)));
        QVERIFY(!search(questions).isCanceled());
    }

    void dyingReaderEndsItsSearches()
    {
        Profile profile;
        profile.fill();
        push(profile, 2'000);
        QFuture<Result<SearchPage>> future;
        {
            SearchReader reader(*profile.db);
            future = reader.search(parseSearch(u"filler"_s), {}, SearchOrder::Newest, 5);
        }
        future.waitForFinished();
        QVERIFY(future.isCanceled() || future.result().ok());
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
