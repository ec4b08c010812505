// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/avatars.h"
#include "xmpp/wire.h"

#include <optional>

namespace Mingle {

/// Avatars on the wire. Hears of changes by the hash in presence (XEP-0153 4.1), which servers put there also for those
/// who publish by PEP (XEP-0398): unlike a subscription to everybody's metadata it costs nothing at a login.
class AvatarClient final : public Avatars
{
    Q_OBJECT
public:
    AvatarClient(Wire &wire, QObject *parent);

    QFuture<Result<QByteArray>> fetch(const Jid &of, const QString &id) override;
    QFuture<Result<QString>> current(const Jid &person) override;
    QFuture<Outcome> publish(const AvatarUpload &picture) override;

private:
    void onPresence(const QDomElement &presence, const Jid &from);
    QFuture<Result<QByteArray>> fetchVCard(const Jid &of, const QString &id);
    QFuture<Outcome> publishMetadata(const AvatarUpload &picture, const QString &id);

    Wire &m_wire;
};

/// What a presence tells of the sender's picture (XEP-0153 4.1). Nothing: it does not say; empty: there is none.
std::optional<QString> avatarOf(const QDomElement &presence);

} // namespace Mingle
