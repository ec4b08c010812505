// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelineview.h"

#include "views/timelineaccessible.h"
#include "views/timelinewords.h"
#include "widgets/jumpbutton.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QResizeEvent>
#include <QScrollBar>

#include <cmath>

namespace Mingle {

namespace {

constexpr int cachedRows = 400;   // some screens full; a long text counts for several
constexpr qreal fetchAhead = 2.0; // viewports

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_geometry([this](int index) { return measuredHeight(index); },
                 [this](int index) { return estimatedHeight(index); })
    , m_jump(new JumpButton(JumpButton::Way::Newest, this))
    , m_back(new JumpButton(JumpButton::Way::Back, this))
    , m_layouts(cachedRows)
{
    TimelineAccessible::install();
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setAutoFillBackground(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent, false);
    m_jump->hide();
    m_back->hide();
    connect(m_jump, &QAbstractButton::clicked, this, &TimelineView::scrollToNewest);
    connect(m_back, &QAbstractButton::clicked, this, &TimelineView::backWanted);
    connect(verticalScrollBar(), &QScrollBar::sliderReleased, this, &TimelineView::updateScrollBar);
}

TimelineView::~TimelineView() = default;

void TimelineView::setModel(TimelineModel *model)
{
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    if (model) {
        connectModel();
    }
    forgetAll();
}

void TimelineView::connectModel()
{
    connect(m_model, &QAbstractItemModel::modelReset, this, &TimelineView::forgetAll);
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { rowsCame(first, last); });
    // Before they go: the geometry may have to ask about rows beside them, by their numbers of before.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                m_geometry.remove(first, last - first + 1);
                scheduleSettle();
            });
    connect(
        m_model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &first, const QModelIndex &last) { rowsChanged(first.row(), last.row()); });
    connect(m_model, &TimelineModel::ready, this, &TimelineView::showFirst);
    connect(m_model, &TimelineModel::located, this, &TimelineView::showLocated);
    connect(m_model, &TimelineModel::commandFailed, this, [this] { m_landing.reset(); });
    connect(m_model, &TimelineModel::unreadChanged, m_jump, &JumpButton::setCount);
    connect(m_model, &TimelineModel::arrived, this, &TimelineView::messagesArrived);
}

void TimelineView::forgetAll()
{
    m_layouts.clear();
    m_expanded.clear();
    m_selection.clear();
    m_current = 0;
    m_currentPart = -1;
    m_pressed = m_dragged = false;
    m_glide.stop();
    m_autoScroll.stop();
    m_flash.stop();
    m_flashRow = m_foundRow = 0;
    m_found.clear();
    m_landing.reset();
    unhover();
    m_geometry.reset(m_model ? m_model->rowCount() : 0);
    m_jump->setCount(m_model ? m_model->unread() : 0);
    scheduleSettle();
}

void TimelineView::rowsCame(int first, int last)
{
    m_geometry.insert(first, last - first + 1);
    // A message that others answer may be among them.
    const QList<qint64> rows = m_layouts.keys();
    for (const qint64 row : rows) {
        const MessageLook &look = m_layouts.object(row)->look();
        if (!look.message.replyTo.isEmpty() && look.quotedName.isEmpty()) {
            m_layouts.remove(row);
        }
    }
    scheduleSettle();
}

void TimelineView::rowsChanged(int first, int last)
{
    dropLayouts(first, last);
    m_geometry.invalidate(first, last - first + 1);
    scheduleSettle();
}

void TimelineView::showFirst()
{
    if (m_landing) {
        return; // showLocated() comes, and what lies at the end was not seen
    }
    m_geometry.scrollToEnd();
    for (int i = 0; i < m_geometry.count() && m_model->hasUnreadLine(); ++i) {
        if (m_model->rowAt(i).kind == TimelineRow::Kind::Unread) {
            m_geometry.place(i, std::floor(viewport()->height() * 0.2));
            break;
        }
    }
    settle();
}

void TimelineView::scrollToNewest()
{
    if (m_model) {
        m_landing.reset();
        m_model->locateNewest();
        Q_EMIT wentToNewest();
    }
}

bool TimelineView::isAtNewest() const
{
    return m_model && m_model->isAtNewest() && m_geometry.atEnd();
}

void TimelineView::messagesArrived(const QList<Message> &messages)
{
    // Whoever comes back finds a line where they left off.
    const int read = m_model->indexOf(m_model->readUpTo());
    const int first = m_model->indexOf(messages.constFirst().row);
    if (!isWatched() || !m_geometry.isSticky()) {
        for (int i = first - 1; read >= 0 && i >= read; --i) {
            if (i == read) {
                m_model->setUnreadLine(m_model->readUpTo());
            } else if (m_model->messageAt(i)) {
                break;
            }
        }
    }
    if (QAccessible::isActive() && isVisible()) {
        QAccessibleAnnouncementEvent event(this, TimelineWords::announced(messages));
        event.setPoliteness(QAccessible::AnnouncementPoliteness::Polite);
        QAccessible::updateAccessibility(&event);
    }
}

// ---- keeping in place ----

void TimelineView::scheduleSettle()
{
    // Qt merges posted layout requests, and delivers them before it paints: one settling for a batch of
    // changes.
    if (!m_settlePending) {
        m_settlePending = true;
        QCoreApplication::postEvent(this, new QEvent(QEvent::LayoutRequest));
    }
}

void TimelineView::settle(bool byPerson)
{
    m_settlePending = false;
    if (!m_model) {
        return;
    }
    m_geometry.setViewport(viewport()->height(), 2 * metrics().unit);
    m_geometry.settle();
    if (m_geometry.isSticky() && !m_model->isAtNewest() && m_model->state() == TimelineModel::State::Ready) {
        m_geometry.setSticky(false);
    } else if (m_geometry.atEnd() && m_model->isAtNewest() && (byPerson || !m_geometry.isSticky())) {
        m_geometry.setSticky(true);
    }
    qint64 anchor = 0;
    for (int i = m_geometry.anchor(); i >= 0 && i < m_geometry.count() && !m_geometry.isSticky(); ++i) {
        if (m_model->messageAt(i)) {
            anchor = m_model->rowAt(i).row;
            m_geometry.setAnchor(i); // a day line or a seam goes away when older messages come
            break;
        }
    }
    m_model->setAnchor(anchor);
    updateScrollBar();
    placeButtons();
    viewport()->update();
    fetchWhatIsNear();
    noteWhatIsRead();
}

void TimelineView::updateScrollBar()
{
    QScrollBar *bar = verticalScrollBar();
    if (bar->isSliderDown()) {
        return; // it must not slip away from under the mouse
    }
    m_updatingBar = true;
    bar->setPageStep(viewport()->height());
    bar->setSingleStep(qRound(metrics().lineHeight * 3));
    bar->setRange(0, qRound(m_geometry.maximum()));
    bar->setValue(qRound(m_geometry.value()));
    m_updatingBar = false;
}

void TimelineView::scrollContentsBy(int, int)
{
    if (!m_updatingBar && m_model) {
        m_geometry.scrollTo(verticalScrollBar()->value());
        settle(true);
    }
}

void TimelineView::fetchWhatIsNear()
{
    if (m_model->state() != TimelineModel::State::Ready) {
        return;
    }
    const qreal near = fetchAhead * viewport()->height();
    if (m_geometry.above() < near && m_model->canFetchOlder()) {
        m_model->fetchOlder();
    } else if (m_geometry.below() < near && m_model->canFetchNewer()) {
        m_model->fetchNewer();
    }
    QList<qint64> seams;
    const int last = m_geometry.lastVisible();
    for (int i = std::max(0, m_geometry.firstVisible()); i <= last && isVisible(); ++i) {
        const TimelineRow &row = m_model->rowAt(i);
        if (row.kind == TimelineRow::Kind::Seam && m_model->seamState(row.row) == SeamState::Quiet) {
            seams.append(row.row);
        }
    }
    for (const qint64 seam : seams) {
        m_model->fetchSeam(seam);
    }
}

bool TimelineView::isWatched() const
{
    return isVisible() && window()->isActiveWindow() && !window()->isMinimized();
}

void TimelineView::noteWhatIsRead()
{
    if (!isWatched() || m_model->state() != TimelineModel::State::Ready) {
        return;
    }
    for (int i = m_geometry.lastVisible(); i >= 0; --i) {
        const bool seen = m_geometry.topOf(i) + m_geometry.heightOf(i) <= viewport()->height() + 1;
        if (seen && m_model->messageAt(i)) {
            const qint64 row = m_model->rowAt(i).row;
            const qint64 before = m_model->readUpTo();
            m_model->markRead(row);
            if (m_model->readUpTo() != before) {
                Q_EMIT readUpTo(m_model->chat(), row);
            }
            return;
        }
    }
}

void TimelineView::placeButtons()
{
    const bool away = m_geometry.count() > 0 && (!m_geometry.atEnd() || !m_model->isAtNewest());
    const int gap = space(font(), 3);
    const QRect area = viewport()->geometry();
    int bottom = area.bottom() - gap;
    const auto put = [&](JumpButton *button, bool visible) {
        if (visible) {
            const QSize size = button->sizeHint();
            const bool mirrored = layoutDirection() == Qt::RightToLeft;
            const int left = mirrored ? area.left() + gap : area.right() - gap - size.width();
            button->setGeometry(QRect(QPoint(left, bottom - size.height()), size));
            button->raise();
            bottom -= size.height();
        }
        button->setVisible(visible);
    };
    put(m_jump, away);
    put(m_back, m_backPossible && m_geometry.count() > 0);
}

void TimelineView::setBackPossible(bool possible)
{
    if (m_backPossible != possible) {
        m_backPossible = possible;
        scheduleSettle();
    }
}

// ---- events of the widget ----

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest && m_settlePending) {
        settle();
    }
    return QAbstractScrollArea::event(event);
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) {
        dropMetrics();
    }
    settle();
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
    case QEvent::LayoutDirectionChange:
        dropMetrics();
        scheduleSettle();
        break;
    case QEvent::ActivationChange:
        if (m_model) {
            noteWhatIsRead();
        }
        break;
    default:
        break;
    }
}

void TimelineView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    scheduleSettle();
}

QSize TimelineView::sizeHint() const
{
    return {space(font(), 150), space(font(), 120)};
}

QSize TimelineView::minimumSizeHint() const
{
    return {space(font(), 40), space(font(), 20)};
}

QString TimelineView::selectedText() const
{
    return m_model ? m_selection.text(*m_model) : QString();
}

void TimelineView::copy() const
{
    const QString text = selectedText();
    if (!text.isEmpty()) {
        copyText(text);
    }
}

} // namespace Mingle
