// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/stanzareader.h"

namespace Mingle {

StanzaReader::StanzaReader(const StreamLimits &limits)
    : m_limits(limits)
    , m_scanner(limits)
{}

void StanzaReader::reset()
{
    m_scanner.reset();
    m_xml.clear();
    m_bytes.clear();
    m_at = 0;
    m_held.clear();
    m_stanza.clear();
    m_header.clear();
    m_document = {};
    m_root = {};
    m_current = {};
    m_error = m_wrong = {};
    m_level = 0;
}

void StanzaReader::add(const QByteArray &bytes)
{
    if (m_error) return;
    if (m_at == m_bytes.size()) {
        m_bytes = bytes;
        m_at = 0;
    } else {
        m_bytes.remove(0, m_at);
        m_at = 0;
        m_bytes += bytes;
    }
}

StanzaReader::Event StanzaReader::next()
{
    while (!m_error && hasBytes()) {
        const auto bytes = QByteArrayView(m_bytes).sliced(m_at);
        const auto scan = m_scanner.scan(bytes);
        m_at += scan.to;
        const Event event = advance(scan, bytes);
        if (event != Event::More) return event;
    }
    return m_error ? Event::Failed : Event::More;
}

StanzaReader::Event StanzaReader::advance(const XmlScanner::Scan &scan, QByteArrayView bytes)
{
    using Seen = XmlScanner::Event;
    switch (scan.event) {
    case Seen::Prolog:
        // Whatever encoding it names, XMPP is UTF-8 (RFC 6120 11.6).
        m_held.clear();
        return Event::More;
    case Seen::TooMuch:
        if (!m_mayskip || m_level == 0) return fail(QString::fromLatin1(m_scanner.condition()));
        return skip();
    case Seen::Malformed:
        return fail(QString::fromLatin1(m_scanner.condition()));
    default:
        break;
    }
    if (m_scanner.isSkipping()) return Event::More;
    if (scan.skipped) return skipped();

    const qsizetype end = scan.event == Seen::More ? scan.complete : scan.to;
    const auto useful = bytes.sliced(scan.from, end - scan.from);
    if (!useful.isEmpty()) {
        if (scan.event == Seen::Header) m_header = m_held + useful.toByteArray();
        if (m_level <= 1) m_root = {};
        if (!parse(useful)) {
            if (m_mayskip && breaksNamespacesOnly()) return skip();
            return fail(m_wrong.condition, m_wrong.text);
        }
    }
    m_held += bytes.sliced(end, scan.to - end);
    switch (scan.event) {
    case Seen::Header:
        return m_level == 1 && !m_root.isNull() ? Event::Opened : fail(QStringLiteral("not-well-formed"));
    case Seen::Stanza:
        return m_level == 1 && !m_root.isNull() ? Event::Element : fail(QStringLiteral("not-well-formed"));
    case Seen::Close:
        return m_level == 0 ? Event::Closed : fail(QStringLiteral("not-well-formed"));
    default:
        return Event::More;
    }
}

StanzaReader::Event StanzaReader::skip()
{
    m_scanner.skipStanza();
    if (!beginAnew()) return fail(QStringLiteral("not-well-formed"));
    // The scanner may have had the end of it already.
    const auto scan = m_scanner.scan({});
    return advance(scan, {});
}

StanzaReader::Event StanzaReader::skipped()
{
    m_document = {};
    m_root = m_document.createElementNS(QStringLiteral("jabber:client"),
                                        QString::fromLatin1(m_scanner.stanzaName()));
    return Event::Skipped;
}

// The XML reader stands in the middle of a stanza: back to behind the stream's opening tag.
bool StanzaReader::beginAnew()
{
    m_held.clear();
    m_xml.clear();
    m_level = 0;
    const bool begun = parse(m_header) && m_level == 1;
    m_root = {};
    return begun;
}

// ejabberd 24.12 passes on <x p:a=''/> of somebody who has declared p in his <message/>, without the declaration, and
// prosody 13 makes one of xml:a that nobody may make. Anybody can send these, and they stay in archives.
bool StanzaReader::breaksNamespacesOnly() const
{
    if (m_stanza.isEmpty() || m_wrong.condition != u"not-well-formed") return false;
    QXmlStreamReader plain;
    plain.setNamespaceProcessing(false);
    plain.addData(m_stanza);
    while (!plain.atEnd())
        plain.readNext();
    return !plain.hasError() || plain.error() == QXmlStreamReader::PrematureEndOfDocumentError;
}

bool StanzaReader::parse(QByteArrayView bytes)
{
    m_held += bytes;
    if (m_level <= 1)
        m_stanza = m_held;
    else
        m_stanza += m_held;
    // No sequence is cut here: pieces end behind a tag. QXmlStreamReader would take bad UTF-8 for an early
    // end, and zeros for UTF-16.
    if (!QByteArrayView(m_held).isValidUtf8() || m_held.contains('\0')) {
        m_stanza.clear();
        return refuse(QStringLiteral("not-well-formed"), QStringLiteral("not UTF-8"));
    }
    m_xml.addData(std::exchange(m_held, {}));
    while (!m_xml.atEnd()) {
        if (!token(m_xml.readNext())) return refuse(QStringLiteral("restricted-xml"));
    }
    if (m_xml.hasError() && m_xml.error() != QXmlStreamReader::PrematureEndOfDocumentError)
        return refuse(QStringLiteral("not-well-formed"), m_xml.errorString());
    return true;
}

bool StanzaReader::refuse(const QString &condition, const QString &text)
{
    m_wrong = {Error::Kind::ProtocolViolation, condition, text};
    return false;
}

bool StanzaReader::token(QXmlStreamReader::TokenType type)
{
    switch (type) {
    case QXmlStreamReader::StartElement:
        openElement();
        return true;
    case QXmlStreamReader::EndElement:
        --m_level;
        if (m_level > 1) m_current = m_current.parentNode().toElement();
        return true;
    case QXmlStreamReader::Characters:
        if (m_level > 1) m_current.appendChild(m_document.createTextNode(m_xml.text().toString()));
        return true;
    case QXmlStreamReader::NoToken:
    case QXmlStreamReader::Invalid:
    case QXmlStreamReader::StartDocument:
    case QXmlStreamReader::EndDocument:
        return true;
    default: // comment, DTD, entity reference, processing instruction: RFC 6120 11.1
        return false;
    }
}

void StanzaReader::openElement()
{
    // A document of its own for each: whoever keeps an element keeps no other stanza alive with it.
    if (m_level <= 1) m_document = {};
    QDomElement element =
        m_document.createElementNS(m_xml.namespaceUri().toString(), m_xml.qualifiedName().toString());
    const auto attributes = m_xml.attributes();
    for (const auto &attribute : attributes) {
        if (attribute.namespaceUri().isEmpty())
            element.setAttribute(attribute.name().toString(), attribute.value().toString());
        else
            element.setAttributeNS(attribute.namespaceUri().toString(), attribute.qualifiedName().toString(),
                                   attribute.value().toString());
    }
    if (m_level <= 1) {
        m_document.appendChild(element);
        m_root = element;
    } else {
        m_current.appendChild(element);
    }
    m_current = element;
    ++m_level;
}

StanzaReader::Event StanzaReader::fail(const QString &condition, const QString &text)
{
    m_error = {Error::Kind::ProtocolViolation, condition, text};
    m_bytes.clear();
    m_at = 0;
    m_held.clear();
    m_stanza.clear();
    m_document = {};
    m_root = {};
    m_current = {};
    return Event::Failed;
}

} // namespace Mingle
