// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/searchdelegate.h"

#include "models/searchmodel.h"
#include "models/searchsnippet.h"
#include "views/timelinewords.h"
#include "views/timetext.h"
#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QTextLayout>

namespace Mingle {

namespace {

/// Two in the panel beside a chat; where the panel has the whole width, one holds as much.
int snippetLines(const QStyleOptionViewItem &option)
{
    return option.widget && option.widget->width() >= space(option.font, 105) ? 1 : 2;
}

int lineHeight(const QFont &font)
{
    return std::max(QFontMetrics(font).height(), space(font, 5));
}

/// How many units of text fit into the lines.
int layOut(QTextLayout *layout, const QRect &box, int height, int lines)
{
    int shown = 0;
    layout->beginLayout();
    for (int n = 0; n < lines; ++n) {
        QTextLine line = layout->createLine();
        if (!line.isValid()) break;
        line.setLineWidth(box.width());
        line.setPosition({0, n * height + (height - line.height()) / 2.0});
        shown = line.textStart() + line.textLength();
    }
    layout->endLayout();
    return shown;
}

void drawSnippet(QPainter *painter, const QRect &box, const QFont &font, SearchSnippet snippet,
                 const QTextCharFormat &marked, const QStyleOptionViewItem &view)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(snippet.text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    // In its own direction, but beside its author.
    option.setAlignment(Qt::Alignment(view.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft)
                        | Qt::AlignAbsolute);
    const int height = lineHeight(font);
    for (int round = 0; round < 2; ++round) {
        QTextLayout layout(snippet.text, font);
        layout.setTextOption(option);
        QList<QTextLayout::FormatRange> formats;
        for (const auto &[begin, length] : std::as_const(snippet.marks))
            formats.append({int(begin), int(length), marked});
        layout.setFormats(formats);
        const int shown = layOut(&layout, box, height, snippetLines(view));
        if (shown < snippet.text.size() && round == 0) {
            snippet.text.truncate(std::max(0, shown - 2)); // room for the ellipsis
            while (!snippet.text.isEmpty() && snippet.text.back().isSpace())
                snippet.text.chop(1);
            if (!snippet.text.isEmpty() && snippet.text.back().isHighSurrogate()) snippet.text.chop(1);
            snippet.text.append(QChar(0x2026));
            continue;
        }
        layout.draw(painter, box.topLeft());
        return;
    }
}

} // namespace

SearchDelegate::SearchDelegate(const SearchModel &model, std::function<Chat(const ChatId &)> chatOf,
                               QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
    , m_chatOf(std::move(chatOf))
{}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {space(option.font, 30),
            (1 + snippetLines(option)) * lineHeight(option.font) + space(option.font, 4)};
}

/// One to one nobody has a nick.
Author SearchDelegate::author(const SearchHit &hit) const
{
    Author author = hit.message.author;
    const Chat chat = m_chatOf(hit.message.chat);
    if (!chat.isRoom() && !chat.id.isEmpty()) author.nick = author.isMe ? QString() : chat.title();
    return author;
}

QString SearchDelegate::place(const SearchHit &hit) const
{
    if (!m_model.chat().isEmpty()) return {};
    Chat chat = m_chatOf(hit.message.chat);
    chat.id = hit.message.chat;
    if (!chat.isRoom() && !hit.message.author.isMe) return {}; // the talk is called like its author
    return singleLine(chat.title(), 60);
}

QString SearchDelegate::spoken(const SearchHit &hit) const
{
    const SearchSnippet snippet = snippetOf(hit.message.body, hit.marks);
    const QString who = TimelineWords::name(author(hit));
    const QString when = TimelineWords::dateAndTime(hit.message.time);
    const QString where = place(hit);
    return where.isEmpty() ? tr("%1, %2: %3").arg(who, when, snippet.text)
                           : tr("%1 in %2, %3: %4").arg(who, where, when, snippet.text);
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const SearchHit &hit = m_model.hitAt(index.row());
    const Theme theme(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto step = [&option](int steps) { return space(option.font, steps); };
    const QRect row = option.rect.adjusted(step(2), 0, -step(2), 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? theme.selection : theme.hover);
        painter->drawRoundedRect(row.adjusted(0, 1, 0, -1), step(2), step(2));
    }
    const QRect inner = row.adjusted(step(2), step(2), -step(2), -step(2));
    const auto part = [&](int from, int width, int line) {
        const int height = lineHeight(option.font);
        return QStyle::visualRect(option.direction, inner,
                                  QRect(inner.left() + from, inner.top() + line * height, width, height));
    };
    const auto draw = [&](const QRect &box, const QFont &font, const QColor &colour, const QString &text) {
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(box,
                          int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter
                              | Qt::TextSingleLine),
                          QFontMetrics(font).elidedText(text, Qt::ElideRight, box.width()));
    };
    const QColor ink = selected ? theme.onSelection : theme.text;
    const QColor quiet = selected ? theme.onSelection : theme.muted;

    const Author who = author(hit);
    const QString name = TimelineWords::name(who);
    const int edge = step(8);
    painter->setFont(option.font);
    QRect disc = part(0, edge, 0);
    disc.setHeight(edge);
    paintAvatar(painter, disc.translated(0, step(1) / 2), {name, colourKey(who.address, who.key, who.nick)});

    const int from = edge + step(2);
    const int width = inner.width() - from;
    const QFont small = sized(option.font, TextSize::Small);
    const QString time = shortTime(hit.message.time, QDateTime::currentDateTime());
    const int timeWidth = QFontMetrics(small).horizontalAdvance(time) + 1;
    draw(part(inner.width() - timeWidth, timeWidth, 0), small, quiet, time);
    const QFont strong = sized(option.font, TextSize::Normal, QFont::DemiBold);
    const int room = width - timeWidth - step(2);
    const QString where = place(hit);
    const int wanted = QFontMetrics(strong).horizontalAdvance(isolated(name)) + 2;
    const int nameWidth = where.isEmpty() ? room : std::min(wanted, room / 2);
    draw(part(from, nameWidth, 0), strong, ink, isolated(name));
    if (!where.isEmpty())
        draw(part(from + nameWidth + step(1), room - nameWidth - step(1), 0), small, quiet, isolated(where));

    QTextCharFormat marked;
    marked.setFontWeight(QFont::DemiBold);
    if (selected) {
        marked.setFontUnderline(true);
    } else {
        marked.setBackground(theme.found);
        marked.setForeground(theme.onFound);
    }
    painter->setPen(ink);
    drawSnippet(painter, part(from, width, 1), option.font, snippetOf(hit.message.body, hit.marks), marked,
                option);
    painter->restore();
}

} // namespace Mingle
