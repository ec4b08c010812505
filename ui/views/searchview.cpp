// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/searchview.h"

#include "models/searchmodel.h"
#include "views/errortext.h"
#include "views/errorview.h"
#include "views/searchdelegate.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QButtonGroup>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Mingle {

SearchView::SearchView(SearchModel &model, std::function<Chat(const ChatId &)> chatOf, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_field(new QLineEdit(this))
    , m_message(plainLabel({}, this))
    , m_list(new QListView(this))
{
    setAccessibleName(tr("Search"));
    m_field->setPlaceholderText(tr("Search messages"));
    m_field->setAccessibleName(tr("Search messages"));
    m_field->setClearButtonEnabled(true);
    m_field->setMinimumHeight(space(font(), 8));
    m_field->addAction(icon(Sign::Search), QLineEdit::LeadingPosition)->setText(tr("Search messages"));
    // Qt's button for this says nothing to a screen reader.
    if (auto *clear = m_field->findChild<QAction *>(QStringLiteral("_q_qlineeditclearaction")))
        clear->setText(tr("Clear the search"));
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_chosenByHand = false;
        m_model.setText(text);
    });
    setUpList(std::move(chatOf));
    m_message->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_message->setContentsMargins(space(font(), 4), space(font(), 6), space(font(), 4), 0);
    m_message->setTextInteractionFlags(Qt::NoTextInteraction);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    auto *upper = new QVBoxLayout;
    const int side = space(font(), 3);
    upper->setContentsMargins(side, 0, side, space(font(), 1));
    upper->setSpacing(space(font(), 2));
    upper->addWidget(m_field);
    upper->addWidget(makeScope());
    layout->addLayout(upper);
    layout->addWidget(makeStatus());
    layout->addWidget(makeHint());
    layout->addWidget(m_message, 1);
    layout->addWidget(m_list, 1);
    layout->addStretch();

    connect(&model, &SearchModel::stateChanged, this, &SearchView::followState);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &SearchView::rememberRow);
    connect(&model, &QAbstractItemModel::modelReset, this, &SearchView::restoreRow);
    restyle();
    followScope();
    followState();
}

void SearchView::setUpList(std::function<Chat(const ChatId &)> chatOf)
{
    auto *delegate = new SearchDelegate(m_model, std::move(chatOf), m_list);
    m_model.setDescription([delegate](const SearchHit &hit) { return delegate->spoken(hit); });
    m_list->setModel(&m_model);
    m_list->setItemDelegate(delegate);
    m_list->setAccessibleName(tr("Messages found"));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    connect(m_list, &QListView::clicked, this, &SearchView::choose);
    connect(m_list, &QListView::activated, this, &SearchView::choose);
}

QWidget *SearchView::makeTop()
{
    auto *top = new QWidget(this);
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(space(font(), 4), space(font(), 2), space(font(), 2), space(font(), 2));
    auto *title = new ElidedLabel(tr("Search"), top);
    title->setFont(sized(font(), TextSize::Normal, QFont::DemiBold));
    auto *close = new QToolButton(top);
    close->setIcon(icon(Sign::Close));
    close->setIconSize(QSize(space(font(), 5), space(font(), 5)));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close the search"));
    close->setFocusPolicy(Qt::StrongFocus);
    connect(close, &QToolButton::clicked, this, &SearchView::closeWanted);
    layout->addWidget(title, 1);
    layout->addWidget(close);
    top->setMinimumHeight(space(font(), 13));
    return top;
}

QWidget *SearchView::makeScope()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space(font(), 1));
    auto *group = new QButtonGroup(row);
    const auto add = [&](const QString &text, bool everywhere) {
        auto *button = new QToolButton(row);
        button->setText(text);
        button->setAccessibleName(text);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(space(font(), 7));
        group->addButton(button);
        layout->addWidget(button, 1);
        connect(button, &QToolButton::clicked, this, [this, everywhere] {
            setEverywhere(everywhere);
            m_field->setFocus(Qt::OtherFocusReason);
        });
        return button;
    };
    m_here = add(tr("This room"), false);
    m_all = add(tr("Everywhere"), true);
    return row;
}

QWidget *SearchView::makeStatus()
{
    m_status = new QWidget(this);
    auto *layout = new QHBoxLayout(m_status);
    layout->setContentsMargins(space(font(), 4), 0, space(font(), 2), 0);
    m_count = new ElidedLabel({}, m_status);
    m_count->setFont(sized(font(), TextSize::Small));
    m_count->setMuted(true);
    m_order = new QToolButton(m_status);
    m_order->setAutoRaise(true);
    m_order->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_order->setFont(sized(font(), TextSize::Small));
    m_order->setPopupMode(QToolButton::InstantPopup);
    m_order->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(m_order);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, SearchOrder order) {
        QAction *action = menu->addAction(text, this, [this, text, order] {
            m_order->setText(text);
            m_order->setAccessibleName(tr("Order: %1").arg(text));
            m_chosenByHand = false;
            m_model.setOrder(order);
        });
        action->setCheckable(true);
        group->addAction(action);
        if (order == m_model.order()) action->trigger();
    };
    add(tr("Newest first"), SearchOrder::Newest);
    add(tr("Best first"), SearchOrder::Best);
    m_order->setMenu(menu);
    layout->addWidget(m_count, 1);
    layout->addWidget(m_order);
    return m_status;
}

QWidget *SearchView::makeHint()
{
    m_hint = new QWidget(this);
    auto *grid = new QGridLayout(m_hint);
    const int side = space(font(), 4);
    grid->setContentsMargins(side, space(font(), 4), side, side);
    grid->setHorizontalSpacing(space(font(), 3));
    grid->setVerticalSpacing(space(font(), 2));
    // The words in front are typed as they are, in every language.
    const std::pair<QString, QString> rows[] = {
        {QStringLiteral("\"…\""), tr("exactly these words in a row")},
        {QStringLiteral("from:"), tr("by somebody, as in from:ada")},
        {QStringLiteral("in:"), tr("in a room or with a person")},
        {QStringLiteral("after:"), tr("from a day on, as in after:2026-03-14")},
        {QStringLiteral("before:"), tr("earlier than a day, a month or a year")},
        {QStringLiteral("has:link"), tr("with a link; has:file with a file")},
        {QStringLiteral("mentions:me"), tr("where you are named")},
    };
    int n = 0;
    for (const auto &[typed, meaning] : rows) {
        QLabel *word = plainLabel(typed, m_hint);
        word->setFont(monospaced(font()));
        word->setWordWrap(false);
        QLabel *text = plainLabel(meaning, m_hint);
        for (QLabel *label : {word, text}) {
            label->setTextInteractionFlags(Qt::NoTextInteraction);
            label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
        }
        grid->addWidget(word, n, 0);
        grid->addWidget(text, n++, 1);
    }
    grid->setColumnStretch(1, 1);
    return m_hint;
}

void SearchView::setChat(const Chat &chat)
{
    m_chat = chat.id;
    m_here->setText(chat.isRoom() || chat.id.isEmpty() ? tr("This room") : tr("This talk"));
    m_here->setAccessibleName(m_here->text());
    followScope();
}

void SearchView::setEverywhere(bool everywhere)
{
    m_everywhere = everywhere;
    m_chosenByHand = false;
    followScope();
}

void SearchView::followScope()
{
    const bool everywhere = m_everywhere || m_chat.isEmpty();
    m_here->setEnabled(!m_chat.isEmpty());
    (everywhere ? m_all : m_here)->setChecked(true);
    m_model.setChat(everywhere ? ChatId() : m_chat);
}

void SearchView::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

QString SearchView::stateText() const
{
    switch (m_model.state()) {
    case SearchModel::State::Nothing:
        return tr("Nothing found.");
    case SearchModel::State::Failed:
        return errorText(m_model.error(), Attempt::Read).plain();
    case SearchModel::State::Idle:
    case SearchModel::State::Searching: // mostly too short to be read
    case SearchModel::State::Found:
        break;
    }
    return {};
}

void SearchView::followState()
{
    using State = SearchModel::State;
    const bool found = m_model.state() == State::Found;
    m_hint->setVisible(m_model.state() == State::Idle);
    m_status->setVisible(m_model.state() != State::Idle);
    m_message->setText(stateText());
    m_message->setVisible(!m_message->text().isEmpty());
    m_list->setVisible(found);
    const int count = m_model.rowCount();
    const QString number = QLocale().toString(count);
    if (!found) {
        m_count->setText({});
    } else if (m_model.hasMore()) {
        m_count->setText(tr("More than %1 messages").arg(number));
    } else {
        m_count->setText(tr("%n message(s) found", nullptr, count));
    }
}

void SearchView::rememberRow()
{
    m_keptRow = m_chosenByHand ? m_list->currentIndex().data(SearchModel::RowRole).toLongLong() : 0;
}

void SearchView::restoreRow()
{
    const int kept = m_keptRow == 0 ? -1 : m_model.indexOf(m_keptRow);
    m_chosenByHand = kept >= 0;
    if (m_model.rowCount() > 0) m_list->setCurrentIndex(m_model.index(std::max(kept, 0)));
}

void SearchView::choose(const QModelIndex &index)
{
    if (!index.isValid()) return;
    m_chosenByHand = true;
    const SearchHit &hit = m_model.hitAt(index.row());
    Q_EMIT chosen(hit.message.chat, hit.message.row, hit.marks);
}

bool SearchView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        m_chosenByHand = true;
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void SearchView::restyle()
{
    const Theme theme = Theme::of(this);
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme.muted);
    m_message->setPalette(quiet);
    m_hint->setPalette(quiet);
}

void SearchView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) restyle();
}

void SearchView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).base);
}

} // namespace Mingle
