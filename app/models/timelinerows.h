// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/timelinewindow.h"

#include <QDate>

namespace Mingle {

/// One row of the timeline model.
struct TimelineRow {
    enum class Kind {
        Message,
        Day,    ///< the messages below are of this day
        Unread, ///< the messages below are new
        Seam,   ///< messages are missing here
        Notice, ///< something happened (Message::notice)
        Beginning, ///< the archive has nothing older
    };

    Kind kind = Kind::Message;
    qint64 row =
        0; ///< Message, Notice: its own. Day, Unread: of the message below. Seam: of the message above, or 0
    qsizetype message = -1; ///< Message, Notice: its place in the window
    bool grouped = false; ///< Message: goes on from the one above, by the same author and soon after
    QDate day{}; ///< local; Day and Message

    /// Whether both stand for the same thing, though it may look different now.
    bool isSame(const TimelineRow &other) const { return kind == other.kind && row == other.row; }
    friend size_t qHash(const TimelineRow &r, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, int(r.kind), r.row);
    }
    friend bool operator==(const TimelineRow &a, const TimelineRow &b) { return a.isSame(b); }
};

/// The rows for a window. unreadAfter: the newest row read when the chat was opened; 0: no such line. archived: there
/// is an archive, so that a stretch without a seam before it begins where the archive does.
QList<TimelineRow> makeTimelineRows(const TimelineWindow &window, qint64 unreadAfter, bool archived);

/// What turns one list of rows into another, as few and as long ranges as possible: first the removals (given
/// from the back, positions in the old list), then the insertions (from the front, positions in the new
/// list).
struct TimelineSteps {
    struct Range {
        int first = 0;
        int last = 0;
    };
    QList<Range> removals;
    QList<Range> insertions;
};
TimelineSteps timelineSteps(const QList<TimelineRow> &from, const QList<TimelineRow> &to);

} // namespace Mingle
