// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/accountstore.h"

#include "storage/chatrow.h"
#include "storage/ledger.h"
#include "storage/searchindex.h"
#include "storage/statements.h"
#include "storage/transaction.h"

namespace Mingle {

using namespace Qt::StringLiterals;

Result<QList<Account>> AccountStore::all() const
{
    Query query(m_tx.statements(),
                u"SELECT address, host, port, tls, ca_file, resource, enabled, allow_plain "
                "FROM accounts ORDER BY id"_s);
    QList<Account> accounts;
    while (query.next()) {
        Account account;
        account.address = Jid::trusted(query.value<QString>(0));
        account.host = query.value<QString>(1);
        account.port = query.value<quint16>(2);
        account.tls = query.value<Account::Tls>(3);
        account.caFile = query.value<QString>(4);
        account.resource = query.value<QString>(5);
        account.enabled = query.value<bool>(6);
        account.allowPlain = query.value<bool>(7);
        accounts.append(account);
    }
    if (query.error()) return query.error();
    return accounts;
}

Outcome AccountStore::put(const Account &account)
{
    if (account.address.isEmpty()) return Error{Error::Kind::InvalidAddress, {}, {}};
    Query query(
        m_tx.statements(),
        u"INSERT INTO accounts (address, host, port, tls, ca_file, resource, enabled, "
        "allow_plain) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (address) DO UPDATE SET host = "
        "excluded.host, "
        "port = excluded.port, tls = excluded.tls, ca_file = excluded.ca_file, "
        "resource = excluded.resource, enabled = excluded.enabled, allow_plain = excluded.allow_plain"_s);
    query.bind(account.address.bare().toString(), account.host, int(account.port), account.tls,
               account.caFile, account.resource, account.enabled, account.allowPlain);
    return query.run();
}

Result<QByteArray> AccountStore::features(const Jid &address) const
{
    return read(u"SELECT features FROM accounts WHERE address = ?"_s, address);
}

Outcome AccountStore::setFeatures(const Jid &address, const QByteArray &features)
{
    return write(u"UPDATE accounts SET features = ? WHERE address = ?"_s, features, address);
}

Result<QByteArray> AccountStore::roster(const Jid &address) const
{
    return read(u"SELECT roster FROM accounts WHERE address = ?"_s, address);
}

Outcome AccountStore::setRoster(const Jid &address, const QByteArray &roster)
{
    return write(u"UPDATE accounts SET roster = ? WHERE address = ?"_s, roster, address);
}

Result<QByteArray> AccountStore::avatar(const Jid &address) const
{
    return read(u"SELECT avatar FROM accounts WHERE address = ?"_s, address);
}

Outcome AccountStore::setAvatar(const Jid &address, const QString &id)
{
    Query query(m_tx.statements(), u"UPDATE accounts SET avatar = ? WHERE address = ?"_s);
    return query.bind(id, address.bare().toString()).run();
}

Result<QByteArray> AccountStore::read(const QString &sql, const Jid &address) const
{
    Query query(m_tx.statements(), sql);
    query.bind(address.bare().toString());
    QByteArray value;
    if (query.next()) value = query.value<QByteArray>(0);
    if (query.error()) return query.error();
    return value;
}

Outcome AccountStore::write(const QString &sql, const QByteArray &value, const Jid &address)
{
    Query query(m_tx.statements(), sql);
    return query.bind(value, address.bare().toString()).run();
}

Outcome AccountStore::remove(const Jid &address)
{
    const auto row = m_tx.ledger().account(address);
    if (!row) return row.error();
    if (*row == 0) return Error{Error::Kind::NotFound, u"no-account"_s, address.toString()};
    if (auto done = m_tx.ledger().flush(); !done) return done;
    const auto chats = chatsOf(m_tx.statements(), address);
    if (!chats) return chats.error();
    m_tx.ledger().forget();
    for (const Chat &chat : *chats)
        m_tx.note(ChatRemoved{chat.id});
    Query query(m_tx.statements(), u"DELETE FROM accounts WHERE id = ?"_s); // all else cascades
    if (auto done = query.bind(*row).run(); !done) return done;
    // Which messages went with it nobody says; and no word of theirs may stay.
    return SearchIndex(m_tx.statements()).reset();
}

} // namespace Mingle
