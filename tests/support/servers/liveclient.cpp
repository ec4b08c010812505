// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/servers/liveclient.h"

#include "support/servers/throwawayserver.h"
#include "xmpp/connectionfactory.h"

namespace Mingle {

LiveClient::LiveClient(const ThrowawayServer &server, const QString &user, const QString &resource)
    : m_account(server.account(user, resource))
    , m_password(ThrowawayServer::password(user))
    , m_connection(qxmppConnections()())
{
    Connection *c = m_connection.get();
    QObject::connect(c, &Connection::messageReceived, &m_context,
                     [this](const IncomingMessage &message) { messages.append(message); });
    QObject::connect(c, &Connection::rosterReceived, &m_context, [this](const QList<Contact> &contacts) {
        roster = contacts;
        hasRoster = true;
    });
    QObject::connect(c, &Connection::presenceChanged, &m_context,
                     [this](const Jid &contact, Presence presence) { presences.insert(contact, presence); });
    QObject::connect(c, &Connection::bookmarkChanged, &m_context,
                     [this](const Bookmark &bookmark) { changedBookmarks.append(bookmark); });
    QObject::connect(c, &Connection::bookmarkRemoved, &m_context,
                     [this](const Jid &room) { removedBookmarks.append(room); });
    QObject::connect(c, &Connection::closed, &m_context, [this](const Error &reason) { closed = reason; });
    follow(c->driver(ChatKind::Muc));
    follow(c->driver(ChatKind::Mix));
}

LiveClient::~LiveClient()
{
    close();
}

void LiveClient::follow(GroupDriver *driver)
{
    QObject::connect(driver, &GroupDriver::participantsReset, &m_context,
                     [this](const Jid &room, const QList<Participant> &all) {
                         auto &list = people[room];
                         list.clear();
                         for (const Participant &participant : all)
                             list.insert(participant.key, participant);
                     });
    QObject::connect(driver, &GroupDriver::participantChanged, &m_context,
                     [this](const Jid &room, const Participant &one) { people[room].insert(one.key, one); });
    QObject::connect(driver, &GroupDriver::participantRemoved, &m_context,
                     [this](const Jid &room, const QString &key) { people[room].remove(key); });
    QObject::connect(driver, &GroupDriver::groupChanged, &m_context,
                     [this](const JoinedGroup &group) { groups.insert(group.room, group); });
    QObject::connect(driver, &GroupDriver::removed, &m_context,
                     [this](const Jid &room, const Error &reason) { removals.insert(room, reason); });
}

bool LiveClient::open()
{
    hasRoster = false;
    m_connection->open(m_account, {m_password, {}, {}});
    const auto settled = [this] {
        const auto state = m_connection->state();
        return (state == Connection::State::Live && hasRoster) || state == Connection::State::Offline;
    };
    const bool live = QTest::qWaitFor(settled, 60'000) && m_connection->state() == Connection::State::Live;
    if (!live)
        qWarning("login failed: %d %s %s", int(closed.kind), qPrintable(closed.condition),
                 qPrintable(closed.text));
    return live;
}

void LiveClient::close()
{
    m_connection->close();
    const auto isClosed = [this] { return m_connection->state() == Connection::State::Offline; };
    if (!QTest::qWaitFor(isClosed, 10'000)) qWarning("the connection does not close");
}

IncomingMessage LiveClient::waitForMessage(const Jid &chat, const QString &body, int timeoutMs)
{
    IncomingMessage found;
    qsizetype seen = 0;
    const auto come = [&] {
        for (; seen < messages.size() && found.chat.isEmpty(); ++seen)
            if (messages[seen].chat == chat && messages[seen].body == body) found = messages[seen];
        return !found.chat.isEmpty();
    };
    if (!QTest::qWaitFor(come, timeoutMs)) qWarning("no such message within %d ms", timeoutMs);
    return found;
}

bool LiveClient::say(const Jid &chat, ChatKind kind, const QString &body, const QString &id)
{
    OutgoingMessage message;
    message.to = chat;
    message.kind = kind;
    message.body = body;
    message.id = id;
    return wait(m_connection->sendMessage(message)).ok();
}

} // namespace Mingle
