// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView that goes to places: a message found or quoted, a day, what is unread, and back.
#include "views/timelineview.h"

#include <QStyle>

#include <cmath>

namespace Mingle {

namespace {

constexpr int flashStep = 16; // ms
constexpr int flashHold = 500; // ms at full strength
constexpr int flashFade = 1100; // ms until it is gone
constexpr qreal unreadAt = 0.2; // of the viewport's height, so that one sees what was read last
constexpr qreal foundAt = 0.35;

} // namespace

TimelinePlace TimelineView::place() const
{
    TimelinePlace place;
    if (!m_model || isAtNewest()) {
        return place;
    }
    for (int i = std::max(0, m_geometry.firstVisible()); i < m_geometry.count(); ++i) {
        if (m_model->messageAt(i)) {
            place.row = m_model->rowAt(i).row;
            place.top = int(std::round(m_geometry.topOf(i)));
            break;
        }
    }
    return place;
}

void TimelineView::goTo(const TimelinePlace &place)
{
    if (!m_model) {
        return;
    }
    m_landing = place;
    m_model->locate(place.row);
}

void TimelineView::leaveFor(const TimelinePlace &place)
{
    Q_EMIT leaving(this->place());
    goTo(place);
}

void TimelineView::scrollToRow(qint64 row)
{
    goTo({.row = row, .flash = true});
}

void TimelineView::goToDay(const QDate &day)
{
    if (m_model) {
        Q_EMIT leaving(place());
        m_landing = TimelinePlace{.underDay = true};
        m_model->locateDay(day);
    }
}

QDate TimelineView::dayInView() const
{
    const int middle = m_model ? m_geometry.rowAt(viewport()->height() / 2.0) : -1;
    for (int i = middle; i >= 0; --i) {
        if (m_model->rowAt(i).day.isValid()) {
            return m_model->rowAt(i).day;
        }
    }
    return {};
}

bool TimelineView::goToUnread()
{
    if (!m_model || !m_model->hasUnreadLine()) {
        return false;
    }
    for (int i = 0; i < m_geometry.count(); ++i) {
        if (m_model->rowAt(i).kind == TimelineRow::Kind::Unread) {
            Q_EMIT leaving(place());
            m_geometry.place(i, std::floor(viewport()->height() * unreadAt));
            settle(true);
            return true;
        }
    }
    // Far away: the last message that was read leads there.
    leaveFor({.row = m_model->unreadAfter(), .top = int(viewport()->height() * unreadAt)});
    return true;
}

/// Rows were read that hold the place wanted.
void TimelineView::showLocated(qint64 row)
{
    const TimelinePlace landing = std::exchange(m_landing, std::nullopt).value_or(TimelinePlace());
    const int index = row == 0 ? -1 : m_model->indexOf(row);
    if (index < 0) {
        m_geometry.scrollToEnd();
        settle();
        return;
    }
    setFound(landing.found.isEmpty() ? 0 : row, landing.found);
    land(index, landing);
    setCurrentRow(row);
    m_showCurrent = true;
    settle();
    if (landing.flash) {
        startFlash(row);
    }
}

void TimelineView::land(int index, const TimelinePlace &landing)
{
    const qreal room = viewport()->height();
    if (landing.top) {
        m_geometry.place(index, *landing.top);
        return;
    }
    if (landing.underDay) {
        const bool headed = index > 0 && m_model->rowAt(index - 1).kind == TimelineRow::Kind::Day;
        m_geometry.place(headed ? index - 1 : index, 0);
        return;
    }
    const MessageLayout *layout = &layoutAt(index);
    const qsizetype first = landing.found.isEmpty() ? 0 : landing.found.constFirst().begin;
    if (layout->text() && layout->text()->isCut() && first >= layout->text()->shownLength()) {
        m_expanded.insert(m_model->rowAt(index).row);
        rowsChanged(index, index);
        layout = &layoutAt(index);
    }
    qreal y = std::max(0.0, (room - layout->height()) / 2);
    if (layout->height() > room && layout->text() && !landing.found.isEmpty()) {
        const QList<QRectF> rects = layout->text()->rectsOf(first, landing.found.constFirst().end);
        if (!rects.isEmpty()) {
            y = std::min(0.0, room * foundAt - layout->textPosition().y() - rects.constFirst().top());
        }
    }
    m_geometry.place(index, std::floor(y));
}

// ---- what is marked ----

void TimelineView::setFound(qint64 row, const QList<TextRange> &ranges)
{
    updateRow(m_foundRow);
    m_foundRow = row;
    m_found = ranges;
    updateRow(row);
}

void TimelineView::startFlash(qint64 row)
{
    updateRow(m_flashRow);
    m_flashRow = row;
    m_flashSince.start();
    const bool still = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0;
    m_flash.start(still ? flashHold + flashFade : flashStep, this);
    updateRow(row);
}

void TimelineView::flashOn()
{
    updateRow(m_flashRow);
    if (m_flashSince.elapsed() >= flashHold + flashFade) {
        m_flash.stop();
        m_flashRow = 0;
    }
}

qreal TimelineView::flashOf(qint64 row) const
{
    if (row == 0 || row != m_flashRow) {
        return 0;
    }
    const qreal gone = std::max<qint64>(0, m_flashSince.elapsed() - flashHold);
    return std::clamp(1 - gone / flashFade, 0.0, 1.0);
}

} // namespace Mingle
