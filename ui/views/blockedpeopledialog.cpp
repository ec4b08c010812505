// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/blockedpeopledialog.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "widgets/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace Mingle {

BlockedPeopleDialog::BlockedPeopleDialog(const PeopleCommands &commands, const QList<Account> &accounts,
                                         QWidget *parent)
    : GrowingDialog(parent)
    , m_commands(commands)
    , m_accounts(new QComboBox(this))
    , m_error(new ErrorView(this))
    , m_status(plainLabel({}, this))
    , m_list(new QListWidget(this))
    , m_address(new QLineEdit(this))
    , m_add(new QPushButton(tr("Block"), this))
{
    setWindowTitle(tr("Blocked people"));
    QLabel *headline = plainLabel(tr("Blocked people"), this);
    headline->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    for (const Account &account : accounts)
        m_accounts->addItem(account.address.toString(), QVariant::fromValue(account.address));
    m_accounts->setAccessibleName(tr("With account"));
    m_accounts->setVisible(accounts.size() > 1);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_list->setAccessibleName(windowTitle());
    m_address->setPlaceholderText(tr("name@example.org, or a whole server: example.org"));
    m_address->setAccessibleName(tr("Address to block"));
    auto *adding = new QHBoxLayout;
    adding->addWidget(m_address, 1);
    adding->addWidget(m_add);
    auto *column = new QVBoxLayout(this);
    column->addWidget(headline);
    column->addWidget(m_accounts);
    column->addWidget(m_error);
    column->addWidget(m_status);
    column->addWidget(m_list, 1);
    column->addLayout(adding);
    QDialogButtonBox *buttons = closeBox(this);
    m_unblock = buttons->addButton(tr("Unblock"), QDialogButtonBox::ActionRole);
    for (QPushButton *button : {m_add, m_unblock})
        button->setAutoDefault(false);
    column->addWidget(buttons);
    resize(space(font(), 110), space(font(), 100));
    connect(m_add, &QPushButton::clicked, this, &BlockedPeopleDialog::add);
    connect(m_address, &QLineEdit::returnPressed, this, &BlockedPeopleDialog::add);
    connect(m_unblock, &QPushButton::clicked, this, &BlockedPeopleDialog::unblock);
    connect(m_list, &QListWidget::currentRowChanged, this,
            [this] { setBusy(m_busy ? m_status->text() : QString()); });
    connect(m_accounts, &QComboBox::currentIndexChanged, this, &BlockedPeopleDialog::load);
    load();
}

void BlockedPeopleDialog::setBusy(const QString &text)
{
    m_busy = !text.isEmpty();
    if (m_busy)
        m_status->setText(text);
    else if (m_list->count() == 0)
        m_status->setText(tr("Nobody is blocked."));
    m_status->setVisible(m_busy || (m_list->count() == 0 && m_error->isHidden()));
    m_add->setEnabled(!m_busy);
    m_unblock->setEnabled(!m_busy && m_list->currentItem());
}

void BlockedPeopleDialog::load()
{
    m_list->clear();
    m_error->clear();
    setBusy(tr("Asking the server…"));
    whenDone(m_commands.blocked(accountIn(m_accounts)), this,
             [this, asked = ++m_asked](const Result<BlockedPeople> &people) {
                 if (asked != m_asked) return;
                 if (people)
                     show(people->addresses);
                 else
                     m_error->setError(people.error(), Attempt::Block);
                 setBusy({});
             });
}

void BlockedPeopleDialog::show(const QList<Jid> &addresses)
{
    QStringList texts;
    for (const Jid &address : addresses)
        texts.append(address.toString());
    texts.sort();
    m_list->addItems(texts);
}

void BlockedPeopleDialog::add()
{
    m_error->clear();
    const auto address = Jid::parse(m_address->text().trimmed());
    if (!address)
        return m_error->setText(
            {tr("This is not an address"), {}, tr("One looks like name@example.org."), {}});
    setBusy(tr("Asking the server…"));
    whenDone(m_commands.block({accountIn(m_accounts), *address}, {}), this, [this](const Outcome &outcome) {
        if (outcome) m_address->clear();
        after(outcome);
    });
}

void BlockedPeopleDialog::unblock()
{
    const QListWidgetItem *item = m_list->currentItem();
    const auto address = item ? Jid::parse(item->text()) : std::nullopt;
    if (!address || m_busy) return;
    m_error->clear();
    setBusy(tr("Asking the server…"));
    whenDone(m_commands.unblock({accountIn(m_accounts), *address}), this,
             [this](const Outcome &outcome) { after(outcome); });
}

void BlockedPeopleDialog::after(const Outcome &outcome)
{
    if (outcome) return load();
    m_error->setError(outcome.error(), Attempt::Block);
    setBusy({});
}

} // namespace Mingle
