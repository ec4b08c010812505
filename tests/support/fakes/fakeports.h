// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports.h"

#include <QHash>
#include <QMutex>
#include <QPointer>

namespace Mingle {

/// Time that stands still until advance(). Calls come back on their context's thread.
class ManualClock : public Clock
{
public:
    QDateTime now() const override;
    void after(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) override;
    void advance(std::chrono::milliseconds by);
    /// Whether something waits for time to pass.
    bool isWaiting() const;

private:
    struct Alarm {
        QDateTime at;
        QPointer<QObject> context;
        std::function<void()> call;
    };
    mutable QMutex m_mutex;
    QDateTime m_now = QDateTime::fromString(QStringLiteral("2026-03-02T10:00:00Z"), Qt::ISODate);
    QList<Alarm> m_alarms;
};

/// A keychain in memory, or none at all.
class FakeSecrets : public Secrets
{
public:
    QFuture<Result<QByteArray>> read(const QString &key) override;
    QFuture<Outcome> write(const QString &key, const QByteArray &secret) override;
    QFuture<Outcome> remove(const QString &key) override;
    void setAvailable(bool available) { m_available = available; }
    QByteArray secret(const QString &key) const;

private:
    mutable QMutex m_mutex;
    QHash<QString, QByteArray> m_secrets;
    std::atomic<bool> m_available = true;
};

class FakeSettings : public Settings
{
public:
    QVariant value(const QString &key, const QVariant &fallback = {}) const override
    {
        return m_values.value(key, fallback);
    }
    void setValue(const QString &key, const QVariant &value) override { m_values.insert(key, value); }

private:
    QHash<QString, QVariant> m_values;
};

class FakeNotifier : public Notifier
{
    Q_OBJECT
public:
    using Notifier::Notifier;
    void show(const ChatId &chat, const QString &title, const QString &text) override;
    void withdraw(const ChatId &chat) override { m_shown.remove(chat); }
    QHash<ChatId, QString> shown() const { return m_shown; }

private:
    QHash<ChatId, QString> m_shown;
};

} // namespace Mingle
