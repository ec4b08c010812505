// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr QFile::Permissions ownerFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions ownerFolder = ownerFile | QFile::ExeOwner;
constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
                                      | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

Error fileError(const QString &path, const QString &words)
{
    return Error{Error::Kind::Storage, u"file"_s, path + u": "_s + words};
}
} // namespace

Outcome createPrivateFile(const QString &path)
{
    QFile file(path);
    if (!file.exists()) {
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerFile))
            return fileError(path, file.errorString());
        return {};
    }
    if ((file.permissions() & others) && !file.setPermissions(ownerFile))
        return fileError(path, file.errorString());
    return {};
}

Outcome preparePrivateFolder(const QString &path)
{
    const QFileInfo file(path);
    const QString folder = file.absolutePath();
    const QFileInfo info(folder);
    if (!info.exists()) {
        const QString above = info.absolutePath();
        if (!QDir().mkpath(above)) return fileError(above, u"cannot be made"_s);
        if (!QDir().mkdir(folder, ownerFolder)) return fileError(folder, u"cannot be made"_s);
        return {};
    }
    if (!info.isDir()) return fileError(folder, u"is no folder"_s);
    const bool ours =
        file.exists()
        || QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    if (ours && info.ownerId() == geteuid() && (info.permissions() & others)
        && !QFile::setPermissions(folder, ownerFolder))
        return fileError(folder, u"cannot be closed to others"_s);
    return {};
}

Outcome syncFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return fileError(path, file.errorString());
    if (fsync(file.handle()) != 0) return fileError(path, QString::fromLocal8Bit(std::strerror(errno)));
    return {};
}

} // namespace Mingle
