// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/avatarcommands.h"
#include "models/chatcommands.h"
#include "models/directorycommands.h"
#include "models/roomcommands.h"
#include "models/signinmodel.h"
#include "models/xmpplink.h"

#include <QList>
#include <QObject>

class QDialog;
class QWidget;

namespace Mingle {

class ConnectionModel;
class FindRoomDialog;
class RoomListModel;
class Settings;

/// Opens the dialogs of a window, one of a kind at a time, and says what came of them. None of them blocks.
class Forms final : public QObject
{
    Q_OBJECT
public:
    struct Needs {
        ChatCommands chats;
        RoomCommands roomCommands;
        SignInModel::Commands accounts;
        std::function<QFuture<Outcome>(const Jid &)> removeAccount;
        RoomListModel &rooms;
        ConnectionModel &connections;
        Settings &settings;
        DirectoryCommands directory;
        AvatarCommands avatars;
    };
    /// What is needed must outlive the forms.
    Forms(const Needs &needs, QWidget *window);

    void join(const QString &text = {});
    void joinAgain(const ChatId &chat);
    void create();
    void talk(const QString &text = {});
    void leave(const ChatId &chat);
    /// members: below 0 if not known.
    void details(const ChatId &chat, int members);
    void invite(const ChatId &chat);
    void nick(const ChatId &chat);
    void subject(const ChatId &chat);
    void roomPicture(const ChatId &chat);
    void ownPicture(const Jid &account);
    void roomSettings(const ChatId &chat);
    /// The room has changed: what is open and shows it follows.
    void roomChanged(const ChatId &chat);
    /// One of its lists of people has.
    void listChanged(const ChatId &chat, AccessList list);
    void allowed(const ChatId &chat);
    void banned(const ChatId &chat);
    void move(const ChatId &chat);
    void destroy(const ChatId &chat);
    void jump();
    /// Asks for a day. day: chosen at first.
    void day(const QDate &day, const std::function<void(const QDate &)> &then);
    void settings();
    void connection(const Jid &account);
    void addAccount();
    void about();
    void keys(const QList<std::pair<QString, QString>> &rows);
    /// Fills the form that an xmpp: link asks for; does nothing else.
    void link(const QString &text);

Q_SIGNALS:
    void chatWanted(const Mingle::ChatId &chat);
    void rejoinWanted(const Mingle::ChatId &chat);
    void onlineWanted(const Mingle::Jid &account, bool online);
    void appearanceChosen(const QString &appearance);
    void accountAdded(const Mingle::Jid &account);
    /// Something was done that may be told.
    void done(const QString &text);

private:
    template<typename Dialog>
    void open(Dialog *dialog);
    void made(const MadeRoom &room);
    QList<Account> accounts() const;
    FindRoomDialog *finder();

    Needs m_needs;
    QWidget *m_window;
};

} // namespace Mingle
