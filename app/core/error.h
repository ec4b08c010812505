// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace Mingle {

/// What went wrong, in a form that crosses threads and modules. Never holds user-facing words (those
/// are made in ui from kind and condition) and never a password, token or message text.
struct Error {
    enum class Kind {
        None,
        Cancelled,
        // reaching the server
        NoNetwork, ///< no route, no DNS answer at all
        UnknownServer, ///< the name does not exist
        Timeout, ///< no answer in time, or nothing listens there (condition "connection-refused")
        ConnectionLost,
        CertificateInvalid, ///< condition: "expired", "self-signed", "wrong-name", "untrusted"
        TlsUnavailable, ///< the server offers no TLS: nothing was sent
        // logging in
        WrongPassword,
        AccountDisabled,
        WeakLogin, ///< the server offers no acceptable login method
        ServerNotGenuine, ///< SCRAM server signature missing or wrong, absurd parameters
        ProtocolViolation, ///< malformed or oversized XML, a stanza where none may be
        Conflict, ///< logged in elsewhere with the same resource
        ServerShutdown,
        Redirected, ///< see-other-host; condition is the host
        // an answer of type error (RFC 6120 8.3.3); condition is the element's name
        Refused, ///< forbidden, not-allowed, not-authorized, registration-required, jid-malformed ...
        NotFound, ///< item-not-found, remote-server-not-found, gone
        Unsupported, ///< service-unavailable, feature-not-implemented
        ServiceFull, ///< resource-constraint, service-unavailable of a full room
        // here
        InvalidAddress,
        InvalidInput,
        TooLarge,
        Storage, ///< SQLite or the file system refused; text has the engine's words
        NoKeychain,
        Internal,
    };

    Kind kind = Kind::None;
    QString condition; ///< stanza, stream or SASL condition, for example "registration-required"
    QString text; ///< technical words for the details and the log, maybe from the server: untrusted

    explicit operator bool() const { return kind != Kind::None; }
    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace Mingle

Q_DECLARE_METATYPE(Mingle::Error)
