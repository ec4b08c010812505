// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timelinemodel.h"

#include "core/futures.h"
#include "session/accounts.h"

namespace Mingle {

namespace {

constexpr int firstPage = 100;
constexpr int page = 150;
constexpr qsizetype maxMessages = 600;
constexpr qsizetype slack =
    100; // what a burst may add before the far end is cut, so that it is not cut at each one
constexpr int frame = 16; // ms between two batches of changes

} // namespace

TimelineModel::TimelineModel(LocalHistory &history, ChangeFeed &feed, Accounts *accounts, QObject *parent)
    : QAbstractListModel(parent)
    , m_history(history)
    , m_accounts(accounts)
{
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_flushTimer, &QTimer::timeout, this, &TimelineModel::flush);
    connect(&feed, &ChangeFeed::changed, this, &TimelineModel::follow);
    if (accounts) {
        connect(accounts, &Accounts::statusChanged, this,
                [this](const Jid &account, const ConnectionStatus &status) {
                    if (status.state == ConnectionStatus::State::Live) {
                        connectionIsLive(account);
                    }
                });
    }
}

void TimelineModel::setChat(const ChatId &id)
{
    Chat chat;
    chat.id = id;
    setChat(chat);
}

void TimelineModel::setChat(const Chat &chat)
{
    if (chat.id == m_chat.id && (m_state == State::Ready || m_state == State::Loading)) {
        return;
    }
    ++m_generation;
    beginResetModel();
    m_chat = chat;
    m_rows.clear();
    m_window.clear();
    namePerson();
    m_touched.clear();
    m_seams.clear();
    m_pending.clear();
    m_meanwhile.clear();
    m_request = Request::None;
    m_rereadWanted = m_unreadable = false;
    m_anchor = 0;
    m_error = {};
    m_unreadAfter = chat.unread > 0 ? chat.readUpTo : 0;
    m_state = chat.id.isEmpty() ? State::NoChat : State::Loading;
    endResetModel();
    Q_EMIT unreadChanged(m_chat.unread);
    if (m_state == State::Loading) {
        read(Request::First, m_history.newest(m_chat.id, firstPage));
    }
}

// ---- reading ----

void TimelineModel::read(Request request, QFuture<Result<MessagePage>> answer, qint64 row)
{
    m_request = request;
    m_meanwhile.clear();
    answer.then(this, [this, generation = m_generation, request, row](const Result<MessagePage> &result) {
        if (generation != m_generation) {
            return;
        }
        m_request = Request::None;
        if (result.ok()) {
            take(request, row, result.value());
        } else {
            fail(request, row, result.error());
        }
    });
}

void TimelineModel::take(Request request, qint64 row, const MessagePage &page)
{
    m_unreadable = false;
    const auto has = [&page](qint64 wanted) {
        return std::any_of(page.messages.begin(), page.messages.end(),
                           [wanted](const Message &message) { return message.row == wanted; });
    };
    for (const Message &message : page.messages) {
        m_touched.insert(message.row);
    }
    if (request == Request::Older) {
        m_window.addOlder(page);
    } else if (request == Request::Newer) {
        m_window.addNewer(page);
    } else if (request != Request::FirstUnread || has(row)) {
        m_window.replace(page);
    }
    // The answer may have been read before these were committed.
    for (const Change &change : std::as_const(m_meanwhile)) {
        apply(change, nullptr);
    }
    m_meanwhile.clear();
    if (request == Request::Older) {
        m_window.dropNewest(maxMessages);
    } else if (request == Request::Newer) {
        m_window.dropOldest(maxMessages);
    }
    if (request == Request::First && m_unreadAfter != 0 && !m_window.atOldest()
        && m_window.indexOf(m_unreadAfter) < 0) {
        read(Request::FirstUnread, m_history.around(m_chat.id, m_unreadAfter, firstPage), m_unreadAfter);
        return;
    }
    settleSeams();
    rebuild();
    becomeReady();
    if (request == Request::Locate) {
        Q_EMIT located(row);
    }
    if (m_rereadWanted && m_request == Request::None) {
        reread();
    }
}

void TimelineModel::fail(Request request, qint64 row, const Error &error)
{
    if (error.kind == Error::Kind::Cancelled && request != Request::First) {
        return;
    }
    m_meanwhile.clear();
    m_unreadable = true;
    if (request == Request::FirstUnread) {
        take(Request::FirstUnread, row, {}); // the newest ones are here already
    } else if (request == Request::First) {
        m_error = error;
        m_state = State::Failed;
        Q_EMIT ready();
    } else if (request == Request::Locate) {
        Q_EMIT commandFailed(error);
        if (m_state == State::Loading) { // the chat was opened for this message: show it all the same
            read(Request::First, m_history.newest(m_chat.id, firstPage));
        }
    }
}

void TimelineModel::becomeReady()
{
    if (m_state != State::Ready) {
        m_state = State::Ready;
        Q_EMIT ready();
    }
}

void TimelineModel::reread()
{
    if (m_request != Request::None) {
        m_rereadWanted = true; // also when many come: one after the other, not one for each
        return;
    }
    m_rereadWanted = false;
    const int limit = int(std::clamp(m_window.messages().size() + page, qsizetype(firstPage), maxMessages));
    const bool following = m_anchor == 0 && m_window.atNewest();
    qint64 anchor = m_window.indexOf(m_anchor) < 0 ? 0 : m_anchor;
    if (anchor == 0 && !m_window.messages().isEmpty()) {
        anchor = m_window.messages().at(m_window.messages().size() / 2).row;
    }
    if (following || anchor == 0) {
        read(Request::Reread, m_history.newest(m_chat.id, limit));
    } else {
        read(Request::Reread, m_history.around(m_chat.id, anchor, limit), anchor);
    }
}

bool TimelineModel::canFetchOlder() const
{
    return m_state == State::Ready && m_request == Request::None && !m_unreadable && !m_window.atOldest()
           && !m_window.messages().isEmpty();
}

bool TimelineModel::canFetchNewer() const
{
    return m_state == State::Ready && m_request == Request::None && !m_unreadable && !m_window.atNewest()
           && !m_window.messages().isEmpty();
}

void TimelineModel::fetchOlder()
{
    if (canFetchOlder()) {
        const qint64 row = m_window.messages().constFirst().row;
        read(Request::Older, m_history.before(m_chat.id, row, page), row);
    }
}

void TimelineModel::fetchNewer()
{
    if (canFetchNewer()) {
        const qint64 row = m_window.messages().constLast().row;
        read(Request::Newer, m_history.after(m_chat.id, row, page), row);
    }
}

void TimelineModel::locate(qint64 row)
{
    if (row == 0) {
        locateNewest();
    } else if (m_window.indexOf(row) >= 0) {
        Q_EMIT located(row);
    } else if (!m_chat.id.isEmpty()) {
        ++m_generation; // whatever is under way belongs to the place left
        m_anchor = row;
        read(Request::Locate, m_history.around(m_chat.id, row, 2 * page), row);
    }
}

void TimelineModel::locateNewest()
{
    if (m_window.atNewest() || m_chat.id.isEmpty()) {
        Q_EMIT located(0);
        return;
    }
    ++m_generation;
    m_anchor = 0;
    read(Request::Locate, m_history.newest(m_chat.id, firstPage));
}

void TimelineModel::locateDay(const QDate &day)
{
    if (m_chat.id.isEmpty()) {
        return;
    }
    whenDone(m_history.firstSince(m_chat.id, day.startOfDay().toUTC()), this,
             [this, generation = m_generation](const Result<qint64> &row) {
                 if (generation != m_generation) {
                     return;
                 }
                 if (row.ok()) {
                     locate(row.value()); // 0: nothing since then, so the newest end
                 } else {
                     Q_EMIT commandFailed(row.error());
                 }
             });
}

// ---- following ----

void TimelineModel::follow(const QList<Change> &changes)
{
    if (m_chat.id.isEmpty()) {
        return;
    }
    m_pending.append(changes);
    if (m_flushTimer.isActive()) {
        return;
    }
    const qint64 since = m_sinceFlush.isValid() ? m_sinceFlush.elapsed() : frame;
    m_flushTimer.start(int(std::clamp<qint64>(frame - since, 0, frame)));
}

void TimelineModel::flush()
{
    QList<Message> news;
    bool different = false;
    const quint64 generation = m_generation;
    for (const Change &change : std::exchange(m_pending, {})) {
        different |= apply(change, &news);
        if (m_request != Request::None) {
            m_meanwhile.append(change);
        }
        if (generation != m_generation) {
            return; // the chat was removed
        }
    }
    if (different && m_state == State::Ready) {
        trim();
        rebuild();
    }
    if (!news.isEmpty() && m_state == State::Ready) {
        Q_EMIT arrived(news);
    }
    if (m_rereadWanted) {
        reread();
    }
    m_sinceFlush.start();
}

/// True: the rows must be made again. news: gets what came in at the newest end.
bool TimelineModel::apply(const Change &change, QList<Message> *news)
{
    const ChatId &id = m_chat.id;
    if (const auto *added = std::get_if<MessageAdded>(&change); added && added->message.chat == id) {
        const Message &message = added->message;
        m_touched.insert(message.row);
        if (message.author.isMe && message.delivery == Delivery::Waiting) {
            m_unreadAfter = 0; // who answers has read
        }
        const bool put = m_window.put(message);
        if (put && news && !message.author.isMe && m_window.messages().constLast().row == message.row) {
            news->append(message);
        }
        return put;
    }
    if (const auto *changed = std::get_if<MessageChanged>(&change); changed && changed->message.chat == id) {
        m_touched.insert(changed->message.row);
        return m_window.put(changed->message);
    }
    if (const auto *removed = std::get_if<MessageRemoved>(&change); removed && removed->chat == id) {
        return m_window.remove(removed->row);
    }
    if (const auto *history = std::get_if<HistoryChanged>(&change); history && history->chat == id) {
        m_rereadWanted = m_rereadWanted || news != nullptr; // a replay needs no second reading
        m_unreadable = false;
    } else if (const auto *chat = std::get_if<ChatChanged>(&change); chat && chat->chat.id == id) {
        const int before = m_chat.unread;
        const bool archived = m_chat.capabilities.testFlag(Capability::Archive);
        m_chat = chat->chat;
        const bool other = namePerson() || archived != m_chat.capabilities.testFlag(Capability::Archive);
        if (before != m_chat.unread) {
            Q_EMIT unreadChanged(m_chat.unread);
        }
        return other;
    } else if (const auto *gone = std::get_if<ChatRemoved>(&change); gone && gone->chat == id) {
        setChat(Chat());
    }
    return false;
}

/// True: the names of authors are others now.
bool TimelineModel::namePerson()
{
    if (!m_window.setPerson(m_chat.isRoom() ? QString() : m_chat.name)) {
        return false;
    }
    for (const Message &message : m_window.messages()) {
        m_touched.insert(message.row);
    }
    return true;
}

void TimelineModel::trim()
{
    const qsizetype size = m_window.messages().size();
    if (size <= maxMessages + slack) {
        return;
    }
    const qsizetype anchor = m_anchor == 0 ? size - 1 : m_window.indexOf(m_anchor);
    if (anchor >= 0 && anchor < size / 2) {
        m_window.dropNewest(maxMessages);
    } else {
        m_window.dropOldest(maxMessages);
    }
}

// ---- rows ----

void TimelineModel::rebuild()
{
    const QList<TimelineRow> rows =
        makeTimelineRows(m_window, m_unreadAfter, m_chat.capabilities.testFlag(Capability::Archive));
    QHash<TimelineRow, int> places;
    for (int i = 0; i < rows.size(); ++i) {
        places.insert(rows.at(i), i);
    }
    // Old rows first show what is true now, so that all stays consistent while rows come and go.
    QList<int> changed;
    for (int i = 0; i < m_rows.size(); ++i) {
        TimelineRow &row = m_rows[i];
        const int place = places.value(row, -1);
        if (place < 0) {
            row.message = -1;
            continue;
        }
        const TimelineRow &fresh = rows.at(place);
        const bool isMessage = row.kind == TimelineRow::Kind::Message;
        if (row.grouped != fresh.grouped || row.day != fresh.day
            || (isMessage && m_touched.contains(row.row))) {
            changed.append(i);
        }
        row = fresh;
    }
    m_touched.clear();
    for (qsizetype i = 0; i < changed.size();) {
        qsizetype last = i;
        while (last + 1 < changed.size() && changed.at(last + 1) == changed.at(last) + 1) {
            ++last;
        }
        Q_EMIT dataChanged(index(changed.at(i)), index(changed.at(last)));
        i = last + 1;
    }
    updateRows(rows);
    Q_EMIT settled();
}

void TimelineModel::updateRows(const QList<TimelineRow> &rows)
{
    const TimelineSteps steps = timelineSteps(m_rows, rows);
    for (const auto &range : steps.removals) {
        beginRemoveRows({}, range.first, range.last);
        m_rows.remove(range.first, range.last - range.first + 1);
        endRemoveRows();
    }
    for (const auto &range : steps.insertions) {
        beginInsertRows({}, range.first, range.last);
        m_rows.insert(m_rows.begin() + range.first, range.last - range.first + 1, TimelineRow());
        std::copy(rows.begin() + range.first, rows.begin() + range.last + 1, m_rows.begin() + range.first);
        endInsertRows();
    }
}

void TimelineModel::setUnreadLine(qint64 afterRow)
{
    if (m_unreadAfter != afterRow) {
        m_unreadAfter = afterRow;
        if (m_state == State::Ready) {
            rebuild();
        }
    }
}

} // namespace Mingle
