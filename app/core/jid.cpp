// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jid.h"

#include <QUrl>

namespace Mingle {

namespace {
// RFC 7622 3.1: each part is at most 1023 octets of UTF-8.
constexpr int maxPartBytes = 1023;
// What is longer in any spelling is not looked at: normalisation is quadratic in a row of combining marks.
constexpr qsizetype maxPartUnits = 2 * maxPartBytes;

bool fits(const QString &part)
{
    return !part.isEmpty() && part.size() <= maxPartBytes && part.toUtf8().size() <= maxPartBytes;
}

bool hasControlOrUnassigned(const QString &text)
{
    for (const char32_t c : text.toUcs4()) {
        switch (QChar::category(c)) {
        case QChar::Other_Control:
        case QChar::Other_Surrogate:
        case QChar::Other_NotAssigned:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            return true;
        default:
            break;
        }
    }
    return false;
}

// The width mapping of PRECIS (RFC 8265 3.3): full and half width forms become their ordinary ones.
QString widthMapped(const QString &text)
{
    QString mapped;
    mapped.reserve(text.size());
    for (const QChar c : text) {
        const auto tag = c.decompositionTag();
        if (tag == QChar::Wide || tag == QChar::Narrow)
            mapped += c.decomposition();
        else
            mapped += c;
    }
    return mapped;
}

// UsernameCaseMapped, with the extra characters RFC 7622 3.3.1 forbids in a localpart.
std::optional<QString> normalLocal(QStringView text)
{
    const QString local = widthMapped(text.toString()).toLower().normalized(QString::NormalizationForm_C);
    if (!fits(local) || hasControlOrUnassigned(local)) return {};
    for (const QChar c : local) {
        if (c.isSpace() || QStringView(u"\"&'/:<>@").contains(c)) return {};
        if (c.category() == QChar::Other_Format) return {};
    }
    return local;
}

std::optional<QString> normalDomain(QStringView text)
{
    QString domain = text.toString().normalized(QString::NormalizationForm_C);
    if (domain.endsWith(u'.')) domain.chop(1);
    if (!fits(domain)) return {};
    if (domain.startsWith(u'[') && domain.endsWith(u']')) return domain.toLower(); // IPv6 literal
    // To ASCII and back gives one spelling for all forms of one name, and refuses what is no host name.
    const QByteArray ace = QUrl::toAce(domain);
    if (ace.isEmpty()) return {};
    const QString unicode = QUrl::fromAce(ace, QUrl::IgnoreIDNWhitelist);
    return fits(unicode) ? std::optional(unicode.toLower()) : std::nullopt;
}

// OpaqueString (RFC 8265 4.2): other spaces become U+0020, case stays.
std::optional<QString> normalResource(QStringView text)
{
    QString resource;
    for (const QChar c : text)
        resource += c.category() == QChar::Separator_Space ? QChar(u' ') : c;
    resource = resource.normalized(QString::NormalizationForm_C);
    if (!fits(resource) || hasControlOrUnassigned(resource)) return {};
    return resource;
}
} // namespace

std::optional<Jid> Jid::parse(QStringView text)
{
    // RFC 7622 3.2: the first '/' ends the domain, then the first '@' ends the localpart.
    const auto slash = text.indexOf(u'/');
    const QStringView bare = slash < 0 ? text : text.first(slash);
    if (slash >= 0 && slash + 1 == text.size()) return {};
    const auto at = bare.indexOf(u'@');
    if (at == 0) return {};
    return parse(at < 0 ? QStringView() : bare.first(at), at < 0 ? bare : bare.sliced(at + 1),
                 slash < 0 ? QStringView() : text.sliced(slash + 1));
}

std::optional<Jid> Jid::parse(QStringView local, QStringView domain, QStringView resource)
{
    for (const QStringView part : {local, domain, resource})
        if (part.size() > maxPartUnits || !part.isValidUtf16()) return {};
    Jid jid;
    const auto normal = normalDomain(domain);
    if (!normal) return {};
    jid.m_domain = *normal;
    if (!local.isEmpty()) {
        const auto part = normalLocal(local);
        if (!part) return {};
        jid.m_local = *part;
    }
    if (!resource.isEmpty()) {
        const auto part = normalResource(resource);
        if (!part) return {};
        jid.m_resource = *part;
    }
    return jid;
}

Jid Jid::trusted(QStringView text)
{
    return parse(text).value_or(Jid());
}

Jid Jid::bare() const
{
    Jid jid = *this;
    jid.m_resource.clear();
    return jid;
}

Jid Jid::withResource(QStringView resource) const
{
    if (resource.size() > maxPartUnits) return {};
    const auto part = normalResource(resource);
    if (!part) return {};
    Jid jid = *this;
    jid.m_resource = *part;
    return jid;
}

QString Jid::toString() const
{
    QString text;
    text.reserve(m_local.size() + m_domain.size() + m_resource.size() + 2);
    if (!m_local.isEmpty()) text += m_local + u'@';
    text += m_domain;
    if (!m_resource.isEmpty()) text += u'/' + m_resource;
    return text;
}

} // namespace Mingle
