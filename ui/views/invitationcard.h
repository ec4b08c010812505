// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/roomcommands.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace Mingle {

class AvatarLabel;
class ErrorView;
class PasswordField;

/// Somebody asks me into a room: who, into which, with which words; yes and no.
class InvitationCard final : public QWidget
{
    Q_OBJECT
public:
    explicit InvitationCard(const RoomCommands &commands, QWidget *parent = nullptr);

    /// known: whoever asks is among my people.
    void setInvitation(const Chat &chat, bool known);
    void focusFirst();

Q_SIGNALS:
    void accepted(const Mingle::ChatId &chat);

private:
    QWidget *makeFields();
    void accept();
    void decline();
    void setBusy(bool busy);
    void refused(const Error &error);

    RoomCommands m_commands;
    ChatId m_chat;
    AvatarLabel *m_picture;
    QLabel *m_title;
    QLabel *m_who;
    QLabel *m_words;
    QLabel *m_address;
    ErrorView *m_error;
    QLineEdit *m_nick = nullptr;
    PasswordField *m_password = nullptr;
    QLabel *m_nickLabel = nullptr;
    QLabel *m_passwordLabel = nullptr;
    QProgressBar *m_progress;
    QPushButton *m_accept;
    QPushButton *m_decline;
};

} // namespace Mingle
