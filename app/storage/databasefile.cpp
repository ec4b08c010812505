// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/databasefile.h"

#include "storage/migrations.h"
#include "storage/privatefile.h"
#include "storage/salvage.h"

#include <QFile>
#include <QFileInfo>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// Read whole in under 10 ms.
constexpr qint64 alwaysCheckedBytes = 4 * 1024 * 1024;

QString markerOf(const QString &path)
{
    return path + u".suspect";
}

Error damaged(const QString &words)
{
    return Error{Error::Kind::Storage, u"11"_s, words}; // SQLITE_CORRUPT, see isDamage()
}

Outcome quickCheck(SqlConnection &connection, const QString &table)
{
    QSqlQuery query(connection.statements().database());
    query.setForwardOnly(true);
    const QString sql =
        table.isEmpty() ? u"PRAGMA quick_check(1)"_s : u"PRAGMA quick_check("_s + table + u")"_s;
    if (!query.exec(sql)) return storageError(query.lastError());
    while (query.next()) {
        if (const QString answer = query.value(0).toString(); answer != u"ok") return damaged(answer);
    }
    if (query.lastError().isValid()) return storageError(query.lastError());
    return {};
}

Outcome check(SqlConnection &connection, const QString &path)
{
    if (QFile::exists(markerOf(path)) || QFileInfo(path).size() <= alwaysCheckedBytes)
        return quickCheck(connection, {});
    for (const auto &table : {u"accounts"_s, u"archives"_s, u"chats"_s, u"intervals"_s, u"drafts"_s}) {
        if (auto sound = quickCheck(connection, table); !sound) return sound;
    }
    for (const auto &probe : {u"SELECT max(id) FROM messages"_s, u"SELECT min(id) FROM messages"_s,
                              u"SELECT count(*) FROM messages WHERE delivery = 1"_s}) {
        if (auto found = connection.number(probe); !found) return found.error();
    }
    return {};
}

// Refusals and damage, found before anything could be written to the file.
Outcome inspect(const QString &path)
{
    auto opened = SqlConnection::open(path, SqlConnection::Mode::ReadOnly);
    if (!opened) return opened.error();
    SqlConnection &connection = *opened.value();
    if (auto done = connection.configure(); !done) return done;
    if (auto fit = checkVersion(connection, migrations()); !fit) return fit;
    const auto version = connection.number(u"PRAGMA user_version"_s);
    if (!version) return version.error();
    // Nothing there yet: killed between making the file and its first step.
    return *version == 0 ? Outcome() : check(connection, path);
}
} // namespace

void suspect(const QString &path)
{
    (void)createPrivateFile(markerOf(path));
}

Result<OpenedFile> openDatabaseFile(const QString &path)
{
    if (auto done = preparePrivateFolder(path); !done) return done.error();
    if (auto done = finishSetAside(path); !done) return done.error();
    OpenedFile file;
    file.created = QFileInfo(path).size() == 0;
    if (auto done = createPrivateFile(path); !done) return done.error();
    if (const Outcome sound = inspect(path); !sound) {
        if (!isDamage(sound.error())) return sound.error();
        auto setAside = salvageAndSetAside(path);
        if (!setAside) return setAside.error();
        file.setAside = *setAside;
    }
    QFile::remove(markerOf(path));

    auto opened = SqlConnection::open(path, SqlConnection::Mode::ReadWrite);
    if (!opened) return opened.error();
    file.connection = std::move(opened).value();
    if (auto done = file.connection->configure(); !done) return done.error();
    if (auto done = migrate(*file.connection, path, migrations()); !done) return done.error();
    return file;
}

} // namespace Mingle
