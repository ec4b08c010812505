// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/blocklist.h"
#include "xmpp/wire.h"

namespace Mingle {

/// Blocking (XEP-0191) with reports (XEP-0377).
class BlockClient : public BlockList
{
    Q_OBJECT
public:
    BlockClient(Wire &wire, QObject *parent);

    QFuture<Result<BlockedPeople>> blockedPeople() override;
    QFuture<Outcome> block(const Jid &address, const std::optional<Report> &report) override;
    QFuture<Outcome> unblock(const Jid &address) override;

private:
    QFuture<Outcome> change(QStringView command, const Jid &address, const std::optional<Report> &report);
    void onIqSet(const QDomElement &iq, const Jid &from, bool *taken);

    Wire &m_wire;
};

} // namespace Mingle
