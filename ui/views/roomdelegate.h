// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"

#include <QStyledItemDelegate>

namespace Mingle {

struct Theme;

/// Draws the rows of the room list: headings, and chats with avatar, title, last message, time and badges. All texts
/// are drawn as plain text.
class RoomDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    struct Pen; ///< what one row is drawn with
    void paintHeading(const Pen &pen, const QModelIndex &index) const;
    void paintChat(const Pen &pen, const Chat &chat, const ChatState &state) const;
    void paintTitleLine(const Pen &pen, const QRect &line, const Chat &chat) const;
    void paintPreviewLine(const Pen &pen, QRect line, const Chat &chat, const ChatState &state) const;
    /// Each draws at the trailing end of line and gives back its width.
    int paintBadge(const Pen &pen, const QRect &line, const QString &text, bool loud) const;
    int paintFailure(const Pen &pen, const QRect &line) const;
};

} // namespace Mingle
