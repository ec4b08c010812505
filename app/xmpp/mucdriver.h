// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "xmpp/groupdriver.h"
#include "xmpp/mucroom.h"
#include "xmpp/wire.h"

#include <QDeadlineTimer>

#include <memory>
#include <vector>

namespace Mingle {

class MucControls;

/// MUC rooms (XEP-0045). Being in a room belongs to one stream: it survives a resume and ends with the stream.
/// Conditions of removed(): "kicked"; "forbidden" (banned), "registration-required" (members only now) and "gone" as
/// entering again would be refused with, the last with another address as "xmpp:" URI before the reason; "room-shutdown" (ServerShutdown), "room-unreachable" and, where no reason was given, "room-left" (ConnectionLost).
/// Never None: that another device of mine has left for good only the bookmark tells.
class MucDriver : public GroupDriver
{
    Q_OBJECT
public:
    MucDriver(Wire &wire, QObject *parent);
    ~MucDriver() override;

    ChatKind kind() const override { return ChatKind::Muc; }
    QFuture<Result<JoinedGroup>> join(const JoinRequest &request) override;
    QFuture<Outcome> leave(const Jid &room) override;
    QFuture<Result<JoinedGroup>> create(const CreateRequest &request) override;
    /// From the self-presence on, which comes a little before join() is answered.
    bool isJoined(const Jid &room) const override;
    GroupControls &controls() override;
    /// 7.6. Answered when the room shows me under the new nick, or refuses it.
    QFuture<Outcome> changeNick(const Jid &room, const QString &nick);
    /// It says that I am not in there, though I never left (XEP-0410): removed() follows, as after a lost link.
    void forgottenBy(const Jid &room);
    /// What it was entered with; empty if it needs none.
    QString passwordOf(const Jid &room) const;
    /// join() is not answered yet.
    bool isEntering(const Jid &room) const;

    // For the decoder of messages: what a joined room vouches for.
    /// Null unless joined.
    const MucRoom *room(const Jid &address) const;
    /// Whether the address is known to be a room's: what comes from below it is from an occupant.
    bool isRoomAddress(const Jid &address) const;
    /// Whether a message with a delay may be one the room replays on joining (7.2.13).
    bool isReplaying(const Jid &room) const;
    void endReplay(const Jid &room);

private:
    struct Entry;

    Entry &entry(const Jid &room);
    Entry *find(const Jid &room) const;
    void start(Entry &entry, const JoinRequest &request);
    void sendJoin(Entry &entry);
    void learn(Entry &entry, const Result<DiscoInfo> &answer);
    void onDisco(const Jid &room, quint64 attempt, const Result<DiscoInfo> &answer);
    void onPresence(const QDomElement &presence, const Jid &from);
    void onJoinError(Entry &entry, const QDomElement &presence);
    void onMessage(const QDomElement &message, const Jid &from);
    void onEntered(Entry &entry, bool created);
    void configure(Entry &entry);
    void finishJoin(Entry &entry);
    void finishLeave(Entry &entry);
    void fail(Entry &entry, const Error &error);
    void refresh(const Jid &room);
    void loadMembers(const Jid &room);
    void tell(const Jid &room, const MucRoom::Effect &effect);
    static void finishRenaming(Entry &entry, const Outcome &outcome);
    void forgetAll();
    static JoinedGroup describe(const Entry &entry);

    Wire &m_wire;
    QHash<Jid, std::shared_ptr<Entry>> m_entries;
    std::unique_ptr<MucControls> m_controls;
    quint64 m_attempts = 0;
};

} // namespace Mingle
