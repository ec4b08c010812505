// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/memberactions.h"

#include "core/futures.h"
#include "models/roomlistmodel.h"
#include "views/donestripview.h"
#include "views/membercard.h"
#include "views/roomformdialogs.h"
#include "widgets/avatar.h"
#include "widgets/icons.h"

#include <QMenu>

namespace Mingle {

bool standsAbove(Capabilities mine, Standing theirs)
{
    if (mine.testFlag(Capability::Appoint)) return true;
    const bool above = theirs == Standing::Owner || theirs == Standing::Admin;
    return !above;
}

MemberActions::MemberActions(const RoomCommands &commands, RoomListModel &rooms, DoneStripView &strip,
                             QWidget *window)
    : QObject(window)
    , m_commands(commands)
    , m_rooms(rooms)
    , m_strip(strip)
    , m_window(window)
{}

void MemberActions::extend(QMenu *menu, const ChatId &id, const Participant &who)
{
    const Chat chat = m_rooms.chat(id);
    const bool inside = m_rooms.state(id).membership == Membership::Joined;
    if (inside && !who.isMe) addTalk(menu, chat, who);
    if (!inside || who.isMe || !standsAbove(chat.capabilities, who.standing)) return;
    addStandings(menu, chat, who);
    addSilence(menu, chat, who);
    addGoing(menu, chat, who);
}

/// For somebody whose address the room hides; all others are written to directly, which works without the room.
void MemberActions::addTalk(QMenu *menu, const Chat &chat, const Participant &who)
{
    if (!who.address.isEmpty() || !who.present || !chat.capabilities.testFlag(Capability::PrivateTalk))
        return;
    menu->addAction(icon(Sign::Person), tr("Talk in private"), this,
                    [this, id = chat.id, who] { talkInPrivate(id, who); });
}

void MemberActions::talkInPrivate(const ChatId &chat, const Participant &who)
{
    whenDone(m_commands.talkInPrivate(chat, who), this, [this](const Result<ChatId> &talk) {
        if (talk)
            Q_EMIT talkWanted(*talk);
        else
            m_strip.fail(talk.error());
    });
}

void MemberActions::showCard(const ChatId &chat, const Participant &who)
{
    const Chat known = who.address.isEmpty() ? Chat() : m_rooms.chat({chat.account, who.address});
    auto *card = new MemberCard(m_rooms.chat(chat), who, known, m_window);
    card->setAttribute(Qt::WA_DeleteOnClose);
    connect(card, &MemberCard::talkWanted, this, &MemberActions::personWanted);
    connect(card, &MemberCard::privateTalkWanted, this, [this, chat, who] { talkInPrivate(chat, who); });
    connect(card, &MemberCard::addWanted, this, &MemberActions::addWanted);
    card->open();
}

void MemberActions::addStandings(QMenu *menu, const Chat &chat, const Participant &who)
{
    if (!chat.capabilities.testFlag(Capability::Promote)) return;
    menu->addSeparator();
    const bool appoints = chat.capabilities.testFlag(Capability::Appoint);
    const auto offer = [&](Standing standing, const QString &text) {
        if (who.standing == standing) return;
        menu->addAction(text, this, [this, id = chat.id, who, standing] { setStanding(id, who, standing); });
    };
    if (appoints) {
        offer(Standing::Owner, tr("Make an owner"));
        offer(Standing::Admin, tr("Let look after the room"));
    }
    offer(Standing::Member, tr("Make a member"));
    // In a room for members only that would be the same as putting out.
    const bool isMember = who.standing != Standing::Guest && who.standing != Standing::Muted;
    if (isMember && !chat.isPrivate()) offer(Standing::Guest, tr("Make a guest"));
}

void MemberActions::addSilence(QMenu *menu, const Chat &chat, const Participant &who)
{
    if (!chat.capabilities.testFlag(Capability::Mute) || !who.present) return;
    if (who.standing == Standing::Muted) {
        menu->addAction(tr("Give the word"), this, [this, id = chat.id, who] {
            run([this, id, who] { return m_commands.setStanding(id, who, Standing::Guest, {}); },
                tr("%1 may write again.").arg(singleLine(who.nick, 60)), {});
        });
        return;
    }
    if (who.standing == Standing::Owner || who.standing == Standing::Admin)
        return; // they keep the word always
    menu->addAction(tr("Mute…"), this, [this, id = chat.id, who] {
        auto *dialog = new MemberDialog(MemberDialog::What::Mute, m_commands, id, who, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &MemberDialog::done, this, [this, id, who] {
            m_strip.say(tr("%1 can only read now.").arg(singleLine(who.nick, 60)),
                        standingBack(id, who, Standing::Muted));
        });
        dialog->open();
    });
}

void MemberActions::addGoing(QMenu *menu, const Chat &chat, const Participant &who)
{
    using What = MemberDialog::What;
    const auto offer = [&](What what, const QString &text, const QString &done, const Call &undo) {
        menu->addAction(icon(Sign::Leave), text, this, [this, id = chat.id, who, what, done, undo] {
            auto *dialog = new MemberDialog(what, m_commands, id, who, m_window);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &MemberDialog::done, this, [this, done, undo] { m_strip.say(done, undo); });
            dialog->open();
        });
    };
    if (chat.capabilities.testAnyFlags(Capability::Remove | Capability::Ban)) menu->addSeparator();
    const QString name = singleLine(who.nick, 60);
    if (chat.capabilities.testFlag(Capability::Remove)) {
        // Somebody who was put out of a members' room for being no member any more is put back on its list.
        const Call back =
            who.present || who.address.isEmpty() ? Call() : standingBack(chat.id, who, Standing::Guest);
        offer(What::Remove, tr("Put out…"), tr("%1 was put out.").arg(name), back);
    }
    if (!chat.capabilities.testFlag(Capability::Ban)) return;
    Call back;
    if (!who.address.isEmpty()) {
        const bool listed = who.standing == Standing::Owner || who.standing == Standing::Admin
                            || who.standing == Standing::Member;
        back = [this, id = chat.id, who, listed] {
            if (!listed) return m_commands.takeOffList(id, AccessList::Banned, who.address);
            ListedPerson person;
            person.address = who.address;
            person.standing = who.standing;
            // One change of affiliation: it takes off the one list and puts on the other.
            return m_commands.takeOffList(id, AccessList::Banned, who.address)
                .then(this,
                      [this, id, person](const Outcome &outcome) {
                          return outcome ? m_commands.putOnList(id, AccessList::Allowed, person)
                                         : answered(outcome);
                      })
                .unwrap();
        };
    }
    offer(What::Ban, tr("Keep out for good…"), tr("%1 is kept out for good.").arg(name), back);
}

MemberActions::Call MemberActions::standingBack(const ChatId &chat, const Participant &who,
                                                Standing now) const
{
    Participant as = who;
    as.standing = now;
    const Standing before = who.standing == Standing::Muted ? Standing::Guest : who.standing;
    return [commands = m_commands, chat, as, before] { return commands.setStanding(chat, as, before, {}); };
}

void MemberActions::setStanding(const ChatId &chat, const Participant &who, Standing standing)
{
    const QString name = singleLine(who.nick, 60);
    QString done;
    switch (standing) {
    case Standing::Owner:
        done = tr("%1 is an owner now.").arg(name);
        break;
    case Standing::Admin:
        done = tr("%1 looks after the room now.").arg(name);
        break;
    case Standing::Member:
        done = tr("%1 is a member now.").arg(name);
        break;
    default:
        done = tr("%1 is a guest now.").arg(name);
        break;
    }
    run([this, chat, who, standing] { return m_commands.setStanding(chat, who, standing, {}); }, done,
        standingBack(chat, who, standing));
}

void MemberActions::run(const Call &call, const QString &done, const Call &undo)
{
    m_strip.wait(tr("Asking the room…"));
    whenDone(call(), this, [this, done, undo](const Outcome &outcome) {
        if (outcome)
            m_strip.say(done, undo);
        else
            m_strip.fail(outcome.error());
    });
}

} // namespace Mingle
