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
    struct Known {
        ChatId id;
        qint64 former = 0; ///< what it continues
        bool shown = false; ///< in the list
        bool wanted = false;
    };
    QHash<qint64, Known> all;
    Query query(statements,
                u"SELECT c.id, a.address, c.address, c.name, c.hidden, c.own_name, c.continues FROM chats c "
                "JOIN accounts a ON a.id = c.account"_s);
    while (query.next()) {
        Known one;
        one.id = {Jid::trusted(query.value<QString>(1)), Jid::trusted(query.value<QString>(2))};
        const QString names = folded(query.value<QString>(3)) % u'\n' % folded(query.value<QString>(5))
                              % u'\n' % folded(one.id.address.toString());
        const bool named =
            m_query.in.isEmpty() || std::ranges::any_of(m_query.in, [&names](const QString &part) {
                return names.contains(part);
            });
        one.wanted = named && (chat.isEmpty() || one.id == chat);
        one.shown = !query.value<bool>(4);
        one.former = query.value<qint64>(6);
        all.insert(query.value<qint64>(0), one);
    }
    if (query.error()) return query.error();
    for (auto it = all.cbegin(); it != all.cend(); ++it) {
        if (!it->wanted || !it->shown) continue;
        m_chats.insert(it.key());
        // With what it continues, and what that continues; it is no circle (ChatStore::continueFrom).
        for (auto former = all.constFind(it->former); former != all.cend();
             former = all.constFind(former->former)) {
            m_chats.insert(former.key());
            if (!former->shown) m_shownIn.insert(former->id, it->id);
        }
    }
    m_someChats = std::ranges::any_of(all, [](const Known &one) { return !one.wanted; });
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
