// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QDateTime>

#include <chrono>

namespace Mingle {

/// How one connect went, from the wish to be online to its end: for people who want to know and for bug reports. Holds
/// no address of an account, no resource, no password and no token; the words of a server in it are cleaned of them.
struct ConnectReport {
    enum class Login {
        None, ///< it never was live
        Token, ///< FAST (XEP-0484)
        Password,
    };

    QDateTime began; ///< UTC; the reports of one account differ in it
    QString host; ///< of the last try, like all that follows up to bytesDown; empty: no server was found
    quint16 port = 0;
    bool directTls = false; ///< else STARTTLS
    QString tls; ///< "TLS 1.3"; empty: none
    int tries = 0; ///< servers, and ways to log in, that were tried
    int roundTrips = 0; ///< waits for the server until live: TCP 1, TLS 1.3 1 (before it 2), each answer 1
    qint64 bytesUp = 0; ///< until live; without what TLS and TCP add
    qint64 bytesDown = 0; ///< the same
    Login login = Login::None;
    bool resumed = false; ///< the former stream went on (XEP-0198)
    std::chrono::milliseconds took{0}; ///< from open(), looking up the name included, until live or given up
    QDateTime endedAt; ///< UTC; invalid: it is live
    Error ended; ///< None: in order, as asked for. The texts are short, see ConnectReporter

    bool wasLive() const { return login != Login::None; }
    bool isLive() const { return wasLive() && !endedAt.isValid(); }
    friend bool operator==(const ConnectReport &, const ConnectReport &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::ConnectReport)
