// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/displaytext.h"

namespace Mingle {

namespace {

constexpr char16_t invisible = u'\u2060'; // WORD JOINER: no width, no break, no direction of its own
constexpr int maxMarks = 6; // on one letter; Vietnamese needs two, cantillated Hebrew up to four
constexpr int maxEmoji = 10;

bool isLineEnd(char32_t c)
{
    return c == u'\n' || c == 0x2028 || c == 0x2029 || c == 0x0b || c == 0x0c || c == 0x85;
}

bool isHidden(char32_t c)
{
    // Overrides make text lie about its order; embeddings and isolates stay, for they end with their
    // paragraph.
    return c == 0x202d || c == 0x202e || (c < 0x20 && c != u'\t') || (c >= 0x7f && c < 0xa0)
           || (c >= 0xfff9 && c <= 0xfffc);
}

bool isEmoji(char32_t c)
{
    return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf) || (c >= 0x2b00 && c <= 0x2bff)
           || (c >= 0x2300 && c <= 0x23ff) || (c >= 0x2190 && c <= 0x21ff) || (c >= 0x25a0 && c <= 0x25ff)
           || c == 0x203c || c == 0x2049 || c == 0x3030 || c == 0x303d || c == 0x3297 || c == 0x3299;
}

/// Colours, joiners, variation selectors, tags: parts of the emoji in front of them.
bool isEmojiPart(char32_t c)
{
    return c == 0x200d || c == 0xfe0f || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff)
           || (c >= 0xe0020 && c <= 0xe007f);
}

char32_t codePointAt(QStringView text, qsizetype i, int *length)
{
    const QChar c = text.at(i);
    *length = 1;
    if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
        *length = 2;
        return QChar::surrogateToUcs4(c, text.at(i + 1));
    }
    return c.unicode();
}

} // namespace

QString displayText(QStringView body)
{
    QString result(body.size(), Qt::Uninitialized);
    QChar *out = result.data();
    int marks = 0;
    for (qsizetype i = 0; i < body.size();) {
        int length = 1;
        const char32_t c = codePointAt(body, i, &length);
        const auto category = QChar::category(c);
        const bool mark = category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
        marks = mark ? marks + 1 : 0;
        QChar shown = body.at(i);
        bool replaced = true;
        if (c == u'\r') {
            // CR LF is one line end, but must stay two units.
            shown = i + 1 < body.size() && body.at(i + 1) == u'\n' ? QChar(invisible) : QChar(u'\n');
        } else if (isLineEnd(c)) {
            shown = u'\n';
        } else if (isHidden(c) || marks > maxMarks) {
            shown = invisible;
        } else if (length == 1 && QChar::isSurrogate(c)) {
            shown = QChar::ReplacementCharacter;
        } else {
            replaced = false;
        }
        out[i] = shown;
        if (length == 2) {
            out[i + 1] = replaced ? shown : body.at(i + 1);
        }
        i += length;
    }
    return result;
}

qsizetype utf16Position(QStringView text, qsizetype codePoint)
{
    if (codePoint < 0 || codePoint > text.size()) {
        return -1;
    }
    qsizetype i = 0;
    for (; codePoint > 0 && i < text.size(); --codePoint) {
        int length = 1;
        codePointAt(text, i, &length);
        i += length;
    }
    return codePoint == 0 ? i : -1;
}

int emojiOnly(QStringView text)
{
    int count = 0;
    int flag = 0; // regional indicators come in pairs
    bool joined = false;
    for (qsizetype i = 0; i < text.size();) {
        int length = 1;
        const char32_t c = codePointAt(text, i, &length);
        i += length;
        if (QChar::isSpace(c)) {
            continue;
        }
        const bool regional = c >= 0x1f1e6 && c <= 0x1f1ff;
        flag = regional ? flag + 1 : 0;
        if (isEmojiPart(c) && count > 0) {
            joined = c == 0x200d;
            continue;
        }
        if (!isEmoji(c)) {
            return 0;
        }
        const bool secondHalf = regional && flag % 2 == 0;
        if (!joined && !secondHalf) {
            ++count;
        }
        joined = false;
        if (count > maxEmoji) {
            return 0;
        }
    }
    return count;
}

bool hasEndlessWord(QStringView text)
{
    constexpr qsizetype endless = 1000;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i).isSpace()) {
            begin = i + 1;
        } else if (i - begin >= endless) {
            return true;
        }
    }
    return false;
}

} // namespace Mingle
