// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "core/result.h"
#include "core/room.h"
#include "core/roomevent.h"

#include <QObject>

namespace Mingle {

struct JoinRequest {
    Jid room;
    QString nick;
    QString password;
    /// MUC without an archive: replay at most this many messages. Nothing is replayed where there is an archive.
    int history = 50;
    /// JoinedGroup::traits of the last time: entering does not wait for what the room can do now. 0: not known.
    int traits = 0;
    Invitation invitation = {}; ///< that I accept by joining
};

/// How I am in a room right after joining.
struct JoinedGroup {
    Jid room;
    QString nick; ///< as the room gave it
    QString name;
    QString description;
    Capabilities capabilities;
    RoomProperties properties;
    bool created = false; ///< joining made the room (MUC)
    int traits = 0; ///< for the next JoinRequest; 0: not known
};

struct CreateRequest {
    Jid service; ///< the domain that carries it
    QString localpart; ///< empty: made up by us
    QString name; ///< shown name
    QString nick;
    QString description = {};
    bool isPrivate =
        false; ///< for those who are asked in only, who see each other's addresses; not in any list
};

class GroupControls;

/// The protocol of one kind of room. Lives on the session thread. Operations of different rooms do not wait for
/// each other. All names and subjects are untrusted text.
class GroupDriver : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual ChatKind kind() const = 0;
    /// Refused (condition: registration-required, forbidden, not-authorized, conflict ...), NotFound, ServiceFull,
    /// Timeout. participantsReset() comes before the answer.
    virtual QFuture<Result<JoinedGroup>> join(const JoinRequest &request) = 0;
    virtual QFuture<Outcome> leave(const Jid &room) = 0;
    /// Somebody has the room before them: asks for what it does not tell by itself, as what I may do in it, unless it did
    /// so a short while ago.
    virtual void look(const Jid &room) { Q_UNUSED(room) }
    /// Makes a room and joins it.
    virtual QFuture<Result<JoinedGroup>> create(const CreateRequest &request) = 0;
    virtual bool isJoined(const Jid &room) const = 0;
    virtual GroupControls &controls() = 0;

Q_SIGNALS:
    /// Somebody else was put out, or asked in.
    void happened(const Mingle::Jid &room, const Mingle::RoomEvent &event);
    void participantsReset(const Mingle::Jid &room, const QList<Mingle::Participant> &participants);
    void participantChanged(const Mingle::Jid &room, const Mingle::Participant &participant);
    void participantRemoved(const Mingle::Jid &room, const QString &key);
    /// Somebody has changed who may enter, or who is kept out.
    void listChanged(const Mingle::Jid &room, Mingle::AccessList list);
    /// Name or capabilities are others now.
    void groupChanged(const Mingle::JoinedGroup &group);
    /// I am out without having asked for it: kicked, banned, destroyed, left on another device (None).
    void removed(const Mingle::Jid &room, const Mingle::Error &reason);
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::JoinedGroup)
