// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preference.h"

#include <QDomElement>
#include <QXmlStreamWriter>

/// What I want of a chat, as elements inside a container that other clients write into as well: <notify/> (XEP-0492),
/// <pinned/> (XEP-0469) and, as that knows no order, <order rank=''/> of our own beside it, which means nothing to others; and <continues
/// jid=''/> of our own for the room whose history comes before this one's.
namespace Mingle::ChatExtensions {

/// The levels are those for us, identity client/pc.
ChatPreference read(const QDomElement &container);

/// What container holds, with those parts of it changed. usual: what NotifyWhen::Usual means for this chat. Everything
/// else, and all <advanced/> settings, are written as they were.
void write(QXmlStreamWriter &xml, const QDomElement &container, const ChatPreference &wanted,
           PreferenceParts parts, NotifyWhen usual);

} // namespace Mingle::ChatExtensions
