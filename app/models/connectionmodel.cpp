// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionmodel.h"

#include <algorithm>
#include <utility>

namespace Mingle {

namespace {

using State = ConnectionStatus::State;

/// How long connecting may take before the strip speaks of it.
constexpr std::chrono::milliseconds patience(1500);

bool isTrying(State state)
{
    return state == State::Connecting || state == State::LoggingIn;
}

/// Ends by itself, and is mostly over before anybody could read of it.
bool isPassing(const ConnectionStatus &status)
{
    return isTrying(status.state) || (status.state == State::Live && status.roomsToCatchUp > 1);
}

/// What needs the person most comes first.
int urgency(State state)
{
    switch (state) {
    case State::Stopped:
        return 6;
    case State::NeedsPassword:
        return 5;
    case State::WaitingToRetry:
        return 4;
    case State::Connecting:
        return 3;
    case State::LoggingIn:
        return 2;
    case State::Offline:
        return 1;
    case State::Live:
        return 0;
    }
    return 0;
}

} // namespace

ConnectionModel::ConnectionModel(Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{}

void ConnectionModel::setAccounts(const QList<Account> &accounts)
{
    if (accounts == m_accounts) return;
    beginResetModel();
    m_accounts = accounts;
    endResetModel();
    const auto gone = [this](const Jid &address) {
        return std::ranges::none_of(m_accounts,
                                    [&](const Account &account) { return account.address == address; });
    };
    m_status.removeIf([&](const auto &entry) { return gone(entry.key()); });
    m_keychainMissing.removeIf(gone);
    m_reports.removeIf([&](const auto &entry) { return gone(entry.key()); });
    if (m_storing.removeIf([&](const auto &entry) { return gone(entry.key()); }) > 0) Q_EMIT storingChanged();
    updateStrip();
    Q_EMIT accountsChanged();
}

void ConnectionModel::setStatus(const Jid &account, const ConnectionStatus &status)
{
    const ConnectionStatus before = m_status.value(account);
    if (m_status.contains(account) && before == status) return;
    m_status.insert(account, status);
    if (!isPassing(status)) {
        m_connectingSince.remove(account);
    } else if (!m_connectingSince.contains(account)) {
        // After a failed try the strip is there already and stays: no patience is due.
        const bool patient = before.state == State::Offline || before.state == State::Live
                             || before.state == State::NeedsPassword;
        m_connectingSince.insert(account,
                                 patient ? m_clock.now() : m_clock.now().addMSecs(-patience.count()));
        if (patient) m_clock.after(patience + std::chrono::milliseconds(20), this, [this] { updateStrip(); });
    }
    for (int row = 0; row < m_accounts.size(); ++row) {
        if (m_accounts.at(row).address == account) Q_EMIT dataChanged(index(row), index(row));
    }
    updateStrip();
    Q_EMIT statusChanged(account);
}

void ConnectionModel::setKeychainMissing(const Jid &account)
{
    m_keychainMissing.insert(account);
    updateStrip();
}

void ConnectionModel::setStoring(const Jid &account, const Error &error)
{
    if (error)
        m_storing.insert(account, error);
    else if (!m_storing.remove(account))
        return;
    Q_EMIT storingChanged();
}

void ConnectionModel::addReport(const Jid &account, const ConnectReport &report)
{
    QList<ConnectReport> &reports = m_reports[account];
    if (!reports.isEmpty() && reports.first().began == report.began) {
        reports.first() = report;
    } else {
        // An account that is signed in to anew is dropped while live, and nothing more is heard of that.
        if (!reports.isEmpty() && reports.first().isLive()) reports.first().endedAt = report.began;
        reports.prepend(report);
        if (reports.size() > maxReports) reports.removeLast();
    }
    Q_EMIT reportsChanged(account);
}

Error ConnectionModel::storing() const
{
    return m_storing.isEmpty() ? Error() : m_storing.cbegin().value();
}

bool ConnectionModel::isLive(const Jid &account) const
{
    return m_status.value(account).state == State::Live;
}

std::optional<ConnectionModel::Strip> ConnectionModel::worst() const
{
    std::optional<Strip> result;
    for (const Account &account : m_accounts) {
        if (!account.enabled || !m_status.contains(account.address)) continue;
        const ConnectionStatus status = m_status.value(account.address);
        if (status.state == State::Live && !isPassing(status)) continue;
        if (isPassing(status)
            && m_connectingSince.value(account.address).msecsTo(m_clock.now()) < patience.count())
            continue;
        if (result && urgency(result->status.state) >= urgency(status.state)) continue;
        Strip strip{account.address, status, 0, m_accounts.size() > 1, isKeychainMissing(account.address)};
        if (status.state == State::WaitingToRetry && status.retryAt.isValid())
            strip.secondsLeft =
                int(std::max<qint64>(0, (m_clock.now().msecsTo(status.retryAt) + 999) / 1000));
        result = strip;
    }
    return result;
}

void ConnectionModel::updateStrip()
{
    const std::optional<Strip> strip = worst();
    if (strip) tickLater(*strip);
    if (strip == m_strip) return;
    m_strip = strip;
    Q_EMIT stripChanged();
}

void ConnectionModel::tickLater(const Strip &strip)
{
    if (m_ticking || strip.secondsLeft <= 0) return;
    m_ticking = true;
    m_clock.after(std::chrono::seconds(1), this, [this] {
        m_ticking = false;
        updateStrip();
    });
}

int ConnectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_accounts.size());
}

QVariant ConnectionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Account &account = m_accounts.at(index.row());
    switch (role) {
    case AccountRole:
        return QVariant::fromValue(account);
    case StatusRole:
        return QVariant::fromValue(m_status.value(account.address));
    case Qt::DisplayRole:
        return account.address.toString();
    default:
        return {};
    }
}

} // namespace Mingle
