// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/commandline.h"

#include "core/change.h"
#include "storage/accountstore.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Mingle;
using Task = CommandLine::Task;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTasks();
    void readsServers_data();
    void readsServers();
    void refuses_data();
    void refuses();
    void saysVersionAndHelp();
    void endsWithClearStatus();
    void profileIsPrivate();
    void exportsARoom();
    void secondStartRaisesTheFirst();

private:
    static CommandLine parse(const char *text)
    {
        return parseCommandLine(QStringList{QStringLiteral("mingle")}
                                + QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts));
    }
    /// Runs the program to its end.
    int run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(QStringLiteral(MINGLE_BINARY), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(30000)) return -1;
        m_out = process.readAllStandardOutput();
        m_err = process.readAllStandardError();
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

    QByteArray m_out;
    QByteArray m_err;
};

void TestCommandLine::readsTasks()
{
    QCOMPARE(parse("").task, Task::Window);
    QCOMPARE(parse("--version").task, Task::Version);
    QCOMPARE(parse("-h").task, Task::Help);
    const CommandLine add =
        parse("--profile /tmp/p --add-account Me@Example.org --password-stdin --tls starttls");
    QCOMPARE(add.problem, QString());
    QCOMPARE(add.task, Task::AddAccount);
    QCOMPARE(add.account.address, Jid::trusted(u"me@example.org"));
    QCOMPARE(add.account.tls, Account::Tls::StartTls);
    QCOMPARE(add.profile, QStringLiteral("/tmp/p"));
    const CommandLine out = parse("--export room@example.org");
    QCOMPARE(out.task, Task::Export);
    QCOMPARE(out.room, Jid::trusted(u"room@example.org"));
    QCOMPARE(parse("xmpp:a@b?join XMPP:c@d").links.size(), 2);
}

void TestCommandLine::readsServers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("host") << QStringLiteral("chat.test") << QStringLiteral("chat.test") << 0;
    QTest::newRow("port") << QStringLiteral("chat.test:5223") << QStringLiteral("chat.test") << 5223;
    QTest::newRow("v4") << QStringLiteral("127.0.0.1:5222") << QStringLiteral("127.0.0.1") << 5222;
    QTest::newRow("v6") << QStringLiteral("::1") << QStringLiteral("::1") << 0;
    QTest::newRow("v6 port") << QStringLiteral("[::1]:5222") << QStringLiteral("::1") << 5222;
}

void TestCommandLine::readsServers()
{
    QFETCH(QString, text);
    const CommandLine line = parseCommandLine(
        {QStringLiteral("mingle"), QStringLiteral("--add-account"), QStringLiteral("me@example.org"),
         QStringLiteral("--password-stdin"), QStringLiteral("--server"), text});
    QCOMPARE(line.problem, QString());
    QTEST(line.account.host, "host");
    QTEST(int(line.account.port), "port");
}

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"--bogus", "--add-account me@example.org", "--add-account example.org --password-stdin",
          "--tls direct", "--export", "--export @", "--profile", "file:///etc/passwd", "room@example.org",
          "--add-account me@example.org --password-stdin --tls none",
          "--add-account me@example.org --password-stdin --server host:0",
          "--add-account me@example.org --password-stdin --ca /no/such/file",
          "--add-account me@example.org --password-stdin --export a@b"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestCommandLine::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parse(text.toUtf8().constData()).problem.isEmpty());
}

void TestCommandLine::saysVersionAndHelp()
{
    QCOMPARE(run({QStringLiteral("--version")}), 0);
    QVERIFY(m_out.startsWith("mingle "));
    QCOMPARE(run({QStringLiteral("--help")}), 0);
    QVERIFY(m_out.contains("--add-account"));
}

void TestCommandLine::endsWithClearStatus()
{
    QTemporaryDir dir;
    const QStringList profile{QStringLiteral("--profile"), dir.filePath(QStringLiteral("p"))};
    QCOMPARE(run({QStringLiteral("--bogus")}), int(ExitStatus::Usage));
    QCOMPARE(m_err.count('\n'), 1); // one sentence
    QCOMPARE(run(profile + QStringList{QStringLiteral("--export"), QStringLiteral("room@example.org")}),
             int(ExitStatus::NoSuchRoom));
    const QStringList add = profile
                            + QStringList{QStringLiteral("--add-account"), QStringLiteral("me@127.0.0.1"),
                                          QStringLiteral("--password-stdin"), QStringLiteral("--server"),
                                          QStringLiteral("127.0.0.1:9")};
    QCOMPARE(run(add), int(ExitStatus::Usage)); // no password
    QCOMPARE(run(add, "secret\n"), int(ExitStatus::Unreachable));
    QVERIFY(!m_err.contains("secret"));
    QCOMPARE(m_err.count('\n'), 1);
    QFile file(dir.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(run({QStringLiteral("--profile"), file.fileName(), QStringLiteral("--export"),
                  QStringLiteral("a@b")}),
             int(ExitStatus::Profile));
}

void TestCommandLine::profileIsPrivate()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("p"));
    run({QStringLiteral("--profile"), path, QStringLiteral("--add-account"), QStringLiteral("me@127.0.0.1"),
         QStringLiteral("--password-stdin"), QStringLiteral("--server"), QStringLiteral("127.0.0.1:9")},
        "secret\n");
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFileInfo(path).permissions() & others));
    const QFileInfoList files =
        QDir(path).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void TestCommandLine::exportsARoom()
{
    QTemporaryDir dir;
    const ChatId chat{Jid::trusted(u"me@example.org"), Jid::trusted(u"room@example.org")};
    constexpr int count = 1203; // more than two pages
    {
        Database database(dir.filePath(QStringLiteral("mingle.sqlite")));
        auto opened = database.open();
        QTRY_VERIFY(opened.isFinished());
        auto written = database.write([&](Transaction &tx) -> Outcome {
            Account account;
            account.address = chat.account;
            if (auto done = AccountStore(tx).put(account); !done) return done;
            if (auto done = ChatStore(tx).ensure(chat, ChatKind::Muc); !done) return done.error();
            MessageStore messages(tx);
            for (int i = 0; i < count; ++i) {
                Message message;
                message.chat = chat;
                message.author = {QStringLiteral("key"), QStringLiteral("Ada"), {}, true, false};
                message.body = QStringLiteral("message %1 \"ü\"").arg(i);
                message.time = QDateTime::fromSecsSinceEpoch(1'700'000'000 + i, QTimeZone::UTC);
                message.archiveId = QStringLiteral("a%1").arg(i);
                if (auto done = messages.add(message); !done) return done.error();
            }
            return {};
        });
        QTRY_VERIFY_WITH_TIMEOUT(written.isFinished(), 30000);
        QVERIFY(written.result());
    }
    QCOMPARE(run({QStringLiteral("--profile"), dir.path(), QStringLiteral("--export"),
                  QStringLiteral("Room@example.org")}),
             0);
    const QList<QByteArray> lines = m_out.trimmed().split('\n');
    QCOMPARE(lines.size(), count);
    for (int i = 0; i < count; ++i) {
        const QJsonObject object = QJsonDocument::fromJson(lines.at(i)).object();
        QCOMPARE(object.value(QStringLiteral("body")).toString(), QStringLiteral("message %1 \"ü\"").arg(i));
        QCOMPARE(object.value(QStringLiteral("archive_id")).toString(), QStringLiteral("a%1").arg(i));
        QCOMPARE(object.value(QStringLiteral("author")).toObject().value(QStringLiteral("nick")).toString(),
                 QStringLiteral("Ada"));
    }
    QCOMPARE(run({QStringLiteral("--profile"), dir.path(), QStringLiteral("--export"),
                  QStringLiteral("no@example.org")}),
             int(ExitStatus::NoSuchRoom));
}

void TestCommandLine::secondStartRaisesTheFirst()
{
    QTemporaryDir dir;
    QProcess first;
    first.start(QStringLiteral(MINGLE_BINARY), {QStringLiteral("--profile"), dir.path()});
    QVERIFY(first.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(dir.filePath(QStringLiteral("socket"))), 20000);
    QCOMPARE(run({QStringLiteral("--profile"), dir.path(), QStringLiteral("xmpp:room@example.org?join")}), 0);
    QCOMPARE(first.state(), QProcess::Running);
    QCOMPARE(run({QStringLiteral("--profile"), dir.path(), QStringLiteral("--add-account"),
                  QStringLiteral("me@example.org"), QStringLiteral("--password-stdin")},
                 "x\n"),
             int(ExitStatus::Running));
    // Reading does not need the profile for itself.
    QCOMPARE(run({QStringLiteral("--profile"), dir.path(), QStringLiteral("--export"),
                  QStringLiteral("room@example.org")}),
             int(ExitStatus::NoSuchRoom));
    first.terminate();
    QVERIFY(first.waitForFinished(10000));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
