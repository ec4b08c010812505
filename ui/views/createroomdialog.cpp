// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/createroomdialog.h"

#include "core/futures.h"
#include "widgets/icons.h"

#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>

namespace Mingle {

CreateRoomDialog::CreateRoomDialog(const ChatCommands &commands, const QList<Account> &accounts,
                                   QWidget *parent)
    : FormDialog(tr("Make a room"), tr("Make"), parent)
    , m_commands(commands)
    , m_accounts(addAccounts(accounts))
    , m_name(addLine(tr("&Name of the room"), tr("For example: Garden plans")))
    , m_nick(nullptr)
    , m_kind(new QComboBox(this))
{
    auto *fold = new QToolButton(this);
    fold->setText(tr("Details"));
    fold->setIcon(icon(Sign::Right));
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setAutoRaise(true);
    fold->setCheckable(true);
    fold->setFocusPolicy(Qt::StrongFocus);
    connect(fold, &QToolButton::toggled, this, [this, fold](bool open) {
        fold->setIcon(icon(open ? Sign::Down : Sign::Right));
        showDetails(open);
    });
    addBelow(fold);
    m_nick = addLine(tr("&Your name in the room"), accountIn(m_accounts).local());
    m_kind->addItem(tr("What the server prefers"));
    m_kind->addItem(tr("MIX channel"), int(ChatKind::Mix));
    m_kind->addItem(tr("MUC room"), int(ChatKind::Muc));
    addField(tr("&Kind"), m_kind);
    showDetails(false);
    m_name->setMaxLength(200);
    m_name->setFocus();
}

void CreateRoomDialog::showDetails(bool open)
{
    setFieldVisible(m_nick, open);
    setFieldVisible(m_kind, open);
}

void CreateRoomDialog::submit()
{
    clearError();
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) {
        complain(m_name, tr("A room needs a name."));
        return;
    }
    std::optional<ChatKind> kind;
    if (m_kind->currentData().isValid()) kind = ChatKind(m_kind->currentData().toInt());
    setBusy(tr("Making the room…"));
    whenDone(m_commands.create(accountIn(m_accounts), name, m_nick->text().trimmed(), kind), this,
             [this](const Result<ChatId> &answer) {
                 if (!answer) {
                     fail(answer.error(), Attempt::Create);
                     return;
                 }
                 Q_EMIT created(*answer);
                 accept();
             });
}

} // namespace Mingle
