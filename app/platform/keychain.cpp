// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keychain.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

namespace Mingle {

namespace {

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
        return {};
    case QKeychain::EntryNotFound:
        return {Error::Kind::NotFound, {}, job.errorString()};
    case QKeychain::AccessDeniedByUser:
        return {Error::Kind::Cancelled, QStringLiteral("keychain-locked"), job.errorString()};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::AccessDenied:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    // Backends say "other" for a missing bus or service. Whatever it is, nothing can be kept there now.
    return {Error::Kind::NoKeychain, {}, job.errorString()};
}

/// Starts the job and answers the promise when it ends. The job deletes itself.
template<typename T, typename Take>
void run(QKeychain::Job *job, const QString &key, std::shared_ptr<QPromise<Result<T>>> promise, Take take)
{
    job->setInsecureFallback(false);
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, take](QKeychain::Job *done) {
        const Error error = errorOf(*done);
        promise->addResult(error ? Result<T>(error) : Result<T>(take(done)));
        promise->finish();
    });
    job->start();
}

template<typename T>
std::shared_ptr<QPromise<Result<T>>> started()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

std::monostate nothing(QKeychain::Job *)
{
    return {};
}

} // namespace

Keychain::Keychain(const QString &service)
    : m_service(service)
{
    m_thread.setObjectName(QStringLiteral("keychain"));
    m_worker.moveToThread(&m_thread);
    m_thread.start();
}

Keychain::~Keychain()
{
    m_thread.quit();
    m_thread.wait();
}

void Keychain::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(&m_worker, std::move(work), Qt::QueuedConnection);
}

QFuture<Result<QByteArray>> Keychain::read(const QString &key)
{
    auto promise = started<QByteArray>();
    post([service = m_service, key, promise] {
        run(new QKeychain::ReadPasswordJob(service), key, promise,
            [](QKeychain::Job *job) { return static_cast<QKeychain::ReadPasswordJob *>(job)->binaryData(); });
    });
    return promise->future();
}

QFuture<Outcome> Keychain::write(const QString &key, const QByteArray &secret)
{
    auto promise = started<std::monostate>();
    post([service = m_service, key, secret, promise] {
        auto *job = new QKeychain::WritePasswordJob(service);
        job->setBinaryData(secret);
        run(job, key, promise, nothing);
    });
    return promise->future();
}

QFuture<Outcome> Keychain::remove(const QString &key)
{
    auto promise = started<std::monostate>();
    post([service = m_service, key, promise] {
        run(new QKeychain::DeletePasswordJob(service), key, promise, nothing);
    });
    return promise->future();
}

} // namespace Mingle
