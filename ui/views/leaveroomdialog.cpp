// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/leaveroomdialog.h"

#include "core/futures.h"
#include "widgets/avatar.h"

namespace Mingle {

LeaveRoomDialog::LeaveRoomDialog(const ChatCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(chat.isRoom() ? tr("Leave this room?") : tr("Take this talk from the list?"),
                 chat.isRoom() ? tr("Leave") : tr("Take away"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
{
    const QString name = singleLine(chat.title());
    addText(chat.isRoom()
                ? tr("You leave “%1” on all your devices. You can join again later, if the room lets you.")
                      .arg(name)
                : tr("“%1” is no longer shown in the list.").arg(name));
}

void LeaveRoomDialog::submit()
{
    setBusy(tr("Leaving…"));
    whenDone(m_commands.leave(m_chat), this, [this](const Outcome &outcome) {
        if (outcome) {
            accept();
        } else {
            fail(outcome.error(), Attempt::Leave);
        }
    });
}

} // namespace Mingle
