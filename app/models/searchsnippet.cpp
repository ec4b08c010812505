// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/searchsnippet.h"

#include "models/displaytext.h"

namespace Mingle {

namespace {

constexpr qsizetype lead = 30; // units before the first mark
constexpr qsizetype most = 260; // units in all: more than two lines of a panel hold

/// Where the snippet begins: at a word a little before the first mark, or at the body's first letter.
qsizetype beginOf(const QString &body, qsizetype mark)
{
    qsizetype begin = 0;
    if (mark > lead + lead / 2) {
        begin = mark - lead;
        const qsizetype word = body.indexOf(u' ', begin);
        if (word >= 0 && word < mark) begin = word + 1;
    }
    while (begin < mark && body.at(begin).isSpace())
        ++begin;
    if (begin > 0 && begin < body.size() && body.at(begin).isLowSurrogate()) --begin;
    return begin;
}

} // namespace

SearchSnippet snippetOf(const QString &body, const QList<std::pair<qsizetype, qsizetype>> &marks)
{
    const auto inside = [&body](const auto &mark) {
        return mark.first >= 0 && mark.second > 0 && mark.first <= body.size() - mark.second;
    };
    const auto first = std::find_if(marks.begin(), marks.end(), inside);
    const qsizetype begin = beginOf(body, first == marks.end() ? 0 : first->first);
    qsizetype end = std::min(body.size(), begin + most);
    if (end < body.size() && body.at(end).isLowSurrogate()) --end;

    SearchSnippet snippet;
    snippet.text = displayText(QStringView(body).sliced(begin, end - begin));
    for (QChar &c : snippet.text) {
        if (c.isSpace()) c = u' ';
    }
    qsizetype shift = -begin;
    if (begin > 0) {
        snippet.text.prepend(QChar(0x2026));
        ++shift;
    }
    if (end < body.size()) snippet.text.append(QChar(0x2026));
    for (const auto &mark : marks) {
        if (!inside(mark) || mark.first >= end) continue;
        snippet.marks.append({mark.first + shift, std::min(mark.second, end - mark.first)});
    }
    return snippet;
}

} // namespace Mingle
