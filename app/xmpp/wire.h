// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"
#include "core/result.h"

#include <QXmppIq.h>
#include <QXmppStanza.h>

#include <QDomElement>
#include <QObject>

#include <chrono>

namespace Mingle {

/// What the drivers of this module speak through: one authenticated stream after another, with ids, time-outs and
/// sender checks done once. Internal to app/xmpp (it names QXmpp); one for the life of a Connection, while the
/// QXmppClient behind it is replaced after every end that is not resumed.
/// All on the session thread. Elements handed out are valid only during the call unless copied with cloneNode().
class Wire : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// There is a stream, or one that may be resumed: what is sent while it is down goes out then, or is answered with
    /// ConnectionLost when it is gone for good.
    virtual bool isLive() const = 0;
    /// My full address as bound; empty unless live.
    virtual Jid ownAddress() const = 0;

    /// The server of this stream has said so (RFC 6121 2.6.1).
    virtual bool hasRosterVersions() const = 0;

    /// Sends an IQ under a random id. The answer is accepted only from the addressee (RFC 6120 8.1.2.1: for an IQ
    /// without 'to' from my bare address or none). Result: the whole <iq type='result'/>. Errors are mapped from
    /// the stanza error (see stanzaError()); Timeout; ConnectionLost when the stream ends for good.
    /// errorsFrom: an answer of type error, and no other, may also come from here. Some servers let a MIX channel
    /// refuse in the place of the account that was asked (XEP-0405).
    virtual QFuture<Result<QDomElement>> request(QXmppIq &&iq,
                                                 std::chrono::milliseconds timeout = std::chrono::seconds(30),
                                                 const Jid &errorsFrom = {}) = 0;
    /// Fire and forget: presence, answers.
    virtual void send(const QXmppStanza &stanza) = 0;
    /// The same with ready-made XML of one stanza that codecs of ours wrote. Acknowledged by XEP-0198: see
    /// Connection::sendMessage.
    virtual QFuture<Outcome> sendAcknowledged(const QByteArray &stanza) = 0;

    /// The <error/> of a stanza as our Error (RFC 6120 8.3); also defined-condition-less ones.
    static Error stanzaError(const QDomElement &stanza);

Q_SIGNALS:
    /// Logged in. resumed: the drivers' state still holds. Otherwise they begin anew.
    void ready(bool resumed);
    /// The stream is down but may be resumed; nothing may be forgotten yet.
    void suspended();
    /// The stream is gone for good: joined rooms are not joined any more.
    void ended();
    /// Incoming stanzas, each exactly once, only after login. `from` is normalised: empty when the stanza had
    /// none (then it is from my own account), never a malformed one (those are dropped before).
    void messageReceived(const QDomElement &stanza, const Mingle::Jid &from);
    void presenceReceived(const QDomElement &stanza, const Mingle::Jid &from);
    /// IQ of type set, for instance roster pushes. A receiver answers by itself; what nobody takes is answered
    /// with service-unavailable. taken: set it to true when it is yours.
    void iqSetReceived(const QDomElement &stanza, const Mingle::Jid &from, bool *taken);
};

} // namespace Mingle
