// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/window.h"

#include "core/ports.h"
#include "models/connectionmodel.h"
#include "models/membersmodel.h"
#include "models/roomlistmodel.h"
#include "shell/chatchoices.h"
#include "shell/chatpane.h"
#include "shell/exports.h"
#include "shell/memberactions.h"
#include "shell/panes.h"
#include "shell/roommenu.h"
#include "shell/windowactions.h"
#include "views/composer.h"
#include "views/connectionstripview.h"
#include "views/donestripview.h"
#include "views/errorview.h"
#include "views/exportstripview.h"
#include "views/membersview.h"
#include "views/roomheaderview.h"
#include "views/roomlistview.h"
#include "views/roomwords.h"
#include "views/searchview.h"
#include "views/signinview.h"
#include "views/storagestripview.h"
#include "views/timelineview.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Mingle {

namespace {

const QString placeKey = QStringLiteral("window/place");

} // namespace

Window::Window(const WindowParts &parts)
    : m_parts(parts)
    , m_actions(new WindowActions(this))
    , m_forms(new Forms(parts.forms, this))
    , m_pages(new QStackedWidget(this))
{
    setWindowIcon(QIcon(QStringLiteral(":/app/mingle.svg")));
    parts.rooms.setWords(roomWords());
    parts.members.setWords(memberWords());
    m_pages->addWidget(makeMain());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    setMinimumSize(360, 400);
    resize(1100, 720);
    connectActions();
    m_choices = new ChatChoices({parts.rooms, *m_actions, parts.preferences,
                                 [this] { return m_menuChat.isEmpty() ? chat() : m_menuChat; }, this},
                                this);
    connectViews();
    connectForms();
    connectRoomMenu();
    connectAvatars();
    connectPlaces();
    restorePlace();
    followAccounts();
    updateTitle();
    updateHeader();
}

Window::~Window() = default;

QWidget *Window::makeMain()
{
    auto *page = new QWidget(this);
    m_list = new RoomListView(m_parts.rooms,
                              {m_actions->mainMenu(), m_actions->addMenu(), m_actions->accountMenu()}, page);
    m_chat = new ChatPane({m_parts.rooms, m_parts.members, m_parts.timeline, m_parts.composer,
                           m_actions->chatMenu(), m_parts.forms.roomCommands},
                          page);
    makeSide(page);
    m_strip = new ConnectionStripView(m_parts.connections, page);
    m_storage = new StorageStripView(m_parts.connections, page);
    m_exports = new Exports(m_parts.history, page);
    m_done = new DoneStripView(page);
    m_panes = new Panes(m_list, m_chat, m_side, page);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_panes, 1);
    column->addWidget(m_done);
    column->addWidget(m_exports->strip());
    column->addWidget(m_storage);
    column->addWidget(m_strip);
    return page;
}

void Window::connectActions()
{
    const auto on = [this](QAction *action, auto call) { connect(action, &QAction::triggered, this, call); };
    const auto subject = [this] { return m_menuChat.isEmpty() ? chat() : m_menuChat; };
    on(m_actions->jump, [this] { m_forms->jump(); });
    on(m_actions->join, [this] { m_forms->join(); });
    on(m_actions->create, [this] { m_forms->create(); });
    on(m_actions->talk, [this] { m_forms->talk(); });
    on(m_actions->details, [this, subject] {
        const bool known = subject() == m_parts.members.chat() && m_parts.members.isLoaded();
        m_forms->details(subject(), known ? m_parts.members.total() : -1);
    });
    on(m_actions->copyAddress,
       [subject] { QGuiApplication::clipboard()->setText(subject().address.toString()); });
    on(m_actions->exportChat, [this, subject] { m_exports->ask(m_parts.rooms.chat(subject())); });
    on(m_actions->leave, [this, subject] { m_forms->leave(subject()); });
    on(m_actions->settings, [this] { m_forms->settings(); });
    on(m_actions->ownPicture, [this] {
        if (!m_parts.connections.accounts().isEmpty()) m_forms->ownPicture(m_shownAccount);
    });
    on(m_actions->addAccount, [this] { m_forms->addAccount(); });
    on(m_actions->keys, [this] { m_forms->keys(m_actions->keyRows()); });
    on(m_actions->about, [this] { m_forms->about(); });
    on(m_actions->quit, [this] { Q_EMIT quitWanted(); });
    on(m_actions->nextChat, [this] { openNeighbour(1, false); });
    on(m_actions->previousChat, [this] { openNeighbour(-1, false); });
    on(m_actions->nextUnread, [this] { openNeighbour(1, true); });
    on(m_actions->previousUnread, [this] { openNeighbour(-1, true); });
    on(m_actions->members, [this] { setMembersOpen(!isSideShown(m_members)); });
    on(m_actions->filter, [this] {
        if (m_panes->isNarrow()) m_panes->setFront(Panes::Pane::List);
        m_list->focusFilter();
    });
    on(m_actions->nextPane, [this] { cyclePane(1); });
    on(m_actions->previousPane, [this] { cyclePane(-1); });
    on(m_actions->goOnline, [this](bool online) {
        for (const Account &account : m_parts.connections.accounts())
            Q_EMIT onlineWanted(account.address, online);
    });
}

void Window::connectViews()
{
    connect(m_list, &RoomListView::chosen, this, &Window::openChat);
    connect(m_list, &RoomListView::menuWanted, this, &Window::showChatMenu);
    connect(m_list, &RoomListView::moveWanted, m_choices, &ChatChoices::move);
    connect(m_list, &RoomListView::joinWanted, this, [this] { m_forms->join(); });
    connect(m_list, &RoomListView::addressWanted, this, [this](const QString &text) { m_forms->join(text); });
    connect(m_chat->header(), &RoomHeaderView::backWanted, this, &Window::goBack);
    connect(m_chat->header(), &RoomHeaderView::membersWanted, this, &Window::setMembersOpen);
    connect(m_chat->header(), &RoomHeaderView::detailsWanted, m_actions->details, &QAction::trigger);
    connect(m_chat, &ChatPane::rejoinWanted, this, &Window::rejoinWanted);
    connect(m_chat, &ChatPane::joinFormWanted, m_forms, &Forms::joinAgain);
    connect(m_chat, &ChatPane::successorWanted, m_forms, &Forms::link);
    connect(m_chat->timeline(), &TimelineView::chatLinkActivated, this,
            [this](const QUrl &link) { m_forms->link(link.toString(QUrl::FullyEncoded)); });
    connect(m_members, &MembersView::closeWanted, this, [this] { setMembersOpen(false); });
    connect(m_members, &MembersView::talkWanted, this,
            [this](const Jid &address) { m_forms->talk(address.toString()); });
    connect(m_strip, &ConnectionStripView::retryWanted, this, &Window::retryWanted);
    connect(m_storage, &StorageStripView::retryWanted, this, &Window::storingRetryWanted);
    connect(m_strip, &ConnectionStripView::onlineWanted, this,
            [this](const Jid &account) { Q_EMIT onlineWanted(account, true); });
    connect(m_strip, &ConnectionStripView::passwordGiven, this, &Window::passwordGiven);
    connect(m_panes, &Panes::narrowChanged, this, &Window::updateHeader);

    connect(&m_parts.rooms, &RoomListModel::chatChanged, this, [this](const ChatId &changed) {
        if (changed == chat()) m_chat->refresh();
        if (changed == chat()) updateTitle();
        if (changed == chat()) followChat();
    });
    connect(&m_parts.rooms, &RoomListModel::loaded, this, [this] {
        m_chat->refresh();
        followChat();
        m_actions->setChat(!chat().isEmpty(), m_parts.rooms.chat(chat()).isRoom());
        updateTitle();
    });
    connect(&m_parts.rooms, &RoomListModel::chatRemoved, this, [this](const ChatId &removed) {
        m_trail.forget(removed);
        if (removed == chat()) openChat({}, false);
        followTrail();
    });
    connect(&m_parts.rooms, &RoomListModel::totalsChanged, this, &Window::updateTitle);
    connect(&m_parts.connections, &ConnectionModel::accountsChanged, this, &Window::followAccounts);
    connect(&m_parts.connections, &ConnectionModel::statusChanged, this, &Window::followAccounts);
}

void Window::connectForms()
{
    connect(m_forms, &Forms::chatWanted, this, [this](const ChatId &wanted) { openChat(wanted, true); });
    connect(m_forms, &Forms::rejoinWanted, this, &Window::rejoinWanted);
    connect(m_forms, &Forms::onlineWanted, this, &Window::onlineWanted);
    connect(m_forms, &Forms::appearanceChosen, this, &Window::appearanceChosen);
}

void Window::showWelcome()
{
    if (m_welcome && m_pages->currentWidget() == m_welcome) return;
    if (!m_welcome) { // hardly anybody sees it twice: not made at every start
        m_welcome = new SignInView(m_parts.signIn, SignInView::Look::Welcome, this);
        m_pages->addWidget(m_welcome);
    }
    openChat({}, false);
    m_pages->setCurrentWidget(m_welcome);
    m_welcome->focusFirst();
    updateTitle();
}

void Window::showChats()
{
    if (m_pages->currentIndex() == 0) return;
    m_pages->setCurrentIndex(0);
    m_list->focusList();
    updateTitle();
}

void Window::showTrouble(const Error &error)
{
    auto *page = new QWidget(m_pages);
    auto *text = new ErrorView(page);
    text->setError(error, Attempt::Read);
    auto *column = new QVBoxLayout(page);
    column->addStretch();
    column->addWidget(text);
    column->addStretch();
    m_pages->addWidget(page);
    m_pages->setCurrentWidget(page);
}

void Window::openChat(const ChatId &chat, bool enter)
{
    const bool other = chat != m_chat->chat();
    if (other) {
        if (!m_travelling) m_trail.forget();
        followTrail();
        m_chat->setChat(chat);
        followChat();
        m_parts.rooms.setCurrent(chat);
        m_list->setChosen(chat);
        updateHeader();
        updateTitle();
        if (!chat.isEmpty()) m_parts.forms.avatars.look(chat);
        Q_EMIT chatOpened(chat);
    }
    const bool room = m_parts.rooms.chat(chat).isRoom() || !m_parts.rooms.contains(chat);
    m_actions->setChat(!chat.isEmpty(), room);
    if (chat.isEmpty()) {
        setMembersOpen(false);
        m_panes->setFront(Panes::Pane::List);
    } else if (!m_panes->isNarrow() || enter) {
        if (m_panes->isNarrow() || m_panes->isSideInstead()) setSideOpen(m_side->currentWidget(), false);
        m_panes->setFront(Panes::Pane::Chat);
    }
    if (!room) setMembersOpen(false);
    if (enter) m_chat->focusComposer();
}

ChatId Window::chat() const
{
    return m_chat->chat();
}

bool Window::isLookingAt(const ChatId &chat) const
{
    return isActiveWindow() && !chat.isEmpty() && chat == m_chat->chat() && m_chat->isVisible();
}

void Window::raiseForPerson()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void Window::followAccounts()
{
    const QList<Account> accounts = m_parts.connections.accounts();
    m_actions->setAccounts(!accounts.isEmpty());
    if (accounts.isEmpty()) return;
    // The one that is worst off speaks for all.
    Account shown = accounts.first();
    const std::optional<ConnectionModel::Strip> strip = m_parts.connections.strip();
    for (const Account &account : accounts)
        if (strip && account.address == strip->account) shown = account;
    m_shownAccount = shown.address;
    const ConnectionStatus status = m_parts.connections.status(shown.address);
    m_list->setAccount(shown, status, int(accounts.size()));
    m_actions->goOnline->setChecked(status.state != ConnectionStatus::State::Offline);
}

void Window::updateTitle()
{
    QString title = tr("Mingle");
    const Chat shown = m_parts.rooms.chat(chat());
    if (m_pages->currentIndex() == 0 && !shown.id.isEmpty())
        title = tr("%1 – Mingle", "window title: room").arg(singleLine(shown.title(), 60));
    if (m_parts.rooms.needsYou() > 0)
        title = QStringLiteral("(%1) %2").arg(m_parts.rooms.needsYou()).arg(title);
    setWindowTitle(title);
}

void Window::followChat()
{
    followRights();
    Chat shown = m_parts.rooms.chat(chat());
    shown.id = chat(); // the list may not have been read yet
    m_search->setChat(shown);
}

void Window::updateHeader()
{
    m_chat->header()->setBackVisible(m_panes->isNarrow());
    m_chat->header()->setMembersShown(isSideShown(m_members));
    m_chat->header()->setSearchShown(isSideShown(m_search));
}

void Window::openNeighbour(int step, bool unreadOnly)
{
    const ChatId next = m_parts.rooms.neighbour(chat(), step, unreadOnly);
    if (!next.isEmpty()) openChat(next, true);
}

void Window::showChatMenu(const ChatId &chat, const QPoint &position)
{
    m_menuChat = chat;
    m_actions->setChat(true, m_parts.rooms.chat(chat).isRoom());
    followRights();
    m_actions->members->setVisible(chat == this->chat());
    m_actions->unread->setVisible(chat == this->chat());
    QMenu *menu = m_actions->chatMenu();
    connect(
        menu, &QMenu::aboutToHide, this,
        [this] {
        // Its action is triggered after this.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_menuChat = {};
                    m_actions->members->setVisible(true);
                    m_actions->unread->setVisible(true);
                    m_actions->setChat(!this->chat().isEmpty(), m_parts.rooms.chat(this->chat()).isRoom());
                    followRights();
                },
                Qt::QueuedConnection);
        },
        Qt::SingleShotConnection);
    menu->popup(position);
}

void Window::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_pages->currentIndex() == 0) {
        goBack();
        return;
    }
    QWidget::keyPressEvent(event);
}

void Window::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::WindowStateChange) return;
    const bool seen = isVisible() && !isMinimized();
    if (seen == std::exchange(m_seen, seen)) return;
    Q_EMIT seenChanged(seen);
}

void Window::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!std::exchange(m_seen, true)) Q_EMIT seenChanged(true);
}

void Window::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (std::exchange(m_seen, false)) Q_EMIT seenChanged(false);
}

void Window::closeEvent(QCloseEvent *event)
{
    storePlace();
    QWidget::closeEvent(event);
}

void Window::restorePlace()
{
    const QByteArray place = m_parts.settings.value(placeKey).toByteArray();
    if (!place.isEmpty()) restoreGeometry(place);
    m_panes->restore(m_parts.settings);
}

void Window::storePlace()
{
    m_parts.settings.setValue(placeKey, saveGeometry());
    m_panes->store(m_parts.settings);
}

} // namespace Mingle
