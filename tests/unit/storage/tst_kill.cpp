// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/storage/profile.h"

#include <QProcess>
#include <QRandomGenerator>

#include <cstdio>

using namespace Mingle;

namespace {
// Writes without end and says which rows it was told are committed.
[[noreturn]] void writeForever(const QString &folder)
{
    Database database(folder + u"/mingle.db"_s);
    got(wait(database.open()));
    Profile names; // for its addresses only
    for (qint64 i = 0;; ++i) {
        const auto row = wait(database.write([&](Transaction &tx) -> Result<qint64> {
            const auto order = ArchiveStore(tx, {names.me, names.room.address}).nextOrder();
            if (!order) return order.error();
            const bool mine = i % 5 == 0;
            const auto added =
                MessageStore(tx).add(mine ? names.mine(names.room, *order)
                                          : names.message(names.room, *order, QString(200, u'x')));
            if (!added) return added.error();
            if (i % 7 == 0) {
                if (auto done = ChatStore(tx).markRead(names.room, added->row); !done) return done.error();
            }
            return added->row;
        }));
        std::printf("%lld\n", got(row));
        std::fflush(stdout);
    }
}
} // namespace

class TestKill : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingThatWasCommittedIsLost()
    {
        Profile profile;
        profile.fill();
        profile.close();
        QRandomGenerator random(99);
        QSet<qint64> promised;
        for (int round = 0; round < 12; ++round) {
            QProcess victim;
            victim.start(QCoreApplication::applicationFilePath(), {u"--write"_s, profile.folder()});
            QVERIFY(victim.waitForReadyRead(20000));
            QTest::qWait(random.bounded(1, 120));
            victim.kill();
            QVERIFY(victim.waitForFinished());
            const auto lines = victim.readAllStandardOutput().split('\n');
            for (qsizetype i = 0; i + 1 < lines.size(); ++i)
                promised.insert(lines.at(i).toLongLong());

            QVERIFY(got(profile.open()).setAside.isEmpty());
            QCOMPARE(profile.number(
                         u"SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"_s),
                     0);
            QSet<qint64> stored;
            int unread = 0;
            const Chat chat = profile.chat(profile.room);
            const auto page = got(wait(profile.reader().newest(profile.room, 1'000'000)));
            qint64 readOrder = 0;
            for (const Message &message : page.messages) {
                stored.insert(message.row);
                if (message.row == chat.readUpTo) readOrder = message.order;
            }
            for (const Message &message : page.messages)
                unread += message.order > readOrder && message.delivery == Delivery::Received;
            QVERIFY(stored.contains(promised));
            QCOMPARE(chat.unread, unread);
            profile.close();
        }
        QVERIFY(promised.size() > 100);
    }
};

// Also the program that is killed.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--write") writeForever(app.arguments().value(2));
    TestKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kill.moc"
