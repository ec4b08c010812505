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
    void configure(const Jid &room);
    void submit(const Jid &room, const QDomElement &form);
    void finishJoin(Entry &entry);
    void finishLeave(Entry &entry);
    void fail(Entry &entry, const Error &error);
    void refresh(const Jid &room);
    void forgetAll();
    static JoinedGroup describe(const Entry &entry);

    Wire &m_wire;
    QHash<Jid, std::shared_ptr<Entry>> m_entries;
    quint64 m_attempts = 0;
};

} // namespace Mingle
