// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"
#include "core/result.h"

#include <QHash>
#include <QVariant>

#include <optional>

namespace Mingle {

class Query;
class Statements;

/// Bits of messages.flags.
enum class MessageFlag {
    Edited = 0x1,
    Retracted = 0x2,
    MentionsMe = 0x4,
    StanzaIsOrigin = 0x8,   ///< stanza_id is NULL because it is the same as origin_id
    StanzaIsArchive = 0x10, ///< or as archive_id
    HasFailure = 0x20,      ///< a row in failures
};
inline constexpr int noticeShift = 8; ///< Message::notice in four bits of the flags
inline constexpr int noticeMask = 0xf00;

/// An id as it is stored: NULL if empty, a number if it is one, 16 bytes for a UUID, else text. Most ids are
/// one of the first two kinds, and each is stored twice (row and index): this is a quarter of the file.
QVariant packId(const QString &id);
QString unpackId(const QVariant &packed);

/// CBOR; NULL if there are none.
QVariant packMentions(const QList<Mention> &mentions);
QList<Mention> unpackMentions(const QByteArray &packed);

/// Values for "archive_id = ?, origin_id = ?, ..." in the order of messageFields(). archive: number of the
/// archive that gave the archive id.
void addMessageFields(Query &query, const Message &message, qint64 chat, qint64 author, qint64 archive);
/// The columns of messages that a Message is made of, without id: "chat, ord, ...".
QStringList messageFields();
/// "SELECT m.id, m.chat, ... FROM messages m ", for MessageReader.
QString selectMessages();

/// Makes Messages of rows of selectMessages(). Looks up each author and chat once.
class MessageReader
{
public:
    explicit MessageReader(Statements &statements)
        : m_statements(statements)
    {}

    /// All rows of a query, in its order.
    Result<QList<Message>> all(Query &query);
    /// The first row, if there is one.
    Result<std::optional<Message>> first(Query &query);

private:
    Result<Message> read(const Query &query);
    Result<Author> author(qint64 row);
    Result<ChatId> chat(qint64 row);
    Outcome readFailure(Message &message);

    Statements &m_statements;
    QHash<qint64, Author> m_authors;
    QHash<qint64, ChatId> m_chats;
};

} // namespace Mingle
