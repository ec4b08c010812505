// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/formdialog.h"

#include "core/chat.h"

namespace Mingle {

/// What a room or a talk is. The one place where its kind and its address are named.
class RoomDetailsDialog final : public GrowingDialog
{
    Q_OBJECT
public:
    /// members: how many there are; below 0: not known.
    RoomDetailsDialog(const Chat &chat, const ChatState &state, int members, QWidget *parent);

Q_SIGNALS:
    void leaveWanted();
    void rejoinWanted();
};

} // namespace Mingle
