// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/jid.h"
#include "xmpp/streamacks.h"

#include <QDomElement>

namespace Mingle {

/// What a server says about whose session it is and whether it goes on: resource binding (RFC 6120 7, XEP-0386) and
/// stream management (XEP-0198). Checks each word, and changes what QXmpp must not see. An Error ends the stream.
class StreamSession
{
public:
    explicit StreamSession(StreamAcks &acks)
        : m_acks(acks)
    {}

    /// A new attempt to log in as account; former is not empty if a stream bound to it is asked to go on.
    void begin(const Jid &account, const QString &former);

    Error bindAnswer(const QDomElement &iq);
    /// Who we are, and what else came inside of <success/> of SASL2.
    Error success(QDomElement success);
    Error enabled(QDomElement enabled);
    Error resumed(QDomElement resumed);
    void resumeFailed(const QDomElement &failed);
    Error acknowledged(const QDomElement &a);

    bool isBound() const { return !m_bound.isEmpty(); }
    QString boundAddress() const { return m_bound; }
    bool wasResumed() const { return m_resumed; }
    /// The stream that is live, or was, can go on on another socket.
    bool isResumable() const { return m_resumable; }
    void forbidResuming() { m_resumable = false; }
    /// Until when, in seconds after the socket is gone; 0: the server did not say.
    int resumeSeconds() const { return m_resumeSeconds; }

    /// An acknowledgement for all that QXmpp has kept for sending again. It must keep nothing: StreamAcks does.
    static QString everything();

private:
    Error bind(const QString &address);

    StreamAcks &m_acks;
    Jid m_account;
    QString m_former;
    QString m_bound;
    int m_resumeSeconds = 0;
    bool m_resumable = false;
    bool m_resumed = false;
};

} // namespace Mingle
