// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/createroomdialog.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "views/peoplefield.h"
#include "views/picturefield.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QToolButton>

namespace Mingle {

CreateRoomDialog::CreateRoomDialog(const RoomCommands &commands, const QList<Account> &accounts,
                                   const QStringList &known, QWidget *parent)
    : FormDialog(tr("Make a room"), tr("Make"), parent)
    , m_commands(commands)
    , m_accounts(addAccounts(accounts))
    , m_name(addLine(tr("&Name of the room"), tr("For example: Garden plans")))
    , m_description(addLine(tr("What it is &for"), tr("Left empty if the name says it")))
{
    m_name->setMaxLength(200);
    m_description->setMaxLength(1000);
    addKinds();
    m_people = new PeopleField(this);
    m_people->setKnown(known);
    addField(tr("&People to ask in"), m_people);
    addPicture();
    addDetails();
    m_name->setFocus();
}

void CreateRoomDialog::addPicture()
{
    const auto look = [this] { return AvatarLook{m_name->text().trimmed(), {}, AvatarShape::Room}; };
    m_picture = new PictureField(look(), this, 16);
    addField(tr("Pic&ture"), m_picture);
    connect(m_name, &QLineEdit::textChanged, this, [this, look] { m_picture->setLook(look()); });
    connect(m_picture, &PictureField::failed, this,
            [this](const QString &text) { complain(m_picture, text); });
    connect(m_picture, &PictureField::chosenAnew, this, &CreateRoomDialog::clearError);
}

/// A choice with a sentence below it that says what it means.
QRadioButton *CreateRoomDialog::addChoice(const QString &text, const QString &meaning)
{
    auto *choice = new QRadioButton(text, this);
    choice->setAccessibleDescription(meaning);
    m_choices->addButton(choice);
    // Not one that wraps: a form with such lines does not find its height.
    auto *words = new ElidedLabel(meaning, this);
    words->setFont(sized(font(), TextSize::Small));
    words->setMuted(true);
    words->setContentsMargins(space(font(), 6), 0, 0, space(font(), 1));
    addBelow(choice);
    addBelow(words);
    return choice;
}

void CreateRoomDialog::addKinds()
{
    m_choices = new QButtonGroup(this);
    m_private = addChoice(tr("P&rivate"), tr("Only those who are asked in; they see addresses."));
    addChoice(tr("P&ublic"), tr("Anybody can find it and enter. Addresses stay hidden."));
    m_private->setChecked(true);
}

void CreateRoomDialog::addDetails()
{
    auto *fold = new QToolButton(this);
    fold->setText(tr("Details"));
    fold->setIcon(icon(Sign::Right));
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setAutoRaise(true);
    fold->setCheckable(true);
    fold->setFocusPolicy(Qt::StrongFocus);
    connect(fold, &QToolButton::toggled, this, [this, fold](bool open) {
        fold->setIcon(icon(open ? Sign::Down : Sign::Right));
        showDetails(open);
    });
    addBelow(fold);
    m_nick = addLine(tr("&Your name in the room"), accountIn(m_accounts).local());
    m_kind = new QComboBox(this);
    m_kind->addItem(tr("What suits the servers"));
    m_kind->addItem(tr("MIX channel"), int(ChatKind::Mix));
    m_kind->addItem(tr("MUC room"), int(ChatKind::Muc));
    addField(tr("&Kind"), m_kind);
    showDetails(false);
}

void CreateRoomDialog::showDetails(bool open)
{
    setFieldVisible(m_nick, open);
    setFieldVisible(m_kind, open);
}

void CreateRoomDialog::submit()
{
    clearError();
    NewRoom wanted;
    wanted.name = m_name->text().trimmed();
    if (wanted.name.isEmpty()) {
        complain(m_name, tr("A room needs a name."));
        return;
    }
    const auto people = m_people->people();
    if (!people) {
        complain(m_people,
                 tr("“%1” is not an address. One looks like name@example.org.").arg(m_people->wrong()));
        return;
    }
    wanted.people = *people;
    wanted.description = m_description->text().trimmed();
    wanted.isPrivate = m_private->isChecked();
    wanted.nick = m_nick->text().trimmed();
    if (m_kind->currentData().isValid()) wanted.kind = ChatKind(m_kind->currentData().toInt());
    setBusy(tr("Making the room…"));
    whenDone(m_commands.create(accountIn(m_accounts), wanted), this, [this](const Result<MadeRoom> &answer) {
        if (!answer) {
            fail(answer.error(), Attempt::Create);
            return;
        }
        if (m_picture->chosen().data.isEmpty()) return finish(*answer);
        whenDone(m_commands.setPicture(answer->chat, m_picture->chosen().data, m_picture->chosen().type),
                 this, [this, made = *answer](const Outcome &set) {
                     finish(made);
                     if (!set) Q_EMIT pictureRefused();
                 });
    });
}

void CreateRoomDialog::finish(const MadeRoom &made)
{
    Q_EMIT created(made);
    accept();
}

} // namespace Mingle
