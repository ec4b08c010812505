// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change.h"
#include "core/result.h"
#include "storage/statements.h"

#include <QSqlDatabase>

#include <functional>
#include <memory>
#include <type_traits>

namespace Mingle {

class Transaction;

/// One profile's SQLite file (WAL) with its three threads: one writer, and with read-only connections one reader for
/// views and one for searching, so that no view waits for a search.
/// All public functions may be called from any thread. Work runs in the order it was handed in, on each
/// thread by itself. The destructor waits until all work handed in is done.
class Database
{
public:
    /// What open() had to do.
    struct Opened {
        bool created = false;
        QString setAside; ///< path of a damaged file that was moved away; empty: none
    };

    /// Nothing is touched before open().
    explicit Database(const QString &path);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Creates or migrates the schema (a copy of the old file stays beside it), checks integrity. Files are
    /// 0600.
    QFuture<Result<Opened>> open();

    /// Runs work in one transaction on the writing thread. Commits if it returns a value, then emits the
    /// transaction's changes through changes(); if it returns an error or throws, all is rolled back and
    /// nothing is emitted. work: Result<T>(Transaction &)
    template<typename Work>
    auto write(Work work) -> QFuture<std::invoke_result_t<Work, Transaction &>>
    {
        using Answer = std::invoke_result_t<Work, Transaction &>;
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        auto future = promise->future();
        postWrite([work = std::move(work), promise](Transaction *tx, const Error &failure) mutable -> bool {
            if (!tx) { // the transaction could not be begun or committed
                promise->addResult(Answer(failure));
                promise->finish();
                return false;
            }
            Answer answer = work(*tx);
            const bool commit = answer.ok();
            // Even a refusal is told only when all is over: nothing of this work goes on behind its back.
            whenOver(*tx, [promise, answer = std::move(answer)](const Error &error) mutable {
                promise->addResult(error && answer.ok() ? Answer(error) : std::move(answer));
                promise->finish();
            });
            return commit;
        });
        return future;
    }

    /// Runs work on the reading thread, on one unchanging state of the database; it must not write.
    /// work: Result<T>(const QSqlDatabase &) or, with prepared statements, Result<T>(Statements &)
    template<typename Work>
    auto read(Work work) const
    {
        if constexpr (std::is_invocable_v<Work, Statements &>)
            return readWith<std::invoke_result_t<Work, Statements &>>(Reader::Views, std::move(work));
        else
            return readWith<std::invoke_result_t<Work, const QSqlDatabase &>>(
                Reader::Views, [work = std::move(work)](Statements &statements) mutable {
                    return work(statements.database());
                });
    }

    /// The same on the searching thread. A work that answers with Error::Cancelled cancels its future.
    template<typename Work>
    auto search(Work work) const -> QFuture<std::invoke_result_t<Work, Statements &>>
    {
        return readWith<std::invoke_result_t<Work, Statements &>>(Reader::Searches, std::move(work));
    }

    ChangeFeed &changes() const;

private:
    struct Private;
    /// Called with a transaction, or with none and the error that kept it from beginning. True: commit.
    using WriteWork = std::function<bool(Transaction *, const Error &)>;
    using ReadWork = std::function<void(Statements *, const Error &)>;
    enum class Reader { Views, Searches };

    template<typename Answer, typename Work>
    QFuture<Answer> readWith(Reader reader, Work work) const
    {
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        auto future = promise->future();
        postRead(reader,
                 [work = std::move(work), promise](Statements *statements, const Error &failure) mutable {
                     Answer answer = statements ? work(*statements) : Answer(failure);
                     if (answer.error().kind == Error::Kind::Cancelled) {
                         promise->future().cancel();
                     } else {
                         promise->addResult(std::move(answer));
                     }
                     promise->finish();
                 });
        return future;
    }

    void postWrite(WriteWork work);
    void postRead(Reader reader, ReadWork work) const;
    static void whenOver(Transaction &tx, std::function<void(const Error &)> call);

    std::unique_ptr<Private> d;
};

} // namespace Mingle
