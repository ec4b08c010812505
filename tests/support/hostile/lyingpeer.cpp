// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/lyingpeer.h"

#include <QMessageAuthenticationCode>
#include <QUuid>

namespace Mingle::Hostile {

namespace {
const QString sasl2 = QStringLiteral("urn:xmpp:sasl:2");

QByteArray random()
{
    return QUuid::createUuid().toByteArray(QUuid::Id128);
}

QByteArray attribute(const QDomElement &element, const char *name)
{
    return element.attribute(QString::fromLatin1(name)).toUtf8().toPercentEncoding(" @/.:-_");
}

QByteArray childText(const QDomElement &element, const char *name)
{
    return element.firstChildElement(QString::fromLatin1(name)).text().toLatin1();
}

QDomElement child(const QDomElement &element, const char *name)
{
    return element.firstChildElement(QString::fromLatin1(name));
}

bool asksForManagement(const QDomElement &bind)
{
    auto enable = child(bind, "enable");
    while (!enable.isNull() && enable.namespaceURI() != u"urn:xmpp:sm:3")
        enable = enable.nextSiblingElement(QStringLiteral("enable"));
    return !enable.isNull();
}
} // namespace

LyingPeer::LyingPeer(LyingServer &server, int number, qintptr handle)
    : QObject(&server)
    , m_server(server)
    , m_socket(new QSslSocket(this))
    , m_number(number)
{
    m_socket->setSocketDescriptor(handle);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setLocalCertificate(server.certificates().certificate(server.lies.certificate));
    m_socket->setPrivateKey(server.certificates().key(server.lies.certificate));
    m_socket->setPeerVerifyMode(QSslSocket::VerifyNone);
    connect(m_socket, &QSslSocket::readyRead, this, &LyingPeer::read);
    connect(m_socket, &QSslSocket::encrypted, this, [this] { m_reader.reset(); });
    connect(m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    if (server.lies.directTls) m_socket->startServerEncryption();
}

void LyingPeer::send(const QByteArray &xml)
{
    m_socket->write(xml);
    m_socket->flush();
}

void LyingPeer::read()
{
    const QByteArray bytes = m_socket->readAll();
    m_server.record(m_number, bytes, m_socket->isEncrypted());
    if (m_silent) return;
    m_reader.add(bytes);
    for (;;) {
        switch (m_reader.next()) {
        case StanzaReader::Event::Opened:
            opened();
            break;
        case StanzaReader::Event::Element:
            element(m_reader.element());
            break;
        case StanzaReader::Event::Closed:
            send("</stream:stream>");
            m_server.sessions.remove(m_resumption);
            m_socket->disconnectFromHost();
            return;
        default:
            return;
        }
    }
}

void LyingPeer::opened()
{
    const Lies &lies = m_server.lies;
    const QByteArray version = lies.version.isEmpty() ? QByteArray() : " version='" + lies.version + "'";
    send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
         "xmlns:stream='http://etherx.jabber.org/streams' "
         "from='chat.test' id='"
         + random() + "'" + version + ">");
    features();
}

void LyingPeer::features()
{
    const Lies &lies = m_server.lies;
    if (!m_socket->isEncrypted()) {
        send(lies.beforeFeatures + "<stream:features>"
             + (lies.startTls ? "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" : "")
             + lies.clearFeatures + "</stream:features>");
    } else if (!m_loggedIn && lies.shy && m_begun.isNull()) {
        m_featuresDue = true;
    } else if (!m_loggedIn) {
        send(lies.securedBeforeFeatures + "<stream:features>" + loginFeatures() + "</stream:features>");
    } else if (!lies.insteadOfSessionFeatures.isNull()) {
        send(lies.insteadOfSessionFeatures);
    } else {
        send(QByteArray("<stream:features>")
             + (m_address.isEmpty() ? "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>" : "")
             + (lies.management ? "<sm xmlns='urn:xmpp:sm:3'/>" : "") + "</stream:features>");
    }
}

QByteArray LyingPeer::loginFeatures() const
{
    const Lies &lies = m_server.lies;
    QByteArray mechanisms;
    for (const auto &mechanism : lies.mechanisms)
        mechanisms += "<mechanism>" + mechanism + "</mechanism>";
    QByteArray result = lies.otherFeatures;
    if (lies.sasl)
        result += "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + mechanisms + "</mechanisms>";
    if (!lies.sasl2) return result;
    QByteArray inlined;
    if (lies.bind2)
        inlined += "<bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:carbons:2'/>"
                   + QByteArray(lies.management ? "<feature var='urn:xmpp:sm:3'/>" : "") + "</inline></bind>";
    if (lies.fast) inlined += "<fast xmlns='urn:xmpp:fast:0'><mechanism>HT-SHA-256-NONE</mechanism></fast>";
    if (lies.management) inlined += "<sm xmlns='urn:xmpp:sm:3'/>";
    return result + "<authentication xmlns='urn:xmpp:sasl:2'>" + mechanisms + "<inline>" + inlined
           + "</inline></authentication>";
}

void LyingPeer::element(const QDomElement &element)
{
    const QString name = element.tagName();
    const bool isStanza = name == u"iq" || name == u"message" || name == u"presence";
    if (isStanza && !m_resumption.isEmpty()) m_server.sessions[m_resumption].received = ++m_stanzas;
    if (m_server.lies.hook && m_server.lies.hook(*this, element)) return;
    if (name == u"starttls") {
        m_socket->write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + m_server.lies.behindProceed);
        m_socket->flush();
        m_reader.reset();
        m_socket->startServerEncryption();
    } else if (name == u"auth" || name == u"authenticate") {
        begin(element);
    } else if (name == u"response") {
        respond(element);
    } else if (name == u"iq") {
        iq(element);
    } else if (name == u"presence" && m_server.lies.onLive && !element.hasAttribute(QStringLiteral("to"))
               && !element.hasAttribute(QStringLiteral("type"))) {
        m_server.lies.onLive(*this);
    } else if (element.namespaceURI() == u"urn:xmpp:sm:3") {
        management(element);
    }
}

// -- login

QByteArray LyingPeer::challenge(const QByteArray &data) const
{
    const bool is2 = m_begun.namespaceURI() == sasl2;
    return "<challenge xmlns='" + QByteArray(is2 ? "urn:xmpp:sasl:2" : "urn:ietf:params:xml:ns:xmpp-sasl")
           + "'>" + data.toBase64() + "</challenge>";
}

void LyingPeer::fail(const QByteArray &condition)
{
    const bool is2 = m_begun.namespaceURI() == sasl2;
    send("<failure xmlns='" + QByteArray(is2 ? "urn:xmpp:sasl:2" : "urn:ietf:params:xml:ns:xmpp-sasl") + "'><"
         + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/></failure>");
}

void LyingPeer::begin(const QDomElement &element)
{
    const Lies &lies = m_server.lies;
    m_begun = element;
    m_step = 0;
    if (std::exchange(m_featuresDue, false)) features();
    const QByteArray mechanism = attribute(element, "mechanism");
    const QByteArray initial = QByteArray::fromBase64(
        element.namespaceURI() == sasl2 ? childText(element, "initial-response") : element.text().toLatin1());
    if (!lies.failure.isEmpty()) return fail(lies.failure);
    if (mechanism.startsWith("HT-")) {
        const QByteArray expected =
            QByteArray("ada") + '\0'
            + QMessageAuthenticationCode::hash("Initiator", m_server.token, QCryptographicHash::Sha256);
        if (lies.refuseTokens || m_server.token.isEmpty() || initial != expected)
            return fail("not-authorized");
        return succeed(
            QMessageAuthenticationCode::hash("Responder", m_server.token, QCryptographicHash::Sha256));
    }
    if (lies.successAtOnce) return succeed({});
    if (!mechanism.startsWith("SCRAM-")) return succeed({}); // a liar takes whatever it gets
    m_scram = ServerScram(mechanism, m_server.password);
    send(challenge(m_scram.first(initial, lies.iterations)));
}

void LyingPeer::respond(const QDomElement &response)
{
    if (++m_step == 2) return succeed({});
    QByteArray final = m_scram.final(QByteArray::fromBase64(response.text().toLatin1()));
    if (final.isEmpty()) return fail("not-authorized");
    switch (m_server.lies.signature) {
    case Lies::Signature::Right:
        break;
    case Lies::Signature::Forged:
        final[5] = final[5] == 'A' ? 'B' : 'A';
        break;
    case Lies::Signature::Missing:
        final.clear();
        break;
    case Lies::Signature::InChallenge:
        return send(challenge(final));
    }
    succeed(final);
}

void LyingPeer::succeed(const QByteArray &final)
{
    m_loggedIn = true;
    if (m_begun.namespaceURI() == sasl2) return succeed2(final);
    send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + final.toBase64() + "</success>");
    m_reader.reset();
}

void LyingPeer::succeed2(const QByteArray &final)
{
    const Lies &lies = m_server.lies;
    QByteArray inlined;
    const auto resumption = child(m_begun, "resume");
    if (!resumption.isNull()) inlined += resume(resumption);
    const bool resumed = !m_address.isEmpty();
    if (!resumed && lies.bind2 && !child(m_begun, "bind").isNull()) {
        m_address =
            lies.boundAddress.isEmpty() ? "ada@chat.test/Mingle." + random().first(6) : lies.boundAddress;
        inlined += "<bound xmlns='urn:xmpp:bind:0'>"
                   + (asksForManagement(child(m_begun, "bind")) ? enable() : QByteArray()) + "</bound>";
    }
    if (!child(m_begun, "request-token").isNull()) {
        m_server.token = random();
        inlined +=
            "<token xmlns='urn:xmpp:fast:0' token='" + m_server.token + "' expiry='2099-01-01T00:00:00Z'/>";
    }
    QByteArray who = m_address;
    if (who.isEmpty()) who = lies.boundAddress.isEmpty() ? QByteArray("ada@chat.test") : lies.boundAddress;
    send("<success xmlns='urn:xmpp:sasl:2'>"
         + (final.isEmpty() ? QByteArray() : "<additional-data>" + final.toBase64() + "</additional-data>")
         + "<authorization-identifier>" + who + "</authorization-identifier>" + inlined + "</success>");
    if (resumed)
        send(m_server.lies.behindResumed);
    else
        features();
}

// -- the session

void LyingPeer::answer(const QDomElement &iq, const QByteArray &payload)
{
    const QByteArray to = attribute(iq, "to");
    ++m_answers;
    send("<iq type='result' id='" + attribute(iq, "id") + "'"
         + (to.isEmpty() ? QByteArray() : " from='" + to + "'") + ">" + payload + "</iq>");
}

void LyingPeer::iq(const QDomElement &iq)
{
    const auto payload = iq.firstChildElement();
    const QString ns = payload.namespaceURI();
    if (ns == u"urn:ietf:params:xml:ns:xmpp-bind") {
        const QByteArray resource = childText(payload, "resource");
        m_address =
            m_server.lies.boundAddress.isEmpty() ? "ada@chat.test/" + resource : m_server.lies.boundAddress;
        return answer(iq,
                      "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + m_address + "</jid></bind>");
    }
    const QString type = iq.attribute(QStringLiteral("type"));
    if (type != u"get" && type != u"set") return;
    if (ns == u"jabber:iq:roster")
        answer(iq, "<query xmlns='jabber:iq:roster' ver='1'/>");
    else if (ns == u"urn:xmpp:ping" || ns == u"urn:xmpp:carbons:2")
        answer(iq);
    else
        ++m_answers, send("<iq type='error' id='" + attribute(iq, "id") + "' from='" + attribute(iq, "to")
                          + "'><error type='cancel'><service-unavailable "
                            "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
}

void LyingPeer::management(const QDomElement &element)
{
    const QString name = element.tagName();
    if (name == u"enable")
        send(enable());
    else if (name == u"resume")
        send(resume(element));
    else if (name == u"r")
        send("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(m_stanzas) + "'/>");
}

QByteArray LyingPeer::enable()
{
    m_resumption = random();
    m_stanzas = 0;
    m_server.sessions.insert(m_resumption, {0, m_address});
    m_answers = 0;
    return "<enabled xmlns='urn:xmpp:sm:3' id='" + m_resumption + "' resume='true' max='"
           + QByteArray::number(m_server.lies.resumeSeconds) + "'/>";
}

QByteArray LyingPeer::resume(const QDomElement &element)
{
    const QByteArray id = attribute(element, "previd");
    const Lies &lies = m_server.lies;
    if (lies.refuseResume || !m_server.sessions.contains(id)) {
        const QByteArray h = m_server.sessions.contains(id)
                                 ? " h='" + QByteArray::number(m_server.sessions.value(id).received) + "'"
                                 : QByteArray();
        return "<failed xmlns='urn:xmpp:sm:3'" + h
               + "><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>";
    }
    const SessionMemory memory = m_server.sessions.value(id);
    m_resumption = id;
    m_stanzas = memory.received;
    m_address = memory.address;
    const QByteArray h = lies.resumedH.isEmpty() ? QByteArray::number(memory.received) : lies.resumedH;
    return "<resumed xmlns='urn:xmpp:sm:3' previd='" + id + "' h='" + h + "'/>";
}

} // namespace Mingle::Hostile
