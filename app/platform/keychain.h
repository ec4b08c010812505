// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports.h"

#include <QThread>

#include <memory>

namespace Mingle {

/// The desktop's keychain by QtKeychain. It has a thread of its own: some keychains answer only after the person
/// has unlocked them, and talk to D-Bus in ways that block. Never falls back to a file.
class Keychain final : public Secrets
{
public:
    /// service: the name under which the keychain files our secrets.
    explicit Keychain(const QString &service);
    ~Keychain() override;

    QFuture<Result<QByteArray>> read(const QString &key) override;
    QFuture<Outcome> write(const QString &key, const QByteArray &secret) override;
    QFuture<Outcome> remove(const QString &key) override;

private:
    /// Runs work on the keychain's thread.
    void post(std::function<void()> work);

    QString m_service;
    QThread m_thread;
    QObject m_worker; ///< lives on m_thread
};

} // namespace Mingle
