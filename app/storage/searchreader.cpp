// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/searchreader.h"

#include "storage/database.h"
#include "storage/messagerow.h"
#include "storage/searchmemory.h"
#include "storage/searchrun.h"

#include <QHash>

#include <algorithm>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
// The best are the best of this many whole-word hits and as many others, the newest of each.
constexpr size_t maxBest = 500;

using Hits = std::vector<SearchRun::Hit>;

// Where the next page begins: the newest order goes on after a place; the best one is put in order again, of the same
// messages, and goes on after so many.
struct Cursor {
    SearchPlace place;
    qint64 maxRow = std::numeric_limits<qint64>::max();
    qint64 skip = 0;

    QByteArray packed() const
    {
        return QByteArrayList{QByteArray::number(place.time), QByteArray::number(place.row),
                              QByteArray::number(maxRow), QByteArray::number(skip)}
            .join(' ');
    }
    static std::optional<Cursor> unpacked(const QByteArray &text)
    {
        Cursor cursor;
        if (text.isEmpty()) return cursor;
        const auto parts = text.split(' ');
        if (parts.size() != 4) return {};
        bool ok = true;
        const auto number = [&](int i) {
            bool good = false;
            const qint64 value = parts.at(i).toLongLong(&good);
            ok = ok && good;
            return value;
        };
        cursor = {{number(0), number(1)}, number(2), number(3)};
        return ok && cursor.skip >= 0 ? std::optional(cursor) : std::nullopt;
    }
};

// One search, on the searching thread.
class Search
{
public:
    struct Wanted {
        SearchQuery query;
        ChatId chat;
        SearchOrder order = SearchOrder::Newest;
        int limit = 0;
        Cursor from;
    };

    Search(Statements &statements, SearchMemory &memory, const Wanted &wanted, std::function<bool()> over)
        : m_statements(statements)
        , m_memory(memory)
        , m_wanted(wanted)
        , m_over(std::move(over))
    {}

    Result<SearchPage> run()
    {
        const auto reach = SearchReach::read(m_statements);
        if (!reach) return reach.error();
        m_memory.follow(reach->generation);
        auto scope = SearchScope::make(m_statements, m_memory, m_wanted.query, m_wanted.chat);
        if (!scope) return scope.error();
        return m_wanted.order == SearchOrder::Newest ? newest(scope.value()) : best(scope.value());
    }

private:
    Result<SearchPage> newest(const SearchScope &scope)
    {
        // One more, to know whether there are more.
        const auto found =
            find(scope, {m_wanted.from.place, m_wanted.from.maxRow}, size_t(m_wanted.limit) + 1);
        if (!found) return found.error();
        Hits hits = *found;
        QByteArray next;
        if (hits.size() > size_t(m_wanted.limit)) {
            hits.pop_back();
            next = Cursor{hits.back().place}.packed();
        }
        return page(scope, hits, next);
    }

    Result<SearchPage> best(const SearchScope &scope)
    {
        Cursor cursor = m_wanted.from;
        if (cursor.skip == 0) {
            const auto last = lastRow();
            if (!last) return last.error();
            cursor.maxRow = *last;
        }
        auto ranked = rank(scope, cursor.maxRow);
        if (!ranked) return ranked.error();
        const Hits &all = ranked.value();
        const size_t begin = std::min(all.size(), size_t(cursor.skip));
        const size_t count = std::min(all.size() - begin, size_t(m_wanted.limit));
        QByteArray next;
        cursor.skip = qint64(begin + count);
        if (begin + count < all.size()) next = cursor.packed();
        return page(scope, Hits(all.begin() + ptrdiff_t(begin), all.begin() + ptrdiff_t(begin + count)),
                    next);
    }

    Result<Hits> rank(const SearchScope &scope, qint64 maxRow)
    {
        auto found = find(scope, {{}, maxRow}, maxBest);
        if (!found) return found.error();
        Hits hits = std::move(found).value();
        if (hits.size() == maxBest
            && !scope.matchers().isEmpty()) { // there may be better ones among the older
            const auto whole = find(scope.withWholeWords(), {{}, maxRow}, maxBest);
            if (!whole) return whole.error();
            hits.insert(hits.end(), whole->begin(), whole->end());
        }
        const auto better = [](const SearchRun::Hit &a, const SearchRun::Hit &b) {
            return std::tie(a.fit, a.nearness, a.place) > std::tie(b.fit, b.nearness, b.place);
        };
        std::ranges::sort(hits, better);
        const auto same = [](const SearchRun::Hit &a, const SearchRun::Hit &b) { return a.place == b.place; };
        hits.erase(std::ranges::unique(hits, same).begin(), hits.end());
        return hits;
    }

    Result<Hits> find(const SearchScope &scope, const SearchRun::Bounds &bounds, size_t count)
    {
        return SearchRun(m_statements, m_memory, scope, m_over).find(bounds, count);
    }

    Result<qint64> lastRow()
    {
        Query query(m_statements, u"SELECT max(id) FROM messages"_s);
        const qint64 row = query.next() ? query.value<qint64>(0) : 0;
        if (query.error()) return query.error();
        return row;
    }

    Result<SearchPage> page(const SearchScope &scope, const Hits &hits, const QByteArray &next)
    {
        QStringList rows;
        for (const SearchRun::Hit &hit : hits)
            rows.append(QString::number(hit.place.row));
        Query query(m_statements, selectMessages() + u"WHERE m.id IN (SELECT value FROM json_each(?))"_s);
        query.bind(QString(u'[' % rows.join(u',') % u']'));
        auto read = MessageReader(m_statements).all(query);
        if (!read) return read.error();
        QHash<qint64, Message> messages;
        for (Message &message : read.value())
            messages.insert(message.row, std::move(message));
        SearchPage page;
        page.next = next;
        for (const SearchRun::Hit &hit : hits) {
            Message message = messages.take(hit.place.row);
            message.chat = scope.shownIn(message.chat);
            auto marks = marksOf(message.body, scope.matchers());
            page.hits.append({std::move(message), std::move(marks)});
        }
        return page;
    }

    Statements &m_statements;
    SearchMemory &m_memory;
    const Wanted &m_wanted;
    std::function<bool()> m_over;
};
} // namespace

SearchReader::SearchReader(const Database &database)
    : m_database(database)
    , m_newest(std::make_shared<std::atomic<quint64>>(0))
    , m_memory(std::make_shared<SearchMemory>())
{}

SearchReader::~SearchReader()
{
    ++*m_newest;
}

QFuture<Result<SearchPage>> SearchReader::search(const SearchQuery &query, const ChatId &chat,
                                                 SearchOrder order, int limit, const QByteArray &from)
{
    const quint64 number = ++*m_newest;
    const auto cursor = Cursor::unpacked(from);
    if (limit <= 0 || !cursor)
        return answered(
            Result<SearchPage>(Error{Error::Kind::InvalidInput, limit <= 0 ? u"limit"_s : u"page"_s, {}}));
    if (query.isEmpty()) return answered(Result<SearchPage>());
    const Search::Wanted wanted{query, chat, order, limit, *cursor};
    return m_database.search(
        [wanted, number, newest = m_newest, memory = m_memory](Statements &statements) -> Result<SearchPage> {
            const auto over = [&newest, number] { return *newest != number; };
            if (over()) return Error{Error::Kind::Cancelled, {}, {}};
            return Search(statements, *memory, wanted, over).run();
        });
}

} // namespace Mingle
