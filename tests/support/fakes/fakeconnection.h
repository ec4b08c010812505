// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fakeavatars.h"
#include "fakes/fakecontrols.h"
#include "fakes/fakedirectory.h"
#include "fakes/fakepeople.h"
#include "fakes/fakepreferences.h"
#include "xmpp/connection.h"

#include <QHash>
#include <QSet>

#include <memory>

namespace Mingle {

/// A room that anybody may enter.
inline RoomCard publicRoom(const Jid &address, ChatKind kind, const QString &name, bool archived = true)
{
    RoomCard room;
    room.address = address;
    room.kind = kind;
    room.name = name;
    room.properties.setFlag(RoomProperty::Archived, archived);
    room.told = RoomProperties::fromInt(0x7f);
    return room;
}

/// The server behind all FakeConnections of a test: set it up before the accounts start, look at it afterwards.
/// Everything happens on the session thread; do() brings a call there and waits.
class FakeServer
{
public:
    Error refuseLogin; ///< what open() ends with, unless None
    QByteArray password; ///< if set, another one is refused
    QByteArray features; ///< what it offers for logging in
    QList<Credentials> logins; ///< every try, in order
    QHash<Jid, RoomCard> rooms;
    QHash<Jid, QList<Participant>> members;
    QHash<Jid, QList<IncomingMessage>> archives; ///< oldest first; the account's own under its bare address
    QList<Bookmark> bookmarks;
    QList<Contact> roster;
    BlockedPeople blocked;
    FakeAvatarShelf avatars;
    QList<QString>
        said; ///< what was asked of contacts and the block list, in order: "subscribed grace@chat.test"
    Error refuseBlocking; ///< asking and changing
    QByteArray keptRoster; ///< what rosterKept() says at each login, unless empty
    QHash<Jid, ReadMark> readMarks; ///< by chat
    QList<ReadMark> toldMarks; ///< that came from this device, in order
    Error refuseReadMarks; ///< asking and telling
    KeptPreferences preferences;
    bool acknowledge = true; ///< otherwise sent messages stay unanswered until acknowledgeAll()
    bool swallow = false; ///< acknowledges, and then loses what was sent
    bool reflect = true; ///< rooms send messages back
    bool resumable = false;
    bool silent = false; ///< gives no sign of life when it is doubted
    Error refuseJoin;
    bool slowJoins = false; ///< a room lets in a moment later
    QList<Jid> joins; ///< every try, in order
    Error losePutBookmark; ///< what is published does not arrive
    QList<OutgoingMessage> sent; ///< everything that reached the server, in order
    QList<ArchiveQuery> asked; ///< of all archives, in order
    bool holdPages = false; ///< pages are made up at once, and come with releasePages()
    bool alwaysSamePage = false; ///< whatever is asked for, the newest, and that it is not the last
    int archivePagesUntilFailure = -1; ///< after that many pages requests time out; -1: never
    FakePlaces places; ///< what can be found

    bool mixSuits = false;
    ControlsLog controls; ///< of both kinds of rooms

    class FakeConnection *connection = nullptr; ///< the latest
    ConnectionFactory factory();
    /// Runs call on the session thread and waits for it.
    void run(const std::function<void()> &call);
    /// A message from somebody else arrives now and is archived.
    void deliver(IncomingMessage message);
    /// Another device of the account says how far it has read.
    void readElsewhere(const ReadMark &mark);
    void putOut(const Jid &room, ChatKind kind, const Error &reason);
    /// The room lets me do this from now on.
    void grant(const Jid &room, ChatKind kind, Capabilities capabilities);
    /// The stream breaks.
    void cut(const Error &reason = {Error::Kind::ConnectionLost, {}, {}});
    void acknowledgeAll();
    /// Messages that were sent while acknowledge is false.
    qsizetype unacknowledged();
    void releasePages();
    /// Puts a message into an archive and gives it the next id.
    IncomingMessage archived(IncomingMessage message);

private:
    int m_nextId = 1;
};

class FakeDriver : public GroupDriver
{
    Q_OBJECT
public:
    FakeDriver(ChatKind kind, FakeServer &server, QObject *parent);
    ChatKind kind() const override { return m_kind; }
    QFuture<Result<JoinedGroup>> join(const JoinRequest &request) override;
    QFuture<Outcome> leave(const Jid &room) override;
    QFuture<Result<JoinedGroup>> create(const CreateRequest &request) override;
    bool isJoined(const Jid &room) const override { return m_joined.contains(room); }
    GroupControls &controls() override { return m_controls; }
    void enter(const Jid &room) { m_joined.insert(room); }
    /// As a room or its service does.
    void putOut(const Jid &room, const Error &reason);
    void forgetAll() { m_joined.clear(); }

private:
    JoinedGroup joined(const Jid &room, const QString &nick) const;
    void forgetContact(const Jid &room);
    Result<JoinedGroup> letIn(const JoinRequest &request);

    ChatKind m_kind;
    FakeServer &m_server;
    FakeControls m_controls;
    QSet<Jid> m_joined;
};

class FakeArchive : public Archive
{
    Q_OBJECT
public:
    FakeArchive(FakeServer &server, QObject *parent)
        : Archive(parent)
        , m_server(server)
    {}
    QFuture<Result<ArchivePage>> fetch(const ArchiveQuery &query) override;
    void releasePages();

private:
    Result<ArchivePage> page(const ArchiveQuery &query);

    FakeServer &m_server;
    QList<std::pair<Result<ArchivePage>, std::shared_ptr<QPromise<Result<ArchivePage>>>>> m_held;
};

class FakeConnection : public Connection
{
    Q_OBJECT
public:
    explicit FakeConnection(FakeServer &server);

    void open(const Account &account, const Credentials &credentials) override;
    void close() override;
    void abort() override;
    void doubt() override;
    State state() const override { return m_state; }
    Jid boundAddress() const override { return m_address; }
    void setActive(bool) override {}
    QFuture<Outcome> sendMessage(const OutgoingMessage &message) override;
    QFuture<Result<RoomCard>> discoverRoom(const Jid &address) override;
    QFuture<Result<Jid>> twinOf(const Jid &room) override
    {
        return answered(Result(m_server.rooms.value(room).twin));
    }
    QFuture<Result<Jid>> roomService(ChatKind kind) override;
    QFuture<Result<bool>> mixSuits(const QList<Jid> &, bool) override
    {
        return answered(Result<bool>(m_server.mixSuits));
    }
    QFuture<Result<QList<Bookmark>>> bookmarks() override { return answered(Result(m_server.bookmarks)); }
    QFuture<Outcome> putBookmark(const Bookmark &bookmark) override;
    QFuture<Outcome> removeBookmark(const Jid &room) override;
    QFuture<Result<QList<ReadMark>>> readMarks() override;
    QFuture<Outcome> putReadMark(const ReadMark &mark) override;
    GroupDriver *driver(ChatKind kind) override { return kind == ChatKind::Mix ? m_mix : m_muc; }
    Archive *archive() override { return m_archive; }
    RoomDirectory *directory() override { return m_directory; }
    FakePreferences *preferences() override { return m_preferences; }
    ContactList *contactList() override { return m_people; }
    BlockList *blockList() override { return m_blocks; }
    FakeAvatars *avatars() override { return m_avatars; }

    void end(const Error &reason);
    void acknowledgeAll();
    qsizetype unacknowledged() const { return m_unacknowledged.size(); }
    void releasePages() { m_archive->releasePages(); }

private:
    void setState(State state);
    void goLive();
    void reflect(const OutgoingMessage &message);

    FakeServer &m_server;
    FakeDriver *m_muc;
    FakeDriver *m_mix;
    FakeArchive *m_archive;
    FakeDirectory *m_directory;
    FakePreferences *m_preferences;
    FakePeople *m_people;
    FakeBlocks *m_blocks;
    FakeAvatars *m_avatars;
    State m_state = State::Offline;
    Jid m_address;
    bool m_mayResume = false;
    QList<std::pair<OutgoingMessage, std::shared_ptr<QPromise<Outcome>>>> m_unacknowledged;
};

} // namespace Mingle
