// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/reconnectpolicy.h"

#include <algorithm>

namespace Mingle {

bool ReconnectPolicy::mayRetry(const Error &reason)
{
    switch (reason.kind) {
    case Error::Kind::NoNetwork:
    case Error::Kind::UnknownServer:
    case Error::Kind::Timeout:
    case Error::Kind::ConnectionLost:
    case Error::Kind::ServerShutdown:
    case Error::Kind::ServiceFull:
    case Error::Kind::ProtocolViolation:
    case Error::Kind::Redirected:
    case Error::Kind::CertificateInvalid:
    case Error::Kind::TlsUnavailable:
        return true;
    case Error::Kind::Internal:
        return reason.condition != QLatin1String("qxmpp-internals"); // another QXmpp must be installed
    default:
        return false;
    }
}

void ReconnectPolicy::lived(std::chrono::seconds time, const Error &reason)
{
    constexpr std::chrono::seconds lasting(20);
    if (reason.kind == Error::Kind::ConnectionLost || time >= lasting) m_tries = 0;
}

std::chrono::milliseconds ReconnectPolicy::next(double random, const Error &reason)
{
    // The first try lies in 0.3 to 0.9 s, later ones in the upper half of 2, 4, ... 120 s: jitter must not make a
    // client hammer a server that is still coming up.
    constexpr double longest = 120'000;
    const bool meddled =
        reason.kind == Error::Kind::CertificateInvalid || reason.kind == Error::Kind::TlsUnavailable;
    if (meddled) return std::chrono::milliseconds(int(longest / 2 + longest / 2 * random));
    // A server that goes down is not up again in a second; one that is full, or was asked too much, wants to be left alone.
    if (reason.kind == Error::Kind::ServerShutdown) m_tries = std::max(m_tries, 2);
    if (reason.kind == Error::Kind::ServiceFull) m_tries = std::max(m_tries, 3);
    if (m_tries++ == 0) return std::chrono::milliseconds(int(300 + 600 * random));
    const double top = std::min(longest, 1'000.0 * double(1 << std::min(m_tries - 1, 10)));
    return std::chrono::milliseconds(int(top / 2 + top / 2 * random));
}

} // namespace Mingle
