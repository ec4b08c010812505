// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faults/localcopy.h"

#include "storage/database.h"
#include "storage/messagerow.h"

namespace Mingle {

using namespace Qt::StringLiterals;

LocalCopy LocalCopy::read(const Database &database, const Jid &account, const Jid &archive)
{
    const auto read = [account, archive](Statements &statements) -> Result<LocalCopy> {
        LocalCopy copy;
        Query number(statements, u"SELECT v.id FROM archives v JOIN accounts a ON a.id = v.account "
                                 "WHERE a.address = ? AND v.address = ?"_s);
        number.bind(account.toString(), archive.toString());
        if (!number.next()) return number.error() ? Result<LocalCopy>(number.error()) : copy;
        const auto id = number.value<qint64>(0);
        Query intervals(statements,
                        u"SELECT id, oldest_id, newest_id, oldest_order, newest_order, reaches_start "
                        "FROM intervals WHERE archive = ? ORDER BY newest_order DESC, id DESC"_s);
        intervals.bind(id);
        while (intervals.next())
            copy.intervals.append({intervals.value<qint64>(0), intervals.value<QString>(1),
                                   intervals.value<QString>(2), intervals.value<qint64>(3),
                                   intervals.value<qint64>(4), intervals.value<bool>(5)});
        if (intervals.error()) return intervals.error();
        Query rows(statements,
                   selectMessages()
                       + u"WHERE m.chat IN (SELECT id FROM chats WHERE archive = ?) ORDER BY m.ord, m.id"_s);
        rows.bind(id);
        auto all = MessageReader(statements).all(rows);
        if (!all) return all.error();
        copy.rows = std::move(all).value();
        return copy;
    };
    const Result<LocalCopy> copy = database.read(read).result();
    if (copy) return *copy;
    LocalCopy failed;
    failed.error = copy.error();
    return failed;
}

} // namespace Mingle
