// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/searchmodel.h"

#include "core/futures.h"

#include <algorithm>

namespace Mingle {

namespace {

constexpr int pauseMs = 30; // after a key: somebody who types fast asks once for a word, not for each letter
constexpr int pageSize = 40;

} // namespace

SearchModel::SearchModel(MessageSearch &search, ChangeFeed &feed, QObject *parent)
    : QAbstractListModel(parent)
    , m_search(search)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(pauseMs);
    connect(&m_timer, &QTimer::timeout, this, &SearchModel::ask);
    connect(&feed, &ChangeFeed::changed, this, &SearchModel::follow);
}

SearchModel::~SearchModel()
{
    m_answer.cancel();
}

void SearchModel::setDescription(std::function<QString(const SearchHit &)> description)
{
    m_description = std::move(description);
}

void SearchModel::setText(const QString &text)
{
    if (text == m_text) return;
    m_text = text;
    askLater(false);
}

void SearchModel::setChat(const ChatId &chat)
{
    if (chat == m_chat) return;
    m_chat = chat;
    askLater(true);
}

void SearchModel::setOrder(SearchOrder order)
{
    if (order == m_order) return;
    m_order = order;
    askLater(true);
}

/// afresh: even if the text still means the same.
void SearchModel::askLater(bool afresh)
{
    const SearchQuery query = parseSearch(m_text);
    if (query == m_query && !afresh && m_state != State::Failed) return; // a space behind a word
    m_query = query;
    stop();
    if (query.isEmpty()) {
        replace({});
        setState(State::Idle);
        return;
    }
    if (m_hits.isEmpty()) setState(State::Searching);
    m_timer.start();
}

/// Whatever is under way is for nothing.
void SearchModel::stop()
{
    ++m_generation;
    m_timer.stop();
    m_answer.cancel();
    m_answer = {};
    m_next.clear();
    m_fetching = false;
}

void SearchModel::ask()
{
    m_answer = m_search.search(m_query, m_chat, m_order, pageSize);
    whenDone(m_answer, this, [this, generation = m_generation](const Result<SearchPage> &page) {
        if (generation != m_generation) return;
        m_answer = {};
        if (page) {
            take(*page);
        } else if (page.error().kind != Error::Kind::Cancelled) {
            replace({});
            setState(State::Failed, page.error());
        }
    });
}

void SearchModel::take(const SearchPage &page)
{
    m_next = page.next;
    replace(page.hits);
    setState(m_hits.isEmpty() ? State::Nothing : State::Found);
}

void SearchModel::replace(QList<SearchHit> hits)
{
    if (hits.isEmpty() && m_hits.isEmpty()) return;
    beginResetModel();
    m_hits = std::move(hits);
    endResetModel();
}

bool SearchModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::Found && hasMore() && !m_fetching;
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent)) return;
    m_fetching = true;
    m_answer = m_search.search(m_query, m_chat, m_order, pageSize, m_next);
    whenDone(m_answer, this, [this, generation = m_generation](const Result<SearchPage> &page) {
        if (generation != m_generation) return;
        m_answer = {};
        m_fetching = false;
        // What is here stays; asking again and again for what cannot be read would help nobody.
        takeMore(page ? *page : SearchPage());
    });
}

void SearchModel::takeMore(const SearchPage &page)
{
    QList<SearchHit> fresh;
    // What came in meanwhile may have moved a hit from one page into the next.
    std::ranges::copy_if(page.hits, std::back_inserter(fresh),
                         [this](const SearchHit &hit) { return indexOf(hit.message.row) < 0; });
    m_next = page.next;
    if (!fresh.isEmpty()) {
        beginInsertRows({}, int(m_hits.size()), int(m_hits.size() + fresh.size()) - 1);
        m_hits.append(fresh);
        endInsertRows();
    }
    Q_EMIT stateChanged();
}

void SearchModel::setState(State state, const Error &error)
{
    m_state = state;
    m_error = error;
    Q_EMIT stateChanged();
}

/// What was taken back must not stay readable here.
void SearchModel::follow(const QList<Change> &changes)
{
    if (m_hits.isEmpty()) return;
    for (const Change &change : changes) {
        if (const auto *changed = std::get_if<MessageChanged>(&change);
            changed && changed->message.retracted) {
            removeWhere([&](const Message &message) { return message.row == changed->message.row; });
        } else if (const auto *removed = std::get_if<MessageRemoved>(&change)) {
            removeWhere([&](const Message &message) { return message.row == removed->row; });
        } else if (const auto *gone = std::get_if<ChatRemoved>(&change)) {
            removeWhere([&](const Message &message) { return message.chat == gone->chat; });
        }
    }
}

void SearchModel::removeWhere(const std::function<bool(const Message &)> &gone)
{
    for (int i = int(m_hits.size()) - 1; i >= 0; --i) {
        if (!gone(m_hits.at(i).message)) continue;
        beginRemoveRows({}, i, i);
        m_hits.removeAt(i);
        endRemoveRows();
    }
    if (m_hits.isEmpty() && m_state == State::Found && !hasMore()) setState(State::Nothing);
}

int SearchModel::indexOf(qint64 row) const
{
    const auto found =
        std::ranges::find_if(m_hits, [row](const SearchHit &hit) { return hit.message.row == row; });
    return found == m_hits.end() ? -1 : int(found - m_hits.begin());
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_hits.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const SearchHit &hit = m_hits.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return hit.message.body;
    case Qt::AccessibleTextRole:
        return m_description ? m_description(hit) : hit.message.body;
    case RowRole:
        return hit.message.row;
    case MessageRole:
        return QVariant::fromValue(hit.message);
    default:
        return {};
    }
}

} // namespace Mingle
