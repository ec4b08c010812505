// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/archiveclient.h"
#include "xmpp/avatarclient.h"
#include "xmpp/blockclient.h"
#include "xmpp/bookmarkclient.h"
#include "xmpp/clientstream.h"
#include "xmpp/clientwire.h"
#include "xmpp/connection.h"
#include "xmpp/discodirectory.h"
#include "xmpp/messagerouter.h"
#include "xmpp/mixdriver.h"
#include "xmpp/mixsupport.h"
#include "xmpp/mucdriver.h"
#include "xmpp/mucselfping.h"
#include "xmpp/preferenceclient.h"
#include "xmpp/readmarkclient.h"
#include "xmpp/rosterclient.h"

namespace Mingle {

/// Connection on QXmpp: a stream, the wire on it, and everything that speaks on the wire.
class QxmppConnection : public Connection
{
    Q_OBJECT
public:
    explicit QxmppConnection(const StreamOptions &options, QObject *parent = nullptr);

    void open(const Account &account, const Credentials &credentials) override;
    void close() override { m_stream.close(); }
    void abort() override { m_stream.abort(); }
    void doubt() override { m_stream.doubt(); }
    State state() const override { return m_stream.state(); }
    Jid boundAddress() const override { return state() == State::Live ? m_wire.ownAddress() : Jid(); }
    void setActive(bool active) override { m_stream.setActive(active); }

    QFuture<Outcome> sendMessage(const OutgoingMessage &message) override;

    QFuture<Result<RoomCard>> discoverRoom(const Jid &address) override
    {
        return m_disco.discoverRoom(address);
    }
    QFuture<Result<Jid>> twinOf(const Jid &room) override { return m_disco.twinOf(room); }
    QFuture<Result<Jid>> roomService(ChatKind kind) override { return m_disco.roomService(kind); }

    QFuture<Result<bool>> mixSuits(const QList<Jid> &people, bool isPrivate) override
    {
        return m_mixSupport.suits(people, isPrivate);
    }

    QFuture<Result<QList<Bookmark>>> bookmarks() override { return m_bookmarks.bookmarks(); }
    QFuture<Outcome> putBookmark(const Bookmark &bookmark) override
    {
        return m_bookmarks.putBookmark(bookmark);
    }
    QFuture<Outcome> removeBookmark(const Jid &room) override { return m_bookmarks.removeBookmark(room); }

    QFuture<Result<QList<ReadMark>>> readMarks() override { return m_readMarks.readMarks(); }
    QFuture<Outcome> putReadMark(const ReadMark &mark) override { return m_readMarks.putReadMark(mark); }

    GroupDriver *driver(ChatKind kind) override;
    Archive *archive() override { return &m_archive; }
    ChatPreferences *preferences() override { return &m_preferences; }
    RoomDirectory *directory() override { return &m_directory; }
    ContactList *contactList() override { return &m_roster; }
    BlockList *blockList() override { return &m_blocks; }
    Avatars *avatars() override { return &m_avatars; }

private:
    // In this order: each speaks through what stands before it. Later ones hear of a stanza after earlier
    // ones.
    ClientStream m_stream;
    ClientWire m_wire;
    RosterClient m_roster;
    MucDriver m_muc;
    MucSelfPing m_selfPing;
    MixDriver m_mix;
    ArchiveClient m_archive;
    MessageRouter m_router;
    BookmarkClient m_bookmarks;
    PreferenceClient m_preferences;
    ReadMarkClient m_readMarks;
    DiscoClient m_disco;
    MixSupport m_mixSupport;
    DiscoDirectory m_directory;
    BlockClient m_blocks;
    AvatarClient m_avatars;
};

} // namespace Mingle
