// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/blocking.h"
#include "core/result.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace Mingle {

/// My server's block list (XEP-0191). Nothing is asked by itself. Session thread.
class BlockList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// What is to be told of the person who is blocked.
    struct Report {
        AbuseReport words;
        QStringList archiveIds; ///< in my account's archive, of messages of theirs
    };

    /// From the first answer on, changes are told by signals until the session ends. Unsupported where there is none.
    virtual QFuture<Result<BlockedPeople>> blockedPeople() = 0;
    virtual QFuture<Outcome> block(const Jid &address, const std::optional<Report> &report) = 0;
    virtual QFuture<Outcome> unblock(const Jid &address) = 0;

Q_SIGNALS:
    // By any device of mine, this one too.
    void blocked(const QList<Mingle::Jid> &addresses);
    /// Empty: nobody is blocked any more.
    void unblocked(const QList<Mingle::Jid> &addresses);
};

} // namespace Mingle
