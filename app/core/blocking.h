// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QList>
#include <QString>

namespace Mingle {

/// Who is blocked, as my server keeps it (XEP-0191): people, whole servers, single devices.
struct BlockedPeople {
    QList<Jid> addresses;
    bool takesReports = false; ///< those who run the server want to hear of spam and abuse (XEP-0377)

    friend bool operator==(const BlockedPeople &, const BlockedPeople &) = default;
};

/// What to tell those who run my server of somebody (XEP-0377).
struct AbuseReport {
    enum class Reason { Spam, Abuse };

    Reason reason = Reason::Spam;
    QString text; ///< mine
};

} // namespace Mingle
