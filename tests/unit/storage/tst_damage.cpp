// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/databasefile.h"
#include "storage/salvage.h"
#include "unit/storage/profile.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#include <csignal>
#include <sys/resource.h>

using namespace Mingle;

namespace {
constexpr qint64 pageSize = 4096;

void overwrite(const QString &path, qint64 offset, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray garbage(qint64 size, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(random.bounded(256));
    return bytes;
}
} // namespace

class TestDamage : public QObject
{
    Q_OBJECT
private:
    static constexpr int count = 1500;

    // A profile with two chats, drafts, members, intervals and messages, closed.
    static void make(Profile &profile)
    {
        profile.fill();
        profile.write([&](Transaction &tx) -> Outcome {
            MessageStore messages(tx);
            for (int i = 1; i <= count; ++i) {
                Message message = profile.message(i % 3 ? profile.room : profile.ada, i, body(i));
                message.archiveId = u"archive-"_s + QString::number(i);
                if (auto added = messages.add(message); !added) return added.error();
            }
            if (auto added = messages.add(profile.mine(profile.room, count + 1)); !added)
                return added.error();
            if (auto done = ChatStore(tx).setDraft(profile.grace, u"not sent yet"_s); !done) return done;
            if (auto done = ChatStore(tx).putParticipant(profile.room, {u"k"_s, u"Ada"_s, {}}); !done)
                return done;
            const auto put = ArchiveStore(tx, {profile.me, profile.room.address})
                                 .put({0, u"archive-1"_s, u"archive-9"_s, 1, count, true});
            return put.ok() ? Outcome() : Outcome(put.error());
        });
        profile.close();
        QVERIFY(QFileInfo(profile.path()).size() > 20 * pageSize);
    }
    static QString body(int i) { return u"message number "_s + QString::number(i) + QString(i % 50, u'.'); }

    // Everything that is there is as it was, and consistent. Hands back how many messages were saved.
    static int checkWhatIsLeft(Profile &profile)
    {
        int found = 0;
        int unread = 0;
        for (const ChatId &chat : {profile.room, profile.ada}) {
            MessagePage page = got(wait(profile.reader().newest(chat, 10 * count)));
            for (const Message &message : std::as_const(page.messages)) {
                ++found;
                if (message.delivery == Delivery::Waiting) continue;
                if (message.body != body(int(message.order)))
                    QTest::qFail("a body has changed", __FILE__, __LINE__);
                ++unread;
            }
        }
        int counted = 0;
        for (const Chat &chat : got(wait(profile.reader().chats({}))))
            counted += chat.unread;
        if (counted != unread) QTest::qFail("counts are wrong", __FILE__, __LINE__);
        if (profile.number(u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s)
            + profile.number(u"SELECT count(*) FROM pragma_foreign_key_check"_s))
            QTest::qFail("not consistent", __FILE__, __LINE__);
        return found;
    }
    static void checkUsable(Profile &profile)
    {
        const qint64 order = profile.write([&](Transaction &tx) {
            return ArchiveStore(tx, {profile.me, profile.room.address}).nextOrder();
        });
        const Message fresh = profile.add(profile.message(profile.room, order, u"after all"_s));
        QCOMPARE(got(wait(profile.reader().newest(profile.room, 1))).messages.value(0), fresh);
    }

private Q_SLOTS:
    void soundFileIsKept()
    {
        Profile profile;
        make(profile);
        QCOMPARE(got(profile.open()).setAside, QString());
        QCOMPARE(checkWhatIsLeft(profile), count + 1);
        QCOMPARE(profile.number(u"SELECT count(*) FROM intervals"_s), 1);
    }

    void garbageIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("this is no database");
        QTest::newRow("random") << garbage(100'000, 1);
        QTest::newRow("zeros") << QByteArray(50'000, '\0');
        QTest::newRow("magic only") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("magic and random") << QByteArray("SQLite format 3\0", 16) + garbage(100'000, 2);
    }
    void garbageIsSetAside()
    {
        QFETCH(const QByteArray, content);
        Profile profile;
        QVERIFY(QDir().mkpath(profile.folder()));
        QFile file(profile.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto opened = got(profile.open());
        QVERIFY(opened.setAside.startsWith(profile.path() + u".damaged-"_s));
        QFile kept(opened.setAside);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), content);
        profile.fill();
        checkUsable(profile);
        QVERIFY(got(profile.open()).setAside.isEmpty());
    }

    void truncatedFile_data()
    {
        QTest::addColumn<double>("part");
        for (const double part : {0.5, 0.7, 0.9, 0.999})
            QTest::addRow("%g", part) << part;
    }
    void truncatedFile()
    {
        QFETCH(const double, part);
        Profile profile;
        make(profile);
        QVERIFY(QFile::resize(profile.path(), qint64(double(QFileInfo(profile.path()).size()) * part)));
        const auto opened = got(profile.open());
        QVERIFY(!opened.setAside.isEmpty());
        const int saved = checkWhatIsLeft(profile);
        QVERIFY2(saved > count * part * 0.3, qPrintable(QString::number(saved)));
        checkUsable(profile);
    }

    void damagedPages_data()
    {
        QTest::addColumn<int>("pages");
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 8; ++seed)
            QTest::addRow("1 page, seed %u", seed) << 1 << seed;
        for (quint32 seed = 1; seed <= 4; ++seed)
            QTest::addRow("5 pages, seed %u", seed) << 5 << seed;
    }
    // Wherever it strikes: opened, consistent, nothing changed, most of it saved.
    void damagedPages()
    {
        QFETCH(const int, pages);
        QFETCH(const quint32, seed);
        Profile profile;
        make(profile);
        QRandomGenerator random(seed);
        const auto all = int(QFileInfo(profile.path()).size() / pageSize);
        for (int i = 0; i < pages; ++i)
            overwrite(profile.path(), random.bounded(30, all) * pageSize,
                      garbage(pageSize, seed * 100 + quint32(i)));
        const auto opened = got(profile.open());
        QVERIFY(!opened.setAside.isEmpty());
        QVERIFY(QFile::exists(opened.setAside));
        const int saved = checkWhatIsLeft(profile);
        QVERIFY2(saved >= count - pages * 120, qPrintable(QString::number(saved)));
        QCOMPARE(got(wait(profile.reader().chats({}))).size(), 3);
        QCOMPARE(got(wait(profile.reader().draft(profile.grace))), u"not sent yet"_s);
        // What claims to be whole may not be.
        QCOMPARE(profile.number(u"SELECT count(*) FROM intervals"_s), 0);
        QVERIFY(profile.number(u"SELECT max(ord) FROM messages"_s)
                <= profile.number(u"SELECT max(highest) FROM archives"_s));
        checkUsable(profile);
        QVERIFY(got(profile.open()).setAside.isEmpty());
    }

    void waitingMessagesAreSaved()
    {
        Profile profile;
        make(profile);
        // The first leaf of the messages: found by a text that stands in it.
        QFile file(profile.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const qint64 page = file.readAll().indexOf("message number 2.") / pageSize;
        file.close();
        QVERIFY(page > 0);
        overwrite(profile.path(), page * pageSize, garbage(pageSize, 3));
        QVERIFY(!got(profile.open()).setAside.isEmpty());
        const auto waiting =
            profile.write([&](Transaction &tx) { return MessageStore(tx).waiting(profile.me); });
        QCOMPARE(waiting.size(), 1);
        QCOMPARE(waiting.first().body, u"from me"_s);
    }

    // In a large file the middle is not looked at before it is needed: the start must stay quick.
    void damageMetInUseIsRepairedAtTheNextStart()
    {
        Profile profile;
        profile.fill();
        for (int batch = 0; batch < 12; ++batch) {
            profile.write([&](Transaction &tx) -> Outcome {
                for (int i = 0; i < 1000; ++i) {
                    const auto added = MessageStore(tx).add(profile.message(
                        profile.room, batch * 1000 + i, QString(400, u'x') + QString::number(i)));
                    if (!added) return added.error();
                }
                return {};
            });
        }
        profile.close();
        QVERIFY(QFileInfo(profile.path()).size() > 4 * 1024 * 1024);
        QFile file(profile.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const qint64 page = file.readAll().indexOf(QByteArray(400, 'x').append("555")) / pageSize;
        file.close();
        overwrite(profile.path(), page * pageSize, garbage(pageSize, 4));

        QVERIFY(got(profile.open()).setAside.isEmpty());
        const Result<MessagePage> page1 = wait(profile.reader().newest(profile.room, 20000));
        QVERIFY(!page1.ok());
        QVERIFY(isDamage(page1.error()));
        profile.add(profile.message(profile.room, 20000)); // what is sound still works
        QVERIFY(!got(profile.open()).setAside.isEmpty());
        QVERIFY(got(wait(profile.reader().newest(profile.room, 20000))).messages.size() > 11900);
        QVERIFY(!QFile::exists(profile.path() + u".suspect"_s));
        QVERIFY(got(profile.open()).setAside.isEmpty());
    }

    void killedWhileSettingAside_data()
    {
        QTest::addColumn<int>("at");
        QTest::newRow("while building") << 0;
        QTest::newRow("before moving the damaged one") << 1;
        QTest::newRow("before moving the new one in") << 2;
    }
    void killedWhileSettingAside()
    {
        QFETCH(const int, at);
        Profile profile;
        make(profile);
        const QString path = profile.path();
        overwrite(path, 40 * pageSize, garbage(pageSize, 5));
        if (at == 0) {
            overwriteNew(path + u".salvaging"_s);
        } else {
            QVERIFY(QFile::copy(path, path + u".before"_s));
            QVERIFY(salvageAndSetAside(path).ok());
            QVERIFY(QFile::rename(path, path + u".salvaged"_s));
            if (at == 1) QVERIFY(QFile::rename(path + u".before"_s, path));
            overwriteNew(path + u"-wal"_s); // of the damaged one
        }
        const auto opened = got(profile.open());
        QCOMPARE(opened.setAside.isEmpty(), at == 2);
        QVERIFY(checkWhatIsLeft(profile) > count - 200);
        for (const auto &end : {u".salvaging"_s, u".salvaged"_s})
            QVERIFY(!QFile::exists(path + end));
        checkUsable(profile);
    }

    // No room to write in: an error, and every file stays as it was.
    void troubleIsNoDamage_data()
    {
        QTest::addColumn<bool>("damaged");
        QTest::newRow("sound") << false;
        QTest::newRow("damaged") << true;
    }
    void troubleIsNoDamage()
    {
        QFETCH(const bool, damaged);
        Profile profile;
        make(profile);
        if (damaged) overwrite(profile.path(), 40 * pageSize, garbage(pageSize, 7));
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit tight = before;
        tight.rlim_cur = pageSize;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        const auto opened = profile.open();
        profile.close();
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!opened.ok());
        QVERIFY(!isDamage(opened.error()));
        QCOMPARE(QDir(profile.folder()).entryList({u"*.damaged-*"_s}), QStringList());
        QCOMPARE(got(profile.open()).setAside.isEmpty(), !damaged);
        QVERIFY(checkWhatIsLeft(profile) > count - 200);
    }

private:
    static void overwriteNew(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(garbage(10'000, 6));
    }
};

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"
