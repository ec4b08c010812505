// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/sessionfixture.h"
#include "storage/archivestore.h"
#include "storage/transaction.h"

#include <QTest>

namespace Mingle {

/// Archives that grow while the line is down.
class HistoryFixture : public SessionFixture
{
public:
    int next = 0; ///< number of the last message

    void fill(const Jid &room, int count)
    {
        for (int i = 0; i < count; ++i)
            server.archives[room].append(server.archived(
                fromRoom(room, QStringLiteral("Ada"), QStringLiteral("message %1").arg(++next))));
    }
    QStringList archivedBodies(const Jid &room) const
    {
        QStringList all;
        for (const IncomingMessage &message : server.archives.value(room))
            all.append(message.body);
        return all;
    }
    void reconnect()
    {
        QTRY_COMPARE(status().state, ConnectionStatus::State::WaitingToRetry);
        clock.advance(std::chrono::minutes(3));
        QTRY_COMPARE(status().state, ConnectionStatus::State::Live);
    }
    /// The line breaks, and the stream goes on.
    void takeUpAgain()
    {
        server.resumable = true;
        server.cut();
        QTRY_COMPARE(status().state, ConnectionStatus::State::WaitingToRetry);
        clock.advance(std::chrono::minutes(3));
        QTRY_COMPARE(status().state, ConnectionStatus::State::Live);
    }
    /// The id up to which the archive is known to be here without a gap.
    QString newestProven(const Jid &archive)
    {
        const auto read = [id = ArchiveId{me, archive}](Transaction &tx) {
            return ArchiveStore(tx, id).intervals();
        };
        const QList<Interval> all = database->write(read).result().value();
        const auto newest = std::ranges::find_if_not(all, &Interval::isGap);
        return newest == all.cend() ? QString() : newest->newestId;
    }
};

} // namespace Mingle
