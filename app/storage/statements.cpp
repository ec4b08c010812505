// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/statements.h"

namespace Mingle {

namespace {
// Primary result codes, https://sqlite.org/rescode.html
constexpr int sqliteCorrupt = 11;
constexpr int sqliteConstraint = 19;
constexpr int sqliteNotADatabase = 26;
} // namespace

Error storageError(const QSqlError &error)
{
    QString text = error.databaseText();
    if (text.isEmpty()) text = error.driverText();
    return Error{Error::Kind::Storage, error.nativeErrorCode(), text};
}

int primaryCode(const Error &error)
{
    return error.kind == Error::Kind::Storage ? error.condition.toInt() & 0xff : 0;
}

bool isDamage(const Error &error)
{
    const int code = primaryCode(error);
    return code == sqliteCorrupt || code == sqliteNotADatabase;
}

Statements::~Statements()
{
    m_idle.clear(); // before the connection goes
}

QStringList Statements::texts() const
{
    QStringList list;
    for (const auto &[text, query] : m_idle)
        list.append(text);
    return list;
}

Outcome Statements::control(const QString &sql)
{
    QSqlQuery query(m_db);
    if (query.exec(sql)) return {};
    const Error error = storageError(query.lastError());
    m_sawDamage = m_sawDamage || isDamage(error);
    return error;
}

QSqlQuery Statements::take(const QString &sql, Error *error)
{
    if (const auto it = m_idle.find(sql); it != m_idle.end()) {
        QSqlQuery query = std::move(it->second);
        m_idle.erase(it);
        return query;
    }
    QSqlQuery query(m_db);
    query.setForwardOnly(true); // else Qt keeps a copy of every row
    if (!query.prepare(sql)) {
        *error = storageError(query.lastError());
        noteFailure(*error);
    }
    return query;
}

void Statements::giveBack(const QString &sql, QSqlQuery query)
{
    query.finish(); // an open cursor would hold a read lock and pin the WAL
    m_idle.try_emplace(sql, std::move(query));
}

void Statements::noteFailure(const Error &error)
{
    m_sawDamage = m_sawDamage || isDamage(error);
    if (!m_failure && primaryCode(error) != sqliteConstraint) m_failure = error;
}

Query::Query(Statements &statements, const QString &sql)
    : m_statements(statements)
    , m_sql(sql)
    , m_query(statements.take(sql, &m_error))
{}

Query::~Query()
{
    if (!m_error) m_statements.giveBack(m_sql, std::move(m_query));
}

bool Query::execute()
{
    if (!m_error) m_error = m_statements.failure();
    if (m_error) return false;
    m_executed = true;
    if (m_query.exec()) return true;
    m_error = storageError(m_query.lastError());
    m_statements.noteFailure(m_error);
    return false;
}

Outcome Query::run()
{
    if (!execute()) return m_error;
    return {};
}

bool Query::next()
{
    if (!m_executed && !execute()) return false;
    if (m_error) return false;
    if (m_query.next()) return true;
    if (const QSqlError error = m_query.lastError(); error.isValid()) {
        m_error = storageError(error);
        m_statements.noteFailure(m_error);
    }
    return false;
}

} // namespace Mingle
