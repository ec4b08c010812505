// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/chatcommands.h"
#include "models/xmpplink.h"
#include "views/formdialog.h"

namespace Mingle {

/// Joins a room by its address or an xmpp: link. Nothing happens before the person presses the button.
class JoinRoomDialog final : public FormDialog
{
    Q_OBJECT
public:
    JoinRoomDialog(const ChatCommands &commands, const QList<Account> &accounts, QWidget *parent);

    /// What the form starts with: a link, an address or part of one.
    void fill(const QString &text);
    void fill(const XmppLink &link);
    /// A room that did not let us in: shows why, and asks for what is missing.
    void fillFailed(const Chat &chat, const Error &error);

Q_SIGNALS:
    void joined(const Mingle::ChatId &chat);

protected:
    void submit() override;

private:
    void refused(const Error &error);

    ChatCommands m_commands;
    QComboBox *m_accounts;
    QLineEdit *m_address;
    QLineEdit *m_nick;
    QLineEdit *m_password;
};

} // namespace Mingle
