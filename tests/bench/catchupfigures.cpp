// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "options.h"

#include "support/faults/localcopy.h"
#include "support/faults/realprofile.h"
#include "support/servers/peerprocess.h"
#include "support/servers/throwawayserver.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

namespace Mingle::Bench {

namespace {
const Jid me = Jid::trusted(u"alice@chat.test");

struct Room {
    ChatKind kind;
    QString address;
    QString name; ///< in the figures
};

// How many messages the archive holds.
int archived(PeerProcess &reader, const QString &room)
{
    return reader
        .run(QStringLiteral("mam"), {{QStringLiteral("archive"), room},
                                     {QStringLiteral("max"), 1},
                                     {QStringLiteral("before"), QString(QLatin1String(""))}})
        .value(u"count")
        .toString()
        .toInt();
}

double serverAlone(const ThrowawayServer &server, const Room &room, int wanted)
{
    QProcess bare;
    QStringList arguments{QStringLiteral(MINGLE_TESTS "/bench/barepages.py"),
                          QStringLiteral("127.0.0.1"),
                          QString::number(server.port(QStringLiteral("tls"))),
                          server.caFile(),
                          QStringLiteral("alice"),
                          QStringLiteral("pw-alice"),
                          room.address};
    if (room.kind == ChatKind::Muc) arguments.append(QStringLiteral("alice"));
    bare.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    bare.start(QStringLiteral("python3"), arguments);
    if (!QTest::qWaitFor([&bare] { return bare.state() == QProcess::NotRunning; }, 120'000)) return -1;
    const QJsonObject answer = QJsonDocument::fromJson(bare.readAllStandardOutput()).object();
    return answer.value(u"messages").toInt() >= wanted ? answer.value(u"seconds").toDouble() : -1;
}

bool isWhole(const RealProfile &profile, const Room &room, int wanted)
{
    const auto found = profile.database->read([&room, wanted](Statements &statements) -> Result<bool> {
        Query query(
            statements,
            QStringLiteral(
                "SELECT count(*), (SELECT count(*) FROM intervals i WHERE i.archive = c.archive), "
                "(SELECT count(*) FROM messages m WHERE m.chat = c.id) FROM chats c WHERE c.address = ?"));
        query.bind(room.address);
        if (!query.next()) return query.error() ? Result<bool>(query.error()) : false;
        return query.value<int>(1) == 1 && query.value<int>(2) >= wanted;
    });
    const Result<bool> whole = found.result();
    return whole && *whole;
}

// packaging/dev bench catchup [--messages N]
void measureCatchUp()
{
    const int missed = option(QStringLiteral("messages"), 10'000);
    ThrowawayServer server(ThrowawayServer::Kind::Ejabberd, {QStringLiteral("alice"), QStringLiteral("bob")});
    PeerProcess bob(server, QStringLiteral("bob"), {{QStringLiteral("quiet"), true}});
    if (!bob.failure().isEmpty()) return giveUp(QStringLiteral("catchup"), bob.failure());
    const QString nick = QStringLiteral("bob");
    const QList<Room> rooms{
        {ChatKind::Muc, QStringLiteral("busy@") + server.service(ChatKind::Muc).toString(),
         QStringLiteral("muc")},
        {ChatKind::Mix, QStringLiteral("busy@") + server.service(ChatKind::Mix).toString(),
         QStringLiteral("mix")}};
    bob.does(QStringLiteral("create_muc"),
             {{QStringLiteral("room"), rooms[0].address}, {QStringLiteral("nick"), nick}});
    bob.does(QStringLiteral("create_mix"), {{QStringLiteral("channel"), rooms[1].address}});
    bob.does(QStringLiteral("join_mix"),
             {{QStringLiteral("channel"), rooms[1].address}, {QStringLiteral("nick"), nick}});
    for (const Room &room : rooms) {
        RealProfile profile;
        if (!profile.accounts->add(server.account(QStringLiteral("alice")), "pw-alice").result()
            || !profile.accounts->joinRoom(me, Jid::trusted(room.address), QStringLiteral("alice")).result())
            return giveUp(QStringLiteral("catchup"), QStringLiteral("cannot join"));
        const auto send = [&](int count) {
            bob.does(
                QStringLiteral("send_many"),
                {{QStringLiteral("to"), room.address},
                 {QStringLiteral("type"), QStringLiteral("groupchat")},
                 {QStringLiteral("count"), count},
                 {QStringLiteral("body"), QStringLiteral("message {} that is as long as most of them are")}});
        };
        send(20);
        if (!QTest::qWaitFor([&] { return isWhole(profile, room, 20); }, 20'000))
            return giveUp(QStringLiteral("catchup"), QStringLiteral("nothing comes live"));
        profile.stop();
        send(missed);
        const QDeadlineTimer limit(300'000);
        while (archived(bob, room.address) < missed + 20 && !limit.hasExpired())
            QTest::qWait(1'000);
        const double alone = serverAlone(server, room, missed);
        QElapsedTimer timer;
        timer.start();
        profile.start();
        (void)profile.accounts->load().result();
        const bool whole = QTest::qWaitFor([&] { return isWhole(profile, room, missed + 20); }, 120'000);
        const double took = double(timer.elapsed()) / 1000;
        const QString conditions =
            QStringLiteral(
                "%1 missed messages of one %2 on ejabberd with sqlite, round trip 0 ms, %3 cores; ")
                .arg(missed)
                .arg(room.name == u"muc" ? QStringLiteral("MUC room") : QStringLiteral("MIX channel"))
                .arg(QThread::idealThreadCount());
        print({QStringLiteral("catchup.server_%1_s").arg(room.name), alone, QStringLiteral("s"), -1,
               conditions
                   + QStringLiteral(
                       "pages of 250 to a client that only looks for their ends, logged in already")});
        if (whole)
            print({QStringLiteral("catchup.10k_%1_s").arg(room.name), took, QStringLiteral("s"), 3,
                   conditions
                       + QStringLiteral(
                           "from opening the profile, through login, to all rows stored and one interval")});
        else
            giveUp(QStringLiteral("catchup.10k_") + room.name + QStringLiteral("_s"),
                   QStringLiteral("not whole after 120 s"));
    }
}
} // namespace

QList<Group> catchUpFigures()
{
    return {{{QStringLiteral("catchup.10k_muc_s"), QStringLiteral("catchup.10k_mix_s"),
              QStringLiteral("catchup.server_muc_s"), QStringLiteral("catchup.server_mix_s")},
             measureCatchUp}};
}

} // namespace Mingle::Bench
