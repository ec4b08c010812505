// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <functional>

class QSocketNotifier;

namespace Mingle {

/// Hears from the system that the network is another one, or that the machine has slept: netlink on Linux,
/// QNetworkInformation elsewhere, and logind's PrepareForSleep. Costs nothing while nothing happens. Lives on the main
/// thread, which QNetworkInformation demands.
class NetworkMonitor final : public QObject
{
    Q_OBJECT
public:
    /// addresses: those of this machine, without loopback; the system's unless a test has others.
    explicit NetworkMonitor(QObject *parent = nullptr,
                            std::function<QStringList()> addresses = systemAddresses);
    ~NetworkMonitor() override;

    static QStringList systemAddresses();

public Q_SLOTS:
    /// Something happened to the network: changed() follows soon if there is a way out and it is another one.
    void look();
    /// logind, 1.7: true before the machine sleeps, false after.
    void prepareForSleep(bool begins);

Q_SIGNALS:
    /// What is offline is worth a try now; what is connected may be dead without anybody saying so.
    void changed();

private:
    void listenToNetlink();
    void compare();

    std::function<QStringList()> m_addresses;
    QStringList m_last;
    QTimer m_settle; ///< changes come in bursts
    QSocketNotifier *m_notifier = nullptr;
    int m_socket = -1;
};

} // namespace Mingle
