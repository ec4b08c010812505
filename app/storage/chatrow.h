// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/participant.h"
#include "core/result.h"

#include <optional>

namespace Mingle {

class Statements;

// Reading of chats, the same on both connections.

/// A chat in the list; nothing if there is none, or it was removed from the list.
Result<std::optional<Chat>> chatOfRow(Statements &statements, qint64 row);
Result<std::optional<Chat>> chatOfId(Statements &statements, const ChatId &id);
/// Of one account, or of all if it is empty; oldest made first.
Result<QList<Chat>> chatsOf(Statements &statements, const Jid &account);

/// In the order they came in.
Result<QList<Participant>> participantsOf(Statements &statements, const ChatId &id);
Result<std::optional<Participant>> participantNamed(Statements &statements, const ChatId &id,
                                                    const QString &nick);
Result<std::optional<Participant>> ownParticipantOf(Statements &statements, const ChatId &id);

/// Number of a chat, hidden or not; 0 if there is none.
/// The row of a chat, and those whose histories come before its own, newest first; empty if there is no such chat.
Result<QList<qint64>> chatChain(Statements &statements, const ChatId &id);
Result<qint64> chatRow(Statements &statements, const ChatId &id);

/// What the room list shows of a body: one line, bounded.
QString oneLine(const QString &body);

} // namespace Mingle
