// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/search.h"

#include <QAbstractListModel>
#include <QTimer>

#include <functional>

namespace Mingle {

/// What was found for the text being typed. Searches a moment after the last key, drops answers to older questions, and
/// keeps showing what there is until the new answer comes. The list grows when asked to (fetchMore). UI thread.
class SearchModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        RowRole = Qt::UserRole + 1, ///< qint64, of the message
        MessageRole, ///< Mingle::Message
    };
    enum class State {
        Idle, ///< nothing to look for
        Searching, ///< and nothing to show yet
        Found,
        Nothing,
        Failed, ///< error()
    };

    /// Both must outlive the model.
    SearchModel(MessageSearch &search, ChangeFeed &feed, QObject *parent = nullptr);
    ~SearchModel() override;

    /// What was typed, see parseSearch().
    void setText(const QString &text);
    /// Where to look; empty: everywhere.
    void setChat(const ChatId &chat);
    ChatId chat() const { return m_chat; }
    void setOrder(SearchOrder order);
    SearchOrder order() const { return m_order; }
    /// How a row is read out. Words belong to ui, so they are handed in.
    void setDescription(std::function<QString(const SearchHit &)> description);

    State state() const { return m_state; }
    Error error() const { return m_error; }
    /// There is more than what is here.
    bool hasMore() const { return !m_next.isEmpty(); }
    const SearchHit &hitAt(int index) const { return m_hits.at(index); }
    int indexOf(qint64 row) const; ///< of a message; -1: not here

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void stateChanged();

private:
    void askLater(bool afresh);
    void ask();
    void take(const SearchPage &page);
    void takeMore(const SearchPage &page);
    void replace(QList<SearchHit> hits);
    void stop();
    void setState(State state, const Error &error = {});
    void follow(const QList<Change> &changes);
    void removeWhere(const std::function<bool(const Message &)> &gone);

    MessageSearch &m_search;
    std::function<QString(const SearchHit &)> m_description;
    QString m_text;
    SearchQuery m_query; ///< that m_hits answer, or that is being asked
    ChatId m_chat;
    SearchOrder m_order = SearchOrder::Newest;
    State m_state = State::Idle;
    Error m_error;
    QList<SearchHit> m_hits;
    QByteArray m_next;
    QTimer m_timer;
    QFuture<Result<SearchPage>> m_answer; ///< under way
    quint64 m_generation = 0; ///< answers of another one are to older questions
    bool m_fetching = false;
};

} // namespace Mingle
