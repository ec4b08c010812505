// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDomElement>

/// Takes out of <stream:features/> what QXmpp must not use, so that it cannot choose wrongly.
namespace Mingle::LoginFeatures {

enum class Verdict {
    Good,
    NeedsPassword, ///< only the token is at hand, and the server does not take it
    Weak,          ///< no mechanism that is good enough
    OnlyPlain,     ///< the same, but the account may allow PLAIN
};

/// What there is to log in with.
struct Means {
    bool hasPassword = false;
    QByteArray token; ///< as QXmpp wrote it; may be empty
    bool allowPlain = false;
};

/// Before TLS. False: STARTTLS is not offered.
bool keepOnlyStartTls(QDomElement &features);
/// On a protected stream: only mechanisms that LoginProof can verify; PLAIN if there is none and it is allowed.
Verdict keepOnlyGood(QDomElement &features, const Means &means);
/// Whether SASL2 (XEP-0388) is among what is left.
bool offersSasl2(const QDomElement &features);
/// The same elements, attributes and texts; the order of elements counts.
bool same(const QDomElement &a, const QDomElement &b);
/// After the login nothing about logging in is of use.
void dropLogin(QDomElement &features);
/// RFC 6121 2.6.1
bool offersRosterVersions(const QDomElement &features);
bool offersBinding(const QDomElement &features);
/// On a stream that is bound already (XEP-0386).
void dropBinding(QDomElement &features);

} // namespace Mingle::LoginFeatures
