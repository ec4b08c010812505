// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "views/timelineview.h"

#include <optional>

namespace Mingle {

/// Where one was before each jump, the latest last, so that one can go back.
class Trail
{
public:
    struct Stop {
        ChatId chat;
        TimelinePlace place;
    };

    void add(const ChatId &chat, const TimelinePlace &place);
    std::optional<Stop> takeLast();
    void forget() { m_stops.clear(); }
    void forget(const ChatId &chat);
    bool isEmpty() const { return m_stops.isEmpty(); }

private:
    QList<Stop> m_stops;
};

} // namespace Mingle
