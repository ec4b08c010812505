// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/clientstream.h"
#include "xmpp/wire.h"

#include <QHash>

namespace Mingle {

/// Wire on a ClientStream: ids, time-outs and sender checks of IQs, and what QXmpp's managers would otherwise
/// do with incoming stanzas. IQs that nobody takes are answered here (RFC 6120 8.4).
class ClientWire : public Wire
{
    Q_OBJECT
public:
    /// lost: how long answers may still take that are missing when a stream is taken up again.
    ClientWire(ClientStream &stream, std::chrono::milliseconds lost, QObject *parent = nullptr);
    ~ClientWire() override;

    bool isLive() const override;
    bool hasRosterVersions() const override;
    Jid ownAddress() const override;
    QFuture<Result<QDomElement>> request(QXmppIq &&iq, std::chrono::milliseconds timeout,
                                         const Jid &errorsFrom = {}) override;
    void send(const QXmppStanza &stanza) override;
    QFuture<Outcome> sendAcknowledged(const QByteArray &stanza) override;

private:
    struct Pending {
        QPromise<Result<QDomElement>> promise;
        Jid to; ///< empty: my own account
        Jid errorsFrom;
        qint64 deadline = 0; ///< ms, on m_clock
    };

    bool writeStanza(const QByteArray &xml, std::shared_ptr<QPromise<Outcome>> promise = {});
    void receive(const QDomElement &stanza);
    void receiveIq(const QDomElement &stanza, const Jid &from);
    void answerIq(const QDomElement &stanza, const Jid &from);
    void complete(const QDomElement &stanza, const Jid &from);
    bool isFromAddressee(const Jid &from, const Jid &to) const;
    void refuse(const QDomElement &stanza);
    void finish(const QString &id, Result<QDomElement> result);
    void onEnded();
    void expire();
    void hurry();
    void ping();
    void confirmByPing();
    std::optional<Jid> address(const QString &text);

    ClientStream &m_stream;
    const std::chrono::milliseconds m_lost;
    QHash<QString, std::shared_ptr<Pending>> m_pending;
    QHash<QString, std::optional<Jid>> m_addresses; ///< normalising is dear, and senders come again
    QTimer m_expiry;
    QElapsedTimer m_clock;
    quint64 m_streams = 0; ///< that have ended
};

} // namespace Mingle
