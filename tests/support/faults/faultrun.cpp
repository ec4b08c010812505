// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faults/faultrun.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QTest>
#include <QTime>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
const QString mine = u"alice"_s;
const QStringList peerNames{u"bob"_s, u"carol"_s, u"dave"_s};
constexpr int everything = 10'000'000;
constexpr int snapshotsPerEpoch = 6;
constexpr int eventsKept = 50; // fewer than words of a finding

// Impatient, so that the watchdog has its share of the faults and nobody waits for long.
StreamOptions impatient()
{
    StreamOptions options;
    options.target = options.login = std::chrono::seconds(4);
    options.silence = std::chrono::milliseconds(1'200);
    // Less than a busy server needs now and then would break the line also when all is calm.
    options.answer = std::chrono::milliseconds(2'000);
    return options;
}

QJsonObject quiet(bool presence)
{
    return {{u"quiet"_s, true}, {u"presence"_s, presence}};
}

QString nameOf(ChatKind kind)
{
    return kind == ChatKind::Person ? u"own archive"_s : kind == ChatKind::Muc ? u"MUC"_s : u"MIX"_s;
}
} // namespace

void FaultReport::add(const FaultReport &other)
{
    cuts += other.cuts;
    epochs += other.epochs;
    archived += other.archived;
    mine += other.mine;
    sentTwice += other.sentTwice;
    refused += other.refused;
    restarts += other.restarts;
    rejoins += other.rejoins;
    conflicts += other.conflicts;
    newSessions += other.newSessions;
    for (auto kind = other.kinds.begin(); kind != other.kinds.end(); ++kind)
        kinds[kind.key()] = kinds[kind.key()].toInt() + kind.value().toInt();
    findings.lost += other.findings.lost;
    findings.doubled += other.findings.doubled;
    findings.reordered += other.findings.reordered;
    findings.others += other.findings.others;
    findings.words += other.findings.words;
}

QString FaultReport::summary() const
{
    return u"%1 cuts (%2 RST, %3 FIN, %4 after a lost tail, %5 while little was said), %6 stalls, %7 "
           u"dribbles; %8 epochs, "
           "%9 messages, %10 of them mine"_s.arg(cuts)
               .arg(kinds[u"rst"].toInt())
               .arg(kinds[u"fin"].toInt())
               .arg(kinds[u"tail"].toInt())
               .arg(kinds[u"late"].toInt())
               .arg(kinds[u"stall"].toInt())
               .arg(kinds[u"dribble"].toInt())
               .arg(epochs)
               .arg(archived)
               .arg(mine)
           + u" (%1 twice in the archive, %2 refused); %3 ended sessions, %4 restarts, %5 rooms joined by "
             u"hand, %6 "
             "conflicts with an earlier self"_s.arg(sentTwice)
                 .arg(refused)
                 .arg(newSessions)
                 .arg(restarts)
                 .arg(rejoins)
                 .arg(conflicts);
}

FaultRun::FaultRun(const FaultOptions &options)
    : m_options(options)
    , m_random(options.seed)
    , m_server(ThrowawayServer::Kind::Ejabberd, QStringList{::Mingle::mine} + peerNames)
    , m_proxy(m_server.port(u"tls"_s))
    , m_me(m_server.account(::Mingle::mine).address)
    , m_profile(impatient())
    , m_failure(setUp())
{}

FaultRun::~FaultRun() = default;

QString FaultRun::setUp()
{
    if (!m_server.failure().isEmpty()) return m_server.failure();
    if (!m_proxy.port()) return u"no proxy"_s;
    for (const QString &name : peerNames) {
        m_peers.push_back(std::make_unique<PeerProcess>(m_server, name, quiet(true)));
        if (!m_peers.back()->failure().isEmpty()) return m_peers.back()->failure();
    }
    const Jid muc = Jid::trusted(QString(u"talk@"_s + m_server.service(ChatKind::Muc).toString()));
    const Jid mix = Jid::trusted(QString(u"talk@"_s + m_server.service(ChatKind::Mix).toString()));
    bool made = m_peers[0]->does(u"create_muc"_s, {{u"room"_s, muc.toString()}, {u"nick"_s, peerNames[0]}})
                && m_peers[0]->does(u"create_mix"_s, {{u"channel"_s, mix.toString()}});
    for (size_t i = 0; i < m_peers.size(); ++i) {
        made &=
            m_peers[i]->does(u"join_mix"_s, {{u"channel"_s, mix.toString()}, {u"nick"_s, peerNames[int(i)]}});
        if (i > 0)
            made &= m_peers[i]->does(u"join_muc"_s,
                                     {{u"room"_s, muc.toString()}, {u"nick"_s, peerNames[int(i)]}});
    }
    if (!made) return u"the peers cannot make the rooms"_s;

    follow();
    Account account = m_server.account(::Mingle::mine);
    account.port = m_proxy.port();
    const auto added = m_profile.accounts->add(account, ThrowawayServer::password(::Mingle::mine)).result();
    if (!added) return u"cannot log in: "_s + added.error().condition + added.error().text;
    for (const Jid &room : {muc, mix}) {
        const auto joined = m_profile.accounts->joinRoom(m_me, room, ::Mingle::mine).result();
        if (!joined) return u"cannot join: "_s + joined.error().condition + joined.error().text;
    }
    QTest::qWait(500); // its bookmark is on the way
    m_places = {{muc, ChatKind::Muc}, {mix, ChatKind::Mix}};
    for (const QString &name : peerNames)
        m_places.append({m_server.account(name).address, ChatKind::Person});
    m_archives.emplace(muc, ArchiveCopy(muc.toString(), ChatKind::Muc));
    m_archives.emplace(mix, ArchiveCopy(mix.toString(), ChatKind::Mix));
    m_archives.emplace(m_me, ArchiveCopy({}, ChatKind::Person));
    return {};
}

const FaultReport &FaultRun::run()
{
    while (m_report.cuts < m_options.cuts && m_report.findings.none())
        epoch(m_report.cuts + m_options.cutsPerEpoch >= m_options.cuts);
    for (const auto &[address, archive] : m_archives)
        m_report.archived += int(archive.entries().size());
    m_report.mine = int(m_said.size());
    return m_report;
}

void FaultRun::follow()
{
    const Accounts *accounts = m_profile.accounts.get();
    QObject::connect(accounts, &Accounts::statusChanged, &m_context,
                     [this](const Jid &, const ConnectionStatus &status) {
                         remember(u"state %1, catching up %2, reason %3 %4 %5"_s.arg(int(status.state))
                                      .arg(status.catchingUp)
                                      .arg(int(status.reason.kind))
                                      .arg(status.reason.condition, status.reason.text));
                     });
    QObject::connect(accounts, &Accounts::chatStateChanged, &m_context,
                     [this](const ChatId &chat, const ChatState &state) {
                         remember(u"%1: membership %2, %3 %4 %5"_s.arg(chat.address.toString())
                                      .arg(int(state.membership))
                                      .arg(int(state.failure.kind))
                                      .arg(state.failure.condition, state.failure.text));
                     });
}

void FaultRun::remember(const QString &event)
{
    m_events.append(QTime::currentTime().toString(u"mm:ss.zzz "_s) + event);
    if (m_events.size() > eventsKept) m_events.removeFirst();
}

void FaultRun::epoch(bool last)
{
    if (m_report.epochs > 0 && chance() < 300) restart();
    m_proxy.command(u"reset"_s);
    m_proxy.command(u"faults %1-%2 %3"_s.arg(m_options.seed).arg(m_report.epochs).arg(m_options.reach));
    const QDeadlineTimer limit(120'000);
    for (int cuts = 0, steps = 0; cuts < m_options.cutsPerEpoch; ++steps) {
        if (limit.hasExpired()) {
            note(u"%1 cuts are not reached within two minutes"_s.arg(m_options.cutsPerEpoch));
            break;
        }
        step();
        QTest::qWait(5 + int(m_random.bounded(25)));
        if (steps % 8 == 0) cuts = m_proxy.command(u"count"_s).value(u"cuts").toInt();
    }
    m_proxy.command(u"calm"_s);
    const QJsonObject counted = m_proxy.command(u"count"_s);
    for (const QString &kind : {u"rst"_s, u"fin"_s, u"tail"_s, u"late"_s, u"stall"_s, u"dribble"_s})
        m_report.kinds[kind] = m_report.kinds[kind].toInt() + counted[kind].toInt();
    m_report.cuts += counted[u"cuts"].toInt();
    ++m_report.epochs;
    settle();
    const qsizetype before = m_report.findings.words.size();
    prove();
    if (before == 0 && !m_report.findings.words.isEmpty()) {
        remember(u"found"_s);
        for (const QString &event : std::as_const(m_events))
            note(event);
    }
    if (last || chance() < 500) closeSeams();
    if (last) proveMine();
}

void FaultRun::step()
{
    const int what = chance();
    if (what < 300)
        peersSay(1 + int(m_random.bounded(4)));
    else if (what < 450)
        sayMine();
    else if (what < 480)
        scrollUp();
    else if (what < 500 && m_snapshots.size() < snapshotsPerEpoch) {
        const Jid archive = std::next(m_archives.begin(), m_random.bounded(3))->first;
        m_snapshots.append({archive, local(archive)});
    }
    keepOnline();
}

void FaultRun::keepOnline()
{
    using State = ConnectionStatus::State;
    const ConnectionStatus status = m_profile.status(m_me);
    if (status.state == State::Live) m_downSteps = 0;
    if (status.state == State::WaitingToRetry && m_downSteps++ == 0) {
        const int what = chance();
        if (what < 350) {
            ++m_report.newSessions;
            if (!m_server.command(u"kick "_s + ::Mingle::mine)) note(u"cannot end the session"_s);
        }
        // More than one page is missed now and then: long enough until it tries by itself.
        if (what < 60)
            peersSay(80 + int(m_random.bounded(600)));
        else
            m_profile.accounts->retryNow(m_me);
    } else if (status.state == State::Stopped && status.reason.kind == Error::Kind::Conflict) {
        // What an earlier connection of ours had sent reached the server after the login of this one.
        ++m_report.conflicts;
        m_profile.accounts->setOnline(m_me, true);
    } else if (status.state == State::Stopped || status.state == State::NeedsPassword
               || status.state == State::Offline) {
        note(u"gave up: state %1, %2 %3 %4"_s.arg(int(status.state))
                 .arg(int(status.reason.kind))
                 .arg(status.reason.condition, status.reason.text));
        m_profile.accounts->setPassword(m_me, ThrowawayServer::password(::Mingle::mine), true);
        QTest::qWait(100);
    } else if (status.state == State::WaitingToRetry) {
        m_profile.accounts->retryNow(m_me);
    }
}

void FaultRun::restart()
{
    ++m_report.restarts;
    m_profile.stop();
    for (int i = int(m_random.bounded(6)); i > 0; --i)
        peersSay(1 + int(m_random.bounded(60)));
    m_profile.start();
    follow();
    if (!m_profile.accounts->load().result()) note(u"cannot load the accounts"_s);
}

void FaultRun::peersSay(int count)
{
    const int peer = int(m_random.bounded(int(m_peers.size())));
    const int place = int(m_random.bounded(3));
    const bool person = place == 2;
    m_peers[size_t(peer)]->tell(u"send_many"_s,
                                {{u"to"_s, person ? m_me.toString() : m_places[place].address.toString()},
                                 {u"type"_s, person ? u"chat"_s : u"groupchat"_s},
                                 {u"count"_s, count},
                                 {u"body"_s, u"%1 says %2.{}"_s.arg(peerNames[peer]).arg(++m_number)}});
}

void FaultRun::sayMine()
{
    const Place &place = m_places[int(m_random.bounded(m_places.size()))];
    const QString body = u"%1 says %2 \U0001F469\u200D\U0001F4BB"_s.arg(::Mingle::mine).arg(++m_number);
    const ChatId chat{m_me, place.address};
    m_said.append({chat, body, m_profile.accounts->sendMessage(chat, body)});
}

void FaultRun::scrollUp()
{
    const ChatId chat{m_me, m_places[int(m_random.bounded(m_places.size()))].address};
    const auto page = m_profile.history->newest(chat, everything).result();
    if (!page || page->seamsAfter.isEmpty()) return;
    auto asked = m_profile.accounts->fetchOlder(
        chat, page->seamsAfter[int(m_random.bounded(page->seamsAfter.size()))]);
    Q_UNUSED(asked) // whatever becomes of it
}

LocalCopy FaultRun::local(const Jid &archive) const
{
    return LocalCopy::read(*m_profile.database, m_me, archive);
}

bool FaultRun::isSettled() const
{
    const ConnectionStatus status = m_profile.status(m_me);
    return status.state == ConnectionStatus::State::Live && !status.catchingUp
           && m_profile.isJoined({m_me, m_places[0].address})
           && m_profile.isJoined({m_me, m_places[1].address}) && unsettled().isEmpty();
}

QList<Message> FaultRun::unsettled() const
{
    QList<Message> found;
    for (const auto &[address, archive] : m_archives) {
        const LocalCopy copy = local(address);
        for (const Message &row : copy.rows)
            // What was sent one to one may have its copy under a seam: see closeSeams().
            if (row.delivery == Delivery::Waiting
                || (row.delivery == Delivery::Sent && archive.kind() != ChatKind::Person))
                found.append(row);
    }
    return found;
}

void FaultRun::settle()
{
    const QDeadlineTimer limit(45'000); // a room that does not answer is given up after 30
    remember(u"settling"_s);
    // Asked once a round: a room may be looked at again just after all was settled, which is no finding.
    bool settled = isSettled();
    while (!settled && !limit.hasExpired()) {
        keepOnline();
        // As somebody does who sees that joining has failed.
        for (const Place &room : m_places.first(2)) {
            const ChatId chat{m_me, room.address};
            const auto states = m_profile.accounts->chatStates().result();
            if (states.value(chat).membership != Membership::Failed) continue;
            ++m_report.rejoins;
            m_profile.accounts->rejoin(chat);
        }
        QTest::qWait(100);
        settled = isSettled();
    }
    if (!settled) {
        remember(u"given up"_s);
        const ConnectionStatus status = m_profile.status(m_me);
        note(u"does not settle: state %1, catching up %2, in the MUC room %3, in the MIX channel %4"_s
                 .arg(int(status.state))
                 .arg(status.catchingUp)
                 .arg(m_profile.isJoined({m_me, m_places[0].address}))
                 .arg(m_profile.isJoined({m_me, m_places[1].address})));
        for (const QString &event : std::as_const(m_events))
            note(event);
        const QList<Message> rows = unsettled();
        for (const Message &row : rows)
            note(u"unsettled: %1 row %2 order %3 delivery %4 '%5' %6"_s.arg(row.chat.address.toString())
                     .arg(row.row)
                     .arg(row.order)
                     .arg(int(row.delivery))
                     .arg(row.body, row.originId));
    }
}

// Wholly, for a busy server may show what it archived earlier later. What the peers have said may still be on its way: until
// nothing new comes.
bool FaultRun::readArchives(PeerProcess &reader)
{
    for (auto &[address, archive] : m_archives) {
        archive.clear();
        qsizetype before = -1;
        while (before != archive.entries().size()) {
            before = archive.entries().size();
            if (!archive.extend(archive.kind() == ChatKind::Person ? reader : *m_peers[0])) {
                note(u"cannot read the archive of "_s + address.toString());
                return false;
            }
            QTest::qWait(300);
        }
    }
    return true;
}

void FaultRun::prove()
{
    PeerProcess reader(m_server, ::Mingle::mine, quiet(false));
    if (!readArchives(reader)) return;
    for (auto &[address, archive] : m_archives) {
        HistoryProof proof(nameOf(archive.kind()), archive, m_report.findings);
        const QDeadlineTimer limit(12'000);
        for (;;) {
            // A busy server may still be writing down what it has handed out already.
            const LocalCopy now = local(address);
            if (!archive.extend(archive.kind() == ChatKind::Person ? reader : *m_peers[0])) break;
            if ((proof.isCaughtUp(now) && proof.isOrdered(now)) || limit.hasExpired()) break;
            QTest::qWait(200);
        }
        const LocalCopy copy = local(address);
        archive.extend(archive.kind() == ChatKind::Person ? reader : *m_peers[0]);
        proof.always(copy);
        proof.caughtUp(copy);
    }
    for (const Snapshot &snapshot : std::as_const(m_snapshots)) {
        const ArchiveCopy &archive = m_archives.at(snapshot.archive);
        HistoryProof(nameOf(archive.kind()) + u", on the way"_s, archive, m_report.findings)
            .always(snapshot.local, HistoryProof::Order::Unsettled);
    }
    m_snapshots.clear();
}

void FaultRun::closeSeams()
{
    for (const Place &place : std::as_const(m_places)) {
        const ChatId chat{m_me, place.address};
        for (int asked = 0;; ++asked) {
            const auto page = m_profile.history->newest(chat, everything).result();
            if (!page || page->seamsAfter.isEmpty()) break;
            if (asked > 500) {
                note(u"%1: the seams do not close"_s.arg(place.address.toString()));
                break;
            }
            const qint64 row = page->seamsAfter[int(m_random.bounded(page->seamsAfter.size()))];
            const auto done = m_profile.accounts->fetchOlder(chat, row).result();
            if (!done) {
                note(u"%1: cannot close the seam after %2: %3 %4"_s.arg(place.address.toString())
                         .arg(row)
                         .arg(int(done.error().kind))
                         .arg(done.error().condition));
                break;
            }
        }
    }
    PeerProcess reader(m_server, ::Mingle::mine, quiet(false));
    if (!readArchives(reader)) return;
    for (const auto &[address, archive] : m_archives) {
        HistoryProof proof(nameOf(archive.kind()) + u", closed"_s, archive, m_report.findings);
        const LocalCopy copy = local(address);
        proof.whole(copy);
    }
}

// Each ended in the archive or as an error that can be seen.
void FaultRun::proveMine()
{
    QHash<QString, Message> rows;
    for (const auto &[address, archive] : m_archives) {
        const LocalCopy copy = local(address);
        for (const Message &row : copy.rows)
            if (row.author.isMe) rows.insert(row.body, row);
    }
    for (const Said &said : std::as_const(m_said)) {
        const Message row = rows.value(said.body);
        if (!said.stored.isFinished() || !said.stored.result() || row.row != *said.stored.result()) {
            m_report.findings.add(&m_report.findings.lost, u"mine was not stored: "_s + said.body);
            continue;
        }
        const ArchiveCopy &archive =
            m_archives.at(m_archives.contains(said.chat.address) ? said.chat.address : m_me);
        const int count = archive.count(row.originId);
        if (count > 1) ++m_report.sentTwice;
        if (row.delivery == Delivery::Failed)
            ++m_report.refused;
        else if (count > 0 && row.delivery != Delivery::Archived)
            note(u"mine arrived, and its copy was not met: %1, delivery %2"_s.arg(said.body).arg(
                int(row.delivery)));
        else if (count == 0)
            m_report.findings.add(
                &m_report.findings.lost,
                u"mine did not arrive: %1, delivery %2, %3 times in the archive"_s.arg(said.body)
                    .arg(int(row.delivery))
                    .arg(count));
    }
}

} // namespace Mingle
