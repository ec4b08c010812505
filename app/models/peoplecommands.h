// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/blocking.h"
#include "core/chat.h"
#include "core/result.h"

#include <functional>
#include <optional>

namespace Mingle {

class Accounts;

/// What views ask of the session about people. May be called on the UI thread; none waits. What comes of it is seen in
/// the chat (Chat::ties, requests). See PeopleDoor.
struct PeopleCommands {
    using Done = QFuture<Outcome>;

    std::function<QFuture<Result<ChatId>>(const Jid &account, const Jid &person, const QString &name,
                                          bool askToSee)>
        add;
    std::function<Done(const ChatId &, const QString &name)> rename;
    std::function<Done(const ChatId &)> remove;
    std::function<Done(const ChatId &)> askToSee;
    /// They may see when I am online, and I ask for the same.
    std::function<Done(const ChatId &)> acceptRequest;
    std::function<Done(const ChatId &)> stopShowing;
    std::function<Done(const ChatId &)> acceptTalk;
    std::function<Done(const ChatId &)> dismiss;
    std::function<QFuture<Result<BlockedPeople>>(const Jid &account)> blocked;
    std::function<Done(const ChatId &, const std::optional<AbuseReport> &)> block;
    std::function<Done(const ChatId &)> unblock;
};

/// accounts must outlive the commands.
PeopleCommands peopleCommandsOf(Accounts &accounts);

} // namespace Mingle
