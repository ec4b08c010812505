// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/personactions.h"

#include "core/futures.h"
#include "models/roomlistmodel.h"
#include "shell/windowactions.h"
#include "views/blockedpeopledialog.h"
#include "views/donestripview.h"
#include "views/persondialogs.h"
#include "widgets/avatar.h"
#include "widgets/icons.h"

#include <QAction>
#include <QMenu>

namespace Mingle {

namespace {
template<typename Dialog>
void open(Dialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}
} // namespace

PersonActions::PersonActions(const Needs &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{
    struct Item {
        QString text;
        Sign sign;
    };
    const Item items[] = {
        {tr("Add to contacts…"), Sign::Add},
        {tr("Rename…"), Sign::Person},
        {tr("Ask to see when they are online"), Sign::Show},
        {tr("Show them when I am online"), Sign::Show},
        {tr("Hide from them when I am online"), Sign::Hide},
        {tr("Remove from contacts…"), Sign::Leave},
        {tr("Block…"), Sign::Lock},
        {tr("Unblock"), Sign::Lock},
    };
    QMenu *menu = m_needs.actions.chatMenu();
    for (qsizetype i = 0; i < qsizetype(std::size(items)); ++i) {
        auto *action = new QAction(icon(items[i].sign), items[i].text, window);
        menu->insertAction(m_needs.actions.leave, action);
        connect(action, &QAction::triggered, this,
                [this, i] { act(What(i), m_needs.rooms.chat(m_needs.subject())); });
        m_items.append(action);
    }
    connect(m_needs.actions.addContact, &QAction::triggered, this, [this] { add({}); });
    connect(m_needs.actions.blockedPeople, &QAction::triggered, this, &PersonActions::showBlocked);
    setChat({});
}

void PersonActions::setChat(const Chat &chat)
{
    // Somebody met in a room has no address to be a contact by. Of an address alone nobody can tell that it is a channel's.
    const bool met = !chat.id.address.isBare() || m_needs.rooms.contains({chat.id.account, chat.viaRoom()});
    const bool person = !chat.id.isEmpty() && !chat.isRoom() && !met;
    const Ties ties = chat.ties;
    const bool contact = person && ties.testFlag(Tie::Contact);
    const auto offer = [this](What what, bool fits) {
        action(what)->setVisible(fits);
        action(what)->setEnabled(fits);
    };
    offer(What::Add, person && !contact && !chat.isBlocked());
    offer(What::Rename, contact);
    offer(What::AskToSee, contact && !ties.testAnyFlags(Tie::Seen | Tie::Asked));
    offer(What::LetSee, contact && !ties.testFlag(Tie::SeesMe));
    offer(What::StopShowing, person && ties.testFlag(Tie::SeesMe));
    offer(What::Remove, contact);
    offer(What::Block, person && !chat.isBlocked());
    offer(What::Unblock, person && chat.isBlocked());
}

void PersonActions::act(What what, const Chat &chat)
{
    if (chat.id.isEmpty()) return;
    const PeopleCommands &commands = m_needs.commands;
    const QString name = singleLine(chat.title(), 60);
    switch (what) {
    case What::Add:
        return add(chat);
    case What::Rename:
        return rename(chat);
    case What::AskToSee:
        return run(commands.askToSee(chat.id), tr("%1 is asked.").arg(name));
    case What::LetSee:
        return run(commands.acceptRequest(chat.id), tr("%1 sees when you are online.").arg(name));
    case What::StopShowing:
        return run(commands.stopShowing(chat.id), tr("%1 no longer sees when you are online.").arg(name));
    case What::Remove:
        return remove(chat);
    case What::Block:
        return block(chat);
    case What::Unblock:
        return unblock(chat);
    }
}

void PersonActions::answer(const ChatId &id, RequestBar::Answer answer)
{
    using Answer = RequestBar::Answer;
    const Chat chat = m_needs.rooms.chat(id);
    if (chat.id.isEmpty()) return;
    const PeopleCommands &commands = m_needs.commands;
    switch (answer) {
    case Answer::AcceptTalk:
        return run(commands.acceptTalk(id), {});
    case Answer::Dismiss:
        return run(commands.dismiss(id), tr("The request is gone. They are not told."));
    case Answer::Block:
        return block(chat);
    case Answer::LetSee:
        return run(commands.acceptRequest(id),
                   tr("%1 sees when you are online.").arg(singleLine(chat.title(), 60)));
    case Answer::StopShowing:
        return run(commands.stopShowing(id),
                   tr("%1 does not see when you are online.").arg(singleLine(chat.title(), 60)));
    case Answer::Unblock:
        return unblock(chat);
    }
}

void PersonActions::add(const Chat &chat)
{
    QList<Account> accounts = m_needs.accounts();
    if (!chat.id.isEmpty())
        accounts.removeIf([&](const Account &account) { return account.address != chat.id.account; });
    auto *dialog = new AddContactDialog(m_needs.commands, accounts, m_window);
    if (!chat.id.isEmpty()) dialog->fill(chat.id.address.toString(), singleLine(chat.description, 100));
    connect(dialog, &AddContactDialog::added, this, &PersonActions::chatWanted);
    open(dialog);
}

void PersonActions::addPerson(const ChatId &person, const QString &name)
{
    Chat chat;
    chat.id = person;
    chat.description = name;
    add(chat);
}

void PersonActions::rename(const Chat &chat)
{
    open(new RenameContactDialog(m_needs.commands, chat, m_window));
}

void PersonActions::remove(const Chat &chat)
{
    auto *dialog = new RemoveContactDialog(m_needs.commands, chat, m_window);
    const QString name = singleLine(chat.title(), 60);
    connect(dialog, &RemoveContactDialog::removed, this,
            [this, name] { m_needs.strip.say(tr("%1 is no contact of yours any more.").arg(name), {}); });
    open(dialog);
}

void PersonActions::block(const Chat &chat)
{
    auto *dialog = new BlockDialog(m_needs.commands, chat, m_window);
    const QString name = singleLine(chat.title(), 60);
    connect(dialog, &BlockDialog::blocked, this, [this, name, id = chat.id](bool reported) {
        m_needs.strip.say(reported ? tr("%1 is blocked and reported.").arg(name)
                                   : tr("%1 is blocked.").arg(name),
                          [commands = m_needs.commands, id] { return commands.unblock(id); });
    });
    open(dialog);
}

void PersonActions::unblock(const Chat &chat)
{
    run(m_needs.commands.unblock(chat.id), tr("%1 can reach you again.").arg(singleLine(chat.title(), 60)));
}

void PersonActions::showBlocked()
{
    open(new BlockedPeopleDialog(m_needs.commands, m_needs.accounts(), m_window));
}

void PersonActions::run(const QFuture<Outcome> &outcome, const QString &done)
{
    if (!done.isEmpty()) m_needs.strip.wait(tr("Asking the server…"));
    whenDone(outcome, this, [this, done](const Outcome &came) {
        if (!came) return m_needs.strip.fail(came.error());
        if (!done.isEmpty()) m_needs.strip.say(done, {});
    });
}

} // namespace Mingle
