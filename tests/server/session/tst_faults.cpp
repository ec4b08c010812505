// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faults/faultrun.h"

#include <QTest>

using namespace Mingle;

/// What is stored is what the archive holds, with a real server on a line that breaks everywhere. MINGLE_SEED repeats a run,
/// MINGLE_CUTS makes it longer; `packaging/dev bench faults --cuts 10000` is the long one.
class FaultsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void history();
};

void FaultsTest::history()
{
    FaultOptions options;
    options.seed = qEnvironmentVariable("MINGLE_SEED", QStringLiteral("20261122")).toUInt();
    if (qEnvironmentVariableIsSet("MINGLE_CUTS")) options.cuts = qEnvironmentVariableIntValue("MINGLE_CUTS");
    FaultRun run(options);
    QVERIFY2(run.failure().isEmpty(), qPrintable(run.failure()));
    const FaultReport report = run.run();
    qInfo("seed %u: %s", options.seed, qPrintable(report.summary()));
    const QString found = QStringLiteral("MINGLE_SEED=%1: %2 lost, %3 doubled, %4 reordered, %5 others:\n  ")
                              .arg(options.seed)
                              .arg(report.findings.lost)
                              .arg(report.findings.doubled)
                              .arg(report.findings.reordered)
                              .arg(report.findings.others)
                          + report.findings.words.join(QStringLiteral("\n  "));
    QVERIFY2(report.findings.none(), qPrintable(found));
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "tst_faults.moc"
