// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"
#include "storage/searchindex.h"
#include "storage/searchreader.h"
#include "storage/sqlconnection.h"
#include "unit/storage/profile.h"

using namespace Mingle;

/// How messages come into the index that are not new, and what becomes of it when something goes wrong.
class TestSearchIndex : public QObject
{
    Q_OBJECT
private:
    static constexpr int count = 5'000;

    static QList<qint64> found(Profile &profile, const QString &text, int limit = 1'000'000)
    {
        SearchReader reader(*profile.db);
        QList<qint64> rows;
        for (const auto &hit :
             got(wait(reader.search(parseSearch(text), {}, SearchOrder::Newest, limit))).hits)
            rows.append(hit.message.row);
        return rows;
    }
    static qint64 low(Profile &profile) { return profile.number(u"SELECT low FROM search_state"_s); }
    static void waitUntilIndexed(Profile &profile)
    {
        QTRY_COMPARE_WITH_TIMEOUT(
            profile.number(
                u"SELECT (SELECT max(id) FROM messages) - high >= 256 OR low > 0 FROM search_state"_s),
            0, 30'000);
    }
    /// A profile with every tenth message about zebras and one about a giraffe, closed.
    static void make(Profile &profile)
    {
        profile.fill();
        profile.write([&](Transaction &tx) -> Outcome {
            for (int i = 1; i <= count; ++i) {
                const QString body = i == 77 ? u"giraffe"_s : i % 10 ? u"something else"_s : u"the zebra"_s;
                if (auto added = MessageStore(tx).add(profile.message(profile.room, i, body)); !added)
                    return added.error();
            }
            return {};
        });
        waitUntilIndexed(profile);
        profile.close();
    }
    static void run(const QString &path, const QStringList &texts)
    {
        const auto connection = got(SqlConnection::open(path, SqlConnection::Mode::ReadWrite));
        for (const QString &text : texts)
            QVERIFY2(connection->statements().control(text).ok(), qPrintable(text));
    }
    /// What a file was before there was an index.
    static void makeOld(const QString &path)
    {
        run(path, {u"DROP TABLE search_index"_s,
                   u"DROP TABLE search_words"_s,
                   u"DROP TABLE search_zones"_s,
                   u"DROP TABLE search_state"_s,
                   u"DROP TABLE IF EXISTS amendments"_s,
                   u"ALTER TABLE archives DROP COLUMN looked"_s,
                   u"ALTER TABLE chats DROP COLUMN listed"_s,
                   u"ALTER TABLE chats DROP COLUMN traits"_s,
                   u"ALTER TABLE accounts DROP COLUMN features"_s,
                   u"ALTER TABLE accounts DROP COLUMN allow_plain"_s,
                   u"ALTER TABLE accounts DROP COLUMN roster"_s,
                   u"ALTER TABLE accounts DROP COLUMN avatar"_s,
                   u"ALTER TABLE chats DROP COLUMN description"_s,
                   u"ALTER TABLE chats DROP COLUMN properties"_s,
                   u"ALTER TABLE chats DROP COLUMN notify"_s,
                   u"ALTER TABLE chats DROP COLUMN pinned"_s,
                   u"ALTER TABLE chats DROP COLUMN invited_by"_s,
                   u"ALTER TABLE chats DROP COLUMN invited_text"_s,
                   u"ALTER TABLE chats DROP COLUMN invited_token"_s,
                   u"ALTER TABLE chats DROP COLUMN invited_at"_s,
                   u"ALTER TABLE chats DROP COLUMN decided"_s,
                   u"ALTER TABLE chats DROP COLUMN rank"_s,
                   u"ALTER TABLE chats DROP COLUMN untold"_s,
                   u"ALTER TABLE chats DROP COLUMN requests"_s,
                   u"ALTER TABLE chats DROP COLUMN ties"_s,
                   u"ALTER TABLE chats DROP COLUMN avatar"_s,
                   u"ALTER TABLE chats DROP COLUMN own_name"_s,
                   u"ALTER TABLE chats DROP COLUMN continues"_s,
                   u"ALTER TABLE chats DROP COLUMN partner"_s,
                   u"ALTER TABLE participants DROP COLUMN avatar"_s,
                   u"DROP TABLE avatars"_s,
                   u"PRAGMA user_version = 1"_s});
    }

private Q_SLOTS:
    void oldFileIsIndexed()
    {
        Profile profile;
        make(profile);
        makeOld(profile.path());
        QCOMPARE(got(profile.open()).setAside, QString());
        const Message fresh = profile.add(profile.message(profile.room, count + 1, u"a new zebra"_s));
        QVERIFY(found(profile, u"zebra"_s).contains(fresh.row)); // however far it has come
        waitUntilIndexed(profile);
        QCOMPARE(found(profile, u"zebra"_s).size(), count / 10 + 1);
        QCOMPARE(found(profile, u"giraffe"_s).size(), 1);
        QCOMPARE(found(profile, u"iraff"_s).size(), 1);
        QVERIFY(!QFile::exists(profile.path() + u".v1"_s)); // nothing that was there has changed
    }

    // Killed or closed again and again, with changes of what is not indexed yet.
    void goesOnWhereItWas()
    {
        Profile profile;
        make(profile);
        makeOld(profile.path());
        QList<qint64> lows;
        for (int i = 0; i < 200 && (lows.isEmpty() || lows.last() > 0); ++i) {
            got(profile.open());
            if (i == 0) {
                Message message = *profile.byRow(77);
                message.body = u"a giraffe no more but an okapi"_s;
                profile.write([&](Transaction &tx) { return MessageStore(tx).update(message); });
                profile.write([&](Transaction &tx) { return MessageStore(tx).remove(10); });
            }
            lows.append(low(profile));
            // Newest first: all that is above is found.
            if (lows.last() < 4'000) QCOMPARE(found(profile, u"zebra"_s, 10).first(), 5'000);
            profile.close();
        }
        QVERIFY(std::ranges::is_sorted(lows, std::greater<>()));
        QCOMPARE(lows.last(), 0);
        got(profile.open());
        QCOMPARE(found(profile, u"zebra"_s).size(), count / 10 - 1);
        QCOMPARE(found(profile, u"okapi"_s), QList<qint64>{77});
        QCOMPARE(
            profile.number(u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s),
            0);
    }

    void newOnesAreIndexedTogether()
    {
        Profile profile;
        profile.fill();
        for (int i = 1; i <= 250; ++i)
            profile.add(profile.message(profile.room, i, u"one by one"_s));
        QCOMPARE(profile.number(u"SELECT high FROM search_state"_s), 0);
        for (int i = 251; i <= 300; ++i)
            profile.add(profile.message(profile.room, i, u"one by one"_s));
        waitUntilIndexed(profile);
        QVERIFY(profile.number(u"SELECT high FROM search_state"_s) >= 256);
        QCOMPARE(found(profile, u"one"_s).size(), 300);
    }

    // The index is only an index: no message is lost for it, and none is refused.
    void damagedIndexIsMadeAgain_data()
    {
        QTest::addColumn<QString>("damage");
        QTest::newRow("structure") << u"UPDATE search_index_data SET block = x'00ff00ff' WHERE id = 10"_s;
        QTest::newRow("all blocks") << u"UPDATE search_index_data SET block = zeroblob(20)"_s;
        QTest::newRow("none") << u"DELETE FROM search_index_data"_s;
    }
    void damagedIndexIsMadeAgain()
    {
        QFETCH(const QString, damage);
        Profile profile;
        make(profile);
        run(profile.path(), {damage});
        got(profile.open());
        Message message = *profile.byRow(77);
        message.body = u"okapi"_s;
        profile.write([&](Transaction &tx) { return MessageStore(tx).update(message); });
        profile.write([&](Transaction &tx) -> Outcome {
            for (int i = 1; i <= 600; ++i) {
                if (auto added = MessageStore(tx).add(profile.message(profile.room, count + i)); !added)
                    return added.error();
            }
            return {};
        });
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), count + 600);
        profile.close();
        got(profile.open());
        waitUntilIndexed(profile);
        QCOMPARE(profile.number(u"SELECT count(*) FROM messages"_s), count + 600);
        QCOMPARE(found(profile, u"zebra"_s).size(), count / 10);
        QCOMPARE(found(profile, u"okapi"_s).size(), 1);
    }

    void salvagedFileIsIndexed()
    {
        Profile profile;
        make(profile);
        QFile file(profile.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray content = file.readAll();
        const qint64 page = content.indexOf("giraffe") / 4096; // some page of messages, or of the words
        QVERIFY(page > 0 && file.seek(page * 4096));
        file.write(QByteArray(4096, '\x5a'));
        file.close();
        QVERIFY(!got(profile.open()).setAside.isEmpty());
        const auto left = profile.number(u"SELECT count(*) FROM messages WHERE body = 'the zebra'"_s);
        QVERIFY(left > count / 10 - 30);
        waitUntilIndexed(profile);
        QCOMPARE(found(profile, u"zebra"_s).size(), left);
    }
};

QTEST_GUILESS_MAIN(TestSearchIndex)
#include "tst_searchindex.moc"
