// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace Mingle {

/// Makes an empty file that only its owner can read (0600), before SQLite could make one with the umask's
/// rights. A file that exists is kept, its rights are taken back to 0600. SQLite gives -wal and -shm the
/// same.
Outcome createPrivateFile(const QString &path);

/// Makes the folder of a file, 0700. An existing folder is closed to others if it is empty or holds that
/// file; otherwise it is the person's own folder and left alone.
Outcome preparePrivateFolder(const QString &path);

/// fsync.
Outcome syncFile(const QString &path);

} // namespace Mingle
