// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"

#include <QList>

namespace Mingle {

/// What a member may do, in the words of the members panel.
enum class Standing { Owner, Admin, Member, Guest, Muted };

/// Somebody in a room. Key: MIX participant id, MUC occupant-id (XEP-0421), else "nick:" + nick, which is
/// unstable: the same nick may be another person later.
struct Participant {
    QString key;
    QString nick; ///< untrusted text
    Jid address; ///< real bare address if the room shows it, else empty
    Standing standing = Standing::Guest;
    bool present = false; ///< in the room now; MIX without presence: always true
    bool stableKey = true;
    bool isMe = false;
    QString avatar = {}; ///< id of the picture (core/avatar.h); empty: none

    friend bool operator==(const Participant &, const Participant &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::Participant)
