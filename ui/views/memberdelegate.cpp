// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/memberdelegate.h"

#include "models/membersmodel.h"
#include "widgets/avatarpictures.h"
#include "widgets/theme.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace Mingle {

namespace {

void drawLine(QPainter *painter, const QStyleOptionViewItem &option, const QRect &box, const QFont &font,
              const QColor &colour, const QString &text)
{
    painter->setFont(font);
    painter->setPen(colour);
    const auto alignment = QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter;
    painter->drawText(box, int(alignment | Qt::TextSingleLine),
                      isolated(QFontMetrics(font).elidedText(text, Qt::ElideRight, box.width())));
}

void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                  const QRect &row)
{
    const Theme theme(option.palette);
    const QFont font = sized(option.font, TextSize::Small, QFont::DemiBold);
    const QString text =
        QStringLiteral("%1 · %2").arg(index.data(Qt::DisplayRole).toString(),
                                      QLocale().toString(index.data(MembersModel::CountRole).toInt()));
    // At the bottom of its row: nearer to what it heads than to what is above.
    const int height = QFontMetrics(font).height();
    const QRect line(row.left(), row.bottom() - height - space(option.font, 1), row.width(), height);
    drawLine(painter, option, line, font, theme.muted, text);
}

} // namespace

QSize MemberDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int lines =
        QFontMetrics(option.font).height() + QFontMetrics(sized(option.font, TextSize::Small)).height();
    return {space(option.font, 20), std::max(lines, space(option.font, 8)) + space(option.font, 2)};
}

void MemberDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme theme(option.palette);
    const int side = space(option.font, 2);
    const QRect frame = option.rect.adjusted(side, 0, -side, 0);
    const QRect row = frame.adjusted(side, 0, -side, 0);
    if (index.data(MembersModel::HeadingRole).toBool()) {
        paintHeading(painter, option, index, row);
        painter->restore();
        return;
    }
    const auto person = index.data(MembersModel::ParticipantRole).value<Participant>();
    const bool focused =
        option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Selected);
    if (focused || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(focused ? QPen(theme.accent, 1.5) : QPen(Qt::NoPen));
        painter->setBrush(theme.hover);
        painter->drawRoundedRect(QRectF(frame).adjusted(1, 1, -1, -1), side, side);
    }
    const int edge = space(option.font, 8);
    QRect avatar(row.left(), row.center().y() - edge / 2 + 1, edge, edge);
    avatar = QStyle::visualRect(option.direction, row, avatar);
    const QString nick = singleLine(person.nick);
    const QString hue = colourKey(person.address, person.key, person.nick);
    AvatarPictures *pictures = AvatarPictures::of(option.widget);
    const auto room = index.data(MembersModel::ChatRole).value<ChatId>();
    paintAvatar(painter, avatar,
                {nick, hue, AvatarShape::Person, !person.present,
                 pictures ? pictures->picture(room, person, edge, painter->device()->devicePixelRatio())
                          : QPixmap()});

    const int from = edge + space(option.font, 3);
    QRect texts = QStyle::visualRect(option.direction, row,
                                     QRect(row.left() + from, row.top(), row.width() - from, row.height()));
    const QColor colour = person.present ? theme.text : theme.muted;
    QString name = nick.isEmpty() ? tr("Unknown member") : nick;
    if (person.isMe) name = tr("%1 (you)").arg(name);
    if (person.address.isEmpty()) {
        drawLine(painter, option, texts, option.font, colour, name);
    } else {
        const QFont small = sized(option.font, TextSize::Small);
        const int upper = QFontMetrics(option.font).height();
        const int lower = QFontMetrics(small).height();
        const int top = texts.top() + (texts.height() - upper - lower) / 2;
        drawLine(painter, option, {texts.left(), top, texts.width(), upper}, option.font, colour, name);
        drawLine(painter, option, {texts.left(), top + upper, texts.width(), lower}, small, theme.muted,
                 person.address.toString());
    }
    painter->restore();
}

bool MemberDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                               const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip) return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = index.data(Qt::ToolTipRole).toString();
    QToolTip::showText(event->globalPos(),
                       text.isEmpty() ? QString()
                                      : QStringLiteral("<p>") + text.toHtmlEscaped() + QStringLiteral("</p>"),
                       view);
    return true;
}

} // namespace Mingle
