// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/clientstream.h"

#include "xmpp/selfdescription.h"
#include "xmpp/streamconfiguration.h"

#include <QDomElement>
#include <QNetworkInterface>
#include <QSslCertificate>
#include <QUrl>
#include <QXmlStreamWriter>
#include <QXmppCarbonManagerV2.h>
#include <QXmppClient.h>
#include <QXmppClientExtension.h>
#include <QXmppConfiguration.h>
#include <QXmppCredentials.h>
#include <QXmppPresence.h>

namespace Mingle {

namespace {
constexpr int maxRedirects = 3;

// Takes every stanza before QXmpp parses it: its parsers and managers believe
// senders that they should not, and answer for features that we do not have.
class StanzaOutlet : public QXmppClientExtension
{
public:
    explicit StanzaOutlet(ClientStream *stream)
        : m_stream(stream)
    {}
    bool handleStanza(const QDomElement &stanza) override
    {
        const QString name = stanza.tagName();
        if (name != u"message" && name != u"presence" && name != u"iq") return false;
        Q_EMIT m_stream->stanzaReceived(stanza);
        return true;
    }

private:
    ClientStream *m_stream;
};

// Any interface but the loopback that has an address.
bool hasNetwork()
{
    const auto interfaces = QNetworkInterface::allInterfaces();
    return std::ranges::any_of(interfaces, [](const QNetworkInterface &interface) {
        const auto flags = interface.flags();
        return flags.testFlag(QNetworkInterface::IsUp) && !flags.testFlag(QNetworkInterface::IsLoopBack)
               && !interface.addressEntries().isEmpty();
    });
}

// How much a failed target says about what is wrong.
int weight(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::None:
        return -1;
    case Error::Kind::NoNetwork:
        return 0;
    case Error::Kind::UnknownServer:
        return 1;
    case Error::Kind::Timeout:
    case Error::Kind::ConnectionLost:
        return 2;
    case Error::Kind::TlsUnavailable:
        return 3;
    default:
        return 4;
    }
}
} // namespace

ClientStream::ClientStream(StreamOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_finder(m_options.srv, m_options.lookup, this)
    , m_race(m_options.head, m_options.head, this)
    , m_targetTimer(this)
    , m_loginTimer(this)
    , m_closingTimer(this)
    , m_watchdog(
          m_options.silence, m_options.answer,
          [this] { return m_guard ? m_guard->silentFor() : std::chrono::nanoseconds(0); }, this)
{
    for (QTimer *timer : {&m_targetTimer, &m_loginTimer, &m_closingTimer})
        timer->setSingleShot(true);
    connect(&m_targetTimer, &QTimer::timeout, this, [this] {
        if (m_guard) m_guard->drop({Error::Kind::Timeout, {}, {}});
    });
    connect(&m_loginTimer, &QTimer::timeout, this, [this] { finish({Error::Kind::Timeout, {}, {}}); });
    connect(&m_closingTimer, &QTimer::timeout, this, &ClientStream::finishClosing);
    connect(&m_race, &TargetRace::won, this, &ClientStream::takeWinner);
    connect(&m_watchdog, &Watchdog::dead, this, [this] {
        if (m_guard) m_guard->drop({Error::Kind::ConnectionLost, QStringLiteral("silent"), {}});
    });
    connect(&m_watchdog, &Watchdog::silent, this, [this] {
        if (m_acks.isActive())
            m_guard->requestAck();
        else
            Q_EMIT pingWanted();
    });
}

ClientStream::~ClientStream()
{
    if (m_guard) m_guard->detach();
    if (m_client) m_client->disconnect(this);
}

void ClientStream::setState(State state)
{
    if (m_state == state) return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void ClientStream::open(const Account &account, const Credentials &credentials)
{
    finishClosing();
    if (m_state != State::Offline) return;
    if (m_client && (account.address != m_account.address || !canResume())) dropClient();
    if (account.caFile != m_account.caFile || m_authorities.isEmpty())
        m_authorities = authorities(account.caFile);
    m_account = account;
    m_credentials = credentials;
    m_firstError = {};
    m_targets.clear();
    m_redirects = 0;
    m_raced = false;
    ++m_attempt;
    m_reporter.begin(account, credentials);
    setState(State::Connecting);
    m_loginTimer.start(m_options.login);
    m_finder.find(account, [this](const ServerFinder::Found &found) { onFound(found); });
}

void ClientStream::onFound(const ServerFinder::Found &found)
{
    m_targets = found.targets;
    m_noAnswer = found.noAnswer;
    m_firstError = found.error;
    tryNextSoon(); // open() may have been called from within the end of the last stream
}

void ClientStream::tryNext()
{
    if (m_state != State::Connecting && m_state != State::LoggingIn) return;
    if (m_targets.isEmpty()) {
        // Nobody answers for the name and nobody answers at it: that is no server's fault.
        if ((m_noAnswer || !hasNetwork()) && m_firstError.condition == u"host-not-found")
            m_firstError.kind = Error::Kind::NoNetwork;
        return finish(m_firstError);
    }
    connectTo(m_targets.takeFirst());
}

void ClientStream::connectTo(const StreamTarget &target)
{
    setState(State::Connecting);
    if (!m_client) makeClient();
    if (const Error error = m_guard->error()) return finish(error);
    m_target = target;
    m_reporter.beginTry(target);
    const auto settings = streamConfiguration(m_account, m_credentials, target, m_authorities);
    StreamGuard::Login login;
    login.account = m_account.address;
    login.password = settings.password().toUtf8();
    login.token = m_credentials.token;
    login.features = m_credentials.features;
    login.directTls = target.directTls;
    login.allowPlain = m_account.allowPlain;
    if (canResume()) login.former = m_bound.toString();
    m_guard->setSkipping(m_skipping);
    m_guard->begin(login);
    m_targetTimer.start(m_options.target);
    if (!m_raced) m_race.start(QList<StreamTarget>{target} + m_targets);
    QXmppPresence presence(QXmppPresence::Available);
    SelfDescription::addTo(presence);
    m_client->connectToServer(settings, presence);
}

// What is being tried is silent. It gets another try behind all others.
void ClientStream::takeWinner(const StreamTarget &target)
{
    if (m_state != State::Connecting) return;
    m_raced = true;
    m_guard->hangUp();
    m_targetTimer.stop();
    m_targets.append(m_target);
    m_targets.prepend(target);
    tryNextSoon();
}

void ClientStream::makeClient()
{
    m_client = std::make_unique<QXmppClient>(QXmppClient::NoExtensions);
    m_client->setLogger(nullptr);
    m_client->addExtension(new StanzaOutlet(this));
    // Only to have carbons enabled, with Bind 2 or after it: the outlet before it takes the messages.
    m_client->addNewExtension<QXmppCarbonManagerV2>();
    m_client->setActive(m_active);
    m_guard = new StreamGuard(m_client.get(), m_acks, m_client.get());
    connect(m_guard, &StreamGuard::reached, &m_race, &TargetRace::stop);
    connect(m_guard, &StreamGuard::secured, this, &ClientStream::onSecured);
    connect(m_guard, &StreamGuard::failed, this, &ClientStream::onGuardFailed);
    connect(m_guard, &StreamGuard::featuresSeen, this, [this](const QByteArray &features) {
        m_credentials.features = features;
        Q_EMIT featuresChanged(features);
    });
    connect(m_client.get(), &QXmppClient::connected, this, &ClientStream::onSessionOpened);
    connect(m_client.get(), &QXmppClient::credentialsChanged, this, &ClientStream::saveToken);
}

// For good: whatever could have been resumed is over.
void ClientStream::dropClient()
{
    m_watchdog.stop();
    if (m_client) {
        m_guard->detach();
        m_client->disconnect(this);
        m_client.release()->deleteLater();
        m_guard = nullptr;
    }
    m_bound = {};
    m_acks.end();
    m_announced = false;
    if (std::exchange(m_hasSession, false)) Q_EMIT ended();
}

bool ClientStream::canResume() const
{
    if (!m_hasSession || !m_guard || !m_guard->session().isResumable()) return false;
    const int seconds = m_guard->session().resumeSeconds();
    return seconds <= 0 || !m_sinceDown.hasExpired(qint64(seconds) * 1000);
}

void ClientStream::onSecured()
{
    m_targetTimer.stop();
    setState(State::LoggingIn);
}

void ClientStream::saveToken()
{
    QByteArray token;
    QXmlStreamWriter writer(&token);
    m_client->configuration().credentials().toXml(writer);
    m_credentials.token = token;
    m_reporter.keepOut(token);
    Q_EMIT tokenChanged(token);
}

void ClientStream::onSessionOpened()
{
    if (m_state != State::LoggingIn) return;
    const bool resumed = m_guard->session().wasResumed();
    m_targetTimer.stop();
    m_loginTimer.stop();
    if (!resumed) m_announced = false;
    if (!resumed && std::exchange(m_hasSession, false)) {
        m_bound = {};
        Q_EMIT ended();
    }
    m_hasSession = true;
    m_resending = resumed;
    m_bound = Jid::trusted(m_guard->session().boundAddress());
    m_reporter.live(m_guard->meter(), m_bound, m_guard->usedToken(), resumed);
    Q_EMIT reported(m_reporter.report());
    setState(State::Live);
    Q_EMIT opened(resumed);
    // QXmpp sends its presence after this signal; only then anything is read again.
    QMetaObject::invokeMethod(
        this, [this, attempt = m_attempt, resumed] { goLive(attempt, resumed); }, Qt::QueuedConnection);
}

void ClientStream::goLive(quint64 attempt, bool resumed)
{
    if (attempt != m_attempt || m_state != State::Live) return;
    m_watchdog.start();
    if (resumed) {
        const auto stanzas = m_acks.unacknowledged();
        for (const auto &stanza : stanzas)
            m_guard->write(stanza);
        m_resending = false;
        if (!stanzas.isEmpty()) m_guard->requestAck();
    }
    // A session that broke before anybody had heard of it begins now.
    const bool known = std::exchange(m_announced, true);
    Q_EMIT live(resumed && known);
    if (attempt == m_attempt && m_guard) m_guard->goLive();
}

// -- ends

void ClientStream::abort()
{
    if (m_state == State::Offline) return;
    if (m_state == State::Live && m_ending == Ending::None && m_guard)
        m_guard->drop({Error::Kind::ConnectionLost, QStringLiteral("aborted"), {}});
    else if (m_ending == Ending::Closing)
        finishClosing();
    else
        finish({Error::Kind::Cancelled, {}, {}});
}

void ClientStream::close()
{
    if (m_ending == Ending::Closing) return;
    if (m_state == State::Live) {
        m_ending = Ending::Closing;
        m_watchdog.stop();
        m_guard->answerAck();
        m_closingTimer.start(m_options.closing);
        m_client->disconnectFromServer();
        return;
    }
    m_ending = Ending::Closing;
    QMetaObject::invokeMethod(this, &ClientStream::finishClosing, Qt::QueuedConnection);
}

void ClientStream::finishClosing()
{
    if (m_ending != Ending::Closing) return;
    finish({});
}

void ClientStream::onGuardFailed(const Error &error)
{
    m_targetTimer.stop();
    m_sinceDown.start();
    if (m_ending == Ending::Closing)
        finishClosing();
    else if (m_state == State::Live)
        onLiveFailed(error);
    else if (m_state != State::Offline)
        onLoginFailed(error);
}

void ClientStream::onLiveFailed(const Error &error)
{
    // People can send what goes over a limit; when that comes again it is left out, or it would come for ever.
    if (error.kind == Error::Kind::ProtocolViolation) m_skipping = true;
    ++m_attempt;
    m_watchdog.stop();
    m_ackWanted = false;
    end(canResume(), error);
}

// Whoever hears of the end must not find the stream live.
void ClientStream::end(bool mayResume, const Error &reason)
{
    const bool wasLive = m_state == State::Live;
    const bool changed = std::exchange(m_state, State::Offline) != State::Offline;
    m_resending = false;
    const bool isNews = m_reporter.end(m_guard ? &m_guard->meter() : nullptr, reason);
    if (!mayResume)
        dropClient();
    else if (wasLive)
        Q_EMIT suspended();
    if (isNews) Q_EMIT reported(m_reporter.report());
    if (changed) Q_EMIT stateChanged(m_state);
    Q_EMIT closed(reason);
}

void ClientStream::onLoginFailed(const Error &error)
{
    if (retryUnhurried() || retryWithPassword(error) || follow(error)) return;
    const bool beforeLogin = weight(error.kind) < 4 || error.kind == Error::Kind::CertificateInvalid;
    if (m_state == State::Connecting && beforeLogin) {
        if (weight(error.kind) > weight(m_firstError.kind)) m_firstError = error;
        return tryNextSoon();
    }
    finish(error);
}

// Answered before it had spoken, the server has refused or hung up. Whatever that means, it counts only when it was asked
// in order.
bool ClientStream::retryUnhurried()
{
    if (!m_guard->anticipatedWrongly()) return false;
    m_credentials.features.clear();
    m_targets.prepend(m_target);
    tryNextSoon();
    return true;
}

// XEP-0484 4.1: a token that is refused is thrown away, and the password gets one try.
bool ClientStream::retryWithPassword(const Error &error)
{
    using Kind = Error::Kind;
    const bool refused = error.kind == Kind::WrongPassword || error.kind == Kind::WeakLogin;
    if (!m_guard->usedToken() || !refused || m_credentials.token.isEmpty()) return false;
    m_credentials.token.clear();
    Q_EMIT tokenChanged({});
    if (m_credentials.password.isEmpty()) {
        finish({Kind::WrongPassword, QStringLiteral("password-needed"), error.text});
        return true;
    }
    m_targets.prepend(m_target);
    tryNextSoon();
    return true;
}

bool ClientStream::follow(const Error &redirect)
{
    if (redirect.kind != Error::Kind::Redirected || ++m_redirects > maxRedirects) return false;
    // "host", "host:port" or "[v6]:port" (RFC 6120 4.9.3.19)
    const QUrl url(QStringLiteral("xmpp://") + redirect.condition, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.path().isEmpty()) return false;
    m_targets.prepend({url.host(), quint16(url.port(m_target.port)), m_target.directTls});
    tryNextSoon();
    return true;
}

void ClientStream::tryNextSoon()
{
    // Not from within a signal of the socket that has just failed.
    QMetaObject::invokeMethod(
        this,
        [this, attempt = m_attempt] {
            if (attempt == m_attempt) tryNext();
        },
        Qt::QueuedConnection);
}

void ClientStream::finish(const Error &error)
{
    ++m_attempt;
    m_finder.cancel();
    m_race.stop();
    for (QTimer *timer : {&m_targetTimer, &m_loginTimer, &m_closingTimer})
        timer->stop();
    m_watchdog.stop();
    m_ending = Ending::None;
    // What could not be reached now may be resumed later; what has refused us, or is to end, may not.
    const bool unreachable = weight(error.kind) >= 0 && weight(error.kind) < 4;
    const bool mayResume = unreachable && canResume();
    if (mayResume) m_guard->hangUp();
    end(mayResume, error);
}

// -- what goes out

bool ClientStream::write(const QByteArray &xml)
{
    return m_state == State::Live && m_guard && m_guard->write(xml);
}

void ClientStream::requestAckSoon()
{
    if (std::exchange(m_ackWanted, true)) return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (std::exchange(m_ackWanted, false) && m_state == State::Live && m_acks.wantsRequest())
                m_guard->requestAck();
        },
        Qt::QueuedConnection);
}

void ClientStream::setActive(bool active)
{
    m_active = active;
    if (m_client) m_client->setActive(active);
}

} // namespace Mingle
