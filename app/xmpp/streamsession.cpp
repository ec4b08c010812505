// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamsession.h"

#include "xmpp/streamnamespaces.h"
#include "xmpp/wire.h"

namespace Mingle {

namespace {
QDomElement childOf(const QDomElement &parent, const QString &name, QStringView ns)
{
    auto child = parent.firstChildElement(name);
    while (!child.isNull() && child.namespaceURI() != ns)
        child = child.nextSiblingElement(name);
    return child;
}

// h of XEP-0198, or nothing.
std::optional<quint32> count(const QDomElement &element)
{
    bool isNumber = false;
    const quint32 h = element.attribute(QStringLiteral("h")).toUInt(&isNumber);
    return isNumber ? std::optional(h) : std::nullopt;
}

// XEP-0198 6: too high a count ends the stream.
Error impossible()
{
    return {Error::Kind::ProtocolViolation, QStringLiteral("undefined-condition"), {}};
}
} // namespace

QString StreamSession::everything()
{
    return QStringLiteral("4294967295");
}

void StreamSession::begin(const Jid &account, const QString &former)
{
    m_account = account;
    m_former = former;
    m_bound.clear();
    m_resumed = false;
}

Error StreamSession::bind(const QString &address)
{
    const auto jid = Jid::parse(address);
    if (!jid || jid->isBare() || jid->bare() != m_account)
        return {Error::Kind::ServerNotGenuine, QStringLiteral("wrong-identity"), {}};
    m_bound = jid->toString();
    // A new stream. What was to be resumed is over, also where nobody says so: the server may have come back without
    // XEP-0198, or have found no reason to answer.
    m_acks.end();
    m_resumable = false;
    return {};
}

Error StreamSession::bindAnswer(const QDomElement &iq)
{
    if (iq.attribute(QStringLiteral("type")) == u"error") {
        Error error = Wire::stanzaError(iq);
        if (error.condition == u"conflict") error.kind = Error::Kind::Conflict;
        return error;
    }
    const auto answer = childOf(iq, QStringLiteral("bind"), ns::bind);
    return bind(childOf(answer, QStringLiteral("jid"), ns::bind).text());
}

Error StreamSession::success(QDomElement success)
{
    const QString identity = childOf(success, QStringLiteral("authorization-identifier"), ns::sasl2).text();
    const auto who = Jid::parse(identity);
    if (!who || who->bare() != m_account)
        return {Error::Kind::ServerNotGenuine, QStringLiteral("wrong-identity"), {}};
    if (const auto failed = childOf(success, QStringLiteral("failed"), ns::streamManagement);
        !failed.isNull())
        resumeFailed(failed);
    if (const auto again = childOf(success, QStringLiteral("resumed"), ns::streamManagement); !again.isNull())
        return resumed(again);
    const auto bound = childOf(success, QStringLiteral("bound"), ns::bind2);
    if (bound.isNull()) return {};
    if (const Error error = bind(identity)) return error;
    const auto management = childOf(bound, QStringLiteral("enabled"), ns::streamManagement);
    return management.isNull() ? Error{} : enabled(management);
}

Error StreamSession::enabled(QDomElement enabled)
{
    if (!isBound()) return impossible();
    // Where to resume is ours to decide, with TLS as the account wants it.
    enabled.removeAttribute(QStringLiteral("location"));
    const QString resume = enabled.attribute(QStringLiteral("resume"));
    m_resumable = resume == u"true" || resume == u"1";
    m_resumeSeconds = enabled.attribute(QStringLiteral("max")).toInt();
    m_acks.begin();
    return {};
}

Error StreamSession::resumed(QDomElement resumed)
{
    const auto h = count(resumed);
    if (m_former.isEmpty() || isBound() || !h || !m_acks.acknowledge(*h)) return impossible();
    resumed.setAttribute(QStringLiteral("h"), everything());
    m_resumed = true;
    m_bound = m_former;
    return {};
}

void StreamSession::resumeFailed(const QDomElement &failed)
{
    // XEP-0198 5: the count of the old stream is worth something even so.
    if (const auto h = count(failed)) m_acks.acknowledgeLast(*h);
    m_acks.end();
    m_resumable = false;
}

Error StreamSession::acknowledged(const QDomElement &a)
{
    const auto h = count(a);
    return h && m_acks.acknowledge(*h) ? Error{} : impossible();
}

} // namespace Mingle
