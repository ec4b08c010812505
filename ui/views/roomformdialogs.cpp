// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomformdialogs.h"

#include "core/futures.h"
#include "views/peoplefield.h"
#include "views/sharelink.h"
#include "widgets/avatar.h"

#include <QCheckBox>
#include <QLineEdit>

namespace Mingle {

InviteDialog::InviteDialog(const RoomCommands &commands, const Chat &chat, const QStringList &known,
                           QWidget *parent)
    : FormDialog(tr("Ask people into “%1”").arg(singleLine(chat.title(), 60)), tr("Ask"), parent)
    , m_commands(commands)
    , m_chat(chat)
    , m_people(new PeopleField(this))
    , m_text(nullptr)
{
    m_people->setKnown(known);
    addField(tr("&People"), m_people);
    m_text = addLine(tr("&Words to them"), tr("Left empty if you like"));
    m_text->setMaxLength(500);
    addBelow(new ShareLink(chat.id.address, this));
    m_people->setFocus();
}

void InviteDialog::submit()
{
    clearError();
    const auto people = m_people->people();
    if (!people) {
        complain(m_people,
                 tr("“%1” is not an address. One looks like name@example.org.").arg(m_people->wrong()));
        return;
    }
    if (people->isEmpty()) {
        complain(m_people, tr("Whom do you want to ask in?"));
        return;
    }
    setBusy(tr("Asking…"));
    inviteNext(*people, {});
}

/// One after the other: what was done before one went wrong need not be done again.
void InviteDialog::inviteNext(QList<Jid> left, const QList<Jid> &done)
{
    if (left.isEmpty()) {
        Q_EMIT invited(done);
        return accept();
    }
    const Jid person = left.first();
    whenDone(m_commands.invite(m_chat.id, person, m_text->text().trimmed()), this,
             [this, left, done, person](const Outcome &outcome) {
                 if (outcome) return inviteNext(left.sliced(1), done + QList{person});
                 QStringList rest;
                 for (const Jid &address : left)
                     rest.append(address.toString());
                 m_people->setText(rest.join(QStringLiteral(", ")));
                 fail(outcome.error(), Attempt::Invite);
             });
}

SubjectDialog::SubjectDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("What is talked about"), tr("Change"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_subject(addLine(tr("&Topic")))
{
    m_subject->setMaxLength(1000);
    m_subject->setText(singleLine(chat.subject, 1000));
    m_subject->selectAll();
    m_subject->setFocus();
}

void SubjectDialog::submit()
{
    clearError();
    setBusy(tr("Asking the room…"));
    whenDone(m_commands.setSubject(m_chat, m_subject->text().trimmed()), this,
             [this](const Outcome &outcome) {
                 if (outcome) return accept();
                 fail(outcome.error(), Attempt::Alter);
             });
}

OwnRoomNameDialog::OwnRoomNameDialog(const Chat &chat, QWidget *parent)
    : FormDialog(tr("Your name for this room"), tr("Rename"), parent)
    , m_name(nullptr)
{
    Chat common = chat;
    common.ownName.clear();
    m_common = singleLine(common.title(), 100);
    m_name = addLine(tr("&Name"), m_common);
    addText(
        tr("Only you see it, on all your devices. Leave it empty to call the room “%1”, as the others do.")
            .arg(m_common));
    m_name->setMaxLength(100);
    m_name->setText(singleLine(chat.title(), 100));
    m_name->selectAll();
    m_name->setFocus();
}

void OwnRoomNameDialog::submit()
{
    const QString name = m_name->text().trimmed();
    Q_EMIT chosen(name == m_common ? QString() : name);
    accept();
}

namespace {
QString memberQuestion(MemberDialog::What what, const QString &name)
{
    switch (what) {
    case MemberDialog::What::Remove:
        return MemberDialog::tr("Put %1 out of the room?").arg(name);
    case MemberDialog::What::Ban:
        return MemberDialog::tr("Keep %1 out for good?").arg(name);
    case MemberDialog::What::Mute:
        return MemberDialog::tr("Take the word from %1?").arg(name);
    }
    return {};
}

QString memberMeaning(MemberDialog::What what)
{
    switch (what) {
    case MemberDialog::What::Remove:
        return MemberDialog::tr("They may come back, if the room lets them.");
    case MemberDialog::What::Ban:
        return MemberDialog::tr("They cannot come back until somebody lets them. You can undo it.");
    case MemberDialog::What::Mute:
        return MemberDialog::tr("They can read on, but not write. You can undo it.");
    }
    return {};
}

QString memberButton(MemberDialog::What what)
{
    switch (what) {
    case MemberDialog::What::Remove:
        return MemberDialog::tr("Put out");
    case MemberDialog::What::Ban:
        return MemberDialog::tr("Keep out");
    case MemberDialog::What::Mute:
        return MemberDialog::tr("Mute");
    }
    return {};
}
} // namespace

MemberDialog::MemberDialog(What what, const RoomCommands &commands, const ChatId &chat,
                           const Participant &who, QWidget *parent)
    : FormDialog(memberQuestion(what, singleLine(who.nick, 60)), memberButton(what), parent)
    , m_what(what)
    , m_commands(commands)
    , m_chat(chat)
    , m_who(who)
    , m_reason(nullptr)
{
    addText(memberMeaning(what));
    m_reason = addLine(tr("&Reason"), tr("Told to them; left empty if you like"));
    m_reason->setMaxLength(300);
    m_reason->setFocus();
}

void MemberDialog::submit()
{
    clearError();
    setBusy(tr("Asking the room…"));
    const QString reason = m_reason->text().trimmed();
    const auto asked = m_what == What::Remove ? m_commands.remove(m_chat, m_who, reason)
                       : m_what == What::Ban  ? m_commands.ban(m_chat, m_who, reason)
                                             : m_commands.setStanding(m_chat, m_who, Standing::Muted, reason);
    whenDone(asked, this, [this](const Outcome &outcome) {
        if (!outcome) return fail(outcome.error(), Attempt::Alter);
        Q_EMIT done();
        accept();
    });
}

MoveRoomDialog::MoveRoomDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("Move “%1” to a channel").arg(singleLine(chat.title(), 60)), tr("Move"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_text(nullptr)
    , m_close(new QCheckBox(tr("&Close the old room at once"), this))
{
    addText(tr("In a channel its people stay while they are offline. A new room with the same name is made, "
               "all whose "
               "address is known are asked in, and what was said here stays above what will be said there."));
    m_text = addLine(tr("&Words to them"), tr("Left empty if you like"));
    m_text->setMaxLength(300);
    m_close->setChecked(true);
    m_close->setToolTip(
        tr("Everybody is told where to go on. The server forgets what was said in it; what you have on "
           "this computer stays. Otherwise its topic tells."));
    addBelow(m_close);
    m_text->setFocus();
}

void MoveRoomDialog::submit()
{
    clearError();
    setBusy(tr("Moving the room…"));
    whenDone(m_commands.move(m_chat, m_text->text().trimmed(), m_close->isChecked()), this,
             [this](const Result<MadeRoom> &made) {
                 if (!made) return fail(made.error(), Attempt::Create);
                 Q_EMIT moved(*made);
                 accept();
             });
}

DestroyRoomDialog::DestroyRoomDialog(const RoomCommands &commands, const Chat &chat, QWidget *parent)
    : FormDialog(tr("End this room for everybody?"), tr("End the room"), parent)
    , m_commands(commands)
    , m_chat(chat.id)
    , m_name(singleLine(chat.title(), 200))
    , m_typed(nullptr)
    , m_reason(nullptr)
{
    addText(tr("“%1” is closed for all its people, and the server forgets what was said in it. What you have "
               "here stays "
               "on this computer. This cannot be undone.")
                .arg(m_name));
    m_typed = addLine(tr("Type the room's &name to go on"), m_name);
    m_reason = addLine(tr("&Reason"), tr("Told to them; left empty if you like"));
    m_reason->setMaxLength(300);
    m_typed->setFocus();
}

void DestroyRoomDialog::submit()
{
    clearError();
    if (m_typed->text().trimmed() != m_name) {
        complain(m_typed, tr("That is not the room's name."));
        return;
    }
    setBusy(tr("Ending the room…"));
    whenDone(m_commands.destroy(m_chat, m_reason->text().trimmed()), this, [this](const Outcome &outcome) {
        if (outcome) return accept();
        fail(outcome.error(), Attempt::Alter);
    });
}

} // namespace Mingle
