// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/chatchoices.h"

#include "core/futures.h"
#include "models/favourites.h"
#include "models/roomlistmodel.h"
#include "shell/windowactions.h"
#include "views/roomformdialogs.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace Mingle {

ChatChoices::ChatChoices(const Needs &needs, QObject *parent)
    : QObject(parent)
    , m_needs(needs)
{
    WindowActions &actions = m_needs.actions;
    const auto on = [this](QAction *action, auto call) { connect(action, &QAction::triggered, this, call); };
    on(actions.favourite, [this] { toggle(m_needs.subject()); });
    on(actions.favouriteUp, [this] { move(m_needs.subject(), -1); });
    on(actions.favouriteDown, [this] { move(m_needs.subject(), 1); });
    on(actions.ownName, [this] { name(m_needs.subject()); });
    on(actions.notifyUsual, [this] { notify(NotifyWhen::Usual); });
    on(actions.notifyAlways, [this] { notify(NotifyWhen::Always); });
    on(actions.notifyOnMention, [this] { notify(NotifyWhen::OnMention); });
    on(actions.notifyNever, [this] { notify(NotifyWhen::Never); });
    connect(actions.chatMenu(), &QMenu::aboutToShow, this, &ChatChoices::refresh);
    connect(&m_needs.rooms, &RoomListModel::favouriteDropped, this, &ChatChoices::place);
}

void ChatChoices::refresh()
{
    WindowActions &actions = m_needs.actions;
    const Chat chat = m_needs.rooms.chat(m_needs.subject());
    actions.favourite->setText(chat.pinned ? tr("Take from favourites") : tr("Add to favourites"));
    for (QAction *action : {actions.favouriteUp, actions.favouriteDown})
        action->setVisible(chat.pinned);
    const qsizetype place = placeOf(chat.id);
    actions.favouriteUp->setEnabled(place > 0);
    actions.favouriteDown->setEnabled(place + 1 < m_needs.rooms.favourites().size());
    const bool each = notifyLevel(NotifyWhen::Usual, chat.kind, chat.isPrivate()) == NotifyWhen::Always;
    actions.notifyUsual->setText(each ? tr("As usual: every message") : tr("As usual: when I am mentioned"));
    // Nobody is mentioned where there are only two, but another device may have chosen it.
    const bool mentions = chat.isRoom() || chat.notify == NotifyWhen::OnMention;
    actions.notifyOnMention->setVisible(mentions);
    const QList<QAction *> levels{actions.notifyUsual, actions.notifyAlways, actions.notifyOnMention,
                                  actions.notifyNever};
    levels.at(int(chat.notify))->setChecked(true);
}

/// Seen at once: who moves one several places down does not wait for the database.
void ChatChoices::choose(const ChatId &chat, const ChatPreference &wanted, PreferenceParts parts)
{
    const ChatPreference before(m_needs.rooms.chat(chat));
    ChatPreference after = before;
    after.takeFrom(wanted, parts);
    m_needs.rooms.setPreference(chat, after);
    whenDone(m_needs.commands.choose(chat, wanted, parts), this, [this, chat, before](const Outcome &stored) {
        if (!stored) m_needs.rooms.setPreference(chat, before);
    });
}

void ChatChoices::notify(NotifyWhen when)
{
    choose(m_needs.subject(), {when, false, 0}, PreferencePart::Notify);
}

void ChatChoices::name(const ChatId &chat)
{
    auto *dialog = new OwnRoomNameDialog(m_needs.rooms.chat(chat), m_needs.window);
    connect(dialog, &OwnRoomNameDialog::chosen, this, [this, chat](const QString &name) {
        choose(chat, {NotifyWhen::Usual, false, 0, name}, PreferencePart::Name);
    });
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

qsizetype ChatChoices::placeOf(const ChatId &chat) const
{
    const QList<Chat> all = m_needs.rooms.favourites();
    const auto found = std::ranges::find(all, chat, &Chat::id);
    return found == all.end() ? -1 : found - all.begin();
}

void ChatChoices::toggle(const ChatId &chat)
{
    if (placeOf(chat) < 0) return place(chat, m_needs.rooms.favourites().size());
    choose(chat, {NotifyWhen::Usual, false, 0}, PreferencePart::Favourite);
}

void ChatChoices::move(const ChatId &chat, int step)
{
    const qsizetype from = placeOf(chat);
    const qsizetype count = m_needs.rooms.favourites().size();
    if (from < 0) return place(chat, count);
    const qsizetype to = std::clamp<qsizetype>(from + step, 0, count - 1);
    if (to != from) place(chat, to);
}

void ChatChoices::place(const ChatId &chat, qsizetype place)
{
    if (!m_needs.rooms.contains(chat)) return;
    const auto ranks = Favourites::placed(m_needs.rooms.favourites(), chat, place);
    for (const auto &[id, rank] : ranks)
        choose(id, {NotifyWhen::Usual, true, rank}, PreferencePart::Favourite);
}

} // namespace Mingle
