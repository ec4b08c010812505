// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/transaction.h"

#include <QSet>

#include <functional>
#include <optional>

namespace Mingle {

/// Works that wait for the writer, committed together: in a burst each would cost as much for its commit as
/// for itself. To each it looks like a transaction of its own: it is undone alone if it fails, and told when
/// it is committed. For one run().
class WriteGroup
{
public:
    /// Database::postWrite() says how it is called.
    using Work = std::function<bool(Transaction *, const Error &)>;

    WriteGroup(Statements &statements, ChangeFeed &feed);

    /// Takes works from next until it has none, or it is time to commit. Then commits, tells the feed, and
    /// then each work how it ended.
    void run(const std::function<std::optional<Work>()> &next);

private:
    Outcome runOne(const Work &work);
    Outcome undo(qsizetype changesBefore, const QSet<qint64> &touchedBefore);
    Outcome commit();
    void syncNow();

    Statements &m_statements;
    ChangeFeed &m_feed;
    Transaction m_tx;
    QList<std::function<void(const Error &)>> m_answers;
};

} // namespace Mingle
