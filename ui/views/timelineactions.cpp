// SPDX-License-Identifier: GPL-3.0-or-later
// The part of TimelineView that does what is asked of a message: open, copy, try again; menu and tool tips.
#include "views/timelineview.h"
#include "views/timelinewords.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QToolTip>

#include <cmath>

namespace Mingle {

namespace {

constexpr int tipUnits = 400;

} // namespace

void TimelineView::copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

void TimelineView::pressPart(int index, int part)
{
    const QList<MessagePart> parts = rowParts(index);
    if (part < 0 || part >= parts.size()) {
        return;
    }
    const qint64 row = m_model->rowAt(index).row;
    const Message *message = m_model->messageAt(index);
    if (!message) {
        if (parts.at(part).kind == MessagePart::Kind::Day) {
            Q_EMIT dateWanted(m_model->rowAt(index).day);
        } else {
            m_model->fetchSeam(row);
        }
        return;
    }
    switch (parts.at(part).kind) {
    case MessagePart::Kind::Quote:
        if (const Message *quoted = m_model->messageByReference(message->replyTo)) {
            leaveFor({.row = quoted->row, .flash = true});
        }
        break;
    case MessagePart::Kind::Link:
        openLink(layoutAt(index).text()->links().at(parts.at(part).link).target);
        break;
    case MessagePart::Kind::ShowAll:
        m_expanded.insert(row);
        m_currentPart = -1;
        m_geometry.place(index, m_geometry.topOf(index)); // it grows downwards
        rowsChanged(index, index);
        break;
    case MessagePart::Kind::Retry:
        m_model->retry(row);
        break;
    case MessagePart::Kind::Discard:
        m_model->discard(row);
        break;
    case MessagePart::Kind::Day:
        break;
    }
}

void TimelineView::openLink(const QUrl &link)
{
    const QString scheme = link.scheme();
    if (scheme == QLatin1String("xmpp")) {
        Q_EMIT chatLinkActivated(link);
    } else if (scheme == QLatin1String("http") || scheme == QLatin1String("https")
               || scheme == QLatin1String("mailto")) {
        QDesktopServices::openUrl(link);
    }
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!m_model) {
        return;
    }
    if (event->reason() == QContextMenuEvent::Mouse) {
        const Spot spot = spotAt(viewport()->mapFromGlobal(event->globalPos()));
        showMenu(spot.index, spot.part, event->globalPos());
        return;
    }
    showMenuForCurrent();
}

void TimelineView::showMenuForCurrent()
{
    const int index = indexOfKey(m_current);
    if (index >= 0) {
        const QRect row = rowRect(index) & viewport()->rect();
        const int left = layoutDirection() == Qt::RightToLeft ? row.right() - qRound(metrics().textLeft)
                                                              : qRound(metrics().textLeft);
        showMenu(index, m_currentPart,
                 viewport()->mapToGlobal(QPoint(left, row.top() + qRound(metrics().lineHeight))));
    }
}

void TimelineView::showMenu(int index, int part, const QPoint &globalPosition)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("messageMenu"));
    const Message *found = index < 0 ? nullptr : m_model->messageAt(index);
    const Message message = found ? *found : Message(); // the window may move on while the menu is open
    if (!m_selection.isEmpty()) {
        QAction *action = menu->addAction(tr("&Copy selected text"), this, &TimelineView::copy);
        action->setShortcut(QKeySequence::Copy);
    }
    if (found && !message.retracted) {
        menu->addAction(tr("Copy &message"), this, [this, message] { copyText(message.body); });
    }
    const QList<MessagePart> parts = found ? rowParts(index) : QList<MessagePart>();
    if (part >= 0 && part < parts.size() && parts.at(part).kind == MessagePart::Kind::Link) {
        const QUrl target = layoutAt(index).text()->links().at(parts.at(part).link).target;
        menu->addAction(tr("Copy &link"), this, [this, target] { copyText(linkTarget(target)); });
        menu->addAction(tr("&Open link"), this, [this, target] { openLink(target); });
    }
    if (found && message.delivery == Delivery::Failed) {
        menu->addSeparator();
        menu->addAction(tr("&Try again"), this, [this, message] { m_model->retry(message.row); });
        menu->addAction(tr("&Delete"), this, [this, message] { m_model->discard(message.row); });
    }
    if (m_model->rowCount() > 0) {
        menu->addSeparator();
        QAction *action = menu->addAction(tr("Select &all"), this, &TimelineView::selectAll);
        action->setShortcut(QKeySequence::SelectAll);
    }
    if (menu->isEmpty()) {
        delete menu;
        return;
    }
    menu->popup(globalPosition);
}

void TimelineView::showTip(const QPoint &point, const QPoint &globalPosition)
{
    const QString tip = tipAt(point);
    if (tip.isEmpty()) {
        QToolTip::hideText();
        return;
    }
    // Escaped, and marked as rich text so that nothing guesses: a tool tip takes <img> for a picture
    // otherwise.
    QToolTip::showText(globalPosition, u"<qt>" % tip.toHtmlEscaped() % u"</qt>", viewport());
}

QString TimelineView::tipAt(const QPointF &point) const
{
    const Spot spot = spotAt(point);
    const Message *message = spot.index < 0 ? nullptr : m_model->messageAt(spot.index);
    if (!message) {
        return {};
    }
    const MessageLayout &layout = layoutAt(spot.index);
    if (spot.part >= 0 && layout.parts().at(spot.part).kind == MessagePart::Kind::Link) {
        const QString target = layout.parts().at(spot.part).label;
        return target.size() > tipUnits ? target.first(tipUnits) + QChar(0x2026) : target;
    }
    const QPointF inside(point.x(), point.y() - std::round(m_geometry.topOf(spot.index)));
    if (layout.deliveryRect().contains(inside)) {
        return TimelineWords::delivery(message->delivery);
    }
    const bool grouped = layout.look().grouped;
    const QRectF gutter(0, 0, metrics().textLeft, layout.height());
    if (layout.timeRect().contains(inside) || (grouped && metrics().mirrored(gutter).contains(inside))) {
        return TimelineWords::dateAndTime(message->time);
    }
    if (layout.nameRect().contains(inside) || layout.avatarRect().contains(inside)) {
        return message->author.address.isEmpty()
                   ? layout.look().name
                   : tr("%1 \u2013 %2").arg(layout.look().name, message->author.address.toString());
    }
    return {};
}

} // namespace Mingle
