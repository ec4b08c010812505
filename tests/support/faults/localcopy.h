// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "storage/archivestore.h"

#include <QSet>

namespace Mingle {

class Database;

/// What is stored here of one archive at one moment: intervals and rows out of one transaction.
struct LocalCopy {
    QList<Interval> intervals; ///< newest first
    QList<Message> rows; ///< of all chats of the archive, in their order
    Error error;

    static LocalCopy read(const Database &database, const Jid &account, const Jid &archive);
};

} // namespace Mingle
