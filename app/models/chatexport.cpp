// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/chatexport.h"

#include <QSaveFile>
#include <QThread>

#include <algorithm>

namespace Mingle {

namespace {

constexpr int pageSize = 500;

template<typename T>
Result<T> waited(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.isCanceled() || future.resultCount() == 0 ? Result<T>(Error::Kind::Cancelled)
                                                            : future.result();
}

struct Oldest {
    QList<qint64> rows; ///< of the oldest page, the oldest last; empty: nothing was ever written
    qint64 count = 0;
};

QList<qint64> rowsOf(const QList<Message> &messages)
{
    QList<qint64> rows;
    for (const Message &message : messages)
        rows.append(message.row);
    return rows;
}

/// What read says of the last of these rows that is still there: one of mine that was never sent may have been
/// discarded since it was read.
template<typename Read>
Result<MessagePage> readFrom(const QList<qint64> &rows, Read read)
{
    Result<MessagePage> page(Error::Kind::NotFound);
    for (auto row = rows.crbegin(); row != rows.crend(); ++row) {
        page = waited(read(*row));
        if (page.ok() || page.error().kind != Error::Kind::NotFound) break;
    }
    return page;
}

/// The pages lead backwards from the newest, so where the oldest is must be found first; that counts them, too.
Result<Oldest> findOldest(const LocalHistory &history, const ChatId &chat, const ExportProgress &progress)
{
    Oldest oldest;
    for (bool reached = false; !reached;) {
        if (progress && !progress(0, 0)) return Error{Error::Kind::Cancelled, {}, {}};
        const auto page =
            oldest.rows.isEmpty()
                ? waited(history.newest(chat, pageSize))
                : readFrom(oldest.rows, [&](qint64 row) { return history.before(chat, row, pageSize); });
        if (!page) return page.error();
        if (page->messages.isEmpty()) break;
        oldest.rows = rowsOf(page->messages);
        std::ranges::reverse(oldest.rows);
        oldest.count += page->messages.size();
        reached = page->reachesOldest;
    }
    return oldest;
}

bool put(QIODevice &out, const QByteArray &bytes)
{
    return out.write(bytes) == bytes.size();
}

bool putPage(ExportWriter &writer, QIODevice &out, const MessagePage &page)
{
    if (page.seamsAfter.contains(0) && !put(out, writer.gap())) return false;
    for (const Message &message : page.messages) {
        if (!put(out, writer.message(message))) return false;
        if (page.seamsAfter.contains(message.row) && !put(out, writer.gap())) return false;
    }
    return true;
}

} // namespace

Outcome writeExport(const LocalHistory &history, const ChatId &chat, ExportWriter &writer, QIODevice &out,
                    const ExportProgress &progress)
{
    const Error full{Error::Kind::TooLarge, {}, {}};
    const auto oldest = findOldest(history, chat, progress);
    if (!oldest) return oldest.error();
    if (!put(out, writer.begin())) return full;
    qint64 done = 0;
    QList<qint64> written; // of the last page
    for (bool more = !oldest->rows.isEmpty(); more;) {
        const auto page = readFrom(done == 0 ? oldest->rows : written, [&](qint64 row) {
            return done == 0 ? history.around(chat, row, 1) : history.after(chat, row, pageSize);
        });
        if (!page) return page.error();
        if (!putPage(writer, out, *page)) return full;
        done += page->messages.size();
        more = !page->messages.isEmpty() && !page->reachesNewest;
        written = rowsOf(page->messages);
        // More may have come since they were counted.
        if (progress && !progress(done, std::max(done, oldest->count))) return Error::Kind::Cancelled;
    }
    if (!put(out, writer.end())) return full;
    return {};
}

ChatExport::ChatExport(const LocalHistory &history, const Job &job, QObject *parent)
    : QObject(parent)
    , m_history(history)
    , m_job(job)
{
    m_thread.reset(QThread::create([this] {
        const Error error = run();
        QMetaObject::invokeMethod(this, [this, error] { Q_EMIT finished(error); }, Qt::QueuedConnection);
    }));
    m_thread->setObjectName(QStringLiteral("export"));
    m_thread->start(QThread::LowPriority);
}

ChatExport::~ChatExport()
{
    m_stop = true;
    m_thread->wait();
}

Error ChatExport::run()
{
    const auto refused = [](const QString &why) { return Error{Error::Kind::InvalidInput, {}, why}; };
    QSaveFile file(m_job.path);
    if (!file.open(QIODevice::WriteOnly)) return refused(file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    ExportWriter writer(m_job.format, m_job.chat, m_job.words);
    const Outcome outcome =
        writeExport(m_history, m_job.chat.id, writer, file, [this](qint64 done, qint64 total) {
            QMetaObject::invokeMethod(
                this, [this, done, total] { Q_EMIT progressed(done, total); }, Qt::QueuedConnection);
            return !m_stop;
        });
    if (outcome.error().kind == Error::Kind::TooLarge) return refused(file.errorString());
    if (!outcome) return outcome.error();
    return file.commit() ? Error() : refused(file.errorString());
}

} // namespace Mingle
