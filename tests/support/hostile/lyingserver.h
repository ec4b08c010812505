// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hostile/certificates.h"

#include <QDomElement>
#include <QHash>
#include <QTcpServer>

#include <functional>

namespace Mingle::Hostile {

class LyingPeer;

/// In what a server is not honest. As it stands: an ordinary server of chat.test that knows ada with the password
/// "secret", offers STARTTLS, both kinds of SASL, Bind 2, FAST and stream management, and has an empty roster.
struct Lies {
    Certificate certificate = Certificate::Good;
    bool directTls = false;

    // the clear stream
    QByteArray version = "1.0"; ///< in every stream header; empty: left out
    QByteArray beforeFeatures; ///< raw, behind the header
    bool startTls = true;
    QByteArray clearFeatures; ///< what else is offered there
    QByteArray behindProceed; ///< in the same packet

    // the protected stream
    bool shy = false; ///< offers nothing there until the client has begun to log in
    QByteArray otherFeatures; ///< what else is offered there
    QByteArray securedBeforeFeatures; ///< raw, behind the header
    QList<QByteArray> mechanisms{"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"};
    bool sasl = true;
    bool sasl2 = true;
    bool bind2 = true;
    bool fast = true;
    bool management = true;
    QByteArray iterations = "4096";
    enum class Signature { Right, Forged, Missing, InChallenge } signature = Signature::Right;
    bool successAtOnce = false; ///< right after the client's first message
    QByteArray failure; ///< condition of a refusal, whatever the password
    bool refuseTokens = false;
    QByteArray boundAddress; ///< empty: ada's with a resource
    QByteArray insteadOfSessionFeatures;
    bool refuseResume = false;
    QByteArray resumedH; ///< empty: the truth
    int resumeSeconds = 300;
    QByteArray behindResumed; ///< raw, after <success/> with <resumed/>

    /// Looks at each element of the client first. True: done with it.
    std::function<bool(LyingPeer &, const QDomElement &)> hook;
    std::function<void(LyingPeer &)> onLive; ///< the client has sent its presence
};

/// What the server remembers of a session, for resuming it.
struct SessionMemory {
    quint32 received = 0; ///< stanzas of the client
    QByteArray address;
};

/// A scripted XMPP server on 127.0.0.1, in the thread of the test. Remembers every byte that a client sent.
class LyingServer : public QTcpServer
{
    Q_OBJECT
public:
    explicit LyingServer(const Certificates &certificates, Lies lies = {}, QObject *parent = nullptr);

    Lies lies;
    QByteArray password = "secret";

    quint16 port() const { return serverPort(); }
    int connections() const { return int(m_received.size()); }
    /// All that came over connection number n, decrypted; all of them without a number.
    QByteArray received(int n) const { return m_received.value(n); }
    QByteArray received() const { return m_received.join("\n"); }
    /// What came before TLS.
    QByteArray receivedInClear() const { return m_clear; }
    /// The newest connection, or null.
    LyingPeer *peer() const;
    void forgetSessions() { sessions.clear(); }
    const Certificates &certificates() const { return m_certificates; }

    QHash<QByteArray, SessionMemory> sessions; ///< by resumption id
    QByteArray token; ///< the one that was given out last

protected:
    void incomingConnection(qintptr handle) override;

private:
    friend class LyingPeer;
    void record(int connection, const QByteArray &bytes, bool encrypted);

    const Certificates &m_certificates;
    QList<QByteArray> m_received;
    QByteArray m_clear;
};

} // namespace Mingle::Hostile
