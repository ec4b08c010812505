// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/avatarkeeper.h"

#include "core/futures.h"
#include "core/ports.h"
#include "storage/avatarstore.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"
#include "xmpp/connection.h"

namespace Mingle {

namespace {
constexpr int atOnce = 4;
constexpr qsizetype maxWaiting = 1000;
constexpr qsizetype maxMissing = 10'000;
constexpr qsizetype maxTold = 20'000;
} // namespace

AvatarKeeper::AvatarKeeper(const SessionContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(m_context.connection.avatars(), &Avatars::changed, this, &AvatarKeeper::changed);
}

void AvatarKeeper::beginSession()
{
    m_missing.clear();
    m_looked.clear();
    m_told.clear();
}

void AvatarKeeper::changed(const Jid &from, const QString &id)
{
    const Jid bare = from.bare();
    const auto told = m_told.constFind(from);
    if (told != m_told.cend() && *told == id) return;
    if (m_told.size() < maxTold || told != m_told.cend()) m_told.insert(from, id);
    if (bare == m_context.account) return Q_EMIT mineChanged(id);
    const bool byDevice = !from.resource().isEmpty();
    auto stored =
        m_context.database.write([chatId = m_context.chat(bare), id, byDevice](Transaction &tx) -> Outcome {
            ChatStore chats(tx);
            const auto chat = chats.find(chatId);
            if (!chat) return chat.error();
        // Nobody in a room speaks for it, and of strangers nothing is kept.
            if (!*chat || (*chat)->avatar == id || (*chat)->isRoom() == byDevice) return {};
            if (!(*chat)->isRoom() && !(*chat)->ties.testFlag(Tie::Contact)) return {};
            Chat changed = **chat;
            changed.avatar = id;
            return chats.update(changed);
        });
    Q_UNUSED(stored) // their next presence tells again
}

QFuture<AvatarKeeper::Answer> AvatarKeeper::picture(const Jid &of, const QString &id)
{
    if (!isAvatarId(id)) return answered(Answer(Error::Kind::InvalidInput));
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    const auto here = m_context.database.write(
        [id, now = m_context.clock.now()](Transaction &tx) { return AvatarStore(tx).find(id, now); });
    whenDone(here, this, [this, wanted = Wanted{of, id, promise}](const Answer &data) {
        if (data && data->isEmpty()) return fetch(wanted);
        wanted.promise->addResult(data);
        wanted.promise->finish();
    });
    return promise->future();
}

void AvatarKeeper::fetch(const Wanted &wanted)
{
    const bool live = m_context.connection.state() == Connection::State::Live;
    if (live && !m_missing.contains({wanted.of, wanted.id}) && m_waiting.size() < maxWaiting) {
        m_waiting.enqueue(wanted);
        return fetchNext();
    }
    wanted.promise->addResult(Answer(live ? Error::Kind::NotFound : Error::Kind::ConnectionLost));
    wanted.promise->finish();
}

void AvatarKeeper::fetchNext()
{
    while (m_underWay < atOnce && !m_waiting.isEmpty()) {
        const Wanted next = m_waiting.dequeue();
        ++m_underWay;
        whenDone(
            m_context.connection.avatars()->fetch(next.of, next.id), this, [this, next](const Answer &data) {
                --m_underWay;
                if (data)
                    store(next.id, *data);
                else if (data.error().kind != Error::Kind::ConnectionLost && m_missing.size() < maxMissing)
                    m_missing.insert({next.of, next.id});
                next.promise->addResult(data);
                next.promise->finish();
                fetchNext();
            });
    }
}

void AvatarKeeper::store(const QString &id, const QByteArray &data)
{
    auto stored = m_context.database.write([id, data, now = m_context.clock.now()](Transaction &tx) {
        return AvatarStore(tx).put(id, data, now);
    });
    Q_UNUSED(stored) // fetched once more then
}

void AvatarKeeper::look(const ChatId &chat)
{
    if (m_context.connection.state() != Connection::State::Live || m_looked.contains(chat.address)) return;
    m_looked.insert(chat.address);
    auto known = m_context.database.write([chat](Transaction &tx) -> Result<bool> {
        const auto stored = ChatStore(tx).find(chat);
        if (!stored) return stored.error();
        const bool contact = *stored && !(*stored)->isRoom() && (*stored)->ties.testFlag(Tie::Contact);
        return !contact || !(*stored)->avatar.isEmpty();
    });
    whenDone(known, this, [this, chat](const Result<bool> &enough) {
        if (!enough || *enough) return;
        whenDone(m_context.connection.avatars()->current(chat.address), this,
                 [this, chat](const Result<QString> &id) {
                     if (id && !id->isEmpty()) changed(chat.address.withResource(QStringLiteral("-")), *id);
                 });
    });
}

QFuture<Outcome> AvatarKeeper::publish(const AvatarUpload &picture)
{
    return m_context.connection.avatars()->publish(picture).then(this, [this, picture](const Outcome &done) {
        if (!done) return done;
        const QString id = picture.data.isEmpty() ? QString() : avatarIdOf(picture.data);
        if (!id.isEmpty()) store(id, picture.data);
        Q_EMIT mineChanged(id);
        return done;
    });
}

QFuture<AvatarKeeper::Answer> AvatarKeeper::mine()
{
    return m_context.connection.avatars()
        ->current(m_context.account)
        .then(this,
              [this](const Result<QString> &id) {
                  if (!id) return answered(Answer(id.error()));
                  return id->isEmpty() ? answered(Answer(QByteArray())) : picture(m_context.account, *id);
              })
        .unwrap();
}

} // namespace Mingle
