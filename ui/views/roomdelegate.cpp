// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/roomdelegate.h"

#include "core/preference.h"
#include "models/roomlistmodel.h"
#include "views/timetext.h"
#include "widgets/avatarpictures.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace Mingle {

struct RoomDelegate::Pen {
    QPainter *painter;
    const QStyleOptionViewItem &option;
    Theme theme;
    bool selected;
    QRect row; ///< without the margins

    int step(int steps) const { return space(option.font, steps); }
    bool rightToLeft() const { return option.direction == Qt::RightToLeft; }
    QColor text() const { return selected ? theme.onSelection : theme.text; }
    QColor quiet() const { return selected ? theme.onSelection : theme.muted; }
    /// A part of line from the leading edge, mirrored where that is right.
    QRect part(const QRect &line, int from, int width) const
    {
        return QStyle::visualRect(option.direction, line,
                                  QRect(line.left() + from, line.top(), width, line.height()));
    }
    void draw(const QRect &box, const QFont &font, const QColor &colour, const QString &text) const
    {
        painter->setFont(font);
        painter->setPen(colour);
        const QString shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, box.width());
        painter->drawText(box,
                          int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter
                              | Qt::TextSingleLine),
                          shown);
    }
};

namespace {

QFont smallFont(const QFont &font)
{
    return sized(font, TextSize::Small);
}

int lineHeight(const QFont &font)
{
    return std::max(QFontMetrics(font).height(), space(font, 5));
}

QString bounded(int count)
{
    return count > 999 ? QStringLiteral("999+") : QLocale().toString(count);
}

QColor presenceColour(Presence presence, const Theme &theme)
{
    switch (presence) {
    case Presence::Online:
    case Presence::FreeForChat:
        return theme.success;
    case Presence::Away:
    case Presence::ExtendedAway:
        return theme.warning;
    case Presence::DoNotDisturb:
        return theme.danger;
    case Presence::Unknown:
    case Presence::Offline:
        break;
    }
    return {};
}

} // namespace

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.data(RoomListModel::HeadingRole).toBool())
        return {space(option.font, 20),
                QFontMetrics(smallFont(option.font)).height() + space(option.font, 4)};
    const int lines = lineHeight(option.font) + lineHeight(option.font);
    return {space(option.font, 30), std::max(lines, space(option.font, 11)) + space(option.font, 4)};
}

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const int side = space(option.font, 2);
    const Pen pen{painter, option, Theme(option.palette), selected, option.rect.adjusted(side, 0, -side, 0)};
    if (index.data(RoomListModel::HeadingRole).toBool()) {
        paintHeading(pen, index);
    } else {
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? pen.theme.selection : pen.theme.hover);
            painter->drawRoundedRect(pen.row.adjusted(0, 1, 0, -1), side, side);
        }
        if (option.state.testFlag(QStyle::State_HasFocus)
            && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(selected ? pen.theme.onSelection : pen.theme.accent, 2));
            painter->drawRoundedRect(QRectF(pen.row).adjusted(3, 4, -3, -4), side - 2, side - 2);
        }
        paintChat(pen, index.data(RoomListModel::ChatRole).value<Chat>(),
                  index.data(RoomListModel::StateRole).value<ChatState>());
    }
    painter->restore();
}

void RoomDelegate::paintHeading(const Pen &pen, const QModelIndex &index) const
{
    const QFont font = sized(pen.option.font, TextSize::Small, QFont::DemiBold);
    const auto section = index.data(RoomListModel::SectionRole).value<RoomListModel::Section>();
    const QColor colour = section == RoomListModel::Section::NeedsYou ? pen.theme.link : pen.theme.muted;
    const QRect line = pen.row.adjusted(pen.step(2), pen.step(1), -pen.step(2), 0);
    pen.draw(line, font, colour, index.data(Qt::DisplayRole).toString());
}

void RoomDelegate::paintChat(const Pen &pen, const Chat &chat, const ChatState &state) const
{
    const int edge = pen.step(11);
    const QRect inner = pen.row.adjusted(pen.step(2), 0, -pen.step(2), 0);
    QRect avatar = pen.part(inner, 0, edge);
    avatar.setTop(inner.center().y() - edge / 2 + 1);
    avatar.setHeight(edge);
    const bool out = chat.isRoom() && state.membership == Membership::Failed;
    AvatarPictures *pictures = AvatarPictures::of(pen.option.widget);
    const qreal ratio = pen.painter->device()->devicePixelRatio();
    paintAvatar(pen.painter, avatar,
                {chat.title(), chat.id.address.toString(),
                 chat.isRoom() ? AvatarShape::Room : AvatarShape::Person, out || chat.isBlocked(),
                 pictures ? pictures->picture(chat, edge, ratio) : QPixmap()});
    const QColor dot = chat.isRoom() ? QColor() : presenceColour(state.presence, pen.theme);
    if (dot.isValid()) {
        const int size = pen.step(3);
        const int x = pen.rightToLeft() ? avatar.left() - 1 : avatar.right() - size + 2;
        pen.painter->setPen(QPen(pen.selected ? pen.theme.selection : pen.theme.base, 2));
        pen.painter->setBrush(dot);
        pen.painter->drawEllipse(QRect(x, avatar.bottom() - size + 2, size, size));
    }
    const int from = edge + pen.step(3);
    const int height = lineHeight(pen.option.font);
    QRect line = pen.part(inner, from, inner.width() - from);
    line.setTop(inner.center().y() - height + 1);
    line.setHeight(height);
    paintTitleLine(pen, line, chat);
    paintPreviewLine(pen, line.translated(0, height), chat, state);
}

void RoomDelegate::paintTitleLine(const Pen &pen, const QRect &line, const Chat &chat) const
{
    const QFont timeFont = smallFont(pen.option.font);
    const QString time = shortTime(chat.lastTime, QDateTime::currentDateTime());
    const int timeWidth = time.isEmpty() ? 0 : QFontMetrics(timeFont).horizontalAdvance(time) + 1;
    if (timeWidth > 0)
        pen.draw(pen.part(line, line.width() - timeWidth, timeWidth), timeFont, pen.quiet(), time);
    int width = line.width() - timeWidth - (timeWidth > 0 ? pen.step(2) : 0);
    const bool muted = chat.notify == NotifyWhen::Never;
    const bool loud = chat.unread > 0 && !muted;
    const QFont font = sized(pen.option.font, TextSize::Normal, loud ? QFont::Bold : QFont::DemiBold);
    const QString title = isolated(singleLine(chat.title()));
    if (muted) width -= pen.step(5);
    pen.draw(pen.part(line, 0, width), font, pen.text(), title);
    if (!muted) return;
    const int edge = pen.step(4);
    const int end = std::min(width, QFontMetrics(font).horizontalAdvance(title) + 1);
    QRect box = pen.part(line, end + pen.step(1), edge);
    box.setTop(line.center().y() - edge / 2 + 1);
    box.setHeight(edge);
    paintSign(pen.painter, box, Sign::Muted, pen.quiet());
}

void RoomDelegate::paintPreviewLine(const Pen &pen, QRect line, const Chat &chat,
                                    const ChatState &state) const
{
    int taken = 0;
    const auto rest = [&] { return pen.part(line, 0, line.width() - taken); };
    const auto put = [&](int width) { taken += width + pen.step(1); };
    if (chat.isRoom() && state.membership == Membership::Failed) put(paintFailure(pen, rest()));
    const bool loud = needsPerson(chat);
    if (chat.unread > 0) put(paintBadge(pen, rest(), bounded(chat.unread), loud));
    if (chat.mentions > 0) put(paintBadge(pen, rest(), QStringLiteral("@"), loud));
    if (taken > 0) taken += pen.step(1);
    line = rest();
    const QFont font = pen.option.font;
    int from = 0;
    if (!chat.invitation.isEmpty()) {
        const QString asks = tr("%1 asks you in").arg(chat.invitation.from.toString());
        return pen.draw(line, font, pen.text(), isolated(singleLine(asks, 160)));
    }
    if (chat.isBlocked()) return pen.draw(line, font, pen.quiet(), tr("blocked"));
    if (chat.requests.testFlag(Request::Subscription) && !chat.requests.testFlag(Request::Talk))
        return pen.draw(line, font, pen.text(), tr("would like to see when you are online"));
    if (!chat.lastAuthor.isEmpty() && chat.isRoom()) {
        const QString author = isolated(singleLine(chat.lastAuthor, 40)) + QStringLiteral(": ");
        const int width = std::min(QFontMetrics(font).horizontalAdvance(author) + 2, line.width() / 2);
        pen.draw(pen.part(line, 0, width), font, pen.text(), author);
        from = width;
    }
    pen.draw(pen.part(line, from, line.width() - from), font, pen.quiet(),
             isolated(singleLine(chat.lastText, 160)));
}

int RoomDelegate::paintBadge(const Pen &pen, const QRect &line, const QString &text, bool loud) const
{
    const QFont font = sized(pen.option.font, TextSize::Small, QFont::DemiBold);
    const int height = std::min(line.height(), QFontMetrics(font).height() + pen.step(1));
    const int width = std::max(height, QFontMetrics(font).horizontalAdvance(text) + pen.step(3));
    QRect box = pen.part(line, line.width() - width, width);
    box.setTop(line.center().y() - height / 2 + 1);
    box.setHeight(height);
    QColor fill = loud ? pen.theme.accent : pen.theme.muted;
    QColor ink = loud ? pen.theme.onAccent : pen.theme.base;
    if (pen.selected) {
        fill = pen.theme.onSelection;
        ink = pen.theme.selection;
    }
    pen.painter->setPen(Qt::NoPen);
    pen.painter->setBrush(fill);
    pen.painter->drawRoundedRect(box, height / 2.0, height / 2.0);
    pen.painter->setFont(font);
    pen.painter->setPen(legible(ink, fill));
    pen.painter->drawText(box, Qt::AlignCenter, text);
    return width;
}

int RoomDelegate::paintFailure(const Pen &pen, const QRect &line) const
{
    const int edge = pen.step(4);
    QRect box = pen.part(line, line.width() - edge, edge);
    box.setTop(line.center().y() - edge / 2 + 1);
    box.setHeight(edge);
    paintSign(pen.painter, box, Sign::Warning, pen.selected ? pen.theme.onSelection : pen.theme.danger);
    return edge;
}

bool RoomDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip) return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = index.data(Qt::ToolTipRole).toString();
    // Escaped inside a tag: QToolTip would guess otherwise, and take a nick <b> for markup.
    QToolTip::showText(event->globalPos(),
                       text.isEmpty() ? QString()
                                      : QStringLiteral("<p>") + text.toHtmlEscaped() + QStringLiteral("</p>"),
                       view);
    return true;
}

} // namespace Mingle
