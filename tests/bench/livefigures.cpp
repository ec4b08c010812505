// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "program.h"

#include "platform/profilefolder.h"
#include "platform/profilesettings.h"
#include "servers/peerprocess.h"
#include "servers/throwawayserver.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QTest>

namespace Mingle::Bench {

namespace {
constexpr int rooms = 20;
constexpr int burst = 1'000;
const QString user = QStringLiteral("alice");

QString roomAddress(const ThrowawayServer &server, int number)
{
    return QStringLiteral("room%1@%2").arg(number).arg(server.service(ChatKind::Muc).toString());
}

// What a person who uses Mingle every day has: twenty rooms, some people, some history in each.
bool furnish(const ThrowawayServer &server, PeerProcess &mine, PeerProcess &other)
{
    for (int i = 0; i < rooms; ++i) {
        const QString room = roomAddress(server, i);
        if (!other.does(QStringLiteral("create_muc"),
                        {{QStringLiteral("room"), room}, {QStringLiteral("nick"), QStringLiteral("bob")}}))
            return false;
        for (int m = 0; m < 30; ++m)
            other.does(QStringLiteral("send"),
                       {{QStringLiteral("to"), room},
                        {QStringLiteral("type"), QStringLiteral("groupchat")},
                        {QStringLiteral("body"),
                         QStringLiteral("message %1 of the room, long enough to fill a line or so").arg(m)}});
        const bool kept =
            mine.does(QStringLiteral("bookmark"), {{QStringLiteral("room"), room},
                                                   {QStringLiteral("name"), QStringLiteral("Room %1").arg(i)},
                                                   {QStringLiteral("nick"), user}});
        if (!kept) return false;
    }
    return true;
}

bool addAccount(const ThrowawayServer &server, const QString &profile)
{
    QProcess adding;
    adding.start(
        QStringLiteral(MINGLE_BINARY),
        {QStringLiteral("--profile"), profile, QStringLiteral("--add-account"),
         user + QStringLiteral("@chat.test"), QStringLiteral("--password-stdin"), QStringLiteral("--server"),
         QStringLiteral("127.0.0.1:%1").arg(server.port(QStringLiteral("tls"))), QStringLiteral("--tls"),
         QStringLiteral("direct"), QStringLiteral("--ca"), server.caFile()});
    adding.write(ThrowawayServer::password(user) + '\n');
    adding.closeWriteChannel();
    return adding.waitForFinished(30'000) && adding.exitCode() == 0;
}

// Until the program has used no processor time for a second.
void waitUntilQuiet(const Program &program)
{
    const QDeadlineTimer deadline(60'000);
    double before = -1;
    while (!deadline.hasExpired()) {
        const double now = program.cpuMilliseconds();
        if (now == before) return;
        before = now;
        QTest::qWait(1'000);
    }
}

// Milliseconds for each message, of the threads that did something.
QString shares(const QMap<QString, double> &before, const QMap<QString, double> &after)
{
    QStringList parts;
    for (auto [name, used] : after.asKeyValueRange())
        if (const double share = (used - before.value(name)) / burst; share > 0)
            parts.append(QStringLiteral("%1 %2").arg(name).arg(share, 0, 'f', 2));
    return parts.join(QStringLiteral(", "));
}

void measureBurst(const ThrowawayServer &server, PeerProcess &other, const Program &program)
{
    const double cpu = program.cpuMilliseconds();
    const QMap<QString, double> before = program.cpuByThread();
    const double memory = program.residentMegabytes();
    other.does(
        QStringLiteral("send_many"),
        {{QStringLiteral("to"), roomAddress(server, 0)},
         {QStringLiteral("type"), QStringLiteral("groupchat")},
         {QStringLiteral("count"), burst},
         {QStringLiteral("body"), QStringLiteral("burst message {} that is as long as most of them are")}});
    waitUntilQuiet(program);
    const QString conditions =
        QStringLiteral("1,000 messages by a slixmpp peer into the open room of the running program, %1")
            .arg(machine());
    print({QStringLiteral("burst.cpu_ms_per_message"), (program.cpuMilliseconds() - cpu) / burst,
           QStringLiteral("ms"), 0.3,
           conditions + QStringLiteral("; socket to painted, by thread: ")
               + shares(before, program.cpuByThread())});
    print({QStringLiteral("burst.growth_mb_per_1000"), program.residentMegabytes() - memory,
           QStringLiteral("MB"), 5, conditions});
}

void measureLive()
{
    const Display display;
    if (display.name().isEmpty())
        return giveUp(QStringLiteral("memory.online_mb"), QStringLiteral("no Xvfb"));
    ThrowawayServer server(ThrowawayServer::Kind::Ejabberd, {user, QStringLiteral("bob")});
    if (!server.failure().isEmpty()) return giveUp(QStringLiteral("memory.online_mb"), server.failure());
    PeerProcess other(server, QStringLiteral("bob"));
    {
        PeerProcess mine(server, user);
        if (!furnish(server, mine, other))
            return giveUp(QStringLiteral("memory.online_mb"), QStringLiteral("cannot make the rooms"));
    }
    const QTemporaryDir folder;
    if (!addAccount(server, folder.path()))
        return giveUp(QStringLiteral("memory.online_mb"), QStringLiteral("cannot add the account"));
    ProfileSettings settings(ProfileFolder::open(folder.path())->settings());
    settings.setValue(QStringLiteral("chat/account"), QString(user + QStringLiteral("@chat.test")));
    settings.setValue(QStringLiteral("chat/address"), roomAddress(server, 0));

    Program program(display, folder.path());
    program.start({QStringLiteral("--password-stdin")}, ThrowawayServer::password(user) + '\n');
    program.mark(QStringLiteral("readable"), 20'000);
    waitUntilQuiet(program);
    const QString conditions =
        QStringLiteral("logged in to ejabberd, %1 MUC rooms, one open, release build, %2")
            .arg(rooms)
            .arg(machine());
    print({QStringLiteral("memory.online_mb"), program.residentMegabytes(), QStringLiteral("MB"), 70,
           conditions + QStringLiteral("; VmRSS")});

    const double cpu = program.cpuMilliseconds();
    QElapsedTimer timer;
    timer.start();
    QTest::qWait(60'000);
    print({QStringLiteral("idle.cpu_percent"),
           (program.cpuMilliseconds() - cpu) * 100 / double(timer.elapsed()), QStringLiteral("%"), 0,
           conditions + QStringLiteral("; 60 s")});
    measureBurst(server, other, program);
}
} // namespace

QList<Group> liveFigures()
{
    return {{{QStringLiteral("memory.online_mb"), QStringLiteral("idle.cpu_percent"),
              QStringLiteral("burst.cpu_ms_per_message"), QStringLiteral("burst.growth_mb_per_1000")},
             measureLive}};
}

} // namespace Mingle::Bench
