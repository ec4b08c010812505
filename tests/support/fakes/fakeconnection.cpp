// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeconnection.h"

#include <QTimer>

#include <algorithm>

namespace Mingle {

ConnectionFactory FakeServer::factory()
{
    return [this] {
        auto made = std::make_unique<FakeConnection>(*this);
        connection = made.get();
        return made;
    };
}

void FakeServer::run(const std::function<void()> &call)
{
    QMetaObject::invokeMethod(connection, call, Qt::BlockingQueuedConnection);
}

IncomingMessage FakeServer::archived(IncomingMessage message)
{
    message.archiveId = QStringLiteral("a%1").arg(m_nextId++, 6, 10, QLatin1Char('0'));
    return message;
}

void FakeServer::deliver(IncomingMessage message)
{
    run([&] {
        const Jid archive =
            message.kind == ChatKind::Person ? connection->boundAddress().bare() : message.chat;
        if (message.archiveId.isEmpty()) message = archived(message);
        archives[archive].append(message);
        Q_EMIT connection->messageReceived(message);
    });
}

void FakeServer::readElsewhere(const ReadMark &mark)
{
    run([&] {
        readMarks.insert(mark.chat, mark);
        if (connection->state() == Connection::State::Live) Q_EMIT connection->readMarkChanged(mark);
    });
}

void FakeServer::putOut(const Jid &room, ChatKind kind, const Error &reason)
{
    run([&] { static_cast<FakeDriver *>(connection->driver(kind))->putOut(room, reason); });
}

void FakeServer::cut(const Error &reason)
{
    run([&] { connection->end(reason); });
}

void FakeServer::acknowledgeAll()
{
    run([&] { connection->acknowledgeAll(); });
}

qsizetype FakeServer::unacknowledged()
{
    qsizetype count = 0;
    run([&] { count = connection->unacknowledged(); });
    return count;
}

void FakeServer::grant(const Jid &room, ChatKind kind, Capabilities capabilities)
{
    run([&] {
        JoinedGroup group;
        group.room = room;
        group.name = rooms.value(room).name;
        group.capabilities = capabilities;
        group.properties = rooms.value(room).properties;
        group.traits = 1;
        Q_EMIT connection->driver(kind)->groupChanged(group);
    });
}

FakeDriver::FakeDriver(ChatKind kind, FakeServer &server, QObject *parent)
    : GroupDriver(parent)
    , m_kind(kind)
    , m_server(server)
    , m_controls(server.controls)
{}

JoinedGroup FakeDriver::joined(const Jid &room, const QString &nick) const
{
    const RoomCard info = m_server.rooms.value(room);
    Capabilities capabilities = Capability::Send | Capability::Members | Capability::Leave;
    capabilities.setFlag(Capability::Archive, info.properties.testFlag(RoomProperty::Archived));
    JoinedGroup group;
    group.room = room;
    group.nick = nick;
    group.name = info.name;
    group.description = info.description;
    group.capabilities = capabilities;
    group.properties = info.properties;
    group.traits = 1;
    return group;
}

QFuture<Result<JoinedGroup>> FakeDriver::join(const JoinRequest &request)
{
    m_server.joins.append(request.room);
    if (m_server.refuseJoin) return answered(Result<JoinedGroup>(m_server.refuseJoin));
    if (m_server.slowJoins) {
        auto promise = std::make_shared<QPromise<Result<JoinedGroup>>>();
        promise->start();
        QTimer::singleShot(20, this, [this, request, promise] {
            promise->addResult(letIn(request));
            promise->finish();
        });
        return promise->future();
    }
    return answered(letIn(request));
}

Result<JoinedGroup> FakeDriver::letIn(const JoinRequest &request)
{
    m_joined.insert(request.room);
    if (m_kind == ChatKind::Mix) {
        // As a server with MIX-PAM does (XEP-0405): a channel that was joined is in the roster from then on.
        forgetContact(request.room);
        Contact channel;
        channel.address = request.room;
        channel.isMixChannel = true;
        m_server.roster.append(channel);
    }
    Q_EMIT participantsReset(request.room, m_server.members.value(request.room));
    return joined(request.room, request.nick);
}

void FakeDriver::putOut(const Jid &room, const Error &reason)
{
    m_joined.remove(room);
    Q_EMIT removed(room, reason);
}

QFuture<Outcome> FakeDriver::leave(const Jid &room)
{
    m_joined.remove(room);
    if (m_kind == ChatKind::Mix) forgetContact(room);
    return answered(Outcome());
}

void FakeDriver::forgetContact(const Jid &room)
{
    m_server.roster.removeIf([&room](const Contact &contact) { return contact.address == room; });
}

QFuture<Result<JoinedGroup>> FakeDriver::create(const CreateRequest &request)
{
    const QString local = request.localpart.isEmpty() ? QStringLiteral("made-up") : request.localpart;
    const Jid room = Jid::parse(local, request.service.domain()).value_or(Jid());
    if (!request.localpart.isEmpty() && m_server.rooms.contains(room))
        return answered(Result<JoinedGroup>(Error::Kind::Refused, QStringLiteral("conflict")));
    m_server.rooms.insert(room, publicRoom(room, m_kind, request.name));
    return join({room, request.nick, {}, 0});
}

void FakeServer::releasePages()
{
    run([&] {
        holdPages = false;
        connection->releasePages();
    });
}

QFuture<Result<ArchivePage>> FakeArchive::fetch(const ArchiveQuery &query)
{
    m_server.asked.append(query);
    auto promise = std::make_shared<QPromise<Result<ArchivePage>>>();
    promise->start();
    m_held.append({page(query), promise});
    if (!m_server.holdPages) releasePages();
    return promise->future();
}

void FakeArchive::releasePages()
{
    for (auto &[page, promise] : std::exchange(m_held, {})) {
        promise->addResult(page);
        promise->finish();
    }
}

Result<ArchivePage> FakeArchive::page(const ArchiveQuery &asked)
{
    if (asked.entering && !m_server.connection->driver(asked.kind)->isJoined(asked.archive))
        return Error{Error::Kind::Cancelled, QStringLiteral("too-early"), {}};
    ArchiveQuery query = asked;
    if (m_server.alwaysSamePage) query.beforeId = query.afterId = QString();
    if (m_server.archivePagesUntilFailure == 0) return Error::Kind::Timeout;
    if (m_server.archivePagesUntilFailure > 0) --m_server.archivePagesUntilFailure;
    QList<IncomingMessage> all = m_server.archives.value(query.archive);
    if (query.start.isValid()) all.removeIf([&](const IncomingMessage &m) { return m.time < query.start; });
    if (query.end.isValid()) all.removeIf([&](const IncomingMessage &m) { return m.time > query.end; });
    const auto indexOf = [&all](const QString &id) {
        return std::ranges::find(all, id, &IncomingMessage::archiveId) - all.begin();
    };
    qsizetype begin = 0;
    qsizetype end = all.size();
    const QString id = query.beforeId + query.afterId;
    if (!id.isEmpty() && indexOf(id) == all.size())
        return Error{Error::Kind::NotFound, QStringLiteral("item-not-found"), {}};
    if (!query.beforeId.isEmpty()) end = indexOf(query.beforeId);
    if (!query.afterId.isEmpty()) begin = indexOf(query.afterId) + 1;
    ArchivePage page;
    if (query.afterId.isEmpty()) {
        page.complete = end - begin <= query.limit;
        begin = std::max(begin, end - query.limit);
    } else {
        page.complete = end - begin <= query.limit;
        end = std::min(end, begin + query.limit);
    }
    page.complete &= !m_server.alwaysSamePage;
    page.messages = all.mid(begin, std::max<qsizetype>(0, end - begin));
    for (IncomingMessage &message : page.messages)
        message.route = IncomingMessage::Route::Archive;
    page.count = int(page.messages.size());
    if (page.count) {
        page.firstId = page.messages.first().archiveId;
        page.lastId = page.messages.last().archiveId;
    }
    return page;
}

FakeConnection::FakeConnection(FakeServer &server)
    : m_server(server)
    , m_muc(new FakeDriver(ChatKind::Muc, server, this))
    , m_mix(new FakeDriver(ChatKind::Mix, server, this))
    , m_archive(new FakeArchive(server, this))
    , m_directory(new FakeDirectory(
          server.places, [this](const Jid &room) { return discoverRoom(room); }, this))
    , m_preferences(new FakePreferences(server.preferences, this))
    , m_people(new FakePeople(server, this))
    , m_blocks(new FakeBlocks(server, this))
    , m_avatars(new FakeAvatars(server.avatars, this))
{}

void FakeConnection::open(const Account &account, const Credentials &credentials)
{
    m_address = account.address.withResource(QStringLiteral("fake"));
    setState(State::Connecting);
    setState(State::LoggingIn);
    m_server.logins.append(credentials);
    if (credentials.features != m_server.features) Q_EMIT featuresChanged(m_server.features);
    Error refusal = m_server.refuseLogin;
    if (!m_server.password.isEmpty() && credentials.password != m_server.password)
        refusal = {Error::Kind::WrongPassword, QStringLiteral("not-authorized"), {}};
    QMetaObject::invokeMethod(
        this, [this, refusal] { refusal ? end(refusal) : goLive(); }, Qt::QueuedConnection);
}

void FakeConnection::goLive()
{
    setState(State::Live);
    const bool resumed = m_server.resumable && m_mayResume;
    m_mayResume = true;
    if (!resumed) {
        for (const auto &[message, promise] : std::exchange(m_unacknowledged, {})) {
            promise->addResult(Outcome(Error::Kind::ConnectionLost));
            promise->finish();
        }
        m_muc->forgetAll();
        m_mix->forgetAll();
    }
    Q_EMIT live(resumed);
    if (resumed) return;
    for (const Contact &contact : m_server.roster)
        if (contact.isMixChannel) m_mix->enter(contact.address);
    Q_EMIT rosterReceived(m_server.roster);
    if (!m_server.keptRoster.isEmpty()) Q_EMIT rosterKept(m_server.keptRoster);
    for (const Contact &contact : m_server.roster)
        if (contact.isMixChannel)
            Q_EMIT m_mix->participantsReset(contact.address, m_server.members.value(contact.address));
}

void FakeConnection::close()
{
    QMetaObject::invokeMethod(this, [this] { end({}); }, Qt::QueuedConnection);
}

void FakeConnection::abort()
{
    end({Error::Kind::ConnectionLost, {}, {}});
}

void FakeConnection::doubt()
{
    if (m_server.silent) end({Error::Kind::ConnectionLost, QStringLiteral("silent"), {}});
}

void FakeConnection::end(const Error &reason)
{
    setState(State::Offline);
    if (!reason) m_mayResume = false;
    Q_EMIT closed(reason);
}

void FakeConnection::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

QFuture<Outcome> FakeConnection::sendMessage(const OutgoingMessage &message)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    m_unacknowledged.append({message, promise});
    if (m_server.acknowledge) acknowledgeAll();
    return promise->future();
}

void FakeConnection::acknowledgeAll()
{
    for (const auto &[message, promise] : std::exchange(m_unacknowledged, {})) {
        if (!m_server.swallow) m_server.sent.append(message);
        promise->addResult(Outcome());
        promise->finish();
        if (!m_server.swallow) reflect(message);
    }
}

void FakeConnection::reflect(const OutgoingMessage &message)
{
    const bool person = message.kind == ChatKind::Person;
    IncomingMessage mine;
    mine.chat = message.to;
    mine.kind = message.kind;
    mine.author = {person ? m_address.bare().toString() : QStringLiteral("p-me"), m_address.local(),
                   m_address.bare(), true, true};
    mine.stanzaId = mine.originId = message.id;
    mine.body = message.body;
    mine.time = QDateTime::fromString(QStringLiteral("2026-03-02T11:00:00Z"), Qt::ISODate);
    mine = m_server.archived(mine);
    m_server.archives[person ? m_address.bare() : message.to].append(mine);
    if (m_server.reflect && !person) Q_EMIT messageReceived(mine);
}

QFuture<Result<RoomCard>> FakeConnection::discoverRoom(const Jid &address)
{
    if (!m_server.rooms.contains(address))
        return answered(Result<RoomCard>(Error::Kind::NotFound, QStringLiteral("item-not-found")));
    return answered(Result(m_server.rooms.value(address)));
}

QFuture<Result<Jid>> FakeConnection::roomService(ChatKind kind)
{
    return answered(Result(Jid::trusted(kind == ChatKind::Mix ? u"mix.chat.test" : u"conference.chat.test")));
}

QFuture<Outcome> FakeConnection::putBookmark(const Bookmark &bookmark)
{
    if (m_server.losePutBookmark) return answered(Outcome(m_server.losePutBookmark));
    m_server.bookmarks.removeIf([&](const Bookmark &b) { return b.room == bookmark.room; });
    m_server.bookmarks.append(bookmark);
    m_server.bookmarks.last().fromOldList = false;
    return answered(Outcome());
}

QFuture<Outcome> FakeConnection::removeBookmark(const Jid &room)
{
    m_server.bookmarks.removeIf([&](const Bookmark &b) { return b.room == room; });
    return answered(Outcome());
}

QFuture<Result<QList<ReadMark>>> FakeConnection::readMarks()
{
    if (m_server.refuseReadMarks) return answered(Result<QList<ReadMark>>(m_server.refuseReadMarks));
    return answered(Result(m_server.readMarks.values()));
}

QFuture<Outcome> FakeConnection::putReadMark(const ReadMark &mark)
{
    if (m_server.refuseReadMarks) return answered(Outcome(m_server.refuseReadMarks));
    m_server.readMarks.insert(mark.chat, mark);
    m_server.toldMarks.append(mark);
    QMetaObject::invokeMethod(
        this, [this, mark] { Q_EMIT readMarkChanged(mark); }, Qt::QueuedConnection); // as PEP does
    return answered(Outcome());
}

} // namespace Mingle
