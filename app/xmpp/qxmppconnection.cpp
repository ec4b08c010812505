// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/qxmppconnection.h"

#include "xmpp/connectionfactory.h"

namespace Mingle {

QxmppConnection::QxmppConnection(const StreamOptions &options, QObject *parent)
    : Connection(parent)
    , m_stream(options, this)
    , m_wire(m_stream, options.lost, this)
    , m_roster(m_wire, this)
    , m_muc(m_wire, this)
    , m_selfPing(m_wire, m_muc, this)
    , m_mix(m_wire, this)
    , m_archive(m_wire, m_muc, m_mix, this)
    , m_router(m_wire, m_muc, m_mix, this)
    , m_bookmarks(m_wire, this)
    , m_preferences(m_wire, m_bookmarks, this)
    , m_readMarks(m_wire, this)
    , m_disco(m_wire, this)
    , m_mixSupport(m_wire, m_disco, this)
    , m_directory(m_wire, m_disco, this)
    , m_blocks(m_wire, this)
    , m_avatars(m_wire, this)
{
    m_mix.follow(m_roster);
    connect(&m_stream, &ClientStream::stateChanged, this, &Connection::stateChanged);
    connect(&m_stream, &ClientStream::live, this, &Connection::live);
    connect(&m_stream, &ClientStream::closed, this, &Connection::closed);
    connect(&m_stream, &ClientStream::reported, this, &Connection::reported);
    connect(&m_stream, &ClientStream::tokenChanged, this, &Connection::tokenChanged);
    connect(&m_stream, &ClientStream::featuresChanged, this, &Connection::featuresChanged);
    connect(&m_router, &MessageRouter::messageReceived, this, &Connection::messageReceived);
    connect(&m_roster, &RosterClient::rosterReceived, this, &Connection::rosterReceived);
    connect(&m_roster, &RosterClient::kept, this, &Connection::rosterKept);
    connect(&m_roster, &RosterClient::contactChanged, this, &Connection::contactChanged);
    connect(&m_roster, &RosterClient::contactRemoved, this, &Connection::contactRemoved);
    connect(&m_roster, &RosterClient::presenceChanged, this, &Connection::presenceChanged);
    connect(&m_bookmarks, &BookmarkClient::bookmarkChanged, this, &Connection::bookmarkChanged);
    connect(&m_bookmarks, &BookmarkClient::bookmarkRemoved, this, &Connection::bookmarkRemoved);
    connect(&m_readMarks, &ReadMarkClient::readMarkChanged, this, &Connection::readMarkChanged);
}

void QxmppConnection::open(const Account &account, const Credentials &credentials)
{
    m_roster.recall(credentials.roster);
    m_stream.open(account, credentials);
}

QFuture<Outcome> QxmppConnection::sendMessage(const OutgoingMessage &message)
{
    return m_wire.sendAcknowledged(m_router.encode(message));
}

GroupDriver *QxmppConnection::driver(ChatKind kind)
{
    switch (kind) {
    case ChatKind::Muc:
        return &m_muc;
    case ChatKind::Mix:
        return &m_mix;
    case ChatKind::Person:
        break;
    }
    return nullptr;
}

ConnectionFactory qxmppConnections(StreamOptions options)
{
    return [options = std::move(options)] { return std::make_unique<QxmppConnection>(options); };
}

} // namespace Mingle
