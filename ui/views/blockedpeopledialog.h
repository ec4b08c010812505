// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/peoplecommands.h"
#include "views/formdialog.h"

class QListWidget;

namespace Mingle {

/// Whom I have blocked, to let them through again (XEP-0191).
class BlockedPeopleDialog final : public GrowingDialog
{
    Q_OBJECT
public:
    BlockedPeopleDialog(const PeopleCommands &commands, const QList<Account> &accounts,
                        QWidget *parent = nullptr);

private:
    void load();
    void show(const QList<Jid> &addresses);
    void add();
    void unblock();
    void after(const Outcome &outcome);
    void setBusy(const QString &text);

    PeopleCommands m_commands;
    QComboBox *m_accounts;
    ErrorView *m_error;
    QLabel *m_status;
    QListWidget *m_list;
    QLineEdit *m_address;
    QPushButton *m_add;
    QPushButton *m_unblock = nullptr;
    int m_asked = 0; ///< only the last answer counts
    bool m_busy = false;
};

} // namespace Mingle
