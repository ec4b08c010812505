// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/statements.h"

#include <memory>

namespace Mingle {

/// One open SQLite connection. Made, used and destroyed on one thread.
class SqlConnection
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Opens path, which must exist. Touches no page yet: damage shows at the first statement.
    static Result<std::unique_ptr<SqlConnection>> open(const QString &path, Mode mode);
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    Statements &statements() { return *m_statements; }
    /// A number that a PRAGMA or query answers with.
    Result<qint64> number(const QString &sql);
    /// Bounds on memory for reading and writing connections, and how much the disk is trusted.
    Outcome configure();

private:
    SqlConnection(const QString &name, Mode mode)
        : m_name(name)
        , m_mode(mode)
    {}

    QString m_name; ///< in Qt's list of connections
    Mode m_mode;
    std::unique_ptr<Statements> m_statements;
};

} // namespace Mingle
