// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "program.h"

#include <QFile>

#include <algorithm>

#include <unistd.h>

namespace Mingle::Bench {

namespace {
constexpr int messages = 100'000;
constexpr int manyMessages = 1'000'000;

// As after a boot: nothing of the program or the profile is in memory. Needs root.
bool dropCaches()
{
    ::sync();
    QFile file(QStringLiteral("/proc/sys/vm/drop_caches"));
    return file.open(QIODevice::WriteOnly) && file.write("3\n") == 2;
}

void measureStart()
{
    const Display display;
    if (display.name().isEmpty()) return giveUp(QStringLiteral("start"), QStringLiteral("no Xvfb"));
    Profile profile;
    profile.fill(messages, 20);
    const QString conditions =
        QStringLiteral("%1 messages, 20 rooms, server unreachable, %2; process start to first frame")
            .arg(messages)
            .arg(machine());
    print({QStringLiteral("disk.bytes_per_message"), double(profile.databaseBytes()) / messages,
           QStringLiteral("B"), 250,
           QStringLiteral("%1 messages of 4 to 29 words, UUID ids, with the search index").arg(messages)});

    QList<double> frames;
    QList<double> readable;
    for (int i = 0; i < 11; ++i) {
        Program program(display, profile.path());
        program.start();
        frames.append(program.mark(QStringLiteral("readable"), 20'000) >= 0
                          ? program.mark(QStringLiteral("first-frame"), 1)
                          : -1);
        readable.append(program.mark(QStringLiteral("readable"), 1));
    }
    frames.removeFirst(); // warms the caches
    readable.removeFirst();
    print({QStringLiteral("start.warm_ms"), median(frames), QStringLiteral("ms"), 100,
           conditions + QStringLiteral("; median of 10")});
    print({QStringLiteral("start.warm_readable_ms"), median(readable), QStringLiteral("ms"), 100,
           conditions + QStringLiteral(" with the last room readable; median of 10")});

    QList<double> cold;
    for (int i = 0; i < 3; ++i) {
        if (!dropCaches())
            return giveUp(QStringLiteral("start.cold_ms"), QStringLiteral("dropping caches needs root"));
        Program program(display, profile.path());
        program.start();
        cold.append(program.mark(QStringLiteral("readable"), 30'000));
    }
    print({QStringLiteral("start.cold_ms"), median(cold), QStringLiteral("ms"), 200,
           conditions + QStringLiteral(" with the last room readable, page cache dropped; median of 3")});
}

void measureBigStart()
{
    const Display display;
    if (display.name().isEmpty())
        return giveUp(QStringLiteral("start.first_readable_1m_ms"), QStringLiteral("no Xvfb"));
    Profile profile;
    profile.fill(manyMessages, 20);
    QList<double> readable;
    for (int i = 0; i < 11; ++i) {
        Program program(display, profile.path());
        program.start();
        readable.append(program.mark(QStringLiteral("readable"), 30'000));
    }
    readable.removeFirst(); // warms the caches
    print({QStringLiteral("start.first_readable_1m_ms"), median(readable), QStringLiteral("ms"), 100,
           QStringLiteral("%1 messages, 20 rooms, %2 MB, server unreachable, %3; process start to the last "
                          "room readable; median of 10, worst %4 ms")
               .arg(manyMessages)
               .arg(profile.databaseBytes() / 1'000'000)
               .arg(machine())
               .arg(*std::ranges::max_element(readable), 0, 'f', 1)});
}
} // namespace

QList<Group> startFigures()
{
    return {{{QStringLiteral("start.warm_ms"), QStringLiteral("start.warm_readable_ms"),
              QStringLiteral("start.cold_ms"), QStringLiteral("disk.bytes_per_message")},
             measureStart},
            {{QStringLiteral("start.first_readable_1m_ms")}, measureBigStart}};
}

} // namespace Mingle::Bench
