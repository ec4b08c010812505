// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/room.h"
#include "core/roomsearch.h"
#include "models/roomdirectorymodel.h"
#include "views/errortext.h"
#include "widgets/icons.h"

namespace Mingle {

/// One thing that is good to know of a room before joining.
struct RoomFact {
    Sign sign;
    QString text;
};

/// In plain words, the most important first. Nothing is said of what the room has not told.
QList<RoomFact> roomFacts(const RoomCard &card, bool joined);
/// Safe to show: the name, or what stands before the @.
QString roomTitle(const RoomCard &card);
QString peopleText(int people);
/// A language's own name, or its tag where that is not known.
QString languageText(const QString &tag);
RoomDirectoryModel::Words foundRoomWords();

/// Why nothing was found at a place.
ErrorText findErrorText(const Error &error, const RoomQuery &query);

} // namespace Mingle
