// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/result.h"

#include <QByteArray>
#include <QList>

namespace Mingle {

class Transaction;

/// The accounts of a profile. Holds no secrets.
class AccountStore
{
public:
    explicit AccountStore(Transaction &tx)
        : m_tx(tx)
    {}

    Result<QList<Account>> all() const;
    Outcome put(const Account &account);
    /// What the server offered for logging in last time (Credentials::features); empty: not known.
    Result<QByteArray> features(const Jid &address) const;
    /// Nothing happens to an account that is not stored.
    Outcome setFeatures(const Jid &address, const QByteArray &features);
    /// Credentials::roster of the last session; empty: none.
    Result<QByteArray> roster(const Jid &address) const;
    Outcome setRoster(const Jid &address, const QByteArray &roster);
    /// ConnectionStatus::avatar
    Result<QByteArray> avatar(const Jid &address) const;
    Outcome setAvatar(const Jid &address, const QString &id);
    /// With everything stored for it.
    Outcome remove(const Jid &address);

private:
    Result<QByteArray> read(const QString &sql, const Jid &address) const;
    Outcome write(const QString &sql, const QByteArray &value, const Jid &address);

    Transaction &m_tx;
};

} // namespace Mingle
