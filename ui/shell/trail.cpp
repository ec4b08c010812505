// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/trail.h"

namespace Mingle {

namespace {

constexpr qsizetype most = 30;

} // namespace

void Trail::add(const ChatId &chat, const TimelinePlace &place)
{
    if (chat.isEmpty()) return;
    // Stepping through what was found: the way back leads to where reading stopped, not through each step.
    if (!m_stops.isEmpty() && m_stops.constLast().chat == chat && m_stops.constLast().place.row == place.row)
        return;
    m_stops.append({chat, place});
    if (m_stops.size() > most) m_stops.removeFirst();
}

std::optional<Trail::Stop> Trail::takeLast()
{
    if (m_stops.isEmpty()) return {};
    return m_stops.takeLast();
}

void Trail::forget(const ChatId &chat)
{
    m_stops.removeIf([&chat](const Stop &stop) { return stop.chat == chat; });
}

} // namespace Mingle
