// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QFuture>
#include <QPromise>

#include <type_traits>
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
    /// Where there is no value to be missed, an error of kind None is none.
    Result(Error error)
    {
        if constexpr (std::is_same_v<T, std::monostate>)
            if (!error) return;
        m_state = std::move(error);
    }
    Result(Error::Kind kind, QString condition = {}, QString text = {})
        : Result(Error{kind, std::move(condition), std::move(text)})
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
