// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamerrors.h"

#include "xmpp/streamnamespaces.h"
#include "xmpp/wire.h"

#include <algorithm>

namespace Mingle {

namespace {
using Kind = Error::Kind;

constexpr int maxTextLength = 1000;

struct Condition {
    QStringView name;
    Kind kind;
};

constexpr Condition streamConditions[] = {
    {u"conflict", Kind::Conflict},
    {u"connection-timeout", Kind::ConnectionLost},
    {u"host-gone", Kind::UnknownServer},
    {u"host-unknown", Kind::UnknownServer},
    {u"internal-server-error", Kind::ServerShutdown},
    {u"policy-violation", Kind::ServiceFull},
    {u"remote-connection-failed", Kind::ConnectionLost},
    {u"reset", Kind::ServerShutdown},
    {u"resource-constraint", Kind::ServiceFull},
    {u"see-other-host", Kind::Redirected},
    {u"system-shutdown", Kind::ServerShutdown},
};

constexpr Condition loginConditions[] = {
    {u"account-disabled", Kind::AccountDisabled},   {u"credentials-expired", Kind::WrongPassword},
    {u"encryption-required", Kind::WeakLogin},      {u"invalid-mechanism", Kind::WeakLogin},
    {u"mechanism-too-weak", Kind::WeakLogin},       {u"not-authorized", Kind::WrongPassword},
    {u"temporary-auth-failure", Kind::ServiceFull},
};

constexpr Condition stanzaConditions[] = {
    {u"feature-not-implemented", Kind::Unsupported},
    {u"gone", Kind::NotFound},
    {u"item-not-found", Kind::NotFound},
    {u"recipient-unavailable", Kind::NotFound},
    {u"remote-server-not-found", Kind::NotFound},
    {u"remote-server-timeout", Kind::Timeout},
    {u"resource-constraint", Kind::ServiceFull},
    {u"service-unavailable", Kind::Unsupported},
};

// XEP-0086: what servers sent before there were conditions.
QString conditionOfCode(const QString &code)
{
    static constexpr std::pair<QStringView, QStringView> codes[] = {
        {u"401", u"not-authorized"},
        {u"403", u"forbidden"},
        {u"404", u"item-not-found"},
        {u"405", u"not-allowed"},
        {u"406", u"not-acceptable"},
        {u"407", u"registration-required"},
        {u"409", u"conflict"},
        {u"501", u"feature-not-implemented"},
        {u"503", u"service-unavailable"},
        {u"504", u"remote-server-timeout"},
    };
    for (const auto &[number, condition] : codes)
        if (code == number) return condition.toString();
    return QStringLiteral("undefined-condition");
}

template<size_t size>
Kind kindOf(const Condition (&table)[size], const QString &name, Kind other)
{
    const auto found = std::ranges::find(table, QStringView(name), &Condition::name);
    return found != std::end(table) ? found->kind : other;
}

// The defined condition and the text among an error's children, either may be missing.
Error read(const QDomElement &error, QStringView ns, QStringView textNs)
{
    Error result;
    for (auto e = error.firstChildElement(); !e.isNull(); e = e.nextSiblingElement()) {
        if (e.tagName() == u"text" && e.namespaceURI() == textNs)
            result.text = e.text().left(maxTextLength);
        else if (e.namespaceURI() == ns && result.condition.isEmpty())
            result.condition = e.tagName();
    }
    return result;
}
} // namespace

Error certificateError(const QList<QSslError> &errors)
{
    QString condition = QStringLiteral("untrusted");
    QString text;
    int best = 0;
    const auto take = [&](int rank, const QSslError &error, const QString &word) {
        if (rank < best) return;
        best = rank;
        condition = word;
        text = error.errorString();
    };
    for (const QSslError &error : errors) {
        switch (error.error()) {
        case QSslError::SelfSignedCertificate:
            take(4, error, QStringLiteral("self-signed"));
            break;
        case QSslError::HostNameMismatch:
            take(2, error, QStringLiteral("wrong-name"));
            break;
        case QSslError::CertificateExpired:
        case QSslError::CertificateNotYetValid:
            take(1, error, QStringLiteral("expired"));
            break;
        default:
            take(3, error, QStringLiteral("untrusted"));
        }
    }
    return {Kind::CertificateInvalid, condition, text};
}

Error socketError(QAbstractSocket::SocketError error, const QString &text)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return {Kind::UnknownServer, QStringLiteral("host-not-found"), text};
    case QAbstractSocket::ConnectionRefusedError:
        return {Kind::Timeout, QStringLiteral("connection-refused"), text}; // there is such a machine
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::UnsupportedSocketOperationError:
        return {Kind::NoNetwork, {}, text};
    case QAbstractSocket::SocketTimeoutError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return {Kind::Timeout, {}, text};
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return {Kind::TlsUnavailable, QStringLiteral("handshake"), text};
    default:
        return {Kind::ConnectionLost, {}, text};
    }
}

Error streamError(const QDomElement &element)
{
    Error error = read(element, ns::streamError, ns::streamError);
    error.kind = kindOf(streamConditions, error.condition, Kind::ProtocolViolation);
    if (error.kind == Kind::Redirected) {
        const auto host = element.firstChildElement(QStringLiteral("see-other-host"));
        error.condition = host.text().trimmed().left(maxTextLength);
    }
    return error;
}

Error unprotectedStreamError(const QDomElement &element)
{
    Error error = streamError(element);
    switch (error.kind) {
    case Kind::Redirected: // RFC 6120 13.9.4.2: only who is proven genuine may send us elsewhere
        return {Kind::ProtocolViolation, QStringLiteral("see-other-host"), {}};
    case Kind::UnknownServer:
    case Kind::ServerShutdown:
    case Kind::ServiceFull:
        break;
    default:
        error.kind = Kind::ConnectionLost;
    }
    return error;
}

Error loginError(const QDomElement &failure)
{
    // SASL2 has its text in its own namespace, the conditions in the old one (XEP-0388 2.6.3)
    Error error = read(failure, ns::sasl, failure.namespaceURI());
    error.kind = kindOf(loginConditions, error.condition, Kind::ProtocolViolation);
    return error;
}

Error Wire::stanzaError(const QDomElement &stanza)
{
    const QDomElement element = stanza.firstChildElement(QStringLiteral("error"));
    Error error = read(element, ns::stanzaError, ns::stanzaError);
    if (error.condition.isEmpty())
        error.condition = conditionOfCode(element.attribute(QStringLiteral("code")));
    error.kind = kindOf(stanzaConditions, error.condition, Kind::Refused);
    // XEP-0433 3.2.2: its own conditions say more than the defined ones, and no text is needed beside them.
    for (auto e = element.firstChildElement(); !e.isNull(); e = e.nextSiblingElement()) {
        if (e.namespaceURI() != u"urn:xmpp:channel-search:0:error") continue;
        error.condition = e.tagName().left(maxTextLength);
        if (error.condition == u"rate-limit")
            error.text = e.attribute(QStringLiteral("retry-after")).left(maxTextLength);
    }
    return error;
}

} // namespace Mingle
