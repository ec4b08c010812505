// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/targetrace.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QTcpSocket>

#include <algorithm>

namespace Mingle {

namespace {
constexpr std::size_t maxConnects = 12; // of one race; a name may have a hundred addresses

// RFC 8305 4: the families by turns, beginning with that of the resolver's first.
QList<QHostAddress> byTurns(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> first;
    QList<QHostAddress> other;
    for (const QHostAddress &address : addresses)
        (address.protocol() == addresses.constFirst().protocol() ? first : other).append(address);
    QList<QHostAddress> result;
    for (qsizetype i = 0; i < std::max(first.size(), other.size()); ++i) {
        result += first.mid(i, 1);
        result += other.mid(i, 1);
    }
    return result;
}
} // namespace

TargetRace::TargetRace(std::chrono::milliseconds head, std::chrono::milliseconds step, QObject *parent)
    : QObject(parent)
    , m_head(this)
    , m_step(this)
{
    m_head.setSingleShot(true);
    m_head.setInterval(head);
    m_step.setInterval(step);
    connect(&m_head, &QTimer::timeout, this, &TargetRace::begin);
    connect(&m_step, &QTimer::timeout, this, &TargetRace::startNext);
}

TargetRace::~TargetRace() = default;

void TargetRace::start(const QList<StreamTarget> &targets)
{
    stop();
    m_targets = targets;
    m_addresses.resize(targets.size());
    m_head.start();
}

void TargetRace::stop()
{
    m_head.stop();
    m_step.stop();
    delete std::exchange(m_lookups, nullptr);
    m_targets.clear();
    m_addresses.clear();
    for (auto &socket : m_sockets) {
        socket->disconnect(this);
        socket->abort();
        socket.release()->deleteLater(); // we may have been called by one of them
    }
    m_sockets.clear();
}

void TargetRace::begin()
{
    m_lookups = new QObject(this);
    for (qsizetype i = 0; i < m_targets.size(); ++i) {
        QHostInfo::lookupHost(m_targets[i].host, m_lookups, [this, i](const QHostInfo &info) {
            const auto addresses = byTurns(info.addresses());
            for (const QHostAddress &address : addresses)
                m_addresses[i].append({address.toString(), m_targets[i].port, m_targets[i].directTls});
            if (!m_step.isActive()) {
                startNext();
                m_step.start();
            }
        });
    }
}

void TargetRace::startNext()
{
    const auto next = std::ranges::find_if_not(m_addresses, &QList<StreamTarget>::isEmpty);
    if (next == m_addresses.end() || m_sockets.size() >= maxConnects) return m_step.stop();
    const StreamTarget target = next->takeFirst();
    QTcpSocket *socket = m_sockets.emplace_back(std::make_unique<QTcpSocket>()).get();
    connect(socket, &QTcpSocket::connected, this, [this, target] {
        stop();
        Q_EMIT won(target);
    });
    // A refusal is an answer too: the next one need not wait.
    connect(socket, &QTcpSocket::errorOccurred, this, [this] {
        if (m_step.isActive()) m_step.start();
        QMetaObject::invokeMethod(this, &TargetRace::startNext, Qt::QueuedConnection);
    });
    socket->connectToHost(QHostAddress(target.host), target.port);
}

} // namespace Mingle
