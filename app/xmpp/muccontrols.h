// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/groupcontrols.h"
#include "xmpp/wire.h"

#include <QHash>

#include <memory>

namespace Mingle {

class MucDriver;
class PayloadIq;

/// Changing MUC rooms (XEP-0045 8 to 10, XEP-0249, XEP-0486).
class MucControls : public QObject, public GroupControls
{
    Q_OBJECT
public:
    MucControls(Wire &wire, MucDriver &driver, QObject *parent);
    ~MucControls() override;

    QFuture<Outcome> setNick(const Jid &room, const QString &nick) override;
    QFuture<Outcome> setSubject(const Jid &room, const QString &subject) override;
    QFuture<Outcome> setStanding(const Jid &room, const Participant &who, Standing standing,
                                 const QString &reason) override;
    QFuture<Outcome> remove(const Jid &room, const Participant &who, const QString &reason) override;
    QFuture<Outcome> ban(const Jid &room, const Participant &who, const QString &reason) override;
    QFuture<Result<QList<ListedPerson>>> list(const Jid &room, AccessList list) override;
    QFuture<Outcome> putOnList(const Jid &room, AccessList list, const ListedPerson &person) override;
    QFuture<Outcome> takeOffList(const Jid &room, AccessList list, const Jid &address) override;
    Jid privateAddress(const Jid &room, const Participant &who) const override;
    QFuture<Outcome> invite(const Jid &room, const Jid &person, const QString &text) override;
    QFuture<Outcome> decline(const Jid &room, const Invitation &invitation) override;
    QFuture<Result<Form>> settings(const Jid &room) override;
    QFuture<Outcome> changeSettings(const Jid &room, const Form &changes) override;
    QFuture<Result<Form>> choices(const Jid &room) override;
    QFuture<Outcome> choose(const Jid &room, const Form &changes) override;
    QFuture<Outcome> setPicture(const Jid &room, const QByteArray &data, const QString &type) override;
    QFuture<Outcome> destroy(const Jid &room, const QString &reason, const Jid &alternative) override;

private:
    /// One <item/> of an admin request (XEP-0045 8 and 9): who, and what becomes of them.
    struct Item {
        Jid address; ///< else by nick
        QString nick;
        QString affiliation;
        QString role;
        QString reason;
    };
    using Waiting = std::shared_ptr<QPromise<Outcome>>;

    QFuture<Outcome> administer(const Jid &room, const Item &item);
    QFuture<Outcome> ask(PayloadIq &&iq);
    QFuture<Result<QList<ListedPerson>>> affiliated(const Jid &room, QStringView affiliation);
    QFuture<Outcome> sendToRoom(const Jid &room, const QByteArray &stanza, const QString &id);
    void onMessage(const QDomElement &message, const Jid &from);
    void settle(const QString &id, const Outcome &outcome);
    static Item itemOf(const Participant &who, const QString &reason);

    Wire &m_wire;
    MucDriver &m_driver;
    QHash<QString, Waiting> m_waiting; ///< messages to rooms that may come back as errors, by id
};

} // namespace Mingle
