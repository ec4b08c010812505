// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlconnection.h"

#include <QSqlError>
#include <QUuid>

namespace Mingle {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const QString &path, Mode mode)
{
    std::unique_ptr<SqlConnection> connection(
        new SqlConnection(QUuid::createUuid().toString(QUuid::Id128), mode));
    QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, connection->m_name);
    db.setDatabaseName(path);
    // Another process may hold the lock for a moment: mingle --add-account beside a running window.
    QString options = u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    if (mode == Mode::ReadOnly) options += u";QSQLITE_OPEN_READONLY"_s;
    db.setConnectOptions(options);
    if (!db.open()) return storageError(db.lastError());
    connection->m_statements = std::make_unique<Statements>(db);
    return connection;
}

SqlConnection::~SqlConnection()
{
    m_statements.reset();
    {
        QSqlDatabase db = QSqlDatabase::database(m_name, false);
        db.close();
    }
    QSqlDatabase::removeDatabase(m_name);
}

Result<qint64> SqlConnection::number(const QString &sql)
{
    QSqlQuery query(m_statements->database());
    query.setForwardOnly(true);
    if (!query.exec(sql)) return storageError(query.lastError());
    if (!query.next()) {
        if (query.lastError().isValid()) return storageError(query.lastError());
        return Error{Error::Kind::Storage, {}, u"no answer to "_s + sql};
    }
    return query.value(0).toLongLong();
}

Outcome SqlConnection::configure()
{
    QStringList pragmas{
        u"PRAGMA foreign_keys = ON"_s,
        u"PRAGMA temp_store = MEMORY"_s,  // message text in no temporary file
        u"PRAGMA mmap_size = 0"_s, // mapped pages count as ours; an I/O error in one would be a SIGBUS
        u"PRAGMA cell_size_check = ON"_s, // damage is an error, not a guess
        u"PRAGMA trusted_schema = OFF"_s,
    };
    if (m_mode == Mode::ReadOnly) {
        pragmas << u"PRAGMA cache_size = -2048"_s;
    } else {
        // NORMAL: a commit survives the death of the process, but the last ones may be lost in a power cut,
        // whole and in order. What came in is then fetched again. What is about to be sent asks for more:
        // Transaction::demandSync().
        pragmas << u"PRAGMA journal_mode = WAL"_s << u"PRAGMA synchronous = NORMAL"_s
                << u"PRAGMA cache_size = -4096"_s << u"PRAGMA secure_delete = FAST"_s
                << u"PRAGMA journal_size_limit = 4194304"_s;
    }
    for (const QString &pragma : std::as_const(pragmas)) {
        if (auto done = m_statements->control(pragma); !done) return done;
    }
    return {};
}

} // namespace Mingle
