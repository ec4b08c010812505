// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/membercard.h"

#include "views/detailrows.h"
#include "views/errorview.h"
#include "views/roomwords.h"
#include "widgets/avatarpictures.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Mingle {

MemberCard::MemberCard(const Chat &room, const Participant &who, const Chat &known, QWidget *parent)
    : GrowingDialog(parent)
    , m_column(new QVBoxLayout(this))
{
    const QString nick = who.nick.isEmpty() ? tr("Unknown member") : singleLine(who.nick, 100);
    setWindowTitle(tr("About %1").arg(nick));
    const int gap = space(font(), 3);
    m_column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    m_column->setSpacing(gap);
    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    auto *avatar = new AvatarLabel(20, this);
    AvatarPictures *pictures = AvatarPictures::of(this);
    avatar->setLook({who.nick, colourKey(who.address, who.key, who.nick), AvatarShape::Person, !who.present,
                     pictures
                         ? pictures->picture(room.id, who, avatar->sizeHint().width(), devicePixelRatio())
                         : QPixmap()});
    auto *texts = new QVBoxLayout;
    QLabel *name = plainLabel(nick, this);
    name->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    texts->addWidget(name);
    texts->addWidget(plainLabel(who.present ? tr("In the room") : tr("Not here now"), this));
    texts->addStretch();
    head->addWidget(avatar, 0, Qt::AlignTop);
    head->addLayout(texts, 1);
    m_column->addLayout(head);

    DetailRows rows(this);
    rows.add(tr("In “%1”").arg(singleLine(room.title(), 60)), standingText(who.standing));
    rows.add(tr("Address"),
             who.address.isEmpty() ? tr("The room hides it from you") : who.address.toString());
    if (!known.id.isEmpty() && known.title() != nick) rows.add(tr("You call them"), known.title());
    if (!who.address.isEmpty() && !who.isMe) rows.add(tr("Between you"), tiesText(known.ties));
    m_column->addLayout(rows.layout());
    m_column->addStretch();
    addButtons(room, who, known);
    setMinimumWidth(space(font(), 85));
}

void MemberCard::addButtons(const Chat &room, const Participant &who, const Chat &known)
{
    auto *buttons = closeBox(this);
    const auto offer = [this, buttons](const QString &text, const auto &action) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        connect(button, &QPushButton::clicked, this, [this, action] {
            accept();
            action();
        });
        return button;
    };
    QPushButton *first = nullptr;
    if (!who.isMe && !who.address.isEmpty()) {
        first = offer(tr("Talk"), [this, who] { Q_EMIT talkWanted(who.address); });
        if (!known.ties.testFlag(Tie::Contact))
            offer(tr("Add to contacts…"), [this, who] { Q_EMIT addWanted(who.address, who.nick); });
    } else if (!who.isMe && who.present && room.capabilities.testFlag(Capability::PrivateTalk)) {
        first = offer(tr("Talk in private"), [this] { Q_EMIT privateTalkWanted(); });
    }
    if (!who.address.isEmpty()) {
        QPushButton *copy = buttons->addButton(tr("Copy address"), QDialogButtonBox::ActionRole);
        connect(copy, &QPushButton::clicked, this,
                [who] { QGuiApplication::clipboard()->setText(who.address.toString()); });
    }
    if (!first) first = buttons->button(QDialogButtonBox::Close);
    for (QPushButton *button : buttons->findChildren<QPushButton *>())
        button->setAutoDefault(false);
    first->setDefault(true);
    first->setFocus();
    m_column->addWidget(buttons);
}

} // namespace Mingle
