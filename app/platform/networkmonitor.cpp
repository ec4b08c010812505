// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/networkmonitor.h"

#include <QDBusConnection>
#include <QNetworkInformation>
#include <QNetworkInterface>
#include <QSocketNotifier>

#ifdef Q_OS_LINUX
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace Mingle {

NetworkMonitor::NetworkMonitor(QObject *parent, std::function<QStringList()> addresses)
    : QObject(parent)
    , m_addresses(std::move(addresses))
    , m_last(m_addresses())
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(300ms);
    connect(&m_settle, &QTimer::timeout, this, &NetworkMonitor::compare);
    listenToNetlink();
    if (!m_notifier && QNetworkInformation::loadDefaultBackend()) {
        const auto *information = QNetworkInformation::instance();
        connect(information, &QNetworkInformation::reachabilityChanged, this, &NetworkMonitor::look);
        connect(information, &QNetworkInformation::transportMediumChanged, this, &NetworkMonitor::look);
    }
#ifdef Q_OS_LINUX
    QDBusConnection::systemBus().connect(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                         u"org.freedesktop.login1.Manager"_s, u"PrepareForSleep"_s, this,
                                         SLOT(prepareForSleep(bool)));
#endif
}

NetworkMonitor::~NetworkMonitor()
{
#ifdef Q_OS_LINUX
    delete m_notifier;
    if (m_socket >= 0) ::close(m_socket);
#endif
}

QStringList NetworkMonitor::systemAddresses()
{
    QStringList all;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsRunning) || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        const auto entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries)
            if (!entry.ip().isLinkLocal()) all << entry.ip().toString();
    }
    all.sort();
    return all;
}

// Any process may listen, also in a sandbox that shares the network. The content is of no interest: who has which
// address is asked for afterwards, so that a lost notice is no harm.
void NetworkMonitor::listenToNetlink()
{
#ifdef Q_OS_LINUX
    m_socket = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (m_socket < 0) return;
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
    if (::bind(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) return;
    m_notifier = new QSocketNotifier(m_socket, QSocketNotifier::Read);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char dropped[8192];
        while (::recv(m_socket, dropped, sizeof dropped, 0) > 0) {}
        look();
    });
#endif
}

void NetworkMonitor::look()
{
    if (!m_settle.isActive()) m_settle.start();
}

void NetworkMonitor::compare()
{
    // Routers announce themselves every few minutes, which changes nothing.
    const QStringList now = m_addresses();
    if (now == m_last) return;
    m_last = now;
    if (!now.isEmpty()) Q_EMIT changed();
}

void NetworkMonitor::prepareForSleep(bool begins)
{
    if (!begins) Q_EMIT changed();
}

} // namespace Mingle
