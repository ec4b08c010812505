// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <type_traits>

namespace Mingle {

/// Calls call(Result<T>) once on the context's thread, with Error::Cancelled if the work was dropped; not at all if
/// the context is gone by then.
template<typename T, typename Call>
void whenDone(QFuture<Result<T>> future, QObject *context, Call call)
{
    // Qt drops the first continuation in the context's destructor, and that very dropping is a cancellation which
    // reaches the second one while the context is half gone. A QPointer is null by then.
    const QPointer<QObject> alive(context);
    future.then(context, [call](Result<T> result) mutable { call(std::move(result)); })
        .onCanceled(context, [alive, call]() mutable {
            if (alive) call(Result<T>(Error::Kind::Cancelled));
        });
}

/// Runs work, which hands back a QFuture<Result<T>>, on the context's thread; the answer can be had anywhere. Cancelled
/// if the context is gone.
template<typename Work>
auto runOn(QObject *context, Work work) -> std::invoke_result_t<Work>
{
    using Answer = decltype(std::declval<std::invoke_result_t<Work>>().result());
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    auto future = promise->future();
    QMetaObject::invokeMethod(context, [work = std::move(work), promise, context]() mutable {
        whenDone(work(), context, [promise](Answer answer) {
            promise->addResult(std::move(answer));
            promise->finish();
        });
    });
    return future;
}

} // namespace Mingle
