// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/room.h"

#include <QList>

#include <memory>

namespace Mingle {

/// Held by whoever waits for answers: when the last copy is gone, what was not asked yet is not asked any more.
using Asker = std::shared_ptr<const void>;

/// What a server has for somebody who looks for rooms, in the order of its administrator.
struct RoomServices {
    QList<Jid> rooms; ///< that list rooms of their own
    QList<Jid> search; ///< that know rooms of many servers (XEP-0433)

    friend bool operator==(const RoomServices &, const RoomServices &) = default;
};

/// Where and what to look for.
struct RoomQuery {
    enum class Kind {
        List, ///< all public rooms of the server `place`, or of the service `place`
        Search, ///< what the search service `place` finds
    };

    Kind kind = Kind::List;
    Jid place;
    QString words; ///< Search only; empty: everything, which many services refuse
    QString next; ///< RoomsPage::next of the page before; empty: the first page
};

/// A part of what a query finds. Each address comes once in all pages of a list.
struct RoomsPage {
    QList<RoomCard> rooms;
    int expected = -1; ///< so many there are in all, as told; -1: not told
    QString next; ///< opaque; empty: this was the last page
    bool capped = false; ///< there are more than anybody will look through, and they were left out
    Error missing; ///< a part of the server did not answer; the rest is here
};

} // namespace Mingle
