// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "options.h"

#include "core/jid.h"
#include "storage/database.h"
#include "support/faults/historyproof.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

namespace Mingle::Bench {

namespace {
struct Told {
    int delivery = 0;
    QByteArray originId;
    QByteArray body;
    bool mine() const { return body.startsWith("alice "); }
};
using Rows = QHash<qint64, Told>;

// The last line may have been cut by the kill.
void take(QProcess &process, QByteArray &buffer, Rows &rows)
{
    buffer += process.readAllStandardOutput();
    for (qsizetype end; (end = buffer.indexOf('\n')) >= 0; buffer.remove(0, end + 1)) {
        const QList<QByteArray> parts = buffer.first(end).split(' ');
        if (parts.size() < 4) continue;
        rows.insert(parts[0].toLongLong(), {parts[1].toInt(), parts[2], parts.mid(3).join(' ')});
    }
}

// What was told to be stored and is not, or not so far; negative: the file is damaged.
int lost(const QString &path, const Rows &rows)
{
    int missing = 0;
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("crash"));
        database.setDatabaseName(path);
        if (!database.open()) return -1;
        QSqlQuery query(database);
        if (!query.exec(QStringLiteral("PRAGMA integrity_check")) || !query.next()
            || query.value(0).toString() != u"ok")
            return -1;
        QHash<qint64, int> stored;
        query.exec(QStringLiteral("SELECT id, delivery FROM messages"));
        while (query.next())
            stored.insert(query.value(0).toLongLong(), query.value(1).toInt());
        for (const auto &[row, told] : rows.asKeyValueRange()) {
            if (stored.value(row, -1) >= told.delivery) continue;
            ++missing;
            std::fprintf(stderr, "crash: row %lld was told with delivery %d, stored %d\n", row, told.delivery,
                         stored.value(row, -1));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("crash"));
    return missing;
}

bool isDrained(const QString &path)
{
    Database database(path);
    if (!database.open().result()) return false;
    const auto waiting = database.read([](Statements &statements) -> Result<int> {
        Query query(statements, QStringLiteral("SELECT count(*) FROM messages WHERE delivery IN (1, 2)"));
        query.next();
        return query.value<int>(0);
    });
    const Result<int> count = waiting.result();
    return count && *count == 0;
}

// packaging/dev bench crash [--kills N] [--seed N]
void measureCrash()
{
    const int kills = option(QStringLiteral("kills"), 300);
    QRandomGenerator random(quint32(option(QStringLiteral("seed"), 20261122)));
    ThrowawayServer server(ThrowawayServer::Kind::Ejabberd, {QStringLiteral("alice"), QStringLiteral("bob")});
    PeerProcess bob(server, QStringLiteral("bob"), {{QStringLiteral("quiet"), true}});
    if (!bob.failure().isEmpty()) return giveUp(QStringLiteral("crash.kills"), bob.failure());
    const QString muc = QStringLiteral("talk@") + server.service(ChatKind::Muc).toString();
    const QString mix = QStringLiteral("talk@") + server.service(ChatKind::Mix).toString();
    const QString nick = QStringLiteral("bob");
    bob.does(QStringLiteral("create_muc"), {{QStringLiteral("room"), muc}, {QStringLiteral("nick"), nick}});
    bob.does(QStringLiteral("create_mix"), {{QStringLiteral("channel"), mix}});
    bob.does(QStringLiteral("join_mix"), {{QStringLiteral("channel"), mix}, {QStringLiteral("nick"), nick}});

    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("mingle.sqlite"));
    const QStringList arguments{QStringLiteral("--crash-writer"),
                                path,
                                QString::number(server.port(QStringLiteral("tls"))),
                                server.caFile(),
                                muc + u',' + mix,
                                QStringLiteral("bob@chat.test")};
    Rows rows;
    int missing = 0;
    int damaged = 0;
    const auto runFor = [&](int ms, const QStringList &more) {
        QProcess writer;
        QByteArray buffer;
        writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        writer.start(QCoreApplication::applicationFilePath(), arguments + more);
        QTest::qWait(ms);
        writer.kill();
        writer.waitForFinished();
        take(writer, buffer, rows);
        const int found = lost(path, rows);
        if (found < 0) ++damaged;
        missing += std::max(found, 0);
    };
    runFor(6'000, {}); // adds the account and joins
    for (int kill = 0; kill < kills; ++kill) {
        bob.tell(QStringLiteral("send_many"), {{QStringLiteral("to"), random.bounded(2) ? muc : mix},
                                               {QStringLiteral("type"), QStringLiteral("groupchat")},
                                               {QStringLiteral("count"), 3},
                                               {QStringLiteral("body"), QStringLiteral("bob says {}")}});
        runFor(50 + int(random.bounded(1'450)), {});
    }
    bool drained = false;
    for (int i = 0; i < 6 && !drained; ++i) {
        runFor(20'000, {QStringLiteral("idle")});
        drained = isDrained(path);
    }
    PeerProcess reader(server, QStringLiteral("alice"),
                       {{QStringLiteral("quiet"), true}, {QStringLiteral("presence"), false}});
    std::map<QString, ArchiveCopy> archives;
    archives.emplace(muc, ArchiveCopy(muc, ChatKind::Muc));
    archives.emplace(mix, ArchiveCopy(mix, ChatKind::Mix));
    archives.emplace(QStringLiteral("alice@chat.test"), ArchiveCopy({}, ChatKind::Person));
    Findings findings;
    Database database(path);
    (void)database.open().result();
    for (auto &[address, archive] : archives) {
        if (!archive.extend(archive.kind() == ChatKind::Person ? reader : bob))
            std::fprintf(stderr, "crash: cannot read %s\n", qPrintable(address));
        const LocalCopy local =
            LocalCopy::read(database, Jid::trusted(u"alice@chat.test"), Jid::trusted(address));
        HistoryProof(address, archive, findings).always(local);
    }
    int mine = 0;
    int absent = 0;
    int refused = 0;
    int twice = 0;
    for (const Told &told : std::as_const(rows)) {
        if (!told.mine()) continue;
        ++mine;
        int count = 0;
        for (const auto &[address, archive] : archives)
            count += archive.count(QString::fromUtf8(told.originId));
        const bool visibly = told.delivery == 4; // Delivery::Failed
        refused += count == 0 && visibly;
        absent += count == 0 && !visibly;
        if (count == 0)
            std::fprintf(stderr, "crash: not in an archive, delivery %d: %s\n", told.delivery,
                         told.body.constData());
        twice += count > 1;
    }
    for (const QString &word : std::as_const(findings.words))
        std::fprintf(stderr, "  %s\n", qPrintable(word));
    const QString conditions =
        QStringLiteral(
            "SIGKILL 50 to 1500 ms after the start of a session that sends 66 messages a second; %1 of mine "
            "reported stored; %2 damaged files, %3 mine not in the archive, %9 refused and shown so, %4 "
            "there twice and shown once, "
            "%5 "
            "stored twice, %6 out of order, %7 missing in an interval, outbox empty in the end: %8")
            .arg(mine)
            .arg(damaged)
            .arg(absent)
            .arg(twice)
            .arg(findings.doubled)
            .arg(findings.reordered)
            .arg(findings.lost)
            .arg(drained)
            .arg(refused);
    print({QStringLiteral("crash.kills"), double(kills), QStringLiteral("kills"), 300, conditions});
    print({QStringLiteral("crash.lost"), double(missing + absent + damaged), QStringLiteral("messages"), 0,
           conditions});
}
} // namespace

QList<Group> crashFigures()
{
    return {{{QStringLiteral("crash.kills"), QStringLiteral("crash.lost")}, measureCrash}};
}

} // namespace Mingle::Bench
