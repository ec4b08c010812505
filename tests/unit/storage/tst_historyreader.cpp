// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

#include <QRandomGenerator>

using namespace Mingle;

class TestHistoryReader : public QObject
{
    Q_OBJECT
private:
    static QList<qint64> rows(const MessagePage &page)
    {
        QList<qint64> list;
        for (const Message &message : page.messages)
            list.append(message.row);
        return list;
    }
    static QList<qint64> fill(Profile &profile, const ChatId &chat, const QList<qint64> &orders)
    {
        return profile.write([&](Transaction &tx) -> Result<QList<qint64>> {
            QList<qint64> list;
            for (const qint64 order : orders) {
                auto added = MessageStore(tx).add(profile.message(chat, order));
                if (!added) return added.error();
                list.append(added->row);
            }
            return list;
        });
    }
    static void interval(Profile &profile, const Jid &archive, qint64 oldest, qint64 newest,
                         bool reachesStart = false)
    {
        profile.write([&](Transaction &tx) {
            return ArchiveStore(tx, {profile.me, archive})
                .put({0, QString::number(oldest), QString::number(newest), oldest, newest, reachesStart});
        });
    }

    std::unique_ptr<Profile> large; ///< 5,000 messages in its room
    QList<qint64> whole;            ///< their rows in order

private Q_SLOTS:
    void cleanupTestCase() { large.reset(); }

    void pagesAreTheWhole_data()
    {
        QTest::addColumn<int>("limit");
        for (const int limit : {7, 50, 250, 4999, 5000, 5001})
            QTest::addRow("%d", limit) << limit;
    }
    void pagesAreTheWhole()
    {
        QFETCH(const int, limit);
        if (!large) {
            large = std::make_unique<Profile>();
            large->fill();
            // Places given twice, negative ones, in random order, and another chat in between.
            QRandomGenerator random(7);
            QList<qint64> orders;
            for (int i = 0; i < 5000; ++i)
                orders.append(random.bounded(-2500, 2500));
            const auto added = fill(*large, large->room, orders);
            fill(*large, large->ada, orders.first(100));
            QList<std::pair<qint64, qint64>> sorted;
            for (qsizetype i = 0; i < orders.size(); ++i)
                sorted.append({orders.at(i), added.at(i)});
            std::sort(sorted.begin(), sorted.end());
            for (const auto &[order, row] : std::as_const(sorted))
                whole.append(row);
        }
        const HistoryReader reader = large->reader();

        QList<qint64> upwards;
        MessagePage page = got(wait(reader.newest(large->room, limit)));
        QVERIFY(page.reachesNewest);
        for (;;) {
            upwards = rows(page) + upwards;
            if (page.reachesOldest) break;
            QCOMPARE(page.messages.size(), limit);
            page = got(wait(reader.before(large->room, upwards.first(), limit)));
            QVERIFY(!page.reachesNewest && !page.messages.isEmpty());
        }
        QCOMPARE(upwards, whole);

        QList<qint64> downwards{whole.first()};
        do {
            page = got(wait(reader.after(large->room, downwards.last(), limit)));
            QVERIFY(!page.reachesOldest && !page.messages.isEmpty());
            downwards += rows(page);
        } while (!page.reachesNewest);
        QCOMPARE(downwards, whole);
    }

    void around()
    {
        Profile profile;
        profile.fill();
        QList<qint64> orders;
        for (int i = 1; i <= 20; ++i)
            orders.append(i);
        const auto all = fill(profile, profile.room, orders);
        const auto at = [&](int index, int limit) {
            return got(wait(profile.reader().around(profile.room, all.at(index), limit)));
        };
        QCOMPARE(rows(at(10, 5)), all.sliced(8, 5));
        QVERIFY(!at(10, 5).reachesOldest && !at(10, 5).reachesNewest);
        QCOMPARE(rows(at(10, 1)), all.sliced(10, 1));
        QCOMPARE(rows(at(10, 4)), all.sliced(8, 4));
        QCOMPARE(rows(at(0, 5)), all.first(5));
        QVERIFY(at(0, 5).reachesOldest && !at(0, 5).reachesNewest);
        QCOMPARE(rows(at(19, 5)), all.last(5));
        QVERIFY(!at(19, 5).reachesOldest && at(19, 5).reachesNewest);
        QCOMPARE(rows(at(2, 100)), all);
        QVERIFY(at(2, 100).reachesOldest && at(2, 100).reachesNewest);
        QCOMPARE(rows(at(2, 5)), all.first(5));
        QVERIFY(at(2, 5).reachesOldest);
    }

    void continuesAnother()
    {
        Profile profile;
        profile.fill();
        const ChatId first{profile.me, Jid::trusted(u"first@rooms.mingle.test")};
        const ChatId second{profile.me, Jid::trusted(u"second@rooms.mingle.test")};
        for (const ChatId &chat : {first, second})
            QVERIFY(wait(profile.db->write([chat](Transaction &tx) {
                        return ChatStore(tx).require(chat, ChatKind::Muc);
                    })).ok());
        QList<qint64> orders;
        for (int i = 1; i <= 20; ++i)
            orders.append(i);
        // Each has taken the place of the one before.
        QList<qint64> all = fill(profile, first, orders);
        all += fill(profile, second, orders.first(7));
        all += fill(profile, profile.room, orders.first(13));
        const auto follow = [&](const ChatId &later, const ChatId &former) {
            return wait(profile.db->write(
                [later, former](Transaction &tx) { return ChatStore(tx).continueFrom(later, former); }));
        };
        QVERIFY(follow(profile.room, second).ok());
        QVERIFY(follow(second, first).ok());
        QCOMPARE(follow(first, profile.room).error().condition, u"circle"_s);
        QCOMPARE(follow(profile.room, {profile.me, Jid::trusted(u"nobody@a.test")}).error().kind,
                 Error::Kind::NotFound);
        // What is said to one person is never part of a room.
        QCOMPARE(follow(profile.room, profile.grace).error().condition, u"no-room"_s);
        QCOMPARE(follow(profile.grace, first).error().condition, u"no-room"_s);
        const HistoryReader reader = profile.reader();
        for (const int limit : {1, 3, 7, 100}) {
            QList<qint64> upwards;
            MessagePage page = got(wait(reader.newest(profile.room, limit)));
            for (;;) {
                for (const Message &message : std::as_const(page.messages))
                    QCOMPARE(message.chat, profile.room);
                upwards = rows(page) + upwards;
                if (page.reachesOldest) break;
                page = got(wait(reader.before(profile.room, upwards.first(), limit)));
                QVERIFY(!page.messages.isEmpty());
            }
            QCOMPARE(upwards, all);
            QList<qint64> downwards{all.first()};
            do {
                page = got(wait(reader.after(profile.room, downwards.last(), limit)));
                downwards += rows(page);
            } while (!page.reachesNewest);
            QCOMPARE(downwards, all);
            page = got(wait(reader.around(profile.room, all.at(22), limit)));
            QVERIFY(rows(page).contains(all.at(22)));
            QVERIFY(std::ranges::is_sorted(page.messages, {}, &Message::order));
        }
        // The one that was continued is as it was.
        QCOMPARE(rows(got(wait(reader.newest(first, 100)))), all.first(20));
    }

    void ends()
    {
        Profile profile;
        profile.fill();
        const HistoryReader reader = profile.reader();
        MessagePage page = got(wait(reader.newest(profile.room, 10)));
        QVERIFY(page.messages.isEmpty() && page.reachesOldest && page.reachesNewest
                && page.seamsAfter.isEmpty());
        page = got(wait(reader.newest({profile.me, Jid::trusted(u"nobody@a.test")}, 10)));
        QVERIFY(page.messages.isEmpty() && page.reachesOldest && page.reachesNewest);
        const auto all = fill(profile, profile.room, {1, 2});
        page = got(wait(reader.before(profile.room, all.first(), 10)));
        QVERIFY(page.messages.isEmpty() && page.reachesOldest && !page.reachesNewest);
        page = got(wait(reader.after(profile.room, all.last(), 10)));
        QVERIFY(page.messages.isEmpty() && !page.reachesOldest && page.reachesNewest);
        QCOMPARE(wait(reader.before(profile.ada, all.first(), 10)).error().kind, Error::Kind::NotFound);
        QCOMPARE(wait(reader.around(profile.room, 99, 10)).error().kind, Error::Kind::NotFound);
        QCOMPARE(wait(reader.newest(profile.room, 0)).error().kind, Error::Kind::InvalidInput);
        QCOMPARE(got(wait(reader.newest(profile.room, std::numeric_limits<int>::max()))).messages.size(), 2);
    }

    void noIntervalNoSeam()
    {
        Profile profile;
        profile.fill();
        fill(profile, profile.room, {1, 2, 3});
        QVERIFY(got(wait(profile.reader().newest(profile.room, 10))).seamsAfter.isEmpty());
    }

    void seamsOfARoom()
    {
        Profile profile;
        profile.fill();
        const auto all = fill(profile, profile.room, {10, 11, 12, 20, 21, 22, 30, 31});
        const Jid archive = profile.room.address;
        interval(profile, archive, 30, 31);
        interval(profile, archive, 20, 22);
        interval(profile, archive, 11, 12);
        const HistoryReader reader = profile.reader();
        const QList<qint64> seams{all.at(0), all.at(2), all.at(5)};
        QCOMPARE(got(wait(reader.newest(profile.room, 50))).seamsAfter, seams);
        // Each belongs to the page of the message before it.
        QCOMPARE(got(wait(reader.newest(profile.room, 2))).seamsAfter, QList<qint64>());
        QCOMPARE(got(wait(reader.newest(profile.room, 3))).seamsAfter, seams.last(1));
        QCOMPARE(got(wait(reader.before(profile.room, all.at(6), 1))).seamsAfter, seams.last(1));
        QCOMPARE(got(wait(reader.before(profile.room, all.at(3), 3))).seamsAfter, seams.first(2));
        QCOMPARE(got(wait(reader.after(profile.room, all.at(1), 1))).seamsAfter, seams.sliced(1, 1));
        QCOMPARE(got(wait(reader.around(profile.room, all.at(4), 3))).seamsAfter, seams.last(1));
        // All pages together have each of them once.
        QList<qint64> found;
        MessagePage page = got(wait(reader.newest(profile.room, 2)));
        for (;;) {
            found = page.seamsAfter + found;
            if (page.reachesOldest) break;
            page = got(wait(reader.before(profile.room, page.messages.first().row, 2)));
        }
        QCOMPARE(found, seams);
    }

    void seamBeforeTheFirst()
    {
        Profile profile;
        profile.fill();
        const auto all = fill(profile, profile.room, {10, 11});
        interval(profile, profile.room.address, 10, 11);
        const HistoryReader reader = profile.reader();
        QCOMPARE(got(wait(reader.newest(profile.room, 9))).seamsAfter, QList<qint64>({0}));
        QCOMPARE(got(wait(reader.newest(profile.room, 1))).seamsAfter, QList<qint64>());
        QCOMPARE(got(wait(reader.before(profile.room, all.first(), 9))).seamsAfter, QList<qint64>({0}));
        profile.write([&](Transaction &tx) {
            return ArchiveStore(tx, {profile.me, profile.room.address})
                .put({1, u"a"_s, u"b"_s, 10, 11, true});
        });
        QCOMPARE(got(wait(reader.newest(profile.room, 9))).seamsAfter, QList<qint64>());
    }

    // One archive for all people: its intervals' ends are mostly messages of others.
    void seamsOfAPerson()
    {
        Profile profile;
        profile.fill();
        const auto ada = fill(profile, profile.ada, {10, 35});
        const auto grace = fill(profile, profile.grace, {20, 21, 30});
        interval(profile, profile.me, 30, 40);
        interval(profile, profile.me, 20, 22);
        interval(profile, profile.me, 5, 12);
        const HistoryReader reader = profile.reader();
        // Two seams of the archive are one place between two of her messages.
        QCOMPARE(got(wait(reader.newest(profile.ada, 9))).seamsAfter, QList<qint64>({0, ada.at(0)}));
        QCOMPARE(got(wait(reader.newest(profile.grace, 9))).seamsAfter, QList<qint64>({0, grace.at(1)}));
        QCOMPARE(got(wait(reader.newest(profile.room, 9))).seamsAfter, QList<qint64>());
        // A seam above the last message of a chat: what is missing may be newer than all of it.
        interval(profile, profile.me, 100, 101);
        QCOMPARE(got(wait(reader.newest(profile.grace, 9))).seamsAfter,
                 QList<qint64>({0, grace.at(1), grace.at(2)}));
        QCOMPARE(got(wait(reader.after(profile.grace, grace.at(1), 9))).seamsAfter,
                 QList<qint64>({grace.at(2)}));
    }

    void firstSince()
    {
        Profile profile;
        profile.fill();
        const auto since = [&](const ChatId &chat, qint64 second) {
            const QDateTime time = profile.message(chat, 0).time.addSecs(second);
            return got(wait(profile.reader().firstSince(chat, time)));
        };
        QCOMPARE(since(profile.room, 0), 0);
        // Places far apart and given twice; a second is a place (Profile::message).
        const QList<qint64> places{-5, 10, 10, 11, 12, 5'000, 5'001, 1'000'000};
        const auto all = fill(profile, profile.room, places);
        fill(profile, profile.ada, {7, 8});
        for (qsizetype i = 0; i < places.size(); ++i) {
            QCOMPARE(since(profile.room, places.at(i)), all.at(places.indexOf(places.at(i))));
            const qint64 next = places.at(i) + 1;
            const auto later =
                std::find_if(places.begin(), places.end(), [next](qint64 p) { return p >= next; });
            QCOMPARE(since(profile.room, next), later == places.end() ? 0 : all.at(later - places.begin()));
        }
        QCOMPARE(since(profile.room, -100'000), all.first());
        QCOMPARE(since(profile.grace, 0), 0);
        QCOMPARE(since({profile.me, Jid::trusted(u"nobody@a.test")}, 0), 0);
        QCOMPARE(wait(profile.reader().firstSince(profile.room, {})).error().kind, Error::Kind::InvalidInput);
        // Two of one place, of which only the second is late enough.
        Message late = profile.message(profile.ada, 8);
        late.time = late.time.addSecs(100);
        const Message stored = profile.add(late);
        QCOMPARE(since(profile.ada, 50), stored.row);
    }

    void readsOtherAccountsApart()
    {
        Profile profile;
        profile.fill();
        Account account;
        account.address = Jid::trusted(u"other@mingle.test");
        const ChatId same{account.address, profile.room.address};
        profile.write([&](Transaction &tx) -> Outcome {
            if (auto done = AccountStore(tx).put(account); !done) return done;
            auto made = ChatStore(tx).ensure(same, ChatKind::Muc);
            return made.ok() ? Outcome() : Outcome(made.error());
        });
        const auto here = fill(profile, profile.room, {1, 2});
        const auto there = fill(profile, same, {1});
        QCOMPARE(rows(got(wait(profile.reader().newest(profile.room, 9)))), here);
        QCOMPARE(rows(got(wait(profile.reader().newest(same, 9)))), there);
        QCOMPARE(got(wait(profile.reader().newest(same, 9))).messages.first().chat, same);
    }
};

QTEST_GUILESS_MAIN(TestHistoryReader)
#include "tst_historyreader.moc"
