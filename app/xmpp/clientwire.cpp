// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/clientwire.h"

#include "xmpp/selfdescription.h"
#include "xmpp/streamnamespaces.h"

#include <QUuid>
#include <QXmlStreamWriter>
#include <QXmppPingIq.h>

#include <algorithm>

namespace Mingle {

namespace {
constexpr qsizetype maxRemembered = 1000;

// Nobody can guess these, so nobody can answer for another; QXmpp's ids count up.
QString randomId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QByteArray written(const QXmppStanza &stanza)
{
    QByteArray xml;
    QXmlStreamWriter writer(&xml);
    stanza.toXml(&writer);
    return xml;
}

// An empty <iq/> answer of type result, as the ping protocol wants (XEP-0199 4.1).
QXmppIq resultFor(const QDomElement &request)
{
    QXmppIq answer(QXmppIq::Result);
    answer.setId(request.attribute(QStringLiteral("id")));
    answer.setTo(request.attribute(QStringLiteral("from")));
    return answer;
}
} // namespace

ClientWire::ClientWire(ClientStream &stream, std::chrono::milliseconds lost, QObject *parent)
    : Wire(parent)
    , m_stream(stream)
    , m_lost(lost)
    , m_expiry(this)
{
    m_clock.start();
    m_expiry.setSingleShot(true);
    connect(&m_expiry, &QTimer::timeout, this, &ClientWire::expire);
    connect(&stream, &ClientStream::stanzaReceived, this, &ClientWire::receive);
    connect(&stream, &ClientStream::opened, this, [this](bool resumed) {
        if (resumed) hurry();
        Q_EMIT ready(resumed);
    });
    connect(&stream, &ClientStream::suspended, this, &ClientWire::suspended);
    connect(&stream, &ClientStream::ended, this, &ClientWire::onEnded);
    connect(&stream, &ClientStream::pingWanted, this, &ClientWire::ping);
}

ClientWire::~ClientWire()
{
    const auto pending = std::exchange(m_pending, {});
    for (const auto &one : pending) {
        one->promise.addResult(Result<QDomElement>(Error::Kind::ConnectionLost));
        one->promise.finish();
    }
}

bool ClientWire::isLive() const
{
    return m_stream.state() == Connection::State::Live || m_stream.isSuspended();
}

Jid ClientWire::ownAddress() const
{
    return isLive() ? m_stream.boundAddress() : Jid();
}

bool ClientWire::hasRosterVersions() const
{
    return m_stream.hasRosterVersions();
}

// -- out

bool ClientWire::writeStanza(const QByteArray &xml, std::shared_ptr<QPromise<Outcome>> promise)
{
    if (m_stream.isSuspended()) {
        // It goes out when the stream is resumed, in its turn among what was not acknowledged.
        if (!m_stream.acks().isActive()) return false;
        m_stream.acks().sent(xml, std::move(promise));
        return true;
    }
    if (!isLive()) return false;
    m_stream.acks().sent(xml, std::move(promise));
    m_stream.write(xml);
    m_stream.requestAckSoon();
    return true;
}

QFuture<Result<QDomElement>> ClientWire::request(QXmppIq &&iq, std::chrono::milliseconds timeout,
                                                 const Jid &errorsFrom)
{
    const QString id = randomId();
    iq.setId(id);
    const auto to = iq.to().isEmpty() ? std::optional(Jid()) : Jid::parse(iq.to());
    if (!to) return Mingle::answered(Result<QDomElement>(Error::Kind::InvalidAddress));
    // Registered before it is written: the stream may break while it is.
    auto pending = std::make_shared<Pending>();
    pending->to = *to;
    pending->errorsFrom = errorsFrom;
    pending->deadline = m_clock.elapsed() + timeout.count();
    pending->promise.start();
    auto future = pending->promise.future();
    if (!isLive()) {
        pending->promise.addResult(Result<QDomElement>(Error::Kind::ConnectionLost));
        pending->promise.finish();
        return future;
    }
    m_pending.insert(id, pending);
    if (!m_expiry.isActive() || m_expiry.remainingTime() > timeout.count()) m_expiry.start(timeout);
    if (!writeStanza(written(iq))) finish(id, Error{Error::Kind::ConnectionLost, {}, {}});
    return future;
}

void ClientWire::send(const QXmppStanza &stanza)
{
    writeStanza(written(stanza));
}

QFuture<Outcome> ClientWire::sendAcknowledged(const QByteArray &stanza)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    auto future = promise->future();
    if (!writeStanza(stanza, promise)) {
        promise->addResult(Outcome(Error::Kind::ConnectionLost));
        promise->finish();
    } else if (!m_stream.acks().isActive()) {
        confirmByPing();
    }
    return future;
}

// Without XEP-0198: a server handles the stanzas of one stream in order (RFC 6120 10.1), so when it answers this it
// has the message. A refusal is an answer too.
void ClientWire::confirmByPing()
{
    QXmppPingIq iq;
    iq.setTo(m_stream.account().domain());
    auto answer = request(std::move(iq), std::chrono::seconds(30));
    answer.then(this, [this, stream = m_streams](const Result<QDomElement> &result) {
        const auto kind = result.error().kind;
        const bool answered = kind != Error::Kind::ConnectionLost && kind != Error::Kind::Timeout;
        if (answered && stream == m_streams) m_stream.acks().acknowledgeFirst(1);
    });
}

void ClientWire::ping()
{
    QXmppPingIq iq;
    iq.setTo(m_stream.account().domain());
    Q_UNUSED(request(std::move(iq), std::chrono::seconds(30)));
}

// -- in

std::optional<Jid> ClientWire::address(const QString &text)
{
    if (text.isEmpty()) return Jid();
    if (const auto known = m_addresses.constFind(text); known != m_addresses.cend()) return *known;
    if (m_addresses.size() >= maxRemembered) m_addresses.clear();
    const auto jid = Jid::parse(text);
    m_addresses.insert(text, jid);
    return jid;
}

void ClientWire::receive(const QDomElement &stanza)
{
    const auto from = address(stanza.attribute(QStringLiteral("from")));
    if (!from) return;
    const QString name = stanza.tagName();
    if (name == u"message")
        Q_EMIT messageReceived(stanza, *from);
    else if (name == u"presence")
        Q_EMIT presenceReceived(stanza, *from);
    else
        receiveIq(stanza, *from);
}

void ClientWire::receiveIq(const QDomElement &stanza, const Jid &from)
{
    const QString type = stanza.attribute(QStringLiteral("type"));
    if (type == u"result" || type == u"error") {
        complete(stanza, from);
    } else if (type == u"set") {
        bool taken = false;
        Q_EMIT iqSetReceived(stanza, from, &taken);
        if (!taken) refuse(stanza);
    } else if (type == u"get") {
        answerIq(stanza, from);
    }
}

void ClientWire::answerIq(const QDomElement &stanza, const Jid &from)
{
    Q_UNUSED(from);
    const QDomElement payload = stanza.firstChildElement();
    const QString space = payload.namespaceURI();
    if (payload.tagName() == u"ping" && space == ns::ping)
        send(resultFor(stanza));
    else if (payload.tagName() == u"query" && (space == ns::discoInfo || space == ns::discoItems))
        writeStanza(SelfDescription::answer(stanza));
    else
        refuse(stanza);
}

void ClientWire::refuse(const QDomElement &stanza)
{
    QXmppIq answer = resultFor(stanza);
    answer.setType(QXmppIq::Error);
    answer.setError(QXmppStanza::Error(QXmppStanza::Error::Cancel, QXmppStanza::Error::ServiceUnavailable));
    send(answer);
}

void ClientWire::complete(const QDomElement &stanza, const Jid &from)
{
    const QString id = stanza.attribute(QStringLiteral("id"));
    const auto pending = m_pending.constFind(id);
    if (pending == m_pending.cend()) return;
    const bool isError = stanza.attribute(QStringLiteral("type")) == u"error";
    const bool isSubstitute = isError && !from.isEmpty() && from == (*pending)->errorsFrom;
    if (!isSubstitute && !isFromAddressee(from, (*pending)->to)) return;
    finish(id, isError ? Result<QDomElement>(stanzaError(stanza)) : Result<QDomElement>(stanza));
}

// RFC 6120 8.1.2.1; without a sender it is my server's own word, which it may give for my account and for
// itself.
bool ClientWire::isFromAddressee(const Jid &from, const Jid &to) const
{
    const Jid own = m_stream.account();
    if (to.isEmpty()) return from.isEmpty() || from == own;
    if (from.isEmpty()) return to == own || to == m_stream.boundAddress() || to == Jid::trusted(own.domain());
    return from == to;
}

void ClientWire::finish(const QString &id, Result<QDomElement> result)
{
    const auto pending = m_pending.take(id);
    if (!pending) return;
    pending->promise.addResult(std::move(result));
    pending->promise.finish();
}

void ClientWire::onEnded()
{
    ++m_streams;
    const auto ids = m_pending.keys();
    for (const QString &id : ids)
        finish(id, Error{Error::Kind::ConnectionLost, {}, {}});
    m_expiry.stop();
    Q_EMIT ended();
}

// Some answers are lost with the line, whatever XEP-0198 says; a server sends what was waiting as soon as a stream is taken
// up again.
void ClientWire::hurry()
{
    const qint64 latest = m_clock.elapsed() + m_lost.count();
    for (const auto &pending : std::as_const(m_pending))
        pending->deadline = std::min(pending->deadline, latest);
    expire();
}

void ClientWire::expire()
{
    const qint64 now = m_clock.elapsed();
    qint64 next = -1;
    QStringList late;
    for (auto it = m_pending.cbegin(); it != m_pending.cend(); ++it) {
        const qint64 left = (*it)->deadline - now;
        if (left <= 0)
            late << it.key();
        else if (next < 0 || left < next)
            next = left;
    }
    if (next >= 0) m_expiry.start(int(next));
    for (const QString &id : std::as_const(late))
        finish(id, Error{Error::Kind::Timeout, {}, {}});
}

} // namespace Mingle
