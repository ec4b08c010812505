// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/singleinstance.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Mingle;

namespace {

/// A stranger's end of the socket; below 0: nobody listens.
int connected(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (size_t(name.size()) >= sizeof(address.sun_path)) return -1;
    memcpy(address.sun_path, name.constData(), size_t(name.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0)
        return socket;
    close(socket);
    return -1;
}

} // namespace

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secondRaisesFirst();
    void takesOverWhatWasLeftBehind();
    void nobodyAnswers();
    void bearsNonsense();

private:
    QString path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_dir;
};

void TestSingleInstance::secondRaisesFirst()
{
    SingleInstance first(path("lock1"), path("socket1"));
    QVERIFY(first.claim());
    QSignalSpy requested(&first, &SingleInstance::requested);
    // The second waits for its answer, so it needs a thread of its own here.
    std::atomic<bool> claimed = true;
    std::atomic<bool> forwarded = false;
    std::unique_ptr<QThread> second(QThread::create([&] {
        SingleInstance other(path("lock1"), path("socket1"));
        claimed = other.claim();
        forwarded = bool(other.forward({QStringLiteral("xmpp:room@example.org?join")}, "token"));
    }));
    second->start();
    QVERIFY(requested.wait());
    QTRY_VERIFY(second->isFinished());
    QVERIFY(!claimed);
    QVERIFY(forwarded);
    QCOMPARE(requested.first().at(0).toStringList(),
             QStringList{QStringLiteral("xmpp:room@example.org?join")});
    QCOMPARE(requested.first().at(1).toByteArray(), QByteArray("token"));
}

void TestSingleInstance::takesOverWhatWasLeftBehind()
{
    // As after kill -9: the files are there, nobody holds them.
    for (const char *name : {"lock2", "socket2"}) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("999999\nmingle\nelsewhere\n");
    }
    QFile::remove(path("lock2"));
    SingleInstance instance(path("lock2"), path("socket2"));
    QVERIFY(instance.claim());
    const int socket = connected(path("socket2"));
    QVERIFY(socket >= 0);
    close(socket);
}

void TestSingleInstance::nobodyAnswers()
{
    SingleInstance instance(path("lock3"), path("socket3"));
    QCOMPARE(instance.forward({}, {}).error().kind, Error::Kind::Timeout);
}

void TestSingleInstance::bearsNonsense()
{
    SingleInstance first(path("lock4"), path("socket4"));
    QVERIFY(first.claim());
    QSignalSpy requested(&first, &SingleInstance::requested);
    const int socket = connected(path("socket4"));
    QVERIFY(socket >= 0);
    const QByteArray nonsense(100000, '\x7f');
    QCOMPARE(send(socket, nonsense.constData(), size_t(nonsense.size()), MSG_NOSIGNAL), nonsense.size());
    // It is cut off: reading comes to the end.
    char byte = 0;
    QTRY_VERIFY(recv(socket, &byte, 1, MSG_DONTWAIT) == 0 || errno == ECONNRESET);
    close(socket);
    QCOMPARE(requested.count(), 0);
}

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
