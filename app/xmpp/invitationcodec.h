// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QDomElement>

#include <optional>

class QXmlStreamWriter;

namespace Mingle {

/// An invitation as it stands in a message: said by nobody in particular.
struct InvitationParts {
    enum class Way {
        Mediated, ///< XEP-0045 7.8.2: by the room
        Direct, ///< XEP-0249: by the person
        Channel, ///< XEP-0407 6: by the person, with a token of the channel
    };
    Way way = Way::Direct;
    Jid room; ///< bare; empty for Mediated: it is the sender
    Jid inviter; ///< bare; of Mediated and Channel
    Jid invitee; ///< bare; of Channel
    QString text; ///< the reason
    QString password;
    QString token;
};

/// Of several the most telling: a room's own, then a channel's, then a person's.
std::optional<InvitationParts> readInvitation(const QDomElement &message);
/// <invitation/> of XEP-0407, as a join and an answer carry it.
void writeInvitation(QXmlStreamWriter &xml, const Jid &channel, const Jid &invitee,
                     const Invitation &invitation);

} // namespace Mingle
