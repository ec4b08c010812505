// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/membersmodel.h"
#include "models/roomlistmodel.h"

namespace Mingle {

/// How rows of the room list and the members panel are headed, read out and explained.
RoomListModel::Words roomWords();
MembersModel::Words memberWords();

QString presenceText(Presence presence);
/// Who of two sees when the other one is online.
QString tiesText(Ties ties);
QString standingText(Standing standing);
/// One or two words: "Online", "Connecting…".
QString connectionText(const ConnectionStatus &status);

} // namespace Mingle
