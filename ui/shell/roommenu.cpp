// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/roommenu.h"

#include "widgets/icons.h"

#include <QAction>
#include <QMenu>

namespace Mingle {

namespace {
struct Item {
    Capability needs;
    Sign sign;
};
// In the order of RoomMenu::Wish.
constexpr Item items[] = {
    {Capability::Invite, Sign::Add},        {Capability::Nick, Sign::Person},
    {Capability::Subject, Sign::Room},      {Capability::Picture, Sign::Show},
    {Capability::Settings, Sign::Settings}, {Capability::Settings, Sign::Members},
    {Capability::Ban, Sign::Lock},          {Capability::Move, Sign::Room},
    {Capability::Destroy, Sign::Warning},
};
} // namespace

RoomMenu::RoomMenu(QMenu *menu, QAction *before, QWidget *window)
    : QObject(window)
{
    const QString texts[] = {
        tr("Ask people in…"),      tr("My name here…"),      tr("Change the topic…"),
        tr("The room's picture…"), tr("Room settings…"),     tr("Who may enter…"),
        tr("People kept out…"),    tr("Move to a channel…"), tr("End this room for all…")};
    for (qsizetype i = 0; i < qsizetype(std::size(items)); ++i) {
        auto *action = new QAction(icon(items[i].sign), texts[i], window);
        menu->insertAction(before, action);
        window->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT wanted(Wish(i)); });
        m_actions.append(action);
    }
    action(Wish::Invite)->setShortcut(QKeySequence(tr("Ctrl+Shift+I")));
    setChat({}, {});
}

void RoomMenu::setChat(const Chat &chat, const ChatState &state)
{
    const bool inside = chat.isRoom() && state.membership == Membership::Joined;
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        bool fits = inside && chat.capabilities.testFlag(items[i].needs);
        if (Wish(i) == Wish::Allowed) fits = fits && chat.isPrivate();
        m_actions[i]->setVisible(fits);
        m_actions[i]->setEnabled(fits);
    }
}

} // namespace Mingle
