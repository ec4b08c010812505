// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/chatcommands.h"
#include "views/formdialog.h"

namespace Mingle {

/// Asks before leaving a room for good.
class LeaveRoomDialog final : public FormDialog
{
    Q_OBJECT
public:
    LeaveRoomDialog(const ChatCommands &commands, const Chat &chat, QWidget *parent);

protected:
    void submit() override;

private:
    ChatCommands m_commands;
    ChatId m_chat;
};

} // namespace Mingle
