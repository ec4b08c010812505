// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringView>

namespace Mingle {

/// A text as searching sees it: words with one space between them and nothing else. Compatibility forms, case, accents,
/// punctuation and invisible characters are gone ("Straße," is "strasse"). Writing without spaces between words (Han,
/// kana, Thai and its neighbours) and pictures such as emoji are words of their own kind, apart from letters beside
/// them: "Qt用" is "qt 用". Marks that are letters in their script (vowel signs, kana voicing) stay.
struct FoldedText {
    QString text;
    QList<qsizetype> begins; ///< for each unit of text, where what it was made of begins in the original
    QList<qsizetype> ends; ///< and where it ends, its accents and joiners included

    /// offsets: fills begins and ends too.
    static FoldedText of(QStringView original, bool offsets);
};

inline QString folded(QStringView original)
{
    return FoldedText::of(original, false).text;
}

/// Of the kind that is written without spaces: any part of such a run may be a word.
bool standsAlone(char32_t character);

} // namespace Mingle
