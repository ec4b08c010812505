// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"
#include "storage/searchindex.h"
#include "storage/statements.h"

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
Outcome runAll(Statements &statements, const QStringList &texts)
{
    for (const QString &text : texts) {
        if (auto done = statements.control(text); !done) return done;
    }
    return {};
}

// AUTOINCREMENT where a row id is handed out: one that was removed must never come to mean something else.
QStringList accountsAndChats()
{
    return {
        // syncs: written to make SQLite flush (Transaction::demandSync)
        u"CREATE TABLE profile (id INTEGER PRIMARY KEY CHECK (id = 1), syncs INTEGER NOT NULL) STRICT"_s,
        u"INSERT INTO profile VALUES (1, 0)"_s,
        u"CREATE TABLE accounts (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, host TEXT NOT NULL, "
        "port INTEGER NOT NULL, tls INTEGER NOT NULL, ca_file TEXT NOT NULL, resource TEXT NOT NULL, "
        "enabled INTEGER NOT NULL) STRICT"_s,
        // highest: the highest place (Message::order) given in this archive. floor: where the last openGap()
        // put the first live message. Both start at ArchiveStore::roomForGap.
        u"CREATE TABLE archives (id INTEGER PRIMARY KEY, "
        "account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE, address TEXT NOT NULL, "
        "highest INTEGER NOT NULL DEFAULT 4294967296, "
        "floor INTEGER NOT NULL DEFAULT 4294967296, UNIQUE (account, address)) STRICT"_s,
        u"CREATE TABLE intervals (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "archive INTEGER NOT NULL REFERENCES archives ON DELETE CASCADE, oldest_id TEXT NOT NULL, "
        "newest_id TEXT NOT NULL, oldest_order INTEGER NOT NULL, newest_order INTEGER NOT NULL, "
        "reaches_start INTEGER NOT NULL) STRICT"_s,
        u"CREATE INDEX intervals_order ON intervals (archive, newest_order)"_s,
        // read_order: place of the newest message read, NULL for none. A place, not a row: an own message
        // that moves up when its archive id comes must not take unread ones of others with it.
        // unread, mentions: kept by Ledger.
        u"CREATE TABLE chats (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE, "
        "archive INTEGER NOT NULL REFERENCES archives ON DELETE CASCADE, address TEXT NOT NULL, "
        "kind INTEGER NOT NULL, name TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL DEFAULT '', "
        "nick TEXT NOT NULL DEFAULT '', capabilities INTEGER NOT NULL DEFAULT 0, "
        "autojoin INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 0, read_order INTEGER, "
        "unread INTEGER NOT NULL DEFAULT 0, mentions INTEGER NOT NULL DEFAULT 0, "
        "UNIQUE (account, address)) STRICT"_s,
        u"CREATE INDEX chats_archive ON chats (archive)"_s,
        u"CREATE TABLE participants (id INTEGER PRIMARY KEY, "
        "chat INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE, key TEXT NOT NULL, nick TEXT NOT NULL, "
        "address TEXT NOT NULL, standing INTEGER NOT NULL, present INTEGER NOT NULL, stable INTEGER NOT "
        "NULL, "
        "is_me INTEGER NOT NULL, UNIQUE (chat, key)) STRICT"_s,
        u"CREATE TABLE drafts (chat INTEGER PRIMARY KEY REFERENCES chats ON DELETE CASCADE, "
        "text TEXT NOT NULL) STRICT"_s,
    };
}

QStringList messages()
{
    return {
        // An author as he was when he wrote: a new nick makes a new row, messages hold a small number.
        u"CREATE TABLE authors (id INTEGER PRIMARY KEY, "
        "chat INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE, key TEXT NOT NULL, nick TEXT NOT NULL, "
        "address TEXT NOT NULL, stable INTEGER NOT NULL, is_me INTEGER NOT NULL, "
        "UNIQUE (chat, key, nick, address, stable, is_me)) STRICT"_s,
        // author and archive are no foreign keys: removing an account would search all messages.
        // Ids of all kinds are ANY because packId() makes numbers and UUIDs small.
        // archive: of archive_id, NULL where that is.
        u"CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "chat INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE, ord INTEGER NOT NULL, "
        "author INTEGER NOT NULL, time INTEGER, delivery INTEGER NOT NULL, flags INTEGER NOT NULL, archive "
        "INTEGER, "
        "archive_id ANY, origin_id ANY, stanza_id ANY, body TEXT NOT NULL, thread ANY, reply_to ANY, "
        "mentions BLOB, "
        "replaced_body TEXT) STRICT"_s,
        u"CREATE INDEX messages_order ON messages (chat, ord)"_s,
        u"CREATE UNIQUE INDEX messages_archive_id ON messages (archive, archive_id) "
        "WHERE archive_id IS NOT NULL"_s,
        u"CREATE INDEX messages_origin_id ON messages (chat, origin_id) WHERE origin_id IS NOT NULL"_s,
        u"CREATE INDEX messages_stanza_id ON messages (chat, stanza_id) WHERE stanza_id IS NOT NULL"_s,
        u"CREATE INDEX messages_unarchived ON messages (chat, time) WHERE archive_id IS NULL"_s,
        u"CREATE INDEX messages_waiting ON messages (chat, ord) WHERE delivery = 1"_s,
        u"CREATE TABLE failures (message INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE, "
        "kind INTEGER NOT NULL, condition TEXT NOT NULL, text TEXT NOT NULL) STRICT"_s,
    };
}

QStringList amendments()
{
    return {
        // target, archive_id, stanza_id: packId(). Small: most messages are never corrected.
        u"CREATE TABLE amendments (id INTEGER PRIMARY KEY, "
        "chat INTEGER NOT NULL REFERENCES chats ON DELETE CASCADE, kind INTEGER NOT NULL, target ANY NOT "
        "NULL, "
        "author_key TEXT NOT NULL, by_moderator INTEGER NOT NULL, ord INTEGER NOT NULL, archive_id ANY, "
        "stanza_id ANY, body TEXT NOT NULL, mentions BLOB) STRICT"_s,
        u"CREATE INDEX amendments_target ON amendments (chat, target, ord)"_s,
    };
}
} // namespace

QList<Migration> migrations()
{
    return {
        {1, [](Statements &statements) { return runAll(statements, accountsAndChats() + messages()); }},
        {2, [](Statements &statements) { return SearchIndex(statements).create(); }, Migration::OldStays},
        {3, [](Statements &statements) { return runAll(statements, amendments()); }, Migration::OldStays},
        // looked: the archive was asked once, and may have had nothing.
        {4,
         [](Statements &statements) {
             return statements.control(
                 u"ALTER TABLE archives ADD COLUMN looked INTEGER NOT NULL DEFAULT 0"_s);
         },
         Migration::OldStays},
        // listed: Chat::listed. Of rooms in an older file nobody knows: they are rather put on the list once more than lost.
        {5,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE chats ADD COLUMN listed INTEGER NOT NULL DEFAULT 0"_s);
         },
         Migration::OldStays},
        // features: AccountStore::features()
        {6,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE accounts ADD COLUMN features BLOB"_s);
         },
         Migration::OldStays},
        // traits: Chat::traits
        {7,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE chats ADD COLUMN traits INTEGER NOT NULL DEFAULT 0"_s);
         },
         Migration::OldStays},
        // allow_plain: Account::allowPlain
        {8,
         [](Statements &statements) {
             return statements.control(
                 u"ALTER TABLE accounts ADD COLUMN allow_plain INTEGER NOT NULL DEFAULT 0"_s);
         },
         Migration::OldStays},
        // roster: AccountStore::roster()
        {9,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE accounts ADD COLUMN roster BLOB"_s);
         },
         Migration::OldStays},
        // Chat::description, properties, notify, pinned
        {10,
         [](Statements &statements) {
             return runAll(statements,
                           {u"ALTER TABLE chats ADD COLUMN description TEXT NOT NULL DEFAULT ''"_s,
                            u"ALTER TABLE chats ADD COLUMN properties INTEGER NOT NULL DEFAULT 0"_s,
                            u"ALTER TABLE chats ADD COLUMN notify INTEGER NOT NULL DEFAULT 0"_s,
                            u"ALTER TABLE chats ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0"_s});
         },
         Migration::OldStays},
        // Chat::invitation. decided: time of the last one that I have accepted or declined, in ms: older ones come again
        // from the archive.
        {11,
         [](Statements &statements) {
             return runAll(statements,
                           {u"ALTER TABLE chats ADD COLUMN invited_by TEXT NOT NULL DEFAULT ''"_s,
                            u"ALTER TABLE chats ADD COLUMN invited_text TEXT NOT NULL DEFAULT ''"_s,
                            u"ALTER TABLE chats ADD COLUMN invited_token TEXT NOT NULL DEFAULT ''"_s,
                            u"ALTER TABLE chats ADD COLUMN invited_at INTEGER NOT NULL DEFAULT 0"_s,
                            u"ALTER TABLE chats ADD COLUMN decided INTEGER NOT NULL DEFAULT 0"_s});
         },
         Migration::OldStays},
        // Chat::rank, untold
        {12,
         [](Statements &statements) {
             return runAll(statements, {u"ALTER TABLE chats ADD COLUMN rank INTEGER NOT NULL DEFAULT 0"_s,
                                        u"ALTER TABLE chats ADD COLUMN untold INTEGER NOT NULL DEFAULT 0"_s});
         },
         Migration::OldStays},
        // Chat::requests, ties
        {13,
         [](Statements &statements) {
             return runAll(statements, {u"ALTER TABLE chats ADD COLUMN requests INTEGER NOT NULL DEFAULT 0"_s,
                                        u"ALTER TABLE chats ADD COLUMN ties INTEGER NOT NULL DEFAULT 0"_s});
         },
         Migration::OldStays},
        // Chat::avatar, Participant::avatar. used: in ms, when it was asked for last.
        {14,
         [](Statements &statements) {
             return runAll(
                 statements,
                 {u"ALTER TABLE chats ADD COLUMN avatar TEXT NOT NULL DEFAULT ''"_s,
                  u"ALTER TABLE participants ADD COLUMN avatar TEXT NOT NULL DEFAULT ''"_s,
                  u"CREATE TABLE avatars (id TEXT PRIMARY KEY, data BLOB NOT NULL, used INTEGER NOT NULL) "
                  "STRICT"_s});
         },
         Migration::OldStays},
        // Chat::ownName
        {15,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE chats ADD COLUMN own_name TEXT NOT NULL DEFAULT ''"_s);
         },
         Migration::OldStays},
        // continues: the chat whose history comes before this one's (ChatStore::continueFrom); 0: none.
        {16,
         [](Statements &statements) {
             return statements.control(
                 u"ALTER TABLE chats ADD COLUMN continues INTEGER NOT NULL DEFAULT 0"_s);
         },
         Migration::OldStays},
        // partner: who it is that has the nick of a private talk in a room (ChatStore::setPartner).
        {17,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE chats ADD COLUMN partner TEXT NOT NULL DEFAULT ''"_s);
         },
         Migration::OldStays},
        // ConnectionStatus::avatar
        {18,
         [](Statements &statements) {
             return statements.control(u"ALTER TABLE accounts ADD COLUMN avatar TEXT NOT NULL DEFAULT ''"_s);
         },
         Migration::OldStays},
    };
}

} // namespace Mingle
