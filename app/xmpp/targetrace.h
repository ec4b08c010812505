// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/serverfinder.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QTcpSocket;

namespace Mingle {

/// Finds out which of several servers and addresses can be reached, when the one that is being tried is silent (RFC 8305,
/// over the SRV targets of XEP-0368). It asks nobody for the first moments, so where all is well it costs nothing. A
/// connect here is closed at once: it only shows where to go.
class TargetRace : public QObject
{
    Q_OBJECT
public:
    /// head: how long the try that is under way has for itself. step: between two starts of ours.
    TargetRace(std::chrono::milliseconds head, std::chrono::milliseconds step, QObject *parent);
    ~TargetRace() override;

    /// In this order; all addresses of a host, IPv6 and IPv4 by turns. Replaces what was begun before.
    void start(const QList<StreamTarget> &targets);
    void stop();

Q_SIGNALS:
    /// The first that has answered, its host an address. The race is over.
    void won(const Mingle::StreamTarget &target);

private:
    void begin();
    void startNext();

    QTimer m_head;
    QTimer m_step;
    QList<StreamTarget> m_targets;
    QObject *m_lookups = nullptr; ///< context of those of this race
    QList<QList<StreamTarget>> m_addresses; ///< for each target, as they were found
    std::vector<std::unique_ptr<QTcpSocket>> m_sockets;
};

} // namespace Mingle
