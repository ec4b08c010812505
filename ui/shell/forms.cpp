// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/forms.h"

#include "core/ports.h"
#include "models/connectionmodel.h"
#include "models/roomlistmodel.h"
#include "views/aboutdialog.h"
#include "views/connectiondialog.h"
#include "views/createroomdialog.h"
#include "views/datedialog.h"
#include "views/findroomdialog.h"
#include "views/jumpdialog.h"
#include "views/leaveroomdialog.h"
#include "views/newtalkdialog.h"
#include "views/nickdialog.h"
#include "views/peoplefield.h"
#include "views/picturedialog.h"
#include "views/roomdetailsdialog.h"
#include "views/roomformdialogs.h"
#include "views/roompeopledialog.h"
#include "views/roomsettingsdialog.h"
#include "views/settingsdialog.h"
#include "views/signinview.h"
#include "widgets/theme.h"

#include <QVBoxLayout>

namespace Mingle {

Forms::Forms(const Needs &needs, QWidget *window)
    : QObject(window)
    , m_needs(needs)
    , m_window(window)
{}

template<typename Dialog>
void Forms::open(Dialog *dialog)
{
    // A second one of a kind would only hide the first, with what was typed there.
    for (Dialog *other : m_window->findChildren<Dialog *>(Qt::FindDirectChildrenOnly)) {
        if (other != dialog) other->deleteLater();
    }
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QList<Account> Forms::accounts() const
{
    return m_needs.connections.accounts();
}

FindRoomDialog *Forms::finder()
{
    const auto joined = [this](const Jid &account) {
        QSet<Jid> rooms;
        for (const Chat &chat : m_needs.rooms.chats())
            if (chat.isRoom() && chat.id.account == account
                && m_needs.rooms.state(chat.id).membership != Membership::Failed)
                rooms.insert(chat.id.address);
        return rooms;
    };
    auto *dialog = new FindRoomDialog(
        {m_needs.chats, m_needs.directory, accounts(), joined, m_needs.settings}, m_window);
    connect(dialog, &FindRoomDialog::joined, this, &Forms::chatWanted);
    return dialog;
}

void Forms::join(const QString &text)
{
    FindRoomDialog *dialog = finder();
    dialog->fill(text);
    open(dialog);
}

void Forms::joinAgain(const ChatId &chat)
{
    FindRoomDialog *dialog = finder();
    dialog->fillFailed(m_needs.rooms.chat(chat), m_needs.rooms.state(chat).failure);
    open(dialog);
}

void Forms::create()
{
    auto *dialog =
        new CreateRoomDialog(m_needs.roomCommands, accounts(), knownAddresses(m_needs.rooms), m_window);
    connect(dialog, &CreateRoomDialog::created, this, &Forms::made);
    connect(dialog, &CreateRoomDialog::pictureRefused, this, [this] {
        Q_EMIT done(tr("The room is made, without its picture: the server does not take one."));
    });
    open(dialog);
}

void Forms::made(const MadeRoom &room)
{
    Q_EMIT chatWanted(room.chat);
    QStringList texts;
    QStringList addresses;
    for (const Jid &address : room.notInvited)
        addresses.append(address.toString());
    if (!addresses.isEmpty())
        texts.append(tr("These could not be asked in: %1").arg(addresses.join(QStringLiteral(", "))));
    if (room.formerUntold) texts.append(tr("The old room does not say so, and is still open: it refused."));
    if (!texts.isEmpty())
        Q_EMIT done(tr("The room is made.") + QLatin1Char(' ') + texts.join(QLatin1Char(' ')));
}

void Forms::invite(const ChatId &chat)
{
    auto *dialog = new InviteDialog(m_needs.roomCommands, m_needs.rooms.chat(chat),
                                    knownAddresses(m_needs.rooms), m_window);
    connect(dialog, &InviteDialog::invited, this, [this](const QList<Jid> &people) {
        Q_EMIT done(tr("%n person(s) asked in.", nullptr, int(people.size())));
    });
    open(dialog);
}

void Forms::nick(const ChatId &chat)
{
    open(new NickDialog(m_needs.roomCommands, m_needs.rooms.chat(chat), m_window));
}

void Forms::subject(const ChatId &chat)
{
    open(new SubjectDialog(m_needs.roomCommands, m_needs.rooms.chat(chat), m_window));
}

void Forms::roomPicture(const ChatId &id)
{
    const Chat chat = m_needs.rooms.chat(id);
    PictureDialog::Picture picture{{chat.title(), id.address.toString(), AvatarShape::Room}, {}, {}};
    if (!chat.avatar.isEmpty())
        picture.now = [fetch = m_needs.avatars.fetch, chat] { return fetch(chat.id, chat.avatar); };
    picture.set = [commands = m_needs.roomCommands, id](const AvatarUpload &chosen) {
        return commands.setPicture(id, chosen.data, chosen.type);
    };
    open(new PictureDialog(tr("The room's picture"), picture, m_window));
}

void Forms::ownPicture(const Jid &account)
{
    PictureDialog::Picture picture{{account.local(), account.toString()}, {}, {}};
    picture.now = [mine = m_needs.avatars.mine, account] { return mine(account); };
    picture.set = [publish = m_needs.avatars.publish, account](const AvatarUpload &chosen) {
        return publish(account, chosen);
    };
    open(new PictureDialog(tr("Your picture"), picture, m_window));
}

void Forms::roomSettings(const ChatId &chat)
{
    open(new RoomSettingsDialog(m_needs.roomCommands, m_needs.rooms.chat(chat), m_window));
}

void Forms::roomChanged(const ChatId &chat)
{
    for (RoomSettingsDialog *dialog :
         m_window->findChildren<RoomSettingsDialog *>(Qt::FindDirectChildrenOnly))
        if (dialog->chat() == chat) dialog->refresh();
}

void Forms::listChanged(const ChatId &chat, AccessList list)
{
    for (RoomPeopleDialog *dialog : m_window->findChildren<RoomPeopleDialog *>(Qt::FindDirectChildrenOnly))
        if (dialog->chat() == chat && dialog->list() == list) dialog->refresh();
}

void Forms::allowed(const ChatId &chat)
{
    open(new RoomPeopleDialog(AccessList::Allowed, m_needs.roomCommands, m_needs.rooms.chat(chat), m_window));
}

void Forms::banned(const ChatId &chat)
{
    open(new RoomPeopleDialog(AccessList::Banned, m_needs.roomCommands, m_needs.rooms.chat(chat), m_window));
}

void Forms::move(const ChatId &chat)
{
    auto *dialog = new MoveRoomDialog(m_needs.roomCommands, m_needs.rooms.chat(chat), m_window);
    connect(dialog, &MoveRoomDialog::moved, this, &Forms::made);
    open(dialog);
}

void Forms::destroy(const ChatId &chat)
{
    open(new DestroyRoomDialog(m_needs.roomCommands, m_needs.rooms.chat(chat), m_window));
}

void Forms::talk(const QString &text)
{
    auto *dialog = new NewTalkDialog(m_needs.chats, accounts(), m_window);
    dialog->fill(text);
    connect(dialog, &NewTalkDialog::opened, this, &Forms::chatWanted);
    open(dialog);
}

void Forms::leave(const ChatId &chat)
{
    open(new LeaveRoomDialog(m_needs.chats, m_needs.rooms.chat(chat), m_window));
}

void Forms::details(const ChatId &chat, int members)
{
    auto *dialog =
        new RoomDetailsDialog(m_needs.rooms.chat(chat), m_needs.rooms.state(chat), members, m_window);
    connect(dialog, &RoomDetailsDialog::leaveWanted, this, [this, chat] { leave(chat); });
    connect(dialog, &RoomDetailsDialog::rejoinWanted, this, [this, chat] { Q_EMIT rejoinWanted(chat); });
    open(dialog);
}

void Forms::jump()
{
    auto *dialog = new JumpDialog(m_needs.rooms.chats(), m_window);
    connect(dialog, &JumpDialog::chosen, this, &Forms::chatWanted);
    open(dialog);
}

void Forms::day(const QDate &day, const std::function<void(const QDate &)> &then)
{
    auto *dialog = new DateDialog(day, m_window);
    connect(dialog, &DateDialog::chosen, this, then);
    open(dialog);
}

void Forms::settings()
{
    Settings &stored = m_needs.settings;
    const SettingsDialog::Preferences now{stored.value(QStringLiteral("appearance")).toString(),
                                          stored.value(QStringLiteral("notifications"), true).toBool()};
    auto *dialog = new SettingsDialog(m_needs.connections, now, m_needs.removeAccount, m_window);
    connect(dialog, &SettingsDialog::addAccountWanted, this, &Forms::addAccount);
    connect(dialog, &SettingsDialog::connectionWanted, this, &Forms::connection);
    connect(dialog, &SettingsDialog::onlineWanted, this, &Forms::onlineWanted);
    connect(dialog, &SettingsDialog::appearanceChosen, this, [this](const QString &appearance) {
        m_needs.settings.setValue(QStringLiteral("appearance"), appearance);
        Q_EMIT appearanceChosen(appearance);
    });
    connect(dialog, &SettingsDialog::notificationsChosen, this,
            [this](bool on) { m_needs.settings.setValue(QStringLiteral("notifications"), on); });
    open(dialog);
}

void Forms::connection(const Jid &account)
{
    open(new ConnectionDialog(m_needs.connections, account, m_window));
}

void Forms::addAccount()
{
    auto *dialog = new QDialog(m_window);
    dialog->setObjectName(QStringLiteral("addAccount"));
    dialog->setWindowTitle(tr("Add account"));
    auto *model = new SignInModel(m_needs.accounts, dialog);
    auto *view = new SignInView(*model, SignInView::Look::Form, dialog);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(view);
    dialog->setMinimumWidth(space(dialog->font(), 95));
    connect(dialog, &QDialog::rejected, model, &SignInModel::cancel);
    connect(model, &SignInModel::done, this, [this, dialog](const Jid &account) {
        dialog->accept();
        Q_EMIT accountAdded(account);
    });
    view->focusFirst();
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Forms::about()
{
    open(new AboutDialog(m_window));
}

void Forms::keys(const QList<std::pair<QString, QString>> &rows)
{
    open(new ShortcutsDialog(rows, m_window));
}

void Forms::link(const QString &text)
{
    const std::optional<XmppLink> link = parseXmppLink(text);
    if (!link || accounts().isEmpty()) return;
    for (const Chat &chat : m_needs.rooms.chats()) {
        // Being there already is a choice made before: showing it does nothing new.
        if (chat.id.address == link->address) {
            Q_EMIT chatWanted(chat.id);
            return;
        }
    }
    if (link->wish == XmppLink::Wish::Talk) {
        talk(link->address.toString());
        return;
    }
    FindRoomDialog *dialog = finder();
    dialog->fill(*link);
    open(dialog);
}

} // namespace Mingle
