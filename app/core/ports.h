// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat.h"
#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QVariant>

#include <chrono>
#include <functional>

namespace Mingle {

/// Time, so that tests can turn it by hand.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual QDateTime now() const = 0; ///< UTC
    /// Calls back once on the context's thread, unless the context is gone by then.
    virtual void after(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) = 0;
};

/// The keychain. Callable from any thread. Errors: NoKeychain where there is none (then nothing is ever
/// written anywhere else), NotFound, Internal.
class Secrets
{
public:
    virtual ~Secrets() = default;
    virtual QFuture<Result<QByteArray>> read(const QString &key) = 0;
    virtual QFuture<Outcome> write(const QString &key, const QByteArray &secret) = 0;
    virtual QFuture<Outcome> remove(const QString &key) = 0;
};

/// Desktop notifications. All texts are plain: markup in them is shown as it is.
class Notifier : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void show(const ChatId &chat, const QString &title, const QString &text) = 0;
    virtual void withdraw(const ChatId &chat) = 0;

Q_SIGNALS:
    void activated(const Mingle::ChatId &chat);
};

/// Small preferences of this machine (window place, chosen chat). Never secrets.
class Settings
{
public:
    virtual ~Settings() = default;
    virtual QVariant value(const QString &key, const QVariant &fallback = {}) const = 0;
    virtual void setValue(const QString &key, const QVariant &value) = 0;
};

} // namespace Mingle
