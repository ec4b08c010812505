// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/roomcommands.h"
#include "views/formdialog.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace Mingle {

class ErrorView;

/// One of a room's lists of people (those kept out, or those who may enter), to look at and to change.
class RoomPeopleDialog final : public GrowingDialog
{
    Q_OBJECT
public:
    RoomPeopleDialog(AccessList list, const RoomCommands &commands, const Chat &chat,
                     QWidget *parent = nullptr);

    const ChatId &chat() const { return m_chat; }
    AccessList list() const { return m_which; }
    /// Somebody has changed it.
    void refresh();

private:
    QWidget *makeAdding();
    void load();
    void show(const QList<ListedPerson> &people);
    void add();
    void takeOff();
    void after(const Outcome &outcome);
    void updateButtons();

    AccessList m_which;
    RoomCommands m_commands;
    ChatId m_chat;
    ErrorView *m_error;
    QLabel *m_empty;
    QListWidget *m_list;
    QLineEdit *m_address = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_remove = nullptr;
    bool m_busy = false;
    bool m_stale = false; ///< changed while an answer was on its way
};

} // namespace Mingle
