// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/chatrow.h"

#include "storage/statements.h"

#include <QTimeZone>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype maxLastText = 200;

// The last message and the newest one read are one step into messages_order each; nothing to keep true by
// hand. flags & 2: retracted, & 0xf00: a notice (MessageFlag).
QString select(const QString &condition)
{
    return u"SELECT a.address, c.address, c.kind, c.name, c.subject, c.nick, c.capabilities, c.autojoin, "
           "c.unread, c.mentions, "
           "(SELECT r.id FROM messages r WHERE r.chat = c.id AND r.ord <= c.read_order "
           "ORDER BY r.ord DESC, r.id DESC LIMIT 1), "
           "m.time, substr(m.body, 1, 400), w.nick, w.is_me, c.listed, c.traits, "
           "c.description, c.properties, c.notify, c.pinned, c.invited_by, c.invited_text, c.invited_token, "
           "c.invited_at, c.rank, c.untold, c.requests, c.ties, c.avatar, "
           "c.own_name, (SELECT f.address FROM chats f WHERE f.id = c.continues) "
           "FROM chats c JOIN accounts a ON a.id = c.account "
           "LEFT JOIN messages m ON m.id = (SELECT n.id FROM messages n WHERE n.chat = c.id "
           "AND n.flags & 0xf02 = 0 ORDER BY n.ord DESC, n.id DESC LIMIT 1) "
           "LEFT JOIN authors w ON w.id = m.author WHERE c.hidden = 0 AND "_s
           + condition;
}

Chat read(const Query &query)
{
    Chat chat;
    chat.id = {Jid::trusted(query.value<QString>(0)), Jid::trusted(query.value<QString>(1))};
    chat.kind = query.value<ChatKind>(2);
    chat.name = query.value<QString>(3);
    chat.subject = query.value<QString>(4);
    chat.nick = query.value<QString>(5);
    chat.capabilities = Capabilities::fromInt(query.value<int>(6));
    chat.autojoin = query.value<bool>(7);
    chat.unread = query.value<int>(8);
    chat.mentions = query.value<int>(9);
    chat.readUpTo = query.value<qint64>(10);
    if (!query.isNull(11))
        chat.lastTime = QDateTime::fromMSecsSinceEpoch(query.value<qint64>(11), QTimeZone::UTC);
    chat.lastText = oneLine(query.value<QString>(12));
    if (!query.value<bool>(14)) chat.lastAuthor = query.value<QString>(13);
    chat.listed = query.value<bool>(15);
    chat.traits = query.value<int>(16);
    chat.description = query.value<QString>(17);
    chat.properties = RoomProperties::fromInt(query.value<int>(18));
    chat.notify = query.value<NotifyWhen>(19);
    chat.pinned = query.value<bool>(20);
    if (const QString from = query.value<QString>(21); !from.isEmpty()) {
        chat.invitation = {Jid::trusted(from), query.value<QString>(22), query.value<QString>(23),
                           QDateTime::fromMSecsSinceEpoch(query.value<qint64>(24), QTimeZone::UTC)};
    }
    chat.rank = query.value<int>(25);
    chat.untold = PreferenceParts::fromInt(query.value<int>(26));
    chat.requests = Requests::fromInt(query.value<int>(27));
    chat.ties = Ties::fromInt(query.value<int>(28));
    chat.avatar = query.value<QString>(29);
    chat.ownName = query.value<QString>(30);
    if (!query.isNull(31)) chat.former = Jid::trusted(query.value<QString>(31));
    return chat;
}

Result<std::optional<Chat>> readOne(Query &query)
{
    std::optional<Chat> chat;
    if (query.next()) chat = read(query);
    if (query.error()) return query.error();
    return chat;
}

QString selectParticipants(const QString &rest)
{
    return u"SELECT key, nick, address, standing, present, stable, is_me, avatar FROM participants WHERE chat = ? "_s
           + rest;
}

Participant readParticipant(const Query &query)
{
    Participant participant;
    participant.key = query.value<QString>(0);
    participant.nick = query.value<QString>(1);
    if (const QString address = query.value<QString>(2); !address.isEmpty())
        participant.address = Jid::trusted(address);
    participant.standing = query.value<Standing>(3);
    participant.present = query.value<bool>(4);
    participant.stableKey = query.value<bool>(5);
    participant.isMe = query.value<bool>(6);
    participant.avatar = query.value<QString>(7);
    return participant;
}
} // namespace

QString oneLine(const QString &body)
{
    QString line = body.simplified();
    if (line.size() <= maxLastText) return line;
    line.truncate(line.at(maxLastText - 1).isHighSurrogate() ? maxLastText - 1 : maxLastText);
    return line;
}

Result<std::optional<Chat>> chatOfRow(Statements &statements, qint64 row)
{
    Query query(statements, select(u"c.id = ?"_s));
    query.bind(row);
    return readOne(query);
}

Result<std::optional<Chat>> chatOfId(Statements &statements, const ChatId &id)
{
    Query query(statements, select(u"a.address = ? AND c.address = ?"_s));
    query.bind(id.account.toString(), id.address.toString());
    return readOne(query);
}

Result<QList<Chat>> chatsOf(Statements &statements, const Jid &account)
{
    Query query(statements, select(u"(? = '' OR a.address = ?) ORDER BY c.id"_s));
    query.bind(account.toString(), account.toString());
    QList<Chat> chats;
    while (query.next())
        chats.append(read(query));
    if (query.error()) return query.error();
    return chats;
}

Result<QList<Participant>> participantsOf(Statements &statements, const ChatId &id)
{
    const auto row = chatRow(statements, id);
    if (!row) return row.error();
    Query query(statements, selectParticipants(u"ORDER BY id"_s));
    query.bind(*row);
    QList<Participant> participants;
    while (query.next())
        participants.append(readParticipant(query));
    if (query.error()) return query.error();
    return participants;
}

namespace {
Result<std::optional<Participant>> firstParticipant(Query &query)
{
    std::optional<Participant> found;
    if (query.next()) found = readParticipant(query);
    if (query.error()) return query.error();
    return found;
}
} // namespace

Result<std::optional<Participant>> participantNamed(Statements &statements, const ChatId &id,
                                                    const QString &nick)
{
    const auto row = chatRow(statements, id);
    if (!row) return row.error();
    Query query(statements, selectParticipants(u"AND nick = ? AND present LIMIT 1"_s));
    query.bind(*row, nick);
    return firstParticipant(query);
}

Result<std::optional<Participant>> ownParticipantOf(Statements &statements, const ChatId &id)
{
    const auto row = chatRow(statements, id);
    if (!row) return row.error();
    Query query(statements, selectParticipants(u"AND is_me LIMIT 1"_s));
    query.bind(*row);
    return firstParticipant(query);
}

Result<qint64> chatRow(Statements &statements, const ChatId &id)
{
    Query query(statements, u"SELECT c.id FROM chats c JOIN accounts a ON a.id = c.account "
                            "WHERE a.address = ? AND c.address = ?"_s);
    query.bind(id.account.toString(), id.address.toString());
    qint64 row = 0;
    if (query.next()) row = query.value<qint64>(0);
    if (query.error()) return query.error();
    return row;
}

Result<QList<qint64>> chatChain(Statements &statements, const ChatId &id)
{
    constexpr qsizetype maxChain = 8; // see HistoryReader
    auto row = chatRow(statements, id);
    if (!row) return row.error();
    QList<qint64> chain;
    for (qint64 next = *row; next != 0 && chain.size() < maxChain && !chain.contains(next);) {
        chain.append(next);
        Query query(statements, u"SELECT continues FROM chats WHERE id = ?"_s);
        query.bind(next);
        next = query.next() ? query.value<qint64>(0) : 0;
        if (query.error()) return query.error();
    }
    return chain;
}

} // namespace Mingle
