// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/archivereach.h"
#include "session/olderpages.h"
#include "session/sessioncontext.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <optional>

namespace Mingle {

class Pipeline;

/// Keeps the local history of each archive in step: after a new session the newest page first, so that a room can be
/// read at once, then backwards until it meets what is stored. Older pages on demand. Session thread.
class HistorySync : public QObject
{
    Q_OBJECT
public:
    HistorySync(const SessionContext &context, Pipeline &pipeline, QObject *parent);

    /// A session began that did not resume the last one: what is stored may have a gap above it now.
    void beginSession();
    void endSession();

    /// Starts catching up one archive; caughtUp() follows, at once if there is nothing to do.
    void catchUp(const Jid &address, ChatKind kind);
    /// The same for a room that is being joined: asks right behind the request to join, which saves a round trip for each
    /// room. catchUp() is to follow when I am in.
    void catchUpEntering(const Jid &address, ChatKind kind);
    /// Nothing is kept there: nothing is missing.
    void hasNoArchive(const Jid &address);
    /// The same, and once more after it if that is being done already.
    void lookAgain(const Jid &address, ChatKind kind);
    /// The stream broke and was taken up again: what was being fetched is asked for anew.
    void streamResumed();
    /// Out of this room, for now or for good: what is said there meanwhile is missed.
    void roomLeft(const Jid &room);
    /// What is on the screen comes first, then the own account, then the rooms in which something was said last.
    void setOnScreen(const Jid &address) { m_onScreen = address; }
    /// Asks the own archive for all that was archived since: gives messages sent one to one their archive ids.
    void topUp();
    /// All that was sent one to one has been met in the own archive; maybe live, which has proven nothing as long as some was
    /// on its way.
    void copiesMet();
    /// The seam below this row, or before the first (0). For a person, pages until something of theirs comes.
    QFuture<Outcome> fetchOlder(const ChatId &chat, ChatKind kind, qint64 row);

    bool isBusy() const { return !m_running.isEmpty(); }
    /// Rooms caught up or to be caught up since it became busy.
    int roomsInRound() const { return int(m_round.size()); }
    int roomsLeft() const;

Q_SIGNALS:
    /// The newest stretch is complete down to what was stored before, or could not be had.
    void caughtUp(const Mingle::Jid &address, Mingle::ChatKind kind, const Mingle::Error &error);
    /// isBusy(), roomsInRound() or roomsLeft() may be others now.
    void progressed();
    /// A page that holds the newest of this archive was stored; it reaches up to that id.
    void placedNewest(const Mingle::Jid &archive, const QString &id);

private:
    /// One archive being caught up.
    struct Run {
        ChatKind kind = ChatKind::Person;
        int number = 0; ///< answers to an earlier run of the same archive are of no use
        qint64 interval = 0; ///< that the last stored page became part of
        QString oldestId; ///< of that interval
        QString askedBefore; ///< the next page goes up to this id
        QDateTime since; ///< the page that was asked for has nothing older than this
        bool asking = false;
        bool storing = false;
        bool again = false; ///< to be begun anew when it is over
        bool entering = false; ///< asked before I was in, no answer yet
        bool early = false; ///< begun so
        bool entered = false; ///< catchUp() has been called since
        bool deep = false; ///< has come beyond the first page
        bool doubted =
            false; ///< a page lacked what had come live; the same one is taken as it is the next time
        bool waitsForTurn = false; ///< to go deeper
        qint64 place = 0; ///< what came live since it was asked for stands above; 0: not known yet
        /// Came while the page above it was being stored.
        std::optional<Result<ArchivePage>> ahead;
    };

    void begin(const Jid &address, ChatKind kind, bool entering);
    void startNext();
    void tellProgress();
    void goDeeper(const Jid &archive, Run &run);
    void letOthersDeeper();
    void giveUpEntering(const Jid &archive);
    bool comesBefore(const Jid &a, const Jid &b) const;
    /// nullptr: that run is over.
    Run *runOf(const Jid &archive, int number);
    void topUpOnceMore(PageRequest request, const std::function<void()> &done);
    QFuture<Result<qint64>> placeAbove(const Jid &archive);
    void markPlace(const Jid &archive, int number);
    void extendOver(const Jid &archive, qint64 place);
    void believeLive(const Jid &archive, const Run &run);
    void askForPage(const Jid &archive, Run &run);
    void takePage(const Jid &archive, Run &run, const Result<ArchivePage> &page);
    void takePageSince(const Jid &archive, Run &run, const Result<ArchivePage> &page);
    void pageStored(const Jid &archive, Run &run, const Result<PageStored> &stored);
    void askOnceMore(const Jid &archive, Run &run, const QString &before);
    void finish(const Jid &archive, const Error &error);
    void tryAgainLater(const Jid &archive, ChatKind kind);
    bool mayAsk(const Jid &archive, ChatKind kind) const;
    void answerAsking(const Jid &archive, const Error &error);
    bool mayTopUp(const Jid &archive) const;
    void topUpFrom(const PageRequest &request, const std::function<void()> &done);

    SessionContext m_context;
    Pipeline &m_pipeline;
    ArchiveReach m_reach;
    OlderPages m_older;
    QHash<Jid, Run> m_running;
    QList<std::pair<Jid, ChatKind>> m_waiting;
    QSet<Jid> m_entered; ///< caught up before catchUp() was called for them
    QHash<Jid, QDateTime> m_lastTimes; ///< when something was last said in a room, as this session began
    QHash<Jid, int> m_triedAgain; ///< in this session, after no answer came
    QSet<Jid> m_round; ///< rooms, since it became busy
    Jid m_onScreen;
    int m_runs = 0; ///< begun so far
    int m_session = 0; ///< answers of an earlier one are of no use
    /// Who asked for what lies below a gap: answered when the catch-up that closes it is over.
    QHash<Jid, QList<std::shared_ptr<QPromise<Outcome>>>> m_asking;
    bool m_toppingUp = false;
    bool m_topUpAgain = false;
    QString m_forgotten; ///< the last id that my own archive did not know any more
};

} // namespace Mingle
