// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/chatcommands.h"
#include "views/formdialog.h"

namespace Mingle {

/// Opens a talk with somebody by their address or an xmpp: link.
class NewTalkDialog final : public FormDialog
{
    Q_OBJECT
public:
    NewTalkDialog(const ChatCommands &commands, const QList<Account> &accounts, QWidget *parent);

    void fill(const QString &text);

Q_SIGNALS:
    void opened(const Mingle::ChatId &chat);

protected:
    void submit() override;

private:
    ChatCommands m_commands;
    QComboBox *m_accounts;
    QLineEdit *m_address;
};

} // namespace Mingle
