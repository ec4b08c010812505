// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchscope.h"

#include "storage/messagerow.h"
#include "storage/searchdocument.h"
#include "storage/searchmemory.h"
#include "storage/statements.h"

#include <algorithm>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// FTS5 looks at each alternative for each row it answers with.
constexpr qsizetype maxAlternatives = 400;

qint64 startOf(const QDate &day)
{
    return day.startOfDay().toMSecsSinceEpoch();
}
} // namespace

QString SearchRow::select()
{
    return u"SELECT m.id, m.chat, m.author, coalesce(m.time, 0), m.flags, m.body FROM messages m "_s;
}

SearchRow SearchRow::read(const Query &query)
{
    return {query.value<qint64>(0), query.value<qint64>(1), query.value<qint64>(2),
            query.value<qint64>(3), query.value<int>(4),    query.value<QString>(5)};
}

Result<SearchScope> SearchScope::make(Statements &statements, SearchMemory &memory, const SearchQuery &query,
                                      const ChatId &chat)
{
    SearchScope scope;
    scope.m_query = query;
    for (const SearchQuery::Term &term : query.terms)
        scope.m_matchers.append(TermMatcher(term));
    if (query.after) scope.m_from = startOf(*query.after);
    if (query.before) scope.m_to = startOf(*query.before);
    if (auto done = scope.findChats(statements, chat); !done) return done.error();
    if (!query.from.isEmpty()) {
        auto authors = memory.authors(statements, query.from);
        if (!authors) return authors.error();
        scope.m_authors = std::move(authors).value();
    }
    return scope;
}

Outcome SearchScope::findChats(Statements &statements, const ChatId &chat)
{
    Query query(statements, u"SELECT c.id, a.address, c.address, c.name, c.hidden FROM chats c "
                            "JOIN accounts a ON a.id = c.account"_s);
    while (query.next()) {
        const auto address = query.value<QString>(2);
        const bool here =
            chat.isEmpty()
            || (chat.address.toString() == address && chat.account.toString() == query.value<QString>(1));
        const QString names = folded(query.value<QString>(3)) % u'\n' % folded(address);
        const bool named =
            m_query.in.isEmpty() || std::ranges::any_of(m_query.in, [&names](const QString &part) {
                return names.contains(part);
            });
        if (here && named && !query.value<bool>(4))
            m_chats.insert(query.value<qint64>(0));
        else if (!here || !named)
            m_someChats = true;
    }
    if (query.error()) return query.error();
    return {};
}

SearchScope SearchScope::withWholeWords() const
{
    SearchScope scope = *this;
    scope.m_matchers.clear();
    for (SearchQuery::Term &term : scope.m_query.terms) {
        term.phrase = true;
        scope.m_matchers.append(TermMatcher(term));
    }
    return scope;
}

bool SearchScope::fits(const SearchRow &row) const
{
    const auto has = [&row](MessageFlag flag) { return (row.flags & int(flag)) != 0; };
    return m_chats.contains(row.chat) && row.time >= m_from && row.time < m_to && !has(MessageFlag::Retracted)
           && (!m_authors || m_authors->contains(row.author))
           && (!m_query.mentionsMe || has(MessageFlag::MentionsMe)) && (!m_query.hasLink || hasLink(row.body))
           && (!m_query.hasFile || isFileLink(row.body));
}

Result<QList<SearchScope::Condition>> SearchScope::conditions(Statements &statements,
                                                              SearchMemory &memory) const
{
    QList<Condition> list;
    if (m_someChats && m_chats.size() <= maxAlternatives)
        list.append({chatExpression(m_chats.values()), 0, -1, true});
    if (m_authors && m_authors->size() <= maxAlternatives)
        list.append({authorExpression(m_authors->values()), 0, -1, true});
    if (m_query.mentionsMe) list.append({mentionExpression(), 0, -1, true});
    if (m_query.hasLink) list.append({linkExpression(), 0, -1, true});
    if (m_query.hasFile) list.append({fileExpression(), 0, -1, true});
    for (int i = 0; i < m_matchers.size(); ++i) {
        const TermMatcher &matcher = m_matchers.at(i);
        QString expression = termExpression(matcher.term());
        if (matcher.findsInside()) {
            const auto around = memory.wordsAround(statements, matcher.term().text);
            if (!around) return around.error();
            // What is in so many words is rarely rare, and all that is found is compared with the message anyway.
            if (around->size() > maxAlternatives) continue;
            if (!around->isEmpty())
                expression = u'(' % expression % u" OR "_s % wordsExpression(*around) % u')';
        }
        if (!expression.isEmpty()) list.append({expression, 0, i, matcher.term().phrase});
    }
    return list;
}

} // namespace Mingle
