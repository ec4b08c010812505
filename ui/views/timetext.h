// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Mingle {

/// When something was, as short as it can be told: the time today, the weekday within a week, else the date.
/// Local time; empty for an invalid time.
QString shortTime(const QDateTime &time, const QDateTime &now);

} // namespace Mingle
