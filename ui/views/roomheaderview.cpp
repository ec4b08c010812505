// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomheaderview.h"

#include "views/roomwords.h"
#include "widgets/avatarpictures.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace Mingle {

RoomHeaderView::RoomHeaderView(QMenu *more, QWidget *parent)
    : QWidget(parent)
    , m_back(makeButton(Sign::Back, tr("Back to the list")))
    , m_avatar(new AvatarLabel(9, this))
    , m_title(new ElidedLabel({}, this))
    , m_subtitle(new ElidedLabel({}, this))
    , m_search(makeButton(Sign::Search, tr("Search")))
    , m_members(makeButton(Sign::Members, tr("Members")))
    , m_more(makeButton(Sign::More, tr("About this room")))
{
    m_title->setFont(sized(font(), TextSize::Normal, QFont::DemiBold));
    m_subtitle->setFont(sized(font(), TextSize::Small));
    m_subtitle->setMuted(true);
    m_search->setCheckable(true);
    m_search->setToolTip(tr("Search here (Ctrl+F)"));
    m_members->setCheckable(true);
    m_members->setToolTip(tr("Show or hide the members (Ctrl+I)"));
    m_more->setMenu(more);
    m_more->setPopupMode(QToolButton::InstantPopup);
    connect(m_back, &QToolButton::clicked, this, &RoomHeaderView::backWanted);
    connect(m_search, &QToolButton::clicked, this, &RoomHeaderView::searchWanted);
    connect(m_members, &QToolButton::clicked, this, &RoomHeaderView::membersWanted);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addStretch();
    texts->addWidget(m_title);
    texts->addWidget(m_subtitle);
    texts->addStretch();
    auto *layout = new QHBoxLayout(this);
    const int gap = space(font(), 2);
    layout->setContentsMargins(gap + gap / 2, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_back);
    layout->addWidget(m_avatar);
    layout->addSpacing(gap / 2);
    layout->addLayout(texts, 1);
    layout->addWidget(m_search);
    layout->addWidget(m_members);
    layout->addWidget(m_more);
    setMinimumHeight(space(font(), 13));
    m_back->setVisible(false);
}

QToolButton *RoomHeaderView::makeButton(Sign sign, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setIcon(icon(sign));
    button->setIconSize(QSize(space(font(), 5), space(font(), 5)));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void RoomHeaderView::setChat(const Chat &chat, const ChatState &state, int members, const QString &via)
{
    const bool some = !chat.id.isEmpty();
    m_shown = chat;
    for (QWidget *part :
         {static_cast<QWidget *>(m_avatar), static_cast<QWidget *>(m_search), static_cast<QWidget *>(m_more)})
        part->setVisible(some);
    m_members->setVisible(some && chat.capabilities.testFlag(Capability::Members));
    if (!some) {
        m_title->setText({});
        m_subtitle->setText({});
        return;
    }
    m_avatar->setLook({chat.title(), chat.id.address.toString(),
                       chat.isRoom() ? AvatarShape::Room : AvatarShape::Person, false});
    m_title->setText(chat.title());
    m_more->setAccessibleName(chat.isRoom() ? tr("About this room") : tr("About this person"));
    m_more->setToolTip(m_more->accessibleName());
    QString below = chat.isRoom() ? chat.subject : presenceText(state.presence);
    if (!via.isEmpty()) below = tr("In private, by way of “%1”").arg(via);
    if (chat.isRoom() && below.isEmpty() && members > 0) below = tr("%n member(s)", nullptr, members);
    m_subtitle->setText(below);
    m_subtitle->setVisible(!below.isEmpty());
}

void RoomHeaderView::setPicture(AvatarPictures *pictures)
{
    if (!pictures || m_shown.id.isEmpty()) return;
    m_avatar->setLook({m_shown.title(), m_shown.id.address.toString(),
                       m_shown.isRoom() ? AvatarShape::Room : AvatarShape::Person, false,
                       pictures->picture(m_shown, m_avatar->sizeHint().width(), devicePixelRatio())});
}

void RoomHeaderView::setBackVisible(bool visible)
{
    m_back->setVisible(visible);
}

void RoomHeaderView::setMembersShown(bool shown)
{
    m_members->setChecked(shown);
}

void RoomHeaderView::setSearchShown(bool shown)
{
    m_search->setChecked(shown);
}

void RoomHeaderView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_more->isVisible()) Q_EMIT detailsWanted();
}

void RoomHeaderView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.separator);
}

} // namespace Mingle
