// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/session.h"

#include "core/futures.h"
#include "core/ports.h"
#include "session/avatarkeeper.h"
#include "session/groups.h"
#include "session/historysync.h"
#include "session/ordercheck.h"
#include "session/outbox.h"
#include "session/people.h"
#include "session/pipeline.h"
#include "session/preferences.h"
#include "session/privatetalks.h"
#include "session/readmarks.h"
#include "session/roomactions.h"
#include "session/shortfall.h"
#include "storage/accountstore.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/transaction.h"

#include <QRandomGenerator>

namespace Mingle {

namespace {
QString passwordKey(const Jid &account)
{
    return QStringLiteral("password/") + account.toString();
}
QString tokenKey(const Jid &account)
{
    return QStringLiteral("token/") + account.toString();
}
} // namespace

Session::Session(const Account &account, Parts parts, QObject *parent)
    : QObject(parent)
    , m_account(account)
    , m_secrets(parts.secrets)
    , m_clock(parts.clock)
    , m_connection(std::move(parts.connection))
    , m_context{account.address, parts.database, parts.clock, *m_connection}
    , m_pipeline(new Pipeline(m_context, this))
    , m_history(new HistorySync(m_context, *m_pipeline, this))
    , m_shortfall(new Shortfall(m_context, *m_pipeline, *m_history, this))
    , m_order(new OrderCheck(m_context, *m_pipeline, this))
    , m_outbox(new Outbox(m_context, this))
    , m_groups(new Groups(m_context, this))
    , m_rooms(new RoomActions(m_context, *m_groups, this))
    , m_people(new People(m_context, this))
    , m_avatars(new AvatarKeeper(m_context, this))
    , m_readMarks(new ReadMarks(m_context, *m_pipeline, this))
    , m_preferences(new Preferences(m_context, this))
    , m_privateTalks(new PrivateTalks(m_context, this))
{
    connectParts();
}

Session::~Session()
{
    // The parts use the connection, which QObject's destructor would let them outlive.
    m_connection->disconnect(this);
    qDeleteAll(children());
}

void Session::connectParts()
{
    Connection *connection = m_connection.get();
    connect(connection, &Connection::stateChanged, this, [this](Connection::State state) {
        if (state == Connection::State::Connecting)
            setStatus(ConnectionStatus::State::Connecting, m_status.reason);
        if (state == Connection::State::LoggingIn)
            setStatus(ConnectionStatus::State::LoggingIn, m_status.reason);
    });
    connect(connection, &Connection::live, this, &Session::opened);
    connect(connection, &Connection::closed, this, &Session::closed);
    connect(connection, &Connection::reported, this, &Session::connectReported);
    connect(connection, &Connection::tokenChanged, this, [this](const QByteArray &token) {
        m_credentials.token = token;
        if (!m_keepPassword) return;
        auto kept = m_secrets.write(tokenKey(m_account.address), token);
        Q_UNUSED(kept) // without it the next login takes the password
    });
    connect(connection, &Connection::featuresChanged, this, [this](const QByteArray &features) {
        m_credentials.features = features;
        m_featuresAreNew = true;
    });
    connect(connection, &Connection::rosterKept, this, [this](const QByteArray &roster) {
        m_credentials.roster = roster;
        auto kept = m_context.database.write([account = m_account.address, roster](Transaction &tx) {
            return AccountStore(tx).setRoster(account, roster);
        });
        Q_UNUSED(kept) // without it the next start is sent the whole of it
    });
    connect(connection, &Connection::messageReceived, this, &Session::messageReceived);
    connect(connection, &Connection::rosterReceived, this, [this](const QList<Contact> &contacts) {
        m_people->takeRoster(contacts);
        m_groups->takeRoster(contacts);
    });
    connect(connection, &Connection::contactChanged, this, [this](const Contact &contact) {
        if (contact.isMixChannel)
            m_groups->takeContact(contact);
        else if (!m_groups->isRoom(contact.address))
            m_people->takeContact(contact);
    });
    connect(connection, &Connection::contactRemoved, m_groups, &Groups::forget);
    connectPeople();

    connect(m_avatars, &AvatarKeeper::mineChanged, this, &Session::setAvatar);
    connect(m_pipeline, &Pipeline::received, this, &Session::notify);
    connect(m_pipeline, &Pipeline::received, m_privateTalks, &PrivateTalks::messageStored);
    connect(m_pipeline, &Pipeline::received, m_readMarks, &ReadMarks::messageStored);
    connect(m_pipeline, &Pipeline::settled, m_outbox, &Outbox::settle);
    connect(m_groups, &Groups::stateChanged, this, &Session::chatStateChanged);
    connect(m_people, &People::stateChanged, this, &Session::chatStateChanged);
    connect(m_groups, &Groups::listChanged, this, &Session::roomListChanged);
    connect(m_groups, &Groups::entering, this,
            [this](const ChatId &chat, ChatKind kind) { m_history->catchUpEntering(chat.address, kind); });
    connect(m_groups, &Groups::joined, this, [this](const ChatId &chat, ChatKind kind, bool hasArchive) {
        if (hasArchive) return m_history->catchUp(chat.address, kind);
        m_history->hasNoArchive(chat.address);
        m_outbox->release(chat, kind, false);
    });
    connect(m_groups, &Groups::left, m_outbox, &Outbox::hold);
    connect(m_groups, &Groups::left, this, [this](const ChatId &chat) {
        m_order->roomLeft(chat.address);
        m_history->roomLeft(chat.address);
    });
    connect(m_history, &HistorySync::caughtUp, this,
            [this](const Jid &address, ChatKind kind, const Error &error) {
                m_readMarks->archiveGrew(address, !error);
                // Also after a failure: a message that cannot be compared with the archive is better sent twice under one
                // origin-id than never.
                if (kind == ChatKind::Person) {
                    m_outbox->releasePeople();
                    m_outbox->flush();
                    m_outbox->askForCopies();
                } else {
                    m_outbox->release(m_context.chat(address), kind, !error);
                }
            });
    connect(m_history, &HistorySync::progressed, this,
            [this] { setStatus(m_status.state, m_status.reason, m_status.retryAt); });
    connect(m_history, &HistorySync::caughtUp, m_shortfall, &Shortfall::caughtUp);
    connect(m_shortfall, &Shortfall::changed, this, &Session::storingChanged);
    connect(m_shortfall, &Shortfall::wanted, this, &Session::lookAgain);
    connect(m_outbox, &Outbox::sentToPerson, this, [this] {
        m_order->sent(m_account.address);
        m_history->topUp();
    });
    connect(m_outbox, &Outbox::awaitsCopies, m_pipeline, [this](bool awaits) {
        m_pipeline->setLagging(m_account.address, awaits);
        if (!awaits) m_history->copiesMet();
    });
    connect(m_order, &OrderCheck::wanted, m_history, &HistorySync::lookAgain);
    connect(m_history, &HistorySync::placedNewest, m_order, &OrderCheck::placed);
    connect(m_order, &OrderCheck::over, m_outbox, &Outbox::askForCopies);
}

void Session::connectPeople()
{
    Connection *connection = m_connection.get();
    connect(connection, &Connection::contactRemoved, this, [this](const Jid &address) {
        if (!m_groups->isRoom(address)) m_people->forgetContact(address);
    });
    connect(connection->contactList(), &ContactList::subscriptionRequested, this,
            [this](const Jid &person, const QString &nick) {
                if (!m_groups->isRoom(person)) m_people->takeRequest(person, nick);
            });
}

void Session::start()
{
    m_wanted = true;
    m_keepPassword = true;
    whenDone(m_secrets.read(passwordKey(m_account.address)), this,
             [this](const Result<QByteArray> &password) {
                 if (!m_wanted || !m_credentials.password.isEmpty()) return;
                 if (!password || password->isEmpty()) {
                     if (!password && password.error().kind != Error::Kind::NotFound)
                         Q_EMIT keychainMissing(password.error());
                     return setStatus(ConnectionStatus::State::NeedsPassword, password.error());
                 }
                 m_credentials.password = *password;
                 whenDone(m_secrets.read(tokenKey(m_account.address)), this,
                          [this](const Result<QByteArray> &token) {
                              if (token) m_credentials.token = *token;
                              openAsLastTime();
                          });
             });
}

// What the server offered then spares the first login after a start the wait for it, and the roster of then most of the
// roster.
void Session::openAsLastTime()
{
    struct Known {
        QByteArray features;
        QByteArray roster;
        QByteArray avatar;
    };
    auto known = m_context.database.write([account = m_account.address](Transaction &tx) -> Result<Known> {
        const AccountStore accounts(tx);
        const auto features = accounts.features(account);
        const auto roster = accounts.roster(account);
        const auto avatar = accounts.avatar(account);
        if (!features || !roster) return features ? roster.error() : features.error();
        return Known{*features, *roster, avatar ? *avatar : QByteArray()};
    });
    whenDone(known, this, [this](const Result<Known> &last) {
        if (last && m_credentials.features.isEmpty()) m_credentials.features = last->features;
        if (last) {
            m_credentials.roster = last->roster;
            if (m_status.avatar.isEmpty()) m_status.avatar = QString::fromLatin1(last->avatar);
        }
        if (m_wanted) open();
    });
}

void Session::startWith(const QByteArray &password, bool keep)
{
    m_wanted = true;
    m_credentials.password = password;
    m_credentials.token.clear();
    m_keepPassword = keep;
    m_passwordIsNew = true;
    m_policy.reset();
    open();
}

void Session::stop()
{
    m_wanted = false;
    ++m_retry;
    // What was read a moment ago is on its way through the database; others are told of it before the stream is closed.
    auto written = m_context.database.write([](Transaction &) { return Outcome(); });
    whenDone(written, this, [this](const Outcome &) {
        if (m_wanted) return;
        m_readMarks->tellNow();
        if (m_connection->state() == Connection::State::Offline)
            setStatus(ConnectionStatus::State::Offline);
        else
            m_connection->close();
    });
}

void Session::retryNow()
{
    if (m_connection->state() != Connection::State::Offline) return;
    m_wanted = true;
    m_policy.reset();
    if (m_credentials.password.isEmpty())
        start();
    else
        open();
}

void Session::networkChanged()
{
    using State = ConnectionStatus::State;
    if (m_connection->state() == Connection::State::Live) return m_connection->doubt();
    // Also what ended for a reason that another network may not have, as a hotel's certificate.
    const bool waits = m_status.state == State::WaitingToRetry;
    if (m_wanted && waits) retryNow();
}

void Session::open()
{
    ++m_retry;
    m_connection->open(m_account, m_credentials);
}

void Session::opened(bool resumed)
{
    m_liveSince = m_clock.now();
    Q_EMIT aboutToBegin();
    if (std::exchange(m_passwordIsNew, false) && m_keepPassword) {
        whenDone(keepCredentials(), this, [this](const Outcome &outcome) {
            if (!outcome) Q_EMIT keychainMissing(outcome.error());
        });
    }
    if (std::exchange(m_featuresAreNew, false)) {
        auto kept = m_context.database.write(
            [account = m_account.address, features = m_credentials.features](Transaction &tx) {
                return AccountStore(tx).setFeatures(account, features);
            });
        Q_UNUSED(kept) // without it the next start waits for them
    }
    m_shortfall->begin(resumed);
    if (resumed) {
        m_history->streamResumed();
        m_readMarks->tellWaiting();
        m_groups->resumeSession();
        m_preferences->resumeSession();
    } else {
        beginSession();
    }
    setStatus(ConnectionStatus::State::Live);
    m_order->begin(resumed);
    m_outbox->flush();
    m_outbox->askForCopies();
}

void Session::setOnScreen(const ChatId &chat)
{
    const Jid seen = chat.account == m_account.address ? chat.address : Jid();
    m_history->setOnScreen(seen);
    m_groups->setOnScreen(seen);
}

void Session::beginSession()
{
    m_history->beginSession();
    m_outbox->holdAll(); // after what the last session brought was stored as it had to be then
    m_groups->endSession();
    m_people->endSession();
    m_privateTalks->beginSession(); // must know of them before their rooms are entered
    m_groups->beginSession();
    m_people->beginSession();
    m_avatars->beginSession();
    m_history->catchUp(m_account.address, ChatKind::Person);
    m_readMarks->beginSession();
    m_preferences->beginSession();
}

QFuture<Outcome> Session::fetchOlder(const ChatId &chat, qint64 row)
{
    const auto room = m_groups->room(chat.address);
    const ChatKind kind = room ? room->kind : ChatKind::Person;
    return m_history->fetchOlder(chat, kind, row).then(this, [this, chat, kind](const Outcome &outcome) {
        m_readMarks->archiveGrew(m_context.archiveOf(chat.address, kind).archive, false);
        return outcome;
    });
}

QFuture<Outcome> Session::keepCredentials()
{
    m_keepPassword = true;
    if (!m_credentials.token.isEmpty()) {
        auto kept = m_secrets.write(tokenKey(m_account.address), m_credentials.token);
        Q_UNUSED(kept) // without it the next login takes the password
    }
    return m_secrets.write(passwordKey(m_account.address), m_credentials.password);
}

void Session::closed(const Error &reason)
{
    if (const QDateTime since = std::exchange(m_liveSince, {}); since.isValid())
        m_policy.lived(std::chrono::seconds(since.secsTo(m_clock.now())), reason);
    if (!m_wanted || !reason) {
        m_wanted = false;
        m_groups->endSession();
        m_people->endSession();
        m_history->endSession();
        return setStatus(ConnectionStatus::State::Offline);
    }
    if (reason.kind == Error::Kind::WrongPassword) {
        m_credentials.password.clear();
        m_credentials.token.clear();
        return setStatus(ConnectionStatus::State::NeedsPassword, reason);
    }
    if (!ReconnectPolicy::mayRetry(reason)) return setStatus(ConnectionStatus::State::Stopped, reason);
    retryIn(m_policy.next(QRandomGenerator::global()->generateDouble(), reason), reason);
}

void Session::retryIn(std::chrono::milliseconds delay, const Error &reason)
{
    setStatus(ConnectionStatus::State::WaitingToRetry, reason, m_clock.now().addMSecs(delay.count()));
    m_clock.after(delay, this, [this, retry = ++m_retry] {
        if (m_wanted && retry == m_retry) open();
    });
}

void Session::setStatus(ConnectionStatus::State state, const Error &reason, const QDateTime &retryAt)
{
    ConnectionStatus status{state, reason, retryAt};
    status.avatar = m_status.avatar;
    if (state == ConnectionStatus::State::Live && m_history->isBusy()) {
        status.catchingUp = true;
        status.roomsToCatchUp = m_history->roomsInRound();
        status.roomsCaughtUp = status.roomsToCatchUp - m_history->roomsLeft();
    }
    if (status == m_status) return;
    m_status = status;
    Q_EMIT statusChanged(m_status);
}

void Session::setAvatar(const QString &id)
{
    if (m_status.avatar == id) return;
    m_status.avatar = id;
    auto kept = m_context.database.write([account = m_account.address, id](Transaction &tx) {
        return AccountStore(tx).setAvatar(account, id);
    });
    Q_UNUSED(kept) // told again with the next session
    Q_EMIT statusChanged(m_status);
}

void Session::messageReceived(const IncomingMessage &message)
{
    m_order->saw(message);
    m_pipeline->take(message);
    if (!message.invitation || m_groups->isRoom(message.invitation->room)) return;
    m_groups->notePassword(message.invitation->room, message.invitation->password);
    Q_EMIT invited(m_context.chat(message.invitation->room), message.invitation->invitation);
    m_pipeline->drain(); // the row is there before what the room says of itself
    m_rooms->lookAt(m_context.chat(message.invitation->room));
}

// Of a room that is not joined now everything is fetched as soon as it is.
void Session::lookAgain(const Jid &archive, ChatKind kind)
{
    const bool joined = m_groups->states().value(archive).membership == Membership::Joined;
    if (kind == ChatKind::Person || joined) m_history->catchUp(archive, kind);
}

void Session::notify(const Message &message, bool request)
{
    if (request) return; // nobody is called by a stranger
    const auto room = m_groups->room(message.chat.address);
    const ChatKind kind = room ? room->kind : ChatKind::Person;
    if (m_preferences->wantsAttention(message.chat.address, kind, message.mentionsMe))
        Q_EMIT attention(message.chat, message.author.nick, message.body);
}

QFuture<Result<qint64>> Session::sendMessage(const ChatId &chat, const QString &body)
{
    const auto room = m_groups->room(chat.address);
    if (room) return m_outbox->enqueue(chat, room->kind, room->nick, body);
    // Offline since the start: the rooms are known by the database only.
    auto found = m_context.database.write([chat](Transaction &tx) -> Result<Chat> {
        const auto stored = ChatStore(tx).find(chat);
        if (!stored) return stored.error();
        Chat unknown;
        unknown.id = chat;
        return stored->value_or(unknown);
    });
    return found
        .then(this,
              [this, chat, body](const Result<Chat> &stored) {
                  if (!stored) return answered(Result<qint64>(stored.error()));
                  return m_outbox->enqueue(chat, stored->kind, stored->nick, body);
              })
        .unwrap();
}

} // namespace Mingle
