// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/salvage.h"

#include "storage/migrations.h"
#include "storage/privatefile.h"
#include "storage/searchindex.h"
#include "storage/sqlconnection.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <limits>

namespace Mingle {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 firstWithIndex = 2; // schema version

// The new file grows under the first name and is whole under the second.
QString unfinishedName(const QString &path)
{
    return path + u".salvaging";
}

QString finishedName(const QString &path)
{
    return path + u".salvaged";
}

void removeWithLog(const QString &path)
{
    for (const QString &name : {path, QString(path + u"-wal"), QString(path + u"-shm")})
        QFile::remove(name);
}

Outcome rename(const QString &from, const QString &to)
{
    if (QFile::rename(from, to)) return {};
    return Error{Error::Kind::Storage, u"file"_s, u"cannot rename "_s + from};
}

// Copies one table row by row in the order of its rows, around what cannot be read.
class TableCopy
{
public:
    TableCopy(Statements &from, Statements &to, const QString &table, const QStringList &columns)
        : m_from(from)
        , m_to(to)
        , m_table(table)
        , m_columns(columns.join(u", "))
        , m_count(columns.size())
    {}

    /// Fails only if the new file cannot be written.
    Outcome run()
    {
        for (;;) {
            m_from.clearFailure();
            bool readAll = false;
            if (auto done = copyFrom(&readAll); !done || readAll) return done;
            const auto next = skip();
            if (!next) return {}; // nothing readable beyond
            m_last = *next;
        }
    }

private:
    // All rows after m_last, until the end or the first that cannot be read.
    Outcome copyFrom(bool *readAll)
    {
        Query source(m_from, u"SELECT rowid, "_s + m_columns + u" FROM "_s + m_table
                                 + u" NOT INDEXED WHERE rowid > ? ORDER BY rowid"_s);
        source.bind(m_last);
        while (source.next()) {
            const qint64 row = source.value<qint64>(0);
            if (row <= m_last) return {}; // a damaged page makes the scan go back
            if (auto done = insert(source); !done) return done;
            m_last = row;
        }
        *readAll = !source.error();
        return {};
    }

    Outcome insert(const Query &source)
    {
        Query target(m_to, u"INSERT INTO "_s + m_table + u" ("_s + m_columns + u") VALUES (?"_s
                               + u", ?"_s.repeated(m_count - 1) + u")"_s);
        target.bind();
        for (int i = 1; i <= m_count; ++i) {
            const QVariant value = source.variant(i);
            if (source.isNull(i)) // typed as text by Qt
                target.add(QVariant());
            else if (value.typeId() == QMetaType::QString)
                target.add(value.toString());
            else
                target.add(value);
            // A page that was cut off reads as zeros. No text of ours holds one: XML cannot.
            if (value.typeId() == QMetaType::QString && value.toString().contains(QChar::Null)) return {};
        }
        (void)target.run(); // a broken constraint: the row was nonsense
        if (m_to.failure()) return m_to.failure();
        return {};
    }

    // Whether rows after this one can be reached; the first of them.
    bool reach(qint64 after, std::optional<qint64> *first)
    {
        m_from.clearFailure();
        Query query(m_from, u"SELECT rowid FROM "_s + m_table
                                + u" NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1"_s);
        query.bind(after);
        first->reset();
        if (query.next()) *first = query.value<qint64>(0);
        return !query.error();
    }

    // The nearest place after m_last to go on from: doubles its steps until it is out of the unreadable page,
    // then halves back to its edge.
    std::optional<qint64> skip()
    {
        std::optional<qint64> first;
        if (reach(m_last, &first) && first && *first > m_last)
            return first; // only this row's content is unreadable
        qint64 bad = m_last;
        qint64 good = m_last;
        for (qint64 step = 1; good == m_last; step *= 2) {
            if (step > maxRow) return {};
            if (reach(m_last + step, &first))
                good = m_last + step;
            else
                bad = m_last + step;
        }
        while (good - bad > 1) {
            const qint64 middle = bad + (good - bad) / 2;
            (reach(middle, &first) ? good : bad) = middle;
        }
        return good;
    }

    static constexpr qint64 maxRow = qint64(1) << 40;

    Statements &m_from;
    Statements &m_to;
    QString m_table;
    QString m_columns;
    qsizetype m_count;
    qint64 m_last = 0;
};

Result<QStringList> texts(Statements &statements, const QString &sql)
{
    Query query(statements, sql);
    QStringList list;
    while (query.next())
        list.append(query.value<QString>(0));
    if (query.error()) return query.error();
    return list;
}

Outcome copyTables(Statements &from, Statements &to)
{
    // profile is made anew. The search index is built again, whatever state its tables are in.
    const auto tables =
        texts(to, u"SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                  "AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' "
                  "AND name NOT IN ('profile', 'intervals')"_s);
    if (!tables) return tables.error();
    for (const QString &table : *tables) {
        const auto columns = texts(to, u"SELECT name FROM pragma_table_info('"_s + table + u"')"_s);
        if (!columns) return columns.error();
        if (auto done = TableCopy(from, to, table, *columns).run(); !done) return done;
    }
    return {};
}

// Makes one consistent database of the rows that were found.
Outcome mend(SqlConnection &connection)
{
    Statements &statements = connection.statements();
    const QStringList steps{
        // A chat names its archive's address itself (0: ChatKind::Person), losing it would lose the messages.
        u"INSERT OR IGNORE INTO archives (id, account, address) "
        "SELECT c.archive, c.account, iif(c.kind = 0, a.address, c.address) "
        "FROM chats c JOIN accounts a ON a.id = c.account WHERE c.archive NOT IN (SELECT id FROM archives)"_s,
        u"DELETE FROM archives WHERE account NOT IN (SELECT id FROM accounts)"_s,
        u"DELETE FROM chats WHERE account NOT IN (SELECT id FROM accounts) "
        "OR archive NOT IN (SELECT id FROM archives)"_s,
        u"UPDATE archives SET highest = max(highest, coalesce((SELECT max(m.ord) FROM chats c "
        "JOIN messages m ON m.chat = c.id WHERE c.archive = archives.id), highest))"_s,
        // 0: Received, 4: MentionsMe
        u"UPDATE chats SET (unread, mentions) = (SELECT count(*), count(CASE WHEN m.flags & 4 THEN 1 END) "
        "FROM messages m WHERE m.chat = chats.id AND m.delivery = 0 "
        "AND (chats.read_order IS NULL OR m.ord > chats.read_order))"_s,
    };
    for (const QString &step : steps) {
        if (auto done = statements.control(step); !done) return done;
    }
    return {};
}

Outcome removeOrphans(SqlConnection &connection)
{
    Statements &statements = connection.statements();
    for (;;) {
        QList<std::pair<QString, qint64>> orphans;
        {
            QSqlQuery query(statements.database());
            query.setForwardOnly(true);
            if (!query.exec(u"PRAGMA foreign_key_check"_s)) return storageError(query.lastError());
            while (query.next())
                orphans.append({query.value(0).toString(), query.value(1).toLongLong()});
        }
        if (orphans.isEmpty()) return {};
        for (const auto &[table, row] : std::as_const(orphans)) {
            Query query(statements, u"DELETE FROM "_s + table + u" WHERE rowid = ?"_s);
            if (auto done = query.bind(row).run(); !done) return done;
        }
    }
}

Outcome build(const QString &damaged, const QString &fresh)
{
    auto source = SqlConnection::open(damaged, SqlConnection::Mode::ReadOnly);
    if (!source) return source.error();
    if (auto made = createPrivateFile(fresh); !made) return made;
    auto target = SqlConnection::open(fresh, SqlConnection::Mode::ReadWrite);
    if (!target) return target.error();
    SqlConnection &from = *source.value();
    SqlConnection &to = *target.value();
    if (auto done = to.configure(); !done) return done;
    (void)from.configure();
    // Lets SQLite read a file that is shorter than its header says, and past nonsense in the schema.
    (void)from.statements().control(u"PRAGMA writable_schema = ON"_s);

    // The same tables as the damaged file has; what is missing to today's comes later, as with any older
    // file.
    const auto version = from.number(u"PRAGMA user_version"_s);
    const bool readable =
        version && *version > 0 && from.number(u"SELECT count(*) FROM sqlite_schema"_s).ok();
    QList<Migration> steps = migrations();
    if (readable) steps.removeIf([&](const Migration &step) { return step.version > *version; });
    if (auto done = migrate(to, fresh, steps); !done) return done;
    if (!readable) return {};

    Statements &statements = to.statements();
    for (const QString &control : {u"PRAGMA foreign_keys = OFF"_s, u"BEGIN"_s}) {
        if (auto done = statements.control(control); !done) return done;
    }
    if (auto done = copyTables(from.statements(), statements); !done) return done;
    if (auto done = mend(to); !done) return done;
    if (auto done = removeOrphans(to); !done) return done;
    if (*version >= firstWithIndex) {
        if (auto done = SearchIndex(statements).reset(); !done) return done;
    }
    return statements.control(u"COMMIT"_s);
}
} // namespace

Result<QString> salvageAndSetAside(const QString &path)
{
    const QString unfinished = unfinishedName(path);
    const QString finished = finishedName(path);
    removeWithLog(unfinished);
    removeWithLog(finished);
    if (auto built = build(path, unfinished); !built) {
        removeWithLog(unfinished);
        return built.error();
    }
    if (auto synced = syncFile(unfinished); !synced) return synced.error();
    if (auto done = rename(unfinished, finished); !done) return done.error();

    const QString date = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss");
    QString aside = path + u".damaged-" + date;
    for (int i = 2; QFile::exists(aside); ++i)
        aside = path + u".damaged-" + date + u"-" + QString::number(i);
    if (auto done = rename(path, aside); !done) return done.error();
    // With its log, so that it can still be looked at as it was.
    if (QFile::exists(path + u"-wal")) {
        if (auto done = rename(path + u"-wal", aside + u"-wal"); !done) return done.error();
    }
    QFile::remove(path + u"-shm");
    if (auto done = rename(finished, path); !done) return done.error();
    return aside;
}

Outcome finishSetAside(const QString &path)
{
    removeWithLog(unfinishedName(path));
    const QString finished = finishedName(path);
    if (!QFile::exists(finished)) return {};
    if (QFile::exists(path)) { // not yet set aside: begin again
        removeWithLog(finished);
        return {};
    }
    // A log that belongs to the damaged file must not be played into the new one.
    QFile::remove(path + u"-wal");
    QFile::remove(path + u"-shm");
    return rename(finished, path);
}

} // namespace Mingle
