// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/databasefile.h"
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

struct Database::Private {
    explicit Private(const QString &file)
        : path(file)
    {}

    void openWriter(Result<Opened> *answer);
    void openReader(Result<Opened> *answer);
    std::optional<WriteWork> nextWork();
    void runWrites();
    void runRead(const ReadWork &work);
    void lookForDamage(const Statements &statements);

    const QString path;
    ChangeFeed feed;
    QMutex mutex; ///< of waiting
    QQueue<WriteWork> waiting;
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
    {
        const QMutexLocker locker(&d->mutex);
        d->waiting.enqueue(std::move(work));
    }
    d->writing.post([this] { d->runWrites(); });
}

void Database::postRead(ReadWork work) const
{
    d->reading.post([this, work = std::move(work)] { d->runRead(work); });
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
}

void Database::Private::openReader(Result<Opened> *answer)
{
    if (!answer->ok()) {
        if (!reader) readerError = answer->error();
        return;
    }
    auto opened = SqlConnection::open(path, SqlConnection::Mode::ReadOnly);
    if (opened) {
        reader = std::move(opened).value();
        readerError = reader->configure().error();
    } else {
        readerError = opened.error();
    }
    if (readerError) *answer = readerError;
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
    if (!statements.sawDamage()) return;
    qCWarning(logStorage) << "the database is damaged; it will be repaired at the next start";
    suspect(path);
}

} // namespace Mingle
