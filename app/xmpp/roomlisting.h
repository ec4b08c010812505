// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/roomsearch.h"
#include "xmpp/wire.h"

#include <QQueue>
#include <QSet>

namespace Mingle {

/// A service that carries rooms, as its disco#info tells.
struct RoomService {
    Jid address;
    bool muc = false;
    bool mix = false; ///< with muc: its rooms are both at once (XEP-0408 2, "fully integrated")
    Jid mirror; ///< the service that has the same rooms by the other protocol; believed only if both say so
};

/// One walk through all that the services of a server list (XEP-0030 4 with XEP-0059), page by page as it is asked for.
/// It comes to an end whatever they answer.
class RoomListing : public QObject
{
    Q_OBJECT
public:
    /// preferred: of a room that can be had both ways.
    RoomListing(Wire &wire, QList<RoomService> services, ChatKind preferred, QObject *parent);

    /// Not again before the answer. RoomsPage::next is not filled in: isOver() tells.
    QFuture<Result<RoomsPage>> nextPage();
    bool isOver() const { return m_services.isEmpty(); }

private:
    void ask();
    void take(const Result<QDomElement> &answer);
    void takeItems(const QDomElement &query);
    std::optional<RoomCard> readItem(const QDomElement &item);
    bool wantsSmallerPages(const QDomElement &query);
    bool goesOn(const QDomElement &set, qsizetype items, qsizetype taken);
    void leaveService();
    void answer();

    Wire &m_wire;
    QQueue<RoomService> m_services; ///< the first is being asked
    const ChatKind m_preferred;
    QSet<Jid> m_seen;
    QString m_after;
    qsizetype m_received = 0; ///< items of this service
    int m_pages = 0; ///< of this service
    int m_pageSize = 0; ///< 0: the usual one; what this service gives at most
    bool m_withoutPages = false; ///< it does not know XEP-0059
    int m_expected = 0; ///< of the services asked before this one
    bool m_anything = false;
    RoomsPage m_page;
    std::shared_ptr<QPromise<Result<RoomsPage>>> m_promise;
};

} // namespace Mingle
