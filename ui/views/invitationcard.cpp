// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/invitationcard.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "views/passwordfield.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

namespace Mingle {

InvitationCard::InvitationCard(const RoomCommands &commands, QWidget *parent)
    : QWidget(parent)
    , m_commands(commands)
    , m_picture(new AvatarLabel(16, this))
    , m_title(plainLabel({}, this))
    , m_who(plainLabel({}, this))
    , m_words(plainLabel({}, this))
    , m_address(plainLabel({}, this))
    , m_error(new ErrorView(this))
    , m_progress(new QProgressBar(this))
    , m_accept(new QPushButton(tr("Enter the room"), this))
    , m_decline(new QPushButton(tr("No, thanks"), this))
{
    setAccessibleName(tr("Invitation"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_title->setFont(sized(font(), TextSize::Large, QFont::DemiBold));
    m_address->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_title, m_who, m_words, m_address})
        label->setAlignment(Qt::AlignHCenter);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(space(font(), 1));
    m_progress->setAccessibleName(tr("Waiting for the room"));
    m_accept->setDefault(true);
    connect(m_accept, &QPushButton::clicked, this, &InvitationCard::accept);
    connect(m_decline, &QPushButton::clicked, this, &InvitationCard::decline);

    for (QPushButton *button : {m_accept, m_decline})
        button->setMinimumHeight(space(font(), 8));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_decline);
    buttons->addWidget(m_accept);
    buttons->addStretch();
    auto *card = new QWidget(this);
    card->setMaximumWidth(space(font(), 110));
    auto *column = new QVBoxLayout(card);
    column->setSpacing(space(font(), 2));
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    for (QLabel *label : {m_title, m_address, m_who, m_words})
        column->addWidget(label);
    column->addWidget(m_error);
    column->addWidget(makeFields());
    column->addWidget(m_progress);
    column->addLayout(buttons);
    auto *outer = new QVBoxLayout(this);
    outer->addStretch(2);
    auto *middle = new QHBoxLayout;
    middle->addStretch();
    middle->addWidget(card, 1);
    middle->addStretch();
    outer->addLayout(middle);
    outer->addStretch(3);
}

QWidget *InvitationCard::makeFields()
{
    auto *fields = new QWidget(this);
    auto *form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_nick = new QLineEdit(fields);
    m_nick->setMaxLength(100);
    m_nick->setAccessibleName(tr("Your name in the room"));
    m_password = new PasswordField(fields);
    for (QLineEdit *line : {m_nick, static_cast<QLineEdit *>(m_password)})
        line->setMinimumHeight(space(font(), 8));
    m_password->setAccessibleName(tr("Password of the room"));
    m_nickLabel = plainLabel(tr("Your name in the room"), fields);
    m_passwordLabel = plainLabel(tr("Password of the room"), fields);
    form->addRow(m_nickLabel, m_nick);
    form->addRow(m_passwordLabel, m_password);
    connect(m_nick, &QLineEdit::returnPressed, this, &InvitationCard::accept);
    connect(m_password, &QLineEdit::returnPressed, this, &InvitationCard::accept);
    return fields;
}

void InvitationCard::setInvitation(const Chat &chat, bool known)
{
    const QString room = singleLine(chat.title(), 100);
    const QString from = chat.invitation.from.toString();
    m_picture->setLook({room, chat.id.address.toString(), AvatarShape::Room});
    m_title->setText(room);
    m_address->setText(chat.description.isEmpty()
                           ? chat.id.address.toString()
                           : QString(singleLine(chat.description, 300) + u'\n' + chat.id.address.toString()));
    m_who->setText(
        known ? tr("%1 asks you into this room.").arg(from)
              : tr("%1 asks you into this room. You do not know this address: enter only if you expected it.")
                    .arg(from));
    m_words->setText(chat.invitation.text.isEmpty() ? QString()
                                                    : tr("“%1”").arg(chat.invitation.text.left(1000)));
    m_words->setVisible(!chat.invitation.text.isEmpty());
    if (chat.id == m_chat) return;
    m_chat = chat.id;
    m_nick->clear();
    m_nick->setPlaceholderText(chat.id.account.local());
    m_password->clear();
    m_password->setVisible(false);
    m_passwordLabel->setVisible(false);
    m_error->clear();
    setBusy(false);
}

void InvitationCard::focusFirst()
{
    m_accept->setFocus(Qt::OtherFocusReason);
}

void InvitationCard::setBusy(bool busy)
{
    m_progress->setVisible(busy);
    for (QWidget *widget : {static_cast<QWidget *>(m_accept), static_cast<QWidget *>(m_decline),
                            static_cast<QWidget *>(m_nick), static_cast<QWidget *>(m_password)})
        widget->setEnabled(!busy);
}

void InvitationCard::accept()
{
    m_error->clear();
    setBusy(true);
    const ChatId chat = m_chat;
    whenDone(m_commands.accept(chat, m_nick->text().trimmed(), m_password->text()), this,
             [this, chat](const Result<ChatId> &answer) {
                 if (chat != m_chat) return;
                 setBusy(false);
                 if (answer)
                     Q_EMIT accepted(*answer);
                 else
                     refused(answer.error());
             });
}

void InvitationCard::refused(const Error &error)
{
    m_error->setError(error, Attempt::Join);
    if (error.condition == u"not-authorized") {
        m_password->setVisible(true);
        m_passwordLabel->setVisible(true);
        m_password->setFocus();
    } else if (error.condition == u"conflict" || error.condition == u"not-acceptable") {
        m_nick->setFocus();
    }
}

void InvitationCard::decline()
{
    m_error->clear();
    setBusy(true);
    const ChatId chat = m_chat;
    whenDone(m_commands.decline(chat), this, [this, chat](const Outcome &outcome) {
        if (chat != m_chat) return;
        setBusy(false);
        if (!outcome) m_error->setError(outcome.error(), Attempt::Leave);
    });
}

} // namespace Mingle
