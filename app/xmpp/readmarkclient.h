// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/wire.h"

#include <optional>

namespace Mingle {

/// How far my devices have read each chat, as private items of my own account (XEP-0490). Server assist is not used: it
/// goes with displayed markers, which tell others when I read.
class ReadMarkClient : public QObject
{
    Q_OBJECT
public:
    ReadMarkClient(Wire &wire, QObject *parent);

    QFuture<Result<QList<ReadMark>>> readMarks();
    QFuture<Outcome> putReadMark(const ReadMark &mark);

Q_SIGNALS:
    /// Also for what this device has put; needs the feature "urn:xmpp:mds:displayed:0+notify" in our capabilities.
    void readMarkChanged(const Mingle::ReadMark &mark);

private:
    void onMessage(const QDomElement &message, const Jid &from);
    std::optional<ReadMark> read(const QDomElement &item) const;
    QFuture<Outcome> publish(const ReadMark &mark);

    Wire &m_wire;
    std::optional<bool> m_keepsPrivate; ///< the server can; nothing: not asked yet
};

} // namespace Mingle
