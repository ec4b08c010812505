// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/settingsdialog.h"

#include "core/futures.h"
#include "models/connectionmodel.h"
#include "views/errorview.h"
#include "views/roomwords.h"
#include "widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

namespace Mingle {

namespace {

QString serverText(const Account &account)
{
    QString server = account.host.isEmpty()
                         ? SettingsDialog::tr("%1, found by the address").arg(account.address.domain())
                         : account.host;
    if (account.port != 0) server += QStringLiteral(":%1").arg(account.port);
    switch (account.tls) {
    case Account::Tls::Automatic:
        break;
    case Account::Tls::Direct:
        server += SettingsDialog::tr(", direct TLS");
        break;
    case Account::Tls::StartTls:
        server += SettingsDialog::tr(", STARTTLS");
        break;
    }
    return server;
}

} // namespace

SettingsDialog::SettingsDialog(ConnectionModel &accounts, const Preferences &now, Remove remove,
                               QWidget *parent)
    : GrowingDialog(parent)
    , m_model(accounts)
    , m_remove(std::move(remove))
{
    setWindowTitle(tr("Settings"));
    auto *column = new QVBoxLayout(this);
    const int gap = space(font(), 3);
    column->setContentsMargins(gap, gap, gap, gap);
    column->setSpacing(gap);
    column->addWidget(makeAccounts());
    column->addWidget(makePreferences(now));
    auto *buttons = closeBox(this);
    // Enter must not do what was not asked for.
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    column->addWidget(buttons);
    setMinimumWidth(space(font(), 100));
    connect(&m_model, &ConnectionModel::statusChanged, this, &SettingsDialog::showChosen);
    connect(&m_model, &ConnectionModel::accountsChanged, this, [this] {
        if (m_model.rowCount() > 0) m_list->setCurrentIndex(m_model.index(0));
        showChosen();
    });
    showChosen();
}

QWidget *SettingsDialog::makeAccounts()
{
    auto *box = new QGroupBox(tr("Accounts"), this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, space(font(), 1), 0, 0);
    m_list = new QListView(box);
    m_list->setModel(&m_model);
    m_list->setAccessibleName(tr("Accounts"));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setCurrentIndex(m_model.index(0));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &SettingsDialog::showChosen);
    m_facts = plainLabel({}, box);
    m_connection = new QPushButton(tr("Connection…"), box);
    connect(m_connection, &QPushButton::clicked, this, [this] { Q_EMIT connectionWanted(chosen().address); });
    auto *facts = new QHBoxLayout;
    facts->addWidget(m_facts, 1);
    facts->addWidget(m_connection, 0, Qt::AlignTop);
    m_error = new ErrorView(box);

    auto *row = new QHBoxLayout;
    auto *add = new QPushButton(tr("Add account…"), box);
    m_online = new QPushButton(box);
    m_removeButton = new QPushButton(tr("Remove…"), box);
    connect(add, &QPushButton::clicked, this, &SettingsDialog::addAccountWanted);
    connect(m_online, &QPushButton::clicked, this, [this] {
        const Account account = chosen();
        const bool offline = m_model.status(account.address).state == ConnectionStatus::State::Offline;
        Q_EMIT onlineWanted(account.address, offline);
    });
    connect(m_removeButton, &QPushButton::clicked, this, &SettingsDialog::askRemove);
    row->addWidget(add);
    row->addStretch();
    row->addWidget(m_online);
    row->addWidget(m_removeButton);

    m_confirm = new QWidget(box);
    auto *confirm = new QVBoxLayout(m_confirm);
    confirm->setContentsMargins(0, 0, 0, 0);
    m_question = plainLabel({}, m_confirm);
    auto *answers = new QHBoxLayout;
    auto *yes = new QPushButton(tr("Remove for good"), m_confirm);
    auto *no = new QPushButton(tr("Keep it"), m_confirm);
    connect(yes, &QPushButton::clicked, this, &SettingsDialog::remove);
    connect(no, &QPushButton::clicked, m_confirm, &QWidget::hide);
    answers->addStretch();
    answers->addWidget(no);
    answers->addWidget(yes);
    confirm->addWidget(m_question);
    confirm->addLayout(answers);
    m_confirm->setVisible(false);

    column->addWidget(m_list);
    column->addLayout(facts);
    column->addLayout(row);
    column->addWidget(m_confirm);
    column->addWidget(m_error);
    return box;
}

QWidget *SettingsDialog::makePreferences(const Preferences &now)
{
    auto *box = new QGroupBox(tr("This computer"), this);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, space(font(), 1), 0, 0);
    auto *label = new QLabel(tr("&Colours"), box);
    auto *colours = new QComboBox(box);
    colours->addItem(tr("As the desktop has them"), QStringLiteral("system"));
    colours->addItem(tr("Light"), QStringLiteral("light"));
    colours->addItem(tr("Dark"), QStringLiteral("dark"));
    colours->setCurrentIndex(std::max(0, colours->findData(now.appearance)));
    colours->setAccessibleName(tr("Colours"));
    label->setBuddy(colours);
    connect(colours, &QComboBox::currentIndexChanged, this,
            [this, colours] { Q_EMIT appearanceChosen(colours->currentData().toString()); });
    auto *notifications = new QCheckBox(tr("&Notify me when somebody writes to me or mentions me"), box);
    notifications->setChecked(now.notifications);
    connect(notifications, &QCheckBox::toggled, this, &SettingsDialog::notificationsChosen);
    column->addWidget(label);
    column->addWidget(colours);
    column->addWidget(notifications);
    return box;
}

Account SettingsDialog::chosen() const
{
    return m_list->currentIndex().data(ConnectionModel::AccountRole).value<Account>();
}

void SettingsDialog::showChosen()
{
    const Account account = chosen();
    const bool some = !account.address.isEmpty();
    m_online->setVisible(some);
    m_removeButton->setVisible(some);
    m_facts->setVisible(some);
    m_connection->setVisible(some);
    m_confirm->setVisible(false);
    if (!some) return;
    const ConnectionStatus status = m_model.status(account.address);
    fitList();
    m_facts->setText(tr("Server: %1\nNow: %2").arg(serverText(account), connectionText(status)));
    m_online->setText(status.state == ConnectionStatus::State::Offline ? tr("Go online") : tr("Go offline"));
}

/// As high as its accounts need, up to five of them.
void SettingsDialog::fitList()
{
    const int rows = std::clamp(m_model.rowCount(), 1, 5);
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
}

void SettingsDialog::askRemove()
{
    m_question->setText(tr("Everything stored here for %1 is deleted: rooms, messages and the password. "
                           "What the server keeps is not touched.")
                            .arg(chosen().address.toString()));
    m_confirm->setVisible(true);
}

void SettingsDialog::remove()
{
    m_confirm->setVisible(false);
    m_removeButton->setEnabled(false);
    whenDone(m_remove(chosen().address), this, [this](const Outcome &outcome) {
        m_removeButton->setEnabled(true);
        m_error->setError(outcome.error(), Attempt::Read);
    });
}

} // namespace Mingle
