// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/contactlist.h"
#include "xmpp/keptroster.h"
#include "xmpp/wire.h"

#include <QTimer>

namespace Mingle {

/// The roster (RFC 6121 2) with its MIX channels (XEP-0405 2.10), and how its people are reachable.
/// Asks by itself after each login that was not resumed, by version where the server has versions (2.6): it then sends
/// only what has changed.
class RosterClient : public ContactList
{
    Q_OBJECT
public:
    RosterClient(Wire &wire, QObject *parent);

    const QHash<Jid, Contact> &contacts() const { return m_roster.contacts; }
    /// What kept() gave out in an earlier run, of this account. Of no use once a roster has come.
    void recall(const QByteArray &packed);

    QFuture<Outcome> putContact(const Jid &person, const QString &name) override;
    QFuture<Outcome> removeContact(const Jid &person) override;
    Outcome askToSee(const Jid &person) override;
    Outcome letSee(const Jid &person) override;
    Outcome stopShowing(const Jid &person) override;

Q_SIGNALS:
    void rosterReceived(const QList<Mingle::Contact> &contacts);
    /// To be given to recall() at the next start; some seconds after it changed. Only where the server has versions.
    void kept(const QByteArray &packed);
    void contactChanged(const Mingle::Contact &contact);
    void contactRemoved(const Mingle::Jid &address);
    void presenceChanged(const Mingle::Jid &contact, Mingle::Presence presence);

private:
    void request();
    void onRoster(const Result<QDomElement> &answer);
    void readWhole(const QDomElement &query);
    void take(const QDomElement &item);
    void onIqSet(const QDomElement &iq, const Jid &from, bool *taken);
    void onPresence(const QDomElement &presence, const Jid &from);
    void onSubscription(const QDomElement &presence, const Jid &person);
    Outcome tell(const Jid &person, int type);
    void update(const Jid &contact);
    void forgetPresence();
    void setVersion(const QString &version);

    Wire &m_wire;
    int m_requests = 0; ///< only the last one's answer counts
    bool m_awaited = false; ///< no answer yet
    bool m_versioned = false; ///< this login's server has versions
    KeptRoster m_roster;
    QTimer m_keeping; ///< a server that changes it often does not make it be written as often
    QHash<Jid, QHash<QString, Presence>> m_devices; ///< of contacts only, by resource
    QHash<Jid, Presence> m_best;
};

} // namespace Mingle
