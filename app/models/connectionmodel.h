// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/connectreport.h"
#include "core/ports.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

#include <optional>

namespace Mingle {

/// The accounts of the profile and how each is connected; and the one thing about it all that the connection strip
/// has to say. UI thread. Runs a clock only while a countdown is shown.
class ConnectionModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        AccountRole = Qt::UserRole + 1, ///< Account
        StatusRole, ///< ConnectionStatus
    };
    struct Strip {
        Jid account;
        ConnectionStatus status;
        int secondsLeft = 0; ///< until the next try, when waiting for it
        bool oneOfSeveral = false; ///< name the account: there are others
        bool keychainMissing = false; ///< the password is asked for at each start

        friend bool operator==(const Strip &, const Strip &) = default;
    };

    /// clock must outlive the model.
    explicit ConnectionModel(Clock &clock, QObject *parent = nullptr);

    void setAccounts(const QList<Account> &accounts);
    void setStatus(const Jid &account, const ConnectionStatus &status);
    void setKeychainMissing(const Jid &account);
    /// What comes in cannot be stored; None: it can again.
    void setStoring(const Jid &account, const Error &error);
    /// One that began at the same moment as the last takes its place.
    void addReport(const Jid &account, const ConnectReport &report);

    QList<Account> accounts() const { return m_accounts; }
    ConnectionStatus status(const Jid &account) const { return m_status.value(account); }
    bool isKeychainMissing(const Jid &account) const { return m_keychainMissing.contains(account); }
    /// Whether a command for this account can reach its server now.
    bool isLive(const Jid &account) const;
    /// Why what comes in cannot be stored, for any account: they share a file. None if all is well.
    Error storing() const;
    /// Of the last maxReports connects, newest first. Nothing of it is stored.
    QList<ConnectReport> reports(const Jid &account) const { return m_reports.value(account); }
    static constexpr qsizetype maxReports = 20;
    /// Nothing if all is well, and in the first moments of connecting and catching up: a strip that flashes at each start says nothing.
    std::optional<Strip> strip() const { return m_strip; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void stripChanged();
    /// Also when another try has failed.
    void storingChanged();
    void reportsChanged(const Mingle::Jid &account);
    void accountsChanged();
    void statusChanged(const Mingle::Jid &account);

private:
    void updateStrip();
    std::optional<Strip> worst() const;
    void tickLater(const Strip &strip);

    Clock &m_clock;
    QList<Account> m_accounts;
    QHash<Jid, ConnectionStatus> m_status;
    QHash<Jid, QDateTime> m_connectingSince; ///< when the account stopped being live or began
    QSet<Jid> m_keychainMissing;
    QHash<Jid, Error> m_storing; ///< accounts for which it fails
    QHash<Jid, QList<ConnectReport>> m_reports;
    std::optional<Strip> m_strip;
    bool m_ticking = false;
};

} // namespace Mingle
