// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QWidget>

class QMenu;
class QToolButton;

namespace Mingle {

class AvatarLabel;
class AvatarPictures;
class ElidedLabel;
enum class Sign;

/// Above the timeline: which chat this is, and what can be opened beside it.
class RoomHeaderView final : public QWidget
{
    Q_OBJECT
public:
    /// more: the chat's menu, behind the last button.
    explicit RoomHeaderView(QMenu *more, QWidget *parent = nullptr);

    /// members: how many people are in the room; below 0: not known.
    /// via: for a private talk with somebody in a room, what that is called.
    void setChat(const Chat &chat, const ChatState &state, int members, const QString &via = {});
    /// In a narrow window one pane is shown at a time, and this leads back to the list.
    /// Of the chat that was set last.
    void setPicture(AvatarPictures *pictures);
    void setBackVisible(bool visible);
    void setMembersShown(bool shown);
    void setSearchShown(bool shown);

Q_SIGNALS:
    void backWanted();
    void membersWanted(bool shown);
    void searchWanted(bool shown);
    void detailsWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QToolButton *makeButton(Sign sign, const QString &name);

    QToolButton *m_back;
    Chat m_shown;
    AvatarLabel *m_avatar;
    ElidedLabel *m_title;
    ElidedLabel *m_subtitle;
    QToolButton *m_search;
    QToolButton *m_members;
    QToolButton *m_more;
};

} // namespace Mingle
