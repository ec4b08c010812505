// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/groups.h"

#include "core/futures.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

#include <algorithm>

namespace Mingle {

Groups::Groups(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
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
}

void Groups::follow(ChatKind kind)
{
    GroupDriver *driver = m_context.connection.driver(kind);
    connect(driver, &GroupDriver::participantsReset, this,
            [this](const Jid &room, const QList<Participant> &participants) {
                m_memberChanges[room] = {participants, {}};
                scheduleParticipants();
            });
    connect(driver, &GroupDriver::participantChanged, this,
            [this](const Jid &room, const Participant &participant) {
                m_memberChanges[room].some.insert(participant.key, participant);
                scheduleParticipants();
            });
    connect(driver, &GroupDriver::participantRemoved, this, [this](const Jid &room, const QString &key) {
        m_memberChanges[room].some.insert(key, std::nullopt);
        scheduleParticipants();
    });
    connect(driver, &GroupDriver::groupChanged, this,
            [this, kind](const JoinedGroup &group) { groupChanged(kind, group); });
    connect(driver, &GroupDriver::removed, this, [this](const Jid &room, const Error &reason) {
        if (!m_rooms.contains(room)) return;
        if (!reason) return drop(room); // left on another device
        setState(room, Membership::Failed, reason);
        Q_EMIT left(m_context.chat(room));
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
    for (auto state = m_states.begin(); state != m_states.end(); ++state) {
        if (state->membership == Membership::NotJoined) continue;
        *state = {};
        Q_EMIT stateChanged(m_context.chat(state.key()), *state);
    }
}

void Groups::roomsRead(const QList<Chat> &rooms)
{
    m_rooms.clear();
    for (const Chat &chat : rooms)
        if (chat.isRoom()) m_rooms.insert(chat.id.address, chat);
    m_roomsRead = true;
    for (const Chat &chat : std::as_const(m_rooms))
        if (chat.kind == ChatKind::Muc && chat.autojoin) rejoin(chat.id);
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
    if (!bookmark.name.isEmpty()) chat.name = bookmark.name;
    if (!bookmark.nick.isEmpty()) chat.nick = bookmark.nick;
    chat.autojoin = bookmark.autojoin;
    if (isNew || chat != before) keep(chat);
    const bool idle = m_states.value(bookmark.room).membership == Membership::NotJoined;
    if (bookmark.autojoin && idle) rejoin(chat.id);
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
        // A server that lists channels without saying that they are any: ask to join again, which is harmless.
        if (listed)
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
    m_memberChanges.remove(room);
    Q_EMIT left(m_context.chat(room));
    auto removed = m_context.database.write(
        [chat = m_context.chat(room)](Transaction &tx) { return ChatStore(tx).remove(chat); });
    Q_UNUSED(removed) // if it fails the room is in the list once more after a restart, and dropped again then
}

QFuture<Result<ChatId>> Groups::join(const JoinRequest &request)
{
    setState(request.room, Membership::Joining);
    return m_context.connection.discoverRoom(request.room)
        .then(this,
              [this, request](const Result<RoomInfo> &info) {
                  if (!info) {
                      setState(request.room,
                               m_rooms.contains(request.room) ? Membership::Failed : Membership::NotJoined,
                               info.error());
                      return answered(Result<ChatId>(info.error()));
                  }
                  return joinAs(info->kind, request, true);
              })
        .unwrap();
}

QFuture<Result<ChatId>> Groups::joinAs(ChatKind kind, const JoinRequest &request, bool bookmark)
{
    setState(request.room, Membership::Joining);
    return m_context.connection.driver(kind)->join(request).then(
        this, [this, kind, request, bookmark](const Result<JoinedGroup> &group) -> Result<ChatId> {
            if (group) return entered(kind, *group, request, bookmark);
            setState(request.room,
                     m_rooms.contains(request.room) ? Membership::Failed : Membership::NotJoined,
                     group.error());
            return group.error();
        });
}

Result<ChatId> Groups::entered(ChatKind kind, const JoinedGroup &group, const JoinRequest &request,
                               bool bookmark)
{
    Chat chat = m_rooms.value(group.room);
    chat.id = m_context.chat(group.room);
    chat.kind = kind;
    chat.nick = group.nick;
    if (!group.name.isEmpty()) chat.name = group.name;
    chat.capabilities = group.capabilities;
    chat.autojoin = true;
    keep(chat);
    if (bookmark && kind == ChatKind::Muc) {
        auto kept =
            m_context.connection.putBookmark({group.room, chat.name, group.nick, request.password, true});
        Q_UNUSED(kept) // a server without bookmarks: the local list brings the room back
    }
    setState(group.room, Membership::Joined);
    Q_EMIT joined(chat.id, kind, group.capabilities.testFlag(Capability::Archive));
    return chat.id;
}

QFuture<Result<ChatId>> Groups::create(const QString &name, const QString &nick, std::optional<ChatKind> kind)
{
    const ChatKind wanted = kind.value_or(ChatKind::Muc);
    return m_context.connection.roomService(wanted)
        .then(this,
              [this, wanted, name, nick](const Result<Jid> &service) {
                  if (!service) return answered(Result<ChatId>(service.error()));
                  const CreateRequest request{*service, {}, name, nick};
                  return m_context.connection.driver(wanted)->create(request).then(
                      this, [this, wanted](const Result<JoinedGroup> &group) -> Result<ChatId> {
                          if (!group) return group.error();
                          return entered(wanted, *group, {group->room, group->nick, {}, 0}, true);
                      });
              })
        .unwrap();
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
    const Chat room = m_rooms.value(chat.address);
    if (room.id.isEmpty() || m_states.value(chat.address).membership == Membership::Joining) return;
    const QString nick = room.nick.isEmpty() ? m_context.account.local() : room.nick;
    auto joining = joinAs(room.kind, {chat.address, nick, m_passwords.value(chat.address), 50}, false);
    Q_UNUSED(joining) // its outcome shows as the room's state
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
    chat.capabilities = group.capabilities;
    if (chat != before) keep(chat);
}

void Groups::setState(const Jid &room, Membership membership, const Error &failure)
{
    const ChatState state{membership, failure, {}};
    if (m_states.value(room) == state) return;
    m_states.insert(room, state);
    Q_EMIT stateChanged(m_context.chat(room), state);
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
        changed.autojoin = chat.autojoin;
        return chats.update(changed);
    });
    Q_UNUSED(kept) // a full disk shows itself at the next message; the room works without
    if (m_memberChanges.contains(chat.id.address)) scheduleParticipants();
}

void Groups::scheduleParticipants()
{
    if (std::exchange(m_writeScheduled, true)) return;
    QMetaObject::invokeMethod(this, &Groups::writeParticipants, Qt::QueuedConnection);
}

void Groups::writeParticipants()
{
    m_writeScheduled = false;
    // Members come before the answer to joining: those of a room that is not kept yet wait for keep().
    QHash<Jid, MemberChanges> changes;
    for (auto it = m_memberChanges.begin(); it != m_memberChanges.end();) {
        if (!m_rooms.contains(it.key())) {
            ++it;
            continue;
        }
        changes.insert(it.key(), *it);
        it = m_memberChanges.erase(it);
    }
    if (changes.isEmpty()) return;
    auto written =
        m_context.database.write([changes, account = m_context.account](Transaction &tx) -> Outcome {
            ChatStore chats(tx);
            for (const auto &[room, change] : changes.asKeyValueRange()) {
                const ChatId chat{account, room};
                const auto known = chats.find(chat);
                if (!known) return known.error();
                if (!*known) continue; // left meanwhile
                if (change.all)
                    if (auto done = chats.setParticipants(chat, *change.all); !done) return done;
                for (const auto &[key, participant] : change.some.asKeyValueRange()) {
                    auto done = participant ? chats.putParticipant(chat, *participant)
                                            : chats.removeParticipant(chat, key);
                    if (!done) return done;
                }
            }
            return {};
        });
    Q_UNUSED(written)
}

} // namespace Mingle
