// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"
#include "shell/startmarks.h"
#include "storage/database.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace Mingle {

class Accounts;
class Clock;
class Connection;
class Notifier;
class RoomListModel;
class Secrets;
class Settings;
class Window;

/// What a running Mingle stands on; all must outlive it.
struct ProgramParts {
    QString database; ///< path
    Secrets &secrets;
    Clock &clock;
    Settings &settings;
    Notifier &notifier;
    std::function<std::unique_ptr<Connection>()> connect; ///< called on the session thread
};

/// The composition root: makes storage, session, models and window, owns them, and ties them together. Needs a
/// QApplication.
class Program final : public QObject
{
    Q_OBJECT
public:
    explicit Program(const ProgramParts &parts);
    ~Program() override;

    /// Opens the database and shows the window as soon as there is something to read in it, at the latest after 150 ms.
    /// password: for an account that asks for one, once; not kept.
    void start(const QByteArray &password = {}, const QStringList &links = {});
    /// Another start of the program wants the window.
    void show(const QStringList &links);

    Window &window() { return *m_window; }
    Accounts &accounts() { return *m_accounts; }
    RoomListModel &rooms() { return *m_rooms; }

Q_SIGNALS:
    void appearanceChosen(const QString &appearance);
    void shown();

private:
    void makeModels();
    void makeWindow();
    void connectAccounts();
    void connectWindow();
    void opened(const Error &error);
    void accountsRead(const Error &error);
    void showWhenReadable();
    void showNow();
    void openLinks();
    void takeStatus(const Jid &account, const struct ConnectionStatus &status);
    void tellInvitation(const ChatId &chat, const Invitation &invitation);
    void notify(const ChatId &chat, const QString &author, const QString &text);
    ChatId lastChat() const;

    ProgramParts m_parts;
    std::unique_ptr<Database> m_database;
    QFuture<Result<Database::Opened>> m_opening;
    std::unique_ptr<class HistoryReader> m_history;
    std::unique_ptr<class SearchReader> m_search;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<RoomListModel> m_rooms;
    std::unique_ptr<class MembersModel> m_members;
    std::unique_ptr<class ConnectionModel> m_connections;
    std::unique_ptr<class TimelineModel> m_timeline;
    std::unique_ptr<class ComposerModel> m_composer;
    std::unique_ptr<class SearchModel> m_found;
    std::unique_ptr<class SignInModel> m_signIn;
    std::unique_ptr<Window> m_window;
    StartMarks m_marks;
    QByteArray m_password;
    QStringList m_links;
    bool m_accountsKnown = false;
    bool m_shown = false;
};

} // namespace Mingle
