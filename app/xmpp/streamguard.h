// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "xmpp/connectmeter.h"
#include "xmpp/loginproof.h"
#include "xmpp/qxmppsockets.h"
#include "xmpp/stanzareader.h"
#include "xmpp/streamsession.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSslError>

class QXmppClient;

namespace Mingle {

/// Stands between QXmpp's socket and QXmpp's stream: reads the bytes (StanzaReader instead of QXmpp's own
/// reader), lets through only what may come in the present phase of the stream, verifies that the server is
/// genuine before QXmpp learns of its success, and keeps the count of XEP-0198 for what was sent. Whatever is
/// wrong ends in failed(), with the socket gone. One for each QXmppClient, on its thread.
class StreamGuard : public QObject
{
    Q_OBJECT
public:
    struct Login {
        Jid account; ///< bare: nobody else may be bound
        QByteArray password; ///< as given to QXmpp
        QByteArray token;
        /// What the server offered at an earlier login, as featuresSeen() told: QXmpp answers it before the server has
        /// said anything, which saves a round trip. Empty: it waits.
        QByteArray features;
        bool directTls = false;
        bool allowPlain = false; ///< Account::allowPlain
        QString former; ///< full address of a stream that is asked to go on; empty: none
    };

    StreamGuard(QXmppClient *client, StreamAcks &acks, QObject *parent = nullptr);

    /// None if this QXmpp has the insides that the guard leans on; else it guards nothing, and the client may not connect.
    Error error() const { return m_qxmpp.error(); }

    /// To be called before each connectToServer().
    void begin(const Login &login);
    /// Leaves out stanzas over a limit that is broken by people, not by servers: see
    /// StanzaReader::setSkipping().
    void setSkipping(bool skipping) { m_reader.setSkipping(skipping); }
    /// Nothing is read and nothing is reported any more.
    void detach();
    /// Drops the connection and reports that.
    void fail(Error error);
    /// Drops the connection without a word on the wire, and reports it.
    void drop(Error error);
    /// The same without a report.
    void hangUp();

    /// Sends stanzas as they are. Only while live.
    bool write(const QByteArray &xml);
    /// After QXmpp has said connected() nothing is read until this.
    void goLive();
    /// Writes <r/>, if the stream has stream management.
    void requestAck();
    /// Lets QXmpp tell the server what has arrived, for an orderly end.
    void answerAck();

    /// The server was not what it had been (XEP-0388 lets it change) or did not bear being answered early: once more
    /// without Login::features.
    bool anticipatedWrongly() const { return m_anticipating && !m_asAnticipated; }
    bool usedToken() const { return m_proof && m_proof->usedToken(); }
    const StreamSession &session() const { return m_session; }
    bool hasRosterVersions() const { return m_rosterVersions; }
    /// Of the present try, since begin().
    const ConnectMeter &meter() const { return m_meter; }
    std::chrono::nanoseconds silentFor() const { return m_lastBytes.durationElapsed(); }

Q_SIGNALS:
    /// TCP stands.
    void reached();
    /// TLS stands and the certificate is right.
    void secured();
    /// What the server offers on the protected stream, as XML. To be kept for Login::features.
    void featuresSeen(const QByteArray &features);
    /// The connection is gone. Not after detach().
    void failed(const Mingle::Error &error);

private:
    enum class Phase { Closed, Opening, Plain, Handshake, Secured, Authenticated, Waiting, Live };

    void onConnected();
    void onEncrypted();
    void onSslErrors(const QList<QSslError> &errors);
    void onDisconnected();
    void onSent(const QString &xml);
    void onSessionOpened();
    void read();
    void pump();

    void header(const QDomElement &element);
    void element(QDomElement element);
    void inPlain(QDomElement &element);
    void inSecured(QDomElement &element);
    void inAuthenticated(QDomElement &element);
    void inLive(const QDomElement &element);
    void anticipate();
    void loginFeatures(QDomElement &features);
    void sessionFeatures(QDomElement &features);
    void success(QDomElement &element);
    void unexpected(const QDomElement &element);
    void refuse(Error::Kind kind, const char *condition);

    QXmppSockets m_qxmpp;
    StreamAcks &m_acks;
    StreamSession m_session;
    ConnectMeter m_meter;
    StanzaReader m_reader;
    Login m_login;
    std::optional<LoginProof> m_proof;
    QList<QDomElement> m_early; ///< stanzas of a bound stream before QXmpp has opened its session
    qsizetype m_earlySize = 0;
    QString m_bindId;
    QElapsedTimer m_lastBytes;
    Phase m_phase = Phase::Closed;
    Error m_certificateError;
    bool m_headerSeen = false;
    bool m_featuresSeen = false;
    bool m_rosterVersions = false;
    QDomElement m_expected; ///< Login::features, when they have been answered
    bool m_anticipating = false;
    bool m_asAnticipated = false;
    bool m_pumping = false;
};

} // namespace Mingle
