// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/events.h"
#include "xmpp/wire.h"

#include <QHash>

namespace Mingle {

/// The roster (RFC 6121 2) with its MIX channels (XEP-0405 2.10), and how its people are reachable.
/// Asks by itself after each login that was not resumed. The initial presence must be sent after the roster came or
/// was refused (finished()): what MIX channels send before could not be told from forgeries.
class RosterClient : public QObject
{
    Q_OBJECT
public:
    RosterClient(Wire &wire, QObject *parent);

    const QHash<Jid, Contact> &contacts() const { return m_contacts; }

Q_SIGNALS:
    void rosterReceived(const QList<Mingle::Contact> &contacts);
    /// The question of this login has its answer, whichever.
    void finished();
    void contactChanged(const Mingle::Contact &contact);
    void contactRemoved(const Mingle::Jid &address);
    void presenceChanged(const Mingle::Jid &contact, Mingle::Presence presence);

private:
    void request();
    void onRoster(const Result<QDomElement> &answer);
    void onIqSet(const QDomElement &iq, const Jid &from, bool *taken);
    void onPresence(const QDomElement &presence, const Jid &from);
    void update(const Jid &contact);
    void forgetPresence();

    Wire &m_wire;
    int m_requests = 0; ///< only the last one's answer counts
    bool m_awaited = false; ///< no answer yet
    QHash<Jid, Contact> m_contacts;
    QHash<Jid, QHash<QString, Presence>> m_devices; ///< of contacts only, by resource
    QHash<Jid, Presence> m_best;
};

} // namespace Mingle
