// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/roomcommands.h"
#include "views/formdialog.h"

class QCheckBox;
class QPlainTextEdit;

namespace Mingle {

class PeopleField;

/// Asks people into a room, or gives out its link.
class InviteDialog final : public FormDialog
{
    Q_OBJECT
public:
    InviteDialog(const RoomCommands &commands, const Chat &chat, const QStringList &known,
                 QWidget *parent = nullptr);

Q_SIGNALS:
    void invited(const QList<Mingle::Jid> &people);

protected:
    void submit() override;

private:
    void inviteNext(QList<Jid> left, const QList<Jid> &done);

    RoomCommands m_commands;
    Chat m_chat;
    PeopleField *m_people;
    QLineEdit *m_text;
};

/// What is talked about.
class SubjectDialog final : public FormDialog
{
    Q_OBJECT
public:
    SubjectDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent = nullptr);

protected:
    void submit() override;

private:
    RoomCommands m_commands;
    ChatId m_chat;
    QLineEdit *m_subject;
};

/// What I call a room, whatever it calls itself.
class OwnRoomNameDialog final : public FormDialog
{
    Q_OBJECT
public:
    explicit OwnRoomNameDialog(const Chat &chat, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Empty: as everybody does.
    void chosen(const QString &name);

protected:
    void submit() override;

private:
    QString m_common;
    QLineEdit *m_name;
};

/// Does something to a member after asking once, with a reason that they may be told.
class MemberDialog final : public FormDialog
{
    Q_OBJECT
public:
    enum class What { Remove, Ban, Mute };
    MemberDialog(What what, const RoomCommands &commands, const ChatId &chat, const Participant &who,
                 QWidget *parent = nullptr);

Q_SIGNALS:
    void done();

protected:
    void submit() override;

private:
    What m_what;
    RoomCommands m_commands;
    ChatId m_chat;
    Participant m_who;
    QLineEdit *m_reason;
};

/// Goes on in a channel, with everybody and with what was said.
class MoveRoomDialog final : public FormDialog
{
    Q_OBJECT
public:
    MoveRoomDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent = nullptr);

Q_SIGNALS:
    void moved(const Mingle::MadeRoom &made);

protected:
    void submit() override;

private:
    RoomCommands m_commands;
    ChatId m_chat;
    QLineEdit *m_text;
    QCheckBox *m_close;
};

/// Ends a room for everybody, once its name has been typed.
class DestroyRoomDialog final : public FormDialog
{
    Q_OBJECT
public:
    DestroyRoomDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent = nullptr);

protected:
    void submit() override;

private:
    RoomCommands m_commands;
    ChatId m_chat;
    QString m_name;
    QLineEdit *m_typed;
    QLineEdit *m_reason;
};

} // namespace Mingle
