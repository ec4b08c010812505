// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/profilefolder.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace Mingle {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

QString digestOf(const QString &path)
{
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(16));
}

} // namespace

QString ProfileFolder::usualPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

Result<ProfileFolder> ProfileFolder::open(const QString &path)
{
    const QString wanted = QDir::cleanPath(QDir(path.isEmpty() ? usualPath() : path).absolutePath());
    if (!QDir().mkpath(wanted))
        return Error{Error::Kind::Storage, wanted, QStringLiteral("cannot create the folder")};
    const QFileInfo info(wanted);
    if (!info.isDir() || !info.isWritable())
        return Error{Error::Kind::Storage, wanted, QStringLiteral("not a folder that can be written to")};
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
                        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    if ((info.permissions() & others) && !QFile::setPermissions(wanted, ownerOnly))
        return Error{Error::Kind::Storage, wanted, QStringLiteral("cannot take others' rights away")};
    ProfileFolder folder;
    // Two spellings of one folder (links) must meet at one lock and one socket.
    folder.m_path = QFileInfo(wanted).canonicalFilePath();
    return folder;
}

QString ProfileFolder::database() const
{
    return m_path + QStringLiteral("/mingle.sqlite");
}

QString ProfileFolder::settings() const
{
    return m_path + QStringLiteral("/settings.ini");
}

QString ProfileFolder::lock() const
{
    return m_path + QStringLiteral("/lock");
}

QString ProfileFolder::socket() const
{
    const QString inside = m_path + QStringLiteral("/socket");
    if (QFile::encodeName(inside).size() < 104) return inside;
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return (runtime.isEmpty() ? QDir::tempPath() : runtime) + QStringLiteral("/mingle-") + digestOf(m_path);
}

QString ProfileFolder::keychainService() const
{
    const QString service = QStringLiteral("io.github.mingle_im.Mingle");
    const QString usual = QFileInfo(usualPath()).canonicalFilePath();
    return m_path == usual ? service : QString(service + u'.' + digestOf(m_path));
}

} // namespace Mingle
