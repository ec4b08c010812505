// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "models/peoplecommands.h"
#include "models/preferencecommands.h"
#include "models/signinmodel.h"
#include "shell/forms.h"
#include "shell/trail.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace Mingle {

class ChatChoices;
class ChatPane;
class ComposerModel;
class ConnectionStripView;
class DoneStripView;
class Exports;
class LocalHistory;
class MemberActions;
class MembersModel;
class MembersView;
class Panes;
class PersonActions;
class RoomListView;
class RoomMenu;
class SearchModel;
class SearchView;
class SignInView;
class StorageStripView;
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
    SearchModel &search;
    LocalHistory &history;
    Settings &settings;
    Forms::Needs forms;
    PreferenceCommands preferences;
    PeopleCommands people;
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

    /// Says for a while that something was done.
    void tell(const QString &text);

    // For tests.
    DoneStripView *doneStrip() const { return m_done; }
    PersonActions *personActions() const { return m_personActions; }
    RoomMenu *roomMenu() const { return m_roomMenu; }
    RoomListView *roomList() const { return m_list; }
    ChatPane *chatPane() const { return m_chat; }
    Panes *panes() const { return m_panes; }
    WindowActions *windowActions() const { return m_actions; }
    SearchView *searchView() const { return m_search; }

Q_SIGNALS:
    void chatOpened(const Mingle::ChatId &chat);
    void rejoinWanted(const Mingle::ChatId &chat);
    void retryWanted(const Mingle::Jid &account);
    void storingRetryWanted();
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
    void connectRoomMenu();
    void connectAvatars();
    void followRights();
    void followAccounts();
    void updateTitle();
    void updateHeader();
    void followChat();
    void openNeighbour(int step, bool unreadOnly);
    void showChatMenu(const ChatId &chat, const QPoint &position);
    void restorePlace();
    void storePlace();
    // windowplaces.cpp
    QWidget *makeSide(QWidget *parent);
    void connectPlaces();
    void openSearch(bool everywhere);
    void goToFound(const ChatId &wanted, qint64 row, const QList<std::pair<qsizetype, qsizetype>> &marks);
    void goTo(const ChatId &wanted, const TimelinePlace &place);
    void goBackOnTrail();
    void followTrail();
    void setMembersOpen(bool open);
    bool isSideShown(const QWidget *page) const;
    void setSideOpen(QWidget *page, bool open);
    void giveFocusBack();
    void goBack();
    void cyclePane(int step);

    WindowParts m_parts;
    WindowActions *m_actions;
    ChatChoices *m_choices = nullptr;
    Forms *m_forms;
    QStackedWidget *m_pages;
    SignInView *m_welcome = nullptr; ///< made when it is needed
    RoomListView *m_list = nullptr;
    ChatPane *m_chat = nullptr;
    QStackedWidget *m_side = nullptr; ///< the one panel on the right: members or search
    MembersView *m_members = nullptr;
    SearchView *m_search = nullptr;
    Exports *m_exports = nullptr;
    DoneStripView *m_done = nullptr;
    RoomMenu *m_roomMenu = nullptr;
    MemberActions *m_memberActions = nullptr;
    PersonActions *m_personActions = nullptr;
    ConnectionStripView *m_strip = nullptr;
    StorageStripView *m_storage = nullptr;
    Panes *m_panes = nullptr;
    Jid m_shownAccount; ///< below the list
    ChatId m_menuChat; ///< whose menu is open, if not that of the chat in front
    QPointer<QWidget> m_beforeSide; ///< had the focus when the panel was opened
    Trail m_trail;
    bool m_travelling = false; ///< the chat is opened by a jump, which leaves a way back
    bool m_seen = false;
};

} // namespace Mingle
