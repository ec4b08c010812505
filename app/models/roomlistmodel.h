// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/preference.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QHash>

#include <functional>
#include <optional>

namespace Mingle {

class LocalHistory;

/// The room list: all chats of all accounts in sections, each led by a heading row that cannot be chosen. Follows the
/// change feed; what comes in quick succession is taken over together. UI thread.
class RoomListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Section { NeedsYou, Strangers, Favourites, Rooms, People };
    Q_ENUM(Section)
    enum Role {
        ChatRole = Qt::UserRole + 1, ///< Chat; invalid for a heading
        StateRole, ///< ChatState; invalid for a heading
        SectionRole, ///< Section, of headings too
        HeadingRole, ///< bool
        CountRole, ///< int, of a heading: chats below it; of the requests also those that are not shown yet
    };
    /// How a row is read out or shown as a tool tip. Words belong to ui, so they are handed in.
    struct Words {
        std::function<QString(Section)> heading;
        std::function<QString(const Chat &, const ChatState &)> description;
        std::function<QString(const Chat &, const ChatState &)> toolTip;
    };

    /// history and feed must outlive the model. Nothing is read before load().
    RoomListModel(const LocalHistory &history, ChangeFeed &feed, QObject *parent = nullptr);

    void load();
    bool isLoaded() const { return m_loaded; }
    void setWords(Words words);

    /// What is true only while an account is live (Accounts::chatStates(), chatStateChanged()).
    void setState(const ChatId &chat, const ChatState &state);
    void setStates(const QHash<ChatId, ChatState> &states);

    /// Shows only what has all words of text in its title or address. Empty: everything.
    void setFilter(const QString &text);
    QString filter() const { return m_filter.join(u' '); }
    /// The chat in front. It keeps its section until another one is chosen, so that reading does not move it away
    /// from under the pointer.
    void setCurrent(const ChatId &chat);
    ChatId current() const { return m_current; }

    bool contains(const ChatId &chat) const { return m_chats.contains(chat); }
    Chat chat(const ChatId &chat) const { return m_chats.value(chat); }
    ChatState state(const ChatId &chat) const { return m_states.value(chat); }
    /// All that may be shown.
    QList<Chat> chats() const;
    QModelIndex indexOf(const ChatId &chat) const;
    /// The shown chat that is step rows further (or, unreadOnly, the next with something unread, all around); empty
    /// if there is none.
    ChatId neighbour(const ChatId &chat, int step, bool unreadOnly = false) const;
    /// Shown at once, while it is being stored; the feed tells what came of it.
    void setPreference(const ChatId &chat, const ChatPreference &preference);
    /// All of them in their order, filtered or not.
    QList<Chat> favourites() const;
    /// Unread messages outside of chats that are to be quiet, and chats that need the person.
    int unread() const { return m_unread; }
    int needsYou() const { return m_needsYou; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    // A chat that is dropped among the favourites becomes one, or gets another place.
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }

Q_SIGNALS:
    void loaded();
    void loadFailed(const Mingle::Error &error);
    void chatChanged(const Mingle::ChatId &chat);
    void chatRemoved(const Mingle::ChatId &chat);
    void totalsChanged();
    /// Was stored so that nothing in it waits for me (any more), whether I read it here or on another device.
    void nothingNeeded(const Mingle::ChatId &chat);
    /// The person has dropped it there. place: among favourites() without it.
    void favouriteDropped(const Mingle::ChatId &chat, qsizetype place);

private:
    struct Row {
        Section section = Section::Rooms;
        ChatId chat; ///< empty: the section's heading
        bool operator==(const Row &) const = default;
    };

    void take(const QList<Change> &changes);
    void schedule();
    void applyPending();
    QList<Row> arranged() const;
    Section sectionOf(const Chat &chat) const;
    void pinCurrent();
    bool matches(const Chat &chat) const;
    void rearrange();
    void countTotals();
    void rowChanged(const ChatId &chat);
    int countBelow(int heading) const;
    int requestCount() const;
    ChatId dragged(const QMimeData *data) const;
    std::optional<qsizetype> placeOf(int row, const ChatId &dragged) const;

    const LocalHistory &m_history;
    Words m_words;
    QHash<ChatId, Chat> m_chats;
    QHash<ChatId, ChatState> m_states;
    QHash<ChatId, std::optional<Chat>> m_pending; ///< without a value: removed
    QList<Row> m_rows;
    QStringList m_filter;
    ChatId m_current;
    std::optional<Section> m_currentSection; ///< none: the chat is not known yet
    QElapsedTimer m_sinceApplied;
    bool m_scheduled = false;
    bool m_loaded = false;
    int m_unread = 0;
    int m_needsYou = 0;
};

} // namespace Mingle
