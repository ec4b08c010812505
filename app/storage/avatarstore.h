// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QDateTime>

namespace Mingle {

class Transaction;

/// Pictures by their id (core/avatar.h), of all accounts. What was not asked for longest goes when they are too many. Every
/// function may fail with Storage.
class AvatarStore
{
public:
    /// In bytes of pictures.
    static constexpr qint64 limit = 64 * 1024 * 1024;

    explicit AvatarStore(Transaction &tx)
        : m_tx(tx)
    {}

    /// Empty: not here.
    Result<QByteArray> find(const QString &id, const QDateTime &now) const;
    Outcome put(const QString &id, const QByteArray &data, const QDateTime &now, qint64 most = limit);

private:
    Transaction &m_tx;
};

} // namespace Mingle
