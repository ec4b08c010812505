// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/faults/archivecopy.h"
#include "support/faults/localcopy.h"

#include <QStringList>

namespace Mingle {

/// What does not hold, in numbers and words.
struct Findings {
    int lost = 0;
    int doubled = 0;
    int reordered = 0;
    int others = 0;
    QStringList words; ///< the first of them

    bool none() const { return lost + doubled + reordered + others == 0; }
    void add(int *count, const QString &what);
};

/// Compares what is stored with the archive.
class HistoryProof
{
public:
    HistoryProof(QString name, const ArchiveCopy &archive, Findings &findings)
        : m_name(std::move(name))
        , m_archive(archive)
        , m_findings(findings)
    {}

    /// While a server hands over what lay in the queue of a former stream, live messages come out of order; later what is
    /// in an interval stands in order, and with all seams closed everything does.
    enum class Order { Unsettled, Settled, Closed };

    /// What holds at any moment, however the line is: every interval complete, one row for each message, and order.
    void always(const LocalCopy &local, Order order = Order::Settled);
    bool isOrdered(const LocalCopy &local) const;
    /// Nothing of the archive is newer than what is stored.
    bool isCaughtUp(const LocalCopy &local) const;
    /// After catching up: what is missing lies under a seam.
    void caughtUp(const LocalCopy &local);
    /// With all seams closed: the same messages.
    void whole(const LocalCopy &local);

private:
    struct Stored; ///< ids of a local copy
    void intervals(const LocalCopy &local, const Stored &stored);
    void rows(const LocalCopy &local, Order order);
    void sender(const Message &message, const ArchiveCopy::Entry &entry);
    QString describe(const Message &message) const;

    QString m_name;
    const ArchiveCopy &m_archive;
    Findings &m_findings;
};

} // namespace Mingle
