// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QAbstractSocket>
#include <QDomElement>
#include <QSslError>

namespace Mingle {

/// CertificateInvalid with the condition that says most.
Error certificateError(const QList<QSslError> &errors);
/// What the socket could not do.
Error socketError(QAbstractSocket::SocketError error, const QString &text);
/// <stream:error/> (RFC 6120 4.9.3). see-other-host becomes Redirected.
Error streamError(const QDomElement &element);
/// The same from a stream that TLS does not protect yet: nothing it says may stop us from trying again.
Error unprotectedStreamError(const QDomElement &element);
/// <failure/> of SASL (RFC 6120 6.5) or SASL2.
Error loginError(const QDomElement &failure);

} // namespace Mingle
