// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/groups.h"

#include "core/futures.h"
#include "core/ports.h"
#include "core/preference.h"
#include "core/room.h"
#include "session/noticerow.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"
#include "xmpp/groupcontrols.h"

#include <algorithm>

namespace Mingle {

namespace {
void takeDescription(Chat &chat, const JoinedGroup &group)
{
    chat.capabilities = group.capabilities;
    if (group.traits == 0 && chat.kind == ChatKind::Muc) return; // the room has not told yet
    chat.description = group.description;
    chat.properties = group.properties;
    if (group.traits != 0) chat.traits = group.traits;
}
} // namespace

Groups::Groups(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_participants(new ParticipantWriter(
          context, [this](const Jid &room) { return isRoom(room); }, this))
    , m_rejoiner(context.clock, this)
{
    follow(ChatKind::Muc);
    follow(ChatKind::Mix);
    connect(&m_context.connection, &Connection::bookmarkChanged, this, &Groups::takeBookmark);
    connect(&m_context.connection, &Connection::bookmarkRemoved, this, [this](const Jid &room) {
        if (m_rooms.value(room).kind != ChatKind::Muc || !m_rooms.contains(room)) return;
        auto leaving = m_context.connection.driver(ChatKind::Muc)->leave(room);
        Q_UNUSED(leaving) // left on another device; the presence is all there is to do
        drop(room);
    });
    connect(&m_rejoiner, &Rejoiner::due, this, [this](const Jid &room) {
        // While the line is down it waits for resumeSession(), or for a new session.
        if (m_context.connection.state() == Connection::State::Live) enter(room);
    });
}

void Groups::follow(ChatKind kind)
{
    GroupDriver *driver = m_context.connection.driver(kind);
    connect(driver, &GroupDriver::participantsReset, m_participants, &ParticipantWriter::reset);
    connect(driver, &GroupDriver::participantChanged, m_participants, &ParticipantWriter::put);
    connect(driver, &GroupDriver::participantRemoved, m_participants, &ParticipantWriter::remove);
    connect(driver, &GroupDriver::happened, this,
            [this, kind](const Jid &room, const RoomEvent &event) { note(kind, room, event); });
    connect(driver, &GroupDriver::listChanged, this,
            [this](const Jid &room, AccessList list) { Q_EMIT listChanged(m_context.chat(room), list); });
    connect(driver, &GroupDriver::groupChanged, this,
            [this, kind](const JoinedGroup &group) { groupChanged(kind, group); });
    connect(driver, &GroupDriver::removed, this, [this](const Jid &room, const Error &reason) {
        if (!m_rooms.contains(room)) return;
        if (!reason) return drop(room); // left on another device
        Q_EMIT left(m_context.chat(room));
        isOut(room, reason);
    });
}

void Groups::beginSession()
{
    ++m_session;
    m_roomsRead = m_rosterRead = false;
    auto read = m_context.database.write(
        [account = m_context.account](Transaction &tx) { return ChatStore(tx).all(account); });
    whenDone(read, this, [this, session = m_session](const Result<QList<Chat>> &chats) {
        if (session == m_session && chats) roomsRead(*chats);
    });
}

void Groups::endSession()
{
    ++m_session;
    m_roomsRead = m_rosterRead = false;
    m_rejoiner.clear();
    m_entering.clear();
    for (auto state = m_states.begin(); state != m_states.end(); ++state) {
        if (state->membership == Membership::NotJoined) continue;
        *state = {};
        Q_EMIT stateChanged(m_context.chat(state.key()), *state);
    }
}

void Groups::roomsRead(const QList<Chat> &rooms)
{
    // What this session has entered already, while the list was being read, is newer than the list.
    m_rooms.removeIf(
        [this](const auto &room) { return m_states.value(room.key()).membership != Membership::Joined; });
    for (const Chat &chat : rooms)
        if (chat.isRoom() && chat.invitation.isEmpty() && !m_rooms.contains(chat.id.address))
            m_rooms.insert(chat.id.address, chat);
    m_roomsRead = true;
    auto known = m_rooms.values();
    std::ranges::sort(known, [this](const Chat &a, const Chat &b) {
        const auto seen = [this](const Chat &chat) { return chat.id.address == m_onScreen; };
        return seen(a) != seen(b) ? seen(a) : a.lastTime > b.lastTime;
    });
    for (const Chat &chat : std::as_const(known)) {
        const bool inside = m_states.value(chat.id.address).membership == Membership::Joined;
        if (chat.kind == ChatKind::Muc && chat.autojoin && !inside) rejoin(chat.id);
        // The account's server keeps me in there; the roster that says so is on its way.
        if (chat.kind == ChatKind::Mix && chat.listed && !inside) Q_EMIT entering(chat.id, chat.kind);
    }
    if (m_rosterRead) takeRoster(m_roster);
    whenDone(m_context.connection.bookmarks(), this,
             [this, session = m_session](const Result<QList<Bookmark>> &bookmarks) {
            // Without an answer nothing is concluded: the rooms of last time stay.
                 if (session == m_session && bookmarks) takeBookmarks(*bookmarks);
             });
}

void Groups::takeBookmarks(const QList<Bookmark> &bookmarks)
{
    const auto rooms = m_rooms.values();
    for (const Chat &chat : rooms) {
        const bool kept =
            chat.kind != ChatKind::Muc || std::ranges::any_of(bookmarks, [&chat](const Bookmark &bookmark) {
                return bookmark.room == chat.id.address;
            });
        if (kept) continue;
        if (!chat.listed) { // the last time it did not arrive there, for all we know
            publish(chat, m_passwords.value(chat.id.address), {}, true);
            continue;
        }
        auto leaving = m_context.connection.driver(ChatKind::Muc)->leave(chat.id.address);
        Q_UNUSED(leaving)
        drop(chat.id.address); // left on another device while this one was away
    }
    for (const Bookmark &bookmark : bookmarks)
        takeBookmark(bookmark);
}

void Groups::takeBookmark(const Bookmark &bookmark)
{
    Chat chat = m_rooms.value(bookmark.room);
    const bool isNew = chat.id.isEmpty();
    if (!isNew && chat.kind != ChatKind::Muc) return;
    m_passwords.insert(bookmark.room, bookmark.password);
    const Chat before = chat;
    chat.id = m_context.chat(bookmark.room);
    chat.kind = ChatKind::Muc;
    if (!bookmark.nick.isEmpty()) chat.nick = bookmark.nick;
    chat.autojoin = bookmark.autojoin;
    chat.listed |= !bookmark.fromOldList;
    if (isNew || chat != before) keep(chat);
    if (!chat.listed) publish(chat, bookmark.password, {});
    if (!isNew && chat.nick != before.nick) {
        m_nicks.insert(bookmark.room, {chat.nick, before.nick});
        followNick(bookmark.room);
    }
    const bool idle = m_states.value(bookmark.room).membership == Membership::NotJoined;
    if (bookmark.autojoin && idle) rejoin(chat.id);
    if (!bookmark.autojoin && !idle && !bookmark.fromOldList) stepOut(chat.id);
}

/// Another device has chosen another name for me: the room is told as soon as I am in it.
void Groups::followNick(const Jid &room)
{
    if (m_states.value(room).membership != Membership::Joined) return;
    const auto [wanted, former] = m_nicks.take(room);
    if (wanted.isEmpty()) return;
    GroupControls &controls = m_context.connection.driver(ChatKind::Muc)->controls();
    whenDone(controls.setNick(room, wanted), this, [this, room, wanted, former](const Outcome &outcome) {
        Chat chat = m_rooms.value(room);
        if (outcome || former.isEmpty() || chat.nick != wanted) return;
        chat.nick = former; // somebody here has it: I am still called as before
        keep(chat);
    });
}

// XEP-0402 4: so do other clients leave for all devices, and keep the bookmark.
void Groups::stepOut(const ChatId &chat)
{
    m_rejoiner.forget(chat.address);
    m_entering.remove(chat.address);
    auto leaving = m_context.connection.driver(ChatKind::Muc)->leave(chat.address);
    Q_UNUSED(leaving)
    setState(chat.address, Membership::NotJoined);
    Q_EMIT left(chat);
}

void Groups::takeRoster(const QList<Contact> &contacts)
{
    m_roster = contacts;
    m_rosterRead = true;
    if (!m_roomsRead) return;
    for (const Contact &contact : contacts)
        takeContact(contact);
    const auto rooms = m_rooms.values();
    for (const Chat &chat : rooms) {
        if (chat.kind != ChatKind::Mix
            || m_context.connection.driver(ChatKind::Mix)->isJoined(chat.id.address))
            continue;
        const bool listed = std::ranges::any_of(
            contacts, [&chat](const Contact &contact) { return contact.address == chat.id.address; });
        // A server that lists channels without saying that they are any, or has joined without listing yet: ask to join
        // again, which is harmless.
        if (listed) setListed(chat.id.address);
        if (listed || !chat.listed)
            rejoin(chat.id);
        else
            drop(chat.id.address);
    }
}

void Groups::takeContact(const Contact &contact)
{
    if (!contact.isMixChannel || !m_roomsRead) return;
    Chat chat = m_rooms.value(contact.address);
    const Chat before = chat;
    chat.id = m_context.chat(contact.address);
    chat.kind = ChatKind::Mix;
    if (!contact.name.isEmpty()) chat.name = contact.name;
    chat.capabilities = Capability::Send | Capability::Members | Capability::Leave | Capability::Archive;
    chat.listed = true;
    if (chat != before) keep(chat);
    if (m_states.value(contact.address).membership == Membership::Joined) return;
    setState(contact.address, Membership::Joined);
    Q_EMIT joined(chat.id, ChatKind::Mix, true);
}

void Groups::forget(const Jid &room)
{
    if (m_rooms.value(room).kind == ChatKind::Mix && m_rooms.contains(room)) drop(room);
}

void Groups::drop(const Jid &room)
{
    m_rooms.remove(room);
    m_states.remove(room);
    m_passwords.remove(room);
    m_participants->forget(room);
    m_rejoiner.forget(room);
    m_entering.remove(room);
    Q_EMIT left(m_context.chat(room));
    // What was not sent must not go out by itself when I come back one day.
    auto removed = m_context.database.write([chat = m_context.chat(room)](Transaction &tx) -> Outcome {
        MessageStore messages(tx);
        const auto waiting = messages.waiting(chat.account, chat);
        if (!waiting) return waiting.error();
        for (Message message : *waiting) {
            message.delivery = Delivery::Failed;
            message.failure = {Error::Kind::Cancelled, QStringLiteral("left"), {}};
            if (auto saved = messages.update(message); !saved) return saved;
        }
        return ChatStore(tx).remove(chat);
    });
    Q_UNUSED(removed) // if it fails the room is in the list once more after a restart, and dropped again then
}

/// A room I am in that is called alike elsewhere on its server: it may be the same by the other protocol.
Jid Groups::namesake(const Jid &room) const
{
    for (const Chat &chat : m_rooms) {
        const Jid &known = chat.id.address;
        const bool alike = known.local() == room.local() && known.domain() != room.domain();
        if (alike && m_states.value(known).membership == Membership::Joined) return known;
    }
    return {};
}

// XEP-0408: a room that is offered both ways is one room. The services are asked only where there is something to find.
QFuture<Result<ChatId>> Groups::join(const JoinRequest &request)
{
    const Jid known = m_rooms.contains(request.room) ? Jid() : namesake(request.room);
    if (known.isEmpty()) return joinNew(request);
    return m_context.connection.twinOf(request.room)
        .then(this,
              [this, request, known](const Result<Jid> &twin) {
                  const bool same = twin.ok() && *twin == known && m_rooms.contains(known);
                  return same ? answered(Result<ChatId>(m_context.chat(known))) : joinNew(request);
              })
        .unwrap();
}

QFuture<Result<ChatId>> Groups::joinNew(const JoinRequest &request)
{
    // My server may have put it into the roster before it answers.
    if (!m_rooms.contains(request.room)) m_asked.insert(request.room);
    m_rejoiner.forget(request.room);
    setState(request.room, Membership::Joining);
    JoinRequest wanted = request;
    if (wanted.password.isEmpty()) wanted.password = m_passwords.value(request.room);
    return m_context.connection.discoverRoom(request.room)
        .then(this,
              [this, request = wanted, session = m_session](const Result<RoomCard> &info) {
                  if (!info) {
                      if (session == m_session) isOut(request.room, info.error());
                      return answered(Result<ChatId>(info.error()));
                  }
                  return joinAs(info->kind, request, true);
              })
        .unwrap();
}

QFuture<Result<ChatId>> Groups::joinAs(ChatKind kind, const JoinRequest &request, bool bookmark)
{
    return m_context.connection.driver(kind)->join(request).then(
        this,
        [this, kind, request, bookmark,
         session = m_session](const Result<JoinedGroup> &group) -> Result<ChatId> {
            // An answer to what an earlier session asked says nothing of where I am in this one.
            if (session != m_session)
                return group ? Error{Error::Kind::ConnectionLost, {}, {}} : group.error();
            const bool wanted = m_entering.remove(request.room) || bookmark;
            if (!wanted) return Error{Error::Kind::Cancelled, QStringLiteral("left"), {}};
            // Put out again before this was heard of.
            const bool isIn = group && m_context.connection.driver(kind)->isJoined(request.room);
            if (isIn) return entered(kind, *group, request, bookmark);
            const Error reason = group ? Error{Error::Kind::ConnectionLost, {}, {}} : group.error();
            m_asked.remove(request.room);
            isOut(request.room, reason);
            return reason;
        });
}

Result<ChatId> Groups::entered(ChatKind kind, const JoinedGroup &group, const JoinRequest &request,
                               bool bookmark)
{
    const bool isNew = m_asked.remove(group.room);
    Chat chat = m_rooms.value(group.room);
    chat.id = m_context.chat(group.room);
    chat.kind = kind;
    chat.nick = group.nick;
    const QString former = std::exchange(chat.name, group.name.isEmpty() ? chat.name : group.name);
    takeDescription(chat, group);
    const bool isBack = !std::exchange(chat.autojoin, true); // all devices are to be there again
    m_rejoiner.forget(group.room);
    keep(chat);
    const bool renamed = !former.isEmpty() && former != chat.name;
    if ((bookmark || isBack || renamed) && kind == ChatKind::Muc) publish(chat, request.password, former);
    setState(group.room, Membership::Joined);
    Q_EMIT joined(chat.id, kind, group.capabilities.testFlag(Capability::Archive));
    const Jid ended = m_successors.take(group.room);
    // Only where a person has just gone: else whoever ends a room could put its history before that of any other.
    if (bookmark && isNew && m_rooms.contains(ended)) {
        auto followed = follow(group.room, ended);
        Q_UNUSED(followed) // a full disk: two histories instead of one
        auto left = leave(m_context.chat(ended));
        Q_UNUSED(left) // nobody is in there any more
    }
    return chat.id;
}

QFuture<Outcome> Groups::follow(const Jid &later, const Jid &former)
{
    return m_context.database.write(
        [later = m_context.chat(later), former = m_context.chat(former)](Transaction &tx) {
            ChatStore chats(tx);
            if (auto done = chats.continueFrom(later, former); !done) return done;
            const auto before = chats.find(former);
            if (!before) return Outcome(before.error());
            const auto stored = chats.find(later);
            if (!stored || !*stored) return Outcome(stored.error());
            Chat chat = **stored;
            chat.untold.setFlag(PreferencePart::Former); // Preferences tells my other devices
            const bool chosen = chat.pinned || chat.notify != NotifyWhen::Usual || !chat.ownName.isEmpty();
            if (*before && !chosen) {
                chat.notify = (*before)->notify;
                chat.pinned = (*before)->pinned;
                chat.rank = (*before)->rank;
                chat.ownName = (*before)->ownName;
                chat.untold = allPreferences;
            }
            return chats.update(chat);
        });
}

// Whether it has arrived is known only when the server says so, or shows it the next time. A server without bookmarks:
// the local list brings the room back.
void Groups::publish(const Chat &chat, const QString &password, const QString &formerName, bool again)
{
    const Jid room = chat.id.address;
    const Bookmark bookmark{room, chat.name, chat.nick, password, chat.autojoin, again, formerName};
    whenDone(m_context.connection.putBookmark(bookmark), this, [this, room](const Outcome &outcome) {
        if (outcome) setListed(room);
    });
}

void Groups::setListed(const Jid &room)
{
    Chat chat = m_rooms.value(room);
    if (chat.id.isEmpty() || std::exchange(chat.listed, true)) return;
    keep(chat);
}

Result<ChatId> Groups::adopt(ChatKind kind, const JoinedGroup &group)
{
    return entered(kind, group, {group.room, group.nick, {}, 0}, true);
}

void Groups::renamed(const Jid &room, const QString &nick)
{
    Chat chat = m_rooms.value(room);
    if (chat.id.isEmpty()) return;
    chat.nick = nick;
    keep(chat);
    if (chat.kind == ChatKind::Muc) publish(chat, m_passwords.value(room), {});
}

void Groups::notePassword(const Jid &room, const QString &password)
{
    if (!password.isEmpty() && !m_rooms.contains(room)) m_passwords.insert(room, password);
}

QFuture<Outcome> Groups::leave(const ChatId &chat)
{
    const ChatKind kind = m_rooms.value(chat.address).kind;
    if (!m_rooms.contains(chat.address)) return answered(Outcome(Error::Kind::NotFound));
    // The bookmark goes first: if the rest fails the room does not come back by itself.
    QFuture<Outcome> unlisted =
        kind == ChatKind::Muc ? m_context.connection.removeBookmark(chat.address) : answered(Outcome());
    return unlisted
        .then(this,
              [this, chat, kind](const Outcome &outcome) {
                  const bool gone = outcome || outcome.error().kind == Error::Kind::NotFound
                                    || outcome.error().kind == Error::Kind::Unsupported;
                  return gone ? m_context.connection.driver(kind)->leave(chat.address) : answered(outcome);
              })
        .unwrap()
        .then(this, [this, chat](const Outcome &outcome) {
            // Not being in there any more is what was wanted.
            const bool out = outcome || outcome.error().kind == Error::Kind::NotFound;
            if (out) drop(chat.address);
            return out ? Outcome() : outcome;
        });
}

void Groups::rejoin(const ChatId &chat)
{
    if (!m_rooms.contains(chat.address)) return;
    m_rejoiner.forget(chat.address);
    setState(chat.address, Membership::Joining);
    enter(chat.address);
}

void Groups::enter(const Jid &room)
{
    const Chat chat = m_rooms.value(room);
    if (chat.id.isEmpty() || m_entering.contains(room)) return;
    m_entering.insert(room);
    const QString nick = chat.nick.isEmpty() ? m_context.account.local() : chat.nick;
    auto joining = joinAs(chat.kind, {room, nick, m_passwords.value(room), 50, chat.traits}, false);
    Q_UNUSED(joining) // its outcome shows as the room's state
    const bool hadArchive = chat.traits != 0 && chat.capabilities.testFlag(Capability::Archive);
    if (hadArchive) Q_EMIT entering(chat.id, chat.kind);
}

// What passes by itself is not worth a word.
void Groups::isOut(const Jid &room, const Error &reason)
{
    if (!m_rooms.contains(room)) return setState(room, Membership::NotJoined, reason);
    if (const Jid successor = successorOf(reason); !successor.isEmpty()) m_successors.insert(successor, room);
    const auto course = m_rejoiner.failed(room, reason);
    if (course == Rejoiner::Course::Passing)
        setState(room, Membership::Joining);
    else
        setState(room, Membership::Failed, reason);
}

void Groups::setOnScreen(const Jid &room)
{
    m_onScreen = room;
    const auto found = m_rooms.constFind(room);
    if (found != m_rooms.cend()) m_context.connection.driver(found->kind)->look(room);
}

std::optional<Chat> Groups::room(const Jid &address) const
{
    const auto found = m_rooms.constFind(address);
    return found == m_rooms.constEnd() ? std::nullopt : std::optional(*found);
}

void Groups::groupChanged(ChatKind kind, const JoinedGroup &group)
{
    Chat chat = m_rooms.value(group.room);
    if (chat.id.isEmpty() || chat.kind != kind) return;
    const Chat before = chat;
    if (!group.name.isEmpty()) chat.name = group.name;
    if (!group.nick.isEmpty()) chat.nick = group.nick;
    takeDescription(chat, group);
    if (chat == before) return;
    keep(chat);
    // The bookmark has a copy of it, unless I call the room something else.
    const bool renamed = !before.name.isEmpty() && chat.name != before.name;
    if (renamed && kind == ChatKind::Muc && chat.listed)
        publish(chat, m_passwords.value(group.room), before.name);
}

/// Worth a row in the timeline, though nobody said it.
void Groups::note(ChatKind kind, const Jid &room, const RoomEvent &event)
{
    if (!m_rooms.contains(room)) return;
    Message row;
    row.chat = m_context.chat(room);
    row.author = event.by;
    row.notice = event.notice;
    row.body = event.whom;
    row.replacedBody = event.reason;
    row.time = m_context.clock.now();
    auto written = m_context.database.write([row, archive = m_context.archiveOf(room, kind)](
                                                Transaction &tx) { return addNotice(tx, row, archive); });
    Q_UNUSED(written) // a row less, on a full disk
}

void Groups::setState(const Jid &room, Membership membership, const Error &failure)
{
    const ChatState state{membership, failure, {}};
    if (m_states.value(room) == state) return;
    m_states.insert(room, state);
    Q_EMIT stateChanged(m_context.chat(room), state);
    if (membership == Membership::Joined) followNick(room);
}

void Groups::keep(const Chat &chat)
{
    m_rooms.insert(chat.id.address, chat);
    auto kept = m_context.database.write([chat](Transaction &tx) -> Outcome {
        ChatStore chats(tx);
        const auto stored = chats.ensure(chat.id, chat.kind);
        if (!stored) return stored.error();
        Chat changed = *stored;
        changed.name = chat.name;
        changed.nick = chat.nick;
        changed.capabilities = chat.capabilities;
        changed.description = chat.description;
        changed.properties = chat.properties;
        changed.invitation = {};
        changed.autojoin = chat.autojoin;
        changed.listed = chat.listed;
        changed.traits = chat.traits;
        return chats.update(changed);
    });
    Q_UNUSED(kept) // a full disk shows itself at the next message; the room works without
    m_participants->kept(chat.id.address);
}

} // namespace Mingle
