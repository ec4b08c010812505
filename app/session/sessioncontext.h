// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/jid.h"
#include "storage/archivestore.h"

namespace Mingle {

class Clock;
class Connection;
class Database;

/// What every part of one account's session works with. All outlive the parts.
struct SessionContext {
    Jid account; ///< bare
    Database &database;
    Clock &clock;
    Connection &connection;

    ChatId chat(const Jid &address) const { return {account, address}; }
    /// One to one talks are archived by the account, rooms by themselves.
    ArchiveId archiveOf(const Jid &address, ChatKind kind) const
    {
        return {account, kind == ChatKind::Person ? account : address};
    }
};

} // namespace Mingle
