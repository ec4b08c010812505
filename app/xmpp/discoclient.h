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
    /// See Connection.
    QFuture<Result<Jid>> twinOf(const Jid &room);
    QFuture<Result<Jid>> roomService(ChatKind kind);
    /// Addresses among the items of a server that may be services of its own, bounded.
    QFuture<Result<QList<Jid>>> serviceAddresses(const Jid &server);
    /// Mix where my own server can join channels for me (XEP-0405), else Muc: which of two ways into a room to go.
    QFuture<ChatKind> preferredKind();
    /// The rooms there are both at once and tell of the channel only under its node (XEP-0408 2).
    void addIntegrated(const Jid &service);

private:
    QFuture<Result<RoomCard>> discoverChannel(const Jid &room, const Result<RoomCard> &otherwise);
    QFuture<Result<RoomCard>> choose(const Jid &room, const RoomCard &plain, bool both);
    void forgetOtherAccount();
    QFuture<Result<Jid>> askServices(const QList<Jid> &services, ChatKind kind);

    Wire &m_wire;
    QHash<ChatKind, Jid> m_services; ///< of m_domain
    std::optional<ChatKind> m_preferred; ///< as long as m_domain is mine
    QSet<Jid> m_integrated;
    QString m_domain;
};

} // namespace Mingle
