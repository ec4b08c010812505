// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/accountsworker.h"

#include "core/ports.h"
#include "session/readmarks.h"
#include "session/shortfall.h"
#include "storage/accountstore.h"
#include "storage/database.h"
#include "storage/transaction.h"

#include <QRandomGenerator>
#include <QThread>
#include <QTimer>

namespace Mingle {

namespace {
// Long enough for </stream:stream> to leave on a slow line, short enough for somebody closing the window.
constexpr auto closingTime = std::chrono::seconds(2);

QString newResource()
{
    return QStringLiteral("Mingle.") + QString::number(QRandomGenerator::system()->generate(), 16);
}
} // namespace

AccountsWorker::~AccountsWorker()
{
    qDeleteAll(m_sessions);
}

Session *AccountsWorker::makeSession(const Account &account)
{
    auto *session = new Session(
        account,
        {m_dependencies.database, m_dependencies.secrets, m_dependencies.clock, m_dependencies.connect()},
        this);
    const Jid address = account.address;
    connect(session, &Session::statusChanged, this,
            [this, address](const ConnectionStatus &status) { Q_EMIT statusChanged(address, status); });
    connect(session, &Session::chatStateChanged, this, &AccountsWorker::chatStateChanged);
    connect(session, &Session::attention, this, &AccountsWorker::attention);
    connect(session, &Session::roomListChanged, this, &AccountsWorker::roomListChanged);
    connect(session, &Session::invited, this, &AccountsWorker::invited);
    connect(session, &Session::keychainMissing, this,
            [this, address](const Error &error) { Q_EMIT keychainMissing(address, error); });
    connect(session, &Session::storingChanged, this,
            [this, address](const Error &error) { Q_EMIT storingChanged(address, error); });
    connect(session, &Session::connectReported, this,
            [this, address](const ConnectReport &report) { Q_EMIT connectReported(address, report); });
    session->setActive(m_active);
    session->setOnScreen(m_onScreen);
    m_sessions.insert(address, session);
    return session;
}

void AccountsWorker::dropSession(Session *session)
{
    if (m_sessions.value(session->account().address) == session)
        m_sessions.remove(session->account().address);
    session->disconnect(this);
    session->stop();
    session->deleteLater();
}

QFuture<Result<QList<Account>>> AccountsWorker::list()
{
    return m_dependencies.database.write([](Transaction &tx) { return AccountStore(tx).all(); });
}

QFuture<Result<QList<Account>>> AccountsWorker::load()
{
    return list().then(this, [this](const Result<QList<Account>> &accounts) {
        if (!accounts) return accounts;
        for (const Account &account : *accounts)
            if (account.enabled && !m_sessions.contains(account.address)) makeSession(account)->start();
        Q_EMIT accountsChanged(*accounts);
        return accounts;
    });
}

QFuture<Outcome> AccountsWorker::add(Account account, const QByteArray &password, bool keep)
{
    if (account.address.local().isEmpty()) return answered(Outcome(Error::Kind::InvalidAddress));
    if (password.isEmpty()) return answered(Outcome(Error::Kind::WrongPassword));
    account.address = account.address.bare();
    if (account.resource.isEmpty()) account.resource = newResource();
    if (Session *former = m_sessions.value(account.address)) dropSession(former);

    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    Session *session = makeSession(account);
    // Before the session stores anything of its own: all of it belongs to the account.
    connect(session, &Session::aboutToBegin, session, [this, account, session] {
        disconnect(session, &Session::aboutToBegin, session, nullptr);
        auto stored = m_dependencies.database.write(
            [account](Transaction &tx) { return AccountStore(tx).put(account); });
        whenDone(stored, this, [this](const Outcome &) { announce(); });
    });
    finishAdding(session, keep, promise);
    session->startWith(password, false);
    return promise->future();
}

void AccountsWorker::finishAdding(Session *session, bool keep, std::shared_ptr<QPromise<Outcome>> promise)
{
    using State = ConnectionStatus::State;
    auto *watch = new QObject(session);
    connect(session, &Session::statusChanged, watch,
            [this, session, keep, promise, watch](const ConnectionStatus &status) {
                if (status.state == State::Connecting || status.state == State::LoggingIn) return;
                watch->deleteLater();
                session->disconnect(watch);
                if (status.state == State::Live && keep) {
                    whenDone(session->keepCredentials(), this, [promise](const Outcome &outcome) {
                        promise->addResult(outcome);
                        promise->finish();
                    });
                    return;
                }
                promise->addResult(status.state == State::Live ? Outcome() : Outcome(status.reason));
                promise->finish();
                if (status.state != State::Live) dropSession(session);
            });
}

QFuture<Outcome> AccountsWorker::remove(const Jid &address)
{
    if (Session *session = m_sessions.value(address)) dropSession(session);
    for (const QString &key : {QStringLiteral("password/"), QStringLiteral("token/")}) {
        auto removed = m_dependencies.secrets.remove(key + address.toString());
        Q_UNUSED(removed) // there may be none
    }
    return m_dependencies.database
        .write([address](Transaction &tx) { return AccountStore(tx).remove(address); })
        .then(this, [this](const Outcome &outcome) {
            announce();
            return outcome;
        });
}

void AccountsWorker::announce()
{
    whenDone(list(), this, [this](const Result<QList<Account>> &accounts) {
        if (accounts) Q_EMIT accountsChanged(*accounts);
    });
}

void AccountsWorker::setActive(bool active)
{
    m_active = active;
    for (Session *session : std::as_const(m_sessions))
        session->setActive(active);
}

void AccountsWorker::networkChanged()
{
    for (Session *session : std::as_const(m_sessions))
        session->networkChanged();
}

void AccountsWorker::setOnScreen(const ChatId &chat)
{
    m_onScreen = chat;
    for (Session *session : std::as_const(m_sessions))
        session->setOnScreen(chat);
}

void AccountsWorker::retryStoring()
{
    for (Session *session : std::as_const(m_sessions))
        session->shortfall().retryNow();
}

void AccountsWorker::markRead(const ChatId &chat, qint64 row)
{
    if (Session *session = m_sessions.value(chat.account))
        session->readMarks().markRead(chat, row);
    else
        writeChat([chat, row](ChatStore &chats) { return chats.markRead(chat, row); });
}

void AccountsWorker::writeChat(const std::function<Outcome(ChatStore &)> &write)
{
    auto written = m_dependencies.database.write([write](Transaction &tx) {
        ChatStore chats(tx);
        return write(chats);
    });
    Q_UNUSED(written) // a draft: the next one is as good
}

void AccountsWorker::shutDown()
{
    const auto end = [this] {
        deleteLater();
        thread()->quit();
    };
    auto open = std::make_shared<int>(0);
    for (Session *session : std::as_const(m_sessions)) {
        const auto state = session->status().state;
        session->disconnect(this);
        if (state != ConnectionStatus::State::Live) continue;
        ++*open;
        connect(session, &Session::statusChanged, this, [open, end](const ConnectionStatus &status) {
            if (status.state == ConnectionStatus::State::Offline && --*open == 0) end();
        });
    }
    if (*open == 0) return end();
    QTimer::singleShot(closingTime, this, end);
    for (Session *session : std::as_const(m_sessions))
        session->stop();
}

} // namespace Mingle
