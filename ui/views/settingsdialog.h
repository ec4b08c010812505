// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/formdialog.h"

#include "core/account.h"
#include "core/result.h"

#include <functional>

class QComboBox;
class QLabel;
class QListView;
class QPushButton;

namespace Mingle {

class ConnectionModel;
class ErrorView;

/// Accounts and the few preferences there are. Everything takes effect at once.
class SettingsDialog final : public GrowingDialog
{
    Q_OBJECT
public:
    struct Preferences {
        QString appearance; ///< "system", "light" or "dark"
        bool notifications = true;
    };
    using Remove = std::function<QFuture<Outcome>(const Jid &)>;
    /// accounts must outlive the dialog.
    SettingsDialog(ConnectionModel &accounts, const Preferences &now, Remove remove, QWidget *parent);

Q_SIGNALS:
    void addAccountWanted();
    void connectionWanted(const Mingle::Jid &account);
    void onlineWanted(const Mingle::Jid &account, bool online);
    void appearanceChosen(const QString &appearance);
    void notificationsChosen(bool on);

private:
    QWidget *makeAccounts();
    QWidget *makePreferences(const Preferences &now);
    Account chosen() const;
    void showChosen();
    void fitList();
    void askRemove();
    void remove();

    ConnectionModel &m_model;
    Remove m_remove;
    QListView *m_list = nullptr;
    QLabel *m_facts = nullptr;
    QPushButton *m_connection = nullptr;
    QPushButton *m_online = nullptr;
    QPushButton *m_removeButton = nullptr;
    QWidget *m_confirm = nullptr; ///< asks before removing
    QLabel *m_question = nullptr;
    ErrorView *m_error = nullptr;
};

} // namespace Mingle
