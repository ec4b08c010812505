// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

#include <QFileInfo>
#include <QSemaphore>
#include <QThread>

#include <csignal>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Mingle;

namespace {
Outcome sql(Transaction &tx, const QString &text)
{
    QSqlQuery query(tx.database());
    if (query.exec(text)) return {};
    return storageError(query.lastError());
}

QFile::Permissions others(const QString &path)
{
    return QFileInfo(path).permissions()
           & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther
              | QFile::ExeOther);
}

// What a feed said, from whichever thread.
struct Heard {
    explicit Heard(ChangeFeed &feed)
    {
        QObject::connect(
            &feed, &ChangeFeed::changed, &feed,
            [this](const QList<Change> &changes) { lists.append(changes); }, Qt::DirectConnection);
    }
    QList<QList<Change>> lists;
};
} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesAPrivateFile()
    {
        const auto before = umask(0);
        Profile profile;
        const auto opened = got(profile.open());
        profile.write([](Transaction &tx) { return sql(tx, u"UPDATE profile SET syncs = 1"_s); });
        QVERIFY(opened.created);
        QVERIFY(opened.setAside.isEmpty());
        QCOMPARE(others(profile.folder()), QFile::Permissions());
        for (const auto &end : {u""_s, u"-wal"_s, u"-shm"_s}) {
            QVERIFY(QFile::exists(profile.path() + end));
            QCOMPARE(others(profile.path() + end), QFile::Permissions());
        }
        umask(before);
    }

    void takesRightsBack()
    {
        Profile profile;
        profile.fill();
        profile.close();
        QVERIFY(QFile::setPermissions(profile.path(), QFile::Permissions(0x6644)));
        QVERIFY(QFile::setPermissions(profile.folder(), QFile::Permissions(0x7755)));
        got(profile.open());
        QCOMPARE(others(profile.path()), QFile::Permissions());
        QCOMPARE(others(profile.folder()), QFile::Permissions());
    }

    void leavesForeignFolderAlone()
    {
        QTemporaryDir dir;
        QFile other(dir.filePath(u"holiday.txt"_s));
        QVERIFY(other.open(QIODevice::WriteOnly));
        QVERIFY(QFile::setPermissions(dir.path(), QFile::Permissions(0x7755)));
        Database database(dir.filePath(u"mingle.db"_s));
        got(wait(database.open()));
        QVERIFY(others(dir.path()));
        QCOMPARE(others(dir.filePath(u"mingle.db"_s)), QFile::Permissions());
    }

    void opensAgain()
    {
        Profile profile;
        profile.fill();
        profile.close();
        QVERIFY(!QFile::exists(profile.path() + u"-wal"_s)); // closed in order
        QVERIFY(!got(profile.open()).created);
        QCOMPARE(profile.chat(profile.room).id, profile.room);
        QCOMPARE(wait(profile.db->open()).error().condition, u"already-open"_s);
    }

    void answersBeforeOpen()
    {
        Profile profile;
        Database database(profile.path());
        const auto read = wait(database.read([](const QSqlDatabase &) -> Result<int> { return 1; }));
        QCOMPARE(read.error().condition, u"not-open"_s);
        const auto write = wait(database.write([](Transaction &) -> Result<int> { return 1; }));
        QCOMPARE(write.error().condition, u"not-open"_s);
        QVERIFY(!QFile::exists(profile.path()));
    }

    void answersWhatIsHandedInDuringOpen()
    {
        Profile profile;
        Database database(profile.path());
        (void)database.open();
        auto read = database.read([](const QSqlDatabase &) -> Result<int> { return 1; });
        auto write = database.write([](Transaction &) -> Result<int> { return 2; });
        QCOMPARE(got(wait(read)), 1);
        QCOMPARE(got(wait(write)), 2);
    }

    void cannotOpen()
    {
        Profile profile;
        QVERIFY(QDir().mkpath(profile.path())); // a folder where the file should be
        const auto opened = profile.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Storage);
        QCOMPARE(profile.tryWrite([](Transaction &) -> Result<int> { return 1; }).error().kind,
                 Error::Kind::Storage);
    }

    void keepsOrder()
    {
        Profile profile;
        profile.fill();
        QList<int> done;
        QList<QFuture<Result<int>>> futures;
        for (int i = 0; i < 500; ++i) {
            futures.append(profile.db->write([i, &done](Transaction &) -> Result<int> {
                done.append(i);
                return i;
            }));
        }
        for (int i = 0; i < 500; ++i)
            QCOMPARE(got(wait(futures.at(i))), i);
        for (int i = 0; i < 500; ++i)
            QCOMPARE(done.at(i), i);
    }

    void readsWhatWasWritten()
    {
        Profile profile;
        profile.fill();
        for (int i = 1; i <= 200; ++i) {
            profile.add(profile.message(profile.room, i));
            QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), i);
        }
    }

    void readsOneMoment()
    {
        Profile profile;
        profile.fill();
        QSemaphore counted;
        QSemaphore written;
        auto same = profile.db->read([&](const QSqlDatabase &database) -> Result<bool> {
            const auto count = [&] {
                QSqlQuery query(database);
                return query.exec(u"SELECT count(*) FROM messages"_s) && query.next() ? query.value(0).toInt()
                                                                                      : -1;
            };
            const int before = count();
            counted.release();
            written.acquire();
            return before == 0 && count() == before;
        });
        counted.acquire();
        profile.add(profile.message(profile.room, 1));
        written.release();
        QVERIFY(got(wait(same)));
    }

    void readerCannotWrite()
    {
        Profile profile;
        profile.fill();
        const auto done = wait(profile.db->read([](Statements &statements) -> Outcome {
            return Query(statements, u"DELETE FROM accounts"_s).run();
        }));
        QCOMPARE(primaryCode(done.error()), 8); // SQLITE_READONLY
        QCOMPARE(profile.number(u"SELECT count(*) FROM accounts"_s), 1);
    }

    void rollsBackOnError()
    {
        Profile profile;
        profile.fill();
        const Heard heard(profile.db->changes());
        const auto done = profile.tryWrite([&](Transaction &tx) -> Outcome {
            if (auto added = MessageStore(tx).add(profile.message(profile.room, 1)); !added)
                return added.error();
            return Error{Error::Kind::Cancelled, {}, {}};
        });
        QCOMPARE(done.error().kind, Error::Kind::Cancelled);
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), 0);
        QVERIFY(heard.lists.isEmpty());
        QCOMPARE(profile.chat(profile.room).unread, 0);
    }

    void rollsBackOnException()
    {
        Profile profile;
        profile.fill();
        const Heard heard(profile.db->changes());
        const auto done = profile.tryWrite([&](Transaction &tx) -> Outcome {
            (void)MessageStore(tx).add(profile.message(profile.room, 1));
            throw std::runtime_error("no");
        });
        QCOMPARE(done.error().kind, Error::Kind::Internal);
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), 0);
        QVERIFY(heard.lists.isEmpty());
    }

    void undoesOneWorkOfAGroupAlone()
    {
        Profile profile;
        profile.fill();
        const Heard heard(profile.db->changes());
        // Held up, so that all the others wait together and are committed together.
        QSemaphore go;
        auto first = profile.db->write([&](Transaction &) -> Outcome {
            go.acquire();
            return {};
        });
        QList<QFuture<Outcome>> futures;
        for (int i = 1; i <= 50; ++i) {
            futures.append(profile.db->write([&, i](Transaction &tx) -> Outcome {
                if (auto added = MessageStore(tx).add(profile.message(profile.room, i)); !added)
                    return added.error();
                if (i % 3 == 0) return Error{Error::Kind::Cancelled, {}, {}};
                if (i % 7 == 0) throw std::runtime_error("no");
                return {};
            }));
        }
        go.release();
        int kept = 0;
        for (int i = 1; i <= 50; ++i) {
            const bool fails = i % 3 == 0 || i % 7 == 0;
            QCOMPARE(wait(futures.at(i - 1)).ok(), !fails);
            kept += fails ? 0 : 1;
        }
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), kept);
        QCOMPARE(profile.chat(profile.room).unread, kept);
        int told = 0;
        for (const auto &list : heard.lists) {
            for (const Change &change : list) {
                if (const auto *added = std::get_if<MessageAdded>(&change)) {
                    QVERIFY(added->message.order % 3 != 0 && added->message.order % 7 != 0);
                    ++told;
                }
            }
        }
        QCOMPARE(told, kept);
        QVERIFY2(heard.lists.size() < kept, "were not committed in groups");
    }

    void tellsOnlyWhatIsCommitted()
    {
        Profile profile;
        profile.fill();
        QList<qint64> seen;
        QObject::connect(
            &profile.db->changes(), &ChangeFeed::changed, &profile.db->changes(),
            [&](const QList<Change> &changes) {
                // Another connection must see it by now.
                for (const Change &change : changes) {
                    if (const auto *added = std::get_if<MessageAdded>(&change))
                        seen.append(added->message.row);
                }
                const auto stored = wait(profile.reader().newest(profile.room, 1));
                QVERIFY(stored.ok() && !stored->messages.isEmpty());
                QCOMPARE(stored->messages.first().row, seen.last());
            },
            Qt::DirectConnection);
        const Message first = profile.add(profile.message(profile.room, 1));
        const Message second = profile.add(profile.message(profile.room, 2));
        QCOMPARE(seen, QList<qint64>({first.row, second.row})); // told before the writer's own answer
    }

    void writesFromManyThreads()
    {
        Profile profile;
        profile.fill();
        QList<QThread *> threads;
        QAtomicInt failures;
        for (int t = 0; t < 4; ++t) {
            threads.append(QThread::create([&profile, &failures, t] {
                for (int i = 0; i < 200; ++i) {
                    auto added = profile.db->write([&profile, i, t](Transaction &tx) {
                        return MessageStore(tx).add(profile.message(profile.room, i * 4 + t + 1));
                    });
                    if (i % 10 != 0) continue;
                    const auto message = wait(added);
                    const auto page = wait(profile.reader().newest(profile.room, 5));
                    if (!message || !page || page->messages.isEmpty()) failures.ref();
                }
            }));
        }
        for (auto *thread : std::as_const(threads))
            thread->start();
        for (auto *thread : std::as_const(threads))
            thread->wait();
        qDeleteAll(threads);
        QCOMPARE(failures.loadRelaxed(), 0);
        QCOMPARE(profile.chat(profile.room).unread, 800);
        QCOMPARE(profile.number(u"SELECT count(DISTINCT ord) FROM messages"_s), 800);
    }

    void finishesWorkBeforeItGoes()
    {
        Profile profile;
        profile.fill();
        QList<QFuture<Result<Message>>> writes;
        QList<QFuture<Result<MessagePage>>> reads;
        for (int i = 1; i <= 300; ++i) {
            writes.append(profile.db->write([&profile, i](Transaction &tx) {
                return MessageStore(tx).add(profile.message(profile.room, i));
            }));
            reads.append(profile.reader().newest(profile.room, 3));
        }
        profile.close();
        for (const auto &write : std::as_const(writes))
            QVERIFY(write.isFinished() && write.result().ok());
        for (const auto &read : std::as_const(reads))
            QVERIFY(read.isFinished() && read.result().ok());
        got(profile.open());
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), 300);
    }

    void finishesWhatFollowsFromWork()
    {
        Profile profile;
        profile.fill();
        const HistoryReader reader = profile.reader();
        QFuture<Result<MessagePage>> page;
        for (int i = 1; i <= 200; ++i) {
            auto added = profile.db->write([&profile, i](Transaction &tx) {
                return MessageStore(tx).add(profile.message(profile.room, i));
            });
            page = added.then([&](const Result<Message> &) { return reader.newest(profile.room, 300); })
                       .unwrap();
        }
        profile.close();
        QCOMPARE(got(wait(page)).messages.size(), 200);
    }

    void survivesAFullDisk()
    {
        Profile profile;
        profile.fill();
        const Message kept = profile.add(profile.message(profile.room, 1));
        const Heard heard(profile.db->changes());
        profile.write(
            [](Transaction &tx) { return sql(tx, u"PRAGMA max_page_count = 1"_s); }); // as full as it is now
        const QString body(20000, u'x');
        Outcome done;
        for (int i = 2; i < 100 && done.ok(); ++i) {
            done = profile.tryWrite([&](Transaction &tx) -> Outcome {
                if (auto added = MessageStore(tx).add(profile.message(profile.room, i, body)); !added)
                    return added.error();
                return {};
            });
        }
        QCOMPARE(done.error().kind, Error::Kind::Storage);
        QCOMPARE(done.error().condition, u"13"_s); // SQLITE_FULL
        QVERIFY(!done.error().text.isEmpty());
        QVERIFY(profile.byRow(kept.row));

        profile.write([](Transaction &tx) { return sql(tx, u"PRAGMA max_page_count = 1000000"_s); });
        const qint64 before = profile.number(u"SELECT count(*) FROM messages"_s);
        profile.add(profile.message(profile.room, 200, body));
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), before + 1);
        QCOMPARE(profile.chat(profile.room).unread, before + 1);
    }

    // A work that does not look at errors must not commit half of itself.
    void neverCommitsPastAFullDisk()
    {
        Profile profile;
        profile.fill();
        profile.write([](Transaction &tx) { return sql(tx, u"PRAGMA max_page_count = 1"_s); });
        const auto done = profile.tryWrite([&](Transaction &tx) -> Outcome {
            MessageStore messages(tx);
            (void)messages.add(profile.message(profile.room, 1));
            (void)messages.add(profile.message(profile.room, 2, QString(2000000, u'x')));
            (void)messages.add(profile.message(profile.room, 3));
            return {};
        });
        QCOMPARE(done.error().condition, u"13"_s);
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), 0);
        QCOMPARE(profile.chat(profile.room).unread, 0);
    }

    void neverCommitsPastAFullDiskWithoutTheLedger()
    {
        Profile profile;
        profile.fill();
        profile.write([](Transaction &tx) { return sql(tx, u"PRAGMA max_page_count = 1"_s); });
        const auto done = profile.tryWrite([&](Transaction &tx) -> Outcome {
            ChatStore chats(tx);
            (void)chats.setDraft(profile.room, u"small"_s);
            (void)chats.setDraft(profile.ada, QString(2000000, u'x'));
            return {};
        });
        QCOMPARE(done.error().condition, u"13"_s);
        QCOMPARE(got(wait(profile.reader().draft(profile.room))), QString());
    }

    // The kernel refuses to write: an I/O error in the middle of a commit.
    void survivesAnIoError()
    {
        Profile profile;
        profile.fill();
        const Message kept = profile.add(profile.message(profile.room, 1));
        const Heard heard(profile.db->changes());
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit tight = before;
        tight.rlim_cur = static_cast<rlim_t>(QFileInfo(profile.path() + u"-wal"_s).size()) + 100; // in a page
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        const auto done = profile.tryWrite(
            [&](Transaction &tx) { return MessageStore(tx).add(profile.message(profile.room, 2)); });
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QCOMPARE(done.error().kind, Error::Kind::Storage);
        QCOMPARE(primaryCode(done.error()), 10); // SQLITE_IOERR
        QVERIFY(heard.lists.isEmpty());

        QVERIFY(profile.byRow(kept.row));
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), 1);
        profile.add(profile.message(profile.room, 2));
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), 2);
        QCOMPARE(profile.chat(profile.room).unread, 2);
    }

    void flushesWhatIsAboutToBeSent()
    {
        Profile profile;
        profile.fill();
        const auto syncs = [&] { return profile.number(u"SELECT syncs FROM profile"_s); };
        const qint64 before = syncs();
        profile.add(profile.message(profile.room, 1));
        QCOMPARE(syncs(), before);
        Message mine = profile.add(profile.mine(profile.room, 2));
        QCOMPARE(syncs(), before + 1);
        mine.delivery = Delivery::Sent;
        profile.write([&](Transaction &tx) { return MessageStore(tx).update(mine); });
        QCOMPARE(syncs(), before + 1);
        QCOMPARE(profile.number(u"PRAGMA foreign_keys"_s), 1);
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
