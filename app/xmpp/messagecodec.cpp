// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/messagecodec.h"

#include "xmpp/codepoints.h"
#include "xmpp/dom.h"
#include "xmpp/namespaces.h"

#include <QUrl>

#include <algorithm>
#include <utility>

namespace Mingle {

namespace {
constexpr qsizetype maxMentions = 100;
constexpr qsizetype maxQuotes = 16;
constexpr qsizetype maxStamps = 16;

/// begin and end as written; nothing if they are absent, not numbers, or reversed.
std::optional<CodePointRange> readRange(const QDomElement &element, const QString &begin, const QString &end)
{
    bool beginOk = false, endOk = false;
    const uint first = element.attribute(begin).toUInt(&beginOk);
    const uint last = element.attribute(end).toUInt(&endOk);
    // Nothing here is longer than a body; the bound also keeps all sums below far from overflow.
    if (!beginOk || !endOk || first > last || last > uint(Dom::maxBodyBytes)) return {};
    return CodePointRange{int(first), int(last)};
}

/// xmpp:user@host/nick?query -> user@host/nick (RFC 5122).
QString addressOfUri(const QString &uri)
{
    if (!uri.startsWith(u"xmpp:", Qt::CaseInsensitive) || uri.size() > Dom::maxIdBytes * 3) return {};
    const QStringView rest = QStringView(uri).sliced(5);
    const auto query = rest.indexOf(u'?');
    return Dom::id(QUrl::fromPercentEncoding((query < 0 ? rest : rest.first(query)).toUtf8()));
}

/// Keeps the newest: a server's own element comes after those of the sender.
template<typename T>
void append(QList<T> &list, T value)
{
    if (list.size() == maxStamps) list.removeFirst();
    list.append(std::move(value));
}

class Reader
{
public:
    explicit Reader(const QDomElement &message);
    MessageParts take(const QDomElement &message);

private:
    void readPlain(const QDomElement &e, const QString &name);
    void readExtension(const QDomElement &e, const QString &name, const QString &ns);
    void readMix(const QDomElement &e);
    void readMucUser(const QDomElement &e);
    void readRetract(const QDomElement &e);
    void readFastening(const QDomElement &e);
    void readFallback(const QDomElement &e);
    void readMention(const QDomElement &e);
    void readReference(const QDomElement &e);
    void finishBody();
    void finishMentions(const QList<CodePointRange> &removed, int length);

    MessageParts m_parts;
    QString m_body;
    bool m_bodyHasLanguage = false;
    bool m_hasMucItem = false;
    bool m_mayInvite = false;
    bool m_fallback = false;
    bool m_badFallback = false;
    QList<CodePointRange> m_quotes;
    QList<MessageParts::Reference> m_references;
};

MessageParts::Type typeOf(const QString &type)
{
    if (type == u"groupchat") return MessageParts::Type::Groupchat;
    if (type == u"chat") return MessageParts::Type::Chat;
    if (type == u"error") return MessageParts::Type::Error;
    if (type == u"headline") return MessageParts::Type::Headline;
    return MessageParts::Type::Normal; // RFC 6121 5.2.2: what is unknown counts as normal
}

Reader::Reader(const QDomElement &message)
{
    m_parts.type = typeOf(message.attribute(QStringLiteral("type")));
    m_parts.id = Dom::idAttribute(message, QStringLiteral("id"));
    const QString own = message.namespaceURI();
    Dom::forEach(message, [&](const QDomElement &e) {
        const QString ns = e.namespaceURI();
        if (ns == own)
            readPlain(e, e.localName());
        else
            readExtension(e, e.localName(), ns);
    });
}

MessageParts Reader::take(const QDomElement &message)
{
    finishBody();
    if (m_mayInvite && m_parts.type != MessageParts::Type::Groupchat)
        m_parts.invitation = readInvitation(message);
    return std::move(m_parts);
}

void Reader::readPlain(const QDomElement &e, const QString &name)
{
    if (name == u"body") {
        // RFC 6121 5.2.3: several bodies are translations; the one without a language of its own is the message.
        const bool hasLanguage =
            e.hasAttributeNS(QStringLiteral("http://www.w3.org/XML/1998/namespace"), QStringLiteral("lang"));
        if (!m_body.isNull() && (hasLanguage || !m_bodyHasLanguage)) return;
        m_body = Dom::cut(e.text(), Dom::maxBodyBytes);
        if (m_body.isNull()) m_body = QLatin1String("");
        m_bodyHasLanguage = hasLanguage;
    } else if (name == u"subject") {
        m_parts.subject = Dom::cut(e.text(), Dom::maxSubjectBytes);
    } else if (name == u"thread") {
        m_parts.threadId = Dom::id(e.text());
    }
}

void Reader::readExtension(const QDomElement &e, const QString &name, const QString &ns)
{
    const auto id = [&] { return Dom::idAttribute(e, QStringLiteral("id")); };
    if (ns == Ns::stanzaIds) {
        if (name == u"stanza-id")
            append(m_parts.stanzaIds, {Dom::idAttribute(e, QStringLiteral("by")), id()});
        else if (name == u"origin-id")
            m_parts.originId = id();
    } else if (ns == Ns::occupantId) {
        m_parts.occupantId = id();
    } else if (ns == Ns::mixCore1 || ns == Ns::mixCore0) {
        if (name == u"mix") readMix(e);
    } else if (ns == Ns::delay) {
        append(m_parts.delays, {Dom::idAttribute(e, QStringLiteral("from")),
                                Dom::time(e.attribute(QStringLiteral("stamp")))});
    } else if (ns == Ns::mucUser) {
        readMucUser(e);
        m_mayInvite = true;
    } else if (ns == Ns::directInvitation || ns == Ns::mixMisc) {
        m_mayInvite = true;
    } else if (ns == Ns::correction) {
        if (name == u"replace") m_parts.replaces = id();
    } else if (ns == Ns::retract1) {
        readRetract(e);
    } else if (ns == Ns::fasten) {
        readFastening(e);
    } else if (ns == Ns::fallback) {
        readFallback(e);
    } else if (ns == Ns::reply) {
        m_parts.replyTo = id();
    } else if (ns == Ns::mentions) {
        readMention(e);
    } else if (ns == Ns::references) {
        readReference(e);
    } else if (ns == Ns::hints) {
        if (name == u"no-store" || name == u"no-permanent-store") m_parts.notStored = true;
    } else if (ns == Ns::carbons) {
        if (name == u"sent" || name == u"received") m_parts.carbon = e;
    } else if (ns == Ns::archive) {
        if (name == u"result") m_parts.archiveResult = true;
    }
}

void Reader::readMix(const QDomElement &e)
{
    // The last one counts: the server puts its own behind whatever the sender wrote. A field it lacks must not come
    // from an earlier one.
    m_parts.mixNick = Dom::cut(Dom::childNamed(e, u"nick").text(), Dom::maxNameBytes);
    m_parts.submissionId = Dom::id(Dom::childNamed(e, u"submission-id").text());
}

void Reader::readMucUser(const QDomElement &e)
{
    m_parts.mucUser = true;
    const QDomElement item = Dom::child(e, u"item", Ns::mucUser);
    if (item.isNull()) return;
    // ejabberd's archive puts its own in front and lets the sender's be: of two nobody can say which one is true.
    const bool isOnly = !std::exchange(m_hasMucItem, true);
    m_parts.realAddress = isOnly ? Dom::idAttribute(item, QStringLiteral("jid")) : QString();
}

void Reader::readRetract(const QDomElement &e)
{
    const bool moderated = !Dom::child(e, u"moderated", Ns::moderate1).isNull();
    if (e.localName() == u"retract") {
        m_parts.retracts = Dom::idAttribute(e, QStringLiteral("id"));
        m_parts.moderated |= moderated;
    } else if (e.localName() == u"retracted") {
        m_parts.tombstone = true;
        m_parts.moderated |= moderated;
    }
}

void Reader::readFastening(const QDomElement &e)
{
    // The first versions of XEP-0424 and XEP-0425 were built on XEP-0422.
    if (e.localName() != u"apply-to") return;
    const QDomElement moderated = Dom::child(e, u"moderated", Ns::moderate0);
    const QDomElement retract = Dom::child(moderated.isNull() ? e : moderated, u"retract", Ns::retract0);
    if (retract.isNull()) return;
    m_parts.retracts = Dom::idAttribute(e, QStringLiteral("id"));
    m_parts.moderated |= !moderated.isNull();
}

void Reader::readFallback(const QDomElement &e)
{
    if (e.localName() != u"fallback" || e.attribute(QStringLiteral("for")) != Ns::reply) return;
    m_fallback = true;
    Dom::forEach(e, [this](const QDomElement &part) {
        if (part.localName() != u"body") return;
        const auto range = readRange(part, QStringLiteral("start"), QStringLiteral("end"));
        if (range && m_quotes.size() < maxQuotes)
            m_quotes.append(*range);
        else
            m_badFallback = true;
    });
}

void Reader::readMention(const QDomElement &e)
{
    // One with a 'mentions' attribute is for a whole group (XEP-0513 3.2), which is no particular member.
    if (e.localName() != u"mention" || e.hasAttribute(QStringLiteral("mentions"))) return;
    if (m_parts.mentions.size() >= maxMentions) return;
    const auto range =
        readRange(e, QStringLiteral("begin"), QStringLiteral("end")).value_or(CodePointRange{});
    MessageParts::Reference mention{range.begin, range.end, Dom::idAttribute(e, QStringLiteral("occupantid")),
                                    Dom::idAttribute(e, QStringLiteral("jid"))};
    if (!mention.occupantId.isEmpty() || !mention.target.isEmpty()) m_parts.mentions.append(mention);
}

void Reader::readReference(const QDomElement &e)
{
    // With an anchor it is about another message (XEP-0372 3.4).
    if (e.attribute(QStringLiteral("type")) != u"mention" || e.hasAttribute(QStringLiteral("anchor"))) return;
    if (m_references.size() >= maxMentions) return;
    const auto range =
        readRange(e, QStringLiteral("begin"), QStringLiteral("end")).value_or(CodePointRange{});
    const QString target = addressOfUri(e.attribute(QStringLiteral("uri")));
    if (!target.isEmpty()) m_references.append({range.begin, range.end, {}, target});
}

void Reader::finishBody()
{
    // XEP-0424 3: the words beside a retraction are for those who cannot read it.
    if (!m_parts.retracts.isEmpty() || m_parts.tombstone) m_body.clear();
    if (m_body.trimmed().isEmpty()) m_body.clear();
    if (m_body.isEmpty()) {
        m_parts.mentions.clear();
        return;
    }
    const bool counted = !m_quotes.isEmpty() || !m_references.isEmpty() || !m_parts.mentions.isEmpty();
    const int length = counted ? codePointCount(m_body) : 0;
    // One wrong range and none is believed: better a quote too much than words gone. So also if nothing were left.
    QList<CodePointRange> removed;
    if (!m_badFallback && !m_parts.replyTo.isEmpty() && disjointWithin(m_quotes, length)) {
        const QString rest = withoutRanges(m_body, m_quotes);
        if (!rest.trimmed().isEmpty()) {
            m_body = rest;
            removed = m_quotes;
        }
    }
    finishMentions(removed, length);
    m_parts.body = std::move(m_body);
}

void Reader::finishMentions(const QList<CodePointRange> &removed, int length)
{
    // Both kinds name the same people; of two for one place the newer specification is taken.
    const auto isTwin = [this](const MessageParts::Reference &reference) {
        return std::any_of(m_parts.mentions.cbegin(), m_parts.mentions.cend(), [&](const auto &m) {
            return m.begin == reference.begin && m.end == reference.end;
        });
    };
    QList<MessageParts::Reference> fresh;
    for (const auto &reference : std::as_const(m_references))
        if (!isTwin(reference)) fresh.append(reference);
    m_parts.mentions.append(fresh.first(std::min(fresh.size(), maxMentions - m_parts.mentions.size())));
    for (auto &mention : m_parts.mentions) {
        const CodePointRange range = afterRemoval({mention.begin, mention.end}, removed, length);
        mention.begin = range.begin;
        mention.end = range.end;
    }
}
} // namespace

MessageParts readMessage(const QDomElement &message)
{
    return Reader(message).take(message);
}

} // namespace Mingle
