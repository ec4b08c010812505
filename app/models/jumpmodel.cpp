// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jumpmodel.h"

#include "models/roomlistmodel.h"

#include <algorithm>

namespace Mingle {

namespace {

constexpr qsizetype shownLimit = 50;

/// 0 fits best; below 0: not at all.
int rank(const Chat &chat, const QString &folded)
{
    const QString title = chat.title().toCaseFolded();
    if (title.startsWith(folded)) return 0;
    for (qsizetype at = title.indexOf(folded); at >= 0; at = title.indexOf(folded, at + 1)) {
        if (!title.at(at - 1).isLetterOrNumber()) return 1;
    }
    if (title.contains(folded)) return 2;
    return chat.id.address.toString().contains(folded) ? 3 : -1;
}

} // namespace

JumpModel::JumpModel(QList<Chat> chats, QObject *parent)
    : QAbstractListModel(parent)
    , m_chats(std::move(chats))
{
    std::ranges::sort(m_chats, [](const Chat &a, const Chat &b) {
        if (a.lastTime != b.lastTime) return a.lastTime > b.lastTime;
        return a.id.address < b.id.address;
    });
    setText({});
}

void JumpModel::setText(const QString &text)
{
    const QString folded = text.trimmed().toCaseFolded();
    QList<std::pair<int, const Chat *>> ranked;
    for (const Chat &chat : std::as_const(m_chats)) {
        const int place = folded.isEmpty() ? 0 : rank(chat, folded);
        if (place >= 0) ranked.append({place, &chat});
    }
    std::ranges::stable_sort(ranked, {}, &std::pair<int, const Chat *>::first);
    beginResetModel();
    m_found.clear();
    for (const auto &[place, chat] : std::as_const(ranked).first(std::min(shownLimit, ranked.size())))
        m_found.append(*chat);
    endResetModel();
}

int JumpModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_found.size());
}

QVariant JumpModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Chat &chat = m_found.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return chat.title();
    case RoomListModel::ChatRole: // so that the room list's delegate can draw it
        return QVariant::fromValue(chat);
    case RoomListModel::HeadingRole:
        return false;
    default:
        return {};
    }
}

} // namespace Mingle
