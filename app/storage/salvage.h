// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

namespace Mingle {

/// Makes a new database at path of all that can be read of the damaged one there, which is kept as
/// path.damaged-<date>; hands back that name. Intervals are not taken over: what they claim to be whole may
/// not be, the archive fills it again. Killed at any moment, finishSetAside() goes on or starts over.
Result<QString> salvageAndSetAside(const QString &path);

/// To be called before the file is looked at.
Outcome finishSetAside(const QString &path);

} // namespace Mingle
