// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/timelinemodel.h"
#include "widgets/messagetext.h"

namespace Mingle {

/// A place in a timeline's text: a message's row and a position in its body (UTF-16 units).
struct TextPlace {
    qint64 row = 0;
    qsizetype position = 0;

    friend bool operator==(const TextPlace &, const TextPlace &) = default;
};

/// What is selected in a timeline: from one place to another, over any number of messages in between.
class TimelineSelection
{
public:
    bool isEmpty() const { return m_from == m_to || m_from.row == 0; }
    void clear() { m_from = m_to = {}; }
    void start(const TextPlace &place) { m_from = m_to = place; }
    void extend(const TextPlace &place) { m_to = place; }
    const TextPlace &from() const { return m_from; }
    const TextPlace &to() const { return m_to; }

    /// Where the ends stand now. Rows that are no longer in the window make it invalid.
    struct Span {
        int first = -1; ///< index in the model
        int last = -1;
        qsizetype begin = 0; ///< in the first message
        qsizetype end = 0;   ///< in the last one

        bool isValid() const { return first >= 0 && last >= 0; }
        bool holds(int index) const { return index >= first && index <= last && isValid(); }
        /// The selected part of a body with this length.
        TextRange rangeOf(int index, qsizetype length) const;
    };
    Span span(const TimelineModel &model) const;
    /// A part of one message as it is; of several messages "Nick [time]: text", one after the other.
    QString text(const TimelineModel &model) const;

private:
    TextPlace m_from;
    TextPlace m_to;
};

} // namespace Mingle
