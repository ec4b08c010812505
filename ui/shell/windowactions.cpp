// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/windowactions.h"

#include "widgets/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenu>

namespace Mingle {

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_main(new QMenu(window))
    , m_add(new QMenu(window))
    , m_account(new QMenu(window))
    , m_chat(new QMenu(window))
    , m_notify(new QMenu(tr("Notifications"), window))
{
    jump = make(tr("Jump to…"), tr("Ctrl+K"), int(Sign::Search));
    nextChat = make(tr("Next in the list"), tr("Alt+Down"));
    previousChat = make(tr("Previous in the list"), tr("Alt+Up"));
    nextUnread = make(tr("Next unread"), tr("Alt+Shift+Down"));
    previousUnread = make(tr("Previous unread"), tr("Alt+Shift+Up"));
    nextPane = make(tr("Next part of the window"), tr("F6"));
    previousPane = make(tr("Previous part of the window"), tr("Shift+F6"));
    members = make(tr("Members"), tr("Ctrl+I"), int(Sign::Members));
    filter = make(tr("Filter the list"), tr("Ctrl+L"));
    search = make(tr("Search here…"), QKeySequence::Find, int(Sign::Search));
    searchAll = make(tr("Search everywhere…"), tr("Ctrl+Shift+F"));
    unread = make(tr("First unread message"), tr("Ctrl+U"));
    day = make(tr("Jump to a day…"), tr("Ctrl+J"), int(Sign::Calendar));
    back = make(tr("Back to where you were"), tr("Alt+Left"), int(Sign::Return));
    exportChat = make(tr("Export…"), {}, int(Sign::Save));
    join = make(tr("Find a room…"), QKeySequence::New, int(Sign::Room));
    create = make(tr("Make a room…"), tr("Ctrl+Shift+N"), int(Sign::Add));
    talk = make(tr("Talk to somebody…"), tr("Ctrl+T"), int(Sign::Person));
    addContact = make(tr("Add a contact…"), {}, int(Sign::Add));
    blockedPeople = make(tr("Blocked people…"), {}, int(Sign::Lock));
    details = make(tr("About this room"), tr("Ctrl+D"), int(Sign::Info));
    copyAddress = make(tr("Copy address"), {}, int(Sign::Copy));
    leave = make(tr("Leave this room…"), {}, int(Sign::Leave));
    addAccount = make(tr("Add account…"), {}, int(Sign::Add));
    ownPicture = make(tr("Your picture…"), {}, int(Sign::Person));
    goOnline = make(tr("Online"), {});
    settings = make(tr("Settings…"), tr("Ctrl+,"), int(Sign::Settings));
    keys = make(tr("Keys…"), tr("F1"), int(Sign::Keyboard));
    about = make(tr("About Mingle"), {}, int(Sign::Info));
    quit = make(tr("Quit"), tr("Ctrl+Q"), int(Sign::Exit));
    makeChoices();
    goOnline->setCheckable(true);
    settings->setMenuRole(QAction::PreferencesRole);
    about->setMenuRole(QAction::AboutRole);
    quit->setMenuRole(QAction::QuitRole);
    buildMenus();
    setChat(false, true);
    setAccounts(false);
    unread->setEnabled(false);
    back->setEnabled(false);
}

QAction *WindowActions::make(const QString &text, const QKeySequence &key, int sign)
{
    auto *action = new QAction(text, m_window);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WindowShortcut);
    if (sign >= 0) action->setIcon(icon(Sign(sign)));
    m_window->addAction(action);
    return action;
}

void WindowActions::buildMenus()
{
    m_main->addActions({jump, searchAll});
    m_main->addSeparator();
    m_main->addActions({join, create, talk, addContact});
    m_main->addSeparator();
    QMenu *go = m_main->addMenu(tr("Go"));
    go->addActions({nextChat, previousChat, nextUnread, previousUnread});
    go->addSeparator();
    go->addActions({unread, day, back});
    go->addSeparator();
    go->addActions({filter, members, nextPane, previousPane});
    m_main->addSeparator();
    m_main->addActions({settings, blockedPeople, keys, about});
    m_main->addSeparator();
    m_main->addAction(quit);
    m_add->addActions({join, create, talk, addContact});
    m_account->addActions({goOnline});
    m_account->addSeparator();
    m_account->addActions({ownPicture, addAccount, settings});
    m_chat->addActions({search, day, unread});
    m_chat->addSeparator();
    m_chat->addActions({details, members, copyAddress, exportChat});
    m_chat->addSeparator();
    m_chat->addActions({favourite, favouriteUp, favouriteDown});
    m_chat->addMenu(m_notify);
    m_chat->addAction(ownName);
    m_chat->addSeparator();
    m_chat->addAction(leave);
}

void WindowActions::makeChoices()
{
    favourite = make(tr("Add to favourites"), tr("Ctrl+Shift+P"), int(Sign::Star));
    // Their keys belong to the list: elsewhere they select text.
    favouriteUp = make(tr("Move up"), {});
    favouriteDown = make(tr("Move down"), {});
    ownName = make(tr("Your name for this room…"), {});
    notifyUsual = make(tr("As usual"), {});
    notifyAlways = make(tr("Every message"), {});
    notifyOnMention = make(tr("When I am mentioned"), {});
    notifyNever = make(tr("Never"), {});
    auto *one = new QActionGroup(m_window);
    for (QAction *action : {notifyUsual, notifyAlways, notifyOnMention, notifyNever}) {
        action->setCheckable(true);
        one->addAction(action);
        m_notify->addAction(action);
    }
    m_notify->setIcon(icon(Sign::Bell));
}

void WindowActions::setAccounts(bool some)
{
    for (QAction *action :
         {jump, join, create, talk, addContact, blockedPeople, ownPicture, search, searchAll})
        action->setEnabled(some);
}

void WindowActions::setChat(bool some, bool room)
{
    for (QAction *action : {details, copyAddress, exportChat, leave, day, favourite})
        action->setEnabled(some);
    m_notify->setEnabled(some);
    ownName->setEnabled(some && room);
    ownName->setVisible(room);
    members->setEnabled(some && room);
    members->setVisible(!some || room);
    details->setText(room ? tr("About this room") : tr("About this person"));
    leave->setText(room ? tr("Leave this room…") : tr("Take from the list…"));
}

QList<std::pair<QString, QString>> WindowActions::keyRows() const
{
    QList<std::pair<QString, QString>> rows;
    for (const QAction *action : m_window->actions()) {
        if (action->shortcut().isEmpty()) continue;
        rows.append({action->text().remove(u'&').remove(QChar(0x2026)),
                     action->shortcut().toString(QKeySequence::NativeText)});
    }
    const auto text = [](Qt::Key key) { return QKeySequence(key).toString(QKeySequence::NativeText); };
    rows.append({tr("Close a panel, go back, write"), text(Qt::Key_Escape)});
    const auto moved = [](Qt::Key key) {
        return QKeySequence(Qt::CTRL | Qt::SHIFT | key).toString(QKeySequence::NativeText);
    };
    rows.append({tr("Move a favourite up, in the list"), moved(Qt::Key_Up)});
    rows.append({tr("Move a favourite down, in the list"), moved(Qt::Key_Down)});
    rows.append({tr("Send"), text(Qt::Key_Return)});
    rows.append(
        {tr("New line"), QKeySequence(Qt::SHIFT | Qt::Key_Return).toString(QKeySequence::NativeText)});
    return rows;
}

} // namespace Mingle
