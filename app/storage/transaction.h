// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/result.h"

#include <QSqlDatabase>

#include <functional>
#include <memory>

namespace Mingle {

class Ledger;
class Statements;

/// A write transaction in progress, on the writing thread only. Stores are made on it and die before it. It
/// may be shared with other works, see WriteGroup; none sees of that more than what it reads.
class Transaction
{
public:
    explicit Transaction(Statements &statements);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    const QSqlDatabase &database() const;
    Statements &statements() { return m_statements; }
    Ledger &ledger() { return *m_ledger; }

    /// To be told after the commit. Several changes of one row or chat become one, the last.
    void note(Change change);
    /// The commit is on the disk, safe from a power cut, before it is reported. For what is about to be sent;
    /// the message store asks by itself for what is Waiting.
    void demandSync() { m_sync = true; }
    bool syncDemanded() const { return m_sync; }

    /// The changes noted so far, merged; used by WriteGroup, as all below.
    QList<Change> takeChanges();
    qsizetype changeCount() const { return m_changes.size(); }
    /// Forgets all but the first count changes: the rest did not happen.
    void dropChanges(qsizetype count) { m_changes.resize(count); }
    /// Called after the commit or the rollback, with the error that prevented the commit if one was wanted.
    std::function<void(const Error &)> over;

private:
    Statements &m_statements;
    std::unique_ptr<Ledger> m_ledger;
    QList<Change> m_changes;
    bool m_sync = false;
};

} // namespace Mingle
