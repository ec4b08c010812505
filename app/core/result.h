// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QFuture>
#include <QPromise>

#include <utility>
#include <variant>

namespace Mingle {

/// A value or an Error. The one type that answers take across modules, as QFuture<Result<T>>.
template<typename T = std::monostate>
class [[nodiscard]] Result
{
public:
    Result(T value = {})
        : m_state(std::move(value))
    {}
    Result(Error error)
        : m_state(std::move(error))
    {}
    Result(Error::Kind kind, QString condition = {}, QString text = {})
        : m_state(Error{kind, std::move(condition), std::move(text)})
    {}

    bool ok() const { return std::holds_alternative<T>(m_state); }
    explicit operator bool() const { return ok(); }
    const T &value() const & { return std::get<T>(m_state); }
    T &value() & { return std::get<T>(m_state); }
    T &&value() && { return std::get<T>(std::move(m_state)); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }
    const T &operator*() const { return value(); }
    T &operator*() { return value(); }
    /// None if ok().
    Error error() const { return ok() ? Error{} : std::get<Error>(m_state); }

private:
    std::variant<T, Error> m_state;
};

using Outcome = Result<>;

/// A future that already has its answer.
template<typename T>
QFuture<Result<T>> answered(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

} // namespace Mingle
