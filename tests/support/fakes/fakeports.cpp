// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fakeports.h"

#include <algorithm>

namespace Mingle {

QDateTime ManualClock::now() const
{
    const QMutexLocker lock(&m_mutex);
    return m_now;
}

void ManualClock::after(std::chrono::milliseconds delay, QObject *context, std::function<void()> call)
{
    const QMutexLocker lock(&m_mutex);
    m_alarms.append({m_now.addMSecs(delay.count()), context, std::move(call)});
}

void ManualClock::advance(std::chrono::milliseconds by)
{
    QList<Alarm> due;
    {
        const QMutexLocker lock(&m_mutex);
        m_now = m_now.addMSecs(by.count());
        const auto later = std::stable_partition(m_alarms.begin(), m_alarms.end(),
                                                 [this](const Alarm &alarm) { return alarm.at > m_now; });
        due = QList<Alarm>(later, m_alarms.end());
        m_alarms.erase(later, m_alarms.end());
    }
    for (const Alarm &alarm : due)
        if (alarm.context) QMetaObject::invokeMethod(alarm.context, alarm.call);
}

bool ManualClock::isWaiting() const
{
    const QMutexLocker lock(&m_mutex);
    return !m_alarms.isEmpty();
}

QFuture<Result<QByteArray>> FakeSecrets::read(const QString &key)
{
    if (!m_available) return answered(Result<QByteArray>(Error::Kind::NoKeychain));
    const QMutexLocker lock(&m_mutex);
    if (!m_secrets.contains(key)) return answered(Result<QByteArray>(Error::Kind::NotFound));
    return answered(Result<QByteArray>(m_secrets.value(key)));
}

QFuture<Outcome> FakeSecrets::write(const QString &key, const QByteArray &secret)
{
    if (!m_available) return answered(Outcome(Error::Kind::NoKeychain));
    const QMutexLocker lock(&m_mutex);
    m_secrets.insert(key, secret);
    return answered(Outcome());
}

QFuture<Outcome> FakeSecrets::remove(const QString &key)
{
    const QMutexLocker lock(&m_mutex);
    m_secrets.remove(key);
    return answered(Outcome());
}

QByteArray FakeSecrets::secret(const QString &key) const
{
    const QMutexLocker lock(&m_mutex);
    return m_secrets.value(key);
}

void FakeNotifier::show(const ChatId &chat, const QString &title, const QString &text)
{
    m_shown.insert(chat, title + QStringLiteral(": ") + text);
}

} // namespace Mingle
