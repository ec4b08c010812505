// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/accounts.h"

#include "core/futures.h"
#include "session/accountsworker.h"
#include "session/avatarsdoor.h"
#include "session/directorydoor.h"
#include "session/peopledoor.h"
#include "session/preferencesdoor.h"
#include "session/roomdoor.h"

#include <QThread>

namespace Mingle {

struct Accounts::Private {
    explicit Private(AccountsWorker *onThread)
        : worker(onThread)
        , rooms(*onThread)
        , preferences(*onThread)
        , directory(*onThread)
        , people(*onThread)
        , avatars(*onThread)
    {}
    QThread thread;
    AccountsWorker *worker; ///< lives and dies on the thread
    RoomDoor rooms;
    PreferencesDoor preferences;
    DirectoryDoor directory;
    PeopleDoor people;
    AvatarsDoor avatars;
};

Accounts::Accounts(const AccountsDependencies &dependencies)
    : d(std::make_unique<Private>(new AccountsWorker(dependencies)))
{
    qRegisterMetaType<QList<Account>>();
    qRegisterMetaType<ConnectionStatus>();
    qRegisterMetaType<ChatState>();
    qRegisterMetaType<Invitation>();
    qRegisterMetaType<ConnectReport>();
    d->worker->moveToThread(&d->thread);
    // Direct: this only hands on, and the receivers choose their thread by their context.
    connect(d->worker, &AccountsWorker::accountsChanged, this, &Accounts::accountsChanged,
            Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::statusChanged, this, &Accounts::statusChanged, Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::chatStateChanged, this, &Accounts::chatStateChanged,
            Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::attention, this, &Accounts::attention, Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::roomListChanged, this, &Accounts::roomListChanged,
            Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::invited, this, &Accounts::invited, Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::keychainMissing, this, &Accounts::keychainMissing,
            Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::storingChanged, this, &Accounts::storingChanged,
            Qt::DirectConnection);
    connect(d->worker, &AccountsWorker::connectReported, this, &Accounts::connectReported,
            Qt::DirectConnection);
    d->thread.setObjectName(QStringLiteral("session"));
    d->thread.start();
}

Accounts::~Accounts()
{
    disconnect(d->worker, nullptr, this, nullptr);
    QMetaObject::invokeMethod(d->worker, &AccountsWorker::shutDown);
    d->thread.wait();
}

QFuture<Result<QList<Account>>> Accounts::load()
{
    return runOn(d->worker, [w = d->worker] { return w->load(); });
}

QFuture<Outcome> Accounts::add(const Account &account, const QByteArray &password, bool keep)
{
    return runOn(d->worker,
                 [w = d->worker, account, password, keep] { return w->add(account, password, keep); });
}

QFuture<Outcome> Accounts::remove(const Jid &account)
{
    return runOn(d->worker, [w = d->worker, account] { return w->remove(account); });
}

QFuture<Result<QList<Account>>> Accounts::list()
{
    return runOn(d->worker, [w = d->worker] { return w->list(); });
}

void Accounts::setPassword(const Jid &account, const QByteArray &password, bool keep)
{
    d->worker->with(account, [password, keep](Session &session) { session.startWith(password, keep); });
}

void Accounts::retryNow(const Jid &account)
{
    d->worker->with(account, [](Session &session) { session.retryNow(); });
}

void Accounts::retryStoring()
{
    QMetaObject::invokeMethod(d->worker, &AccountsWorker::retryStoring);
}

void Accounts::setOnline(const Jid &account, bool online)
{
    d->worker->with(account, [online](Session &session) { online ? session.retryNow() : session.stop(); });
}

void Accounts::setOnScreen(const ChatId &chat)
{
    QMetaObject::invokeMethod(d->worker, [w = d->worker, chat] { w->setOnScreen(chat); });
}

void Accounts::networkChanged()
{
    QMetaObject::invokeMethod(d->worker, [w = d->worker] { w->networkChanged(); });
}

void Accounts::setActive(bool active)
{
    QMetaObject::invokeMethod(d->worker, [w = d->worker, active] { w->setActive(active); });
}

QFuture<Result<ChatId>> Accounts::joinRoom(const Jid &account, const Jid &room, const QString &nick,
                                           const QString &password)
{
    const JoinRequest request{room.bare(), nick.isEmpty() ? account.local() : nick, password, 50};
    return d->worker->ask<ChatId>(account,
                                  [request](Session &session) { return session.groups().join(request); });
}

RoomDoor &Accounts::rooms()
{
    return d->rooms;
}

QFuture<Outcome> Accounts::leaveRoom(const ChatId &chat)
{
    return d->worker->ask<std::monostate>(chat.account,
                                          [chat](Session &session) { return session.groups().leave(chat); });
}

QFuture<Result<ChatId>> Accounts::startTalk(const Jid &account, const Jid &person)
{
    return d->worker->ask<ChatId>(account,
                                  [person](Session &session) { return session.people().startTalk(person); });
}

void Accounts::rejoin(const ChatId &chat)
{
    d->worker->with(chat.account, [chat](Session &session) { session.groups().rejoin(chat); });
}

QFuture<Result<qint64>> Accounts::sendMessage(const ChatId &chat, const QString &body)
{
    return d->worker->ask<qint64>(chat.account,
                                  [chat, body](Session &session) { return session.sendMessage(chat, body); });
}

QFuture<Outcome> Accounts::retryMessage(const ChatId &chat, qint64 row)
{
    return d->worker->ask<std::monostate>(
        chat.account, [chat, row](Session &session) { return session.outbox().retry(chat, row); });
}

QFuture<Outcome> Accounts::discardMessage(const ChatId &chat, qint64 row)
{
    return d->worker->ask<std::monostate>(
        chat.account, [chat, row](Session &session) { return session.outbox().discard(chat, row); });
}

void Accounts::markRead(const ChatId &chat, qint64 row)
{
    QMetaObject::invokeMethod(d->worker, [w = d->worker, chat, row] { w->markRead(chat, row); });
}

void Accounts::setDraft(const ChatId &chat, const QString &text)
{
    d->worker->writeChat([chat, text](ChatStore &chats) { return chats.setDraft(chat, text); });
}

QFuture<Outcome> Accounts::fetchOlder(const ChatId &chat, qint64 row)
{
    return d->worker->ask<std::monostate>(
        chat.account, [chat, row](Session &session) { return session.fetchOlder(chat, row); });
}

PreferencesDoor &Accounts::preferences()
{
    return d->preferences;
}

AvatarsDoor &Accounts::avatars()
{
    return d->avatars;
}

PeopleDoor &Accounts::people()
{
    return d->people;
}

QFuture<QHash<ChatId, ChatState>> Accounts::chatStates()
{
    return d->worker->gather<QHash<ChatId, ChatState>>([](Session &session, QHash<ChatId, ChatState> &all) {
        for (const auto *states : {&session.groups().states(), &session.people().states()})
            for (const auto &[address, state] : states->asKeyValueRange())
                all.insert({session.account().address, address}, state);
    });
}

QFuture<QHash<Jid, ConnectionStatus>> Accounts::statuses()
{
    return d->worker->gather<QHash<Jid, ConnectionStatus>>(
        [](Session &session, QHash<Jid, ConnectionStatus> &all) {
            all.insert(session.account().address, session.status());
        });
}

DirectoryDoor &Accounts::directory()
{
    return d->directory;
}

} // namespace Mingle
