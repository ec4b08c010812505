// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/messageapplier.h"
#include "xmpp/archive.h"

#include <QFuture>

namespace Mingle {

class Database;

/// Where a fetched page belongs.
struct PageRequest {
    ArchiveId archive;
    /// The interval whose older end the page continues; 0: the newest page of the archive.
    qint64 below = 0;
    QString before{}; ///< with below: the id that was the oldest when the page was asked for
    /// The interval whose newer end the page continues (own archive, after sending); 0: none.
    qint64 above = 0;
    QString after{}; ///< with above: the id that was the newest when the page was asked for
    /// Nothing is stored, with Error::Cancelled, if the page lacks messages that came live from among its own: a server may
    /// give out what it has not written down yet. It is asked for again then.
    bool wholeOnly = false;
    /// A page from among what is stored: nothing is stored unless some of it is known, and it says nothing of gaps elsewhere.
    bool within = false;
};

/// What storing a page has led to.
struct PageStored {
    qint64 interval = 0; ///< the one the page is part of now; 0: the page was empty and there is none
    QString oldestId; ///< of that interval: where to go on
    QString newestId; ///< of that interval
    bool metKnown = false; ///< it reached what was stored before, or the beginning
    bool reachesStart = false;
    bool seamBelow = false; ///< an earlier catch-up was cut short between that interval and an older one
    bool firstEver = false; ///< the archive had never been asked
    bool outdated = false; ///< the interval did not end any more where the page goes on: nothing was stored
    int added = 0;
    QList<ChatId> chats; ///< that got messages
    QList<Applied> changes;
};

/// Stores one archive page with its interval in one transaction (writing thread): gives each message its place in
/// archive order, meets live copies, merges the intervals that the page joins.
class PagePlacement
{
public:
    PagePlacement(Transaction &tx, PageRequest request)
        : m_tx(tx)
        , m_request(std::move(request))
        , m_archive(tx, m_request.archive)
    {}

    Result<PageStored> store(const ArchivePage &page);
    /// The same in a transaction of its own. The first look into an archive leaves nothing unread.
    static QFuture<Result<PageStored>> store(Database &database, const PageRequest &request,
                                             const ArchivePage &page);

private:
    /// Where one message of the page goes.
    struct Place {
        std::optional<qint64> order; ///< nothing: the applier decides
        bool known = false; ///< it is stored already, at this order
        std::optional<Message> misplaced; ///< stored out of the archive's order: moves to this order
    };

    bool isOutdated() const;
    PageStored leave() const;
    Outcome readKnown(const ArchivePage &page);
    Outcome findPlaces(const ArchivePage &page);
    void findPlacesAbove(const Interval &interval);
    const Interval *continued() const;
    Outcome move();
    Result<qint64> ceiling();
    Outcome applyAll(const ArchivePage &page, PageStored &stored);
    Result<Interval> joined(const ArchivePage &page, PageStored &stored);
    Outcome closeGaps(const Interval &joined);
    Result<QList<Message>> strays(const ArchivePage &page);
    Outcome lift(const QList<Message> &strays, const Interval &joined);

    Transaction &m_tx;
    PageRequest m_request;
    ArchiveStore m_archive;
    QList<Interval> m_intervals; ///< as before the page, newest first, without gaps
    QList<Interval> m_gaps;
    QList<Message> m_known; ///< the stored copy of each message of the page, or an empty one
    QList<Place> m_places; ///< one for each message of the page
};

} // namespace Mingle
