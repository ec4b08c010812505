// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>

// usage: mingle-bench [NAME...] [--OPTION NUMBER]...   a name, or the beginning of one: "start" means start.warm_ms and its like
int main(int argc, char **argv)
{
    using namespace Mingle::Bench;
    if (argc > 1 && qstrcmp(argv[1], "--window-driver") == 0) return driveWindow(argc, argv);
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == u"--crash-writer") return writeUntilKilled(app.arguments().mid(2));
    QStringList wanted = app.arguments().mid(1);
    for (qsizetype i = 0; i < wanted.size();) { // see options.h
        if (wanted[i].startsWith(u"--"))
            wanted.remove(i, std::min<qsizetype>(2, wanted.size() - i));
        else
            ++i;
    }
    QList<Group> groups = startFigures() + liveFigures() + searchFigures() + faultFigures() + crashFigures()
                          + catchUpFigures() + loginFigures() + roomFigures() + windowFigures();
    QStringList known;
    for (const Group &group : std::as_const(groups))
        known += group.names;
    if (app.arguments().contains(u"--help")) {
        std::printf(
            "usage: mingle-bench [NAME...] [--OPTION NUMBER]...\n"
            "NAME is one of these or the beginning of one; none means all, which takes an hour:\n  %s\n",
            qPrintable(known.join(QLatin1String("\n  "))));
        return 0;
    }
    for (const QString &name : wanted) {
        if (std::ranges::any_of(known, [&name](const QString &k) { return k.startsWith(name); })) continue;
        std::fprintf(stderr, "mingle-bench: no figure %s; there are: %s\n", qPrintable(name),
                     qPrintable(known.join(QLatin1Char(' '))));
        return 2;
    }
    for (const Group &group : std::as_const(groups)) {
        const bool hit =
            wanted.isEmpty() || std::ranges::any_of(group.names, [&wanted](const QString &name) {
                return std::ranges::any_of(wanted, [&name](const QString &w) { return name.startsWith(w); });
            });
        if (hit) group.run();
    }
    return 0;
}
