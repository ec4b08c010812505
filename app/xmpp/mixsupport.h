// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "xmpp/wire.h"

#include <QHash>

namespace Mingle {

class DiscoClient;

/// Whether people could be in a MIX channel: their servers have to look after it for them (XEP-0405 2.1). What a server
/// said is kept as long as the stream lives.
class MixSupport : public QObject
{
    Q_OBJECT
public:
    MixSupport(Wire &wire, DiscoClient &disco, QObject *parent);

    /// See Connection::mixSuits().
    QFuture<Result<bool>> suits(const QList<Jid> &people, bool isPrivate);

private:
    QFuture<bool> looksAfter(const Jid &person);
    QFuture<bool> offers(const Jid &address, QStringView feature);

    Wire &m_wire;
    DiscoClient &m_disco;
    QHash<QString, bool> m_known; ///< by domain
};

} // namespace Mingle
