// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"

#include <optional>

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
    RoomProperties told{}; ///< of which properties it has told whether it has them

    friend bool operator==(const RoomCard &, const RoomCard &) = default;
};

/// What a person wants to have made.
struct NewRoom {
    QString name;
    QString description;
    QString nick; ///< mine in it; empty: my address's localpart
    bool isPrivate = false; ///< for those who are asked in only, who see each other's addresses
    QList<Jid> people; ///< to be asked in
    QString text; ///< to them
    std::optional<ChatKind> kind; ///< nothing: what suits my server and theirs
};

/// What came of it.
struct MadeRoom {
    ChatId chat;
    QList<Jid> notInvited; ///< asking these in went wrong; they can be asked again
    Error formerUntold = {}; ///< the room that it takes the place of could not be closed, or told
};

/// Whom a room lets in by name, and whom never.
enum class AccessList { Allowed, Banned };

/// Somebody, or all of a server, on such a list.
struct ListedPerson {
    Jid address; ///< bare; without a localpart: everybody there
    QString nick; ///< untrusted text; mostly not told
    Standing standing = Standing::Member; ///< of those who are allowed in
    QString reason; ///< untrusted text; why banned

    friend bool operator==(const ListedPerson &, const ListedPerson &) = default;
};

/// Where the people of a room that is gone shall meet, as it says (RFC 6120 8.3.3.5); empty: it does not.
Jid successorOf(const Error &gone);

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::ListedPerson)
Q_DECLARE_METATYPE(Mingle::RoomCard)
