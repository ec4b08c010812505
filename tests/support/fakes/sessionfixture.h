// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fakeconnection.h"
#include "fakes/fakeports.h"
#include "session/accounts.h"
#include "storage/database.h"
#include "storage/historyreader.h"

#include <QTemporaryDir>

namespace Mingle {

/// Real stores and a real session on a temporary profile, with a fake server behind it.
class SessionFixture
{
public:
    SessionFixture() { startProgram(); }
    ~SessionFixture() { endProgram(); }

    const Jid me = Jid::trusted(u"alice@chat.test");
    const Jid grace = Jid::trusted(u"grace@chat.test");
    const Jid muc = Jid::trusted(u"design@conference.chat.test");
    const Jid mix = Jid::trusted(u"release@mix.chat.test");

    FakeServer server;
    FakeSecrets secrets;
    ManualClock clock;
    std::unique_ptr<Database> database;
    std::unique_ptr<HistoryReader> history;
    std::unique_ptr<Accounts> accounts;

    void startProgram()
    {
        database = std::make_unique<Database>(m_folder.filePath(QStringLiteral("mingle.sqlite")));
        if (!database->open().result()) qFatal("no database");
        history = std::make_unique<HistoryReader>(*database);
        accounts =
            std::make_unique<Accounts>(AccountsDependencies{*database, secrets, clock, server.factory()});
    }
    void endProgram()
    {
        accounts.reset();
        history.reset();
        database.reset();
    }
    void restartProgram()
    {
        endProgram();
        startProgram();
    }

    /// The account as its owner adds it, with the rooms known to the server.
    Outcome logIn()
    {
        server.rooms.insert(muc, publicRoom(muc, ChatKind::Muc, QStringLiteral("Design")));
        server.rooms.insert(mix, publicRoom(mix, ChatKind::Mix, QStringLiteral("Release")));
        Account account;
        account.address = me;
        return accounts->add(account, "secret").result();
    }

    ChatId chat(const Jid &address) const { return {me, address}; }

    QList<Message> messages(const ChatId &id, int limit = 100'000) const
    {
        return history->newest(id, limit).result()->messages;
    }
    QStringList bodies(const ChatId &id) const
    {
        QStringList texts;
        const QList<Message> all = messages(id);
        for (const Message &message : all)
            texts.append(message.body);
        return texts;
    }
    Chat stored(const Jid &address) const
    {
        const QList<Chat> all = history->chats(me).result().value();
        for (const Chat &found : all)
            if (found.id.address == address) return found;
        return {};
    }
    ChatState state(const Jid &address) const { return accounts->chatStates().result().value(chat(address)); }
    ConnectionStatus status() const { return accounts->statuses().result().value(me); }

    IncomingMessage fromPerson(const QString &body) const
    {
        IncomingMessage message;
        message.chat = grace;
        message.author = {grace.toString(), QStringLiteral("Grace"), grace, true, false};
        message.stanzaId = message.originId = QStringLiteral("o-") + body;
        message.body = body;
        message.time = clock.now();
        return message;
    }
    IncomingMessage fromRoom(const Jid &room, const QString &nick, const QString &body) const
    {
        IncomingMessage message = fromPerson(body);
        message.chat = room;
        message.kind = room == mix ? ChatKind::Mix : ChatKind::Muc;
        message.author = {QStringLiteral("key-") + nick, nick, {}, true, false};
        return message;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace Mingle
