// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/findroomdialog.h"

#include "core/futures.h"
#include "views/errorview.h"
#include "views/formdialog.h"
#include "views/foundroomdelegate.h"
#include "views/passwordfield.h"
#include "views/placechooser.h"
#include "views/roomcardview.h"
#include "views/roomcardwords.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace Mingle {

namespace {

using State = RoomDirectoryModel::State;
using Told = RoomDirectoryModel::Told;

constexpr int pauseMs = 600;

/// The room that text names, if it names one.
std::optional<XmppLink> roomNamed(const QString &text)
{
    const auto link = parseXmppLink(text);
    return link && !link->address.local().isEmpty() ? link : std::nullopt;
}

/// It is on its way to be an address: not words to look for.
bool looksLikeAddress(const QString &text)
{
    return text.contains(u'@') || text.startsWith(QLatin1String("xmpp:"), Qt::CaseInsensitive);
}

} // namespace

FindRoomDialog::FindRoomDialog(const Needs &needs, QWidget *parent)
    : QDialog(parent)
    , m_needs(needs)
    , m_model(needs.directory)
    , m_accounts(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_places(new PlaceChooser(needs.settings, this))
    , m_status(plainLabel({}, this))
    , m_progress(new QProgressBar(this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_list(new QListView(this))
    , m_empty(new QWidget(this))
    , m_message(plainLabel({}, m_empty))
    , m_again(new QPushButton(tr("Try again"), m_empty))
    , m_card(new RoomCardView(this))
    , m_password(new PasswordField(this))
    , m_error(new ErrorView(this))
{
    setWindowTitle(tr("Find a room"));
    auto *column = new QVBoxLayout(this);
    const int gap = space(font(), 3);
    column->setContentsMargins(gap + gap / 2, gap + gap / 2, gap + gap / 2, gap + gap / 2);
    column->setSpacing(space(font(), 2));
    makeTop(needs.accounts, column);
    makeStatus(column);
    setUpList();
    auto *found = new QVBoxLayout;
    found->addWidget(m_list, 1);
    found->addWidget(m_empty, 1);
    auto *chosen = new QVBoxLayout;
    chosen->setSpacing(space(font(), 2));
    chosen->addWidget(m_card, 1);
    chosen->addWidget(m_error);
    chosen->addWidget(makeEntry());
    chosen->addStretch(); // where the card is hidden
    m_sides = new QBoxLayout(QBoxLayout::LeftToRight);
    m_sides->setSpacing(gap);
    m_sides->addLayout(found, 5);
    m_sides->addLayout(chosen, 4);
    column->addLayout(m_sides, 1);
    makeButtons(column);
    connectModel();
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &FindRoomDialog::settle);
    m_visible.setSingleShot(true);
    m_visible.setInterval(50);
    connect(&m_visible, &QTimer::timeout, this, &FindRoomDialog::askVisible);
    restyle();
    const int width = parent ? parent->width() - 2 * gap : space(font(), 200);
    const int height = parent ? parent->height() - 2 * gap : space(font(), 150);
    resize(std::min(space(font(), 220), width), std::min(space(font(), 185), height));
    accountChosen();
    m_text->setFocus();
}

void FindRoomDialog::makeTop(const QList<Account> &accounts, QBoxLayout *column)
{
    m_text->setPlaceholderText(tr("Words, an address or a link"));
    m_text->setAccessibleName(tr("Words, an address or a link"));
    m_text->setMinimumHeight(space(font(), 9));
    m_text->setClearButtonEnabled(true);
    m_text->addAction(icon(Sign::Search), QLineEdit::LeadingPosition)->setText(tr("Find a room"));
    // Qt's button for this says nothing to a screen reader.
    if (auto *clear = m_text->findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction")))
        clear->setText(tr("Clear the line"));
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, &FindRoomDialog::textChanged);
    for (const Account &account : accounts)
        m_accounts->addItem(account.address.toString(), QVariant::fromValue(account.address));
    m_accounts->setAccessibleName(tr("With account"));
    m_accounts->setMinimumHeight(space(font(), 8));
    m_accounts->setVisible(accounts.size() > 1);
    connect(m_accounts, &QComboBox::currentIndexChanged, this, &FindRoomDialog::accountChosen);
    connect(m_places, &PlaceChooser::chosen, this, &FindRoomDialog::placeChosen);
    column->addWidget(m_text);
    auto *row = new QHBoxLayout;
    row->setSpacing(space(font(), 2));
    row->addWidget(m_places, 1, Qt::AlignTop);
    row->addWidget(m_accounts, 1, Qt::AlignTop);
    column->addLayout(row);
}

void FindRoomDialog::makeStatus(QBoxLayout *column)
{
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(space(font(), 1));
    m_progress->setAccessibleName(tr("Looking for rooms"));
    QSizePolicy still = m_progress->sizePolicy();
    still.setRetainSizeWhenHidden(true); // the list must not move when it comes and goes
    m_progress->setSizePolicy(still);
    m_stop->setAutoDefault(false);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_model.stop();
        m_text->setFocus();
    });
    auto *row = new QHBoxLayout;
    row->addWidget(m_status, 1);
    row->addWidget(m_stop);
    row->addStrut(m_stop->sizeHint().height());
    column->addLayout(row);
    column->addWidget(m_progress);
}

void FindRoomDialog::setUpList()
{
    m_model.setWords(foundRoomWords());
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new FoundRoomDelegate(m_list));
    m_list->setAccessibleName(tr("Rooms found"));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->installEventFilter(this);
    connect(m_list, &QListView::doubleClicked, this, &FindRoomDialog::act);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &FindRoomDialog::currentChanged);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, &m_visible, qOverload<>(&QTimer::start));
    m_again->setAutoDefault(false);
    connect(m_again, &QPushButton::clicked, this, &FindRoomDialog::lookAtPlace);
    auto *column = new QVBoxLayout(m_empty);
    column->addStretch(1);
    column->addWidget(m_message);
    column->addWidget(m_again, 0, Qt::AlignHCenter);
    column->addStretch(2);
    m_message->setAlignment(Qt::AlignCenter);
}

QWidget *FindRoomDialog::makeEntry()
{
    m_entry = new QWidget(this);
    auto *column = new QVBoxLayout(m_entry);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space(font(), 1));
    const auto field = [&](QLineEdit *line, const QString &text) {
        auto *label = new QLabel(text, m_entry);
        label->setTextFormat(Qt::PlainText);
        label->setBuddy(line);
        line->setAccessibleName(QString(text).remove(u'&'));
        line->setMinimumHeight(space(font(), 8));
        column->addWidget(label);
        column->addWidget(line);
        return label;
    };
    m_nick = new QLineEdit(m_entry);
    m_nickLabel = field(m_nick, tr("Your &name in the room"));
    m_passwordLabel = field(m_password, tr("&Password of the room"));
    return m_entry;
}

void FindRoomDialog::makeButtons(QBoxLayout *column)
{
    auto *buttons = new QDialogButtonBox(this);
    m_join = buttons->addButton(tr("Join"), QDialogButtonBox::AcceptRole);
    m_join->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    setTabOrder(m_card, m_nick);
    setTabOrder(m_nick, m_password);
    setTabOrder(m_password, m_join);
    connect(buttons, &QDialogButtonBox::accepted, this, &FindRoomDialog::act);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

void FindRoomDialog::connectModel()
{
    const auto soon = [this] { m_visible.start(); };
    connect(&m_model, &RoomDirectoryModel::stateChanged, this, &FindRoomDialog::followState);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, soon);
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, soon);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this, soon] {
        keepSelection();
        soon();
    });
    connect(&m_model, &RoomDirectoryModel::roomChanged, this, [this](const Jid &room) {
        if (room == current().address) showCard();
        if (m_model.query().place.isEmpty()) followState(); // a single room
    });
}

// -- what is looked for

Jid FindRoomDialog::account() const
{
    return m_accounts->currentData().value<Jid>();
}

void FindRoomDialog::accountChosen()
{
    const Jid me = account();
    m_model.setAccount(me);
    m_model.setJoined(m_needs.joined(me));
    m_nick->setPlaceholderText(me.local());
    m_places->setAccount(me);
    m_shownAddress = {};
    const Jid server = m_places->place().address;
    if (!server.isEmpty())
        whenDone(m_needs.directory.services(me, server), this,
                 [this, me](const Result<RoomServices> &services) {
                     if (services.ok() && me == account()) m_places->setDiscovered(services->search);
                 });
    placeChosen();
}

void FindRoomDialog::placeChosen()
{
    m_shownAddress = {};
    if (roomNamed(m_text->text()))
        settle();
    else
        lookAtPlace();
}

void FindRoomDialog::lookAtPlace()
{
    m_pause.stop();
    m_error->clear();
    m_shownAddress = {};
    const PlaceChooser::Place place = m_places->place();
    const QString words = m_text->text().trimmed();
    const bool search = place.kind == RoomQuery::Kind::Search;
    const bool named = roomNamed(words).has_value();
    m_model.setFilter(search || named || looksLikeAddress(words) ? QString() : words);
    m_model.look({place.kind, place.address, search && !named ? words : QString(), {}});
}

void FindRoomDialog::textChanged()
{
    m_error->clear();
    m_passwordWanted = false;
    m_password->clear();
    const QString text = m_text->text().trimmed();
    const bool search = m_places->place().kind == RoomQuery::Kind::Search;
    if (looksLikeAddress(text) || search) {
        m_pause.start();
        return;
    }
    m_pause.stop();
    if (!m_shownAddress.isEmpty()) return lookAtPlace(); // there was the card of a room
    m_model.setFilter(text);
    followState();
}

/// The person has paused, or pressed Enter: now somebody may be asked.
void FindRoomDialog::settle()
{
    m_pause.stop();
    const auto link = roomNamed(m_text->text());
    if (!link) {
        const bool search = m_places->place().kind == RoomQuery::Kind::Search;
        if (search && !looksLikeAddress(m_text->text())) lookAtPlace();
        return;
    }
    if (link->address == m_shownAddress) return;
    m_shownAddress = link->address;
    if (!link->password.isEmpty()) m_password->setText(link->password);
    m_passwordWanted = !link->password.isEmpty();
    m_model.lookAt(link->address);
    m_list->setCurrentIndex(m_model.index(0));
    followState();
}

void FindRoomDialog::fill(const QString &text)
{
    m_text->setText(text.trimmed());
    if (roomNamed(text)) settle();
}

void FindRoomDialog::fill(const XmppLink &link)
{
    m_text->setText(link.address.toString());
    settle();
    m_password->setText(link.password);
    m_passwordWanted = !link.password.isEmpty();
    showCard();
}

void FindRoomDialog::fillFailed(const Chat &chat, const Error &error)
{
    const int at = m_accounts->findText(chat.id.account.toString());
    if (at >= 0) m_accounts->setCurrentIndex(at);
    fill(chat.id.address.toString());
    m_nick->setText(chat.nick);
    refused(error);
}

// -- what was found

void FindRoomDialog::followState()
{
    const State state = m_model.state();
    const bool single = m_model.query().place.isEmpty() && state != State::Idle;
    const bool asking = single && m_model.toldAt(0) == Told::Asked;
    const bool looking = state == State::Looking || state == State::More || asking || m_busy;
    m_progress->setVisible(looking);
    const bool counted = state == State::More && m_model.expected() > 0 && !m_busy;
    m_progress->setRange(0, counted ? m_model.expected() : 0);
    m_progress->setValue(counted ? std::min(m_model.found(), m_model.expected()) : -1);
    m_stop->setVisible((state == State::Looking || state == State::More) && !m_busy);
    m_status->setText(m_busy ? tr("Entering the room…") : single ? QString() : statusText());
    if (state == State::Done && !single && m_model.found() > 0)
        m_places->remember({m_model.query().kind, m_model.query().place});
    showMessage();
}

QString FindRoomDialog::statusText() const
{
    const QLocale locale;
    const int found = m_model.found();
    switch (m_model.state()) {
    case State::Idle:
        return {};
    case State::Looking:
        return tr("Looking for rooms…");
    case State::More:
        if (m_model.expected() > found)
            return tr("Looking for rooms… %1 of %2")
                .arg(locale.toString(found), locale.toString(m_model.expected()));
        return tr("Looking for rooms… %1").arg(locale.toString(found));
    case State::Failed:
        return found == 0 ? QString()
                          : findErrorText(m_model.error(), m_model.query()).happened + QStringLiteral(". ")
                                + tr("%n room(s) came before.", nullptr, found);
    case State::Done:
        break;
    }
    QString text =
        m_model.rowCount() < found
            ? tr("%1 of %2 rooms fit").arg(locale.toString(m_model.rowCount()), locale.toString(found))
            : tr("%n room(s)", nullptr, found);
    if (found == 0) text.clear();
    if (m_model.isCapped()) text = tr("The first %1 rooms; there are more").arg(locale.toString(found));
    if (m_model.missing() && found > 0) text += u' ' + tr("(a part of the server did not answer)");
    return text;
}

void FindRoomDialog::showMessage()
{
    const State state = m_model.state();
    const bool empty = m_model.rowCount() == 0;
    m_list->setVisible(!empty);
    m_empty->setVisible(empty);
    bool again = false;
    QString text;
    if (state == State::Failed) {
        text = findErrorText(m_model.error(), m_model.query()).plain();
        again = worthRetrying(m_model.error());
    } else if (state == State::Idle && !m_model.query().place.isEmpty()) {
        text = tr("Stopped before anything came.");
        again = true;
    } else if (state == State::Done && m_model.found() > 0) {
        text = tr("No room here fits. Try other words or another place.");
    } else if (state == State::Done && m_model.query().kind == RoomQuery::Kind::Search) {
        text = tr("Nothing was found. Try other words or another place.");
    } else if (state == State::Done) {
        text = tr("There are no public rooms here. Choose another place, or type a room's address.");
    }
    m_message->setText(text);
    m_again->setVisible(again);
    if (current().address.isEmpty()) showCard();
}

void FindRoomDialog::askVisible()
{
    if (m_model.rowCount() == 0) return;
    const QRect view = m_list->viewport()->rect();
    const QModelIndex top = m_list->indexAt(QPoint(view.center().x(), view.top() + 2));
    const QModelIndex bottom = m_list->indexAt(QPoint(view.center().x(), view.bottom() - 2));
    m_model.setOnScreen(top.isValid() ? top.row() : 0,
                        bottom.isValid() ? bottom.row() : m_model.rowCount() - 1);
}

void FindRoomDialog::keepSelection()
{
    const int row = m_model.rowOf(m_kept);
    if (row >= 0) m_list->setCurrentIndex(m_model.index(row));
    m_model.setHeld(row >= 0);
    showCard();
}

void FindRoomDialog::currentChanged()
{
    m_model.setHeld(m_list->currentIndex().isValid());
    const RoomCard card = current();
    if (!card.address.isEmpty() && card.address != m_kept) {
        m_kept = card.address;
        m_error->clear();
        m_passwordWanted = m_passwordWanted && card.address == m_shownAddress;
        m_model.askRow(m_list->currentIndex().row());
    }
    showCard();
}

RoomCard FindRoomDialog::current() const
{
    return m_model.cardAt(m_list->currentIndex().row());
}

void FindRoomDialog::showCard()
{
    const int row = m_list->currentIndex().row();
    const RoomCard card = current();
    const bool some = !card.address.isEmpty();
    const bool inside = some && !m_model.joinedAs(card).isEmpty();
    const bool isRefused = some && m_model.toldAt(row) == Told::Refused;
    const Error::Kind why = m_model.refusalAt(row).kind;
    const bool nothing = isRefused && (why == Error::Kind::NotFound || why == Error::Kind::Unsupported);
    if (some)
        m_card->setCard(card, m_model.toldAt(row), m_model.refusalAt(row), inside);
    else
        m_card->setHint(m_model.rowCount() > 0 ? tr("Choose a room to see what it is.") : QString());
    arrange();
    m_entry->setVisible(some && !inside && !nothing);
    const bool password = m_passwordWanted || card.properties.testFlag(RoomProperty::PasswordNeeded);
    m_password->setVisible(password);
    m_passwordLabel->setVisible(password);
    m_join->setText(inside ? tr("Open") : tr("Join"));
    m_join->setEnabled(some && !nothing && !m_busy);
}

// -- joining

void FindRoomDialog::act()
{
    if (m_busy) return;
    const RoomCard card = current();
    if (card.address.isEmpty() || !m_join->isEnabled()) return;
    if (const Jid known = m_model.joinedAs(card); !known.isEmpty()) {
        const ChatId chat{account(), known};
        accept();
        Q_EMIT joined(chat);
        return;
    }
    join(card);
}

void FindRoomDialog::join(const RoomCard &card)
{
    m_error->clear();
    setBusy(true);
    const QString password = m_password->isVisible() ? m_password->text() : QString();
    whenDone(m_needs.chats.join(account(), card.address, m_nick->text().trimmed(), password), this,
             [this](const Result<ChatId> &answer) {
                 setBusy(false);
                 if (!answer) return refused(answer.error());
                 Q_EMIT joined(*answer);
                 accept();
             });
}

void FindRoomDialog::refused(const Error &error)
{
    m_error->setError(error, Attempt::Join);
    if (error.condition == QLatin1String("not-authorized")) {
        m_passwordWanted = true;
        showCard();
        m_password->setFocus();
    } else if (error.condition == QLatin1String("conflict")
               || error.condition == QLatin1String("not-acceptable")) {
        m_nick->setFocus();
    }
}

void FindRoomDialog::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget *part : {static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_places),
                          static_cast<QWidget *>(m_accounts), static_cast<QWidget *>(m_list), m_entry})
        part->setEnabled(!busy);
    followState();
    showCard();
}

// -- the window

bool FindRoomDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    auto *pressed = static_cast<QKeyEvent *>(event);
    switch (pressed->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (watched != m_text) break;
        if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_model.index(0));
        else
            QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // The first one shows, the second one joins: nobody enters a room unseen.
        if (m_pause.isActive())
            settle();
        else if (!m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_model.index(0));
        else
            act();
        return true;
    default:
        break;
    }
    return QDialog::eventFilter(watched, event);
}

void FindRoomDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    arrange();
    m_visible.start();
}

void FindRoomDialog::arrange()
{
    // Beside each other where both have room to be read.
    const bool wide = width() >= space(font(), 150);
    const bool some = m_model.rowCount() > 0;
    m_card->setVisible(some);
    m_sides->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_sides->setStretch(1, !some ? 0 : wide ? 4 : 8);
}

void FindRoomDialog::restyle()
{
    const Theme theme = Theme::of(this);
    for (QLabel *label : {m_status, m_message}) {
        QPalette quiet = label->palette();
        quiet.setColor(QPalette::WindowText, theme.muted);
        label->setPalette(quiet);
    }
}

void FindRoomDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_join) restyle();
}

} // namespace Mingle
