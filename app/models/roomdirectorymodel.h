// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/directorycommands.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

#include <functional>

namespace Mingle {

/// The rooms that a place has, filled as answers come, or the one room at an address. Sorted by people where known, then
/// by name; what a room tells later changes its row, never its place. UI thread.
class RoomDirectoryModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        CardRole = Qt::UserRole + 1, ///< RoomCard
        ToldRole, ///< Told
        JoinedRole, ///< bool: I am in it already
    };
    /// How much of a room's own answer there is.
    enum class Told { Nothing, Asked, All, Refused };
    Q_ENUM(Told)
    enum class State {
        Idle, ///< nothing is looked for
        Looking, ///< the first page is on its way
        More, ///< there are rooms, and the next page is on its way
        Done,
        Failed, ///< error(); rooms that came before stay
    };
    Q_ENUM(State)
    /// How a row is read out. Words belong to ui, so they are handed in.
    using Words = std::function<QString(const RoomCard &, bool joined)>;

    explicit RoomDirectoryModel(DirectoryCommands commands, QObject *parent = nullptr);

    void setWords(Words words);
    /// Whose server asks. What is shown is forgotten, if it was another's.
    void setAccount(const Jid &account);
    Jid account() const { return m_account; }
    /// The rooms I am in, of this account.
    void setJoined(const QSet<Jid> &rooms);
    /// The address by which I am in it already, which may be that of the other protocol (XEP-0408); empty: I am not.
    Jid joinedAs(const RoomCard &room) const;

    /// Begins anew. What was asked before and has not answered is dropped.
    void look(const RoomQuery &query);
    /// The room at this address, and nothing else, asked anew.
    void lookAt(const Jid &room);
    void clear();
    /// No more pages are asked for; what is there stays. Idle, if nothing is.
    void stop();

    /// Shows only what has all words in its name, description or address. Of a list only: a search has its own words.
    void setFilter(const QString &words);
    /// While a person has a hand on the list, new rows come at its end.
    void setHeld(bool held) { m_held = held; }
    /// The rows on the screen: those are asked what they are, unless that would tell servers that nobody chose.
    void setOnScreen(int first, int last);
    /// Asks one row's room, whoever carries it, because the person has chosen it.
    void askRow(int row);

    State state() const { return m_state; }
    Error error() const { return m_error; }
    /// A part of the place did not answer.
    Error missing() const { return m_missing; }
    bool isCapped() const { return m_capped; }
    const RoomQuery &query() const { return m_query; }
    int found() const { return int(m_rooms.size()); }
    int expected() const { return m_expected; } ///< -1: not told
    int rowOf(const Jid &room) const;
    RoomCard cardAt(int row) const;
    Told toldAt(int row) const;
    Error refusalAt(int row) const; ///< with Told::Refused

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// A search goes on only when somebody wants to see more.
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void stateChanged();
    /// Told, or refused to tell.
    void roomChanged(const Mingle::Jid &room);

private:
    struct Room {
        RoomCard card;
        QString folded; ///< what is searched in
        QString key; ///< what is sorted by
        Told told = Told::Nothing;
        Error refusal;
        quint64 asker = 0;
    };

    void begin(const RoomQuery &query);
    void askPage();
    void takePage(const RoomsPage &page);
    void add(const QList<RoomCard> &cards);
    void ask(int room, bool anew = false);
    void takeDetails(const Jid &address, const Result<RoomCard> &answer);
    void setState(State state);
    void rearrange();
    bool fits(const Room &room) const;
    bool isBefore(int a, int b) const;
    void changed(int room);
    static void refold(Room &room);

    DirectoryCommands m_commands;
    Words m_words;
    Jid m_account;
    QSet<Jid> m_joined;
    RoomQuery m_query;
    State m_state = State::Idle;
    Error m_error;
    Error m_missing;
    bool m_capped = false;
    bool m_held = false;
    int m_expected = -1;
    QList<Room> m_rooms; ///< in the order of their coming
    QHash<Jid, int> m_index; ///< into m_rooms
    QList<int> m_rows; ///< what is shown, of m_rooms
    QStringList m_filter;
    Asker m_asker; ///< of the rows on the screen
    Asker m_chosen; ///< of the row chosen last
    quint64 m_askers = 0;
    int m_round = 0; ///< answers to an earlier one are of no use
};

} // namespace Mingle
