// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/xmlscanner.h"

#include <cstring>

namespace Mingle {

namespace {
constexpr char cdataStart[] = "![CDATA[";
constexpr int cdataStartLength = sizeof cdataStart - 1;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
} // namespace

XmlScanner::XmlScanner(const StreamLimits &limits)
    : m_limits(limits)
{
    Q_ASSERT(size_t(limits.depth) + 2 < m_children.size());
}

void XmlScanner::reset()
{
    *this = XmlScanner(m_limits);
}

void XmlScanner::skipStanza()
{
    m_skipping = true;
    // The limit may have been found broken by the stanza's very last byte.
    m_event = m_state == State::Text && m_depth <= 1 ? Event::Stanza : Event::More;
}

XmlScanner::Scan XmlScanner::scan(QByteArrayView bytes)
{
    Scan scan;
    const char *const begin = bytes.data();
    const char *const end = begin + bytes.size();
    const char *at = begin;
    while (m_event == Event::More && at != end) {
        if (m_state == State::Text && m_depth <= 1) {
            // Between stanzas: white space is a keep-alive (RFC 6120 4.6.1), other text has no meaning.
            while (at != end && isSpace(*at))
                ++at;
            scan.from = scan.complete = at - begin;
            if (at == end) break;
        }
        const char *next = skipAhead(at, end);
        m_unitBytes += next - at;
        if (m_state == State::Value) m_valueBytes += next - at;
        at = next;
        if (at == end) break;
        ++m_unitBytes;
        step(*at++);
        if (m_state == State::Text) scan.complete = at - begin;
    }
    scan.to = at - begin;
    if (m_event == Event::More) checkSize();
    scan.event = m_event;
    if (m_event == Event::More || m_event == Event::TooMuch || m_event == Event::Malformed) return scan;
    scan.skipped = m_skipping;
    m_event = Event::More;
    m_unitBytes = 0;
    m_elements = 0;
    m_skipping = false;
    return scan;
}

// Text and attribute values are most of the bytes: leap to where something can happen.
const char *XmlScanner::skipAhead(const char *at, const char *end) const
{
    char stop = 0;
    if (m_state == State::Text && m_depth > 1)
        stop = '<';
    else if (m_state == State::Value)
        stop = m_quote;
    else if (m_state == State::CData && m_bangAt == 0)
        stop = ']';
    else
        return at;
    const void *found = std::memchr(at, stop, size_t(end - at));
    return found ? static_cast<const char *>(found) : end;
}

// One byte further. False: m_event says what has ended or what is wrong.
bool XmlScanner::step(char c)
{
    switch (m_state) {
    case State::Text:
        if (c != '<') return report(Event::Malformed, "not-well-formed");
        startTag();
        return checkSize();
    case State::Open:
        return stepOpen(c);
    case State::Name:
    case State::Tag:
    case State::Value:
    case State::Slash:
    case State::Closing:
        return stepTag(c);
    case State::Declaration:
    case State::Bang:
    case State::CData:
        return stepMarked(c);
    }
    return true;
}

// The byte after '<' says what it is.
bool XmlScanner::stepOpen(char c)
{
    ++m_tagBytes;
    if (c == '?' && !m_begun) {
        m_begun = true;
        m_state = State::Declaration;
        return true;
    }
    if (c == '!' && m_depth > 1) {
        m_state = State::Bang;
        m_bangAt = 1;
        return true;
    }
    if (c == '?' || c == '!') return report(Event::Malformed, "restricted-xml");
    if (isSpace(c) || c == '<' || c == '>') return report(Event::Malformed, "not-well-formed");
    m_begun = true;
    if (c == '/') {
        m_state = State::Closing;
        return true;
    }
    m_state = State::Name;
    if (m_depth == 1) m_nameLength = 0;
    return stepTag(c);
}

bool XmlScanner::stepTag(char c)
{
    if (++m_tagBytes > m_limits.tagBytes && !m_skipping) return report(Event::TooMuch, "tag-size");
    if (m_state == State::Value) { // skipAhead() stops only at the closing quote
        m_tagBytes += m_valueBytes;
        m_state = State::Tag;
        return m_skipping || m_valueBytes <= m_limits.attributeBytes
               || report(Event::TooMuch, "attribute-size");
    }
    if (c == '<') return report(Event::Malformed, "not-well-formed");
    if (m_state == State::Closing) return c != '>' || closeElement();
    if (m_state == State::Slash) return c == '>' ? endTag(true) : report(Event::Malformed, "not-well-formed");
    if (m_state == State::Name && !isSpace(c) && c != '/' && c != '>') {
        if (m_depth == 1 && size_t(m_nameLength) < m_name.size()) m_name[size_t(m_nameLength++)] = c;
        return true;
    }
    m_state = State::Tag;
    if (c == '>') return endTag(false);
    if (c == '/') m_state = State::Slash;
    if (c != '"' && c != '\'') return true;
    m_quote = c;
    m_valueBytes = 0;
    m_state = State::Value;
    return ++m_attributes <= m_limits.attributes || m_skipping || report(Event::TooMuch, "attributes");
}

bool XmlScanner::stepMarked(char c)
{
    switch (m_state) {
    case State::Declaration:
        if (c == '<') return report(Event::Malformed, "not-well-formed");
        if (c != '>') return true;
        m_state = State::Text;
        return report(Event::Prolog);
    case State::Bang:
        if (c != cdataStart[m_bangAt]) return report(Event::Malformed, "restricted-xml");
        if (++m_bangAt < cdataStartLength) return true;
        m_state = State::CData;
        m_bangAt = 0;
        return true;
    default: // CData; m_bangAt counts the brackets that came in a row
        if (c == ']')
            m_bangAt = qMin(m_bangAt + 1, 2);
        else if (c == '>' && m_bangAt == 2)
            m_state = State::Text;
        else
            m_bangAt = 0;
        return true;
    }
}

void XmlScanner::startTag()
{
    if (m_depth <= 1) m_unitBytes = 1;
    m_state = State::Open;
    m_tagBytes = 1;
    m_attributes = 0;
}

bool XmlScanner::endTag(bool selfClosed)
{
    const int level = m_depth;
    m_state = State::Text;
    if (!selfClosed) ++m_depth;
    if (!checkSize() || !countElement(level)) return false;
    if (level == 0) return selfClosed ? report(Event::Malformed, "not-well-formed") : report(Event::Header);
    return !selfClosed || level > 1 || report(Event::Stanza);
}

bool XmlScanner::closeElement()
{
    m_state = State::Text;
    if (m_depth == 0) return report(Event::Malformed, "not-well-formed");
    --m_depth;
    if (!checkSize()) return false;
    return m_depth > 1 || report(m_depth == 1 ? Event::Stanza : Event::Close);
}

// level: 0 the stream, 1 a stanza, 2 its children
bool XmlScanner::countElement(int level)
{
    if (m_skipping || level == 0) return true;
    if (level > m_limits.depth) return report(Event::TooMuch, "depth");
    m_children[size_t(level) + 1] = 0;
    if (level > 1 && ++m_children[size_t(level)] > m_limits.children)
        return report(Event::TooMuch, "children");
    return ++m_elements <= m_limits.elements || report(Event::TooMuch, "elements");
}

// Found too large at the same byte count whether it came at once or in pieces.
bool XmlScanner::checkSize()
{
    if (m_skipping)
        return m_unitBytes <= m_limits.skippedBytes || report(Event::Malformed, "policy-violation");
    const bool isIq = m_depth > 0 && m_nameLength == 2 && m_name[0] == 'i' && m_name[1] == 'q';
    if (m_unitBytes > (isIq ? m_limits.iqBytes : m_limits.stanzaBytes))
        return report(Event::TooMuch, "stanza-size");
    if (m_state == State::Text || m_state == State::CData)
        return m_tagBytes <= m_limits.tagBytes || report(Event::TooMuch, "tag-size");
    const qsizetype value = m_state == State::Value ? m_valueBytes : 0;
    if (value > m_limits.attributeBytes) return report(Event::TooMuch, "attribute-size");
    return m_tagBytes + value <= m_limits.tagBytes || report(Event::TooMuch, "tag-size");
}

bool XmlScanner::report(Event event, const char *condition)
{
    m_event = event;
    m_condition = condition;
    return false;
}

} // namespace Mingle
