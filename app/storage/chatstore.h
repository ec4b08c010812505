// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "core/result.h"

#include <optional>

namespace Mingle {

class Transaction;

/// Chats with what the room list shows, their members, read positions and drafts. Notes ChatChanged,
/// ChatRemoved and ParticipantsChanged. Every function may fail with Storage.
class ChatStore
{
public:
    explicit ChatStore(Transaction &tx)
        : m_tx(tx)
    {}

    /// Makes the chat if there is none; its kind is changed if it differs. Hands back the stored one.
    Result<Chat> ensure(const ChatId &id, ChatKind kind);
    /// The same for those who need nothing of it.
    Outcome require(const ChatId &id, ChatKind kind);
    /// Mine in this chat; empty if it has none. NotFound if it is not in the list.
    Result<QString> nick(const ChatId &id) const;
    /// Chat::requests, of what is in the list; cheap.
    Result<std::optional<Requests>> requests(const ChatId &id) const;
    Result<std::optional<Chat>> find(const ChatId &id) const;
    Result<QList<Chat>> all(const Jid &account) const;
    /// Writes all that is not derived, as counts, read position and last message are, but for Chat::former (continueFrom).
    Outcome update(const Chat &chat);
    /// Puts an invitation into the list, unless I am in that room, have decided about it or a later one, or too many wait
    /// already. Tells whether it did.
    Result<bool> invite(const ChatId &id, ChatKind kind, const Invitation &invitation);
    /// It is accepted or declined: takes it out of the chat, and what came before now does not come back.
    Outcome decide(const ChatId &id, const QDateTime &now);
    /// Removes the chat from the list; its messages stay, and are there again if the chat comes back.
    Outcome remove(const ChatId &id);
    /// Moves the read position forward (never back) and counts again. row 0: up to the newest.
    Outcome markRead(const ChatId &id, qint64 row = 0);
    /// The chat takes the place of another one, whose messages are read as if they were its own from now on, before them. It
    /// is not undone when either is removed. InvalidInput: that would be a circle, or one is no room. NotFound: one of
    /// them is not known.
    Outcome continueFrom(const ChatId &id, const ChatId &former);
    /// With whom a talk in private is that goes by a nick, in words of the caller. Tells what it was before; empty: not known.
    Result<QString> setPartner(const ChatId &id, const QString &partner);
    /// Of all such talks in the list.
    Result<QList<std::pair<Jid, QString>>> partners(const Jid &account) const;
    Outcome setDraft(const ChatId &id, const QString &text);

    /// Replaces all members.
    Outcome setParticipants(const ChatId &id, const QList<Participant> &participants);
    Outcome putParticipant(const ChatId &id, const Participant &participant);
    Outcome removeParticipant(const ChatId &id, const QString &key);
    Result<QList<Participant>> participants(const ChatId &id) const;
    /// Who has this nick now, if anybody is known to.
    Result<std::optional<Participant>> participantNamed(const ChatId &id, const QString &nick) const;
    /// The member that I am; none while the room has not told.
    Result<std::optional<Participant>> ownParticipant(const ChatId &id) const;

private:
    Transaction &m_tx;
};

} // namespace Mingle
