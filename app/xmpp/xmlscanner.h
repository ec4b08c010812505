// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xmpp/streamlimits.h"

#include <QByteArray>

#include <array>

namespace Mingle {

/// Finds where the stream header, each stanza and the stream's end lie in raw bytes, and holds them to the
/// limits, without building anything. It sees every byte once, however the bytes were cut. XML that RFC
/// 6120 11.1 forbids (comments, processing instructions, DTDs) ends it. It does not check names, entities or
/// UTF-8: the XML reader that gets the bytes afterwards does.
class XmlScanner
{
public:
    enum class Event {
        More,      ///< all bytes were used, nothing is complete
        Prolog,    ///< an XML declaration ends here; the bytes so far are of no use
        Header,    ///< the opening tag of the stream ends here
        Stanza,    ///< an element on the first level ends here
        Close,     ///< the stream's closing tag ends here
        TooMuch,   ///< over a limit, condition() says which
        Malformed, ///< no XMPP, condition() is the stream condition
    };
    struct Scan {
        Event event = Event::More;
        qsizetype from = 0;     ///< white space before this is of no use
        qsizetype to = 0;       ///< bytes used
        qsizetype complete = 0; ///< up to here no tag is cut in two
        bool skipped = false;   ///< the stanza that ends here was skipped
    };

    explicit XmlScanner(const StreamLimits &limits = {});

    void reset();
    Scan scan(QByteArrayView bytes);
    /// After TooMuch inside a stanza: lets the rest of it pass without looking at the limits.
    void skipStanza();
    bool isSkipping() const { return m_skipping; }
    /// Name of the stanza that is being read or was read last, with its prefix; at most 15 bytes.
    QByteArray stanzaName() const { return {m_name.data(), m_nameLength}; }
    const char *condition() const { return m_condition; }

private:
    enum class State { Text, Open, Name, Tag, Value, Slash, Closing, Declaration, Bang, CData };

    const char *skipAhead(const char *at, const char *end) const;
    bool step(char c);
    bool stepOpen(char c);
    bool stepTag(char c);
    bool stepMarked(char c);
    void startTag();
    bool endTag(bool selfClosed);
    bool closeElement();
    bool countElement(int level);
    bool checkSize();
    bool report(Event event, const char *condition = "");

    StreamLimits m_limits;
    State m_state = State::Text;
    Event m_event = Event::More;
    const char *m_condition = "";
    int m_depth = 0;
    int m_elements = 0;
    int m_attributes = 0;
    qsizetype m_unitBytes = 0;
    qsizetype m_tagBytes = 0;
    qsizetype m_valueBytes = 0;
    char m_quote = 0;
    int m_bangAt = 0;
    bool m_begun = false; ///< anything but the declaration has been seen
    bool m_declared = false;
    bool m_skipping = false;
    std::array<int, 72> m_children{};
    std::array<char, 15> m_name{};
    qsizetype m_nameLength = 0;
};

} // namespace Mingle
