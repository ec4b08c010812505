// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "options.h"

#include "support/faults/faultrun.h"

#include <cstdio>

namespace Mingle::Bench {

namespace {
// A world of its own for so many cuts: archives that grow without end would measure the reading of archives.
constexpr int cutsPerWorld = 480;

// packaging/dev bench faults [--cuts N] [--seed N]
void measureFaults()
{
    const int wanted = option(QStringLiteral("cuts"), 1'000);
    FaultOptions options;
    options.seed = quint32(option(QStringLiteral("seed"), 20261122));
    FaultReport all;
    for (int world = 0; all.cuts < wanted; ++world) {
        options.cuts = std::min(cutsPerWorld, wanted - all.cuts);
        FaultRun run(options);
        if (!run.failure().isEmpty()) return giveUp(QStringLiteral("faults.cuts"), run.failure());
        const FaultReport report = run.run();
        std::fprintf(stderr, "seed %u: %s\n", options.seed, qPrintable(report.summary()));
        for (const QString &word : report.findings.words)
            std::fprintf(stderr, "  %s\n", qPrintable(word));
        all.add(report);
        ++options.seed;
    }
    const QString conditions =
        QStringLiteral("ejabberd, a MIX channel, a MUC room and three people one to one; ") + all.summary();
    print({QStringLiteral("faults.cuts"), double(all.cuts), QStringLiteral("cuts"), 10'000, conditions});
    print({QStringLiteral("faults.lost"), double(all.findings.lost), QStringLiteral("messages"), 0,
           conditions});
    print({QStringLiteral("faults.doubled"), double(all.findings.doubled), QStringLiteral("messages"), 0,
           conditions});
    print({QStringLiteral("faults.reordered"), double(all.findings.reordered), QStringLiteral("messages"), 0,
           conditions});
    print({QStringLiteral("faults.others"), double(all.findings.others), QStringLiteral("findings"), 0,
           conditions + QStringLiteral("; what else did not hold, see standard error")});
}
} // namespace

QList<Group> faultFigures()
{
    return {{{QStringLiteral("faults.cuts"), QStringLiteral("faults.lost"), QStringLiteral("faults.doubled"),
              QStringLiteral("faults.reordered"), QStringLiteral("faults.others")},
             measureFaults}};
}

} // namespace Mingle::Bench
