// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace Mingle {

/// The folder that holds everything one person has in Mingle: database, settings, socket. Mode 0700.
class ProfileFolder
{
public:
    /// Makes the folder if it is not there and takes rights to it away from others. path empty: the usual place.
    /// Errors: Storage, with the path in condition.
    static Result<ProfileFolder> open(const QString &path);
    static QString usualPath();

    ProfileFolder() = default;

    const QString &path() const { return m_path; }
    QString database() const;
    QString settings() const;
    QString lock() const;
    /// Where the first Mingle listens for later ones. Not always in the folder: a socket's name is limited to
    /// 107 bytes by the system.
    QString socket() const;
    /// Tells this profile's secrets from those of others in the keychain.
    QString keychainService() const;

private:
    QString m_path;
};

} // namespace Mingle
