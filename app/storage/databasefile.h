// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "storage/sqlconnection.h"

#include <memory>

namespace Mingle {

/// A database made ready to write to.
struct OpenedFile {
    std::unique_ptr<SqlConnection> connection;
    bool created = false;
    QString setAside; ///< where a damaged file went; empty: none
};

/// Makes, checks, repairs and migrates the file at path, in its private folder.
///
/// The check is what 0.1 s to a window allow: everything but the messages is read whole, the messages at both
/// ends. All is read if the file is small, or if damage was met while it was in use (suspect()). A file that
/// was not closed, the process having been killed, is not suspect: the write-ahead log covers that.
Result<OpenedFile> openDatabaseFile(const QString &path);

/// Damage was met: the next openDatabaseFile() reads every page.
void suspect(const QString &path);

} // namespace Mingle
