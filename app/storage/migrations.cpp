// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"

#include "storage/privatefile.h"
#include "storage/sqlconnection.h"

#include <QFile>

#include <algorithm>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 applicationId = 0x4d696e67; // "Ming", PRAGMA application_id

Result<qint64> versionOf(SqlConnection &connection)
{
    return connection.number(u"PRAGMA user_version"_s);
}

Outcome inTransaction(Statements &statements, const std::function<Outcome()> &work)
{
    statements.clearFailure();
    if (auto begun = statements.control(u"BEGIN IMMEDIATE"_s); !begun) return begun;
    Outcome done = work();
    if (done.ok() && statements.failure()) done = statements.failure();
    if (done.ok()) done = statements.control(u"COMMIT"_s);
    if (!done.ok()) (void)statements.control(u"ROLLBACK"_s);
    statements.clearFailure();
    return done;
}

// The copy is made under another name first: a copy that was cut short must never pass for a whole one.
Outcome keepCopy(SqlConnection &connection, const QString &path, qint64 version)
{
    const QString copy = path + u".v" + QString::number(version);
    const QString unfinished = copy + u".part";
    QFile::remove(unfinished);
    if (auto made = createPrivateFile(unfinished); !made) return made;
    Query query(connection.statements(), u"VACUUM INTO ?"_s);
    if (auto done = query.bind(unfinished).run(); !done) return done;
    if (auto synced = syncFile(unfinished); !synced) return synced;
    QFile::remove(copy); // of an earlier upgrade from the same version
    if (!QFile::rename(unfinished, copy))
        return Error{Error::Kind::Storage, u"copy"_s, u"cannot rename "_s + unfinished};
    return {};
}
} // namespace

Outcome checkVersion(SqlConnection &connection, const QList<Migration> &steps)
{
    const auto version = versionOf(connection);
    if (!version) return version.error();
    const auto id = connection.number(u"PRAGMA application_id"_s);
    if (!id) return id.error();
    const auto tables = connection.number(u"SELECT count(*) FROM sqlite_schema"_s);
    if (!tables) return tables.error();
    if (*tables > 0 && *id != applicationId)
        return Error{Error::Kind::Storage, u"foreign-file"_s, u"not a database of Mingle"_s};
    if (*version > (steps.isEmpty() ? 0 : steps.last().version)) {
        return Error{Error::Kind::Storage, u"newer-schema"_s,
                     u"schema version "_s + QString::number(*version)};
    }
    return {};
}

Outcome migrate(SqlConnection &connection, const QString &path, const QList<Migration> &steps)
{
    if (auto fit = checkVersion(connection, steps); !fit) return fit;
    const auto version = versionOf(connection);
    if (!version) return version.error();
    if (steps.isEmpty() || *version == steps.last().version) return {};
    const bool changes = std::ranges::any_of(steps, [&version](const Migration &step) {
        return step.version > *version && step.reach == Migration::OldChanges;
    });
    if (*version > 0 && changes) {
        if (auto kept = keepCopy(connection, path, *version); !kept) return kept;
    }
    Statements &statements = connection.statements();
    for (const Migration &step : steps) {
        if (step.version <= *version) continue;
        const Outcome done = inTransaction(statements, [&]() -> Outcome {
            if (auto applied = step.apply(statements); !applied) return applied;
            // Both live in the file's header, so they are part of the transaction.
            if (auto set = statements.control(u"PRAGMA application_id = "_s + QString::number(applicationId));
                !set)
                return set;
            return statements.control(u"PRAGMA user_version = "_s + QString::number(step.version));
        });
        if (!done) return done;
    }
    return {};
}

} // namespace Mingle
