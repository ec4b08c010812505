// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <utility>

namespace Mingle {

/// The part of a body around the first place where something was found, brought into one paragraph and safe to lay out.
struct SearchSnippet {
    QString text;
    QList<std::pair<qsizetype, qsizetype>> marks; ///< begin and length in text
};

/// marks: see SearchHit; those that lie outside of the body are left out.
SearchSnippet snippetOf(const QString &body, const QList<std::pair<qsizetype, qsizetype>> &marks);

} // namespace Mingle
