// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

namespace Mingle {

/// A room as it describes itself, also before joining (XEP-0030, XEP-0433). All text is untrusted.
struct RoomCard {
    Jid address;
    ChatKind kind = ChatKind::Muc;
    QString name;
    QString description;
    QString subject; ///< what is talked about now, where the room tells outsiders
    QString language; ///< as in RFC 5646; empty: not told
    int people = -1; ///< in it now; -1: not told
    RoomProperties properties;
    Jid twin; ///< the same room by the other protocol (XEP-0408); empty: none

    friend bool operator==(const RoomCard &, const RoomCard &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::RoomCard)
