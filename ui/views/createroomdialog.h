// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/chatcommands.h"
#include "views/formdialog.h"

namespace Mingle {

/// Makes a room. Which kind it is to be is under "Details": few people need to know.
class CreateRoomDialog final : public FormDialog
{
    Q_OBJECT
public:
    CreateRoomDialog(const ChatCommands &commands, const QList<Account> &accounts, QWidget *parent);

Q_SIGNALS:
    void created(const Mingle::ChatId &chat);

protected:
    void submit() override;

private:
    void showDetails(bool open);

    ChatCommands m_commands;
    QComboBox *m_accounts;
    QLineEdit *m_name;
    QLineEdit *m_nick;
    QComboBox *m_kind;
};

} // namespace Mingle
