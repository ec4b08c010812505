// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Window that changes rooms and their people.
#include "models/connectionmodel.h"
#include "models/roomlistmodel.h"
#include "models/timelinemodel.h"
#include "shell/chatpane.h"
#include "shell/memberactions.h"
#include "shell/personactions.h"
#include "shell/roommenu.h"
#include "shell/window.h"
#include "shell/windowactions.h"
#include "views/donestripview.h"
#include "views/membersview.h"
#include "views/roomlistview.h"
#include "views/timelineview.h"
#include "widgets/avatarpictures.h"

#include <QListView>

namespace Mingle {

void Window::connectRoomMenu()
{
    m_roomMenu = new RoomMenu(m_actions->chatMenu(), m_actions->leave, this);
    m_memberActions = new MemberActions(m_parts.forms.roomCommands, m_parts.rooms, *m_done, this);
    m_personActions = new PersonActions({m_parts.people, m_parts.rooms, *m_actions, *m_done,
                                         [this] { return m_menuChat.isEmpty() ? chat() : m_menuChat; },
                                         [this] { return m_parts.connections.accounts(); }},
                                        this);
    connect(m_personActions, &PersonActions::chatWanted, this,
            [this](const ChatId &wanted) { openChat(wanted, true); });
    connect(m_memberActions, &MemberActions::talkWanted, this,
            [this](const ChatId &wanted) { openChat(wanted, true); });
    connect(m_chat, &ChatPane::answered, this,
            [this](RequestBar::Answer answer) { m_personActions->answer(chat(), answer); });
    connect(m_roomMenu, &RoomMenu::wanted, this, [this](RoomMenu::Wish wish) {
        using Wish = RoomMenu::Wish;
        const ChatId subject = m_menuChat.isEmpty() ? chat() : m_menuChat;
        switch (wish) {
        case Wish::Invite:
            return m_forms->invite(subject);
        case Wish::Nick:
            return m_forms->nick(subject);
        case Wish::Subject:
            return m_forms->subject(subject);
        case Wish::Picture:
            return m_forms->roomPicture(subject);
        case Wish::Settings:
            return m_forms->roomSettings(subject);
        case Wish::Allowed:
            return m_forms->allowed(subject);
        case Wish::Banned:
            return m_forms->banned(subject);
        case Wish::Move:
            return m_forms->move(subject);
        case Wish::Destroy:
            return m_forms->destroy(subject);
        }
    });
    connect(m_members, &MembersView::cardWanted, this,
            [this](const Participant &who) { m_memberActions->showCard(chat(), who); });
    connect(m_memberActions, &MemberActions::personWanted, this,
            [this](const Jid &address) { m_forms->talk(address.toString()); });
    connect(m_memberActions, &MemberActions::addWanted, this,
            [this](const Jid &address, const QString &name) {
                m_personActions->addPerson({chat().account, address}, name);
            });
    connect(m_members, &MembersView::menuOpening, this,
            [this](QMenu *menu, const Participant &who) { m_memberActions->extend(menu, chat(), who); });
    connect(m_chat, &ChatPane::entered, this, [this](const ChatId &entered) {
        m_parts.timeline.setChat(m_parts.rooms.chat(entered));
        m_chat->focusComposer();
    });
    connect(m_forms, &Forms::done, this, &Window::tell);
    connect(&m_parts.rooms, &RoomListModel::chatChanged, m_forms, &Forms::roomChanged);
}

void Window::connectAvatars()
{
    RoomListModel *const rooms = &m_parts.rooms;
    const ConnectionModel *const accounts = &m_parts.connections;
    auto *pictures = new AvatarPictures({m_parts.forms.avatars.fetch,
                                         [rooms, accounts](const ChatId &chat) {
                                             return chat.address == chat.account
                                                        ? accounts->status(chat.account).avatar
                                                        : rooms->chat(chat).avatar;
                                         }},
                                        this);
    connect(pictures, &AvatarPictures::ready, this, [this] {
        m_list->list()->viewport()->update();
        m_chat->timeline()->viewport()->update();
        m_members->list()->viewport()->update();
        m_chat->refresh();
        followAccounts();
    });
    connect(&m_parts.connections, &ConnectionModel::statusChanged, pictures, &AvatarPictures::tryAgain);
    m_chat->setPictures(pictures);
}

void Window::followRights()
{
    if (!m_roomMenu) return;
    const ChatId subject = m_menuChat.isEmpty() ? chat() : m_menuChat;
    m_roomMenu->setChat(m_parts.rooms.chat(subject), m_parts.rooms.state(subject));
    m_personActions->setChat(m_parts.rooms.chat(subject));
}

void Window::tell(const QString &text)
{
    m_done->say(text, {});
}

} // namespace Mingle
