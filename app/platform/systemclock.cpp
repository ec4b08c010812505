// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/systemclock.h"

#include <QTimer>

namespace Mingle {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

void SystemClock::after(std::chrono::milliseconds delay, QObject *context, std::function<void()> call)
{
    // singleShot() runs its timer on the calling thread only when that is the context's own; it moves it otherwise.
    // Coarse is enough for what lasts seconds, and lets the machine sleep.
    const auto type = delay < std::chrono::seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer;
    QTimer::singleShot(delay, type, context, std::move(call));
}

} // namespace Mingle
