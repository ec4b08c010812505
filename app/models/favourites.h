// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preference.h"

#include <QList>

#include <utility>

/// The order of favourites, kept as a number beside each: moving one changes one number only, as long as there is room.
namespace Mingle::Favourites {

using Ranks = QList<std::pair<ChatId, int>>;

/// Those with a rank first, by it; then by name.
bool isAbove(const Chat &a, const Chat &b);

/// The ranks to give so that chat stands at place `to` (of those without it; too large: last). others: the favourites
/// in their order, with or without chat itself.
Ranks placed(const QList<Chat> &favourites, const ChatId &chat, qsizetype to);

} // namespace Mingle::Favourites
