// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jid.h"
#include "core/result.h"

#include <QObject>

namespace Mingle {

/// What can be done with the contacts of my account (RFC 6121 2, 3). How they stand comes by
/// Connection::contactChanged(). Addresses are bare. Session thread.
class ContactList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Adds a contact or gives it another name, empty: none. What else is noted of it stays.
    virtual QFuture<Outcome> putContact(const Jid &person, const QString &name) = 0;
    /// Also ends that either sees the other. None if there was no such contact.
    virtual QFuture<Outcome> removeContact(const Jid &person) = 0;

    // ConnectionLost if there is no stream to say it on; otherwise it will be said.
    /// To see when they are online.
    virtual Outcome askToSee(const Jid &person) = 0;
    /// Lets them see when I am online.
    virtual Outcome letSee(const Jid &person) = 0;
    /// Takes it back, or declines a wish to.
    virtual Outcome stopShowing(const Jid &person) = 0;

Q_SIGNALS:
    /// Comes again in each session until it is answered. nick: what they call themselves (XEP-0172), untrusted.
    void subscriptionRequested(const Mingle::Jid &person, const QString &nick);
    void subscriptionWithdrawn(const Mingle::Jid &person);
};

} // namespace Mingle
