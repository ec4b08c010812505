// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/accountstore.h"
#include "storage/archivestore.h"
#include "storage/chatstore.h"
#include "storage/database.h"
#include "storage/historyreader.h"
#include "storage/messagestore.h"
#include "storage/transaction.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <memory>

namespace Mingle {

using namespace Qt::StringLiterals;

/// An error as a failed comparison shows it.
inline QString words(const Error &error)
{
    return u"kind "_s + QString::number(int(error.kind)) + u", "_s + error.condition + u", "_s + error.text;
}

/// The value of a result, or a failed test and an empty one.
template<typename T>
T got(Result<T> result)
{
    if (!result.ok()) {
        QTest::qFail(qPrintable(words(result.error())), __FILE__, __LINE__);
        return {};
    }
    return std::move(result).value();
}

template<typename T>
Result<T> wait(QFuture<Result<T>> future)
{
    future.waitForFinished();
    if (future.isCanceled() || future.resultCount() == 0) return Error{Error::Kind::Cancelled, {}, {}};
    return future.result();
}

/// A database in a temporary folder, with an account, a room and a person in it.
class Profile
{
public:
    const Jid me = Jid::trusted(u"me@mingle.test");
    const ChatId room{me, Jid::trusted(u"design@rooms.mingle.test")};
    const ChatId grace{me, Jid::trusted(u"grace@mingle.test")};
    const ChatId ada{me, Jid::trusted(u"ada@mingle.test")};

    QString folder() const { return m_folder.path() + u"/profile"_s; }
    QString path() const { return folder() + u"/mingle.db"_s; }

    Result<Database::Opened> open()
    {
        db.reset();
        db = std::make_unique<Database>(path());
        return wait(db->open());
    }
    void close() { db.reset(); }
    /// What a write gives, or a failed test.
    template<typename Work>
    auto write(Work work)
    {
        return got(wait(db->write(std::move(work))));
    }
    template<typename Work>
    auto tryWrite(Work work)
    {
        return wait(db->write(std::move(work)));
    }
    /// open(), and the account and chats.
    void fill()
    {
        got(open());
        write([this](Transaction &tx) -> Outcome {
            Account account;
            account.address = me;
            if (auto done = AccountStore(tx).put(account); !done) return done;
            for (const ChatId &chat : {room, grace, ada}) {
                const auto kind = chat == room ? ChatKind::Muc : ChatKind::Person;
                if (auto made = ChatStore(tx).ensure(chat, kind); !made) return made.error();
            }
            return {};
        });
    }

    Message add(const Message &message)
    {
        return write([&](Transaction &tx) { return MessageStore(tx).add(message); });
    }
    std::optional<Message> byRow(qint64 row)
    {
        return write([&](Transaction &tx) { return MessageStore(tx).byRow(row); });
    }
    Chat chat(const ChatId &id)
    {
        return write([&](Transaction &tx) { return ChatStore(tx).find(id); }).value_or(Chat{});
    }
    /// A number by SQL, on the reading thread.
    qint64 number(const QString &sql)
    {
        return got(wait(db->read([sql](const QSqlDatabase &database) -> Result<qint64> {
            QSqlQuery query(database);
            if (!query.exec(sql) || !query.next()) return storageError(query.lastError());
            return query.value(0).toLongLong();
        })));
    }
    HistoryReader reader() const { return HistoryReader(*db); }

    /// A message from ada in a chat, as it comes from the network.
    Message message(const ChatId &chat, qint64 order, const QString &body = u"hello"_s) const
    {
        Message message;
        message.chat = chat;
        message.order = order;
        message.author = {ada.address.toString(), u"Ada"_s, ada.address, true, false};
        message.body = body;
        message.time = QDateTime(QDate(2026, 3, 14), QTime(15, 9, 26, 535), QTimeZone::UTC).addSecs(order);
        return message;
    }
    Message mine(const ChatId &chat, qint64 order, Delivery delivery = Delivery::Waiting) const
    {
        Message message = this->message(chat, order, u"from me"_s);
        message.author = {me.toString(), u"me"_s, me, true, true};
        message.delivery = delivery;
        return message;
    }

    std::unique_ptr<Database> db;

private:
    // In memory where there is such a folder: flushing a busy disk takes longer than all else.
    static QString place()
    {
        const QString memory = u"/dev/shm"_s;
        return QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    }
    QTemporaryDir m_folder{place() + u"/mingle-test-XXXXXX"_s};
};

} // namespace Mingle
