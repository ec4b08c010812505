// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/messagedecoder.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>

namespace Mingle {

/// Takes every <message/> off the wire and gives on what belongs into a timeline, in the order in which it came.
/// Messages of a MIX channel wait, a few seconds at most, while its participants are being asked for.
class MessageRouter : public QObject
{
    Q_OBJECT
public:
    MessageRouter(Wire &wire, MucDriver &muc, MixDriver &mix, QObject *parent);

    /// A stanza for Wire::sendAcknowledged().
    QByteArray encode(const OutgoingMessage &message) const;

Q_SIGNALS:
    void messageReceived(const Mingle::IncomingMessage &message);

private:
    struct Waiting {
        QList<IncomingMessage> messages;
        qsizetype size = 0; ///< of their bodies
    };

    void onReady(bool resumed);
    void onMessage(const QDomElement &stanza, const Jid &from);
    std::optional<IncomingMessage> decode(const QDomElement &stanza, const Jid &from);
    void deliver(const IncomingMessage &message);
    void release(const Jid &channel);

    Wire &m_wire;
    MixDriver &m_mix;
    MessageDecoder m_decoder;
    QDeadlineTimer m_serverDelays{0};
    QHash<Jid, Waiting> m_waiting; ///< by channel
};

} // namespace Mingle
