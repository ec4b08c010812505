// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

#include <functional>
#include <utility>

class QAction;
class QMenu;
class QWidget;

namespace Mingle {

/// Everything that can be done in the window, each once, with its key, and the menus made of it.
class WindowActions final : public QObject
{
    Q_OBJECT
public:
    /// The actions' keys work in all of window.
    explicit WindowActions(QWidget *window);

    // places
    QAction *jump;
    QAction *nextChat;
    QAction *previousChat;
    QAction *nextUnread;
    QAction *previousUnread;
    QAction *nextPane;
    QAction *previousPane;
    QAction *members;
    QAction *filter;
    QAction *search;
    QAction *searchAll;
    QAction *unread;
    QAction *day;
    QAction *back;
    // rooms and people
    QAction *join;
    QAction *create;
    QAction *talk;
    QAction *addContact;
    QAction *blockedPeople;
    QAction *details;
    QAction *copyAddress;
    QAction *exportChat;
    QAction *leave;
    QAction *favourite; ///< its text says what it does
    QAction *favouriteUp;
    QAction *favouriteDown;
    QAction *ownName; ///< for a room
    QAction *notifyUsual; ///< these four: one is checked
    QAction *notifyAlways;
    QAction *notifyOnMention;
    QAction *notifyNever;
    // the program
    QAction *addAccount;
    QAction *ownPicture;
    QAction *goOnline; ///< checkable
    QAction *settings;
    QAction *keys;
    QAction *about;
    QAction *quit;

    QMenu *mainMenu() const { return m_main; }
    QMenu *addMenu() const { return m_add; }
    QMenu *accountMenu() const { return m_account; }
    QMenu *chatMenu() const { return m_chat; }
    /// Rooms and talks need an account to go by.
    void setAccounts(bool some);
    /// What a chat's menu is called for; room: or a person.
    void setChat(bool some, bool room);
    /// All actions with a key, and those keys that are no actions: name, key.
    QList<std::pair<QString, QString>> keyRows() const;

private:
    QAction *make(const QString &text, const QKeySequence &key, int sign = -1);
    void buildMenus();
    void makeChoices();

    QWidget *m_window;
    QMenu *m_main;
    QMenu *m_add;
    QMenu *m_account;
    QMenu *m_chat;
    QMenu *m_notify;
};

} // namespace Mingle
