// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/avatar.h"
#include "core/jid.h"
#include "core/result.h"

#include <QObject>

namespace Mingle {

/// Pictures of people, occupants and rooms (XEP-0084, XEP-0153, XEP-0486). Session thread.
class Avatars : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// The picture with this id, checked to be it. of: a person, a room, or an occupant by full address. NotFound.
    virtual QFuture<Result<QByteArray>> fetch(const Jid &of, const QString &id) = 0;
    /// The id of what a person shows now; empty: nothing. For those whose presence has not told.
    virtual QFuture<Result<QString>> current(const Jid &person) = 0;
    /// Mine, for all who may see it.
    virtual QFuture<Outcome> publish(const AvatarUpload &picture) = 0;

Q_SIGNALS:
    /// Told by presence: of a contact's device (from is full), of a room (bare), of my own account. id empty: none.
    void changed(const Mingle::Jid &from, const QString &id);
};

} // namespace Mingle
