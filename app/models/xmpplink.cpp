// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/xmpplink.h"

#include <QStringList>
#include <QUrl>

namespace Mingle {

namespace {

constexpr qsizetype maximumLength = 3000;

QString decoded(QStringView part)
{
    return QUrl::fromPercentEncoding(part.toUtf8());
}

} // namespace

std::optional<XmppLink> parseXmppLink(const QString &text)
{
    QString rest = text.trimmed();
    if (rest.isEmpty() || rest.size() > maximumLength) return {};
    const bool link = rest.startsWith(QLatin1String("xmpp:"), Qt::CaseInsensitive);
    if (!link) {
        const std::optional<Jid> plain = Jid::parse(rest);
        return plain ? std::optional(XmppLink{plain->bare(), XmppLink::Wish::Unknown, {}}) : std::nullopt;
    }
    rest.remove(0, 5);
    // "xmpp://account@server/room@server": the authority only says which account to use (RFC 5122 2.3).
    if (rest.startsWith(QLatin1String("//"))) {
        const qsizetype slash = rest.indexOf(u'/', 2);
        if (slash < 0) return {};
        rest.remove(0, slash + 1);
    }
    const qsizetype fragment = rest.indexOf(u'#');
    if (fragment >= 0) rest.truncate(fragment);
    const qsizetype query = rest.indexOf(u'?');
    const std::optional<Jid> address =
        Jid::parse(decoded(QStringView(rest).left(query < 0 ? rest.size() : query)));
    if (!address) return {};
    XmppLink result{address->bare(), XmppLink::Wish::Unknown, {}};
    if (query < 0) return result;
    const QStringList parts = rest.mid(query + 1).split(u';');
    if (parts.first() == QLatin1String("join")) result.wish = XmppLink::Wish::Join;
    if (parts.first() == QLatin1String("message")) result.wish = XmppLink::Wish::Talk;
    for (const QString &part : parts) {
        if (part.startsWith(QLatin1String("password="))) result.password = decoded(QStringView(part).mid(9));
    }
    return result;
}

} // namespace Mingle
