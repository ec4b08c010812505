// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/joinroomdialog.h"

#include "core/futures.h"
#include "views/passwordfield.h"

#include <QComboBox>
#include <QLineEdit>

namespace Mingle {

JoinRoomDialog::JoinRoomDialog(const ChatCommands &commands, const QList<Account> &accounts, QWidget *parent)
    : FormDialog(tr("Join a room"), tr("Join"), parent)
    , m_commands(commands)
    , m_accounts(addAccounts(accounts))
    , m_address(addLine(tr("&Address or link of the room"), tr("room@rooms.example.org")))
    , m_nick(addLine(tr("Your &name in the room")))
    , m_password(new PasswordField(this))
{
    addField(tr("&Password of the room"), m_password);
    setFieldVisible(m_password, false);
    const auto nick = [this] { m_nick->setPlaceholderText(accountIn(m_accounts).local()); };
    connect(m_accounts, &QComboBox::currentIndexChanged, this, nick);
    nick();
    m_address->setFocus();
}

void JoinRoomDialog::fill(const QString &text)
{
    m_address->setText(text.trimmed());
}

void JoinRoomDialog::fill(const XmppLink &link)
{
    m_address->setText(link.address.toString());
    m_password->setText(link.password);
    setFieldVisible(m_password, !link.password.isEmpty());
}

void JoinRoomDialog::fillFailed(const Chat &chat, const Error &error)
{
    const int at = m_accounts->findText(chat.id.account.toString());
    if (at >= 0) m_accounts->setCurrentIndex(at);
    m_address->setText(chat.id.address.toString());
    m_nick->setText(chat.nick);
    refused(error);
}

void JoinRoomDialog::submit()
{
    clearError();
    const std::optional<XmppLink> link = parseXmppLink(m_address->text());
    if (!link) {
        complain(m_address, tr("A room's address looks like room@rooms.example.org."));
        return;
    }
    if (!link->password.isEmpty() && m_password->text().isEmpty()) m_password->setText(link->password);
    setBusy(tr("Looking for the room…"));
    whenDone(
        m_commands.join(accountIn(m_accounts), link->address, m_nick->text().trimmed(), m_password->text()),
        this, [this](const Result<ChatId> &answer) {
            if (!answer) {
                refused(answer.error());
                return;
            }
            Q_EMIT joined(*answer);
            accept();
        });
}

void JoinRoomDialog::refused(const Error &error)
{
    fail(error, Attempt::Join);
    if (error.condition == QLatin1String("not-authorized")) {
        setFieldVisible(m_password, true);
        m_password->setFocus();
    } else if (error.condition == QLatin1String("conflict")
               || error.condition == QLatin1String("not-acceptable")) {
        m_nick->setFocus();
    }
}

} // namespace Mingle
