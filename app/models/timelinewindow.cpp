// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timelinewindow.h"

#include <algorithm>
#include <utility>

namespace Mingle {

namespace {

bool isBefore(const Message &a, const Message &b)
{
    return std::pair(a.order, a.row) < std::pair(b.order, b.row);
}

} // namespace

qsizetype TimelineWindow::indexOf(qint64 row) const
{
    // From the newest end: what changes is mostly new.
    for (qsizetype i = m_messages.size() - 1; i >= 0; --i) {
        if (m_messages.at(i).row == row) {
            return i;
        }
    }
    return -1;
}

void TimelineWindow::clear()
{
    *this = {};
}

Message TimelineWindow::named(Message message) const
{
    if (!m_person.isEmpty()) {
        message.author.nick = message.author.isMe ? QString() : m_person;
    }
    return message;
}

bool TimelineWindow::setPerson(const QString &name)
{
    if (m_person == name) {
        return false;
    }
    m_person = name;
    for (Message &message : m_messages) {
        message = named(message);
    }
    return !m_messages.isEmpty();
}

void TimelineWindow::replace(const MessagePage &page)
{
    m_messages.clear();
    m_messages.reserve(page.messages.size());
    for (const Message &message : page.messages) {
        m_messages.append(named(message));
    }
    std::sort(m_messages.begin(), m_messages.end(), isBefore);
    m_atOldest = page.reachesOldest;
    m_atNewest = page.reachesNewest;
    m_seams = QSet(page.seamsAfter.begin(), page.seamsAfter.end());
}

void TimelineWindow::addOlder(const MessagePage &page)
{
    merge(page);
    m_atOldest = page.reachesOldest;
}

void TimelineWindow::addNewer(const MessagePage &page)
{
    merge(page);
    m_atNewest = page.reachesNewest;
}

void TimelineWindow::merge(const MessagePage &page)
{
    QSet<qint64> fresh;
    for (const Message &message : page.messages) {
        fresh.insert(message.row);
    }
    m_messages.removeIf([&](const Message &message) { return fresh.contains(message.row); });
    for (const Message &message : page.messages) {
        m_messages.append(named(message));
    }
    std::sort(m_messages.begin(), m_messages.end(), isBefore);
    m_seams.unite(QSet(page.seamsAfter.begin(), page.seamsAfter.end()));
}

bool TimelineWindow::holds(const Message &message) const
{
    if (m_messages.isEmpty()) {
        return m_atOldest && m_atNewest;
    }
    return (m_atOldest || !isBefore(message, m_messages.constFirst()))
           && (m_atNewest || !isBefore(m_messages.constLast(), message));
}

bool TimelineWindow::put(const Message &unnamed)
{
    const Message message = named(unnamed);
    const qsizetype old = indexOf(message.row);
    if (old >= 0) {
        if (m_messages.at(old) == message) {
            return false;
        }
        if (m_messages.at(old).order == message.order) {
            m_messages[old] = message;
            return true;
        }
        m_messages.removeAt(old);
    }
    if (!holds(message)) {
        return old >= 0;
    }
    m_messages.insert(std::upper_bound(m_messages.begin(), m_messages.end(), message, isBefore), message);
    return true;
}

bool TimelineWindow::remove(qint64 row)
{
    const qsizetype index = indexOf(row);
    if (index < 0) {
        return false;
    }
    m_messages.removeAt(index);
    return true;
}

void TimelineWindow::dropOldest(qsizetype max)
{
    const qsizetype surplus = m_messages.size() - max;
    if (surplus <= 0) {
        return;
    }
    for (qsizetype i = 0; i < surplus; ++i) {
        m_seams.remove(m_messages.at(i).row);
    }
    m_seams.remove(0);
    m_messages.remove(0, surplus);
    m_atOldest = false;
}

void TimelineWindow::dropNewest(qsizetype max)
{
    if (m_messages.size() <= max) {
        return;
    }
    for (qsizetype i = max; i < m_messages.size(); ++i) {
        m_seams.remove(m_messages.at(i).row);
    }
    m_messages.resize(max);
    m_atNewest = false;
}

} // namespace Mingle
