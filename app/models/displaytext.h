// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace Mingle {

/// A body made safe to lay out. Every UTF-16 unit keeps its place, so that positions in the result are
/// positions in the body: bidi overrides, control characters and all but a few combining marks on one letter
/// become invisible word joiners; carriage returns and exotic line ends become plain ones.
QString displayText(QStringView body);

/// The UTF-16 position of a code point (XEP-0372, 0428 and 0513 count those). A position past the end gives
/// -1, as does one before the start; text.size() itself is allowed.
qsizetype utf16Position(QStringView text, qsizetype codePoint);

/// How many emoji a text has that has nothing else but spaces; 0 if there is anything else, or more than ten.
int emojiOnly(QStringView text);

/// Whether a text has a word so long that breaking lines at words takes time quadratic in it: break anywhere then.
bool hasEndlessWord(QStringView text);

} // namespace Mingle
