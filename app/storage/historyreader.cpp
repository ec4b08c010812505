// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/historyreader.h"

#include "storage/chatrow.h"
#include "storage/database.h"
#include "storage/messagerow.h"
#include "storage/statements.h"

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
enum class Direction { Older, Newer };

Error badLimit()
{
    return Error{Error::Kind::InvalidInput, u"limit"_s, {}};
}

// Messages of chats that this one continues come before its own: as their orders know nothing of each other, those of each
// chat further back are given out less so much. Orders of an archive are far from half of it.
constexpr qint64 chainStep = qint64(1) << 58;

/// How far back in the chain an order that was given out is.
qsizetype depthOf(qint64 order)
{
    return order > 0 ? 0 : qsizetype((-order + chainStep / 2) / chainStep);
}

// A place between rows: two messages may share an order, never a row.
struct Place {
    qint64 order = 0;
    qint64 row = 0;
};

// One page of one chat and of those it continues, put together on the reading thread.
class Pager
{
public:
    Pager(Statements &statements, const ChatId &chat, const QList<qint64> &chain)
        : m_statements(statements)
        , m_chat(chat)
        , m_chain(chain)
    {}

    /// Up to limit messages next to a place, or from the end of the chat; oldest first. more: there are
    /// others beyond.
    Result<QList<Message>> stretch(Direction direction, const std::optional<Place> &from, int limit,
                                   bool *more)
    {
        const bool older = direction == Direction::Older;
        QList<Message> messages;
        std::optional<Place> place = from;
        qsizetype depth = from ? depthOf(from->order) : 0;
        while (depth >= 0 && depth < m_chain.size() && messages.size() <= limit) {
            // One more, to know whether there are more.
            auto found = partOf(depth, direction, place, qsizetype(limit) + 1 - messages.size());
            if (!found) return found.error();
            messages.append(std::move(found).value());
            depth += older ? 1 : -1;
            place.reset();
        }
        *more = messages.size() > limit;
        if (*more) messages.removeLast();
        if (older) std::reverse(messages.begin(), messages.end());
        return messages;
    }

    Result<Message> message(qint64 row)
    {
        for (qsizetype depth = 0; depth < m_chain.size(); ++depth) {
            Query query(m_statements, selectMessages() + u"WHERE m.id = ? AND m.chat = ?"_s);
            query.bind(row, m_chain.at(depth));
            auto found = m_reader.first(query);
            if (!found) return found.error();
            if (found.value()) return asOurs(*std::move(found).value(), depth);
        }
        return Error{Error::Kind::NotFound, u"no-message"_s, QString::number(row)};
    }

    /// A seam lies right below each interval that does not reach the start of its archive; it belongs to the
    /// page that holds the message before it. What this chat continues is asked for no more, and has none.
    Outcome addSeams(MessagePage &page)
    {
        if (m_chain.isEmpty()) return {};
        const auto newestBefore = newestOfFormer();
        if (!newestBefore) return newestBefore.error();
        Query query(
            m_statements,
            u"SELECT coalesce((SELECT m.id FROM messages m WHERE m.chat = c.id AND m.ord < i.oldest_order "
            "ORDER BY m.ord DESC, m.id DESC LIMIT 1), 0) "
            "FROM chats c JOIN intervals i ON i.archive = c.archive "
            "WHERE c.id = ? AND i.reaches_start = 0 ORDER BY i.oldest_order"_s);
        query.bind(m_chain.first());
        QSet<qint64> rows;
        for (const Message &message : std::as_const(page.messages))
            rows.insert(message.row);
        while (query.next()) {
            const qint64 own = query.value<qint64>(0);
            const qint64 row = own == 0 ? *newestBefore : own;
            const bool here = row == 0 ? page.reachesOldest : rows.contains(row);
            if (here && (page.seamsAfter.isEmpty() || page.seamsAfter.last() != row))
                page.seamsAfter.append(row);
        }
        if (query.error()) return query.error();
        return {};
    }

private:
    /// In the order asked for.
    Result<QList<Message>> partOf(qsizetype depth, Direction direction, const std::optional<Place> &from,
                                  qsizetype limit)
    {
        const bool older = direction == Direction::Older;
        QString sql = selectMessages() + u"WHERE m.chat = ? "_s;
        if (from) sql += older ? u"AND (m.ord, m.id) < (?, ?) "_s : u"AND (m.ord, m.id) > (?, ?) "_s;
        sql += older ? u"ORDER BY m.ord DESC, m.id DESC LIMIT ?"_s : u"ORDER BY m.ord, m.id LIMIT ?"_s;
        Query query(m_statements, sql);
        query.bind(m_chain.at(depth));
        if (from) query.add(from->order + qint64(depth) * chainStep, from->row);
        query.add(qint64(limit));
        auto found = m_reader.all(query);
        if (!found) return found.error();
        QList<Message> messages = std::move(found).value();
        if (depth > 0)
            for (Message &message : messages)
                message = asOurs(std::move(message), depth);
        return messages;
    }

    Message asOurs(Message message, qsizetype depth) const
    {
        message.chat = m_chat;
        message.order -= qint64(depth) * chainStep;
        return message;
    }

    /// The row of the newest message before the first of this chat's own; 0: none.
    Result<qint64> newestOfFormer()
    {
        for (qsizetype depth = 1; depth < m_chain.size(); ++depth) {
            const auto found = partOf(depth, Direction::Older, {}, 1);
            if (!found) return found.error();
            if (!found->isEmpty()) return found->first().row;
        }
        return qint64(0);
    }

    Statements &m_statements;
    MessageReader m_reader{m_statements};
    ChatId m_chat;
    QList<qint64> m_chain;
};

// Halves the places of a chat until one is left: about forty steps into an index, however many messages there are. Times
// are nearly in the order of places; where they are not, it finds one of the places where they pass the time asked for.
Result<qint64> firstSinceIn(Statements &statements, qint64 chat, qint64 time)
{
    Query ends(statements, u"SELECT min(ord), max(ord) FROM messages WHERE chat = ?"_s);
    ends.bind(chat);
    if (!ends.next() || ends.isNull(0)) {
        if (ends.error()) return ends.error();
        return qint64(0);
    }
    qint64 low = ends.value<qint64>(0);
    qint64 high = ends.value<qint64>(1);
    qint64 from = low; // the last place seen with an earlier time
    while (low <= high) {
        const qint64 middle = low + (high - low) / 2;
        Query query(statements, u"SELECT ord, coalesce(time, 0) FROM messages WHERE chat = ? AND ord >= ? "
                                "ORDER BY ord, id LIMIT 1"_s);
        query.bind(chat, middle);
        if (!query.next()) return query.error() ? Result<qint64>(query.error()) : qint64(0);
        if (query.value<qint64>(1) >= time) {
            high = middle - 1;
        } else {
            from = query.value<qint64>(0);
            low = from + 1;
        }
    }
    // A place may be given twice.
    Query query(statements, u"SELECT id FROM messages WHERE chat = ? AND ord >= ? AND time >= ? "
                            "ORDER BY ord, id LIMIT 1"_s);
    query.bind(chat, from, time);
    const qint64 row = query.next() ? query.value<qint64>(0) : 0;
    if (query.error()) return query.error();
    return row;
}

// fill puts messages and ends into the page.
template<typename Fill>
QFuture<Result<MessagePage>> readPage(const Database &database, const ChatId &chat, int limit, Fill fill)
{
    if (limit <= 0) return answered(Result<MessagePage>(badLimit()));
    return database.read([chat, fill](Statements &statements) -> Result<MessagePage> {
        const auto chain = chatChain(statements, chat);
        if (!chain) return chain.error();
        MessagePage page;
        Pager pager(statements, chat, *chain);
        if (auto done = fill(pager, page); !done) return done.error();
        if (auto done = pager.addSeams(page); !done) return done.error();
        return page;
    });
}

Outcome fillAround(Pager &pager, MessagePage &page, qint64 row, int limit)
{
    const auto middle = pager.message(row);
    if (!middle) return middle.error();
    const Place place{middle->order, row};
    bool moreOlder = false;
    bool moreNewer = false;
    auto older = pager.stretch(Direction::Older, place, limit, &moreOlder);
    if (!older) return older.error();
    auto newer = pager.stretch(Direction::Newer, place, limit, &moreNewer);
    if (!newer) return newer.error();
    // Where one side is short, the other gets what it leaves.
    const qsizetype wantNewer = std::max<qsizetype>((limit - 1) / 2, limit - 1 - older.value().size());
    const qsizetype takeNewer = std::min(wantNewer, newer.value().size());
    const qsizetype takeOlder = std::min<qsizetype>(limit - 1 - takeNewer, older.value().size());
    page.reachesOldest = !moreOlder && takeOlder == older.value().size();
    page.reachesNewest = !moreNewer && takeNewer == newer.value().size();
    page.messages = older.value().last(takeOlder) + QList{*middle} + newer.value().first(takeNewer);
    return {};
}
} // namespace

QFuture<Result<QList<Chat>>> HistoryReader::chats(const Jid &account) const
{
    return m_database.read([account](Statements &statements) { return chatsOf(statements, account); });
}

QFuture<Result<MessagePage>> HistoryReader::newest(const ChatId &chat, int limit) const
{
    return readPage(m_database, chat, limit, [limit](Pager &pager, MessagePage &page) -> Outcome {
        bool more = false;
        auto found = pager.stretch(Direction::Older, {}, limit, &more);
        if (!found) return found.error();
        page = {std::move(found).value(), !more, true, {}};
        return {};
    });
}

QFuture<Result<MessagePage>> HistoryReader::before(const ChatId &chat, qint64 row, int limit) const
{
    return readPage(m_database, chat, limit, [row, limit](Pager &pager, MessagePage &page) -> Outcome {
        const auto from = pager.message(row);
        if (!from) return from.error();
        bool more = false;
        auto found = pager.stretch(Direction::Older, Place{from->order, row}, limit, &more);
        if (!found) return found.error();
        page = {std::move(found).value(), !more, false, {}};
        return {};
    });
}

QFuture<Result<MessagePage>> HistoryReader::after(const ChatId &chat, qint64 row, int limit) const
{
    return readPage(m_database, chat, limit, [row, limit](Pager &pager, MessagePage &page) -> Outcome {
        const auto from = pager.message(row);
        if (!from) return from.error();
        bool more = false;
        auto found = pager.stretch(Direction::Newer, Place{from->order, row}, limit, &more);
        if (!found) return found.error();
        page = {std::move(found).value(), false, !more, {}};
        return {};
    });
}

QFuture<Result<MessagePage>> HistoryReader::around(const ChatId &chat, qint64 row, int limit) const
{
    return readPage(m_database, chat, limit, [row, limit](Pager &pager, MessagePage &page) {
        return fillAround(pager, page, row, limit);
    });
}

QFuture<Result<qint64>> HistoryReader::firstSince(const ChatId &chat, const QDateTime &time) const
{
    if (!time.isValid()) return answered(Result<qint64>(Error{Error::Kind::InvalidInput, u"time"_s, {}}));
    return m_database.read([chat, time](Statements &statements) -> Result<qint64> {
        const auto chain = chatChain(statements, chat);
        if (!chain) return chain.error();
        for (auto former = chain->crbegin(); former != chain->crend(); ++former) {
            const auto found = firstSinceIn(statements, *former, time.toMSecsSinceEpoch());
            if (!found || *found != 0) return found;
        }
        return qint64(0);
    });
}

QFuture<Result<QList<Participant>>> HistoryReader::participants(const ChatId &chat) const
{
    return m_database.read([chat](Statements &statements) { return participantsOf(statements, chat); });
}

QFuture<Result<QString>> HistoryReader::draft(const ChatId &chat) const
{
    return m_database.read([chat](Statements &statements) -> Result<QString> {
        const auto row = chatRow(statements, chat);
        if (!row) return row.error();
        Query query(statements, u"SELECT text FROM drafts WHERE chat = ?"_s);
        query.bind(*row);
        QString text;
        if (query.next()) text = query.value<QString>(0);
        if (query.error()) return query.error();
        return text;
    });
}

} // namespace Mingle
