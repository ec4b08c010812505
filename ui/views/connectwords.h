// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectreport.h"

#include <QList>
#include <QString>

namespace Mingle {

/// One connect in plain words. Holds nothing that a server has written.
struct ConnectWords {
    QString how;
    QString when; ///< local time, with the date unless it is today's
    QString cost; ///< time, round trips, TLS, bytes: what is known of them
    QString end;

    /// All of it, for screen readers.
    QString spoken() const;
};

ConnectWords connectWords(const ConnectReport &report, const QDateTime &now);

/// The same for whoever mends Mingle: plain text in English, aligned for a fixed-width font, one line for each connect,
/// times in UTC. What servers have written is short and has no line breaks.
QString connectReportText(const QList<ConnectReport> &reports);

} // namespace Mingle
