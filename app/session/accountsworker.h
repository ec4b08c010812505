// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/futures.h"
#include "core/room.h"
#include "session/accounts.h"
#include "session/groups.h"
#include "session/outbox.h"
#include "session/people.h"
#include "session/roomactions.h"
#include "session/session.h"
#include "storage/chatstore.h"

#include <QHash>

namespace Mingle {

/// The part of Accounts that lives on the session thread: owns the sessions.
class AccountsWorker : public QObject
{
    Q_OBJECT
public:
    explicit AccountsWorker(const AccountsDependencies &dependencies)
        : m_dependencies(dependencies)
    {}
    ~AccountsWorker() override;

    QFuture<Result<QList<Account>>> load();
    QFuture<Outcome> add(Account account, const QByteArray &password, bool keep);
    QFuture<Outcome> remove(const Jid &address);
    QFuture<Result<QList<Account>>> list();
    void networkChanged();
    void setActive(bool active);
    void setOnScreen(const ChatId &chat);
    void retryStoring();
    void markRead(const ChatId &chat, qint64 row);
    /// Closes all streams, then ends the thread this lives on.
    void shutDown();

    // The following may be called from any thread.

    /// Calls call(Session &) on the session thread if there is such an account.
    template<typename Call>
    void with(const Jid &account, Call call)
    {
        QMetaObject::invokeMethod(this, [this, account, call] {
            if (Session *session = m_sessions.value(account)) call(*session);
        });
    }

    /// The answer of call(Session &); NotFound without such an account.
    template<typename T, typename Call>
    QFuture<Result<T>> ask(const Jid &account, Call call)
    {
        return runOn(this, [this, account, call]() -> QFuture<Result<T>> {
            Session *session = m_sessions.value(account);
            return session ? call(*session)
                           : answered(Result<T>(Error::Kind::NotFound, QStringLiteral("account")));
        });
    }

    /// Something about all sessions.
    template<typename T, typename Call>
    QFuture<T> gather(Call call)
    {
        auto promise = std::make_shared<QPromise<T>>();
        promise->start();
        QMetaObject::invokeMethod(this, [this, call, promise] {
            T all;
            for (Session *session : std::as_const(m_sessions))
                call(*session, all);
            promise->addResult(std::move(all));
            promise->finish();
        });
        return promise->future();
    }

    void writeChat(const std::function<Outcome(ChatStore &)> &write);

Q_SIGNALS:
    void accountsChanged(const QList<Mingle::Account> &accounts);
    void statusChanged(const Mingle::Jid &account, const Mingle::ConnectionStatus &status);
    void chatStateChanged(const Mingle::ChatId &chat, const Mingle::ChatState &state);
    void attention(const Mingle::ChatId &chat, const QString &author, const QString &text);
    void roomListChanged(const Mingle::ChatId &chat, Mingle::AccessList list);
    void invited(const Mingle::ChatId &chat, const Mingle::Invitation &invitation);
    void storingChanged(const Mingle::Jid &account, const Mingle::Error &error);
    void connectReported(const Mingle::Jid &account, const Mingle::ConnectReport &report);
    void keychainMissing(const Mingle::Jid &account, const Mingle::Error &error);

private:
    Session *makeSession(const Account &account);
    void dropSession(Session *session);
    void announce();
    void finishAdding(Session *session, bool keep, std::shared_ptr<QPromise<Outcome>> promise);

    AccountsDependencies m_dependencies;
    QHash<Jid, Session *> m_sessions;
    bool m_active = true;
    ChatId m_onScreen;
};

} // namespace Mingle
