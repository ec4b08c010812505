// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"
#include "core/message.h"
#include "core/result.h"

#include <QList>

#include <optional>

namespace Mingle {

class Transaction;

/// One XEP-0313 archive as seen by one account: a room's (its address) or the account's own (its bare
/// address), which holds all one to one talks.
struct ArchiveId {
    Jid account;
    Jid archive;
    friend bool operator==(const ArchiveId &, const ArchiveId &) = default;
};

/// A range of an archive proven to be stored without a gap. Orders are Message::order of its two ends.
struct Interval {
    qint64 row = 0; ///< 0: not stored
    QString oldestId;
    QString newestId;
    qint64 oldestOrder = 0;
    qint64 newestOrder = 0;
    bool reachesStart = false; ///< the archive has nothing older

    /// Nothing but a place: what lies above it is not known to go on from what lies below.
    bool isGap() const { return oldestId.isEmpty() && newestId.isEmpty(); }
    friend bool operator==(const Interval &, const Interval &) = default;
};

/// Intervals and the places of messages. A place (Message::order) is a number in the archive's own sequence:
/// live messages go up by liveStep, a new session starts far above (roomForGap) so that what is fetched later
/// fits between.
class ArchiveStore
{
public:
    static constexpr qint64 roomForGap = qint64(1) << 32;
    static constexpr qint64 liveStep = 1024;

    ArchiveStore(Transaction &tx, ArchiveId id)
        : m_tx(tx)
        , m_id(std::move(id))
    {}

    /// Above everything stored: for the next live or outgoing message. Never the same place twice.
    Result<qint64> nextOrder();
    /// A new session that was not resumed: what comes live may not join what is stored. Later places start
    /// above a gap.
    Outcome openGap();
    /// A stream was taken up again: what was missed over the break goes above what came before it, so what comes live now goes
    /// far above that.
    Outcome raiseFloor();
    /// Puts a gap where the newest page goes, until that has come; takes away those with nothing above them.
    Outcome markGap();
    /// There is no archive that anything could come from.
    Outcome dropGaps();
    /// Where the stream that openGap() or raiseFloor() told of starts: its live messages lie at or above, the newest page
    /// fetched goes directly below. roomForGap for an archive that has never had a gap.
    Result<qint64> placeForNewestPage();

    /// Newest first.
    Result<QList<Interval>> intervals() const;
    /// Inserts (row 0) or writes again; hands back the row. Notes HistoryChanged for the archive's chats.
    Result<qint64> put(const Interval &interval);
    Outcome remove(qint64 row);
    /// What came live reaches up to this message: the newest interval goes on to it. In an archive that had nothing it
    /// is the first.
    Outcome extendNewest(const QString &archiveId, qint64 order);
    /// The same for the newest message stored above this place, if there is one.
    Outcome extendNewestOver(qint64 place);
    /// This message has come live too late, if its id says so (packId(): a number): the newest interval ends below it from
    /// now on, so that all above is asked for again.
    Outcome retreatBelow(const QString &archiveId);
    /// Messages with an archive id at these places and between them, in order.
    Result<QList<Message>> archivedWithin(qint64 lowest, qint64 highest) const;
    /// The next place above at which a message stands; nothing: none does.
    Result<std::optional<qint64>> nextAbove(qint64 order) const;
    /// True for the first call only: what the archive had before Mingle ever asked is no news.
    Result<bool> firstLook();
    /// When the message with this id was archived; invalid: none has it, or it says nothing.
    Result<QDateTime> timeOf(const QString &archiveId) const;

private:
    Outcome noteHistory(qint64 archive);

    Transaction &m_tx;
    ArchiveId m_id;
};

} // namespace Mingle
