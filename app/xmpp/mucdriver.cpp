// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mucdriver.h"

#include "xmpp/dom.h"
#include "xmpp/muccontrols.h"
#include "xmpp/mucsetup.h"
#include "xmpp/namespaces.h"
#include "xmpp/payloadiq.h"

#include <QTimer>
#include <QUuid>
#include <QXmppPresence.h>

using namespace std::chrono_literals;

namespace Mingle {

namespace {
constexpr auto joinLimit = 30s;
constexpr auto joinAgain = 5s; ///< the end of an earlier session of mine may have taken the answer with it
constexpr auto askLimit = 4s; ///< for what the room can do; entering does not depend on it
constexpr auto leaveLimit = 10s;
constexpr auto replayLimit = 20s;
constexpr int maxNickTries = 6;

QXmppPresence joinPresence(const Jid &occupant, const JoinRequest &request, int history)
{
    QXmppElement join;
    join.setTagName(QStringLiteral("x"));
    join.setAttribute(QStringLiteral("xmlns"), Ns::muc.toString());
    if (!request.password.isEmpty()) { // XEP-0045 7.2.5
        QXmppElement password;
        password.setTagName(QStringLiteral("password"));
        password.setValue(request.password);
        join.appendChild(password);
    }
    QXmppElement replay; // 7.2.14
    replay.setTagName(QStringLiteral("history"));
    replay.setAttribute(QStringLiteral("maxstanzas"), QString::number(history));
    join.appendChild(replay);

    QXmppPresence presence;
    presence.setTo(occupant.toString());
    presence.setExtensions({join});
    return presence;
}

QXmppPresence leavePresence(const Jid &occupant)
{
    QXmppPresence presence(QXmppPresence::Unavailable);
    presence.setTo(occupant.toString());
    return presence;
}

/// 7.2.9: a room that is full refuses as if it had no such service.
Error joinError(const QDomElement &presence)
{
    Error error = Wire::stanzaError(presence);
    if (error.condition == u"service-unavailable") error.kind = Error::Kind::ServiceFull;
    return error;
}
} // namespace

struct MucDriver::Entry {
    enum class State { Outside, Asking, Entering, Inside, Leaving };

    explicit Entry(const Jid &address)
        : room(address)
    {}

    MucRoom room;
    State state = State::Outside;
    quint64 attempt = 0; ///< tells late answers and time-outs from those that count
    JoinRequest request;
    QString nick; ///< asked for
    int tries = 0;
    QDeadlineTimer replay{0};
    std::optional<CreateRequest> create; ///< else it is to be entered only
    bool created = false;
    bool isRoom = false; ///< has let us in once
    bool refreshing = false; ///< asked anew what it can do, no answer yet
    bool changedSince = false;
    std::vector<QPromise<Result<JoinedGroup>>> joins;
    std::vector<QPromise<Outcome>> leaves;
    std::optional<QPromise<Outcome>> renaming;
    QString newNick;
};

MucDriver::MucDriver(Wire &wire, QObject *parent)
    : GroupDriver(parent)
    , m_wire(wire)
    , m_controls(std::make_unique<MucControls>(wire, *this, nullptr))
{
    connect(&wire, &Wire::presenceReceived, this, &MucDriver::onPresence);
    connect(&wire, &Wire::messageReceived, this, &MucDriver::onMessage);
    connect(&wire, &Wire::ended, this, &MucDriver::forgetAll);
}

MucDriver::~MucDriver() = default;

MucDriver::Entry &MucDriver::entry(const Jid &room)
{
    auto &entry = m_entries[room];
    if (!entry) entry = std::make_shared<Entry>(room);
    return *entry;
}

MucDriver::Entry *MucDriver::find(const Jid &room) const
{
    const auto found = m_entries.constFind(room);
    return found == m_entries.cend() ? nullptr : found->get();
}

bool MucDriver::isJoined(const Jid &room) const
{
    const Entry *entry = find(room);
    return entry && entry->room.isInside() && entry->state != Entry::State::Leaving;
}

const MucRoom *MucDriver::room(const Jid &address) const
{
    const Entry *entry = find(address);
    return entry && entry->room.isInside() ? &entry->room : nullptr;
}

bool MucDriver::isRoomAddress(const Jid &address) const
{
    const Entry *entry = find(address.bare());
    return entry && (entry->isRoom || entry->room.traits().known);
}

bool MucDriver::isEntering(const Jid &room) const
{
    const Entry *e = find(room);
    return e && e->state != Entry::State::Outside && e->state != Entry::State::Inside;
}

bool MucDriver::isReplaying(const Jid &room) const
{
    const Entry *entry = find(room);
    return entry && !entry->replay.hasExpired();
}

void MucDriver::endReplay(const Jid &room)
{
    if (Entry *entry = find(room)) entry->replay = QDeadlineTimer(0);
}

QFuture<Result<JoinedGroup>> MucDriver::join(const JoinRequest &request)
{
    using Answer = Result<JoinedGroup>;
    const Jid room = request.room.bare();
    JoinRequest wanted = request;
    wanted.room = room;
    if (wanted.nick.isEmpty()) wanted.nick = m_wire.ownAddress().local();
    if (room.local().isEmpty()) return answered<JoinedGroup>(Answer(Error::Kind::InvalidAddress));
    if (room.withResource(wanted.nick).isEmpty())
        return answered<JoinedGroup>(Answer(Error::Kind::InvalidInput, QStringLiteral("nick")));
    if (!m_wire.isLive()) return answered<JoinedGroup>(Answer(Error::Kind::ConnectionLost));

    Entry &e = entry(room);
    if (e.state == Entry::State::Inside) {
        Q_EMIT participantsReset(room, e.room.participants());
        return answered<JoinedGroup>(Answer(describe(e)));
    }
    auto &promise = e.joins.emplace_back();
    promise.start();
    const auto future = promise.future();
    if (e.state == Entry::State::Leaving)
        e.request = wanted; // once we are out
    else if (e.state == Entry::State::Outside)
        start(e, wanted);
    return future;
}

QFuture<Result<JoinedGroup>> MucDriver::create(const CreateRequest &request)
{
    using Answer = Result<JoinedGroup>;
    // A name nobody can guess is nobody's yet (10.1.4 has a way to ask for one, which few services know).
    const QString local = request.localpart.isEmpty() ? QUuid::createUuid().toString(QUuid::Id128).first(16)
                                                      : request.localpart;
    const auto room = Jid::parse(local, request.service.domain());
    if (!room) return answered<JoinedGroup>(Answer(Error::Kind::InvalidAddress));
    Entry *known = find(*room);
    if (known && known->state != Entry::State::Outside)
        return answered<JoinedGroup>(Answer(Error::Kind::Refused, QStringLiteral("conflict")));

    Entry &e = entry(*room);
    e.room.setTraits({});
    e.create = request;
    const auto future = join({*room, request.nick, {}, 0});
    if (e.state == Entry::State::Outside) e.create.reset(); // refused at once
    return future;
}

QFuture<Outcome> MucDriver::leave(const Jid &room)
{
    Entry *e = find(room.bare());
    if (!e || e->state == Entry::State::Outside) return answered<>(Outcome());
    if (!m_wire.isLive()) return answered<>(Outcome(Error::Kind::ConnectionLost));
    auto &promise = e->leaves.emplace_back();
    promise.start();
    const auto future = promise.future();
    if (e->state == Entry::State::Leaving) return future;

    const auto occupant = e->room.address().withResource(e->room.isInside() ? e->room.nick() : e->nick);
    const bool wasInside = e->room.isInside();
    if (!wasInside) fail(*e, {Error::Kind::Cancelled, {}, {}});
    e->state = Entry::State::Leaving;
    e->attempt = ++m_attempts;
    m_wire.send(leavePresence(occupant));
    // 7.14: the room confirms. If it never does, we have gone all the same.
    QTimer::singleShot(wasInside ? leaveLimit : 0s, this, [this, room = room.bare(), attempt = e->attempt] {
        Entry *late = find(room);
        if (!late || late->attempt != attempt || late->state != Entry::State::Leaving) return;
        late->room.reset();
        finishLeave(*late);
    });
    return future;
}

void MucDriver::start(Entry &e, const JoinRequest &request)
{
    e.request = request;
    e.nick = request.nick;
    e.tries = 0;
    e.created = false;
    e.attempt = ++m_attempts;
    e.room.reset();
    const Jid room = e.room.address();
    QTimer::singleShot(joinLimit, this, [this, room, attempt = e.attempt] {
        Entry *late = find(room);
        if (!late || late->attempt != attempt) return;
        if (late->state != Entry::State::Asking && late->state != Entry::State::Entering) return;
        // Else the room might let us in after all, unnoticed.
        m_wire.send(leavePresence(room.withResource(late->nick)));
        fail(*late, {Error::Kind::Timeout, {}, {}});
    });
    QTimer::singleShot(askLimit, this, [this, room, attempt = e.attempt] {
        Entry *late = find(room);
        if (late && late->attempt == attempt && late->state == Entry::State::Asking) sendJoin(*late);
    });
    // What a room can do decides whether it shall replay messages, and what in its messages is its own work. What it could
    // do last time is good enough.
    if (!e.room.traits().known) e.room.setTraits(unpackTraits(request.traits));
    e.state = Entry::State::Asking;
    if (e.room.traits().known) sendJoin(e);
    requestDiscoInfo(m_wire, room)
        .then(this, [this, room, attempt = e.attempt](const Result<DiscoInfo> &answer) {
            onDisco(room, attempt, answer);
        });
}

void MucDriver::sendJoin(Entry &e)
{
    const Jid occupant = e.room.address().withResource(e.nick);
    if (occupant.isEmpty()) return fail(e, {Error::Kind::InvalidInput, QStringLiteral("nick"), {}});
    e.state = Entry::State::Entering;
    e.replay = QDeadlineTimer(joinLimit);
    m_wire.send(joinPresence(occupant, e.request, e.room.traits().archive ? 0 : e.request.history));
    QTimer::singleShot(joinAgain, this, [this, room = e.room.address(), attempt = e.attempt, nick = e.nick] {
        Entry *late = find(room);
        if (late && late->attempt == attempt && late->state == Entry::State::Entering && late->nick == nick)
            sendJoin(*late);
    });
}

void MucDriver::learn(Entry &e, const Result<DiscoInfo> &answer)
{
    if (!answer.ok()) return;
    if (e.room.setTraits(roomTraits(*answer)) && e.room.isInside())
        Q_EMIT participantsReset(e.room.address(), e.room.participants());
}

void MucDriver::onDisco(const Jid &room, quint64 attempt, const Result<DiscoInfo> &answer)
{
    Entry *e = find(room);
    if (!e || e->attempt != attempt) return;
    const bool waiting = e->state == Entry::State::Asking;
    if (e->state == Entry::State::Inside) {
        const RoomTraits before = e->room.traits();
        const bool listed = e->room.listsMembers();
        learn(*e, answer);
        if (before != e->room.traits()) Q_EMIT groupChanged(describe(*e));
        if (!listed && e->room.listsMembers()) loadMembers(room);
        return;
    }
    learn(*e, answer);
    if (!waiting) return;
    if (answer.ok()) {
        if (e->create) return fail(*e, {Error::Kind::Refused, QStringLiteral("conflict"), {}});
        return sendJoin(*e);
    }
    // A room that does not exist comes into being by joining (10.1.1). A service that cannot be reached does not.
    const Error error = answer.error();
    const bool noServer = error.condition.startsWith(u"remote-server");
    if (noServer || error.kind == Error::Kind::ConnectionLost) return fail(*e, error);
    sendJoin(*e);
}

void MucDriver::onPresence(const QDomElement &presence, const Jid &from)
{
    if (m_entries.isEmpty()) return;
    // Keeps the entry alive whatever the receivers of our signals do.
    const auto kept = m_entries.value(from.bare());
    if (!kept || kept->state == Entry::State::Outside) return;
    Entry &e = *kept;
    const QString type = presence.attribute(QStringLiteral("type"));
    if (type == u"error") return onJoinError(e, presence);
    if (from.resource().isEmpty() || (!type.isEmpty() && type != u"unavailable")) return;
    if (e.state == Entry::State::Asking) return; // left over from an earlier stay

    const MucRoom::Effect effect = e.room.apply(presence, from.resource());
    if (effect.left) {
        if (e.state == Entry::State::Leaving) return finishLeave(e);
        const bool joining = !e.joins.empty();
        fail(e, *effect.left);
        if (!joining) Q_EMIT removed(e.room.address(), *effect.left);
        return;
    }
    if (effect.entered) return onEntered(e, effect.created);
    if (!e.room.isInside()) return;
    tell(e.room.address(), effect);
    if (effect.meChanged) Q_EMIT groupChanged(describe(e));
    if (e.renaming && e.room.nick() == e.newNick) finishRenaming(e, {});
}

void MucDriver::tell(const Jid &room, const MucRoom::Effect &effect)
{
    for (const QString &key : effect.removedKeys)
        Q_EMIT participantRemoved(room, key);
    if (effect.changed) Q_EMIT participantChanged(room, *effect.changed);
    if (effect.event) Q_EMIT happened(room, *effect.event);
    if (!effect.listsChanged) return;
    for (const AccessList list : {AccessList::Allowed, AccessList::Banned})
        Q_EMIT listChanged(room, list);
}

void MucDriver::onJoinError(Entry &e, const QDomElement &presence)
{
    if (e.renaming) finishRenaming(e, Wire::stanzaError(presence));
    if (e.state != Entry::State::Entering) return;
    const Error error = joinError(presence);
    if (error.condition == u"conflict" && ++e.tries < maxNickTries) { // 7.2.8
        e.nick += u'_';
        return sendJoin(e);
    }
    fail(e, error);
}

void MucDriver::onMessage(const QDomElement &message, const Jid &from)
{
    // 10.2.1: the room says that its configuration has changed.
    if (!from.resource().isEmpty() || !isJoined(from)) return;
    const QDomElement x = Dom::child(message, u"x", Ns::mucUser);
    if (!Dom::childNamed(x, u"item").isNull()) {
        Entry *e = find(from);
        tell(from, e->room.applyMessage(message));
    }
    const QString code = Dom::child(x, u"status", Ns::mucUser).attribute(QStringLiteral("code"));
    if (code == u"104" || code == u"172" || code == u"173") refresh(from);
}

void MucDriver::onEntered(Entry &e, bool created)
{
    e.state = Entry::State::Inside;
    e.isRoom = true;
    e.created = created;
    e.replay = QDeadlineTimer(replayLimit);
    const Jid room = e.room.address();
    if (created) return configure(e);
    if (e.create) { // somebody was quicker
        m_wire.send(leavePresence(room.withResource(e.room.nick())));
        e.room.reset();
        return fail(e, {Error::Kind::Refused, QStringLiteral("conflict"), {}});
    }
    finishJoin(e);
}

/// 10.1.2 and 10.1.3
void MucDriver::configure(Entry &e)
{
    const Jid room = e.room.address();
    setUpRoom(*m_controls, this, room, e.create)
        .then(this, [this, room](const Outcome &) { return requestDiscoInfo(m_wire, room); })
        .unwrap()
        .then(this, [this, room, attempt = e.attempt](const Result<DiscoInfo> &answer) {
            Entry *fresh = find(room);
            if (!fresh || fresh->attempt != attempt) return;
            learn(*fresh, answer);
            finishJoin(*fresh);
        });
}

void MucDriver::finishJoin(Entry &e)
{
    e.create.reset();
    if (e.room.listsMembers()) loadMembers(e.room.address());
    auto joins = std::exchange(e.joins, {});
    if (joins.empty()) return;
    const JoinedGroup group = describe(e);
    Q_EMIT participantsReset(group.room, e.room.participants());
    for (auto &promise : joins) {
        promise.addResult(group);
        promise.finish();
    }
}

void MucDriver::finishLeave(Entry &e)
{
    e.state = Entry::State::Outside;
    auto leaves = std::exchange(e.leaves, {});
    // Somebody wants to be in again, and could not before we were out.
    if (!e.joins.empty()) start(e, e.request);
    for (auto &promise : leaves) {
        promise.addResult(Outcome());
        promise.finish();
    }
}

void MucDriver::fail(Entry &e, const Error &error)
{
    e.state = Entry::State::Outside;
    e.attempt = ++m_attempts;
    e.create.reset();
    e.replay = QDeadlineTimer(0);
    finishRenaming(e, error);
    auto joins = std::exchange(e.joins, {});
    for (auto &promise : joins) {
        promise.addResult(error);
        promise.finish();
    }
}

GroupControls &MucDriver::controls()
{
    return *m_controls;
}

void MucDriver::forgottenBy(const Jid &room)
{
    if (!isJoined(room)) return;
    const auto kept = m_entries.value(room);
    const Error reason{Error::Kind::ConnectionLost, QStringLiteral("room-left"), {}};
    kept->room.reset();
    fail(*kept, reason);
    Q_EMIT removed(room, reason);
}

QString MucDriver::passwordOf(const Jid &room) const
{
    const Entry *e = find(room);
    return e ? e->request.password : QString();
}

QFuture<Outcome> MucDriver::changeNick(const Jid &room, const QString &nick)
{
    Entry *e = find(room);
    if (!isJoined(room)) return answered<>(Outcome(Error::Kind::NotFound, QStringLiteral("not-joined")));
    const Jid occupant = room.withResource(nick);
    if (nick.isEmpty() || occupant.isEmpty())
        return answered<>(Outcome(Error::Kind::InvalidInput, QStringLiteral("nick")));
    if (occupant.resource() == e->room.nick()) return answered<>(Outcome());
    if (e->renaming) return answered<>(Outcome(Error::Kind::Cancelled));
    e->newNick = occupant.resource(); // as the room will write it
    e->renaming.emplace().start();
    QXmppPresence presence;
    presence.setTo(occupant.toString());
    m_wire.send(presence);
    QTimer::singleShot(joinLimit, this, [this, room, wanted = e->newNick] {
        Entry *late = find(room);
        if (late && late->renaming && late->newNick == wanted)
            finishRenaming(*late, Error{Error::Kind::Timeout, {}, {}});
    });
    return e->renaming->future();
}

void MucDriver::finishRenaming(Entry &e, const Outcome &outcome)
{
    if (!e.renaming) return;
    auto promise = std::exchange(e.renaming, std::nullopt);
    promise->addResult(outcome);
    promise->finish();
}

/// Those who may come in and are not in: without them nobody could say who reads what is written here.
void MucDriver::loadMembers(const Jid &room)
{
    m_controls->list(room, AccessList::Allowed)
        .then(this, [this, room, attempt = find(room)->attempt](const Result<QList<ListedPerson>> &people) {
            Entry *e = find(room);
            if (!people.ok() || !e || e->attempt != attempt || !isJoined(room)) return;
            e->room.setListed(*people);
            Q_EMIT participantsReset(room, e->room.participants());
        });
}

void MucDriver::refresh(const Jid &room)
{
    Entry *e = find(room);
    e->changedSince = true;
    if (e->refreshing) return; // a room may say it a thousand times
    e->refreshing = true;
    e->changedSince = false;
    requestDiscoInfo(m_wire, room)
        .then(this, [this, room, attempt = e->attempt](const Result<DiscoInfo> &answer) {
            onDisco(room, attempt, answer);
            Entry *fresh = find(room);
            fresh->refreshing = false;
            if (fresh->changedSince && isJoined(room)) refresh(room);
        });
}

void MucDriver::forgetAll()
{
    const auto entries = m_entries; // traits stay: the next join need not ask first
    for (const auto &e : entries) {
        e->room.reset();
        fail(*e, {Error::Kind::ConnectionLost, {}, {}});
        finishLeave(*e);
    }
}

JoinedGroup MucDriver::describe(const Entry &e)
{
    const RoomTraits &traits = e.room.traits();
    JoinedGroup group;
    group.room = e.room.address();
    group.nick = e.room.nick();
    group.name = traits.name;
    group.description = traits.description;
    group.capabilities = e.room.capabilities();
    group.properties = traits.properties();
    group.created = e.created;
    group.traits = packTraits(traits);
    return group;
}

} // namespace Mingle
