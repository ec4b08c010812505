// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/lyingserver.h"

#include "hostile/lyingpeer.h"

namespace Mingle::Hostile {

LyingServer::LyingServer(const Certificates &certificates, Lies someLies, QObject *parent)
    : QTcpServer(parent)
    , lies(std::move(someLies))
    , m_certificates(certificates)
{
    if (!listen(QHostAddress::LocalHost)) qFatal("cannot listen");
}

void LyingServer::incomingConnection(qintptr handle)
{
    m_received << QByteArray();
    new LyingPeer(*this, int(m_received.size()) - 1, handle);
}

LyingPeer *LyingServer::peer() const
{
    const auto peers = findChildren<LyingPeer *>();
    return peers.isEmpty() ? nullptr : peers.last();
}

void LyingServer::record(int connection, const QByteArray &bytes, bool encrypted)
{
    m_received[connection] += bytes;
    if (!encrypted) m_clear += bytes;
}

} // namespace Mingle::Hostile
