// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

namespace Mingle::Hostile {

enum class Certificate {
    Good, ///< chat.test, by the authority of caFile()
    Expired,
    SelfSigned,
    WrongName, ///< evil.test, by that authority
};

/// Certificates made with openssl in a folder of their own, gone with the object. Aborts if that fails.
class Certificates
{
public:
    Certificates();

    QString caFile() const;
    QSslCertificate certificate(Certificate kind) const;
    QSslKey key(Certificate kind) const;

private:
    QTemporaryDir m_dir;
};

} // namespace Mingle::Hostile
