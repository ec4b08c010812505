// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"
#include "storage/privatefile.h"
#include "storage/sqlconnection.h"
#include "unit/storage/profile.h"

#include <QFileInfo>
#include <QProcess>

#include <unistd.h>

using namespace Mingle;

namespace {
constexpr auto killSwitch = "MINGLE_TEST_DIE_IN"; // the step in which a process of our own dies

// Three versions of something like a schema. Each step counts itself, so that a step done twice shows.
QList<Migration> steps(int count, int failing = 0)
{
    QList<Migration> list;
    for (int version = 1; version <= count; ++version) {
        list.append({version, [version, failing](Statements &statements) -> Outcome {
                         const QString number = QString::number(version);
                         const QStringList texts =
                             version == 1 ? QStringList{u"CREATE TABLE note (text TEXT)"_s,
                                                        u"INSERT INTO note VALUES ('first')"_s}
                                          : QStringList{u"ALTER TABLE note ADD COLUMN c"_s + number,
                                                        u"INSERT INTO note (text) VALUES ('step "_s + number
                                                            + u"')"_s};
                         for (const QString &text : texts) {
                             if (auto done = statements.control(text); !done) return done;
                             if (qEnvironmentVariableIntValue(killSwitch) == version) _exit(9);
                         }
                         if (version == failing) return Error{Error::Kind::Storage, u"broken"_s, {}};
                         return {};
                     }});
    }
    return list;
}

struct File {
    explicit File(const QString &name)
        : path(name)
    {
        got(createPrivateFile(path));
        connection = got(SqlConnection::open(path, SqlConnection::Mode::ReadWrite));
        got(connection->configure());
    }
    qint64 version() { return got(connection->number(u"PRAGMA user_version"_s)); }
    qint64 notes() { return got(connection->number(u"SELECT count(*) FROM note"_s)); }
    Outcome migrate(const QList<Migration> &list) { return Mingle::migrate(*connection, path, list); }

    QString path;
    std::unique_ptr<SqlConnection> connection;
};

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

class TestMigrations : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_dir;
    int m_files = 0;
    QString fresh() { return m_dir.filePath(QString::number(++m_files) + u".db"_s); }

private Q_SLOTS:
    void stepsAreNumberedWithoutAHole()
    {
        int version = 0;
        for (const Migration &step : migrations())
            QCOMPARE(step.version, ++version);
        QVERIFY(version >= 1);
    }

    void newFile()
    {
        File file(fresh());
        QVERIFY(file.migrate(steps(3)).ok());
        QCOMPARE(file.version(), 3);
        QCOMPARE(file.notes(), 3);
        QVERIFY(!QFile::exists(file.path + u".v0"_s)); // nothing to keep
        QVERIFY(file.migrate(steps(3)).ok());
        QCOMPARE(file.notes(), 3);
    }

    void keepsACopyOfTheOldOne()
    {
        File file(fresh());
        QVERIFY(file.migrate(steps(1)).ok());
        QVERIFY(file.migrate(steps(3)).ok());
        QCOMPARE(file.version(), 3);
        const QString copy = file.path + u".v1"_s;
        QCOMPARE(QFileInfo(copy).permissions()
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(!QFile::exists(copy + u".part"_s));
        File old(copy);
        QCOMPARE(old.version(), 1);
        QCOMPARE(old.notes(), 1);
        QVERIFY(old.migrate(steps(3)).ok()); // and it is a good one
    }

    void failedStepIsUndone()
    {
        File file(fresh());
        QVERIFY(file.migrate(steps(1)).ok());
        QCOMPARE(file.migrate(steps(3, 3)).error().condition, u"broken"_s);
        QCOMPARE(file.version(), 2);
        QCOMPARE(file.notes(), 2);
        QVERIFY(file.migrate(steps(3)).ok());
        QCOMPARE(file.notes(), 3);
    }

    void refusesANewerFile()
    {
        const QString path = fresh();
        {
            File file(path);
            QVERIFY(file.migrate(steps(3)).ok());
            QCOMPARE(file.migrate(steps(2)).error().condition, u"newer-schema"_s);
            QCOMPARE(file.version(), 3);
        }
        QCOMPARE(QDir(m_dir.path()).entryList({QFileInfo(path).fileName() + u"*"_s}).size(), 1); // no copy
    }

    void refusesAForeignFile()
    {
        File file(fresh());
        QVERIFY(file.connection->statements().control(u"CREATE TABLE songs (name)"_s).ok());
        QCOMPARE(file.migrate(steps(2)).error().condition, u"foreign-file"_s);
        QCOMPARE(file.version(), 0);
    }

    // The whole database against one from the future, and one that is something else.
    void databaseLeavesThemAlone_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("condition");
        QTest::newRow("newer") << u"PRAGMA user_version = 99"_s << u"newer-schema"_s;
        QTest::newRow("foreign") << u"PRAGMA application_id = 1"_s << u"foreign-file"_s;
    }
    void databaseLeavesThemAlone()
    {
        QFETCH(const QString, change);
        QFETCH(const QString, condition);
        Profile profile;
        profile.fill();
        profile.close();
        {
            File file(profile.path());
            QVERIFY(file.connection->statements().control(change).ok());
        }
        const QByteArray before = content(profile.path());
        QCOMPARE(profile.open().error().condition, condition);
        QCOMPARE(profile.tryWrite([](Transaction &) -> Result<int> { return 1; }).error().condition,
                 condition);
        QCOMPARE(wait(profile.reader().chats({})).error().condition, condition);
        profile.close();
        QCOMPARE(content(profile.path()), before);
    }

    void killedInAnyStep_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("step");
        QTest::newRow("new, 1") << 0 << 1;
        QTest::newRow("new, 2") << 0 << 2;
        QTest::newRow("old, 2") << 1 << 2;
        QTest::newRow("old, 3") << 1 << 3;
    }
    void killedInAnyStep()
    {
        QFETCH(const int, from);
        QFETCH(const int, step);
        const QString path = fresh();
        if (from > 0) QVERIFY(File(path).migrate(steps(from)).ok());

        QProcess victim;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(killSwitch), QString::number(step));
        victim.setProcessEnvironment(environment);
        victim.start(QCoreApplication::applicationFilePath(), {u"--migrate"_s, path});
        QVERIFY(victim.waitForFinished());
        QCOMPARE(victim.exitCode(), 9);

        File file(path);
        QCOMPARE(file.version(), step - 1);
        if (step > 1) QCOMPARE(file.notes(), step - 1);
        QVERIFY(file.migrate(steps(3)).ok());
        QCOMPARE(file.version(), 3);
        QCOMPARE(file.notes(), 3);
        QCOMPARE(got(file.connection->number(
                     u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"_s)),
                 1);
        if (from > 0) QCOMPARE(File(path + u".v1"_s).notes(), 1);
    }

    void unfinishedCopyIsNoCopy()
    {
        File file(fresh());
        QVERIFY(file.migrate(steps(1)).ok());
        QFile part(file.path + u".v1.part"_s);
        QVERIFY(part.open(QIODevice::WriteOnly));
        part.write("killed while copying");
        part.close();
        QVERIFY(file.migrate(steps(2)).ok());
        QVERIFY(!part.exists());
        QCOMPARE(File(file.path + u".v1"_s).notes(), 1);
    }
};

// Also the program that is killed.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--migrate")
        return File(app.arguments().value(2)).migrate(steps(3)).ok() ? 0 : 1;
    TestMigrations test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_migrations.moc"
