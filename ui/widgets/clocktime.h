// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace Mingle {

/// The local time of day as the locale writes it, but without seconds (some write them even in the short
/// format).
QString clockTime(const QDateTime &time);
/// The same behind the local date.
QString dateAndClockTime(const QDateTime &time);

} // namespace Mingle
