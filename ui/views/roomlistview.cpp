// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomlistview.h"

#include "views/errorview.h"
#include "views/roomdelegate.h"
#include "views/roomwords.h"
#include "widgets/avatar.h"
#include "widgets/avatarpictures.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

RoomList::RoomList(RoomListModel &model, QWidget *parent)
    : QListView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new RoomDelegate(this));
    setAccessibleName(tr("Rooms and people"));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(SingleSelection);
    setUniformItemSizes(false);
    setResizeMode(Adjust);
    setEditTriggers(NoEditTriggers);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setDragDropOverwriteMode(false);
    connect(&model, &QAbstractItemModel::modelReset, this, &RoomList::showChosen);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        --m_settling; // see rowsAboutToBeRemoved()
        showChosen();
    });
    connect(&model, &QAbstractItemModel::rowsInserted, this, &RoomList::showChosen);
}

void RoomList::setChosen(const ChatId &chat)
{
    m_chosen = chat;
    showChosen();
    const QModelIndex at = m_model.indexOf(chat);
    if (at.isValid()) scrollTo(at);
}

void RoomList::showChosen()
{
    const QModelIndex at = m_model.indexOf(m_chosen);
    if (at == currentIndex() && selectionModel()->isSelected(at) == at.isValid()) return;
    ++m_settling;
    if (at.isValid()) {
        selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect);
    } else {
        selectionModel()->clear();
    }
    --m_settling;
}

ChatId RoomList::chatAt(const QModelIndex &index) const
{
    return index.data(RoomListModel::ChatRole).value<Chat>().id;
}

void RoomList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    const ChatId chat = chatAt(current);
    if (m_settling > 0 || chat.isEmpty() || chat == m_chosen) return;
    m_chosen = chat;
    Q_EMIT chosen(chat, false);
}

void RoomList::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // Until rowsRemoved: the view and its selection model each make a neighbour current when the current row goes.
    ++m_settling;
    QListView::rowsAboutToBeRemoved(parent, start, end);
}

void RoomList::focusInEvent(QFocusEvent *event)
{
    // The base class makes the first row current if none is; coming here with Tab must not open a room.
    ++m_settling;
    QListView::focusInEvent(event);
    --m_settling;
}

void RoomList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        const ChatId chat = chatAt(currentIndex());
        if (!chat.isEmpty()) Q_EMIT chosen(chat, true);
        return;
    }
    constexpr auto held = Qt::ControlModifier | Qt::ShiftModifier;
    const bool vertical = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (vertical && (event->modifiers() & ~Qt::KeypadModifier) == held) {
        const ChatId chat = chatAt(currentIndex());
        if (!chat.isEmpty()) Q_EMIT moveWanted(chat, event->key() == Qt::Key_Up ? -1 : 1);
        return;
    }
    QListView::keyPressEvent(event);
}

// The base class would have the model move its rows; they move when the new place is stored.
void RoomList::dropEvent(QDropEvent *event)
{
    const QModelIndex at = indexAt(event->position().toPoint());
    const bool below = dropIndicatorPosition() == BelowItem;
    const int row = at.isValid() ? at.row() + (below ? 1 : 0) : -1;
    m_model.dropMimeData(event->mimeData(), Qt::MoveAction, row, 0, {});
    event->setDropAction(Qt::IgnoreAction); // nothing is to be taken from where it was
    event->accept();
    stopAutoScroll();
    setState(NoState);
    viewport()->update();
}

void RoomList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex at = indexAt(event->position().toPoint());
    if (event->button() == Qt::RightButton) return; // its menu does not change what is shown
    QListView::mousePressEvent(event);
    const ChatId chat = chatAt(at);
    if (event->button() == Qt::LeftButton && !chat.isEmpty()) Q_EMIT chosen(chat, true);
}

void RoomList::contextMenuEvent(QContextMenuEvent *event)
{
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex at = mouse ? indexAt(event->pos()) : currentIndex();
    const ChatId chat = chatAt(at);
    if (chat.isEmpty()) return;
    Q_EMIT menuWanted(chat, mouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(at).center()));
}

RoomListView::RoomListView(RoomListModel &model, const Menus &menus, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_list(new RoomList(model, this))
{
    setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_list);
    m_stack->addWidget(makeEmpty());
    layout->addWidget(makeTop(menus));
    layout->addWidget(m_stack, 1);
    layout->addSpacing(1); // the hairline
    layout->addWidget(makeBottom(menus));

    connect(m_list, &RoomList::chosen, this, &RoomListView::chosen);
    connect(m_list, &RoomList::menuWanted, this, &RoomListView::menuWanted);
    connect(m_list, &RoomList::moveWanted, this, &RoomListView::moveWanted);
    connect(&model, &QAbstractItemModel::modelReset, this, &RoomListView::updateEmpty);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &RoomListView::updateEmpty);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &RoomListView::updateEmpty);
    updateEmpty();
}

QWidget *RoomListView::makeTop(const Menus &menus)
{
    auto *top = new QWidget(this);
    auto *layout = new QHBoxLayout(top);
    const int gap = space(font(), 2);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(space(font(), 1));
    const auto button = [&](Sign sign, const QString &name, QMenu *menu) {
        auto *result = new QToolButton(top);
        result->setIcon(icon(sign));
        result->setAccessibleName(name);
        result->setToolTip(name);
        result->setAutoRaise(true);
        result->setPopupMode(QToolButton::InstantPopup);
        result->setIconSize(QSize(space(font(), 5), space(font(), 5)));
        result->setMenu(menu);
        result->setFocusPolicy(Qt::StrongFocus);
        return result;
    };
    m_filter = new QLineEdit(top);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter rooms and people"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumHeight(space(font(), 8));
    m_filter->addAction(icon(Sign::Search), QLineEdit::LeadingPosition)->setText(tr("Filter"));
    m_filter->installEventFilter(this);
    connect(m_filter, &QLineEdit::textChanged, this, &RoomListView::filterChanged);
    layout->addWidget(button(Sign::Menu, tr("Menu"), menus.main));
    layout->addWidget(m_filter, 1);
    layout->addWidget(button(Sign::Add, tr("New room or talk"), menus.add));
    return top;
}

QWidget *RoomListView::makeEmpty()
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(space(font(), 3));
    m_emptyText = plainLabel({}, page);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyButton = new QPushButton(page);
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        if (m_filter->text().trimmed().isEmpty()) {
            Q_EMIT joinWanted();
        } else {
            Q_EMIT addressWanted(m_filter->text().trimmed());
        }
    });
    layout->addStretch(2);
    layout->addWidget(m_emptyText);
    layout->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return page;
}

QWidget *RoomListView::makeBottom(const Menus &menus)
{
    m_accountButton = new QToolButton(this);
    m_accountButton->setAutoRaise(true);
    m_accountButton->setPopupMode(QToolButton::InstantPopup);
    m_accountButton->setMenu(menus.account);
    m_accountButton->setFocusPolicy(Qt::StrongFocus);
    m_accountButton->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_accountAvatar = new AvatarLabel(8, m_accountButton);
    m_accountName = new ElidedLabel({}, m_accountButton);
    m_accountStatus = new ElidedLabel({}, m_accountButton);
    m_accountStatus->setFont(sized(font(), TextSize::Small));
    m_accountStatus->setMuted(true);
    for (QWidget *part : {static_cast<QWidget *>(m_accountAvatar), static_cast<QWidget *>(m_accountName),
                          static_cast<QWidget *>(m_accountStatus)})
        part->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *row = new QHBoxLayout(m_accountButton);
    row->setContentsMargins(space(font(), 3), space(font(), 2), space(font(), 6), space(font(), 2));
    row->setSpacing(space(font(), 3));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_accountName);
    texts->addWidget(m_accountStatus);
    row->addWidget(m_accountAvatar);
    row->addLayout(texts, 1);
    m_accountButton->setFixedHeight(row->sizeHint().height());
    if (menus.account) menus.account->installEventFilter(this);
    m_accountButton->setAccessibleName(tr("My account"));
    return m_accountButton;
}

void RoomListView::setChosen(const ChatId &chat)
{
    m_list->setChosen(chat);
}

void RoomListView::setAccount(const Account &account, const ConnectionStatus &status, int several)
{
    const QString address = account.address.toString();
    AvatarPictures *pictures = AvatarPictures::of(this);
    const int edge = m_accountAvatar->sizeHint().width();
    m_accountAvatar->setLook({account.address.local(), address, AvatarShape::Person,
                              status.state != ConnectionStatus::State::Live,
                              pictures ? pictures->picture({account.address, account.address}, status.avatar,
                                                           AvatarShape::Person, edge, devicePixelRatio())
                                       : QPixmap()});
    m_accountName->setText(several > 1 ? tr("%1 and %n more", nullptr, several - 1).arg(address) : address);
    m_accountStatus->setText(connectionText(status));
    m_accountButton->setAccessibleName(tr("My account: %1, %2").arg(address, connectionText(status)));
}

void RoomListView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void RoomListView::focusList()
{
    if (m_stack->currentIndex() == 0) {
        m_list->setFocus(Qt::ShortcutFocusReason);
    } else {
        m_emptyButton->setFocus(Qt::ShortcutFocusReason);
    }
}

QListView *RoomListView::list() const
{
    return m_list;
}

void RoomListView::filterChanged(const QString &text)
{
    m_model.setFilter(text);
    updateEmpty();
}

void RoomListView::updateEmpty()
{
    const bool filtered = !m_filter->text().trimmed().isEmpty();
    const bool empty = m_model.rowCount() == 0 && (m_model.isLoaded() || filtered);
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (!empty) return;
    if (filtered) {
        m_emptyText->setText(tr("Nothing here is called that."));
        m_emptyButton->setText(tr("Look for it outside…"));
    } else {
        m_emptyText->setText(tr("No rooms yet.\nFind one, or make your own."));
        m_emptyButton->setText(tr("Find a room…"));
    }
}

bool RoomListView::eventFilter(QObject *watched, QEvent *event)
{
    // At the bottom of the window, a menu belongs above its button, also where the screen goes on below.
    if (watched == m_accountButton->menu() && event->type() == QEvent::Show) {
        auto *menu = m_accountButton->menu();
        const QRect button(m_accountButton->mapToGlobal(QPoint()), m_accountButton->size());
        const int above = button.top() - menu->height();
        if (above >= menu->screen()->availableGeometry().top()) menu->move(menu->x(), above);
        return false;
    }
    if (watched != m_filter || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
        m_filter->clear();
        return true;
    }
    if (key == Qt::Key_Down) {
        focusList();
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        const ChatId first = m_model.neighbour({}, 1);
        if (m_model.rowCount() == 0) {
            m_emptyButton->click();
        } else if (!first.isEmpty()) {
            Q_EMIT chosen(first, true);
            m_filter->clear();
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RoomListView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.fillRect(QRect(0, m_accountButton->y() - 1, width(), 1), theme.separator);
}

void RoomListView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) update();
}

} // namespace Mingle
