// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/newtalkdialog.h"

#include "core/futures.h"
#include "models/xmpplink.h"

#include <QComboBox>
#include <QLineEdit>

namespace Mingle {

NewTalkDialog::NewTalkDialog(const ChatCommands &commands, const QList<Account> &accounts, QWidget *parent)
    : FormDialog(tr("Talk to somebody"), tr("Talk"), parent)
    , m_commands(commands)
    , m_accounts(addAccounts(accounts))
    , m_address(addLine(tr("&Address of the person"), tr("name@example.org")))
{
    m_address->setFocus();
}

void NewTalkDialog::fill(const QString &text)
{
    m_address->setText(text.trimmed());
}

void NewTalkDialog::submit()
{
    clearError();
    const std::optional<XmppLink> link = parseXmppLink(m_address->text());
    if (!link || link->address.local().isEmpty()) {
        complain(m_address, tr("An address looks like name@example.org."));
        return;
    }
    setBusy(tr("Opening…"));
    whenDone(m_commands.talk(accountIn(m_accounts), link->address), this,
             [this](const Result<ChatId> &answer) {
                 if (!answer) {
                     fail(answer.error(), Attempt::Talk);
                     return;
                 }
                 Q_EMIT opened(*answer);
                 accept();
             });
}

} // namespace Mingle
