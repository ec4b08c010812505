// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>
#include <QUrl>

namespace Mingle {

/// A link in a text. Positions are UTF-16 units.
struct Link {
    qsizetype begin = 0;
    qsizetype end = 0;
    QUrl target;

    friend bool operator==(const Link &, const Link &) = default;
};

constexpr int maxLinks = 200;       ///< in one text; more are left as text
constexpr int maxLinkLength = 2048; ///< UTF-16 units; a longer one is left as text

/// Finds http:, https:, xmpp: and mailto: links that are written out. Nothing else ever becomes a link: no
/// file:, no custom scheme, no bare host name. Punctuation that ends the sentence stays outside.
QList<Link> findLinks(QStringView text);

/// Where a link really leads, as plain text in one line: host names in ASCII so that look-alike letters show.
QString linkTarget(const QUrl &target);

} // namespace Mingle
