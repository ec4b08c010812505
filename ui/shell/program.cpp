// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/program.h"

#include "core/futures.h"
#include "core/ports.h"
#include "models/chatcommands.h"
#include "models/composermodel.h"
#include "models/connectionmodel.h"
#include "models/membersmodel.h"
#include "models/preferencecommands.h"
#include "models/roomlistmodel.h"
#include "models/searchmodel.h"
#include "models/signinmodel.h"
#include "models/timelinemodel.h"
#include "session/accounts.h"
#include "shell/window.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "storage/searchreader.h"

#include <QCoreApplication>
#include <QTimer>

namespace Mingle {

namespace {

/// So long the window waits for what was last read to be there in its first frame.
constexpr int patienceMs = 150;

const QString accountKey = QStringLiteral("chat/account");
const QString addressKey = QStringLiteral("chat/address");

} // namespace

Program::Program(const ProgramParts &parts)
    : m_parts(parts)
    , m_database(std::make_unique<Database>(parts.database))
{
    // The database opens on its threads while everything else is made here.
    m_opening = m_database->open();
    m_history = std::make_unique<HistoryReader>(*m_database);
    m_search = std::make_unique<SearchReader>(*m_database);
    m_accounts = std::make_unique<Accounts>(
        AccountsDependencies{*m_database, parts.secrets, parts.clock, parts.connect});
    makeModels();
    makeWindow();
    connectAccounts();
    connectWindow();
}

Program::~Program()
{
    m_composer->flush(); // what was typed a moment ago
}

void Program::makeModels()
{
    ChangeFeed &feed = m_database->changes();
    m_rooms = std::make_unique<RoomListModel>(*m_history, feed);
    m_members = std::make_unique<MembersModel>(*m_history, feed);
    m_connections = std::make_unique<ConnectionModel>(m_parts.clock);
    m_timeline = std::make_unique<TimelineModel>(*m_history, feed, m_accounts.get());
    m_composer = std::make_unique<ComposerModel>(*m_history, m_accounts.get());
    m_found = std::make_unique<SearchModel>(*m_search, feed);
}

void Program::makeWindow()
{
    const SignInModel::Commands signIn{
        [this](const Account &account, const QByteArray &password, bool keep) {
            return m_accounts->add(account, password, keep);
        },
        [this](const Jid &account) { m_accounts->remove(account); },
        [this] { return m_connections->accounts(); },
    };
    m_signIn = std::make_unique<SignInModel>(signIn);
    const Forms::Needs forms{
        commandsOf(*m_accounts),
        commandsOf(m_accounts->rooms()),
        signIn,
        [this](const Jid &account) { return m_accounts->remove(account); },
        *m_rooms,
        *m_connections,
        m_parts.settings,
        directoryCommandsOf(*m_accounts),
        avatarCommandsOf(*m_accounts),
    };
    m_window = std::make_unique<Window>(WindowParts{
        *m_rooms, *m_members, *m_connections, *m_timeline, *m_composer, *m_signIn, *m_found, *m_history,
        m_parts.settings, forms, preferenceCommandsOf(*m_accounts), peopleCommandsOf(*m_accounts)});
    m_marks.watch(m_window.get());
}

void Program::connectAccounts()
{
    Accounts *accounts = m_accounts.get();
    connect(accounts, &Accounts::accountsChanged, this, [this](const QList<Account> &all) {
        m_connections->setAccounts(all);
        if (!m_accountsKnown) return; // accountsRead() comes
        if (all.isEmpty()) {
            m_window->showWelcome();
        } else {
            m_window->showChats();
            openLinks();
        }
    });
    connect(accounts, &Accounts::statusChanged, this, &Program::takeStatus);
    connect(accounts, &Accounts::chatStateChanged, this,
            [this](const ChatId &chat, const ChatState &state) { m_rooms->setState(chat, state); });
    connect(accounts, &Accounts::roomListChanged, this, [this](const ChatId &chat, AccessList list) {
        if (m_window) m_window->forms().listChanged(chat, list);
    });
    connect(accounts, &Accounts::keychainMissing, this,
            [this](const Jid &account) { m_connections->setKeychainMissing(account); });
    connect(accounts, &Accounts::storingChanged, m_connections.get(), &ConnectionModel::setStoring);
    connect(accounts, &Accounts::connectReported, m_connections.get(), &ConnectionModel::addReport);
    connect(accounts, &Accounts::attention, this, &Program::notify);
    connect(accounts, &Accounts::invited, this, &Program::tellInvitation);
    // Read here or on another device: what told of it has nothing more to tell.
    connect(m_rooms.get(), &RoomListModel::nothingNeeded, &m_parts.notifier, &Notifier::withdraw);
    connect(m_rooms.get(), &RoomListModel::chatRemoved, &m_parts.notifier, &Notifier::withdraw);
    connect(&m_parts.notifier, &Notifier::activated, this, [this](const ChatId &chat) {
        m_window->openChat(chat, true);
        m_window->raiseForPerson();
    });
}

void Program::connectWindow()
{
    Window *window = m_window.get();
    Accounts *accounts = m_accounts.get();
    connect(window, &Window::chatOpened, this, [this, accounts](const ChatId &chat) {
        m_parts.notifier.withdraw(chat);
        if (chat.isEmpty()) return;
        m_parts.settings.setValue(accountKey, chat.account.toString());
        m_parts.settings.setValue(addressKey, chat.address.toString());
        accounts->setOnScreen(chat);
    });
    connect(window, &Window::rejoinWanted, this, [accounts](const ChatId &chat) { accounts->rejoin(chat); });
    connect(window, &Window::retryWanted, this,
            [accounts](const Jid &account) { accounts->retryNow(account); });
    connect(window, &Window::storingRetryWanted, this, [accounts] { accounts->retryStoring(); });
    connect(window, &Window::onlineWanted, this,
            [accounts](const Jid &account, bool online) { accounts->setOnline(account, online); });
    connect(window, &Window::passwordGiven, this,
            [accounts](const Jid &account, const QByteArray &password, bool keep) {
                accounts->setPassword(account, password, keep);
            });
    connect(window, &Window::appearanceChosen, this, &Program::appearanceChosen);
    connect(window, &Window::seenChanged, this, [accounts](bool seen) { accounts->setActive(seen); });
    connect(window, &Window::quitWanted, qApp, &QCoreApplication::quit);
}

void Program::start(const QByteArray &password, const QStringList &links)
{
    m_password = password;
    m_links = links;
    QTimer::singleShot(patienceMs, Qt::PreciseTimer, this, &Program::showNow);
    // Not earlier: the answer may be there at once.
    whenDone(m_opening, this, [this](const Result<Database::Opened> &answer) { opened(answer.error()); });
}

void Program::opened(const Error &error)
{
    if (error) {
        m_window->showTrouble(error);
        showNow();
        return;
    }
    connect(m_timeline.get(), &TimelineModel::ready, this, &Program::showWhenReadable);
    connect(m_rooms.get(), &RoomListModel::loaded, this, &Program::showWhenReadable);
    // First what is to be seen first: the reading thread works in this order.
    const ChatId last = lastChat();
    if (!last.isEmpty()) m_window->openChat(last, true);
    m_rooms->load();
    whenDone(m_accounts->load(), this, [this](const Result<QList<Account>> &answer) {
        if (answer) m_connections->setAccounts(*answer);
        accountsRead(answer.error());
    });
}

void Program::accountsRead(const Error &error)
{
    m_accountsKnown = true;
    if (error) {
        m_window->showTrouble(error);
    } else if (m_connections->accounts().isEmpty()) {
        m_window->showWelcome();
    }
    m_accounts->chatStates().then(
        this, [this](const QHash<ChatId, ChatState> &states) { m_rooms->setStates(states); });
    showWhenReadable();
    openLinks();
}

void Program::showWhenReadable()
{
    const bool nothingToRead = m_accountsKnown && m_connections->accounts().isEmpty();
    const bool chatThere = m_window->chat().isEmpty() || m_timeline->state() == TimelineModel::State::Ready
                           || m_timeline->state() == TimelineModel::State::Failed;
    if (!nothingToRead && (!m_rooms->isLoaded() || !chatThere)) return;
    if (!nothingToRead && m_timeline->state() == TimelineModel::State::Ready) m_marks.setReadable();
    showNow();
}

void Program::showNow()
{
    if (std::exchange(m_shown, true)) return;
    m_window->show();
    Q_EMIT shown();
}

void Program::show(const QStringList &links)
{
    m_links.append(links);
    showNow();
    m_window->raiseForPerson();
    openLinks();
}

void Program::openLinks()
{
    if (!m_accountsKnown || m_connections->accounts().isEmpty()) return; // kept until there is an account
    for (const QString &link : std::exchange(m_links, {}))
        m_window->forms().link(link);
}

void Program::takeStatus(const Jid &account, const ConnectionStatus &status)
{
    m_connections->setStatus(account, status);
    if (status.state != ConnectionStatus::State::NeedsPassword || m_password.isEmpty()) return;
    m_accounts->setPassword(account, std::exchange(m_password, {}), false);
}

void Program::notify(const ChatId &chat, const QString &author, const QString &text)
{
    if (m_window->isLookingAt(chat)
        || !m_parts.settings.value(QStringLiteral("notifications"), true).toBool())
        return;
    const Chat known = m_rooms->chat(chat);
    const QString title = known.id.isEmpty() ? author : known.title();
    m_parts.notifier.show(chat, title,
                          known.isRoom() && !author.isEmpty() ? tr("%1: %2").arg(author, text) : text);
}

void Program::tellInvitation(const ChatId &chat, const Invitation &invitation)
{
    if (!m_parts.settings.value(QStringLiteral("notifications"), true).toBool()) return;
    m_parts.notifier.show(chat, chat.address.toString(),
                          tr("%1 asks you into this room.").arg(invitation.from.toString()));
}

ChatId Program::lastChat() const
{
    return {Jid::trusted(m_parts.settings.value(accountKey).toString()),
            Jid::trusted(m_parts.settings.value(addressKey).toString())};
}

} // namespace Mingle
