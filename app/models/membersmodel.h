// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/participant.h"

#include <QAbstractListModel>
#include <QElapsedTimer>

#include <functional>

namespace Mingle {

class LocalHistory;

/// The people of one room, grouped by standing under heading rows that cannot be chosen; inside a group those who are
/// there come first. Made for 10,000 people: sorted away from the UI thread, small changes applied as such.
class MembersModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        ParticipantRole = Qt::UserRole + 1, ///< Participant; invalid for a heading
        StandingRole, ///< Standing, of headings too
        HeadingRole, ///< bool
        CountRole, ///< int, of a heading: people below it
        ChatRole, ///< ChatId of the room
    };
    /// How a row is read out or shown as a tool tip. Words belong to ui, so they are handed in.
    struct Words {
        std::function<QString(Standing)> heading;
        std::function<QString(const Participant &)> description;
        std::function<QString(const Participant &)> toolTip;
    };

    /// history and feed must outlive the model.
    MembersModel(const LocalHistory &history, ChangeFeed &feed, QObject *parent = nullptr);

    void setWords(Words words);
    /// Empty: nobody.
    void setChat(const ChatId &chat);
    ChatId chat() const { return m_chat; }
    /// Shows only people with text in their nick or address.
    void setFilter(const QString &text);

    /// Of the whole room, filtered or not.
    int total() const { return int(m_people.size()); }
    int present() const { return m_present; }
    bool isLoaded() const { return m_loaded; }
    /// Who has this key and shows a picture or an address; nullptr: nobody. Valid until something changes.
    const Participant *find(const QString &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void loaded();
    void loadFailed(const Mingle::Error &error);

private:
    struct Row {
        Standing standing = Standing::Guest;
        int count = 0; ///< of a heading; 0: this is a person
        Participant person;
        bool isHeading() const { return count > 0; }
        bool same(const Row &other) const;
        bool operator==(const Row &) const = default;
    };

    void take(const QList<Change> &changes);
    void reload();
    void setPeople(QList<Participant> people);
    QList<Row> arranged() const;
    void show(QList<Row> rows);
    bool showInSteps(const QList<Row> &rows);

    const LocalHistory &m_history;
    Words m_words;
    ChatId m_chat;
    QString m_filter;
    QList<Participant> m_people; ///< all, in the order shown
    QHash<QString, qsizetype> m_places; ///< in m_people, of those that find() knows
    QList<Row> m_rows;
    QElapsedTimer m_sinceRead;
    qint64 m_readMs = 0; ///< from asking to shown, the last time
    int m_present = 0;
    quint64 m_generation = 0; ///< tells answers for a chat that was left meanwhile
    bool m_scheduled = false;
    bool m_reading = false;
    bool m_stale = false; ///< something changed while reading
    bool m_loaded = false;
};

} // namespace Mingle
