// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/roomlistmodel.h"

#include "core/futures.h"
#include "core/localhistory.h"
#include "models/favourites.h"

#include <QMimeData>
#include <QSet>
#include <QTimer>

#include <algorithm>

namespace Mingle {

namespace {

/// While many changes come (catching up), the list is put in order this often.
constexpr int settleMs = 100;
/// Strangers may be many and are not to push my people out of sight: the newest of them, the next when one is answered.
constexpr int shownRequests = 5;

const QString chatMime = QStringLiteral("application/x-mingle-chat");

} // namespace

RoomListModel::RoomListModel(const LocalHistory &history, ChangeFeed &feed, QObject *parent)
    : QAbstractListModel(parent)
    , m_history(history)
{
    connect(&feed, &ChangeFeed::changed, this, &RoomListModel::take);
}

void RoomListModel::load()
{
    whenDone(m_history.chats({}), this, [this](const Result<QList<Chat>> &answer) {
        if (!answer) {
            Q_EMIT loadFailed(answer.error());
            return;
        }
        // What the feed brought meanwhile is as new as this, or newer: it stays.
        for (const Chat &chat : *answer) {
            if (!m_pending.contains(chat.id)) m_chats.insert(chat.id, chat);
        }
        for (auto [id, chat] : std::exchange(m_pending, {}).asKeyValueRange()) {
            if (chat) {
                m_chats.insert(id, *chat);
            } else {
                m_chats.remove(id);
            }
        }
        m_loaded = true;
        pinCurrent();
        beginResetModel();
        m_rows = arranged();
        endResetModel();
        countTotals();
        Q_EMIT loaded();
    });
}

void RoomListModel::setWords(Words words)
{
    m_words = std::move(words);
    if (!m_rows.isEmpty()) Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

void RoomListModel::take(const QList<Change> &changes)
{
    bool ours = false;
    for (const Change &change : changes) {
        if (const auto *changed = std::get_if<ChatChanged>(&change)) {
            m_pending.insert(changed->chat.id, changed->chat);
            ours = true;
        } else if (const auto *removed = std::get_if<ChatRemoved>(&change)) {
            m_pending.insert(removed->chat, std::nullopt);
            ours = true;
        }
    }
    if (ours && m_loaded) schedule();
}

void RoomListModel::schedule()
{
    if (m_scheduled) return;
    m_scheduled = true;
    const qint64 quiet = m_sinceApplied.isValid() ? m_sinceApplied.elapsed() : settleMs;
    QTimer::singleShot(quiet >= settleMs ? 0 : int(settleMs - quiet), this, &RoomListModel::applyPending);
}

void RoomListModel::applyPending()
{
    m_scheduled = false;
    m_sinceApplied.start();
    const auto pending = std::exchange(m_pending, {});
    QList<ChatId> removed;
    for (auto [id, chat] : pending.asKeyValueRange()) {
        if (chat) {
            m_chats.insert(id, *chat);
            continue;
        }
        m_chats.remove(id);
        m_states.remove(id);
        removed.append(id);
    }
    pinCurrent();
    rearrange();
    countTotals();
    for (auto [id, chat] : pending.asKeyValueRange()) {
        if (!chat) continue;
        rowChanged(id);
        Q_EMIT chatChanged(id);
        if (!needsPerson(*chat)) Q_EMIT nothingNeeded(id);
    }
    for (const ChatId &id : std::as_const(removed))
        Q_EMIT chatRemoved(id);
}

void RoomListModel::setState(const ChatId &chat, const ChatState &state)
{
    if (m_states.value(chat) == state) return;
    m_states.insert(chat, state);
    rowChanged(chat);
    if (m_chats.contains(chat)) Q_EMIT chatChanged(chat);
}

void RoomListModel::setStates(const QHash<ChatId, ChatState> &states)
{
    for (auto [chat, state] : states.asKeyValueRange())
        setState(chat, state);
}

void RoomListModel::setPreference(const ChatId &chat, const ChatPreference &preference)
{
    const auto found = m_chats.find(chat);
    if (found == m_chats.end()) return;
    found->notify = preference.notify;
    found->pinned = preference.pinned;
    found->rank = preference.rank;
    found->ownName = preference.name;
    rearrange();
    countTotals();
    rowChanged(chat);
    Q_EMIT chatChanged(chat);
}

void RoomListModel::setFilter(const QString &text)
{
    const QStringList words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_filter) return;
    m_filter = words;
    rearrange();
}

void RoomListModel::setCurrent(const ChatId &chat)
{
    if (chat == m_current) return;
    const QModelIndex at = indexOf(chat);
    m_current = chat;
    m_currentSection = at.isValid() ? std::optional(m_rows.at(at.row()).section) : std::nullopt;
    pinCurrent();
    rearrange();
}

void RoomListModel::pinCurrent()
{
    const auto found = m_chats.constFind(m_current);
    if (!m_currentSection && found != m_chats.cend()) m_currentSection = sectionOf(*found);
}

QList<Chat> RoomListModel::chats() const
{
    QList<Chat> all = m_chats.values();
    all.removeIf([](const Chat &chat) { return chat.requests.testFlag(Request::Unchecked); });
    return all;
}

QModelIndex RoomListModel::indexOf(const ChatId &chat) const
{
    if (chat.isEmpty()) return {};
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).chat == chat) return index(row);
    }
    return {};
}

ChatId RoomListModel::neighbour(const ChatId &chat, int step, bool unreadOnly) const
{
    QList<ChatId> shown;
    for (const Row &row : m_rows) {
        if (!row.chat.isEmpty()) shown.append(row.chat);
    }
    if (shown.isEmpty() || step == 0) return {};
    const qsizetype count = shown.size();
    const qsizetype at = shown.indexOf(chat);
    if (!unreadOnly) {
        if (at < 0) return step > 0 ? shown.first() : shown.last();
        const qsizetype next = at + step;
        return next < 0 || next >= count ? ChatId{} : shown.at(next);
    }
    for (qsizetype tried = 1; tried <= count; ++tried) {
        const ChatId &candidate =
            shown.at(((std::max<qsizetype>(at, 0) + tried * step) % count + count) % count);
        if (candidate != chat && m_chats.value(candidate).unread > 0) return candidate;
    }
    return {};
}

int RoomListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RoomListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row &row = m_rows.at(index.row());
    const bool heading = row.chat.isEmpty();
    if (role == HeadingRole) return heading;
    if (role == SectionRole) return QVariant::fromValue(row.section);
    if (heading) {
        if (role == CountRole) return countBelow(index.row());
        const bool text = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
        return text && m_words.heading ? m_words.heading(row.section) : QVariant();
    }
    const auto found = m_chats.constFind(row.chat);
    if (found == m_chats.cend()) return {};
    switch (role) {
    case ChatRole:
        return QVariant::fromValue(*found);
    case StateRole:
        return QVariant::fromValue(m_states.value(row.chat));
    case Qt::DisplayRole:
        return found->title();
    case Qt::AccessibleTextRole:
        return m_words.description ? m_words.description(*found, m_states.value(row.chat)) : found->title();
    case Qt::ToolTipRole:
        return m_words.toolTip ? m_words.toolTip(*found, m_states.value(row.chat)) : QVariant();
    default:
        return {};
    }
}

Qt::ItemFlags RoomListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) return Qt::ItemIsDropEnabled; // between rows, not on one
    if (m_rows.at(index.row()).chat.isEmpty()) return Qt::ItemNeverHasChildren;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren | Qt::ItemIsDragEnabled;
}

QList<Chat> RoomListModel::favourites() const
{
    QList<Chat> all;
    for (const Chat &chat : m_chats)
        if (chat.pinned) all.append(chat);
    std::ranges::sort(all, Favourites::isAbove);
    return all;
}

QStringList RoomListModel::mimeTypes() const
{
    return {chatMime};
}

QMimeData *RoomListModel::mimeData(const QModelIndexList &indexes) const
{
    const ChatId chat = indexes.isEmpty() ? ChatId() : m_rows.value(indexes.first().row()).chat;
    if (chat.isEmpty()) return nullptr;
    auto *data = new QMimeData;
    data->setData(chatMime, (chat.account.toString() + u'\n' + chat.address.toString()).toUtf8());
    return data;
}

// Anybody may drop anything: only what is in the list counts.
ChatId RoomListModel::dragged(const QMimeData *data) const
{
    const QStringList lines = QString::fromUtf8(data->data(chatMime).left(8192)).split(u'\n');
    if (lines.size() != 2) return {};
    const auto account = Jid::parse(lines.first());
    const auto address = Jid::parse(lines.last());
    const ChatId chat = account && address ? ChatId{*account, *address} : ChatId();
    return m_chats.contains(chat) ? chat : ChatId();
}

/// Where it would come to stand among the favourites without it; nothing: row is not among them.
std::optional<qsizetype> RoomListModel::placeOf(int row, const ChatId &dragged) const
{
    const auto isFavourite = [this](int at) {
        return at >= 0 && at < m_rows.size() && m_rows.at(at).section == Section::Favourites;
    };
    const bool inside = isFavourite(row) && !m_rows.at(row).chat.isEmpty();
    if (!inside && !isFavourite(row - 1)) return {};
    const ChatId target = inside ? m_rows.at(row).chat : ChatId();
    const QList<Chat> all = favourites();
    qsizetype place = 0;
    for (const Chat &chat : all) {
        if (chat.id == target) break;
        if (chat.id != dragged) ++place;
    }
    return place;
}

bool RoomListModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int row, int,
                                    const QModelIndex &parent) const
{
    const ChatId chat = dragged(data);
    return !chat.isEmpty() && !parent.isValid() && placeOf(row, chat).has_value();
}

bool RoomListModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                 const QModelIndex &parent)
{
    if (action == Qt::IgnoreAction || !canDropMimeData(data, action, row, column, parent)) return false;
    const ChatId chat = dragged(data);
    Q_EMIT favouriteDropped(chat, *placeOf(row, chat));
    return false; // nothing is to be taken away from where it was: it moves when it is stored
}

int RoomListModel::requestCount() const
{
    return int(std::ranges::count_if(m_chats, [this](const Chat &chat) {
        return matches(chat) && sectionOf(chat) == Section::Strangers;
    }));
}

int RoomListModel::countBelow(int heading) const
{
    if (m_rows.at(heading).section == Section::Strangers && m_filter.isEmpty()) return requestCount();
    int count = 0;
    for (int row = heading + 1; row < m_rows.size() && !m_rows.at(row).chat.isEmpty(); ++row)
        ++count;
    return count;
}

RoomListModel::Section RoomListModel::sectionOf(const Chat &chat) const
{
    // What the person has put there stays in its place, whatever comes in.
    if (chat.pinned) return Section::Favourites;
    const bool stays = m_currentSection && m_currentSection != Section::Favourites
                       && (m_currentSection != Section::Strangers || chat.isRequest());
    if (stays && chat.id == m_current) return *m_currentSection;
    if (chat.isRequest()) return Section::Strangers;
    if (needsPerson(chat)) return Section::NeedsYou;
    return chat.isRoom() ? Section::Rooms : Section::People;
}

bool RoomListModel::matches(const Chat &chat) const
{
    if (chat.requests.testFlag(Request::Unchecked)) return false;
    if (m_filter.isEmpty()) return true;
    const QString haystack =
        QString(chat.title() + u'\n' + chat.name + u'\n' + chat.id.address.toString()).toCaseFolded();
    return std::ranges::all_of(m_filter,
                               [&haystack](const QString &word) { return haystack.contains(word); });
}

QList<RoomListModel::Row> RoomListModel::arranged() const
{
    struct Item {
        Section section;
        QDateTime time;
        QString title;
        ChatId id;
        const Chat *chat;
    };
    QList<Item> items;
    items.reserve(m_chats.size());
    for (const Chat &chat : m_chats) {
        if (matches(chat))
            items.append({sectionOf(chat), chat.lastTime, chat.title().toCaseFolded(), chat.id, &chat});
    }
    std::ranges::sort(items, [](const Item &a, const Item &b) {
        if (a.section != b.section) return a.section < b.section;
        if (a.section == Section::Favourites) return Favourites::isAbove(*a.chat, *b.chat);
        if (a.time.isValid() != b.time.isValid()) return a.time.isValid();
        if (a.time.isValid() && a.time != b.time) return a.time > b.time;
        if (a.title != b.title) return a.title < b.title;
        if (a.id.address != b.id.address) return a.id.address < b.id.address;
        return a.id.account < b.id.account;
    });
    QList<Row> rows;
    rows.reserve(items.size() + 5);
    int requests = 0;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (items.at(i).section == Section::Strangers && ++requests > shownRequests && m_filter.isEmpty()
            && items.at(i).id != m_current)
            continue;
        if (i == 0 || items.at(i).section != items.at(i - 1).section) rows.append({items.at(i).section, {}});
        rows.append({items.at(i).section, items.at(i).id});
    }
    return rows;
}

/// Brings the rows into their new order by removing, moving and inserting, so that selection and scrolling stay.
void RoomListModel::rearrange()
{
    if (!m_loaded) return;
    const QList<Row> wanted = arranged();
    if (wanted == m_rows) return;
    // A chat that changes its section is the same row for a view: rows are told apart by chat, headings by section.
    const auto same = [](const Row &a, const Row &b) {
        return a.chat == b.chat && (!a.chat.isEmpty() || a.section == b.section);
    };
    QSet<ChatId> chats;
    QSet<Section> headings;
    for (const Row &row : wanted) {
        chats.insert(row.chat);
        if (row.chat.isEmpty()) headings.insert(row.section);
    }
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        const Row &old = m_rows.at(row);
        if (old.chat.isEmpty() ? headings.contains(old.section) : chats.contains(old.chat)) continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < wanted.size(); ++row) {
        const Row &want = wanted.at(row);
        if (row < m_rows.size() && same(m_rows.at(row), want)) {
            m_rows[row] = want;
            continue;
        }
        const auto found = std::find_if(m_rows.cbegin() + row, m_rows.cend(),
                                        [&](const Row &have) { return same(have, want); });
        if (found == m_rows.cend()) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, want);
            endInsertRows();
        } else {
            const int from = int(found - m_rows.cbegin());
            beginMoveRows({}, from, from, {}, row);
            m_rows.move(from, row);
            m_rows[row] = want;
            endMoveRows();
        }
    }
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows.at(row).chat.isEmpty()) Q_EMIT dataChanged(index(row), index(row), {CountRole});
    }
}

void RoomListModel::countTotals()
{
    int unreadNow = 0;
    int needsNow = 0;
    for (const Chat &chat : std::as_const(m_chats)) {
        if (chat.notify != NotifyWhen::Never && !chat.isRequest() && !chat.isBlocked())
            unreadNow += chat.unread;
        needsNow += needsPerson(chat) ? 1 : 0;
    }
    if (unreadNow == m_unread && needsNow == m_needsYou) return;
    m_unread = unreadNow;
    m_needsYou = needsNow;
    Q_EMIT totalsChanged();
}

void RoomListModel::rowChanged(const ChatId &chat)
{
    const QModelIndex at = indexOf(chat);
    if (at.isValid()) Q_EMIT dataChanged(at, at);
}

} // namespace Mingle
