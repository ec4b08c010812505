// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/archivereach.h"

#include "core/futures.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

#include <QSet>

#include <algorithm>

namespace Mingle {

namespace {
// Of clocks that differ, and of messages that a server archives in another order than it hands them out.
constexpr std::chrono::seconds overlap(60);
} // namespace

ArchiveReach::ArchiveReach(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(&context.connection, &Connection::closed, this, &ArchiveReach::read);
    read();
}

QDateTime ArchiveReach::take(const Jid &archive)
{
    ++m_reads;
    const QDateTime reach = m_reach.take(archive);
    return reach.isValid() ? reach.addSecs(-overlap.count()) : reach;
}

void ArchiveReach::read()
{
    using Reach = QHash<Jid, QDateTime>;
    auto found = m_context.database.write([account = m_context.account](Transaction &tx) -> Result<Reach> {
        const auto chats = ChatStore(tx).all(account);
        if (!chats) return chats.error();
        QSet<Jid> archives{account};
        for (const Chat &chat : *chats)
            if (chat.isRoom()) archives.insert(chat.id.address);
        Reach reach;
        for (const Jid &archive : std::as_const(archives)) {
            const ArchiveStore store(tx, {account, archive});
            const auto intervals = store.intervals();
            if (!intervals) return intervals.error();
            const auto newest = std::ranges::find_if_not(*intervals, &Interval::isGap);
            if (newest == intervals->cend()) continue;
            const auto time = store.timeOf(newest->newestId);
            if (!time) return time.error();
            if (time->isValid()) reach.insert(archive, *time);
        }
        return reach;
    });
    whenDone(found, this, [this, number = ++m_reads](const Result<Reach> &reach) {
        if (reach && number == m_reads) m_reach = *reach;
    });
}

} // namespace Mingle
