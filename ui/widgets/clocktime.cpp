// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/clocktime.h"

#include <QLocale>
#include <QRegularExpression>

namespace Mingle {

namespace {

QString formatWithoutSeconds(const QLocale &locale)
{
    static const QRegularExpression seconds(QStringLiteral("[:.]ss?(?![a-z])"));
    return locale.timeFormat(QLocale::ShortFormat).remove(seconds);
}

} // namespace

QString clockTime(const QDateTime &time)
{
    const QLocale locale;
    return time.isValid() ? locale.toString(time.toLocalTime().time(), formatWithoutSeconds(locale))
                          : QString();
}

QString dateAndClockTime(const QDateTime &time)
{
    if (!time.isValid()) {
        return {};
    }
    return QLocale().toString(time.toLocalTime().date(), QLocale::ShortFormat) % u' ' % clockTime(time);
}

} // namespace Mingle
