// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/codepoints.h"
#include "xmpp/messagecodec.h"
#include "xmpp/namespaces.h"

#include <QUrl>
#include <QXmlStreamWriter>

#include <algorithm>

namespace Mingle {

namespace {
constexpr qsizetype maxMentions = 100;
constexpr QStringView unstableKey = u"nick:"; // see Participant::key

/// XML 1.0 2.2: Char. A line end may only be a line feed, since a parser turns the others into one.
bool isWritable(char32_t c)
{
    if (c < 0x20) return c == U'\t' || c == U'\n';
    return !(c >= 0xD800 && c < 0xE000) && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

struct WritableText {
    QString text;
    QList<int> dropped; ///< code points of the original that are missing, ascending
};

WritableText writable(const QString &original)
{
    WritableText result;
    result.text.reserve(original.size());
    int point = 0;
    for (qsizetype i = 0; i < original.size(); ++i, ++point) {
        const QChar c = original[i];
        char32_t code = c.unicode();
        if (c.isHighSurrogate() && i + 1 < original.size() && original[i + 1].isLowSurrogate())
            code = QChar::surrogateToUcs4(c, original[i + 1]);
        if (!isWritable(code))
            result.dropped.append(point);
        else
            result.text += QStringView(original).sliced(i, code > 0xFFFF ? 2 : 1);
        if (code > 0xFFFF) ++i;
    }
    return result;
}

int shifted(int point, const QList<int> &dropped)
{
    return point - int(std::lower_bound(dropped.cbegin(), dropped.cend(), point) - dropped.cbegin());
}

/// What XEP-0372 points at: the real address, or the occupant's in the room. The nick stands in the body.
QString targetOf(const Mention &mention, const OutgoingMessage &message, QStringView words)
{
    if (!mention.address.isEmpty()) return mention.address.bare().toString();
    if (message.kind == ChatKind::Mix) {
        // XEP-0403 3.2: a participant's address at the channel.
        return mention.key.isEmpty() ? QString() : mention.key % u'#' % message.to.toString();
    }
    if (mention.key.startsWith(unstableKey))
        return message.to.toString() % u'/' % mention.key.sliced(unstableKey.size());
    if (words.startsWith(u'@')) words = words.sliced(1);
    return words.isEmpty() ? QString() : message.to.toString() % u'/' % words;
}

void writeMention(QXmlStreamWriter &xml, const OutgoingMessage &message, const Mention &mention,
                  CodePointRange range, QStringView words)
{
    const auto writeRange = [&] {
        xml.writeAttribute(u"begin", QString::number(range.begin));
        xml.writeAttribute(u"end", QString::number(range.end));
    };
    const QString target = targetOf(mention, message, words);
    // XEP-0513 3.1: the occupant-id where there is one, else the address.
    const bool byOccupant =
        message.kind == ChatKind::Muc && !mention.key.isEmpty() && !mention.key.startsWith(unstableKey);
    if (byOccupant || !target.isEmpty()) {
        xml.writeEmptyElement(u"mention");
        xml.writeDefaultNamespace(Ns::mentions);
        writeRange();
        if (byOccupant)
            xml.writeAttribute(u"occupantid", mention.key);
        else
            xml.writeAttribute(u"jid", target);
    }
    if (target.isEmpty()) return;
    xml.writeEmptyElement(u"reference");
    xml.writeDefaultNamespace(Ns::references);
    xml.writeAttribute(u"type", u"mention");
    writeRange();
    xml.writeAttribute(u"uri", u"xmpp:" % QString::fromUtf8(QUrl::toPercentEncoding(target, "@/")));
}

void writeMentions(QXmlStreamWriter &xml, const OutgoingMessage &message, const WritableText &body)
{
    if (message.mentions.isEmpty()) return;
    const int length = codePointCount(body.text);
    for (const Mention &mention : message.mentions.first(std::min(message.mentions.size(), maxMentions))) {
        const CodePointRange range{shifted(mention.begin, body.dropped), shifted(mention.end, body.dropped)};
        if (range.begin < 0 || range.begin >= range.end || range.end > length) continue;
        writeMention(xml, message, mention, range, codePointSlice(body.text, range));
    }
}
} // namespace

QByteArray writeMessage(const OutgoingMessage &message)
{
    QByteArray bytes;
    bytes.reserve(message.body.size() + 512);
    QXmlStreamWriter xml(&bytes);
    const WritableText body = writable(message.body);
    xml.writeStartElement(u"message");
    // Without it the stanza would take the namespace of whoever embeds it; the stream's own is the same.
    xml.writeDefaultNamespace(Ns::client);
    // XEP-0045 7.5: to an occupant in private, by the address that is theirs in the room.
    const bool isPrivate = message.kind == ChatKind::Person && !message.to.isBare();
    xml.writeAttribute(u"to", (isPrivate ? message.to : message.to.bare()).toString());
    xml.writeAttribute(u"type", message.kind == ChatKind::Person ? u"chat" : u"groupchat");
    xml.writeAttribute(u"id", message.id);
    xml.writeTextElement(u"body", body.text);
    if (!message.threadId.isEmpty()) xml.writeTextElement(u"thread", writable(message.threadId).text);
    // XEP-0359 2.2: by this we know our own message again in whatever comes back.
    xml.writeEmptyElement(u"origin-id");
    xml.writeDefaultNamespace(Ns::stanzaIds);
    xml.writeAttribute(u"id", message.id);
    if (!message.replyTo.isEmpty()) {
        xml.writeEmptyElement(u"reply");
        xml.writeDefaultNamespace(Ns::reply);
        xml.writeAttribute(u"id", message.replyTo);
    }
    writeMentions(xml, message, body);
    if (isPrivate) { // tells copies of it from those of other talks (XEP-0280 6.1)
        xml.writeEmptyElement(u"x");
        xml.writeDefaultNamespace(Ns::mucUser);
    }
    xml.writeEndElement();
    return bytes;
}

} // namespace Mingle
