// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/scram.h"

#include <QDomElement>

#include <optional>

namespace Mingle {

/// Watches one authentication, RFC 6120 6 or XEP-0388, and decides whether the server proved itself: by the
/// SCRAM signature, or for a token by what the HT mechanism answers. Also says which mechanisms may be used
/// at all.
class LoginProof
{
public:
    /// token: the credentials as QXmpp wrote them, may be empty. allowPlain: PLAIN is taken too, which proves nothing but what
    /// TLS has proven already.
    LoginProof(QByteArray password, const QByteArray &token, bool allowPlain = false);

    /// SCRAM-SHA-256 and -512, and SCRAM-SHA-1 for servers that know nothing better.
    static bool isPasswordMechanism(QStringView name);
    /// HT-* without channel binding, of which QXmpp knows no other (XEP-0484).
    static bool isTokenMechanism(QStringView name);
    /// The mechanism that the token is for; empty: there is no token.
    static QString tokenMechanism(const QByteArray &token);

    /// XML that the client is about to send.
    void sent(const QString &xml);
    /// Before the client sees the challenge. None: it may answer.
    Error challenge(const QDomElement &challenge);
    /// Before the client sees the success. None: the server is genuine.
    Error success(const QDomElement &success);

    bool hasBegun() const { return m_isToken || m_isPlain || m_scram; }
    bool usedToken() const { return m_isToken; }

private:
    void begin(const QString &mechanism);
    void sentMessage(const QByteArray &message);

    QByteArray m_password;
    QByteArray m_secret;
    std::optional<Scram> m_scram;
    QCryptographicHash::Algorithm m_hash = QCryptographicHash::Sha256;
    int m_messages = 0;
    bool m_allowPlain = false;
    bool m_isPlain = false;
    bool m_isToken = false;
    bool m_verified = false;
};

} // namespace Mingle
