// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form.h"
#include "core/result.h"
#include "core/room.h"

namespace Mingle {

/// Changing a room and its people, where Capability says that I may; the other kind of room answers Unsupported. What
/// comes of it is told by GroupDriver's signals, to everybody in the room alike. Session thread.
/// Errors of all: Refused (forbidden, not-allowed, conflict ...), NotFound, Unsupported, Timeout, ConnectionLost, and
/// NotFound with condition "not-joined" for a room I am not in.
class GroupControls
{
public:
    virtual ~GroupControls() = default;

    /// Refused with condition "conflict": somebody else has that name.
    virtual QFuture<Outcome> setNick(const Jid &room, const QString &nick) = 0;
    virtual QFuture<Outcome> setSubject(const Jid &room, const QString &subject) = 0;

    /// Somebody who is in the room, or on its list of those allowed in.
    virtual QFuture<Outcome> setStanding(const Jid &room, const Participant &who, Standing standing,
                                         const QString &reason) = 0;
    /// Puts out; nothing keeps the person from coming back.
    virtual QFuture<Outcome> remove(const Jid &room, const Participant &who, const QString &reason) = 0;
    /// Puts out for good.
    virtual QFuture<Outcome> ban(const Jid &room, const Participant &who, const QString &reason) = 0;

    virtual QFuture<Result<QList<ListedPerson>>> list(const Jid &room, AccessList list) = 0;
    virtual QFuture<Outcome> putOnList(const Jid &room, AccessList list, const ListedPerson &person) = 0;
    virtual QFuture<Outcome> takeOffList(const Jid &room, AccessList list, const Jid &address) = 0;

    /// Where somebody who is in the room is written to in private, not knowing who they are. Empty: nowhere.
    virtual Jid privateAddress(const Jid &room, const Participant &who) const = 0;

    /// Asks somebody in, who then may enter whatever the room's lists said before, if I have the right to allow it.
    virtual QFuture<Outcome> invite(const Jid &room, const Jid &person, const QString &text) = 0;

    /// Says no to an invitation, politely, where there is a way to.
    virtual QFuture<Outcome> decline(const Jid &room, const Invitation &invitation) = 0;

    /// All that can be set, as it stands.
    virtual QFuture<Result<Form>> settings(const Jid &room) = 0;
    /// Only the fields that have changed.
    virtual QFuture<Outcome> changeSettings(const Jid &room, const Form &changes) = 0;
    /// What I may choose for myself in a room with Capability::Choices, as it stands (XEP-0404 3).
    virtual QFuture<Result<Form>> choices(const Jid &room) = 0;
    /// Only the fields that have changed.
    virtual QFuture<Outcome> choose(const Jid &room, const Form &changes) = 0;
    /// Empty data: none. type: image/png or image/jpeg.
    virtual QFuture<Outcome> setPicture(const Jid &room, const QByteArray &data, const QString &type) = 0;
    /// Ends it for everybody. alternative: where they shall meet instead; may be empty.
    virtual QFuture<Outcome> destroy(const Jid &room, const QString &reason, const Jid &alternative) = 0;
};

} // namespace Mingle
