// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/mixdriver.h"

#include "xmpp/dom.h"
#include "xmpp/mixcodec.h"
#include "xmpp/mixcontrols.h"
#include "xmpp/namespaces.h"
#include "xmpp/rosterclient.h"

#include <QXmppPresence.h>

#include <QTimer>

using namespace std::chrono_literals;

namespace Mingle {

namespace {
constexpr auto joinLimit = 20s;
constexpr auto reloadPause = 30s;
constexpr auto lookPause = 15min;
constexpr auto presencePause = 500ms; // that of many comes within

using Joined = Result<JoinedGroup>;
} // namespace

struct MixDriver::Entry {
    enum class State { Outside, Joining, Joined, Leaving };

    explicit Entry(const Jid &address)
        : channel(address)
    {}

    MixChannel channel;
    State state = State::Outside;
    quint64 attempt = 0; ///< tells late answers from those that count
    bool noted = false; ///< the roster says that I am a member
    bool loading = false;
    int awaited = 0; ///< answers that belong to the first loading
    bool nickTried = false;
    bool hearsMe = false; ///< my server tells it when I am online
    bool presenceComes = false; ///< my own came back
    QSet<QString> subscribed; ///< nodes asked for in this session
    QDeadlineTimer reloadAfter{0};
    QDeadlineTimer lookAfter{0};
    QString wantedNick;
    Invitation invitation; ///< by which I join
    QString rosterName;
    std::vector<QPromise<Joined>> joins;
};

MixDriver::MixDriver(Wire &wire, QObject *parent)
    : GroupDriver(parent)
    , m_wire(wire)
    , m_controls(std::make_unique<MixControls>(wire, *this, nullptr))
{
    connect(&wire, &Wire::messageReceived, this, &MixDriver::onMessage);
    connect(&wire, &Wire::presenceReceived, this, &MixDriver::onPresence);
    connect(&wire, &Wire::ended, this, &MixDriver::forgetAll);
}

MixDriver::~MixDriver() = default;

GroupControls &MixDriver::controls()
{
    return *m_controls;
}

void MixDriver::follow(RosterClient &roster)
{
    connect(&roster, &RosterClient::rosterReceived, this, &MixDriver::onRoster);
    connect(&roster, &RosterClient::contactChanged, this, &MixDriver::onContact);
    connect(&roster, &RosterClient::contactRemoved, this, &MixDriver::onContactRemoved);
}

MixDriver::Entry &MixDriver::entry(const Jid &channel)
{
    auto &entry = m_entries[channel];
    if (!entry) entry = std::make_shared<Entry>(channel);
    return *entry;
}

MixDriver::Entry *MixDriver::find(const Jid &channel) const
{
    const auto found = m_entries.constFind(channel);
    return found == m_entries.cend() ? nullptr : found->get();
}

bool MixDriver::isJoined(const Jid &room) const
{
    const Entry *e = find(room);
    return e && e->state == Entry::State::Joined;
}

MixChannel *MixDriver::channel(const Jid &address) const
{
    Entry *e = find(address);
    return e && e->state == Entry::State::Joined ? &e->channel : nullptr;
}

bool MixDriver::isChannelAddress(const Jid &address) const
{
    // What comes from participant#channel@service is from a participant (XEP-0403 3.2).
    const auto mark = address.local().indexOf(u'#');
    const QString local = mark < 0 ? address.local() : address.local().sliced(mark + 1);
    const auto channel = Jid::parse(local, address.domain());
    const Entry *e = channel ? find(*channel) : nullptr;
    return e && e->state != Entry::State::Outside;
}

bool MixDriver::isLoading(const Jid &channel) const
{
    const Entry *e = find(channel);
    return e && e->loading;
}

void MixDriver::missParticipant(const Jid &channel)
{
    Entry *e = find(channel);
    if (!e || e->state != Entry::State::Joined || e->loading || !e->reloadAfter.hasExpired()) return;
    requestParticipants(*e);
}

void MixDriver::onRoster(const QList<Contact> &contacts)
{
    for (const Contact &contact : contacts)
        if (contact.isMixChannel) onContact(contact);
}

void MixDriver::onContact(const Contact &contact)
{
    if (!contact.isMixChannel) return;
    Entry &e = entry(contact.address);
    e.noted = true;
    e.rosterName = contact.name;
    e.hearsMe = contact.seesMe;
    if (!contact.mixParticipantId.isEmpty()) e.channel.setMyId(contact.mixParticipantId);
    if (e.state != Entry::State::Outside) return; // the answer to our own join is still to come, or came
    e.state = Entry::State::Joined;
    e.attempt = ++m_attempts;
    load(e);
}

void MixDriver::onContactRemoved(const Jid &address)
{
    Entry *e = find(address);
    if (!e || !std::exchange(e->noted, false)) return;
    if (e->state == Entry::State::Joined)
        lose(*e, {});
    else if (e->state == Entry::State::Outside)
        Q_EMIT removed(address, {}); // the channel has put me out before; now my account has, too
}

void MixDriver::onMessage(const QDomElement &message, const Jid &from)
{
    if (!from.resource().isEmpty() || !isJoined(from)) return;
    const QDomElement event = Dom::child(message, u"event", Ns::pubsubEvent);
    if (event.isNull()) return;
    const auto kept = m_entries.value(from);
    Dom::forEach(event, [&](const QDomElement &part) {
        if (kept->state != Entry::State::Joined) return;
        const QString node = part.attribute(QStringLiteral("node"));
        const bool gone =
            part.localName() == u"delete" && (node == Ns::mixParticipants || node == Ns::mixMessages);
        if (gone) {
            lose(*kept, {Error::Kind::NotFound, QStringLiteral("destroyed"), {}});
        } else if (part.localName() != u"items") {
            return;
        } else if (node == Ns::mixParticipants) {
            onParticipants(*kept, part);
        } else {
            onEvent(*kept, node, part);
        }
    });
}

void MixDriver::onEvent(Entry &e, QStringView node, const QDomElement &items)
{
    const Jid channel = e.channel.address();
    if (node == Ns::mixAllowed) return Q_EMIT listChanged(channel, AccessList::Allowed);
    if (node == Ns::mixBanned) return Q_EMIT listChanged(channel, AccessList::Banned);
    if (node != Ns::mixInfo && node != Ns::mixConfig && node != Ns::mixJidMap) return;
    takeNode(e, node, items);
    if (node == Ns::mixConfig) refreshNodes(e); // what I may see follows from it
    if (node != Ns::mixJidMap) Q_EMIT groupChanged(describe(e));
}

void MixDriver::onParticipants(Entry &e, const QDomElement &items)
{
    const QString nickBefore = e.channel.nick();
    const auto effect = e.channel.apply(items, m_wire.ownAddress().bare());
    // Only my own account can say that I left, see onContactRemoved().
    if (effect.meRemoved) return lose(e, {Error::Kind::Refused, QStringLiteral("kicked"), {}});
    if (e.loading) return; // the list to come has this, too
    const Jid channel = e.channel.address();
    for (const QString &key : effect.removedKeys)
        Q_EMIT participantRemoved(channel, key);
    for (const Participant &participant : effect.changed)
        Q_EMIT participantChanged(channel, participant);
    if (e.channel.nick() != nickBefore) Q_EMIT groupChanged(describe(e));
}

QFuture<Joined> MixDriver::join(const JoinRequest &request)
{
    const Jid channel = request.room.bare();
    if (channel.local().isEmpty()) return answered<JoinedGroup>(Joined(Error::Kind::InvalidAddress));
    if (!m_wire.isLive()) return answered<JoinedGroup>(Joined(Error::Kind::ConnectionLost));
    Entry &e = entry(channel);
    if (e.state == Entry::State::Joined && !e.loading && e.awaited == 0) {
        Q_EMIT participantsReset(channel, e.channel.participants());
        return answered<JoinedGroup>(Joined(describe(e)));
    }
    auto &promise = e.joins.emplace_back();
    promise.start();
    const auto future = promise.future();
    if (e.state == Entry::State::Outside || e.state == Entry::State::Leaving) {
        e.wantedNick =
            Dom::cut(request.nick.isEmpty() ? m_wire.ownAddress().local() : request.nick, Dom::maxNameBytes);
        e.invitation = request.invitation;
        e.state = Entry::State::Joining;
        e.attempt = ++m_attempts;
        requestJoin(e, Ns::mixCore1);
    }
    return future;
}

void MixDriver::requestJoin(Entry &e, QStringView core)
{
    const Jid channel = e.channel.address();
    const quint64 attempt = e.attempt;
    m_wire
        .request(mixJoinIq(channel, e.wantedNick, core, e.invitation, m_wire.ownAddress().bare()), joinLimit,
                 channel)
        .then(this, [=, this](const Result<QDomElement> &answer) { onJoinAnswer(channel, attempt, answer); });
    // ejabberd leaves a join of a channel that does not exist without an answer; asking the channel shows it.
    requestDiscoInfo(m_wire, channel).then(this, [=, this](const Result<DiscoInfo> &answer) {
        Entry *fresh = find(channel);
        if (!fresh || fresh->attempt != attempt || fresh->state != Entry::State::Joining) return;
        const Error error = answer.error();
        const bool unreachable = error.condition.startsWith(u"remote-server");
        if (error.kind == Error::Kind::NotFound || unreachable) fail(*fresh, error);
    });
}

void MixDriver::onJoinAnswer(const Jid &channel, quint64 attempt, const Result<QDomElement> &answer)
{
    Entry *e = find(channel);
    if (!e || e->attempt != attempt || e->state != Entry::State::Joining) return;
    if (!answer.ok()) {
        if (answer.error().kind == Error::Kind::Timeout) return checkUnanswered(channel, attempt);
        return fail(*e, answer.error());
    }
    const QString id = mixJoinedId(*answer, channel);
    if (!id.isEmpty()) e->channel.setMyId(id);
    e->state = Entry::State::Joined;
    load(*e);
}

/// Some servers never answer a join that went well. The roster or the list of participants tells.
void MixDriver::checkUnanswered(const Jid &channel, quint64 attempt)
{
    Entry *e = find(channel);
    if (e->noted) {
        e->state = Entry::State::Joined;
        return load(*e);
    }
    m_wire.request(pubsubItemsIq(channel, Ns::mixParticipants), joinLimit)
        .then(this, [=, this](const Result<QDomElement> &answer) {
            Entry *fresh = find(channel);
            if (!fresh || fresh->attempt != attempt || fresh->state != Entry::State::Joining) return;
            if (answer.ok()) fresh->channel.load(pubsubItems(*answer), m_wire.ownAddress().bare());
            if (!fresh->channel.find(fresh->channel.myId()))
                return fail(*fresh, {Error::Kind::Timeout, {}, {}});
            fresh->state = Entry::State::Joined;
            load(*fresh);
        });
}

/// Everything about a channel that is new to this session.
void MixDriver::load(Entry &e)
{
    const Jid channel = e.channel.address();
    const quint64 attempt = e.attempt;
    e.nickTried = e.presenceComes = false;
    e.subscribed.clear();
    e.awaited = 3;
    requestParticipants(e);
    requestDiscoInfo(m_wire, channel).then(this, [=, this](const Result<DiscoInfo> &answer) {
        Entry *fresh = current(channel, attempt);
        if (!fresh) return;
        if (answer.ok()) fresh->channel.setTraits(roomTraits(*answer));
        loadOne(*fresh);
    });
    m_wire.request(mixNodesIq(channel)).then(this, [=, this](const Result<QDomElement> &answer) {
        if (Entry *fresh = current(channel, attempt)) onNodes(*fresh, answer);
    });
}

// Nobody tells somebody whom they have made an administrator.
void MixDriver::look(const Jid &room)
{
    Entry *e = find(room);
    if (!e || e->state != Entry::State::Joined || e->awaited > 0 || !e->lookAfter.hasExpired()) return;
    e->lookAfter = QDeadlineTimer(lookPause);
    ++e->awaited;
    m_wire.request(mixNodesIq(room))
        .then(this, [this, room, attempt = e->attempt](const Result<QDomElement> &answer) {
            if (Entry *fresh = current(room, attempt)) onNodes(*fresh, answer);
        });
}

/// Whose joining or loading is still the one that asked.
MixDriver::Entry *MixDriver::current(const Jid &channel, quint64 attempt) const
{
    Entry *e = find(channel);
    return e && e->attempt == attempt && e->state == Entry::State::Joined ? e : nullptr;
}

void MixDriver::onNodes(Entry &e, const Result<QDomElement> &answer)
{
    if (answer.ok()) e.channel.setNodes(mixNodes(*answer));
    // A server that does not tell its nodes may have a name for the channel all the same.
    if (!answer.ok() || e.channel.hasNode(Ns::mixInfo)) loadNode(e, Ns::mixInfo);
    if (e.channel.hasNode(Ns::mixConfig)) loadNode(e, Ns::mixConfig);
    if (e.channel.hasNode(Ns::mixJidMap)) loadNode(e, Ns::mixJidMap);
    loadOne(e);
}

void MixDriver::loadNode(Entry &e, QStringView node)
{
    ++e.awaited;
    const Jid channel = e.channel.address();
    m_wire.request(pubsubItemsIq(channel, node))
        .then(this, [this, channel, node, attempt = e.attempt](const Result<QDomElement> &answer) {
            Entry *fresh = current(channel, attempt);
            if (!fresh) return;
            if (answer.ok()) takeNode(*fresh, node, pubsubItems(*answer));
            loadOne(*fresh);
        });
}

void MixDriver::takeNode(Entry &e, QStringView node, const QDomElement &items)
{
    if (node == Ns::mixInfo) return e.channel.setInformation(mixInformation(items));
    const auto changed = node == Ns::mixJidMap ? e.channel.setAddresses(mixJidMap(items))
                                               : e.channel.setRoles(mixRoles(items));
    if (e.loading || e.awaited > 0) return; // all are told at the end
    for (const Participant &participant : changed)
        Q_EMIT participantChanged(e.channel.address(), participant);
}

void MixDriver::requestParticipants(Entry &e)
{
    const Jid channel = e.channel.address();
    e.loading = true;
    e.reloadAfter = QDeadlineTimer(reloadPause);
    m_wire.request(pubsubItemsIq(channel, Ns::mixParticipants))
        .then(this, [this, channel, attempt = e.attempt](const Result<QDomElement> &answer) {
            onLoaded(channel, attempt, answer);
        });
}

void MixDriver::onLoaded(const Jid &channel, quint64 attempt, const Result<QDomElement> &answer)
{
    const auto kept = m_entries.value(channel);
    if (!kept || kept->attempt != attempt || kept->state != Entry::State::Joined) return;
    kept->loading = false;
    if (answer.ok()) {
        kept->channel.load(pubsubItems(*answer), m_wire.ownAddress().bare());
    } else if (answer.error().kind == Error::Kind::NotFound || answer.error().kind == Error::Kind::Refused) {
        // The roster remembers channels that are gone, or that have put me out.
        const Error error = answer.error();
        if (kept->joins.empty()) return lose(*kept, error);
        return fail(*kept, error);
    }
    Q_EMIT authorsKnown(channel);
    if (kept->awaited > 0) return loadOne(*kept);
    Q_EMIT participantsReset(channel, kept->channel.participants());
}

void MixDriver::loadOne(Entry &e)
{
    if (--e.awaited == 0) finish(e);
}

void MixDriver::finish(Entry &e)
{
    const Jid channel = e.channel.address();
    if (e.channel.nick().isEmpty() && !e.nickTried && !e.wantedNick.isEmpty()) {
        e.nickTried = true;
        setNick(channel, e.wantedNick);
    }
    subscribe(e);
    const JoinedGroup group = describe(e);
    auto joins = std::exchange(e.joins, {});
    Q_EMIT participantsReset(channel, e.channel.participants());
    if (joins.empty()) Q_EMIT groupChanged(group);
    for (auto &promise : joins) {
        promise.addResult(group);
        promise.finish();
    }
}

// Channels were joined by other clients, too, and rights come and go: what I may hear of is asked for in each session.
void MixDriver::subscribe(Entry &e)
{
    QList<QStringView> nodes;
    for (const QStringView node : {Ns::mixPresence, Ns::mixJidMap, Ns::mixAllowed, Ns::mixBanned})
        if (e.channel.hasNode(node) && !e.subscribed.contains(node.toString())) nodes.append(node);
    if (nodes.isEmpty()) return;
    for (const QStringView node : std::as_const(nodes))
        e.subscribed.insert(node.toString());
    const Jid channel = e.channel.address();
    m_wire.request(mixSubscribeIq(channel, nodes))
        .then(this, [=, this, attempt = e.attempt](const Result<QDomElement> &) {
            const Entry *fresh = current(channel, attempt);
            if (!fresh || fresh->hearsMe || !nodes.contains(Ns::mixPresence)) return;
            // XEP-0403 4.2 leaves it to my server, by way of the roster. Not all put channels there so that it does.
            QXmppPresence here;
            here.setTo(channel.toString());
            m_wire.send(here);
        });
}

void MixDriver::refreshNodes(Entry &e)
{
    const Jid channel = e.channel.address();
    m_wire.request(mixNodesIq(channel))
        .then(this, [this, channel, attempt = e.attempt](const Result<QDomElement> &answer) {
            Entry *fresh = current(channel, attempt);
            if (!fresh || !answer.ok() || fresh->awaited > 0) return;
            fresh->channel.setNodes(mixNodes(*answer));
            subscribe(*fresh);
            Q_EMIT groupChanged(describe(*fresh));
        });
}

void MixDriver::onPresence(const QDomElement &presence, const Jid &from)
{
    const QString local = from.local();
    const auto mark = local.indexOf(u'#');
    const QString type = presence.attribute(QStringLiteral("type"));
    if (mark <= 0 || from.resource().isEmpty() || (!type.isEmpty() && type != u"unavailable")) return;
    const auto channel = Jid::parse(local.sliced(mark + 1), from.domain());
    Entry *e = channel ? find(*channel) : nullptr;
    if (!e || e->state != Entry::State::Joined) return;
    const QString id = Dom::id(local.first(mark));
    const bool online = type.isEmpty();
    const auto changed = e->channel.setOnline(id, from.resource(), online);
    // That I am shown proves that I am told of the others as well, all of them at the same time.
    if (online && id == e->channel.myId() && !std::exchange(e->presenceComes, true))
        QTimer::singleShot(presencePause, this,
                           [this, to = *channel, attempt = e->attempt] { trustPresence(to, attempt); });
    if (changed && !e->loading && e->awaited == 0) Q_EMIT participantChanged(*channel, *changed);
}

void MixDriver::trustPresence(const Jid &channel, quint64 attempt)
{
    Entry *e = current(channel, attempt);
    if (!e) return;
    e->channel.trustPresence();
    if (!e->loading && e->awaited == 0) Q_EMIT participantsReset(channel, e->channel.participants());
}

/// XEP-0369 7.1.4, for servers that pass over the nick of a join. The list of participants brings the outcome.
void MixDriver::setNick(const Jid &channel, const QString &nick)
{
    m_wire.request(mixSetNickIq(channel, nick));
}

QFuture<Outcome> MixDriver::leave(const Jid &room)
{
    const Jid channel = room.bare();
    if (!m_wire.isLive()) return answered<>(Outcome(Error::Kind::ConnectionLost));
    Entry &e = entry(channel);
    if (e.state == Entry::State::Joining) fail(e, {Error::Kind::Cancelled, {}, {}});
    e.state = Entry::State::Leaving;
    e.loading = false;
    e.attempt = ++m_attempts;
    return m_wire.request(mixLeaveIq(channel, Ns::mixCore1), joinLimit, channel)
        .then(this,
              [this, channel, attempt = e.attempt](const Result<QDomElement> &answer) {
                  if (answer.error().kind == Error::Kind::Timeout) return checkLeft(channel, attempt);
                  Entry *fresh = find(channel);
                  if (!fresh || fresh->attempt != attempt) return answered<>(Outcome());
                  const Error error = answer.error();
                  // Not there is as good as left.
                  const bool out = !error || error.kind == Error::Kind::NotFound || !fresh->noted;
                  return answered<>(left(*fresh, out ? Error() : error));
              })
        .unwrap();
}

/// ejabberd 24.12 takes a channel of another service from the roster and then never answers, nor tells of it. The channel
/// knows whether I am in it.
QFuture<Outcome> MixDriver::checkLeft(const Jid &channel, quint64 attempt)
{
    return m_wire.request(pubsubItemsIq(channel, Ns::mixParticipants), joinLimit)
        .then(this, [this, channel, attempt](const Result<QDomElement> &answer) -> Outcome {
            Entry *fresh = find(channel);
            if (!fresh || fresh->attempt != attempt) return {};
            const auto kind = answer.error().kind;
            bool out = kind == Error::Kind::Refused || kind == Error::Kind::NotFound;
            if (answer.ok()) {
                fresh->channel.load(pubsubItems(*answer), m_wire.ownAddress().bare());
                out = !fresh->channel.find(fresh->channel.myId());
            }
            return left(*fresh, out ? Error() : Error{Error::Kind::Timeout, {}, {}});
        });
}

Outcome MixDriver::left(Entry &e, const Error &error)
{
    e.state = error ? Entry::State::Joined : Entry::State::Outside;
    if (error) return error;
    e.noted = false;
    e.channel.reset();
    return {};
}

void MixDriver::fail(Entry &e, const Error &error)
{
    e.state = Entry::State::Outside;
    e.attempt = ++m_attempts;
    e.loading = false;
    e.awaited = 0;
    auto joins = std::exchange(e.joins, {});
    for (auto &promise : joins) {
        promise.addResult(error);
        promise.finish();
    }
}

void MixDriver::lose(Entry &e, const Error &reason)
{
    const Jid channel = e.channel.address();
    const Error toWaiting = reason ? reason : Error{Error::Kind::Cancelled, {}, {}};
    e.channel.reset();
    fail(e, toWaiting);
    Q_EMIT authorsKnown(channel);
    Q_EMIT removed(channel, reason);
}

void MixDriver::forgetAll()
{
    const auto entries = m_entries;
    for (const auto &e : entries) {
        e->channel.reset();
        e->noted = false;
        fail(*e, {Error::Kind::ConnectionLost, {}, {}});
    }
}

JoinedGroup MixDriver::describe(const Entry &e)
{
    JoinedGroup group;
    group.room = e.channel.address();
    group.nick = e.channel.nick();
    group.name = e.channel.information().name;
    if (group.name.isEmpty()) group.name = e.rosterName;
    group.description = e.channel.information().description;
    group.capabilities = e.channel.capabilities();
    group.properties = e.channel.properties();
    return group;
}

} // namespace Mingle
