// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/profilefolder.h"
#include "platform/profilesettings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Mingle;

namespace {

constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
                        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

} // namespace

class TestProfileFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesAPrivateFolder();
    void takesRightsFromOthers();
    void refusesWhatIsNoFolder();
    void meetsUnderAllSpellings();
    void keepsTheSocketNameShort();
    void filesSecretsByProfile();
    void settingsSurvive();
};

void TestProfileFolder::makesAPrivateFolder()
{
    QTemporaryDir dir;
    const auto folder = ProfileFolder::open(dir.filePath(QStringLiteral("a/b/profile")));
    QVERIFY(folder);
    QVERIFY(!(QFileInfo(folder->path()).permissions() & others));
    QVERIFY(folder->database().startsWith(folder->path()));
}

void TestProfileFolder::takesRightsFromOthers()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("open"));
    QVERIFY(QDir().mkdir(path));
    QVERIFY(QFile::setPermissions(path, QFileInfo(path).permissions() | QFileDevice::ReadOther
                                            | QFileDevice::ExeOther));
    QVERIFY(ProfileFolder::open(path));
    QVERIFY(!(QFileInfo(path).permissions() & others));
}

void TestProfileFolder::refusesWhatIsNoFolder()
{
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto folder = ProfileFolder::open(file.fileName());
    QVERIFY(!folder);
    QCOMPARE(folder.error().kind, Error::Kind::Storage);
}

void TestProfileFolder::meetsUnderAllSpellings()
{
    QTemporaryDir dir;
    const auto folder = ProfileFolder::open(dir.filePath(QStringLiteral("real")));
    QVERIFY(folder);
    QVERIFY(QFile::link(folder->path(), dir.filePath(QStringLiteral("link"))));
    const auto linked = ProfileFolder::open(dir.filePath(QStringLiteral("./link/")));
    QVERIFY(linked);
    QCOMPARE(linked->lock(), folder->lock());
    QCOMPARE(linked->socket(), folder->socket());
}

void TestProfileFolder::keepsTheSocketNameShort()
{
    QTemporaryDir dir;
    const auto folder = ProfileFolder::open(dir.filePath(QString(120, u'x')));
    QVERIFY(folder);
    QVERIFY(QFile::encodeName(folder->socket()).size() < 107);
}

void TestProfileFolder::filesSecretsByProfile()
{
    QTemporaryDir dir;
    const auto one = ProfileFolder::open(dir.filePath(QStringLiteral("one")));
    const auto two = ProfileFolder::open(dir.filePath(QStringLiteral("two")));
    QVERIFY(one && two);
    QCOMPARE_NE(one->keychainService(), two->keychainService());
}

void TestProfileFolder::settingsSurvive()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("settings.ini"));
    {
        ProfileSettings settings(file);
        QCOMPARE(settings.value(QStringLiteral("a/b"), 7).toInt(), 7);
        settings.setValue(QStringLiteral("a/b"), 8);
        settings.setValue(QStringLiteral("place"), QByteArray("\0\1\2", 3));
    }
    ProfileSettings settings(file);
    QCOMPARE(settings.value(QStringLiteral("a/b")).toInt(), 8);
    QCOMPARE(settings.value(QStringLiteral("place")).toByteArray(), QByteArray("\0\1\2", 3));
}

QTEST_GUILESS_MAIN(TestProfileFolder)
#include "tst_profilefolder.moc"
