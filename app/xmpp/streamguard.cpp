// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamguard.h"

#include "xmpp/dom.h"
#include "xmpp/loginfeatures.h"
#include "xmpp/streamerrors.h"
#include "xmpp/streamnamespaces.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <QXmppClient.h>

namespace Mingle {

namespace {
// A server that pushes stanzas between <success/> and the features after it (XEP-0386) does not push many.
constexpr int maxEarly = 256;
constexpr qsizetype maxEarlySize = 1024 * 1024; // of their texts, in code units

qsizetype sizeOf(const QDomElement &element)
{
    qsizetype size = element.tagName().size();
    const QDomNamedNodeMap attributes = element.attributes();
    for (int i = 0; i < attributes.count(); ++i)
        size += attributes.item(i).nodeValue().size();
    for (QDomNode node = element.firstChild(); !node.isNull(); node = node.nextSibling())
        size += node.isElement() ? sizeOf(node.toElement()) : node.nodeValue().size();
    return size;
}

bool isStanza(const QDomElement &element)
{
    const QString name = element.tagName();
    return (name == u"message" || name == u"presence" || name == u"iq")
           && element.namespaceURI() == ns::client;
}

bool is(const QDomElement &element, QStringView name, QStringView ns)
{
    return element.tagName() == name && element.namespaceURI() == ns;
}
} // namespace

StreamGuard::StreamGuard(QXmppClient *client, StreamAcks &acks, QObject *parent)
    : QObject(parent)
    , m_qxmpp(client)
    , m_acks(acks)
    , m_session(acks)
{
    m_lastBytes.start();
    if (!m_qxmpp.silenceReader()) return;
    auto *socket = m_qxmpp.socket();
    connect(socket, &QSslSocket::connected, this, &StreamGuard::onConnected);
    connect(socket, &QSslSocket::encrypted, this, &StreamGuard::onEncrypted);
    connect(socket, &QSslSocket::readyRead, this, &StreamGuard::read);
    connect(socket, &QSslSocket::disconnected, this, &StreamGuard::onDisconnected);
    connect(socket, &QSslSocket::sslErrors, this, &StreamGuard::onSslErrors);
    connect(socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        // The remote side closing is reported by disconnected(), when all that it sent has been read.
        if (error == QAbstractSocket::RemoteHostClosedError) return;
        drop(m_certificateError ? m_certificateError : socketError(error, m_qxmpp.socket()->errorString()));
    });
    connect(m_qxmpp.stream(), &QXmppLoggable::logMessage, this,
            [this](QXmppLogger::MessageType type, const QString &text) {
                if (type == QXmppLogger::SentMessage) onSent(text);
            });
    connect(client, &QXmppClient::connected, this, &StreamGuard::onSessionOpened);
}

void StreamGuard::begin(const Login &login)
{
    m_login = login;
    m_meter = {};
    m_session.begin(login.account, login.former);
    m_proof.emplace(login.password, login.token, login.allowPlain);
    m_reader.reset();
    m_early.clear();
    m_earlySize = 0;
    m_bindId.clear();
    m_certificateError = {};
    m_expected = {};
    m_anticipating = m_asAnticipated = false;
    m_phase = Phase::Opening;
    m_lastBytes.start();
}

void StreamGuard::detach()
{
    hangUp();
    if (m_qxmpp.socket()) m_qxmpp.socket()->disconnect(this);
    if (m_qxmpp.stream()) m_qxmpp.stream()->disconnect(this);
}

// -- the socket

void StreamGuard::onConnected()
{
    if (m_phase == Phase::Closed) return;
    m_meter.connected();
    // Nagle's algorithm costs 40 ms per request.
    m_qxmpp.socket()->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_reader.reset();
    m_headerSeen = m_featuresSeen = false;
    m_phase = m_login.directTls ? Phase::Handshake : Phase::Plain;
    Q_EMIT reached();
}

void StreamGuard::onEncrypted()
{
    if (m_phase != Phase::Handshake) return;
    const auto *socket = m_qxmpp.socket();
    m_meter.secured(socket->sessionProtocol());
    // QSslSocket has checked all this; a stream whose certificate nobody looked at must not go on all the
    // same.
    const bool verified = socket->isEncrypted() && socket->sslHandshakeErrors().isEmpty()
                          && socket->peerVerifyMode() != QSslSocket::VerifyNone
                          && socket->peerVerifyMode() != QSslSocket::QueryPeer
                          && Jid::trusted(socket->peerVerifyName()) == Jid::trusted(m_login.account.domain());
    if (!verified) return drop({Error::Kind::CertificateInvalid, QStringLiteral("untrusted"), {}});
    m_reader.reset();
    m_headerSeen = m_featuresSeen = false;
    m_phase = Phase::Secured;
    Q_EMIT secured();
    if (!m_login.features.isEmpty() && m_phase == Phase::Secured) anticipate();
}

// QXmpp has just sent its stream header. With what the server offered last time it sends its login right behind it.
void StreamGuard::anticipate()
{
    StanzaReader reader;
    reader.add(
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
        + m_login.features);
    if (reader.next() != StanzaReader::Event::Opened) return;
    const QDomElement header = reader.element();
    if (reader.next() != StanzaReader::Event::Element) return;
    QDomElement features = reader.element();
    if (!is(features, u"features", ns::stream)) return;
    const QDomElement expected = features.cloneNode().toElement();
    // Never with PLAIN: the server may know something better by now.
    const bool good =
        LoginFeatures::keepOnlyGood(features, {!m_login.password.isEmpty(), m_login.token, false})
        == LoginFeatures::Verdict::Good;
    // Servers with SASL2 are of a time that knows pipelining; older ones are not tried.
    if (!good || !LoginFeatures::offersSasl2(features)) return;
    m_expected = expected;
    m_anticipating = true;
    m_qxmpp.streamReceived(header);
    m_qxmpp.stanzaReceived(features);
    if (m_phase == Phase::Secured && !m_proof->hasBegun()) refuse(Error::Kind::WeakLogin, "mechanisms");
}

void StreamGuard::onSslErrors(const QList<QSslError> &errors)
{
    m_certificateError = certificateError(errors);
}

void StreamGuard::onDisconnected()
{
    // A line that breaks in the middle of the handshake says nothing about TLS: a server that cannot speak it says so, by
    // an alert or by other bytes, and that is a socket error.
    const bool handshake = m_phase == Phase::Handshake;
    drop(m_certificateError
             ? m_certificateError
             : Error{Error::Kind::ConnectionLost, handshake ? QStringLiteral("handshake") : QString(), {}});
}

void StreamGuard::hangUp()
{
    m_phase = Phase::Closed;
    m_reader.reset();
    m_early.clear();
    if (m_qxmpp.socket()) m_qxmpp.socket()->abort();
}

void StreamGuard::drop(Error error)
{
    if (m_phase == Phase::Closed) return;
    hangUp();
    Q_EMIT failed(error);
}

void StreamGuard::fail(Error error)
{
    // RFC 6120 4.9.1.1: tell the other side why, but only one that is proven to be the right one.
    const bool canTell = m_phase == Phase::Secured || m_phase >= Phase::Authenticated;
    if (canTell && m_headerSeen && error.kind == Error::Kind::ProtocolViolation) {
        const bool defined = error.condition == u"not-well-formed" || error.condition == u"restricted-xml";
        m_qxmpp.socket()->write(
            "<stream:error><" + (defined ? error.condition.toLatin1() : QByteArray("policy-violation"))
            + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
        m_qxmpp.socket()->flush();
    }
    m_session.forbidResuming();
    drop(error);
}

void StreamGuard::refuse(Error::Kind kind, const char *condition)
{
    fail({kind, QString::fromLatin1(condition), {}});
}

bool StreamGuard::write(const QByteArray &xml)
{
    if (m_phase != Phase::Live && m_phase != Phase::Waiting) return false;
    return m_qxmpp.socket()->write(xml) == xml.size();
}

void StreamGuard::requestAck()
{
    if (!m_acks.isActive()) return;
    m_acks.requested();
    write("<r xmlns='urn:xmpp:sm:3'/>");
}

void StreamGuard::answerAck()
{
    if (m_phase != Phase::Live || !m_acks.isActive()) return;
    QDomDocument document;
    m_qxmpp.stanzaReceived(document.createElementNS(ns::streamManagement.toString(), QStringLiteral("r")));
}

// -- what QXmpp sends: called before the bytes are written, and an aborted socket takes none

void StreamGuard::onSent(const QString &xml)
{
    if (m_meter.isCounting() && m_phase != Phase::Closed) m_meter.wrote(xml.toUtf8().size());
    const auto begins = [&](QStringView with) { return QStringView(xml).startsWith(with); };
    switch (m_phase) {
    case Phase::Plain:
        if (!begins(u"<?xml") && !begins(u"<stream:stream") && !begins(u"<starttls")
            && !begins(u"</stream:stream"))
            fail({Error::Kind::Internal, QStringLiteral("sent-in-clear"), {}});
        break;
    case Phase::Secured:
        if (!begins(u"<auth") && !begins(u"<response")) break;
        m_proof->sent(xml);
        if (!m_proof->hasBegun()) refuse(Error::Kind::WeakLogin, "mechanism");
        break;
    case Phase::Authenticated:
    case Phase::Waiting:
    case Phase::Live:
        if (!begins(u"<iq") && !begins(u"<presence") && !begins(u"<message")) break;
        if (m_phase == Phase::Authenticated && !m_session.isBound()) {
            QXmlStreamReader reader(xml);
            reader.readNextStartElement();
            m_bindId = reader.attributes().value(QLatin1String("id")).toString();
        }
        m_acks.sent(xml.toUtf8());
        break;
    default:
        break;
    }
}

void StreamGuard::onSessionOpened()
{
    if (m_phase != Phase::Authenticated || !m_session.isBound()) {
        // QXmpp opens a session on features that offer nothing.
        return refuse(Error::Kind::ProtocolViolation, "no-session");
    }
    m_phase = Phase::Waiting;
    m_meter.stop();
}

void StreamGuard::goLive()
{
    if (m_phase != Phase::Waiting) return;
    m_phase = Phase::Live;
    if (m_acks.isActive()) {
        QDomDocument document;
        auto all = document.createElementNS(ns::streamManagement.toString(), QStringLiteral("a"));
        all.setAttribute(QStringLiteral("h"), StreamSession::everything());
        m_qxmpp.stanzaReceived(all);
    }
    const auto early = std::exchange(m_early, {});
    for (const auto &stanza : early)
        if (m_phase == Phase::Live) inLive(stanza);
    pump();
}

// -- what comes

void StreamGuard::read()
{
    m_lastBytes.start();
    const QByteArray bytes = m_qxmpp.socket()->readAll();
    if (m_phase == Phase::Closed || m_phase == Phase::Opening) return;
    m_meter.read(bytes.size());
    // Clear bytes that come after <proceed/> would be taken for protected ones (CVE-2011-0411 and its kin).
    if (m_phase == Phase::Handshake) return refuse(Error::Kind::ProtocolViolation, "data-before-tls");
    m_reader.add(bytes);
    pump();
}

void StreamGuard::pump()
{
    if (m_pumping) return;
    m_pumping = true;
    bool more = true;
    while (more && m_phase != Phase::Closed && m_phase != Phase::Waiting) {
        switch (m_reader.next()) {
        case StanzaReader::Event::More:
            more = false;
            break;
        case StanzaReader::Event::Opened:
            header(m_reader.element());
            break;
        case StanzaReader::Event::Element:
            element(m_reader.element());
            break;
        case StanzaReader::Event::Skipped:
            // QXmpp counts it (XEP-0198); an empty stanza has no meaning to anybody.
            element(m_reader.element());
            break;
        case StanzaReader::Event::Closed:
            m_session.forbidResuming();
            m_qxmpp.streamClosed();
            drop({Error::Kind::ConnectionLost, QStringLiteral("closed-by-server"), {}});
            break;
        case StanzaReader::Event::Failed:
            fail(m_reader.error());
            break;
        }
    }
    m_pumping = false;
}

void StreamGuard::header(const QDomElement &element)
{
    const int major = element.attribute(QStringLiteral("version")).section(u'.', 0, 0).toInt();
    if (!is(element, u"stream", ns::stream) || m_headerSeen)
        return refuse(Error::Kind::ProtocolViolation, "invalid-namespace");
    // Without a version QXmpp would speak XEP-0078, with the password in clear.
    if (major < 1) return refuse(Error::Kind::ProtocolViolation, "unsupported-version");
    m_headerSeen = true;
    if (m_phase != Phase::Secured || !m_anticipating) m_qxmpp.streamReceived(element);
}

void StreamGuard::element(QDomElement element)
{
    if (is(element, u"error", ns::stream)) {
        if (m_phase == Phase::Live) m_session.forbidResuming();
        return drop(m_phase == Phase::Plain ? unprotectedStreamError(element) : streamError(element));
    }
    switch (m_phase) {
    case Phase::Plain:
        return inPlain(element);
    case Phase::Secured:
        return inSecured(element);
    case Phase::Authenticated:
        return inAuthenticated(element);
    case Phase::Live:
        return inLive(element);
    default:
        return;
    }
}

// Not protected yet: nothing but the way to TLS.
void StreamGuard::inPlain(QDomElement &element)
{
    if (is(element, u"features", ns::stream) && !m_featuresSeen) {
        m_featuresSeen = true;
        if (!LoginFeatures::keepOnlyStartTls(element))
            return refuse(Error::Kind::TlsUnavailable, "not-offered");
        m_qxmpp.stanzaReceived(element);
    } else if (is(element, u"proceed", ns::tls) && m_featuresSeen) {
        if (m_reader.hasBytes()) return refuse(Error::Kind::ProtocolViolation, "data-before-tls");
        m_phase = Phase::Handshake;
        m_qxmpp.stanzaReceived(element);
    } else if (is(element, u"failure", ns::tls)) {
        refuse(Error::Kind::TlsUnavailable, "failure");
    } else {
        unexpected(element);
    }
}

void StreamGuard::inSecured(QDomElement &element)
{
    const bool isSasl = element.namespaceURI() == ns::sasl || element.namespaceURI() == ns::sasl2;
    const QString name = element.tagName();
    if (is(element, u"features", ns::stream) && !m_featuresSeen) {
        m_featuresSeen = true;
        loginFeatures(element);
    } else if (isSasl && m_proof->hasBegun() && name == u"challenge") {
        if (const Error error = m_proof->challenge(element)) return fail(error);
        m_qxmpp.stanzaReceived(element);
    } else if (isSasl && m_proof->hasBegun() && name == u"success") {
        success(element);
    } else if (isSasl && name == u"failure") {
        // QXmpp would forget the stream that may still be resumed, and close: it does not hear of this.
        drop(loginError(element));
    } else if (isSasl && name == u"continue") {
        refuse(Error::Kind::WeakLogin, "further-tasks");
    } else {
        unexpected(element);
    }
}

void StreamGuard::loginFeatures(QDomElement &features)
{
    m_asAnticipated = m_anticipating && LoginFeatures::same(m_expected, features);
    if (!m_asAnticipated) {
        QByteArray seen;
        QXmlStreamWriter writer(&seen);
        Dom::write(writer, features);
        Q_EMIT featuresSeen(seen);
    }
    // Answered already. If they are others now and that answer will not do, the server says so.
    if (m_anticipating) return;
    const auto verdict = LoginFeatures::keepOnlyGood(
        features, {!m_login.password.isEmpty(), m_login.token, m_login.allowPlain});
    if (verdict == LoginFeatures::Verdict::NeedsPassword)
        return drop({Error::Kind::WrongPassword, QStringLiteral("password-needed"), {}});
    if (verdict == LoginFeatures::Verdict::OnlyPlain) return refuse(Error::Kind::WeakLogin, "only-plain");
    if (verdict == LoginFeatures::Verdict::Weak) return refuse(Error::Kind::WeakLogin, "mechanisms");
    m_qxmpp.stanzaReceived(features);
    if (m_phase == Phase::Secured && !m_proof->hasBegun()) refuse(Error::Kind::WeakLogin, "mechanisms");
}

void StreamGuard::success(QDomElement &element)
{
    if (const Error error = m_proof->success(element)) return fail(error);
    const bool isSasl2 = element.namespaceURI() == ns::sasl2;
    m_phase = Phase::Authenticated;
    m_headerSeen = isSasl2;
    m_featuresSeen = false;
    if (isSasl2) {
        if (const Error error = m_session.success(element)) return fail(error);
    } else {
        // RFC 6120 6.4.6: a new stream begins; QXmpp sends its header while it hears of this.
        m_reader.reset();
    }
    m_qxmpp.stanzaReceived(element);
}

void StreamGuard::inAuthenticated(QDomElement &element)
{
    const bool isManagement = element.namespaceURI() == ns::streamManagement;
    const QString name = element.tagName();
    Error error;
    if (is(element, u"features", ns::stream) && !m_featuresSeen) {
        m_featuresSeen = true;
        return sessionFeatures(element);
    } else if (isManagement && name == u"enabled") {
        // What came before it does not count in XEP-0198, and QXmpp would count it.
        m_early.clear();
        error = m_session.enabled(element);
    } else if (isManagement && name == u"resumed") {
        error = m_session.resumed(element);
    } else if (isManagement && name == u"failed") {
        if (!m_session.isBound()) m_session.resumeFailed(element);
    } else if (name == u"iq" && !m_session.isBound() && !m_bindId.isEmpty()
               && element.attribute(QStringLiteral("id")) == m_bindId) {
        error = m_session.bindAnswer(element);
    } else if (isStanza(element) && m_session.isBound()) {
        m_earlySize += sizeOf(element);
        if (m_early.size() >= maxEarly || m_earlySize > maxEarlySize)
            return refuse(Error::Kind::ProtocolViolation, "early-stanzas");
        m_early << element;
        return;
    } else {
        return unexpected(element);
    }
    if (error) return fail(error);
    m_qxmpp.stanzaReceived(element);
}

void StreamGuard::sessionFeatures(QDomElement &features)
{
    m_rosterVersions = LoginFeatures::offersRosterVersions(features);
    LoginFeatures::dropLogin(features);
    const bool canBind = LoginFeatures::offersBinding(features);
    if (!m_session.isBound() && !canBind) return refuse(Error::Kind::ProtocolViolation, "no-bind");
    if (m_session.isBound()) LoginFeatures::dropBinding(features);
    m_qxmpp.stanzaReceived(features);
}

void StreamGuard::inLive(const QDomElement &element)
{
    if (isStanza(element) || is(element, u"r", ns::streamManagement)) {
        m_qxmpp.stanzaReceived(element);
    } else if (is(element, u"a", ns::streamManagement)) {
        if (const Error error = m_session.acknowledged(element)) fail(error);
    } else if (is(element, u"features", ns::stream) && m_session.wasResumed() && !m_featuresSeen) {
        // prosody offers them behind a resumption inside of SASL2 too; QXmpp would begin to bind.
        m_featuresSeen = true;
    } else {
        unexpected(element);
    }
}

void StreamGuard::unexpected(const QDomElement &element)
{
    // Stanzas from nobody who is known yet: as if they had not come.
    if (isStanza(element) && m_phase != Phase::Live) return;
    refuse(Error::Kind::ProtocolViolation, "unsupported-stanza-type");
}

} // namespace Mingle
