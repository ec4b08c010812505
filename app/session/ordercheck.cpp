// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ordercheck.h"

#include "core/ports.h"
#include "session/pipeline.h"
#include "storage/archivestore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

#include <algorithm>

namespace Mingle {

namespace {
// Of a server that hands over a queue; a slow one gets a second look.
constexpr std::chrono::seconds settlingTimes[]{std::chrono::seconds(2), std::chrono::seconds(5)};

// ejabberd on a loaded machine: 140 ms.
constexpr std::chrono::milliseconds visibleAfter(1500);

// Longer than a live message is on its way.
constexpr std::chrono::milliseconds keptFor(2000);

// A stream that has lived for so long has brought what lay in the queue of the one before.
constexpr qint64 longEnough = 60; // s

// Archive ids are opaque (XEP-0359 3.1), but those of ejabberd are times, and where two write into a MIX channel at once it
// may hand out in another order than it archives in. So this is no proof, and reason enough to look.
bool seemsOlder(const QString &id, const QString &than)
{
    const auto isNumber = [](const QString &text) {
        return std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    };
    return !id.isEmpty() && id.size() == than.size() && id < than && isNumber(id) && isNumber(than);
}
} // namespace

OrderCheck::OrderCheck(const SessionContext &context, Pipeline &pipeline, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_pipeline(pipeline)
    , m_late(context, this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OrderCheck::look);
    connect(&m_context.connection, &Connection::stateChanged, this, [this](Connection::State state) {
        if (state == Connection::State::LoggingIn) m_loggedIn = true;
    });
    connect(&m_context.connection, &Connection::closed, this, [this] {
        const QDateTime since = std::exchange(m_upSince, {});
        const bool tried = std::exchange(m_loggedIn, false);
        // Also said of a try that has come to nothing. What the server had kept may have gone to that one.
        if (since.isValid() ? since.secsTo(m_context.clock.now()) < longEnough : tried) m_brokeSoon = true;
    });
}

void OrderCheck::begin(bool resumed)
{
    if (resumed) {
        m_pipeline.drain();
        // Those that were being looked at, too: the page may have been made before all was written down.
        m_doubtful.unite(m_pipeline.caughtUp()).unite(m_archives);
        m_pipeline.forgetCaughtUp();
    } else {
        m_doubtful.clear(); // all are being caught up
        m_archives.clear();
        m_seen.clear();
        m_late.clear();
        believe();
        m_brokeSoon = false;
    }
    m_upSince = m_context.clock.now();
    m_looks = 0;
    m_timer.start(settlingTimes[0]);
}

void OrderCheck::saw(const IncomingMessage &message)
{
    const Jid archive = message.kind == ChatKind::Person ? m_context.account : message.chat;
    const bool behind = !m_placed.value(archive, QDeadlineTimer(0)).hasExpired();
    // A server stamps what it has kept (XEP-0203), for example over a break: what is newer may have come before it.
    const bool kept =
        message.time.isValid() && message.time.addMSecs(keptFor.count()) < m_context.clock.now();
    const bool backwards = wentBackwards(archive, message.archiveId);
    if (!m_timer.isActive() && !m_doubtful.contains(archive) && !behind && !kept && !backwards) return;
    m_seen.insert(archive, message.kind);
    if (backwards)
        disbelieve(archive, message.archiveId);
    else if ((behind || kept) && m_pipeline.isCaughtUp(archive))
        m_late.add(message);
    if (!m_timer.isActive()) m_timer.start(settlingTimes[0]);
}

bool OrderCheck::wentBackwards(const Jid &archive, const QString &id)
{
    if (id.isEmpty()) return false;
    QString &newest = m_newestIds[archive];
    if (seemsOlder(id, newest)) return true;
    newest = id;
    return false;
}

// Neither now nor, while it is still being caught up, when that is over: what has come since may be more than the page
// holds that looks.
void OrderCheck::disbelieve(const Jid &archive, const QString &late)
{
    m_pipeline.setDisordered(archive, true);
    m_disordered.insert(archive);
    if (!m_pipeline.isCaughtUp(archive)) return;
    // Also for the case that the program ends before the archive was looked at.
    auto retreated =
        m_context.database.write([id = ArchiveId{m_context.account, archive}, late](Transaction &tx) {
            return ArchiveStore(tx, id).retreatBelow(late);
        });
    Q_UNUSED(retreated) // a full disk shows itself at the next message
}

void OrderCheck::believe()
{
    for (const Jid &archive : std::exchange(m_disordered, {})) {
        m_pipeline.setDisordered(archive, false);
        m_pipeline.setCaughtUp(archive, false); // it is when the look is over
    }
}

void OrderCheck::sent(const Jid &archive)
{
    if (!m_doubtful.contains(archive)) return;
    m_seen.insert(archive, kindOf(archive));
    if (!m_timer.isActive()) m_timer.start(settlingTimes[0]);
}

void OrderCheck::placed(const Jid &archive, const QString &newestId)
{
    m_placed.insert(archive, QDeadlineTimer(visibleAfter));
    m_archives.insert(archive);
    wentBackwards(archive, newestId);
}

void OrderCheck::roomLeft(const Jid &room)
{
    m_doubtful.remove(room);
    m_archives.remove(room);
    m_seen.remove(room);
    if (m_disordered.remove(room)) m_pipeline.setDisordered(room, false);
}

void OrderCheck::look()
{
    // While the line is down it waits for the next begin().
    if (m_context.connection.state() != Connection::State::Live) return;
    auto seen = std::exchange(m_seen, {});
    if (std::exchange(m_brokeSoon, false))
        for (const Jid &archive : std::as_const(m_doubtful))
            seen.insert(archive, kindOf(archive));
    for (auto archive = seen.keyBegin(); archive != seen.keyEnd(); ++archive)
        m_doubtful.remove(*archive);
    believe();
    for (const auto &[archive, kind] : seen.asKeyValueRange())
        Q_EMIT wanted(archive, kind);
    m_late.putInPlace();
    Q_EMIT over();
    if (++m_looks < int(std::size(settlingTimes))) m_timer.start(settlingTimes[m_looks]);
}

ChatKind OrderCheck::kindOf(const Jid &archive) const
{
    if (archive == m_context.account) return ChatKind::Person;
    return m_context.connection.driver(ChatKind::Mix)->isJoined(archive) ? ChatKind::Mix : ChatKind::Muc;
}

} // namespace Mingle
