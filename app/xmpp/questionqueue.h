// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/futures.h"

#include <QQueue>

#include <functional>
#include <memory>

namespace Mingle {

/// Asks a few questions at a time, in order. Those that nobody waits for any more when their turn comes are never asked.
class QuestionQueue : public QObject
{
    Q_OBJECT
public:
    QuestionQueue(int atOnce, qsizetype longest, QObject *parent)
        : QObject(parent)
        , m_atOnce(atOnce)
        , m_longest(longest)
    {}

    /// Cancelled if it was dropped: because the asker is gone, or too many others came after it.
    template<typename T>
    QFuture<Result<T>> ask(const std::weak_ptr<const void> &asker,
                           std::function<QFuture<Result<T>>()> question)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const auto answer = [promise](Result<T> result) {
            promise->addResult(std::move(result));
            promise->finish();
        };
        if (m_waiting.size() >= m_longest) m_waiting.dequeue()(false);
        m_waiting.enqueue([this, asker, question = std::move(question), answer](bool wanted) {
            if (!wanted || asker.expired()) return answer(Error{Error::Kind::Cancelled, {}, {}});
            ++m_asking;
            whenDone(question(), this, [this, answer](Result<T> result) {
                --m_asking;
                answer(std::move(result));
                askNext();
            });
        });
        askNext();
        return promise->future();
    }

    /// What waits is answered with Cancelled.
    void clear()
    {
        for (const auto &turn : std::exchange(m_waiting, {}))
            turn(false);
    }

private:
    void askNext()
    {
        if (m_inTurn) return; // an answer that came at once: the loop below goes on
        m_inTurn = true;
        while (m_asking < m_atOnce && !m_waiting.isEmpty())
            m_waiting.dequeue()(true);
        m_inTurn = false;
    }

    const int m_atOnce;
    const qsizetype m_longest;
    QQueue<std::function<void(bool wanted)>> m_waiting;
    int m_asking = 0;
    bool m_inTurn = false;
};

} // namespace Mingle
