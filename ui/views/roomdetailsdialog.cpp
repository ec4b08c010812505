// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomdetailsdialog.h"

#include "views/errorview.h"
#include "views/roomwords.h"
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
    , m_rows(new QFormLayout)
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

    m_rows->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_rows->setSpacing(space(font(), 1));
    if (chat.isRoom() && !chat.ownName.isEmpty()) addRow(tr("Called by the others"), chat.name);
    if (chat.isRoom()) addRow(tr("What it is for"), chat.description);
    if (chat.isRoom()) addRow(tr("What it is about"), chat.subject);
    addRow(tr("Address"), chat.id.address.toString());
    addRow(tr("With your account"), chat.id.account.toString());
    if (chat.isRoom()) addRow(tr("Your name in it"), chat.nick);
    if (members >= 0 && chat.isRoom()) addRow(tr("Members"), QLocale().toString(members));
    if (!chat.isRoom()) {
        addRow(tr("Calls themselves"), chat.description);
        addRow(tr("Now"), presenceText(state.presence));
        addRow(tr("Between you"), tiesText(chat.ties));
    }
    addRow(tr("Kind"), kindText(chat.kind));
    addRow(tr("Older messages"), chat.capabilities.testFlag(Capability::Archive)
                                     ? tr("kept by the server")
                                     : tr("not kept by the server, only on this computer"));
    column->addLayout(m_rows);
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

void RoomDetailsDialog::addRow(const QString &label, const QString &text)
{
    if (text.isEmpty()) return;
    auto *name = new QLabel(this);
    name->setTextFormat(Qt::PlainText);
    name->setText(label);
    name->setFont(sized(font(), TextSize::Small));
    QPalette quiet = name->palette();
    quiet.setColor(QPalette::WindowText, Theme::of(this).muted);
    name->setPalette(quiet);
    QLabel *value = plainLabel(singleLine(text, 1000), this);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(label + QStringLiteral(": ") + value->text());
    value->setContentsMargins(0, 0, 0, space(font(), 2));
    m_rows->addRow(name, value);
}

} // namespace Mingle
