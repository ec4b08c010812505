// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>

namespace Mingle::Hostile {

/// The server's side of SCRAM (RFC 5802), written apart from the client's on purpose.
class ServerScram
{
public:
    ServerScram() = default;
    ServerScram(const QByteArray &mechanism, QByteArray password);

    /// iterations: as it goes on the wire, may be nonsense.
    QByteArray first(const QByteArray &clientFirst, const QByteArray &iterations);
    /// Empty: the client does not know the password.
    QByteArray final(const QByteArray &clientFinal);

private:
    QCryptographicHash::Algorithm m_hash = QCryptographicHash::Sha256;
    QByteArray m_password;
    QByteArray m_clientFirst;
    QByteArray m_serverFirst;
    int m_iterations = 0;
};

} // namespace Mingle::Hostile
