// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/links.h"

#include <array>

namespace Mingle {

namespace {

struct Scheme {
    QStringView prefix;
    bool needsHost;
};

constexpr std::array<Scheme, 4> schemes = {{
    {u"https://", true},
    {u"http://", true},
    {u"xmpp:", false},
    {u"mailto:", false},
}};

bool endsLink(QChar c)
{
    if (c.isSpace() || c == u'<' || c == u'>' || c == u'"' || c == u'`') {
        return true;
    }
    const auto category = c.category();
    return category == QChar::Other_Control || category == QChar::Other_Format
           || category == QChar::Other_NotAssigned;
}

/// Brackets that are closed but not opened inside belong to the sentence around the link.
bool unbalanced(QStringView link)
{
    const QChar close = link.back();
    const QChar open = close == u')' ? u'(' : close == u']' ? u'[' : close == u'}' ? u'{' : QChar();
    return !open.isNull() && link.count(open) < link.count(close);
}

QStringView withoutPunctuation(QStringView link)
{
    constexpr QStringView trailing = u".,;:!?'*_~\u2026\u2019\u201d";
    // Bounded: each step takes a character, and the link is at most maxLinkLength long.
    while (!link.isEmpty() && (trailing.contains(link.back()) || unbalanced(link))) {
        link.chop(1);
    }
    return link;
}

QUrl target(QStringView link, const Scheme &scheme)
{
    const QUrl url(link.toString(), QUrl::StrictMode);
    if (!url.isValid() || (scheme.needsHost ? url.host().isEmpty() : url.path().isEmpty())) {
        return {};
    }
    return url;
}

} // namespace

QList<Link> findLinks(QStringView text)
{
    QList<Link> result;
    qsizetype from = 0;
    while (result.size() < maxLinks) {
        const qsizetype colon = text.indexOf(u':', from);
        if (colon < 0) {
            break;
        }
        from = colon + 1;
        for (const Scheme &scheme : schemes) {
            const qsizetype begin = colon - scheme.prefix.indexOf(u':');
            if (begin < 0 || !text.sliced(begin).startsWith(scheme.prefix, Qt::CaseInsensitive)
                || (begin > 0 && text.at(begin - 1).isLetterOrNumber())) {
                continue;
            }
            qsizetype end = begin + scheme.prefix.size();
            while (end < text.size() && !endsLink(text.at(end)) && end - begin <= maxLinkLength) {
                ++end;
            }
            const QStringView link = withoutPunctuation(text.sliced(begin, end - begin));
            const QUrl url = link.size() > maxLinkLength ? QUrl() : target(link, scheme);
            if (!url.isEmpty()) {
                result.append({begin, begin + link.size(), url});
            }
            from = end;
            break;
        }
    }
    return result;
}

QString linkTarget(const QUrl &target)
{
    return target.toString(QUrl::FullyEncoded);
}

} // namespace Mingle
