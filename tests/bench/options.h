// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QStringList>

namespace Mingle::Bench {

/// The value of --name VALUE on the command line.
inline int option(const QString &name, int fallback)
{
    const QStringList arguments = QCoreApplication::arguments();
    const qsizetype at = arguments.indexOf(QString(QStringLiteral("--") + name));
    return at < 0 ? fallback : arguments.value(at + 1).toInt();
}

} // namespace Mingle::Bench
