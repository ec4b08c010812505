// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foldedtext.h"

namespace Mingle {

namespace {
enum class Kind { Nothing, Gap, Mark, Letter, Alone };

constexpr bool isHangulSyllable(char32_t c)
{
    return c >= 0xac00 && c <= 0xd7a3;
}

// Vowels and final consonants of Hangul and voicing of half width kana, which go on with what is before them though they
// are no marks.
constexpr bool isTrailing(char32_t c)
{
    return (c >= 0x1160 && c <= 0x11ff) || c == 0xff9e || c == 0xff9f;
}

constexpr bool isSkinTone(char32_t c)
{
    return c >= 0x1f3fb && c <= 0x1f3ff;
}

// Letters with a stroke and the like: people leave the stroke out, Unicode does not.
QStringView plainSpelling(char32_t c)
{
    switch (c) {
    case U'\u00df': // sharp s: QChar folds one character to one
    case U'\u1e9e':
        return u"ss";
    case U'\u00e6':
    case U'\u00c6':
        return u"ae";
    case U'\u0153':
    case U'\u0152':
        return u"oe";
    case U'\u00f8':
    case U'\u00d8':
        return u"o";
    case U'\u0142':
    case U'\u0141':
        return u"l";
    case U'\u0111':
    case U'\u0110':
        return u"d";
    case U'\u0127':
    case U'\u0126':
        return u"h";
    case U'\u0131':
        return u"i";
    case U'\u0587': // Armenian ligature ech yiwn
        return u"\u0565\u0582";
    default:
        return {};
    }
}

// An accent can be left out by who looks; a vowel sign, a virama or a kana voicing mark cannot. Unicode gives the
// former, and hardly any of the latter, a combining class.
bool isAccent(char32_t c)
{
    constexpr int nukta = 7;
    constexpr int kanaVoicing = 8;
    constexpr int virama = 9;
    const int combining = QChar::combiningClass(c);
    return combining != 0 && combining != nukta && combining != kanaVoicing && combining != virama;
}

Kind kindOf(char32_t c)
{
    if (c < 0x80) {
        const bool letter = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z');
        return letter ? Kind::Letter : Kind::Gap;
    }
    switch (QChar::category(c)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return standsAlone(c) ? Kind::Alone : Kind::Letter;
    case QChar::Symbol_Other:
        return Kind::Alone;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
        return isAccent(c) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) ? Kind::Nothing
                                                                                             : Kind::Mark;
    case QChar::Mark_Enclosing:
    case QChar::Other_Format: // joiners, soft hyphens, marks of direction
        return Kind::Nothing;
    default:
        return isSkinTone(c) ? Kind::Nothing : Kind::Gap;
    }
}

struct Point {
    char32_t value = 0;
    qsizetype size = 1; ///< UTF-16 units
};

Point pointAt(QStringView text, qsizetype i)
{
    const QChar c = text.at(i);
    if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
        return {QChar::surrogateToUcs4(c, text.at(i + 1)), 2};
    return {c.unicode(), 1}; // a lone surrogate is of no kind that is a word
}

class Folder
{
public:
    Folder(FoldedText &out, bool offsets)
        : m_out(out)
        , m_offsets(offsets)
    {}

    void run(QStringView original)
    {
        m_out.text.reserve(original.size() + original.size() / 8);
        for (qsizetype i = 0; i < original.size();)
            i = takeCluster(original, i);
    }

private:
    // A character with what is put on it: the marks count for the place of the whole. Hands back where it ends.
    qsizetype takeCluster(QStringView original, qsizetype begin)
    {
        const Point first = pointAt(original, begin);
        qsizetype end = begin + first.size;
        bool simple = true;
        while (end < original.size() && original.at(end).unicode() >= 0x300) {
            const Point next = pointAt(original, end);
            const bool mark = QChar::isMark(next.value) || QChar::category(next.value) == QChar::Other_Format;
            if (!mark && !isTrailing(next.value) && !isSkinTone(next.value)) break;
            simple = false;
            end += next.size;
        }
        if (simple && first.value < 0x80) {
            const bool upper = first.value >= U'A' && first.value <= U'Z';
            put(upper ? first.value + 0x20 : first.value, begin, end);
        } else if (simple && foldsAlone(first.value)) {
            put(QChar::toCaseFolded(first.value), begin, end);
        } else {
            putSlowly(original.sliced(begin, end - begin), begin, end);
        }
        return end;
    }

    // Spares most characters of most languages the making of strings.
    static bool foldsAlone(char32_t c)
    {
        if (isHangulSyllable(c)) return true;
        return QChar::decompositionTag(c) == QChar::NoDecomposition && plainSpelling(c).isEmpty();
    }

    void putSlowly(QStringView cluster, qsizetype begin, qsizetype end)
    {
        const QString parts = cluster.toString().normalized(QString::NormalizationForm_KD);
        QString kept;
        for (qsizetype i = 0; i < parts.size();) {
            const Point point = pointAt(parts, i);
            if (const QStringView plain = plainSpelling(point.value); !plain.isEmpty())
                kept += plain;
            else if (kindOf(point.value) != Kind::Nothing)
                kept += QStringView(parts).sliced(i, point.size);
            i += point.size;
        }
        const QString text = kept.toCaseFolded().normalized(QString::NormalizationForm_C);
        for (qsizetype i = 0; i < text.size();) {
            const Point point = pointAt(text, i);
            put(point.value, begin, end);
            i += point.size;
        }
    }

    void put(char32_t c, qsizetype begin, qsizetype end)
    {
        Kind kind = kindOf(c);
        if (kind == Kind::Nothing) return;
        if (kind == Kind::Gap) {
            m_last = Kind::Gap;
            return;
        }
        if (kind == Kind::Mark) kind = m_last == Kind::Alone ? Kind::Alone : Kind::Letter;
        if (kind != m_last && !m_out.text.isEmpty()) append(u' ', begin, begin);
        m_last = kind;
        if (QChar::requiresSurrogates(c)) {
            append(QChar(QChar::highSurrogate(c)), begin, end);
            append(QChar(QChar::lowSurrogate(c)), begin, end);
        } else {
            append(QChar(char16_t(c)), begin, end);
        }
    }

    void append(QChar unit, qsizetype begin, qsizetype end)
    {
        m_out.text += unit;
        if (!m_offsets) return;
        m_out.begins.append(begin);
        m_out.ends.append(end);
    }

    FoldedText &m_out;
    bool m_offsets;
    Kind m_last = Kind::Gap; ///< of what was put last
};
} // namespace

namespace {
// Most of what is said: spares a search half of its time. False, and nothing done, if there is more than ASCII in it.
bool foldPlain(QStringView original, QString &out)
{
    out.resize(original.size()); // a gap takes the place of what made it
    QChar *to = out.data();
    const QChar *const begin = to;
    bool gap = false;
    for (const QChar unit : original) {
        const char16_t c = unit.unicode();
        if (c >= 0x80) return false;
        const bool upper = c >= u'A' && c <= u'Z';
        if (!upper && !(c >= u'a' && c <= u'z') && !(c >= u'0' && c <= u'9')) {
            gap = true;
            continue;
        }
        if (gap && to != begin) *to++ = u' ';
        gap = false;
        *to++ = QChar(char16_t(upper ? c + 0x20 : c));
    }
    out.resize(to - begin);
    return true;
}
} // namespace

FoldedText FoldedText::of(QStringView original, bool offsets)
{
    FoldedText out;
    if (!offsets && foldPlain(original, out.text)) return out;
    out.text.clear();
    Folder(out, offsets).run(original);
    return out;
}

bool standsAlone(char32_t c)
{
    if (c < 0xa9) return false;
    if (c == 0x30fc) return true; // long vowel of kana, of no script
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Yi:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
    case QChar::Script_Tibetan:
        return true;
    default:
        return QChar::category(c) == QChar::Symbol_Other;
    }
}

} // namespace Mingle
