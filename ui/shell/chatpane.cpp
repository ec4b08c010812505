// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/chatpane.h"

#include "core/room.h"

#include "models/composermodel.h"
#include "models/membersmodel.h"
#include "models/roomlistmodel.h"
#include "models/timelinemodel.h"
#include "models/xmpplink.h"
#include "views/composer.h"
#include "views/errorview.h"
#include "views/invitationcard.h"
#include "views/roomheaderview.h"
#include "views/timelineview.h"
#include "widgets/avatar.h"
#include "widgets/avatarpictures.h"
#include "widgets/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Mingle {

ChatPane::ChatPane(const Models &models, QWidget *parent)
    : QWidget(parent)
    , m_models(models)
    , m_stack(new QStackedWidget(this))
    , m_header(new RoomHeaderView(models.more, this))
    , m_timeline(new TimelineView(this))
    , m_composer(new Composer(this))
    , m_invitation(new InvitationCard(models.commands, this))
    , m_request(new RequestBar(this))
{
    m_timeline->setModel(&models.timeline);
    m_composer->setModel(&models.composer);
    connect(m_composer, &Composer::submitted, m_timeline, &TimelineView::scrollToNewest);
    connect(m_timeline, &TimelineView::typed, this, [this](const QString &text) {
        focusComposer();
        m_composer->insertText(text);
    });

    connect(m_request, &RequestBar::answered, this, &ChatPane::answered);

    auto *page = new QWidget(m_stack);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFailure());
    column->addWidget(m_request);
    column->addWidget(m_timeline, 1);
    column->addWidget(m_composer);
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(page);
    m_stack->addWidget(m_invitation);
    connect(m_invitation, &InvitationCard::accepted, this, &ChatPane::entered);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_header);
    outer->addWidget(m_stack, 1);
    connect(&models.members, &MembersModel::loaded, this, &ChatPane::refresh);
    refresh();
}

QWidget *ChatPane::makeEmpty()
{
    auto *page = new QWidget(this);
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    QLabel *text = plainLabel(tr("Choose a room or a person to talk to."), page);
    text->setAlignment(Qt::AlignCenter);
    text->setForegroundRole(QPalette::PlaceholderText);
    auto *column = new QVBoxLayout(page);
    column->addWidget(text);
    return page;
}

QWidget *ChatPane::makeFailure()
{
    m_failure = new QWidget(this);
    m_failure->setBackgroundRole(QPalette::Base);
    m_failure->setAutoFillBackground(true);
    m_failureText = new ErrorView(m_failure);
    auto *again = new QPushButton(tr("Try again"), m_failure);
    auto *otherwise = new QPushButton(tr("Join in another way…"), m_failure);
    connect(again, &QPushButton::clicked, this, [this] { Q_EMIT rejoinWanted(m_chat); });
    connect(otherwise, &QPushButton::clicked, this, [this] { Q_EMIT joinFormWanted(m_chat); });
    m_successor = new QPushButton(tr("Look at the new room…"), m_failure);
    connect(m_successor, &QPushButton::clicked, this, [this] {
        Q_EMIT successorWanted(u"xmpp:" % successorOf(m_failureShown).toString() % u"?join"); // opens a form
    });
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_successor);
    buttons->addWidget(otherwise);
    buttons->addWidget(again);
    auto *column = new QVBoxLayout(m_failure);
    const int gap = space(font(), 2);
    column->setContentsMargins(2 * gap, gap, 2 * gap, gap);
    column->addWidget(m_failureText);
    column->addLayout(buttons);
    m_failure->setVisible(false);
    return m_failure;
}

void ChatPane::setPictures(AvatarPictures *pictures)
{
    m_pictures = pictures;
    m_timeline->setAvatars(
        [this](const Author &author, qreal edge, qreal ratio) { return pictureOf(author, edge, ratio); });
    refresh();
}

QPixmap ChatPane::pictureOf(const Author &author, qreal edge, qreal ratio) const
{
    const Chat chat = m_models.rooms.chat(m_chat);
    if (!chat.isRoom()) return author.isMe ? QPixmap() : m_pictures->picture(chat, edge, ratio);
    if (const Participant *known = m_models.members.find(author.key))
        return m_pictures->picture(m_chat, *known, edge, ratio);
    Participant gone; // left the room; who it is may be known all the same
    gone.address = author.address;
    return m_pictures->picture(m_chat, gone, edge, ratio);
}

void ChatPane::setChat(const ChatId &chat)
{
    if (chat == m_chat) return;
    m_chat = chat;
    m_failureShown = {};
    m_composerWanted = false;
    if (m_models.rooms.contains(chat)) {
        m_models.timeline.setChat(m_models.rooms.chat(chat));
    } else {
        m_models.timeline.setChat(chat);
    }
    m_models.composer.setChat(chat);
    m_models.members.setChat(chat);
    refresh();
}

void ChatPane::refresh()
{
    const bool some = !m_chat.isEmpty();
    Chat chat = m_models.rooms.chat(m_chat);
    const bool invited = !chat.invitation.isEmpty();
    m_stack->setCurrentIndex(invited ? 2 : some ? 1 : 0);
    if (invited)
        m_invitation->setInvitation(chat, m_models.rooms.contains({chat.id.account, chat.invitation.from}));
    chat.id = m_chat; // the list may not have been read yet
    const ChatState state = m_models.rooms.state(m_chat);
    const ChatId viaId{chat.id.account, chat.viaRoom()};
    const bool inPrivate = m_models.rooms.contains(viaId);
    const Chat via = inPrivate ? m_models.rooms.chat(viaId) : Chat();
    m_header->setChat(chat, state, m_models.members.isLoaded() ? m_models.members.total() : -1,
                      inPrivate ? singleLine(via.title(), 60) : QString());
    m_header->setPicture(m_pictures);
    m_request->setChat(chat);
    m_composer->setChatName(chat.title());
    const bool failed = chat.isRoom() && state.membership == Membership::Failed;
    const bool mayWrite = !chat.isRoom() || chat.capabilities.testFlag(Capability::Send);
    QString reason;
    if (failed) {
        reason = tr("You are not in this room now.");
    } else if (chat.isBlocked()) {
        reason = tr("You have blocked this person.");
    } else if (inPrivate && m_models.rooms.state(viaId).membership == Membership::Failed) {
        reason = tr("You are not in the room by which you talk.");
    } else if (!mayWrite) {
        reason = tr("You may read here, but not write.");
    }
    const bool possible = reason.isEmpty();
    if (!possible && m_composer->isAncestorOf(window()->focusWidget())) m_composerWanted = true;
    m_composer->setSendingPossible(possible, reason);
    if (possible && std::exchange(m_composerWanted, false)) returnFocus();
    const Error failure = failed ? state.failure : Error();
    if (failed && m_failureShown != failure) m_failureText->setError(failure, Attempt::Join);
    m_failureShown = failure;
    m_successor->setVisible(!successorOf(failure).isEmpty());
    m_failure->setVisible(failed);
}

void ChatPane::focusComposer()
{
    if (m_chat.isEmpty()) return;
    if (m_stack->currentWidget() == m_invitation) return m_invitation->focusFirst();
    m_composerWanted = !m_composer->isSendingPossible();
    if (m_composerWanted) {
        m_timeline->setFocus(Qt::OtherFocusReason);
    } else {
        m_composer->setFocus(Qt::OtherFocusReason);
    }
}

/// Unless the person has gone elsewhere meanwhile.
void ChatPane::returnFocus()
{
    const QWidget *now = window()->focusWidget();
    if (!now || now == this || isAncestorOf(now)) m_composer->setFocus(Qt::OtherFocusReason);
}

} // namespace Mingle
