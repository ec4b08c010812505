// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/peoplecommands.h"
#include "views/formdialog.h"

class QCheckBox;

namespace Mingle {

/// Puts somebody among my contacts.
class AddContactDialog final : public FormDialog
{
    Q_OBJECT
public:
    AddContactDialog(const PeopleCommands &commands, const QList<Account> &accounts,
                     QWidget *parent = nullptr);

    /// Whom; the address can still be changed if it came from elsewhere than a chat.
    void fill(const QString &address, const QString &name);

Q_SIGNALS:
    void added(const Mingle::ChatId &chat);

protected:
    void submit() override;

private:
    PeopleCommands m_commands;
    QComboBox *m_accounts;
    QLineEdit *m_address;
    QLineEdit *m_name;
    QCheckBox *m_ask;
};

/// Gives a contact a name of my own.
class RenameContactDialog final : public FormDialog
{
    Q_OBJECT
public:
    RenameContactDialog(const PeopleCommands &commands, const Chat &chat, QWidget *parent = nullptr);

protected:
    void submit() override;

private:
    PeopleCommands m_commands;
    ChatId m_chat;
    QLineEdit *m_name;
};

/// Asks before somebody is no contact of mine any more.
class RemoveContactDialog final : public FormDialog
{
    Q_OBJECT
public:
    RemoveContactDialog(const PeopleCommands &commands, const Chat &chat, QWidget *parent = nullptr);

Q_SIGNALS:
    void removed();

protected:
    void submit() override;

private:
    PeopleCommands m_commands;
    ChatId m_chat;
};

/// Blocks somebody, and tells those who run my server of it if wanted and possible (XEP-0377).
class BlockDialog final : public FormDialog
{
    Q_OBJECT
public:
    BlockDialog(const PeopleCommands &commands, const Chat &chat, QWidget *parent = nullptr);

Q_SIGNALS:
    void blocked(bool reported);

protected:
    void submit() override;

private:
    void showReporting();

    PeopleCommands m_commands;
    ChatId m_chat;
    QCheckBox *m_report;
    QComboBox *m_reason;
    QLineEdit *m_text;
};

} // namespace Mingle
