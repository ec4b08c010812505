// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/result.h"
#include "storage/archivestore.h"

namespace Mingle {

/// Stores a row for something that happened and that no archive has, at the end of its chat. Nothing that waits to be read.
Outcome addNotice(Transaction &tx, Message row, const ArchiveId &archive);

} // namespace Mingle
