// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/message.h"
#include "models/roomcommands.h"
#include "views/requestbar.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace Mingle {

class AvatarPictures;
class Composer;
class ComposerModel;
class ErrorView;
class InvitationCard;
class MembersModel;
class RoomHeaderView;
class RoomListModel;
class TimelineModel;
class TimelineView;

/// The middle: header, timeline, composer of the chat in front; or, when there is none, what one could do.
class ChatPane final : public QWidget
{
    Q_OBJECT
public:
    /// All must outlive the pane.
    struct Models {
        RoomListModel &rooms;
        MembersModel &members;
        TimelineModel &timeline;
        ComposerModel &composer;
        QMenu *more = nullptr; ///< of the chat
        RoomCommands commands;
    };
    ChatPane(const Models &models, QWidget *parent = nullptr);

    /// pictures must outlive the pane.
    void setPictures(AvatarPictures *pictures);
    void setChat(const ChatId &chat);
    ChatId chat() const { return m_chat; }
    RoomHeaderView *header() const { return m_header; }
    TimelineView *timeline() const { return m_timeline; }
    Composer *composer() const { return m_composer; }
    RequestBar *requestBar() const { return m_request; }
    InvitationCard *invitation() const { return m_invitation; }
    /// As soon as one may write there, if not now.
    void focusComposer();
    /// The chat's row in the list changed, or what is known of it.
    void refresh();

Q_SIGNALS:
    void rejoinWanted(const Mingle::ChatId &chat);
    /// The room has named another one in its place: shown before it is joined.
    void successorWanted(const QString &link);
    /// Another name or a password may help.
    void joinFormWanted(const Mingle::ChatId &chat);
    /// What the person in front wants of me, or that they are blocked.
    void answered(Mingle::RequestBar::Answer answer);
    /// An invitation was accepted: it is a room of mine now.
    void entered(const Mingle::ChatId &chat);

private:
    QWidget *makeEmpty();
    QWidget *makeFailure();
    QPixmap pictureOf(const Author &author, qreal edge, qreal ratio) const;
    void returnFocus();

    Models m_models;
    ChatId m_chat;
    QStackedWidget *m_stack;
    RoomHeaderView *m_header;
    TimelineView *m_timeline;
    Composer *m_composer;
    InvitationCard *m_invitation;
    RequestBar *m_request;
    QWidget *m_failure = nullptr;
    ErrorView *m_failureText = nullptr;
    AvatarPictures *m_pictures = nullptr;
    QPushButton *m_successor = nullptr;
    Error m_failureShown;
    bool m_composerWanted = false; ///< had the focus, or was to get it, when writing was not possible
};

} // namespace Mingle
