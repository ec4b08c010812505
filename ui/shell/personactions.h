// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "core/chat.h"
#include "models/peoplecommands.h"
#include "views/requestbar.h"

#include <QObject>

class QAction;
class QMenu;

namespace Mingle {

class DoneStripView;
class RoomListModel;
class WindowActions;

/// What may be done with somebody one talks to: the part of the chat's menu for it, and the answers to what they want.
class PersonActions final : public QObject
{
    Q_OBJECT
public:
    /// In the order of the menu.
    enum class What { Add, Rename, AskToSee, LetSee, StopShowing, Remove, Block, Unblock };

    /// All must outlive it. subject: the chat that the menu is about now.
    struct Needs {
        PeopleCommands commands;
        RoomListModel &rooms;
        WindowActions &actions;
        DoneStripView &strip; ///< tells what was done
        std::function<ChatId()> subject;
        std::function<QList<Account>()> accounts;
    };
    PersonActions(const Needs &needs, QWidget *window);

    void setChat(const Chat &chat);
    void answer(const ChatId &chat, RequestBar::Answer answer);
    QAction *action(What what) const { return m_items.at(qsizetype(what)); }

    /// Opens the form that puts somebody among my contacts.
    void addPerson(const ChatId &person, const QString &name);

Q_SIGNALS:
    void chatWanted(const Mingle::ChatId &chat);

private:
    void act(What what, const Chat &chat);
    void add(const Chat &chat);
    void rename(const Chat &chat);
    void remove(const Chat &chat);
    void block(const Chat &chat);
    void unblock(const Chat &chat);
    void showBlocked();
    /// done: what to say then; empty: it is seen anyway.
    void run(const QFuture<Outcome> &outcome, const QString &done);

    Needs m_needs;
    QWidget *m_window;
    QList<QAction *> m_items; ///< by What
};

} // namespace Mingle
