// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roomdirectorymodel.h"

#include "core/foldedtext.h"
#include "core/futures.h"

#include <algorithm>
#include <numeric>

namespace Mingle {

namespace {
constexpr qsizetype maxRooms = 50'000;
constexpr int maxOnScreen = 100;
} // namespace

RoomDirectoryModel::RoomDirectoryModel(DirectoryCommands commands, QObject *parent)
    : QAbstractListModel(parent)
    , m_commands(std::move(commands))
{}

void RoomDirectoryModel::setWords(Words words)
{
    m_words = std::move(words);
}

void RoomDirectoryModel::setAccount(const Jid &account)
{
    if (std::exchange(m_account, account) != account) clear();
}

void RoomDirectoryModel::setJoined(const QSet<Jid> &rooms)
{
    if (std::exchange(m_joined, rooms) == rooms || m_rows.isEmpty()) return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {JoinedRole, Qt::AccessibleTextRole});
}

// -- asking

void RoomDirectoryModel::begin(const RoomQuery &query)
{
    ++m_round;
    m_asker.reset();
    m_chosen.reset();
    m_query = query;
    m_error = m_missing = {};
    m_capped = false;
    m_expected = -1;
    beginResetModel();
    m_rooms.clear();
    m_index.clear();
    m_rows.clear();
    endResetModel();
}

void RoomDirectoryModel::clear()
{
    begin({});
    setState(State::Idle);
}

void RoomDirectoryModel::look(const RoomQuery &query)
{
    begin(query);
    m_query.next.clear();
    setState(State::Looking);
    askPage();
}

void RoomDirectoryModel::lookAt(const Jid &room)
{
    begin({});
    RoomCard card;
    card.address = room.bare();
    m_filter.clear();
    add({card});
    setState(State::Done);
    m_chosen = std::make_shared<int>();
    ask(0, true);
}

void RoomDirectoryModel::stop()
{
    if (m_state != State::Looking && m_state != State::More) return;
    ++m_round;
    m_query.next.clear();
    setState(m_rooms.isEmpty() ? State::Idle : State::Done);
}

void RoomDirectoryModel::askPage()
{
    whenDone(m_commands.page(m_account, m_query), this,
             [this, round = m_round](const Result<RoomsPage> &page) {
                 if (round != m_round) return;
                 if (page.ok()) return takePage(*page);
                 m_error = page.error();
                 m_query.next.clear();
                 setState(State::Failed);
             });
}

void RoomDirectoryModel::takePage(const RoomsPage &page)
{
    const qsizetype before = m_rooms.size();
    m_expected = std::max(m_expected, page.expected);
    m_capped |= page.capped;
    if (page.missing) m_missing = page.missing;
    m_query.next = page.next;
    add(page.rooms);
    const bool isSearch = m_query.kind == RoomQuery::Kind::Search;
    if (m_rooms.size() == before && isSearch) m_query.next.clear(); // nothing new: it would not end
    if (m_query.next.isEmpty() || isSearch) return setState(State::Done);
    setState(State::More);
    askPage();
}

bool RoomDirectoryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::Done && !m_query.next.isEmpty();
}

void RoomDirectoryModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent)) return;
    setState(State::More);
    askPage();
}

void RoomDirectoryModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

// -- rows

void RoomDirectoryModel::refold(Room &room)
{
    const RoomCard &card = room.card;
    room.folded = folded(QString(card.name + u'\n' + card.description + u'\n' + card.address.toString()));
    room.key = (card.name.isEmpty() ? card.address.local() : card.name).toCaseFolded();
}

void RoomDirectoryModel::add(const QList<RoomCard> &cards)
{
    QList<int> rows;
    for (const RoomCard &card : cards) {
        if (m_rooms.size() >= maxRooms) {
            m_capped = true;
            m_query.next.clear();
            break;
        }
        if (m_index.contains(card.address)) continue;
        const int at = int(m_rooms.size());
        m_index.insert(card.address, at);
        m_rooms.append({card, {}, {}, Told::Nothing, {}, 0});
        refold(m_rooms.last());
        if (fits(m_rooms.last())) rows.append(at);
    }
    if (rows.isEmpty()) return;
    std::ranges::sort(rows, [this](int a, int b) { return isBefore(a, b); });
    const bool inOrder = m_rows.isEmpty() || !isBefore(rows.first(), m_rows.last());
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
    m_rows.append(rows);
    endInsertRows();
    // What a search found comes in the service's order.
    if (!inOrder && !m_held && m_query.kind == RoomQuery::Kind::List) rearrange();
}

bool RoomDirectoryModel::isBefore(int a, int b) const
{
    const Room &one = m_rooms.at(a);
    const Room &other = m_rooms.at(b);
    if (one.card.people != other.card.people) return one.card.people > other.card.people;
    if (one.key != other.key) return one.key < other.key;
    return one.card.address < other.card.address;
}

/// The same rows in their order.
void RoomDirectoryModel::rearrange()
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<int> rooms;
    for (const QModelIndex &index : before)
        rooms.append(m_rows.at(index.row()));
    std::ranges::sort(m_rows, [this](int a, int b) { return isBefore(a, b); });
    QModelIndexList after;
    for (const int room : std::as_const(rooms))
        after.append(index(int(m_rows.indexOf(room))));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

bool RoomDirectoryModel::fits(const Room &room) const
{
    return std::ranges::all_of(m_filter, [&room](const QString &word) { return room.folded.contains(word); });
}

void RoomDirectoryModel::setFilter(const QString &words)
{
    const QStringList filter = folded(words).split(u' ', Qt::SkipEmptyParts);
    if (std::exchange(m_filter, filter) == filter) return;
    beginResetModel();
    m_rows.clear();
    for (int i = 0; i < int(m_rooms.size()); ++i)
        if (fits(m_rooms.at(i))) m_rows.append(i);
    if (m_query.kind == RoomQuery::Kind::List)
        std::ranges::sort(m_rows, [this](int a, int b) { return isBefore(a, b); });
    endResetModel();
}

int RoomDirectoryModel::rowOf(const Jid &room) const
{
    const auto found = m_index.constFind(room);
    return found == m_index.cend() ? -1 : int(m_rows.indexOf(*found));
}

RoomCard RoomDirectoryModel::cardAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rooms.at(m_rows.at(row)).card : RoomCard();
}

RoomDirectoryModel::Told RoomDirectoryModel::toldAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rooms.at(m_rows.at(row)).told : Told::Nothing;
}

Error RoomDirectoryModel::refusalAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rooms.at(m_rows.at(row)).refusal : Error();
}

int RoomDirectoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

Jid RoomDirectoryModel::joinedAs(const RoomCard &room) const
{
    if (m_joined.contains(room.address)) return room.address;
    return m_joined.contains(room.twin) ? room.twin : Jid();
}

QVariant RoomDirectoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Room &room = m_rooms.at(m_rows.at(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return room.card.name.isEmpty() ? room.card.address.local() : room.card.name;
    case Qt::AccessibleTextRole:
        return m_words ? QVariant(m_words(room.card, !joinedAs(room.card).isEmpty())) : QVariant();
    case CardRole:
        return QVariant::fromValue(room.card);
    case ToldRole:
        return QVariant::fromValue(room.told);
    case JoinedRole:
        return !joinedAs(room.card).isEmpty();
    default:
        return {};
    }
}

// -- single rooms

void RoomDirectoryModel::setOnScreen(int first, int last)
{
    // Each answer of a search is on another server; those are asked only about the one the person chooses.
    if (m_query.kind == RoomQuery::Kind::Search || m_query.place.isEmpty()) return;
    m_asker = std::make_shared<int>(); // what has left the screen unanswered is not asked any more
    ++m_askers;
    last = std::min({last, int(m_rows.size()) - 1, first + maxOnScreen});
    for (int row = std::max(first, 0); row <= last; ++row) {
        Room &room = m_rooms[m_rows.at(row)];
        const bool open = room.told == Told::Nothing || (room.told == Told::Asked && room.asker != 0);
        if (!open) continue;
        room.asker = m_askers;
        ask(m_rows.at(row));
    }
}

void RoomDirectoryModel::askRow(int row)
{
    if (row < 0 || row >= m_rows.size()) return;
    Room &room = m_rooms[m_rows.at(row)];
    if (room.told == Told::All) return;
    room.asker = 0;
    m_chosen = std::make_shared<int>();
    ask(m_rows.at(row));
}

void RoomDirectoryModel::ask(int at, bool anew)
{
    Room &room = m_rooms[at];
    room.told = Told::Asked;
    const Asker &asker = room.asker == 0 ? m_chosen : m_asker;
    whenDone(m_commands.details(m_account, room.card.address, asker, anew), this,
             [this, round = m_round, address = room.card.address,
              number = room.asker](const Result<RoomCard> &answer) {
                 const int now = m_index.value(address, -1);
                 if (round != m_round || now < 0 || m_rooms.at(now).told == Told::All) return;
                 if (!answer.ok() && m_rooms.at(now).asker != number) return; // asked once more since
                 takeDetails(address, answer);
             });
}

void RoomDirectoryModel::takeDetails(const Jid &address, const Result<RoomCard> &answer)
{
    const int at = m_index.value(address);
    Room &room = m_rooms[at];
    if (!answer.ok()) {
        const bool dropped = answer.error().kind == Error::Kind::Cancelled;
        room.told = dropped ? Told::Nothing : Told::Refused;
        room.refusal = answer.error();
        if (!dropped) changed(at);
        return;
    }
    const RoomCard before = std::exchange(room.card, *answer);
    room.told = Told::All;
    room.refusal = {};
    // What the list or the search knew and the room does not tell.
    if (room.card.name.isEmpty()) room.card.name = before.name;
    if (room.card.description.isEmpty()) room.card.description = before.description;
    if (room.card.language.isEmpty()) room.card.language = before.language;
    if (room.card.people < 0) room.card.people = before.people;
    if (room.card.twin.isEmpty()) room.card.twin = before.twin;
    const RoomProperties only = before.told & ~room.card.told;
    room.card.properties |= before.properties & only;
    room.card.told |= only;
    refold(room);
    changed(at);
}

void RoomDirectoryModel::changed(int room)
{
    const int row = int(m_rows.indexOf(room));
    if (row >= 0) Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT roomChanged(m_rooms.at(room).card.address);
}

} // namespace Mingle
