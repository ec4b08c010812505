// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timelinerows.h"

#include <QHash>

#include <algorithm>

namespace Mingle {

namespace {

constexpr qint64 groupSeconds = 5 * 60;

bool continues(const Message &above, const Message &message)
{
    if (above.notice != Notice::None) return false;
    // An unknown member has no key: two of them need not be one person.
    return message.author.key == above.author.key && message.author.nick == above.author.nick
           && message.author.isMe == above.author.isMe
           && (message.author.isMe || !message.author.key.isEmpty())
           && qAbs(above.time.secsTo(message.time)) <= groupSeconds;
}

/// Whether something by somebody else stands below this place, so that a line is worth it.
bool hasNewsFrom(const QList<Message> &messages, qsizetype first)
{
    return std::any_of(messages.begin() + first, messages.end(), [](const Message &message) {
        return !message.author.isMe && message.notice == Notice::None;
    });
}

/// Marks the rows of from that can stay: a longest increasing subsequence of their places in the new list.
QList<bool> staying(const QList<int> &places)
{
    QList<int> tails; // indexes into places, by length of the subsequence they end
    QList<int> previous(places.size(), -1);
    for (int i = 0; i < places.size(); ++i) {
        if (places.at(i) < 0) {
            continue;
        }
        const auto at = std::lower_bound(tails.begin(), tails.end(), places.at(i),
                                         [&](int tail, int place) { return places.at(tail) < place; });
        if (at != tails.begin()) {
            previous[i] = *(at - 1);
        }
        if (at == tails.end()) {
            tails.append(i);
        } else {
            *at = i;
        }
    }
    QList<bool> result(places.size(), false);
    for (int i = tails.isEmpty() ? -1 : tails.constLast(); i >= 0; i = previous.at(i)) {
        result[i] = true;
    }
    return result;
}

} // namespace

QList<TimelineRow> makeTimelineRows(const TimelineWindow &window, qint64 unreadAfter, bool archived)
{
    using Kind = TimelineRow::Kind;
    const QList<Message> &messages = window.messages();
    QList<TimelineRow> rows;
    rows.reserve(messages.size() + 8);
    if (window.atOldest() && window.seams().contains(0)) {
        rows.append({.kind = Kind::Seam});
    } else if (window.atOldest() && archived && !messages.isEmpty()) {
        rows.append({.kind = Kind::Beginning});
    }
    QDate day;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const Message &message = messages.at(i);
        bool broken = i == 0 || window.seams().contains(messages.at(i - 1).row);
        const QDate date = message.time.isValid() ? message.time.toLocalTime().date() : day;
        if (date.isValid() && date != day) {
            day = date;
            broken = true;
            rows.append({.kind = Kind::Day, .row = message.row, .day = day});
        }
        if (i > 0 && unreadAfter != 0 && messages.at(i - 1).row == unreadAfter && hasNewsFrom(messages, i)) {
            broken = true;
            rows.append({.kind = Kind::Unread, .row = message.row});
        }
        const bool grouped = !broken && continues(messages.at(i - 1), message);
        const Kind kind = message.notice == Notice::None ? Kind::Message : Kind::Notice;
        rows.append({kind, message.row, i, grouped, day});
        if (window.seams().contains(message.row)) {
            rows.append({.kind = Kind::Seam, .row = message.row});
        }
    }
    return rows;
}

TimelineSteps timelineSteps(const QList<TimelineRow> &from, const QList<TimelineRow> &to)
{
    QHash<TimelineRow, int> placeOf;
    placeOf.reserve(to.size());
    for (int i = 0; i < to.size(); ++i) {
        placeOf.insert(to.at(i), i);
    }
    QList<int> places(from.size());
    std::transform(from.begin(), from.end(), places.begin(),
                   [&](const TimelineRow &row) { return placeOf.value(row, -1); });
    const QList<bool> stays = staying(places);

    TimelineSteps steps;
    QList<bool> kept(to.size(), false);
    for (int i = int(from.size()) - 1; i >= 0; --i) {
        if (stays.at(i)) {
            kept[places.at(i)] = true;
        } else if (!steps.removals.isEmpty() && steps.removals.constLast().first == i + 1) {
            steps.removals.last().first = i;
        } else {
            steps.removals.append({i, i});
        }
    }
    for (int i = 0; i < to.size(); ++i) {
        if (kept.at(i)) {
            continue;
        }
        if (!steps.insertions.isEmpty() && steps.insertions.constLast().last == i - 1) {
            steps.insertions.last().last = i;
        } else {
            steps.insertions.append({i, i});
        }
    }
    return steps;
}

} // namespace Mingle
