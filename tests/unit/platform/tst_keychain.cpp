// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keychain.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

using namespace Mingle;

/// On a computer without a keychain: every home is a fresh folder, and there is no bus to find one on.
class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysThatThereIsNone();
    void writesNothingAnywhere();
    void endsWithWorkUnderWay();

private:
    QTemporaryDir m_home;
};

void TestKeychain::initTestCase()
{
    const QByteArray home = m_home.path().toLocal8Bit();
    for (const char *name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        qputenv(name, home);
    qputenv("DBUS_SESSION_BUS_ADDRESS", QByteArray("unix:path=" + home + "/no-bus"));
    for (const char *name : {"KDE_FULL_SESSION", "XDG_CURRENT_DESKTOP", "DISPLAY", "WAYLAND_DISPLAY"})
        qunsetenv(name);
}

void TestKeychain::saysThatThereIsNone()
{
    Keychain keychain(QStringLiteral("io.github.mingle_im.Mingle.test"));
    auto read = keychain.read(QStringLiteral("password/me@example.org"));
    QTRY_VERIFY_WITH_TIMEOUT(read.isFinished(), 30000);
    QCOMPARE(read.result().error().kind, Error::Kind::NoKeychain);
    auto removed = keychain.remove(QStringLiteral("password/me@example.org"));
    QTRY_VERIFY_WITH_TIMEOUT(removed.isFinished(), 30000);
    QCOMPARE(removed.result().error().kind, Error::Kind::NoKeychain);
}

void TestKeychain::writesNothingAnywhere()
{
    Keychain keychain(QStringLiteral("io.github.mingle_im.Mingle.test"));
    auto written = keychain.write(QStringLiteral("password/me@example.org"), "open sesame");
    QTRY_VERIFY_WITH_TIMEOUT(written.isFinished(), 30000);
    QCOMPARE(written.result().error().kind, Error::Kind::NoKeychain);
    QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QByteArray content = file.readAll();
        QVERIFY2(!content.contains("open sesame"), qPrintable(file.fileName()));
        QVERIFY2(!content.contains(QByteArray("open sesame").toBase64()), qPrintable(file.fileName()));
    }
}

void TestKeychain::endsWithWorkUnderWay()
{
    QFuture<Result<QByteArray>> read;
    {
        Keychain keychain(QStringLiteral("io.github.mingle_im.Mingle.test"));
        read = keychain.read(QStringLiteral("x"));
    }
    QTRY_VERIFY(read.isFinished()); // answered or cancelled, but never left hanging
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
