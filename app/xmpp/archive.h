// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "xmpp/events.h"

#include <QObject>

namespace Mingle {

/// One page of an archive, oldest message first.
struct ArchivePage {
    QList<IncomingMessage> messages; ///< without what is no message for a timeline
    QString firstId; ///< RSM first and last, of what the server sent: messages may leave some out
    QString lastId;
    bool complete = false; ///< nothing further in the direction asked
    int count = 0; ///< results received
};

/// Which page (XEP-0313 with XEP-0059). Neither id: the newest page.
struct ArchiveQuery {
    Jid archive; ///< a room's address, or my own bare address
    ChatKind kind = ChatKind::Person; ///< whose archive it is; Person: the account's own
    QString beforeId; ///< the page directly older than this
    QString afterId; ///< the page directly newer than this
    QDateTime end; ///< nothing newer than this; instead of an id that the archive has no more
    int limit = 100; ///< at most 250
    /// Goes out behind the request to join, whose answer comes first; else, see fetch().
    bool entering = false;
    QDateTime start{}; ///< nothing older than this; then the end of the pages is not that of the archive
};

/// XEP-0313 client: random query ids, each result checked for its sender and query, in order.
class Archive : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// NotFound with condition item-not-found: the id is no longer in the archive. Cancelled with condition too-early:
    /// asked while entering, and what came cannot be trusted, because I was not in yet.
    virtual QFuture<Result<ArchivePage>> fetch(const ArchiveQuery &query) = 0;
};

} // namespace Mingle
