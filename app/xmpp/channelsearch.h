// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/roomsearch.h"
#include "xmpp/wire.h"

#include <QHash>

#include <functional>

namespace Mingle {

/// Asks services that know the rooms of many servers (XEP-0433), page by page. One that says "too often" is left alone
/// for as long as it wants.
class ChannelSearch : public QObject
{
    Q_OBJECT
public:
    using Clock = std::function<qint64()>; ///< ms, never backwards

    ChannelSearch(Wire &wire, Clock clock, QObject *parent);

    /// See RoomDirectory::page().
    QFuture<Result<RoomsPage>> page(const RoomQuery &query);

private:
    struct Pause {
        qint64 until = 0; ///< on m_clock
        int times = 0; ///< in a row
    };

    Error blocked(const Jid &service) const;
    void block(const Jid &service, Error &error);

    Wire &m_wire;
    const Clock m_clock;
    QHash<Jid, Pause> m_pauses;
};

/// Reads the items of an answer. Those without a usable address are left out.
QList<RoomCard> readFoundChannels(const QDomElement &result);

} // namespace Mingle
