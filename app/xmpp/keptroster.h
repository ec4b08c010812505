// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"

#include <QHash>

namespace Mingle {

/// A roster and the version under which the server knows it (RFC 6121 2.6).
struct KeptRoster {
    QString version; ///< the server's own words; empty: it gave none
    QHash<Jid, Contact> contacts;

    /// For keeping it between starts.
    QByteArray pack() const;
    /// Empty if packed is, or was written by another Mingle.
    static KeptRoster unpack(const QByteArray &packed);
};

} // namespace Mingle
