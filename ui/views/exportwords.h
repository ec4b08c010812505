// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/exportwriter.h"

namespace Mingle {

/// What an export says in the language of the window.
ExportWords exportWords(const Chat &chat, const QDateTime &now);

} // namespace Mingle
