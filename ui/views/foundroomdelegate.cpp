// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/foundroomdelegate.h"

#include "models/roomdirectorymodel.h"
#include "views/roomcardwords.h"
#include "widgets/avatar.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QLocale>
#include <QPainter>

namespace Mingle {

namespace {

int lineHeight(const QFont &font)
{
    return std::max(QFontMetrics(font).height(), space(font, 5));
}

struct Row {
    QPainter *painter;
    const QStyleOptionViewItem &option;
    Theme theme;
    bool selected;
    QRect inner;

    int step(int steps) const { return space(option.font, steps); }
    QColor ink() const { return selected ? theme.onSelection : theme.text; }
    QColor quiet() const { return selected ? theme.onSelection : theme.muted; }
    QRect part(int from, int width, int line) const
    {
        const int height = lineHeight(option.font);
        const int top = inner.center().y() - height + 1 + line * height;
        return QStyle::visualRect(option.direction, inner, QRect(inner.left() + from, top, width, height));
    }
    void draw(const QRect &box, const QFont &font, const QColor &colour, const QString &text) const
    {
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(box,
                          int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter
                              | Qt::TextSingleLine),
                          QFontMetrics(font).elidedText(text, Qt::ElideRight, box.width()));
    }
};

/// At the end of the first line: signs, and how many people. Gives back the width.
int paintMarks(const Row &row, const RoomCard &card, bool joined)
{
    const int width = row.inner.width();
    int taken = 0;
    const auto sign = [&](Sign what, const QColor &colour) {
        const int edge = row.step(4);
        QRect box = row.part(width - taken - edge, edge, 0);
        box.setTop(box.center().y() - edge / 2 + 1);
        box.setHeight(edge);
        paintSign(row.painter, box, what, colour);
        taken += edge + row.step(1);
    };
    if (card.people >= 0) {
        const QFont small = sized(row.option.font, TextSize::Small);
        const QString people = QLocale().toString(card.people);
        const int wide = QFontMetrics(small).horizontalAdvance(people) + 1;
        row.draw(row.part(width - taken - wide, wide, 0), small, row.quiet(), people);
        taken += wide + row.step(1);
        sign(Sign::Members, row.quiet());
    }
    const RoomProperties closed = RoomProperty::MembersOnly | RoomProperty::PasswordNeeded;
    if (card.properties & closed) sign(Sign::Lock, row.quiet());
    if (joined) sign(Sign::Check, row.selected ? row.theme.onSelection : row.theme.success);
    return taken;
}

} // namespace

QSize FoundRoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {space(option.font, 30),
            std::max(2 * lineHeight(option.font), space(option.font, 9)) + space(option.font, 4)};
}

void FoundRoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const auto card = index.data(RoomDirectoryModel::CardRole).value<RoomCard>();
    const bool joined = index.data(RoomDirectoryModel::JoinedRole).toBool();
    const auto told = index.data(RoomDirectoryModel::ToldRole).value<RoomDirectoryModel::Told>();
    const int side = space(option.font, 2);
    const QRect outer = option.rect.adjusted(side / 2, 0, -side / 2, 0);
    const Row row{painter, option, Theme(option.palette), option.state.testFlag(QStyle::State_Selected),
                  outer.adjusted(side, 0, -side, 0)};
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (row.selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(row.selected ? row.theme.selection : row.theme.hover);
        painter->drawRoundedRect(outer.adjusted(0, 1, 0, -1), side, side);
    }
    const int edge = row.step(9);
    QRect avatar = row.part(0, edge, 0);
    avatar.setTop(row.inner.center().y() - edge / 2 + 1);
    avatar.setHeight(edge);
    painter->setFont(option.font);
    const bool refused = told == RoomDirectoryModel::Told::Refused;
    paintAvatar(painter, avatar, {roomTitle(card), card.address.toString(), AvatarShape::Room, refused});

    const int from = edge + row.step(3);
    const int width = row.inner.width() - from;
    const int marks = paintMarks(row, card, joined);
    row.draw(row.part(from, width - marks - row.step(1), 0),
             sized(option.font, TextSize::Normal, QFont::DemiBold), row.ink(), isolated(roomTitle(card)));
    QString about = singleLine(card.description, 200);
    if (about.isEmpty()) about = singleLine(card.subject, 200);
    if (about.isEmpty()) about = card.address.toString();
    row.draw(row.part(from, width, 1), option.font, row.quiet(), isolated(about));
    painter->restore();
}

bool FoundRoomDelegate::helpEvent(QHelpEvent *, QAbstractItemView *, const QStyleOptionViewItem &,
                                  const QModelIndex &)
{
    return false;
}

} // namespace Mingle
