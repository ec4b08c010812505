// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QByteArray>
#include <QCryptographicHash>

namespace Mingle {

/// SCRAM (RFC 5802) as a witness sees it that knows the password: given what the client sent and the server
/// answered, tells whether the server knows it too. QXmpp's own client does not check that. Computes what it
/// needs in clientFinal(), so that verify() is quick.
class Scram
{
public:
    /// RFC 5802 5.1 wants at least 4096; more than a million would only keep us busy.
    static constexpr int minIterations = 4096;
    static constexpr int maxIterations = 1'000'000;

    /// password: UTF-8, as given to QXmpp (see saslPrepared()).
    Scram(QCryptographicHash::Algorithm hash, QByteArray password);

    void clientFirst(const QByteArray &message);
    /// To be asked before the client answers. ServerNotGenuine: malformed, a nonce that is not an extension
    /// of ours, an iteration count outside the limits, or parameters given twice (parsers would differ on
    /// these).
    Error serverFirst(const QByteArray &message);
    void clientFinal(const QByteArray &message);
    /// True if message is "v=" and the server signature of this very exchange.
    bool verify(const QByteArray &message) const;

private:
    QCryptographicHash::Algorithm m_hash;
    QByteArray m_password;
    QByteArray m_clientFirstBare;
    QByteArray m_serverFirst;
    QByteArray m_nonce;
    QByteArray m_salt;
    int m_iterations = 0;
    QByteArray m_signature;
};

/// The password in the form that servers hash (SASLprep, RFC 4013 2.1 and 2.2).
QString saslPrepared(const QString &password);

} // namespace Mingle
