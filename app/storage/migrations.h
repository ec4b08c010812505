// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QList>

#include <functional>

namespace Mingle {

class SqlConnection;
class Statements;

/// One step of the schema, from the version before to this one. Runs in a transaction of its own.
struct Migration {
    enum Reach {
        OldChanges,
        OldStays, ///< only adds to what is there: no copy is needed, which of a million messages takes seconds
    };
    int version = 0; ///< what PRAGMA user_version becomes; 1, 2, 3 ... without a hole
    std::function<Outcome(Statements &)> apply;
    Reach reach = OldChanges;
};

/// Every step of this version of Mingle.
QList<Migration> migrations();

/// Brings the file up to the last step. An older file that holds something is copied first, to path.vN (N:
/// its version), if a step changes what is there; killed at any moment, the next call goes on. Refuses a newer file with the condition
/// "newer-schema", somebody else's database with "foreign-file", and leaves both as they are.
Outcome migrate(SqlConnection &connection, const QString &path, const QList<Migration> &steps);

/// The refusals of migrate() alone; writes nothing.
Outcome checkVersion(SqlConnection &connection, const QList<Migration> &steps);

} // namespace Mingle
