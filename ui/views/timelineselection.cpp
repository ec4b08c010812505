// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/timelineselection.h"

#include "views/timelinewords.h"

#include <QStringList>

#include <tuple>

namespace Mingle {

TextRange TimelineSelection::Span::rangeOf(int index, qsizetype length) const
{
    if (!holds(index)) {
        return {};
    }
    return {index == first ? std::min(begin, length) : 0, index == last ? std::min(end, length) : length};
}

TimelineSelection::Span TimelineSelection::span(const TimelineModel &model) const
{
    if (isEmpty()) {
        return {};
    }
    const int from = model.indexOf(m_from.row);
    const int to = m_to.row == m_from.row ? from : model.indexOf(m_to.row);
    if (from < 0 || to < 0) {
        return {};
    }
    const bool forward = std::tie(from, m_from.position) <= std::tie(to, m_to.position);
    return forward ? Span{from, to, m_from.position, m_to.position}
                   : Span{to, from, m_to.position, m_from.position};
}

QString TimelineSelection::text(const TimelineModel &model) const
{
    const Span selected = span(model);
    if (!selected.isValid()) {
        return {};
    }
    QStringList lines;
    const auto cut = [&](int index, const Message &message) {
        const TextRange range = selected.rangeOf(index, message.body.size());
        return message.body.mid(range.begin, range.end - range.begin);
    };
    if (selected.first == selected.last) {
        const Message *message = model.messageAt(selected.first);
        return message ? cut(selected.first, *message) : QString();
    }
    const bool oneDay = model.rowAt(selected.first).day == model.rowAt(selected.last).day;
    for (int i = selected.first; i <= selected.last; ++i) {
        const Message *message = model.messageAt(i);
        if (!message || message->retracted) {
            continue;
        }
        const QString text = cut(i, *message);
        if (!text.isEmpty()) {
            lines.append(TimelineWords::copied(*message, text, !oneDay));
        }
    }
    return lines.join(u'\n');
}

} // namespace Mingle
