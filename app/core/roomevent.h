// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

namespace Mingle {

/// Something that happened to somebody in a room and is worth a row in its timeline.
struct RoomEvent {
    Notice notice = Notice::None;
    Author by; ///< nick empty: the room does not say
    QString whom; ///< untrusted text
    QString reason; ///< untrusted text
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::RoomEvent)
