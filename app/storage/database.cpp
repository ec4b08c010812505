// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/databasefile.h"
#include "storage/transaction.h"

#include <QLoggingCategory>
#include <QSemaphore>
#include <QThread>

namespace Mingle {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(logStorage, "mingle.storage")

namespace {
Error notOpen()
{
    return Error{Error::Kind::Storage, u"not-open"_s, {}};
}

// A thread that does what is handed to it in its order.
class Worker
{
public:
    explicit Worker(const QString &name)
    {
        m_thread.setObjectName(name);
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }
    /// Does what is left, then ends with this.
    void finish(const std::function<void()> &last)
    {
        QMetaObject::invokeMethod(&m_context, last, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    void drain()
    {
        QMetaObject::invokeMethod(&m_context, [] {}, Qt::BlockingQueuedConnection);
    }
    void post(std::function<void()> work)
    {
        QMetaObject::invokeMethod(&m_context, std::move(work), Qt::QueuedConnection);
    }

private:
    QThread m_thread;
    QObject m_context;
};
} // namespace

struct Database::Private
{
    explicit Private(const QString &file)
        : path(file)
    {}

    void openWriter(Result<Opened> *answer);
    void openReader(Result<Opened> *answer);
    void runWrite(const WriteWork &work);
    void runRead(const ReadWork &work);
    Error commit(Transaction &tx);
    void syncNow();
    void lookForDamage(const Statements &statements);

    const QString path;
    ChangeFeed feed;
    // The next two pairs each belong to one thread.
    std::unique_ptr<SqlConnection> writer;
    Error writerError = notOpen();
    std::unique_ptr<SqlConnection> reader;
    Error readerError = notOpen();
    Worker writing{u"mingle-db-write"_s};
    Worker reading{u"mingle-db-read"_s};
};

Database::Database(const QString &path)
    : d(std::make_unique<Private>(path))
{}

Database::~Database()
{
    // The writer closes last: only a connection that can write takes the log back into the file.
    d->writing.drain();
    d->reading.finish([this] { d->reader.reset(); });
    d->writing.finish([this] { d->writer.reset(); });
}

QFuture<Result<Database::Opened>> Database::open()
{
    auto promise = std::make_shared<QPromise<Result<Opened>>>();
    promise->start();
    auto future = promise->future();
    auto answer = std::make_shared<Result<Opened>>();
    auto opened = std::make_shared<QSemaphore>();
    d->writing.post([this, answer, opened] {
        d->openWriter(answer.get());
        opened->release();
    });
    // Reads handed in from now on wait for the file behind this.
    d->reading.post([this, answer, opened, promise] {
        opened->acquire();
        d->openReader(answer.get());
        promise->addResult(*answer);
        promise->finish();
    });
    return future;
}

ChangeFeed &Database::changes() const
{
    return d->feed;
}

void Database::postWrite(WriteWork work)
{
    d->writing.post([this, work = std::move(work)] { d->runWrite(work); });
}

void Database::postRead(ReadWork work) const
{
    d->reading.post([this, work = std::move(work)] { d->runRead(work); });
}

void Database::afterCommit(Transaction &tx, std::function<void(const Error &)> call)
{
    tx.committed = std::move(call);
}

void Database::Private::openWriter(Result<Opened> *answer)
{
    if (writer) {
        *answer = Error{Error::Kind::Internal, u"already-open"_s, {}};
        return;
    }
    auto file = openDatabaseFile(path);
    if (!file) {
        writerError = file.error();
        *answer = writerError;
        return;
    }
    writer = std::move(file.value().connection);
    writerError = {};
    *answer = Opened{file.value().created, file.value().setAside};
}

void Database::Private::openReader(Result<Opened> *answer)
{
    if (!answer->ok()) {
        if (!reader)
            readerError = answer->error();
        return;
    }
    auto opened = SqlConnection::open(path, SqlConnection::Mode::ReadOnly);
    if (opened) {
        reader = std::move(opened).value();
        readerError = reader->configure().error();
    } else {
        readerError = opened.error();
    }
    if (readerError)
        *answer = readerError;
}

void Database::Private::runWrite(const WriteWork &work)
{
    if (writerError) {
        work(nullptr, writerError);
        return;
    }
    Statements &statements = writer->statements();
    statements.clearFailure();
    if (const auto begun = statements.control(u"BEGIN IMMEDIATE"_s); !begun) {
        work(nullptr, begun.error());
        return;
    }
    Transaction tx(statements);
    bool wanted = false;
    bool threw = false;
    try {
        wanted = work(&tx, {});
    } catch (...) {
        threw = true;
    }
    const Error error = wanted ? commit(tx) : Error{Error::Kind::Cancelled, {}, {}};
    if (error)
        (void)statements.control(
            u"ROLLBACK"_s); // may be done already: SQLite does it by itself on some errors
    lookForDamage(statements);
    if (threw) {
        work(nullptr, Error{Error::Kind::Internal, u"exception"_s, {}});
        return;
    }
    if (!wanted)
        return;
    // Views hear of it before the one who wrote does.
    if (const auto changes = error ? QList<Change>() : tx.takeChanges(); !changes.isEmpty())
        Q_EMIT feed.changed(changes);
    if (tx.committed)
        tx.committed(error);
}

Error Database::Private::commit(Transaction &tx)
{
    if (const auto settled = tx.settle(); !settled)
        return settled.error();
    // Work that went on after, say, a full disk: SQLite has rolled back under it.
    if (const Error &failure = tx.statements().failure())
        return failure;
    if (const auto done = tx.statements().control(u"COMMIT"_s); !done)
        return done.error();
    if (tx.syncDemanded())
        syncNow();
    return {};
}

// A commit under FULL flushes the log with everything before it. (The level cannot be changed within a
// transaction.)
void Database::Private::syncNow()
{
    Statements &statements = writer->statements();
    (void)statements.control(u"PRAGMA synchronous = FULL"_s);
    const auto synced = statements.control(u"UPDATE profile SET syncs = syncs + 1"_s);
    (void)statements.control(u"PRAGMA synchronous = NORMAL"_s);
    // What was committed is committed: saying that it failed would be wrong too.
    if (!synced)
        qCWarning(logStorage) << "not flushed to disk:" << synced.error().condition << synced.error().text;
}

void Database::Private::runRead(const ReadWork &work)
{
    if (readerError) {
        work(nullptr, readerError);
        return;
    }
    // One transaction: all that one work reads is of the same moment.
    Statements &statements = reader->statements();
    statements.clearFailure();
    if (const auto begun = statements.control(u"BEGIN"_s); !begun) {
        work(nullptr, begun.error());
        return;
    }
    try {
        work(&statements, {});
    } catch (...) {
        (void)statements.control(u"ROLLBACK"_s);
        work(nullptr, Error{Error::Kind::Internal, u"exception"_s, {}});
        return;
    }
    (void)statements.control(u"ROLLBACK"_s);
    lookForDamage(statements);
}

void Database::Private::lookForDamage(const Statements &statements)
{
    if (!statements.sawDamage())
        return;
    qCWarning(logStorage) << "the database is damaged; it will be repaired at the next start";
    suspect(path);
}

} // namespace Mingle
