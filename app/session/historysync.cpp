// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/historysync.h"

#include "core/futures.h"
#include "core/ports.h"
#include "session/pipeline.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

#include <QTimer>

namespace Mingle {

namespace {
constexpr int firstPage = 50; // two screens: the room can be read after one round trip
constexpr int fullPage = 250; // what servers allow at most
constexpr int archivesAtOnce = 32; // of which the newest page is asked for in one go
constexpr std::chrono::seconds triesAgain[]{std::chrono::seconds(15), std::chrono::seconds(60),
                                            std::chrono::seconds(300)}; // after no answer came
constexpr std::chrono::milliseconds writtenDownAfter(1500); // by a busy server that has given it out already
constexpr int deepAtOnce = 4; // of which more is fetched: more would delay the room on screen
} // namespace

HistorySync::HistorySync(const SessionContext &context, Pipeline &pipeline, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_pipeline(pipeline)
    , m_reach(context, this)
    , m_older(context, this)
{}

void HistorySync::beginSession()
{
    endSession();
    // What the last session brought belongs below the gap that opens now.
    m_pipeline.drain();
    m_pipeline.forgetCaughtUp();
    auto opened = m_context.database.write(
        [account = m_context.account](Transaction &tx) -> Result<QHash<Jid, QDateTime>> {
            const auto chats = ChatStore(tx).all(account);
            if (!chats) return chats.error();
            QHash<Jid, QDateTime> times{{account, {}}};
            for (const Chat &chat : *chats)
                if (chat.isRoom()) times.insert(chat.id.address, chat.lastTime);
            for (auto archive = times.keyBegin(); archive != times.keyEnd(); ++archive)
                if (auto done = ArchiveStore(tx, {account, *archive}).openGap(); !done) return done.error();
            return times;
        });
    whenDone(opened, this, [this, session = m_session](const Result<QHash<Jid, QDateTime>> &times) {
        // A full disk shows itself at the next message.
        if (times && session == m_session) m_lastTimes = *times;
    });
}

void HistorySync::endSession()
{
    ++m_session;
    m_waiting.clear();
    m_entered.clear();
    m_triedAgain.clear();
    m_toppingUp = m_topUpAgain = false;
    const bool wasBusy = !m_running.isEmpty();
    m_running.clear();
    for (const Jid &archive : m_asking.keys())
        answerAsking(archive, {Error::Kind::ConnectionLost, {}, {}});
    if (wasBusy) tellProgress();
}

bool HistorySync::mayAsk(const Jid &archive, ChatKind kind) const
{
    if (m_context.connection.state() != Connection::State::Live) return false;
    return kind == ChatKind::Person || m_context.connection.driver(kind)->isJoined(archive);
}

void HistorySync::answerAsking(const Jid &archive, const Error &error)
{
    const auto promises = m_asking.take(archive);
    for (const auto &promise : promises) {
        promise->addResult(Outcome(error));
        promise->finish();
    }
}

void HistorySync::catchUpEntering(const Jid &address, ChatKind kind)
{
    // With very many rooms the rest come when they are entered, in the order of their use.
    if (m_running.contains(address) || m_running.size() >= archivesAtOnce) return;
    begin(address, kind, true);
}

// I was not in when it came, or it could not be had: as if it had not been asked for.
void HistorySync::giveUpEntering(const Jid &archive)
{
    const Run over = m_running.take(archive);
    if (over.entered || over.again) catchUp(archive, over.kind);
    startNext();
    tellProgress();
}

void HistorySync::catchUp(const Jid &address, ChatKind kind)
{
    if (m_entered.remove(address)) return;
    if (const auto run = m_running.find(address); run != m_running.end()) {
        run->entered = true;
        return;
    }
    if (m_waiting.contains(std::pair(address, kind))) return;
    m_waiting.append({address, kind});
    if (kind != ChatKind::Person) m_round.insert(address);
    startNext();
}

void HistorySync::lookAgain(const Jid &address, ChatKind kind)
{
    if (const auto run = m_running.find(address); run != m_running.end())
        run->again = true;
    else
        catchUp(address, kind);
}

void HistorySync::streamResumed()
{
    m_entered.clear();
    m_pipeline.drain();
    auto raised = m_context.database.write([account = m_context.account](Transaction &tx) -> Outcome {
        const auto chats = ChatStore(tx).all(account);
        if (!chats) return chats.error();
        QSet<Jid> archives{account};
        for (const Chat &chat : *chats)
            if (chat.isRoom()) archives.insert(chat.id.address);
        for (const Jid &archive : std::as_const(archives))
            if (auto done = ArchiveStore(tx, {account, archive}).raiseFloor(); !done) return done;
        return {};
    });
    Q_UNUSED(raised) // a full disk shows itself at the next message
    // An answer may be lost with the line, and would prove nothing: what got lost on the way may have been archived since.
    const auto interrupted = std::exchange(m_running, {});
    for (const auto &[archive, run] : interrupted.asKeyValueRange())
        begin(archive, run.kind, run.early && !run.entered);
}

void HistorySync::hasNoArchive(const Jid &address)
{
    m_entered.remove(address);
    auto dropped = m_context.database.write([id = ArchiveId{m_context.account, address}](Transaction &tx) {
        return ArchiveStore(tx, id).dropGaps();
    });
    Q_UNUSED(dropped) // a full disk shows itself at the next message
}

// The session goes on: what the room says when I am back in may not join what was stored before.
void HistorySync::roomLeft(const Jid &room)
{
    m_pipeline.drain();
    m_pipeline.setCaughtUp(room, false);
    m_waiting.removeIf([&room](const auto &waiting) { return waiting.first == room; });
    m_entered.remove(room);
    const bool wasBusy = isBusy();
    m_running.remove(room);
    answerAsking(room, {Error::Kind::ConnectionLost, {}, {}});
    auto opened = m_context.database.write([id = ArchiveId{m_context.account, room}](Transaction &tx) {
        return ArchiveStore(tx, id).openGap();
    });
    Q_UNUSED(opened) // a full disk shows itself at the next message
    startNext();
    if (wasBusy) tellProgress();
}

void HistorySync::begin(const Jid &address, ChatKind kind, bool entering)
{
    Run begun;
    begun.kind = kind;
    begun.number = ++m_runs;
    begun.entering = begun.early = entering;
    begun.since = m_reach.take(address);
    Run &run = *m_running.insert(address, begun);
    if (kind != ChatKind::Person) m_round.insert(address);
    tellProgress();
    markPlace(address, run.number);
    askForPage(address, run);
}

int HistorySync::roomsLeft() const
{
    return int(std::ranges::count_if(m_round, [this](const Jid &room) {
        return m_running.contains(room)
               || std::ranges::any_of(m_waiting, [&room](const auto &one) { return one.first == room; });
    }));
}

void HistorySync::tellProgress()
{
    if (!isBusy()) m_round.clear();
    Q_EMIT progressed();
}

void HistorySync::startNext()
{
    letOthersDeeper();
    while (!m_waiting.isEmpty() && m_running.size() < archivesAtOnce) {
        const auto next = std::ranges::min_element(
            m_waiting, [this](const auto &a, const auto &b) { return comesBefore(a.first, b.first); });
        const auto [address, kind] = m_waiting.takeAt(next - m_waiting.begin());
        begin(address, kind, false);
    }
}

bool HistorySync::comesBefore(const Jid &a, const Jid &b) const
{
    const auto rank = [this](const Jid &address) {
        return address == m_onScreen ? 0 : address == m_context.account ? 1 : 2;
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return m_lastTimes.value(a) > m_lastTimes.value(b);
}

void HistorySync::goDeeper(const Jid &archive, Run &run)
{
    const auto deep = std::ranges::count_if(m_running, &Run::deep);
    run.waitsForTurn = !run.deep && deep >= deepAtOnce;
    if (run.waitsForTurn) return;
    run.deep = true;
    askForPage(archive, run);
}

void HistorySync::letOthersDeeper()
{
    for (auto deep = std::ranges::count_if(m_running, &Run::deep); deep < deepAtOnce; ++deep) {
        auto next = m_running.end();
        for (auto run = m_running.begin(); run != m_running.end(); ++run)
            if (run->waitsForTurn && (next == m_running.end() || comesBefore(run.key(), next.key())))
                next = run;
        if (next == m_running.end()) return;
        goDeeper(next.key(), *next);
    }
}

HistorySync::Run *HistorySync::runOf(const Jid &archive, int number)
{
    const auto found = m_running.find(archive);
    return found != m_running.end() && found->number == number ? &*found : nullptr;
}

// All that came until now is written before this, all that comes from now on after it.
QFuture<Result<qint64>> HistorySync::placeAbove(const Jid &archive)
{
    m_pipeline.drain();
    return m_context.database.write([id = ArchiveId{m_context.account, archive}](Transaction &tx) {
        return ArchiveStore(tx, id).nextOrder();
    });
}

void HistorySync::markPlace(const Jid &archive, int number)
{
    whenDone(placeAbove(archive), this, [this, archive, number](const Result<qint64> &order) {
        if (Run *run = runOf(archive, number); run && order) run->place = *order;
    });
}

// Only when all that was archived before is here: a server that ends an earlier session of mine hands over what lay in its
// queue as if it were new. The newest page reaches up to what has come since it was asked for.
void HistorySync::believeLive(const Jid &archive, const Run &run)
{
    m_pipeline.setCaughtUp(archive, true);
    extendOver(archive, run.place);
}

// What came live since this place was marked, and with it the archive asked: nothing lies between that and the page.
void HistorySync::extendOver(const Jid &archive, qint64 place)
{
    if (place == 0 || m_pipeline.isHoldingBack(archive)) return; // it is asked for once more
    auto extended =
        m_context.database.write([id = ArchiveId{m_context.account, archive}, place](Transaction &tx) {
            return ArchiveStore(tx, id).extendNewestOver(place);
        });
    Q_UNUSED(extended) // a full disk shows itself at the next message
}

void HistorySync::askForPage(const Jid &archive, Run &run)
{
    ArchiveQuery query;
    query.archive = archive;
    query.kind = run.kind;
    query.beforeId = run.askedBefore;
    query.start = run.since;
    query.limit = run.askedBefore.isEmpty() ? firstPage : fullPage;
    query.entering = run.entering;
    run.asking = true;
    whenDone(m_context.connection.archive()->fetch(query), this,
             [this, archive, number = run.number](const Result<ArchivePage> &page) {
                 Run *current = runOf(archive, number);
                 if (!current) return;
                 current->asking = false;
                 if (current->storing)
                     current->ahead = page;
                 else
                     takePage(archive, *current, page);
             });
}

// What it says of the archive's beginning is only true of the time that was asked for.
void HistorySync::takePageSince(const Jid &archive, Run &run, const Result<ArchivePage> &page)
{
    const bool refused = !page && page.error().kind != Error::Kind::ConnectionLost && !run.entering;
    if (refused || (page && page->count == 0)) {
        // Not even what is known: our clock is wrong, the archive has lost it, or the server knows no times.
        run.entering = false;
        return askForPage(archive, run);
    }
    if (!page) return takePage(archive, run, page);
    ArchivePage part = *page;
    part.complete = false;
    takePage(archive, run, part);
}

void HistorySync::takePage(const Jid &archive, Run &run, const Result<ArchivePage> &page)
{
    if (std::exchange(run.since, {}).isValid()) return takePageSince(archive, run, page);
    if (!page) return run.entering ? giveUpEntering(archive) : finish(archive, page.error());
    run.entering = false;
    run.storing = true;
    const PageRequest request{
        {m_context.account, archive}, run.interval, run.askedBefore, 0, {}, !run.doubted};
    // The first page mostly meets what is known; from the second on it is a long way, and the server need not wait
    // for the disk.
    if (run.interval != 0 && !page->complete && !page->firstId.isEmpty()) {
        run.askedBefore = page->firstId;
        askForPage(archive, run);
    }
    whenDone(PagePlacement::store(m_context.database, request, *page), this,
             [this, archive, before = request.before, number = run.number](const Result<PageStored> &stored) {
                 Run *current = runOf(archive, number);
                 if (!current) return;
                 if (stored.error().kind == Error::Kind::Cancelled && !current->doubted)
                     askOnceMore(archive, *current, before);
                 else
                     pageStored(archive, *current, stored);
             });
}

void HistorySync::askOnceMore(const Jid &archive, Run &run, const QString &before)
{
    run.number = ++m_runs;
    run.doubted = true;
    run.storing = run.asking = false;
    run.ahead.reset();
    run.askedBefore = before;
    QTimer::singleShot(writtenDownAfter, this, [this, archive, number = run.number] {
        if (Run *current = runOf(archive, number)) askForPage(archive, *current);
    });
}

void HistorySync::pageStored(const Jid &archive, Run &run, const Result<PageStored> &stored)
{
    if (!stored) return finish(archive, stored.error());
    const bool first = run.interval == 0;
    if (first) Q_EMIT placedNewest(archive, stored->newestId);
    run.storing = run.doubted = false;
    run.interval = stored->interval;
    const QString before = std::exchange(run.oldestId, stored->oldestId);
    const bool goesOn = stored->seamBelow && !stored->reachesStart;
    const bool over = (stored->metKnown && !goesOn) || stored->reachesStart || stored->interval == 0;
    if (over || (first && stored->firstEver)) return finish(archive, {});
    // A server that says the same for ever is not asked for ever.
    if (!first && !stored->outdated && before == stored->oldestId)
        return finish(archive, {Error::Kind::ProtocolViolation, QStringLiteral("paging"), {}});
    if (run.ahead) {
        const Result<ArchivePage> page = *std::exchange(run.ahead, {});
        takePage(archive, run, page);
    } else if (!run.asking) {
        run.askedBefore = stored->oldestId;
        goDeeper(archive, run);
    }
}

void HistorySync::finish(const Jid &archive, const Error &error)
{
    const Run over = m_running.take(archive);
    const ChatKind kind = over.kind;
    if (error.kind == Error::Kind::Unsupported) {
        hasNoArchive(archive);
    } else if (error && error.kind != Error::Kind::ConnectionLost && over.interval == 0) {
        // Not even the newest page: that must be seen, and can be asked for again. The next session does so by itself
        // if the connection is gone; maybe the program is about to end.
        auto marked = m_context.database.write([id = ArchiveId{m_context.account, archive}](Transaction &tx) {
            return ArchiveStore(tx, id).markGap();
        });
        Q_UNUSED(marked) // a full disk shows itself at the next message
    }
    const bool isKnown = over.interval != 0 || !error;
    if (isKnown && !over.again && error.kind != Error::Kind::ConnectionLost) believeLive(archive, over);
    if (over.early && !over.entered && !error) m_entered.insert(archive);
    answerAsking(archive, error);
    const bool isPossible =
        error.kind != Error::Kind::Unsupported && error.kind != Error::Kind::ConnectionLost;
    if (over.again && isPossible) catchUp(archive, kind);
    if (error.kind == Error::Kind::Timeout) tryAgainLater(archive, kind);
    Q_EMIT caughtUp(archive, kind, error);
    startNext();
    tellProgress();
}

// The stream may have broken meanwhile, which puts in doubt what came live since; then the whole is looked at anew.
bool HistorySync::mayTopUp(const Jid &archive) const
{
    return m_pipeline.isCaughtUp(archive) && !m_running.contains(archive);
}

void HistorySync::topUp()
{
    const Jid archive = m_context.account;
    if (!mayTopUp(archive))
        return; // the catch-up under way brings it, or the one that OrderCheck is about to want
    if (m_toppingUp) {
        m_topUpAgain = true;
        return;
    }
    m_toppingUp = true;
    const auto done = [this, session = m_session] {
        if (session != m_session) return;
        m_toppingUp = false;
        if (std::exchange(m_topUpAgain, false)) topUp();
    };
    auto newest = m_context.database.write([archive](Transaction &tx) -> Result<Interval> {
        const auto intervals = ArchiveStore(tx, {archive, archive}).intervals();
        if (!intervals) return intervals.error();
        const auto first = std::ranges::find_if_not(*intervals, &Interval::isGap);
        return first == intervals->cend() ? Interval{} : *first;
    });
    whenDone(newest, this, [this, archive, done](const Result<Interval> &interval) {
        PageRequest request{{archive, archive}, 0, {}, 0, {}, true};
        if (interval) request.above = interval->row;
        if (interval) request.after = interval->newestId;
        topUpFrom(request, done);
    });
}

void HistorySync::copiesMet()
{
    if (!m_toppingUp && m_context.connection.state() == Connection::State::Live) topUp();
}

void HistorySync::topUpFrom(const PageRequest &request, const std::function<void()> &done)
{
    // An archive that was empty until now has no id to go on from: its newest page is the whole of it.
    ArchiveQuery query;
    query.archive = request.archive.archive;
    query.afterId = request.after;
    query.limit = fullPage;
    const auto place = std::make_shared<qint64>(0);
    whenDone(placeAbove(query.archive), this, [place](const Result<qint64> &order) {
        if (order) *place = *order;
    });
    const auto reachedEnd = [this, place, done, archive = query.archive] {
        if (mayTopUp(archive)) extendOver(archive, *place);
        done();
    };
    whenDone(m_context.connection.archive()->fetch(query), this,
             [this, request, done, reachedEnd](const Result<ArchivePage> &page) {
                 // The archive has forgotten that message: what is new is found from the other end. Once, for if nothing
                 // is new it is asked for again.
                 const bool forgotten = page.error().kind == Error::Kind::NotFound;
                 if (forgotten && std::exchange(m_forgotten, request.after) != request.after)
                     catchUp(request.archive.archive, ChatKind::Person);
                 // Two that place messages at once from both ends would put one's above the other's.
                 if (!page || !mayTopUp(request.archive.archive)) return done();
                 if (page->count == 0) return reachedEnd();
                 PageRequest next = request;
                 next.after = page->lastId;
                 const bool over = page->complete || request.after.isEmpty() || page->lastId.isEmpty()
                                   || page->lastId == request.after;
                 whenDone(
                     PagePlacement::store(m_context.database, request, *page), this,
                     [this, request, next, over, done, reachedEnd](const Result<PageStored> &stored) mutable {
                         if (stored.error().kind == Error::Kind::Cancelled && next.wholeOnly)
                             return topUpOnceMore(request, done);
                         if (!stored) return done();
                         Q_EMIT placedNewest(next.archive.archive, stored->newestId);
                         if (over) return reachedEnd();
                         next.above = stored->interval;
                         topUpFrom(next, done);
                     });
             });
}

// A server that is too busy now may answer later; the seam says meanwhile what is missing, and can be clicked.
void HistorySync::tryAgainLater(const Jid &archive, ChatKind kind)
{
    const int tried = m_triedAgain[archive]++;
    if (tried >= int(std::size(triesAgain))) return;
    m_context.clock.after(triesAgain[tried], this, [this, archive, kind, session = m_session] {
        if (session == m_session && mayAsk(archive, kind)) catchUp(archive, kind);
    });
}

void HistorySync::topUpOnceMore(PageRequest request, const std::function<void()> &done)
{
    request.wholeOnly = false;
    QTimer::singleShot(writtenDownAfter, this, [this, request, done, session = m_session] {
        if (session == m_session) topUpFrom(request, done);
    });
}

QFuture<Outcome> HistorySync::fetchOlder(const ChatId &chat, ChatKind kind, qint64 row)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    const auto finish = [promise](const Outcome &outcome) {
        promise->addResult(outcome);
        promise->finish();
    };
    whenDone(m_older.seamBelow(chat, kind, row), this,
             [this, chat, kind, promise, finish](const Result<Interval> &interval) {
                 if (!interval || interval->row == 0)
                     return finish(interval ? Outcome() : Outcome(interval.error()));
                 if (!interval->isGap()) return whenDone(m_older.fetch(chat, kind, *interval), this, finish);
                 const Jid archive = m_context.archiveOf(chat.address, kind).archive;
                 if (!mayAsk(archive, kind)) return finish(Outcome(Error::Kind::ConnectionLost));
                 m_asking[archive].append(promise);
                 catchUp(archive, kind);
             });
    return promise->future();
}

} // namespace Mingle
