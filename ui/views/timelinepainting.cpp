// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView that lays rows out and draws them.
#include "views/errortext.h"
#include "views/timelineview.h"
#include "views/timelinewords.h"
#include "widgets/avatar.h"

#include <QPainter>
#include <QPaintEvent>

#include <cmath>

namespace Mingle {

namespace {

constexpr int unitsPerCost = 2000; // of text that make a cached layout count for one more

} // namespace

const TimelineMetrics &TimelineView::metrics() const
{
    if (!m_metrics) {
        m_metrics.emplace(font(), palette(), viewport()->width(), layoutDirection());
    }
    return *m_metrics;
}

void TimelineView::dropMetrics()
{
    m_metrics.reset();
    m_layouts.clear();
    m_geometry.invalidateAll();
}

void TimelineView::dropLayouts(int first, int last)
{
    QStringList ids;
    for (int i = first; i <= last; ++i) {
        if (const Message *message = m_model->messageAt(i)) {
            m_layouts.remove(message->row);
            ids << message->archiveId << message->originId << message->stanzaId;
        }
    }
    // Those that quote a changed message show its new text.
    const QList<qint64> rows = m_layouts.keys();
    for (const qint64 row : rows) {
        const QString &answered = m_layouts.object(row)->look().message.replyTo;
        if (!answered.isEmpty() && ids.contains(answered)) {
            m_layouts.remove(row);
        }
    }
}

MessageLook TimelineView::lookOf(int index) const
{
    const Message &message = *m_model->messageAt(index);
    MessageLook look;
    look.message = message;
    look.grouped = m_model->rowAt(index).grouped;
    look.expanded = m_expanded.contains(message.row);
    look.name = TimelineWords::name(message.author);
    if (message.delivery == Delivery::Failed) {
        look.failure = TimelineWords::failure(message.failure);
    }
    if (const Message *quoted = m_model->messageByReference(message.replyTo)) {
        look.quotedName = TimelineWords::name(quoted->author);
        const Author &author = quoted->author;
        look.quotedKey = colourKey(author.address, author.key, author.nick);
        look.quotedText = quoted->retracted ? tr("This message was deleted.") : singleLine(quoted->body, 200);
    }
    return look;
}

const MessageLayout &TimelineView::layoutAt(int index) const
{
    const qint64 row = m_model->rowAt(index).row;
    if (const MessageLayout *known = m_layouts.object(row)) {
        return *known;
    }
    auto *layout = new MessageLayout(lookOf(index), metrics());
    const qsizetype length = layout->text() ? layout->text()->shownLength() : 0;
    m_layouts.insert(row, layout, 1 + length / unitsPerCost);
    return *layout;
}

qreal TimelineView::lineHeight(TimelineRow::Kind kind) const
{
    const qreal steps = kind == TimelineRow::Kind::Unread ? 4 : 6;
    return std::ceil(metrics().smallHeight + steps * metrics().unit);
}

qreal TimelineView::measuredHeight(int index) const
{
    const TimelineRow &row = m_model->rowAt(index);
    return m_model->messageAt(index) ? layoutAt(index).height() : lineHeight(row.kind);
}

qreal TimelineView::estimatedHeight(int index) const
{
    const TimelineRow &row = m_model->rowAt(index);
    const Message *message = m_model->messageAt(index);
    return message ? MessageLayout::estimatedHeight(*message, row.grouped, metrics()) : lineHeight(row.kind);
}

LineLook TimelineView::lineOf(int index) const
{
    const TimelineRow &row = m_model->rowAt(index);
    const Theme &theme = metrics().theme;
    switch (row.kind) {
    case TimelineRow::Kind::Day:
        return {.text = TimelineWords::day(row.day, QDate::currentDate()),
                .colour = theme.separator,
                .pressable = m_daysPressable};
    case TimelineRow::Kind::Beginning:
        return {.text = TimelineWords::beginning(m_model->title()), .colour = theme.separator, .bare = true};
    case TimelineRow::Kind::Unread: {
        const Message *above = index > 0 ? m_model->messageAt(index - 1) : nullptr;
        for (int i = index - 1; i >= 0 && !above; --i) {
            above = m_model->messageAt(i);
        }
        return {TimelineWords::newSince(above ? above->time : QDateTime(), QDate::currentDate()),
                {},
                theme.accent,
                true};
    }
    case TimelineRow::Kind::Seam: {
        const SeamState state = m_model->seamState(row.row);
        const Error error = m_model->seamError(row.row);
        return {TimelineWords::seam(state, error), TimelineWords::seamAction(state, error), theme.separator,
                false};
    }
    case TimelineRow::Kind::Notice:
        if (const Message *message = m_model->noticeAt(index))
            return {.text = TimelineWords::notice(*message), .colour = theme.separator, .bare = true};
        break;
    case TimelineRow::Kind::Message:
        break;
    }
    return {};
}

void TimelineView::paintEvent(QPaintEvent *event)
{
    if (!m_model) {
        return;
    }
    if (m_settlePending) {
        settle();
    }
    QPainter painter(viewport());
    painter.setClipRect(event->rect()); // a long message draws only the lines within
    if (m_geometry.count() == 0) {
        paintEmpty(&painter);
        return;
    }
    const TimelineSelection::Span selected = m_selection.span(*m_model);
    const int last = m_geometry.lastVisible();
    for (int i = m_geometry.firstVisible(); i <= last; ++i) {
        if (event->region().intersects(rowRect(i))) {
            paintRow(&painter, i, selected);
        }
    }
}

void TimelineView::paintRow(QPainter *painter, int index, const TimelineSelection::Span &selected) const
{
    const TimelineRow &row = m_model->rowAt(index);
    const qreal top = std::round(m_geometry.topOf(index));
    if (!m_model->messageAt(index)) {
        const QRectF rect(0, top, metrics().width, m_geometry.heightOf(index));
        const bool current = m_current != 0 && m_current == keyOf(index) && m_showCurrent && hasFocus();
        paintLine(painter, rect, lineOf(index), metrics(), m_hoveredSeam == index, current);
        return;
    }
    const MessageLayout &layout = layoutAt(index);
    MessagePaintState state;
    state.selected = selected.rangeOf(index, layout.look().message.body.size());
    state.hovered = m_hovered == row.row;
    state.hoveredPart = state.hovered ? m_hoveredPart : -1;
    state.focused = m_current == row.row && m_showCurrent && hasFocus();
    state.focusedPart = state.focused ? m_currentPart : -1;
    state.flash = flashOf(row.row);
    if (row.row == m_foundRow) {
        state.found = m_found;
    }
    if (m_avatarOf && !layout.look().grouped)
        state.avatar =
            m_avatarOf(layout.look().message.author, layout.avatarRect().width(), devicePixelRatio());
    paintMessage(painter, top, layout, metrics(), state);
}

QString TimelineView::emptyText() const
{
    if (!m_model) {
        return {};
    }
    switch (m_model->state()) {
    case TimelineModel::State::NoChat:
        return tr("Choose a room or a person to read.");
    case TimelineModel::State::Loading:
        return tr("Loading messages\u2026");
    case TimelineModel::State::Ready:
        return tr("No messages yet. Say hello.");
    case TimelineModel::State::Failed:
        return errorText(m_model->error(), Attempt::Read).plain();
    }
    return {};
}

void TimelineView::paintEmpty(QPainter *painter) const
{
    if (m_model->state() == TimelineModel::State::Loading) {
        return; // it takes a frame or two: words would only flicker
    }
    const qreal margin = metrics().margin;
    painter->setFont(sized(font(), TextSize::Large));
    painter->setPen(metrics().theme.muted);
    painter->drawText(QRectF(viewport()->rect()).adjusted(margin, margin, -margin, -margin),
                      Qt::AlignCenter | Qt::TextWordWrap, emptyText());
}

QRect TimelineView::rowRect(int index) const
{
    return {0, int(std::round(m_geometry.topOf(index))), viewport()->width(),
            int(std::ceil(m_geometry.heightOf(index)))};
}

QString TimelineView::rowText(int index) const
{
    if (const Message *message = m_model->messageAt(index)) {
        return TimelineWords::spoken(*message);
    }
    const LineLook line = lineOf(index);
    return line.text;
}

QList<MessagePart> TimelineView::rowParts(int index) const
{
    if (m_model->messageAt(index)) {
        return layoutAt(index).parts();
    }
    const LineLook line = lineOf(index);
    const QRectF area = lineActionRect(line, m_geometry.heightOf(index), metrics());
    if (line.pressable) {
        return {{MessagePart::Kind::Day, -1, area, tr("Jump to another day")}};
    }
    return line.action.isEmpty() ? QList<MessagePart>()
                                 : QList<MessagePart>{{MessagePart::Kind::Retry, -1, area, line.action}};
}

QRect TimelineView::partRect(int index, int part) const
{
    return rowParts(index).at(part).area.translated(0, std::round(m_geometry.topOf(index))).toAlignedRect();
}

void TimelineView::updateRow(qint64 row)
{
    const int index = row == 0 || !m_model ? -1 : m_model->indexOf(row);
    if (index >= 0 && index < m_geometry.count()) {
        viewport()->update(rowRect(index));
    }
}

} // namespace Mingle
