// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account.h"
#include "xmpp/connection.h"
#include "xmpp/serverfinder.h"

#include <QList>

class QSslCertificate;
class QXmppConfiguration;

namespace Mingle {

/// The authorities of the system and those of this PEM file; empty: there is no such file, and QXmpp takes the system's.
QList<QSslCertificate> authorities(const QString &path);

/// How QXmpp is to log in there: never without TLS, never with a mechanism that gives the password away, without anything
/// that it would do by itself.
QXmppConfiguration streamConfiguration(const Account &account, const Credentials &credentials,
                                       const StreamTarget &target, const QList<QSslCertificate> &authorities);

} // namespace Mingle
