// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/signinmodel.h"
#include "shell/forms.h"

#include <QWidget>

class QStackedWidget;

namespace Mingle {

class ChatPane;
class ComposerModel;
class ConnectionStripView;
class MembersModel;
class MembersView;
class Panes;
class RoomListView;
class SignInView;
class TimelineModel;
class WindowActions;

/// What a window is made of; all must outlive it.
struct WindowParts {
    RoomListModel &rooms;
    MembersModel &members;
    ConnectionModel &connections;
    TimelineModel &timeline;
    ComposerModel &composer;
    SignInModel &signIn;
    Settings &settings;
    Forms::Needs forms;
};

/// The window: the welcome page, or list, chat and members with the connection strip below. Knows models and views,
/// and tells by signals what the accounts are to do.
class Window final : public QWidget
{
    Q_OBJECT
public:
    explicit Window(const WindowParts &parts);
    ~Window() override;

    /// Which page fits: welcome as long as there is no account.
    void showWelcome();
    void showChats();
    /// Nothing works: the database cannot be opened.
    void showTrouble(const Error &error);

    void openChat(const ChatId &chat, bool enter);
    ChatId chat() const;
    /// The chat is in front of the person now.
    bool isLookingAt(const ChatId &chat) const;
    void raiseForPerson();
    Forms &forms() { return *m_forms; }

    // For tests.
    RoomListView *roomList() const { return m_list; }
    ChatPane *chatPane() const { return m_chat; }
    Panes *panes() const { return m_panes; }
    WindowActions *windowActions() const { return m_actions; }

Q_SIGNALS:
    void chatOpened(const Mingle::ChatId &chat);
    void rejoinWanted(const Mingle::ChatId &chat);
    void retryWanted(const Mingle::Jid &account);
    void onlineWanted(const Mingle::Jid &account, bool online);
    void passwordGiven(const Mingle::Jid &account, const QByteArray &password, bool keep);
    void appearanceChosen(const QString &appearance);
    /// Whether the person can see the window.
    void seenChanged(bool seen);
    void quitWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *makeMain();
    void connectActions();
    void connectViews();
    void connectForms();
    void followAccounts();
    void updateTitle();
    void updateHeader();
    void setMembersOpen(bool open);
    void goBack();
    void openNeighbour(int step, bool unreadOnly);
    void cyclePane(int step);
    void showChatMenu(const ChatId &chat, const QPoint &position);
    void restorePlace();
    void storePlace();

    WindowParts m_parts;
    WindowActions *m_actions;
    Forms *m_forms;
    QStackedWidget *m_pages;
    SignInView *m_welcome = nullptr; ///< made when it is needed
    RoomListView *m_list = nullptr;
    ChatPane *m_chat = nullptr;
    MembersView *m_members = nullptr;
    ConnectionStripView *m_strip = nullptr;
    Panes *m_panes = nullptr;
    ChatId m_menuChat; ///< whose menu is open, if not that of the chat in front
    bool m_seen = false;
};

} // namespace Mingle
