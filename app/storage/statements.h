// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

#include <algorithm>
#include <type_traits>
#include <unordered_map>

namespace Mingle {

/// Storage, with SQLite's extended result code in decimal as its condition ("13" disk full, "11" damaged,
/// "8" read-only, 10 + n * 256 the I/O errors) and the engine's words as its text.
Error storageError(const QSqlError &error);
/// The primary result code of such an error; 0 if it is none of SQLite's.
int primaryCode(const Error &error);
/// The file is not, or no longer, a sound database.
bool isDamage(const Error &error);

/// One connection's prepared statements, each SQL text prepared once. Used on the connection's thread only.
class Statements
{
public:
    explicit Statements(QSqlDatabase db)
        : m_db(std::move(db))
    {}
    ~Statements();
    Statements(const Statements &) = delete;
    Statements &operator=(const Statements &) = delete;

    const QSqlDatabase &database() const { return m_db; }

    /// The first error since clearFailure() that is more than a broken constraint. SQLite may then have
    /// rolled back by itself, and what came after would be committed statement by statement: so nothing runs
    /// until it is cleared.
    const Error &failure() const { return m_failure; }
    void clearFailure() { m_failure = {}; }
    /// Any statement on this connection ever met damage.
    bool sawDamage() const { return m_sawDamage; }

    /// All that was prepared so far; for tests of what SQLite makes of it.
    QStringList texts() const;

    /// Runs sql once, unprepared and whatever failure() says: BEGIN, COMMIT, ROLLBACK, PRAGMA.
    Outcome control(const QString &sql);

private:
    friend class Query;
    QSqlQuery take(const QString &sql, Error *error);
    void giveBack(const QString &sql, QSqlQuery query);
    void noteFailure(const Error &error);

    QSqlDatabase m_db;
    /// Statements that begin alike end differently, and all of a long one need not be read twice a run.
    struct EndHash {
        size_t operator()(const QString &sql) const
        {
            constexpr qsizetype end = 40;
            return qHash(QStringView(sql).last(std::min(end, sql.size())), size_t(sql.size()));
        }
    };

    std::unordered_map<QString, QSqlQuery, EndHash> m_idle;
    Error m_failure;
    bool m_sawDamage = false;
};

/// One run of a prepared statement. Borrowed from Statements, so the same text may be in use twice.
/// Reading: while (q.next()) ...; if (const Error error = q.error()) return error.
class Query
{
public:
    Query(Statements &statements, const QString &sql);
    ~Query();
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    /// From the first placeholder on. An empty QString is stored as '', use orNull() for NULL.
    template<typename... T>
    Query &bind(const T &...values)
    {
        m_bound = 0;
        return add(values...);
    }
    /// The placeholders after those bound so far.
    template<typename... T>
    Query &add(const T &...values)
    {
        (m_query.bindValue(m_bound++, toVariant(values)), ...);
        return *this;
    }

    /// For statements without rows. May be repeated after another bind().
    Outcome run();
    /// The first call executes. False at the end and on an error.
    bool next();
    const Error &error() const { return m_error; }

    template<typename T>
    T value(int column) const
    {
        if constexpr (std::is_enum_v<T>)
            return static_cast<T>(m_query.value(column).toInt());
        else
            return m_query.value(column).template value<T>();
    }
    QVariant variant(int column) const { return m_query.value(column); }
    bool isNull(int column) const { return m_query.isNull(column); }

    qint64 insertedRow() const { return m_query.lastInsertId().toLongLong(); }
    int changedRows() const { return m_query.numRowsAffected(); }

    static QVariant orNull(const QString &text) { return text.isEmpty() ? QVariant() : QVariant(text); }

private:
    template<typename T>
    static QVariant toVariant(const T &value)
    {
        if constexpr (std::is_enum_v<T>)
            return static_cast<int>(value);
        else if constexpr (std::is_same_v<T, QString>) // Qt binds a null QString as NULL
            return value.isNull() ? QVariant(QStringLiteral("")) : QVariant(value);
        else if constexpr (std::is_same_v<T, QVariant>)
            return value;
        else
            return QVariant::fromValue(value);
    }
    bool execute();

    Statements &m_statements;
    QString m_sql;
    QSqlQuery m_query;
    Error m_error;
    int m_bound = 0;
    bool m_executed = false;
};

} // namespace Mingle
