// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Window that goes to places: panels beside the chat, what is found, and the way back.
#include "models/roomlistmodel.h"
#include "models/searchmodel.h"
#include "models/timelinemodel.h"
#include "shell/chatpane.h"
#include "shell/panes.h"
#include "shell/window.h"
#include "shell/windowactions.h"
#include "views/composer.h"
#include "views/membersview.h"
#include "views/roomheaderview.h"
#include "views/roomlistview.h"
#include "views/searchview.h"
#include "views/timelineview.h"

#include <QAction>
#include <QStackedWidget>

namespace Mingle {

QWidget *Window::makeSide(QWidget *parent)
{
    m_side = new QStackedWidget(parent);
    m_members = new MembersView(m_parts.members, m_side);
    m_search = new SearchView(
        m_parts.search, [this](const ChatId &chat) { return m_parts.rooms.chat(chat); }, m_side);
    m_side->addWidget(m_members);
    m_side->addWidget(m_search);
    return m_side;
}

void Window::connectPlaces()
{
    TimelineView *timeline = m_chat->timeline();
    connect(m_actions->search, &QAction::triggered, this, [this] { openSearch(false); });
    connect(m_actions->searchAll, &QAction::triggered, this, [this] { openSearch(true); });
    connect(m_actions->back, &QAction::triggered, this, &Window::goBackOnTrail);
    connect(m_actions->unread, &QAction::triggered, timeline, &TimelineView::goToUnread);
    timeline->setDaysPressable(true);
    const auto askForDay = [this, timeline](const QDate &day) {
        m_forms->day(day, [timeline](const QDate &chosen) { timeline->goToDay(chosen); });
    };
    connect(timeline, &TimelineView::dateWanted, this, askForDay);
    connect(m_actions->day, &QAction::triggered, this, [this, timeline, askForDay] {
        if (!m_menuChat.isEmpty() && m_menuChat != chat()) openChat(m_menuChat, true);
        askForDay(timeline->dayInView());
    });
    connect(m_chat->header(), &RoomHeaderView::searchWanted, this, [this](bool shown) {
        if (shown) {
            openSearch(false);
        } else {
            setSideOpen(m_search, false);
        }
    });
    connect(m_search, &SearchView::closeWanted, this, [this] { setSideOpen(m_search, false); });
    connect(m_search, &SearchView::chosen, this, &Window::goToFound);
    connect(timeline, &TimelineView::leaving, this, [this](const TimelinePlace &place) {
        m_trail.add(chat(), place);
        followTrail();
    });
    connect(timeline, &TimelineView::backWanted, this, &Window::goBackOnTrail);
    connect(timeline, &TimelineView::wentToNewest, this, [this] {
        m_trail.forget();
        followTrail();
    });
    const auto unread = [this] { m_actions->unread->setEnabled(m_parts.timeline.hasUnreadLine()); };
    connect(&m_parts.timeline, &QAbstractItemModel::modelReset, this, unread);
    connect(&m_parts.timeline, &TimelineModel::settled, this, unread);
    followTrail();
}

void Window::openSearch(bool everywhere)
{
    if (m_pages->currentIndex() != 0) return;
    if (!everywhere && !m_menuChat.isEmpty() && m_menuChat != chat()) openChat(m_menuChat, true);
    m_search->setEverywhere(everywhere);
    setSideOpen(m_search, true);
}

/// Marks are as SearchHit has them: begin and length.
void Window::goToFound(const ChatId &wanted, qint64 row, const QList<std::pair<qsizetype, qsizetype>> &marks)
{
    TimelinePlace place{.row = row, .flash = true};
    for (const auto &[begin, length] : marks)
        place.found.append({begin, begin + length});
    // Stepping from one to the next: one way back is enough.
    if (m_chat->timeline()->found().isEmpty() || !m_side->isVisible())
        m_trail.add(chat(), m_chat->timeline()->place());
    goTo(wanted, place);
}

void Window::goTo(const ChatId &wanted, const TimelinePlace &place)
{
    m_travelling = true;
    openChat(wanted, false);
    m_travelling = false;
    if (m_panes->isNarrow() || m_panes->isSideInstead()) {
        m_panes->setSideOpen(false); // what is marked stays so
        m_panes->setFront(Panes::Pane::Chat);
        m_chat->timeline()->setFocus(Qt::OtherFocusReason);
        updateHeader();
    }
    m_chat->timeline()->goTo(place);
    followTrail();
}

void Window::goBackOnTrail()
{
    if (const std::optional<Trail::Stop> stop = m_trail.takeLast()) goTo(stop->chat, stop->place);
}

void Window::followTrail()
{
    m_actions->back->setEnabled(!m_trail.isEmpty());
    m_chat->timeline()->setBackPossible(!m_trail.isEmpty());
}

void Window::setMembersOpen(bool open)
{
    setSideOpen(m_members, open);
}

bool Window::isSideShown(const QWidget *page) const
{
    return m_panes->isSideOpen() && m_side->currentWidget() == page;
}

void Window::setSideOpen(QWidget *page, bool open)
{
    if (open && page == m_members && chat().isEmpty()) open = false;
    if (!open && !isSideShown(page)) return;
    QWidget *now = focusWidget();
    const bool hadFocus = m_side->isAncestorOf(now);
    if (open && !hadFocus) m_beforeSide = now;
    if (m_side->currentWidget() == m_search && (!open || page != m_search)) m_chat->timeline()->clearFound();
    if (open) m_side->setCurrentWidget(page);
    m_panes->setSideOpen(open);
    const bool covers = open && (m_panes->isNarrow() || m_panes->isSideInstead());
    if (covers) m_panes->setFront(Panes::Pane::Side);
    if (open && page == m_search) {
        m_search->focusField();
    } else if (covers) {
        m_members->focusFilter();
    }
    if (!open && hadFocus) giveFocusBack();
    updateHeader();
}

/// To what had it before the panel was opened.
void Window::giveFocusBack()
{
    if (m_panes->isNarrow() && chat().isEmpty()) m_panes->setFront(Panes::Pane::List);
    QWidget *before = m_beforeSide;
    if (before && before->isVisible() && before->isEnabled() && !m_side->isAncestorOf(before)) {
        before->setFocus(Qt::OtherFocusReason);
    } else if (chat().isEmpty()) {
        m_list->focusList();
    } else {
        m_chat->focusComposer();
    }
}

void Window::goBack()
{
    if (m_panes->isSideOpen() && (m_panes->isSideInstead() || m_side->isAncestorOf(focusWidget()))) {
        setSideOpen(m_side->currentWidget(), false);
    } else if (m_panes->isNarrow() && m_panes->front() != Panes::Pane::List) {
        m_panes->setFront(Panes::Pane::List);
        m_list->focusList();
    } else if (m_panes->isSideOpen()) {
        setSideOpen(m_side->currentWidget(), false);
    } else {
        m_chat->focusComposer();
    }
}

void Window::cyclePane(int step)
{
    QList<QWidget *> stops;
    if (m_list->isVisible()) stops.append(m_list);
    if (m_chat->isVisible() && !chat().isEmpty()) stops.append({m_chat->timeline(), m_chat->composer()});
    if (m_side->isVisible()) stops.append(m_side);
    if (stops.isEmpty()) return;
    qsizetype at = -1;
    for (qsizetype i = 0; i < stops.size(); ++i) {
        const QWidget *now = focusWidget();
        if (now && (stops.at(i) == now || stops.at(i)->isAncestorOf(now))) at = i;
    }
    QWidget *next = stops.at((at + step + stops.size()) % stops.size());
    if (next == m_list) {
        m_list->focusList();
    } else if (next == m_side) {
        if (isSideShown(m_search)) {
            m_search->focusField();
        } else {
            m_members->focusFilter();
        }
    } else {
        next->setFocus(Qt::ShortcutFocusReason);
    }
}

} // namespace Mingle
