// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace Mingle::Bench {

void print(const Figure &figure)
{
    QJsonObject line{
        {QStringLiteral("name"), figure.name},
        {QStringLiteral("value"), std::round(figure.value * 1000) / 1000},
        {QStringLiteral("unit"), figure.unit},
        {QStringLiteral("conditions"), figure.conditions},
    };
    if (figure.goal >= 0) line.insert(QStringLiteral("goal"), figure.goal);
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void giveUp(const QString &name, const QString &why)
{
    std::fprintf(stderr, "mingle-bench: %s: %s\n", qPrintable(name), qPrintable(why));
}

double median(QList<double> values)
{
    if (values.isEmpty()) return 0;
    std::ranges::sort(values);
    return values.at(values.size() / 2);
}

QString machine()
{
    return QStringLiteral("%1 cores, Xvfb 1280x800").arg(QThread::idealThreadCount());
}

} // namespace Mingle::Bench
