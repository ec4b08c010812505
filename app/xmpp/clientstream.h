// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/connection.h"
#include "xmpp/connectreporter.h"
#include "xmpp/streamguard.h"
#include "xmpp/streamoptions.h"
#include "xmpp/targetrace.h"
#include "xmpp/watchdog.h"

#include <QTimer>

#include <memory>

class QXmppClient;

namespace Mingle {

/// The life of one account's stream: finds the server, tries what it found in order, logs in, and keeps the
/// QXmppClient over a drop of the socket so that the next open() can resume. Anything else makes a fresh one.
/// Does not reconnect by itself.
class ClientStream : public QObject
{
    Q_OBJECT
public:
    using State = Connection::State;

    explicit ClientStream(StreamOptions options, QObject *parent = nullptr);
    ~ClientStream() override;

    void open(const Account &account, const Credentials &credentials);
    void close();
    void abort();
    /// The network has changed: while live, ends with ConnectionLost unless the server answers soon.
    void doubt() { m_watchdog.doubt(m_options.doubt); }
    State state() const { return m_state; }
    /// What is written now has to wait until the stream is resumed.
    bool isSuspended() const { return m_hasSession && (m_state != State::Live || m_resending); }
    Jid boundAddress() const { return m_bound; }
    Jid account() const { return m_account.address; }
    /// RFC 6121 2.6.1, of the stream that is live.
    bool hasRosterVersions() const { return m_guard && m_guard->hasRosterVersions(); }
    void setActive(bool active);

    /// Writes stanzas as they are; false unless live. Count them in acks() before.
    bool write(const QByteArray &xml);
    StreamAcks &acks() { return m_acks; }
    /// Asks for an acknowledgement soon, once for all that is sent in this turn of the event loop.
    void requestAckSoon();

Q_SIGNALS:
    void stateChanged(Mingle::Connection::State state);
    /// Logged in; nothing that came in has been handed out yet. After this comes live().
    void opened(bool resumed);
    void live(bool resumed);
    /// The socket is gone, the stream may be resumed.
    void suspended();
    /// The stream is gone for good.
    void ended();
    void closed(const Mingle::Error &reason);
    void reported(const Mingle::ConnectReport &report);
    void tokenChanged(const QByteArray &token);
    void featuresChanged(const QByteArray &features);
    void stanzaReceived(const QDomElement &stanza);
    /// The server has not been heard for long and there is no stream management: a ping is wanted.
    void pingWanted();

private:
    enum class Ending { None, Closing };

    void setState(State state);
    void onFound(const ServerFinder::Found &found);
    void tryNext();
    void takeWinner(const StreamTarget &target);
    void connectTo(const StreamTarget &target);
    void makeClient();
    void dropClient();
    void onSecured();
    void onSessionOpened();
    void goLive(quint64 attempt, bool resumed);
    void onGuardFailed(const Error &error);
    void onLiveFailed(const Error &error);
    void onLoginFailed(const Error &error);
    bool retryUnhurried();
    bool retryWithPassword(const Error &error);
    bool follow(const Error &redirect);
    void finish(const Error &error);
    void end(bool mayResume, const Error &reason);
    void finishClosing();
    void tryNextSoon();
    bool canResume() const;
    void saveToken();

    const StreamOptions m_options;
    StreamAcks m_acks;
    ConnectReporter m_reporter;
    ServerFinder m_finder;
    TargetRace m_race;
    QTimer m_targetTimer;
    QTimer m_loginTimer;
    QTimer m_closingTimer;
    Watchdog m_watchdog;

    Account m_account;
    Credentials m_credentials;
    QList<QSslCertificate> m_authorities; ///< the system's and those of m_account.caFile; empty: no such file
    QList<StreamTarget> m_targets;
    StreamTarget m_target;
    Error m_firstError; ///< the most telling of the targets that failed
    bool m_noAnswer = false;
    bool m_raced = false; ///< another was quicker than the one that was tried
    int m_redirects = 0;

    std::unique_ptr<QXmppClient> m_client;
    StreamGuard *m_guard = nullptr; ///< child of m_client
    QElapsedTimer m_sinceDown;
    Jid m_bound;
    State m_state = State::Offline;
    Ending m_ending = Ending::None;
    quint64 m_attempt = 0;
    bool m_hasSession = false; ///< live, or suspended
    bool m_announced = false; ///< live() was said of this session
    bool m_resending = false; ///< resumed, and what was not acknowledged is still to be sent again
    bool m_active = true;
    bool m_skipping = false;
    bool m_ackWanted = false;
};

} // namespace Mingle
