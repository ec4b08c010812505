// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/roomcommands.h"
#include "views/formdialog.h"

namespace Mingle {

class FormFieldEdit;

/// How the others in a room see me: my name in it, whether they see my address, and whatever else the room lets me choose
/// (XEP-0404 3).
class NickDialog final : public FormDialog
{
    Q_OBJECT
public:
    NickDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent = nullptr);

protected:
    void submit() override;

private:
    void showChoices(const Form &form);
    void choose();

    RoomCommands m_commands;
    ChatId m_chat;
    QString m_before;
    QLineEdit *m_name;
    QList<FormFieldEdit *> m_choices;
};

} // namespace Mingle
