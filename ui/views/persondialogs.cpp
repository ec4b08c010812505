// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/persondialogs.h"

#include "core/futures.h"
#include "models/xmpplink.h"
#include "widgets/avatar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

namespace Mingle {

namespace {
constexpr int maxName = 100;
}

AddContactDialog::AddContactDialog(const PeopleCommands &commands, const QList<Account> &accounts,
                                   QWidget *parent)
    : FormDialog(tr("Add a contact"), tr("Add"), parent)
    , m_commands(commands)
    , m_accounts(addAccounts(accounts))
    , m_address(addLine(tr("&Address of the person"), tr("name@example.org")))
    , m_name(addLine(tr("&Name for you"), tr("Left empty if you like")))
    , m_ask(new QCheckBox(tr("&Let each other see when you are online"), this))
{
    m_name->setMaxLength(maxName);
    m_ask->setChecked(true);
    m_ask->setToolTip(tr("They are asked first. They see then when you are online, too."));
    addBelow(m_ask);
    m_address->setFocus();
}

void AddContactDialog::fill(const QString &address, const QString &name)
{
    m_address->setText(address);
    m_name->setText(name);
    if (!address.isEmpty()) m_name->setFocus();
}

void AddContactDialog::submit()
{
    clearError();
    const std::optional<XmppLink> link = parseXmppLink(m_address->text());
    if (!link || link->address.local().isEmpty())
        return complain(m_address, tr("An address looks like name@example.org."));
    setBusy(tr("Adding…"));
    whenDone(
        m_commands.add(accountIn(m_accounts), link->address, m_name->text().trimmed(), m_ask->isChecked()),
        this, [this](const Result<ChatId> &chat) {
            if (!chat) return fail(chat.error(), Attempt::Talk);
            Q_EMIT added(*chat);
            accept();
        });
}

RenameContactDialog::RenameContactDialog(const PeopleCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("Your name for %1").arg(chat.id.address.toString()), tr("Rename"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_name(addLine(tr("&Name"), chat.id.address.local()))
{
    addText(tr("Only you see it, on all your devices."));
    m_name->setMaxLength(maxName);
    m_name->setText(singleLine(chat.name, maxName));
    m_name->selectAll();
    m_name->setFocus();
}

void RenameContactDialog::submit()
{
    clearError();
    setBusy(tr("Asking the server…"));
    whenDone(m_commands.rename(m_chat, m_name->text().trimmed()), this, [this](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Talk);
        accept();
    });
}

RemoveContactDialog::RemoveContactDialog(const PeopleCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("Remove this contact?"), tr("Remove"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
{
    addText(
        tr("You and %1 no longer see when the other one is online. What you have said to each other stays.")
            .arg(singleLine(chat.title(), 60)));
}

void RemoveContactDialog::submit()
{
    clearError();
    setBusy(tr("Asking the server…"));
    whenDone(m_commands.remove(m_chat), this, [this](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Talk);
        Q_EMIT removed();
        accept();
    });
}

BlockDialog::BlockDialog(const PeopleCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("Block %1?").arg(singleLine(chat.title(), 60)), tr("Block"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_report(new QCheckBox(tr("&Report it to the people who run my server"), this))
    , m_reason(new QComboBox(this))
    , m_text(nullptr)
{
    addText(
        tr("Nothing from %1 reaches you any more, on any of your devices, and they do not see when you are "
           "online. In rooms you still meet. You can undo it.")
            .arg(chat.id.address.toString()));
    m_reason->addItem(tr("Unwanted advertising"), int(AbuseReport::Reason::Spam));
    m_reason->addItem(tr("Insults, threats or other abuse"), int(AbuseReport::Reason::Abuse));
    addField({}, m_report);
    addField(tr("Because &of"), m_reason);
    m_text = addLine(tr("&Words to them"), tr("Left empty if you like"));
    m_text->setMaxLength(500);
    setFieldVisible(m_report, false);
    connect(m_report, &QCheckBox::toggled, this, &BlockDialog::showReporting);
    showReporting();
    whenDone(m_commands.blocked(chat.id.account), this, [this](const Result<BlockedPeople> &answer) {
        setFieldVisible(m_report, answer && answer->takesReports);
    });
}

void BlockDialog::showReporting()
{
    setFieldVisible(m_reason, m_report->isChecked());
    setFieldVisible(m_text, m_report->isChecked());
}

void BlockDialog::submit()
{
    clearError();
    setBusy(tr("Asking the server…"));
    std::optional<AbuseReport> report;
    if (m_report->isChecked())
        report = AbuseReport{AbuseReport::Reason(m_reason->currentData().toInt()), m_text->text().trimmed()};
    whenDone(m_commands.block(m_chat, report), this, [this, report](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Block);
        Q_EMIT blocked(report.has_value());
        accept();
    });
}

} // namespace Mingle
