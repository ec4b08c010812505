// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

using namespace Mingle;

class TestArchiveStore : public QObject
{
    Q_OBJECT
private:
    Profile *profile = nullptr;
    QList<Change> heard;

    template<typename Work>
    auto archive(const Jid &address, Work work)
    {
        return profile->tryWrite([&](Transaction &tx) {
            ArchiveStore store(tx, {profile->me, address});
            return work(store);
        });
    }
    qint64 next(const Jid &address)
    {
        return got(archive(address, [](ArchiveStore &store) { return store.nextOrder(); }));
    }
    QList<Interval> intervals(const Jid &address)
    {
        return got(archive(address, [](ArchiveStore &store) { return store.intervals(); }));
    }
    Result<qint64> put(const Jid &address, const Interval &interval)
    {
        return archive(address, [&](ArchiveStore &store) { return store.put(interval); });
    }
    QList<ChatId> histories()
    {
        QList<ChatId> chats;
        for (const Change &change : std::exchange(heard, {})) {
            if (const auto *history = std::get_if<HistoryChanged>(&change)) chats.append(history->chat);
        }
        return chats;
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

    void placesGoUp()
    {
        const Jid room = profile->room.address;
        const qint64 first = next(room);
        const qint64 second = next(room);
        QVERIFY(second > first);
        const auto both = profile->write([&](Transaction &tx) -> Result<QList<qint64>> {
            ArchiveStore store(tx, {profile->me, room});
            const auto one = store.nextOrder();
            const auto two = store.nextOrder();
            if (!one || !two) return Error{Error::Kind::Internal, {}, {}};
            return QList{*one, *two};
        });
        QVERIFY(second < both.at(0) && both.at(0) < both.at(1));
        profile->add(profile->message(profile->room, both.at(1) + 1'000'000));
        QVERIFY(next(room) > both.at(1) + 1'000'000);
        profile->add(profile->message(profile->room, 3)); // fetched later, below
        const qint64 last = next(room);
        profile->close();
        got(profile->open());
        QVERIFY(next(room) > last);
    }

    void everyArchiveHasItsOwnPlaces()
    {
        profile->add(profile->message(profile->room, qint64(1) << 50));
        QVERIFY(next(profile->me) < qint64(1) << 50);
        // All people share the account's.
        profile->add(profile->message(profile->ada, qint64(1) << 51));
        profile->add(profile->message(profile->grace, qint64(1) << 40));
        QVERIFY(next(profile->me) > qint64(1) << 51);
    }

    void gapIsWide()
    {
        const Jid room = profile->room.address;
        const qint64 before = next(room);
        QVERIFY(archive(room, [](ArchiveStore &store) { return store.openGap(); }).ok());
        const qint64 floor =
            got(archive(room, [](ArchiveStore &store) { return store.placeForNewestPage(); }));
        QVERIFY(floor >= before + ArchiveStore::roomForGap);
        QVERIFY(next(room) >= floor);
        QCOMPARE(got(archive(room, [](ArchiveStore &store) { return store.placeForNewestPage(); })), floor);
    }

    void takesBackPlacesOfFailedWork()
    {
        const Jid room = profile->room.address;
        const qint64 before = next(room);
        (void)archive(room, [](ArchiveStore &store) -> Outcome {
            (void)store.openGap();
            return Error{Error::Kind::Cancelled, {}, {}};
        });
        QVERIFY(next(room) < before + ArchiveStore::roomForGap);
    }

    void keepsIntervals()
    {
        const Jid room = profile->room.address;
        Interval old{0, u"a"_s, u"b"_s, 1, 2, true};
        Interval newer{0, {}, u"d"_s, -3, 4, false};
        old.row = got(put(room, old));
        newer.row = got(put(room, newer));
        QCOMPARE(intervals(room), QList<Interval>({newer, old}));
        QVERIFY(intervals(profile->me).isEmpty());
        old.newestOrder = 9;
        old.newestId = u"z"_s;
        QCOMPARE(got(put(room, old)), old.row);
        QCOMPARE(intervals(room), QList<Interval>({old, newer}));
        QVERIFY(next(room) > 9);
        QVERIFY(archive(room, [&](ArchiveStore &store) { return store.remove(old.row); }).ok());
        QCOMPARE(intervals(room), QList<Interval>({newer}));
        QCOMPARE(archive(room, [&](ArchiveStore &store) { return store.remove(old.row); }).error().kind,
                 Error::Kind::NotFound);
        QCOMPARE(put(room, old).error().kind, Error::Kind::NotFound);
        QVERIFY(got(put(room, {0, {}, {}, 0, 0, false})) > old.row); // a row never means another interval
        // Another archive's interval is out of reach.
        QCOMPARE(put(profile->me, newer).error().kind, Error::Kind::NotFound);
    }

    void tellsTheChatsOfTheArchive()
    {
        const auto row = got(put(profile->room.address, {0, {}, {}, 1, 2, false}));
        QCOMPARE(histories(), QList<ChatId>({profile->room}));
        (void)archive(profile->room.address, [&](ArchiveStore &store) { return store.remove(row); });
        QCOMPARE(histories(), QList<ChatId>({profile->room}));
        got(put(profile->me, {0, {}, {}, 1, 2, false}));
        QCOMPARE(histories(), QList<ChatId>({profile->grace, profile->ada}));
        profile->write([&](Transaction &tx) { return ChatStore(tx).remove(profile->grace); });
        got(put(profile->me, {0, {}, {}, 3, 4, false}));
        QCOMPARE(histories(), QList<ChatId>({profile->ada}));
    }

    void needsAnAccount()
    {
        const auto done = profile->tryWrite([](Transaction &tx) {
            return ArchiveStore(tx, {Jid::trusted(u"x@a.test"), Jid::trusted(u"x@a.test")}).nextOrder();
        });
        QCOMPARE(done.error().condition, u"no-account"_s);
    }

    void rowsAndIntervalCommitTogether()
    {
        (void)profile->tryWrite([&](Transaction &tx) -> Outcome {
            (void)MessageStore(tx).add(profile->message(profile->room, 1));
            (void)ArchiveStore(tx, {profile->me, profile->room.address}).put({0, {}, {}, 1, 1, true});
            return Error{Error::Kind::Cancelled, {}, {}};
        });
        QVERIFY(intervals(profile->room.address).isEmpty());
        QCOMPARE(profile->number(u"SELECT count(*) FROM messages"_s), 0);
        QVERIFY(heard.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestArchiveStore)
#include "tst_archivestore.moc"
