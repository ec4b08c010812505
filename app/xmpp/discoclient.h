// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/discoinfo.h"
#include "xmpp/events.h"

#include <QHash>
#include <QObject>

namespace Mingle {

/// Finds rooms and services (XEP-0030).
class DiscoClient : public QObject
{
    Q_OBJECT
public:
    DiscoClient(Wire &wire, QObject *parent);

    /// What the classes of this module need in our own answer to disco#info and in our capabilities (XEP-0115).
    static QStringList features();

    QFuture<Result<RoomCard>> discoverRoom(const Jid &address);
    QFuture<Result<Jid>> roomService(ChatKind kind);

private:
    QFuture<Result<Jid>> askServices(const QList<Jid> &services, ChatKind kind);

    Wire &m_wire;
    QHash<ChatKind, Jid> m_services; ///< of m_domain
    QString m_domain;
};

} // namespace Mingle
