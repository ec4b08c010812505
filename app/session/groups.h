// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"
#include "session/participantwriter.h"
#include "session/rejoiner.h"
#include "session/sessioncontext.h"
#include "xmpp/events.h"
#include "xmpp/groupdriver.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace Mingle {

/// The rooms of one account over both drivers: joined when a session begins, known again after a restart, in step with
/// bookmarks (MUC) and the roster (MIX). Where entering fails for a reason that passes it is tried again without being
/// asked. State is kept per room. Session thread.
class Groups : public QObject
{
    Q_OBJECT
public:
    Groups(const SessionContext &context, QObject *parent);

    /// A session that was not resumed: joins what is known from last time without waiting for anything, and
    /// reconciles with the bookmarks when they have come.
    void beginSession();
    void endSession();
    /// The line is back, and the session with it.
    void resumeSession() { m_rejoiner.hurry(); }
    /// It is entered first, then those in which something was said last.
    void setOnScreen(const Jid &room);
    /// The whole roster: its MIX channels are joined by that alone (XEP-0405).
    void takeRoster(const QList<Contact> &contacts);
    void takeContact(const Contact &contact);
    void forget(const Jid &room);
    /// The password that came with an invitation: it is not stored.
    void notePassword(const Jid &room, const QString &password);

    QFuture<Result<ChatId>> join(const JoinRequest &request);
    QFuture<Outcome> leave(const ChatId &chat);
    /// Takes over what came of a room that was made elsewhere than in join(), and puts it into my list.
    Result<ChatId> adopt(ChatKind kind, const JoinedGroup &group);
    /// My name in it is another now: my other devices shall use it, too.
    void renamed(const Jid &room, const QString &nick);
    /// The later room goes on where the former one ended: its history is read before its own (ChatStore::continueFrom), and
    /// what I chose for that one holds here as well. My other devices hear of it.
    QFuture<Outcome> follow(const Jid &later, const Jid &former);
    /// At once, whatever was planned.
    void rejoin(const ChatId &chat);

    bool isRoom(const Jid &address) const { return m_rooms.contains(address); }
    std::optional<Chat> room(const Jid &address) const;
    const QHash<Jid, ChatState> &states() const { return m_states; }

Q_SIGNALS:
    void stateChanged(const Mingle::ChatId &chat, const Mingle::ChatState &state);
    /// The request to join has just been sent, or nothing but the roster is needed to be in. The room had an archive.
    void entering(const Mingle::ChatId &chat, Mingle::ChatKind kind);
    void joined(const Mingle::ChatId &chat, Mingle::ChatKind kind, bool hasArchive);
    /// See GroupDriver.
    void listChanged(const Mingle::ChatId &chat, Mingle::AccessList list);
    /// Not in there any more, for now or for good.
    void left(const Mingle::ChatId &chat);

private:
    void follow(ChatKind kind);
    void roomsRead(const QList<Chat> &rooms);
    void takeBookmarks(const QList<Bookmark> &bookmarks);
    void takeBookmark(const Bookmark &bookmark);
    void publish(const Chat &chat, const QString &password, const QString &formerName, bool again = false);
    void followNick(const Jid &room);
    void stepOut(const ChatId &chat);
    void setListed(const Jid &room);
    void drop(const Jid &room);
    Jid namesake(const Jid &room) const;
    QFuture<Result<ChatId>> joinNew(const JoinRequest &request);
    QFuture<Result<ChatId>> joinAs(ChatKind kind, const JoinRequest &request, bool bookmark);
    Result<ChatId> entered(ChatKind kind, const JoinedGroup &group, const JoinRequest &request,
                           bool bookmark);
    void groupChanged(ChatKind kind, const JoinedGroup &group);
    void enter(const Jid &room);
    void isOut(const Jid &room, const Error &reason);
    void note(ChatKind kind, const Jid &room, const RoomEvent &event);
    void setState(const Jid &room, Membership membership, const Error &failure = {});
    void keep(const Chat &chat);

    SessionContext m_context;
    QHash<Jid, Chat> m_rooms;
    QHash<Jid, ChatState> m_states;
    QHash<Jid, QString> m_passwords; ///< from bookmarks; only in memory here
    /// Chosen on another device, not told to the room yet; and mine before.
    QHash<Jid, std::pair<QString, QString>> m_nicks;
    QHash<Jid, Jid> m_successors; ///< of rooms that are gone and say where to go on, by that
    QSet<Jid> m_asked; ///< by a person to be entered, and not known before
    QSet<Jid> m_entering; ///< tried now, by ourselves
    ParticipantWriter *m_participants;
    Rejoiner m_rejoiner;
    QList<Contact> m_roster;
    Jid m_onScreen;
    bool m_roomsRead = false;
    bool m_rosterRead = false;
    int m_session = 0;
};

} // namespace Mingle
