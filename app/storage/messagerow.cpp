// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/messagerow.h"

#include "storage/statements.h"

#include <QCborArray>
#include <QCborValue>
#include <QTimeZone>
#include <QUuid>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype uuidLength = 36;
constexpr qsizetype maxDigits = 18; // always fits into 63 bits

bool isPlainNumber(const QString &id)
{
    if (id.size() > maxDigits || id.startsWith(u'0')) return false;
    for (const QChar c : id) {
        if (c < u'0' || c > u'9') return false;
    }
    return true;
}

bool has(int flags, MessageFlag flag)
{
    return (flags & static_cast<int>(flag)) != 0;
}

int flagsOf(const Message &message)
{
    int flags = int(message.notice) << noticeShift;
    const auto set = [&flags](MessageFlag flag, bool on) {
        if (on) flags |= static_cast<int>(flag);
    };
    set(MessageFlag::Edited, message.edited);
    set(MessageFlag::Retracted, message.retracted);
    set(MessageFlag::MentionsMe, message.mentionsMe);
    set(MessageFlag::HasFailure, bool(message.failure));
    if (!message.stanzaId.isEmpty()) {
        const bool origin = message.stanzaId == message.originId;
        set(MessageFlag::StanzaIsOrigin, origin);
        set(MessageFlag::StanzaIsArchive, !origin && message.stanzaId == message.archiveId);
    }
    return flags;
}
} // namespace

QVariant packMentions(const QList<Mention> &mentions)
{
    if (mentions.isEmpty()) return {};
    QCborArray array;
    for (const Mention &mention : mentions) {
        array.append(
            QCborArray{mention.begin, mention.end, mention.key, mention.address.toString(), mention.isMe});
    }
    return QCborValue(array).toCbor();
}

QList<Mention> unpackMentions(const QByteArray &packed)
{
    QList<Mention> mentions;
    const QCborArray array = QCborValue::fromCbor(packed).toArray();
    for (const QCborValue &value : array) {
        const QCborArray fields = value.toArray();
        Mention mention;
        mention.begin = static_cast<int>(fields.at(0).toInteger());
        mention.end = static_cast<int>(fields.at(1).toInteger());
        mention.key = fields.at(2).toString();
        if (const QString address = fields.at(3).toString(); !address.isEmpty())
            mention.address = Jid::trusted(address);
        mention.isMe = fields.at(4).toBool();
        mentions.append(mention);
    }
    return mentions;
}

QVariant packId(const QString &id)
{
    if (id.isEmpty()) return {};
    if (isPlainNumber(id)) return id.toLongLong();
    if (id.size() == uuidLength) {
        // Only the spelling that comes back the same.
        const QUuid uuid = QUuid::fromString(id);
        if (uuid.toString(QUuid::WithoutBraces) == id) return uuid.toRfc4122();
    }
    return id;
}

QString unpackId(const QVariant &packed)
{
    switch (packed.typeId()) {
    case QMetaType::QByteArray:
        return QUuid::fromRfc4122(packed.toByteArray()).toString(QUuid::WithoutBraces);
    case QMetaType::LongLong:
        return QString::number(packed.toLongLong());
    default:
        return packed.isNull() ? QString() : packed.toString();
    }
}

QStringList messageFields()
{
    return {u"chat"_s,  u"ord"_s,     u"author"_s,     u"time"_s,      u"delivery"_s,
            u"flags"_s, u"archive"_s, u"archive_id"_s, u"origin_id"_s, u"stanza_id"_s,
            u"body"_s,  u"thread"_s,  u"reply_to"_s,   u"mentions"_s,  u"replaced_body"_s};
}

void addMessageFields(Query &query, const Message &message, qint64 chat, qint64 author, qint64 archive)
{
    const int flags = flagsOf(message);
    const bool stanzaElsewhere =
        has(flags, MessageFlag::StanzaIsOrigin) || has(flags, MessageFlag::StanzaIsArchive);
    query.add(chat, message.order, author,
              message.time.isValid() ? QVariant(message.time.toMSecsSinceEpoch()) : QVariant(),
              message.delivery, flags, message.archiveId.isEmpty() ? QVariant() : QVariant(archive),
              packId(message.archiveId), packId(message.originId),
              stanzaElsewhere ? QVariant() : packId(message.stanzaId), message.body, packId(message.threadId),
              packId(message.replyTo), packMentions(message.mentions), Query::orNull(message.replacedBody));
}

QString selectMessages()
{
    return u"SELECT m.id, m.chat, m.ord, m.author, m.time, m.delivery, m.flags, m.archive_id, m.origin_id, "
           "m.stanza_id, m.body, m.thread, m.reply_to, m.mentions, m.replaced_body FROM messages m "_s;
}

Result<QList<Message>> MessageReader::all(Query &query)
{
    QList<Message> messages;
    while (query.next()) {
        auto message = read(query);
        if (!message) return message.error();
        messages.append(std::move(message).value());
    }
    if (query.error()) return query.error();
    return messages;
}

Result<std::optional<Message>> MessageReader::first(Query &query)
{
    if (!query.next()) {
        if (query.error()) return query.error();
        return std::optional<Message>();
    }
    auto message = read(query);
    if (!message) return message.error();
    return std::optional(std::move(message).value());
}

Result<Message> MessageReader::read(const Query &query)
{
    Message message;
    message.row = query.value<qint64>(0);
    const auto chatId = chat(query.value<qint64>(1));
    if (!chatId) return chatId.error();
    message.chat = *chatId;
    message.order = query.value<qint64>(2);
    const auto writer = author(query.value<qint64>(3));
    if (!writer) return writer.error();
    message.author = *writer;
    if (!query.isNull(4))
        message.time = QDateTime::fromMSecsSinceEpoch(query.value<qint64>(4), QTimeZone::UTC);
    message.delivery = query.value<Delivery>(5);
    const int flags = query.value<int>(6);
    message.notice = Notice((flags & noticeMask) >> noticeShift);
    message.edited = has(flags, MessageFlag::Edited);
    message.retracted = has(flags, MessageFlag::Retracted);
    message.mentionsMe = has(flags, MessageFlag::MentionsMe);
    message.archiveId = unpackId(query.variant(7));
    message.originId = unpackId(query.variant(8));
    if (has(flags, MessageFlag::StanzaIsOrigin))
        message.stanzaId = message.originId;
    else if (has(flags, MessageFlag::StanzaIsArchive))
        message.stanzaId = message.archiveId;
    else
        message.stanzaId = unpackId(query.variant(9));
    message.body = query.value<QString>(10);
    message.threadId = unpackId(query.variant(11));
    message.replyTo = unpackId(query.variant(12));
    if (!query.isNull(13)) message.mentions = unpackMentions(query.value<QByteArray>(13));
    message.replacedBody = query.value<QString>(14);
    if (has(flags, MessageFlag::HasFailure)) {
        if (auto done = readFailure(message); !done) return done.error();
    }
    return message;
}

Result<Author> MessageReader::author(qint64 row)
{
    if (const auto it = m_authors.constFind(row); it != m_authors.cend()) return *it;
    Query query(m_statements, u"SELECT key, nick, address, stable, is_me FROM authors WHERE id = ?"_s);
    query.bind(row);
    Author author;
    if (query.next()) {
        author.key = query.value<QString>(0);
        author.nick = query.value<QString>(1);
        if (const QString address = query.value<QString>(2); !address.isEmpty())
            author.address = Jid::trusted(address);
        author.stable = query.value<bool>(3);
        author.isMe = query.value<bool>(4);
    }
    if (query.error()) return query.error();
    return *m_authors.insert(row, author);
}

Result<ChatId> MessageReader::chat(qint64 row)
{
    if (const auto it = m_chats.constFind(row); it != m_chats.cend()) return *it;
    Query query(
        m_statements,
        u"SELECT a.address, c.address FROM chats c JOIN accounts a ON a.id = c.account WHERE c.id = ?"_s);
    query.bind(row);
    ChatId id;
    if (query.next()) id = {Jid::trusted(query.value<QString>(0)), Jid::trusted(query.value<QString>(1))};
    if (query.error()) return query.error();
    return *m_chats.insert(row, id);
}

Outcome MessageReader::readFailure(Message &message)
{
    Query query(m_statements, u"SELECT kind, condition, text FROM failures WHERE message = ?"_s);
    query.bind(message.row);
    if (query.next())
        message.failure = {query.value<Error::Kind>(0), query.value<QString>(1), query.value<QString>(2)};
    if (query.error()) return query.error();
    return {};
}

} // namespace Mingle
