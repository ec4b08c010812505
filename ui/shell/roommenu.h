// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QList>
#include <QObject>

class QAction;
class QMenu;

namespace Mingle {

/// What may be done with a room by somebody in it, as a part of the chat's menu: only what the room lets me do is there.
class RoomMenu final : public QObject
{
    Q_OBJECT
public:
    enum class Wish { Invite, Nick, Subject, Picture, Settings, Allowed, Banned, Move, Destroy };

    /// Puts the actions before the given one of the menu. Their keys work in all of window.
    RoomMenu(QMenu *menu, QAction *before, QWidget *window);

    void setChat(const Chat &chat, const ChatState &state);
    QAction *action(Wish wish) const { return m_actions.at(qsizetype(wish)); }

Q_SIGNALS:
    void wanted(Mingle::RoomMenu::Wish wish);

private:
    QList<QAction *> m_actions; ///< by Wish
};

} // namespace Mingle
