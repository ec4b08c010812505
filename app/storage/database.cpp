// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/databasefile.h"
#include "storage/searchindex.h"
#include "storage/writegroup.h"

#include <QLoggingCategory>
#include <QMutex>
#include <QQueue>
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

namespace {
// A reading connection; it belongs to one thread.
struct Reading {
    std::unique_ptr<SqlConnection> connection;
    Error error = notOpen();

    Error open(const QString &path)
    {
        auto opened = SqlConnection::open(path, SqlConnection::Mode::ReadOnly);
        if (opened) {
            connection = std::move(opened).value();
            error = connection->configure().error();
        } else {
            error = opened.error();
        }
        return error;
    }
};
} // namespace

struct Database::Private {
    explicit Private(const QString &file)
        : path(file)
    {}

    void openWriter(Result<Opened> *answer);
    void openReader(Result<Opened> *answer);
    void openForSearches();
    std::optional<WriteWork> nextWork();
    void runWrites();
    void indexMore();
    Outcome inTransaction(const std::function<Outcome()> &work);
    void runRead(Reading &from, const ReadWork &work);
    void lookForDamage(const Statements &statements);

    const QString path;
    ChangeFeed feed;
    QMutex mutex; ///< of waiting
    QQueue<WriteWork> waiting;
    // The next belong to one thread each.
    std::unique_ptr<SqlConnection> writer;
    Error writerError = notOpen();
    std::unique_ptr<Indexer> indexer;
    bool indexing = false; ///< a batch is posted
    bool indexMadeAgain = false; ///< because it was damaged
    std::atomic<bool> closing = false; ///< what is left to index waits until the next start
    Reading forViews;
    Reading forSearches;
    Worker writing{u"mingle-db-write"_s};
    Worker reading{u"mingle-db-read"_s};
    Worker searching{u"mingle-db-search"_s};
};

Database::Database(const QString &path)
    : d(std::make_unique<Private>(path))
{}

Database::~Database()
{
    // The writer closes last: only a connection that can write takes the log back into the file.
    d->closing = true;
    d->writing.drain();
    d->searching.finish([this] { d->forSearches.connection.reset(); });
    d->reading.finish([this] { d->forViews.connection.reset(); });
    d->writing.finish([this] {
        d->indexer.reset();
        d->writer.reset();
    });
}

QFuture<Result<Database::Opened>> Database::open()
{
    auto promise = std::make_shared<QPromise<Result<Opened>>>();
    promise->start();
    auto future = promise->future();
    auto answer = std::make_shared<Result<Opened>>();
    auto opened = std::make_shared<QSemaphore>();
    auto failure = std::make_shared<Error>();
    d->writing.post([this, answer, failure, opened] {
        d->openWriter(answer.get());
        *failure = answer->error();
        opened->release(2);
    });
    d->searching.post([this, failure, opened] {
        opened->acquire();
        if (!d->forSearches.connection) d->forSearches.error = *failure;
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
    {
        const QMutexLocker locker(&d->mutex);
        d->waiting.enqueue(std::move(work));
    }
    d->writing.post([this] { d->runWrites(); });
}

void Database::postRead(Reader reader, ReadWork work) const
{
    if (reader == Reader::Views) {
        d->reading.post([this, work = std::move(work)] { d->runRead(d->forViews, work); });
        return;
    }
    d->searching.post([this, work = std::move(work)] {
        d->openForSearches();
        d->runRead(d->forSearches, work);
    });
}

void Database::whenOver(Transaction &tx, std::function<void(const Error &)> call)
{
    tx.over = std::move(call);
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
    indexer = std::make_unique<Indexer>(writer->statements());
    writing.post([this] { indexMore(); });
}

void Database::Private::openReader(Result<Opened> *answer)
{
    if (!answer->ok()) {
        if (!forViews.connection) forViews.error = answer->error();
        return;
    }
    if (const Error error = forViews.open(path)) *answer = error;
}

// Only when somebody searches: many never do, and its cache is larger because an index is read here and there.
void Database::Private::openForSearches()
{
    if (forSearches.connection || forSearches.error) return;
    if (forSearches.open(path)) return;
    forSearches.error = forSearches.connection->statements().control(u"PRAGMA cache_size = -8192"_s).error();
}

std::optional<Database::WriteWork> Database::Private::nextWork()
{
    const QMutexLocker locker(&mutex);
    if (waiting.isEmpty()) return {};
    return waiting.dequeue();
}

// Comes once for each work; an earlier one may have taken this one's along.
void Database::Private::runWrites()
{
    if (writerError) {
        if (const auto work = nextWork()) (*work)(nullptr, writerError);
        return;
    }
    WriteGroup(writer->statements(), feed).run([this] { return nextWork(); });
    lookForDamage(writer->statements());
    indexMore();
}

// One batch; the next one waits behind what others want to write.
void Database::Private::indexMore()
{
    if (closing || !indexer) return;
    const auto due = indexer->isDue();
    if (due.ok() && !*due) return;
    Outcome done = due.ok() ? inTransaction([this] { return indexer->step(); }) : Outcome(due.error());
    if (!done) {
        indexer->forget();
        qCWarning(logStorage) << "cannot index for searching:" << done.error().condition << done.error().text;
        if (!isIndexTrouble(done.error())) return; // until the next write
        // Once: it may as well be the messages that are damaged, and then this would never end.
        lookForDamage(writer->statements());
        if (!std::exchange(indexMadeAgain, true))
            done = inTransaction([this] { return SearchIndex(writer->statements()).reset(); });
        if (!done) {
            qCWarning(logStorage) << "cannot make the search index again:" << done.error().text;
            indexer.reset();
            return;
        }
    }
    if (std::exchange(indexing, true)) return;
    writing.post([this] {
        indexing = false;
        indexMore();
    });
}

Outcome Database::Private::inTransaction(const std::function<Outcome()> &work)
{
    Statements &statements = writer->statements();
    statements.clearFailure();
    if (auto begun = statements.control(u"BEGIN IMMEDIATE"_s); !begun) return begun;
    Outcome done = work();
    if (done.ok()) done = statements.control(u"COMMIT"_s);
    if (!done) (void)statements.control(u"ROLLBACK"_s);
    statements.clearFailure();
    return done;
}

void Database::Private::runRead(Reading &from, const ReadWork &work)
{
    if (from.error) {
        work(nullptr, from.error);
        return;
    }
    // One transaction: all that one work reads is of the same moment.
    Statements &statements = from.connection->statements();
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
    if (!statements.sawDamage()) return;
    qCWarning(logStorage) << "the database is damaged; it will be repaired at the next start";
    suspect(path);
}

} // namespace Mingle
