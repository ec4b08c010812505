// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/localhistory.h"
#include "models/timelinerows.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace Mingle {

class Accounts;

/// What is known about the messages missing at a seam.
enum class SeamState {
    Quiet, ///< to be asked for when it comes into view
    Loading,
    Failed, ///< not asked for again by itself; the error may be None if the archive just had nothing
};

/// One chat's timeline: a window of at most some 600 messages around an anchor, however many the room has,
/// with day lines, seams and the line above what is new. Reads LocalHistory, follows ChangeFeed, and asks
/// Accounts for what the archive holds. Lives on the UI thread and never blocks it. All texts are untrusted.
class TimelineModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< TimelineRow::Kind as int
        RowRole,                     ///< qint64, see TimelineRow::row
        MessageRole,                 ///< Mingle::Message, invalid unless a message
        TextRole,                    ///< body (QString), also Qt::DisplayRole
        AuthorKeyRole,               ///< QString
        NickRole,                    ///< QString
        MineRole,                    ///< bool
        TimeRole,                    ///< QDateTime, UTC
        DeliveryRole,                ///< Delivery as int
        GroupedRole,                 ///< bool: no need to name the author again
        EditedRole,                  ///< bool
        RetractedRole,               ///< bool
        MentionsMeRole,              ///< bool
        DayRole,                     ///< QDate, local
        SeamStateRole,               ///< SeamState as int
    };
    enum class State {
        NoChat,
        Loading, ///< nothing of this chat was read yet
        Ready,
        Failed, ///< could not be read: error()
    };

    /// history and feed must outlive the model; accounts may be null (then nothing is asked for).
    TimelineModel(LocalHistory &history, ChangeFeed &feed, Accounts *accounts, QObject *parent = nullptr);

    /// Shows another chat from its newest messages, or from the first unread one if the chat has any. An
    /// empty chat clears. The rows come later: ready().
    void setChat(const Chat &chat);
    void setChat(const ChatId &chat);
    const ChatId &chat() const { return m_chat.id; }
    QString title() const { return m_chat.title(); }
    State state() const { return m_state; }
    Error error() const { return m_error; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The same without the detour through QVariant. index: 0 <= index < rowCount().
    const TimelineRow &rowAt(int index) const { return m_rows.at(index); }
    /// The message of a Notice row; null for others.
    const Message *noticeAt(int index) const;
    const Message *messageAt(int index) const; ///< nullptr unless a message
    int indexOf(qint64 row) const;             ///< of a message; -1: not in the window
    /// The message that a reply names (archive, origin or stanza id), if it is in the window.
    const Message *messageByReference(const QString &id) const;
    SeamState seamState(qint64 row) const;
    Error seamError(qint64 row) const;

    bool canFetchOlder() const; ///< older ones are stored and not being read already
    bool canFetchNewer() const;
    bool isAtNewest() const { return m_window.atNewest(); }
    void fetchOlder();
    void fetchNewer();
    /// Asks the archive for what is missing there; also again after it failed.
    void fetchSeam(qint64 row);
    /// Which message the person looks at: the window lets go of what is farthest from it.
    void setAnchor(qint64 row) { m_anchor = row; }
    /// Brings a message into the window; located() tells when, at once if it is there.
    void locate(qint64 row);
    void locateNewest();
    /// The first message of that day or after it; where nothing that old is stored, the oldest, and a seam above it.
    void locateDay(const QDate &day);

    int unread() const { return m_chat.unread; } ///< in this chat, as the store has it
    qint64 readUpTo() const { return m_chat.readUpTo; }
    /// Everything up to this message was seen. Passed on only if it is news.
    void markRead(qint64 row);
    /// Puts the line above what is new behind this message; 0 takes it away. Opening a chat sets it by
    /// itself.
    void setUnreadLine(qint64 afterRow);
    bool hasUnreadLine() const { return m_unreadAfter != 0; }
    qint64 unreadAfter() const { return m_unreadAfter; }
    void retry(qint64 row); ///< a failed message
    void discard(qint64 row); ///< a failed or waiting message

Q_SIGNALS:
    void ready(); ///< the first rows of a chat are here (or there are none, or Failed)
    void located(qint64 row); ///< 0: the newest end
    void unreadChanged(int unread);
    void settled(); ///< all rows of one batch of changes are in place
    /// Messages that just came in at the newest end, by others.
    void arrived(const QList<Mingle::Message> &messages);
    void commandFailed(const Mingle::Error &error); ///< retry or discard

protected:
    // The commands, for tests to look at.
    virtual QFuture<Outcome> askArchive(const ChatId &chat, qint64 row);
    virtual QFuture<Outcome> askRetry(const ChatId &chat, qint64 row);
    virtual QFuture<Outcome> askDiscard(const ChatId &chat, qint64 row);
    virtual void tellRead(const ChatId &chat, qint64 row);

private:
    enum class Request { None, First, FirstUnread, Older, Newer, Reread, Locate };
    struct Seam {
        SeamState state = SeamState::Quiet;
        Error error{};
        bool answered = false; ///< the archive said it was done; the next reading shows what came of it
        qint64 below = 0; ///< the message under the seam when the archive was asked
    };

    void read(Request request, QFuture<Result<MessagePage>> answer, qint64 row = 0);
    void take(Request request, qint64 row, const MessagePage &page);
    void fail(Request request, qint64 row, const Error &error);
    void becomeReady();
    void reread();
    void follow(const QList<Change> &changes);
    void flush();
    bool apply(const Change &change, QList<Message> *news);
    bool namePerson();
    void trim();
    void rebuild();
    void updateRows(const QList<TimelineRow> &rows);
    void settleSeams();
    void setSeam(qint64 row, const Seam &seam);
    qint64 rowBelowSeam(qint64 row) const;
    void connectionIsLive(const Jid &account);

    LocalHistory &m_history;
    Accounts *m_accounts;
    Chat m_chat;
    State m_state = State::NoChat;
    Error m_error;
    TimelineWindow m_window;
    QList<TimelineRow> m_rows;
    QSet<qint64> m_touched; ///< messages whose content changed since the last rebuild
    QHash<qint64, Seam> m_seams;
    qint64 m_anchor = 0; ///< 0: the newest
    qint64 m_unreadAfter = 0;

    quint64 m_generation = 0; ///< answers of another one are of a chat or place no longer wanted
    Request m_request = Request::None;
    bool m_rereadWanted = false;
    bool m_unreadable = false; ///< the store refused a page: do not ask in circles
    QList<Change> m_pending; ///< not yet applied
    QList<Change>
        m_meanwhile; ///< applied since the request under way began; its answer may be older than they are
    QTimer m_flushTimer;
    QElapsedTimer m_sinceFlush;
};

} // namespace Mingle
