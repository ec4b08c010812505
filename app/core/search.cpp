// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search.h"

#include "core/foldedtext.h"

#include <algorithm>
#include <array>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// What somebody types is shorter; what somebody pastes by mistake must not keep the database busy.
constexpr qsizetype maxText = 1000;
constexpr qsizetype maxTerms = 16;
constexpr qsizetype maxTermLength = 100;

constexpr std::array linkBegins{u"http://", u"https://", u"aesgcm://"};

// 2026-03-14; of 2026-03 and 2026 the first day.
std::optional<QDate> dayOf(const QString &text)
{
    const QStringList parts = text.split(u'-');
    if (parts.size() > 3 || parts.first().size() != 4) return {};
    std::array<int, 3> numbers{0, 1, 1};
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QString &part = parts.at(i);
        const bool digits = std::ranges::all_of(part, [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (!digits || part.isEmpty() || part.size() > 4) return {};
        numbers.at(size_t(i)) = part.toInt();
    }
    const QDate day(numbers[0], numbers[1], numbers[2]);
    return day.isValid() && numbers[0] > 0 ? std::optional(day) : std::nullopt;
}

class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text.size() <= maxText ? text : text.left(maxText))
    {}

    SearchQuery run()
    {
        for (;;) {
            while (m_at < m_text.size() && m_text.at(m_at).isSpace())
                ++m_at;
            if (m_at >= m_text.size()) return std::move(m_query);
            bool closed = false;
            if (isQuote(m_at)) {
                const QString words = quoted(&closed);
                addTerm(words, closed); // while it is being typed its last word may go on
            } else {
                const qsizetype begin = m_at;
                if (!takeCondition()) {
                    m_at = begin;
                    addTerm(unquoted(), false);
                }
            }
        }
    }

private:
    bool isQuote(qsizetype at) const
    {
        // As keyboards and word processors make them.
        return at < m_text.size() && QStringView(u"\"\u201c\u201d\u201e\u00ab\u00bb").contains(m_text.at(at));
    }

    QString quoted(bool *closed)
    {
        const qsizetype begin = ++m_at;
        while (m_at < m_text.size() && !isQuote(m_at))
            ++m_at;
        *closed = m_at < m_text.size();
        const QString inside = m_text.sliced(begin, m_at - begin);
        if (*closed) ++m_at;
        return inside;
    }

    // Up to the next space or quote.
    QString unquoted()
    {
        const qsizetype begin = m_at;
        while (m_at < m_text.size() && !m_text.at(m_at).isSpace() && !isQuote(m_at))
            ++m_at;
        return m_text.sliced(begin, m_at - begin);
    }

    bool takeCondition()
    {
        const qsizetype colon = m_text.indexOf(u':', m_at);
        constexpr qsizetype longestName = 8;
        if (colon < 0 || colon - m_at > longestName) return false;
        const QString name = m_text.sliced(m_at, colon - m_at).toLower();
        m_at = colon + 1;
        bool closed = false;
        const QString value = isQuote(m_at) ? quoted(&closed) : unquoted();
        if (name == u"from") return addPart(m_query.from, value);
        if (name == u"in") return addPart(m_query.in, value);
        if (name == u"before" || name == u"after") return addDay(name == u"before", value);
        const QString word = value.toLower();
        bool *const flag = name == u"has" && word == u"link"      ? &m_query.hasLink
                           : name == u"has" && word == u"file"    ? &m_query.hasFile
                           : name == u"mentions" && word == u"me" ? &m_query.mentionsMe
                                                                  : nullptr;
        if (flag) *flag = true;
        return flag != nullptr;
    }

    static bool addPart(QStringList &parts, const QString &value)
    {
        const QString part = folded(value.left(maxTermLength));
        if (part.isEmpty()) return false;
        if (parts.size() < maxTerms && !parts.contains(part)) parts.append(part);
        return true;
    }

    bool addDay(bool before, const QString &value)
    {
        const auto day = dayOf(value);
        if (!day) return false;
        auto &bound = before ? m_query.before : m_query.after;
        bound = !bound ? *day : before ? std::min(*bound, *day) : std::max(*bound, *day);
        return true;
    }

    void addTerm(const QString &words, bool phrase)
    {
        const SearchQuery::Term term{folded(words.left(maxTermLength)), phrase};
        if (term.text.isEmpty() || m_query.terms.size() >= maxTerms || m_query.terms.contains(term)) return;
        m_query.terms.append(term);
    }

    QString m_text;
    qsizetype m_at = 0;
    SearchQuery m_query;
};
} // namespace

bool SearchQuery::isEmpty() const
{
    return *this == SearchQuery();
}

SearchQuery parseSearch(const QString &text)
{
    return Parser(text).run();
}

bool hasLink(const QString &body)
{
    return std::ranges::any_of(linkBegins, [&body](QStringView begin) {
        const qsizetype at = body.indexOf(begin, 0, Qt::CaseInsensitive);
        const qsizetype host = at + begin.size();
        return at >= 0 && host < body.size() && body.at(host).isLetterOrNumber();
    });
}

bool isFileLink(const QString &body)
{
    constexpr qsizetype longestExtension = 8;
    const QStringView address = QStringView(body).trimmed();
    const bool one = std::ranges::none_of(address, [](QChar c) { return c.isSpace(); });
    const auto begin = std::ranges::find_if(linkBegins, [address](QStringView scheme) {
        return address.startsWith(scheme, Qt::CaseInsensitive);
    });
    if (!one || begin == linkBegins.end()) return false;
    QStringView rest = address.sliced(QStringView(*begin).size());
    for (const QChar end : {u'#', u'?'}) { // aesgcm: has its key behind the #
        if (const qsizetype at = rest.indexOf(end); at >= 0) rest = rest.first(at);
    }
    const qsizetype slash = rest.lastIndexOf(u'/');
    if (slash <= 0) return false; // a dot of the host's name is none
    const QStringView name = rest.sliced(slash + 1);
    const qsizetype dot = name.lastIndexOf(u'.');
    const QStringView extension = name.sliced(dot + 1);
    return dot > 0 && !extension.isEmpty() && extension.size() <= longestExtension
           && std::ranges::all_of(extension, [](QChar c) { return c.isLetterOrNumber(); });
}

} // namespace Mingle
