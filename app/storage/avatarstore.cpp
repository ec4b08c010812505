// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/avatarstore.h"

#include "storage/statements.h"
#include "storage/transaction.h"

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 dayMs = 24 * 60 * 60 * 1000;
}

Result<QByteArray> AvatarStore::find(const QString &id, const QDateTime &now) const
{
    QByteArray data;
    qint64 used = 0;
    {
        Query query(m_tx.statements(), u"SELECT data, used FROM avatars WHERE id = ?"_s);
        query.bind(id);
        if (query.next()) {
            data = query.value<QByteArray>(0);
            used = query.value<qint64>(1);
        }
        if (query.error()) return query.error();
    }
    const qint64 time = now.toMSecsSinceEpoch();
    if (data.isEmpty() || time - used < dayMs) return data; // looking at it is not worth a write each time
    Query query(m_tx.statements(), u"UPDATE avatars SET used = ? WHERE id = ?"_s);
    if (auto done = query.bind(time, id).run(); !done) return done.error();
    return data;
}

Outcome AvatarStore::put(const QString &id, const QByteArray &data, const QDateTime &now, qint64 most)
{
    Query query(m_tx.statements(), u"INSERT INTO avatars (id, data, used) VALUES (?, ?, ?) "
                                   "ON CONFLICT (id) DO UPDATE SET used = excluded.used"_s);
    if (auto done = query.bind(id, data, now.toMSecsSinceEpoch()).run(); !done) return done;
    // All that come after as much as may be kept.
    Query old(m_tx.statements(),
              u"DELETE FROM avatars WHERE id IN (SELECT id FROM (SELECT id, sum(length(data)) OVER "
              "(ORDER BY used DESC, id ROWS UNBOUNDED PRECEDING) AS kept FROM avatars) WHERE kept > ?)"_s);
    return old.bind(most).run();
}

} // namespace Mingle
