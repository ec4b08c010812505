// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/jid.h"

#include <QDateTime>

namespace Mingle {

/// How to reach an account's server. Stored; holds no secret.
struct Account {
    enum class Tls { Automatic, Direct, StartTls };

    Jid address; ///< bare
    QString host; ///< empty: found by SRV records (RFC 6120 3.2, XEP-0368), else the domain
    quint16 port = 0; ///< 0: the default of the way chosen
    Tls tls = Tls::Automatic; ///< never without TLS
    QString caFile; ///< PEM of an extra authority to trust; empty: the system's only
    QString resource; ///< chosen once, stable
    bool enabled = true;
    bool allowPlain =
        false; ///< may give the password itself away, inside TLS, to a server that knows nothing better

    friend bool operator==(const Account &, const Account &) = default;
};

/// What the connection strip shows.
struct ConnectionStatus {
    enum class State {
        Offline, ///< because the person wants it so
        NeedsPassword, ///< nothing in the keychain, or refused: ask
        Connecting,
        LoggingIn,
        Live,
        WaitingToRetry, ///< retryAt says when; reason says why
        Stopped, ///< will not try by itself: reason says why (wrong password, bad certificate, conflict)
    };

    State state = State::Offline;
    Error reason; ///< of the last end
    QDateTime retryAt; ///< UTC
    bool catchingUp = false; ///< Live, and what was missed is being fetched
    int roomsToCatchUp =
        0; ///< in this round of it; the own archive, which holds the one to one talks, not counted
    int roomsCaughtUp = 0; ///< of these
    QString avatar = {}; ///< id of my own picture (core/avatar.h), as was told last; empty: none

    friend bool operator==(const ConnectionStatus &, const ConnectionStatus &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::Account)
Q_DECLARE_METATYPE(Mingle::ConnectionStatus)
