// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timetext.h"

#include "widgets/clocktime.h"

#include <QLocale>

namespace Mingle {

QString shortTime(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid()) return {};
    const QDateTime local = time.toLocalTime();
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    const QLocale locale;
    if (days == 0) return clockTime(time);
    if (days > 0 && days < 7) return locale.dayName(local.date().dayOfWeek(), QLocale::ShortFormat);
    return locale.toString(local.date(), QLocale::ShortFormat);
}

} // namespace Mingle
