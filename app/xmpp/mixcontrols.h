// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/groupcontrols.h"
#include "xmpp/wire.h"

namespace Mingle {

class MixDriver;
class PayloadIq;

/// Changing MIX channels (XEP-0369, XEP-0406, XEP-0407). A channel knows neither a subject nor silence, and puts people out
/// only by its list of those banned.
class MixControls : public QObject, public GroupControls
{
    Q_OBJECT
public:
    MixControls(Wire &wire, const MixDriver &driver, QObject *parent);

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
    QFuture<Outcome> ask(PayloadIq &&iq);
    QFuture<Outcome> publishForm(const Jid &room, QStringView node, const Form &form);
    QFuture<Outcome> sendInvitation(const Jid &room, const Jid &person, const QString &text,
                                    const Result<QDomElement> &answer);

    Wire &m_wire;
    const MixDriver &m_driver;
};

} // namespace Mingle
