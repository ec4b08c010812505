// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSsl>
#include <QString>

#include <utility>

namespace Mingle {

/// Counts what one try to log in costs, from what StreamGuard sees: bytes inside of TLS, and how often it had to wait for
/// the server. A cheap value.
class ConnectMeter
{
public:
    /// TCP stands, which takes a round trip.
    void connected() { ++m_roundTrips; }
    /// TLS stands: one more with TLS 1.3, two before it (RFC 8446 2). A handshake that the server has asked to begin again,
    /// or a former one that was taken up, is not known here.
    void secured(QSsl::SslProtocol protocol);
    void wrote(qint64 bytes);
    void read(qint64 bytes);
    /// Live: what comes now is not counted.
    void stop() { m_counting = false; }
    bool isCounting() const { return m_counting; }

    QString tls() const { return m_tls; }
    int roundTrips() const { return m_roundTrips; }
    qint64 bytesUp() const { return m_up; }
    qint64 bytesDown() const { return m_down; }

private:
    QString m_tls;
    int m_roundTrips = 0;
    qint64 m_up = 0;
    qint64 m_down = 0;
    bool m_waiting = false; ///< something was written that nothing was read after
    bool m_counting = true;
};

inline void ConnectMeter::secured(QSsl::SslProtocol protocol)
{
    const bool isNew = protocol == QSsl::TlsV1_3;
    if (isNew)
        m_tls = QStringLiteral("TLS 1.3");
    else
        m_tls = protocol == QSsl::TlsV1_2 ? QStringLiteral("TLS 1.2") : QStringLiteral("TLS");
    m_roundTrips += isNew ? 1 : 2;
}

inline void ConnectMeter::wrote(qint64 bytes)
{
    if (!m_counting || bytes <= 0) return;
    m_up += bytes;
    m_waiting = true;
}

inline void ConnectMeter::read(qint64 bytes)
{
    if (!m_counting || bytes <= 0) return;
    m_down += bytes;
    if (std::exchange(m_waiting, false)) ++m_roundTrips;
}

} // namespace Mingle
