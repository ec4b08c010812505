// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "models/roomcommands.h"
#include "views/formdialog.h"

class QButtonGroup;
class QComboBox;
class QRadioButton;

namespace Mingle {

class PeopleField;
class PictureField;

/// Makes a room: private for those who are asked in, or public.
class CreateRoomDialog final : public FormDialog
{
    Q_OBJECT
public:
    /// known: addresses that may be completed.
    CreateRoomDialog(const RoomCommands &commands, const QList<Account> &accounts, const QStringList &known,
                     QWidget *parent = nullptr);

Q_SIGNALS:
    void created(const Mingle::MadeRoom &made);
    /// It is made, and the server would not take its picture.
    void pictureRefused();

protected:
    void submit() override;

private:
    QRadioButton *addChoice(const QString &text, const QString &meaning);
    void addPicture();
    void addKinds();
    void finish(const MadeRoom &made);
    void addDetails();
    void showDetails(bool open);

    RoomCommands m_commands;
    QComboBox *m_accounts;
    QLineEdit *m_name;
    QLineEdit *m_description;
    QButtonGroup *m_choices = nullptr;
    QRadioButton *m_private = nullptr;
    PeopleField *m_people = nullptr;
    PictureField *m_picture = nullptr;
    QLineEdit *m_nick = nullptr;
    QComboBox *m_kind = nullptr;
};

} // namespace Mingle
