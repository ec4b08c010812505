// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "xmpp/xmlscanner.h"

#include <QDomDocument>
#include <QXmlStreamReader>

namespace Mingle {

/// Turns the bytes of one XMPP stream into elements, incrementally and within StreamLimits: what QXmpp's own
/// reader should be, which is neither bounded nor linear. The events are the same however the bytes were cut, the cost is linear
/// in their number, and nothing is buffered beyond one stanza. Knows nothing of sockets.
class StanzaReader
{
public:
    enum class Event {
        More, ///< add() more bytes
        Opened, ///< element() is the stream's opening tag
        Element, ///< element() is a whole stanza or nonza
        Skipped, ///< a stanza was left out: element() is its name, bare; only if setSkipping(true)
        Closed, ///< </stream:stream>
        Failed, ///< error() says why; nothing more will come
    };

    explicit StanzaReader(const StreamLimits &limits = {});

    /// Begins a new stream; drops all bytes that were not looked at.
    void reset();
    /// Leave out a stanza over a limit instead of failing, and one whose prefixes are in disorder: servers pass on both
    /// as people write them. Anything else that is no XMPP fails nevertheless.
    void setSkipping(bool skipping) { m_mayskip = skipping; }

    void add(const QByteArray &bytes);
    /// Looks at bytes up to the next event.
    Event next();
    /// Bytes are there that next() has not looked at.
    bool hasBytes() const { return m_at < m_bytes.size(); }
    QDomElement element() const { return m_root; }
    /// ProtocolViolation; condition: a limit ("depth", "stanza-size" ...) or a stream condition (RFC
    /// 6120 4.9.3).
    const Error &error() const { return m_error; }

private:
    Event advance(const XmlScanner::Scan &scan, QByteArrayView bytes);
    Event skip();
    Event skipped();
    bool beginAnew();
    bool breaksNamespacesOnly() const;
    bool parse(QByteArrayView bytes);
    bool token(QXmlStreamReader::TokenType type);
    void openElement();
    bool refuse(const QString &condition, const QString &text = {});
    Event fail(const QString &condition, const QString &text = {});

    const StreamLimits m_limits;
    XmlScanner m_scanner;
    QXmlStreamReader m_xml;
    QByteArray m_bytes;
    qsizetype m_at = 0;
    QByteArray m_held; ///< the beginning of a tag that is not complete, and text before it
    QByteArray m_stanza; ///< what the XML reader has had of the present one
    QByteArray m_header; ///< the opening tag as received: a reader that skipped something begins anew with it
    QDomDocument m_document;
    QDomElement m_root;
    QDomElement m_current;
    Error m_error;
    Error m_wrong; ///< why parse() returned false
    int m_level = 0;
    bool m_mayskip = false;
};

} // namespace Mingle
