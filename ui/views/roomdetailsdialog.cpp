// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomdetailsdialog.h"

#include "views/detailrows.h"
#include "views/errorview.h"
#include "views/roomwords.h"
#include "views/sharelink.h"
#include "widgets/avatarpictures.h"
#include "widgets/theme.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace Mingle {

namespace {

QString kindText(ChatKind kind)
{
    switch (kind) {
    case ChatKind::Mix:
        return RoomDetailsDialog::tr("MIX channel");
    case ChatKind::Muc:
        return RoomDetailsDialog::tr("MUC room");
    case ChatKind::Person:
        break;
    }
    return RoomDetailsDialog::tr("Talk between two");
}

} // namespace

RoomDetailsDialog::RoomDetailsDialog(const Chat &chat, const ChatState &state, int members, QWidget *parent)
    : GrowingDialog(parent)
{
    setWindowTitle(chat.isRoom() ? tr("About this room") : tr("About this person"));
    const int gap = space(font(), 3);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    column->setSpacing(gap);

    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    auto *avatar = new AvatarLabel(14, this);
    AvatarPictures *pictures = AvatarPictures::of(this);
    avatar->setLook(
        {chat.title(), chat.id.address.toString(), chat.isRoom() ? AvatarShape::Room : AvatarShape::Person,
         false,
         pictures ? pictures->picture(chat, avatar->sizeHint().width(), devicePixelRatio()) : QPixmap()});
    QLabel *title = plainLabel(singleLine(chat.title()), this);
    title->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    head->addWidget(avatar, 0, Qt::AlignTop);
    head->addWidget(title, 1);
    column->addLayout(head);

    auto *error = new ErrorView(this);
    column->addWidget(error);
    const bool failed = chat.isRoom() && state.membership == Membership::Failed;
    if (failed) error->setError(state.failure, Attempt::Join);

    DetailRows rows(this);
    if (chat.isRoom() && !chat.ownName.isEmpty()) rows.add(tr("Called by the others"), chat.name);
    if (chat.isRoom()) rows.add(tr("What it is for"), chat.description);
    if (chat.isRoom()) rows.add(tr("What it is about"), chat.subject);
    rows.add(tr("Address"), chat.id.address.toString());
    rows.add(tr("With your account"), chat.id.account.toString());
    if (chat.isRoom()) rows.add(tr("Your name in it"), chat.nick);
    if (members >= 0 && chat.isRoom()) rows.add(tr("Members"), QLocale().toString(members));
    if (!chat.isRoom()) {
        rows.add(tr("Calls themselves"), chat.description);
        rows.add(tr("Now"), presenceText(state.presence));
        rows.add(tr("Between you"), tiesText(chat.ties));
    }
    rows.add(tr("Kind"), kindText(chat.kind));
    rows.add(tr("Older messages"), chat.capabilities.testFlag(Capability::Archive)
                                       ? tr("kept by the server")
                                       : tr("not kept by the server, only on this computer"));
    column->addLayout(rows.layout());
    if (chat.isRoom()) column->addWidget(new ShareLink(chat.id.address, this));
    column->addStretch();

    auto *buttons = closeBox(this);
    QPushButton *copy = buttons->addButton(tr("Copy address"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
            [address = chat.id.address.toString()] { QGuiApplication::clipboard()->setText(address); });
    if (failed) {
        connect(buttons->addButton(tr("Try to join"), QDialogButtonBox::ActionRole), &QPushButton::clicked,
                this, [this] {
                    accept();
                    Q_EMIT rejoinWanted();
                });
    }
    if (chat.isRoom()) {
        QPushButton *leave = buttons->addButton(tr("Leave…"), QDialogButtonBox::DestructiveRole);
        connect(leave, &QPushButton::clicked, this, [this] {
            accept();
            Q_EMIT leaveWanted();
        });
    }
    for (QPushButton *button : buttons->findChildren<QPushButton *>())
        button->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    column->addWidget(buttons);
    setMinimumWidth(space(font(), 95));
}

} // namespace Mingle
