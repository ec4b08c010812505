// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/futures.h"

#include <QTest>
#include <QThread>

using namespace Mingle;

/// Who asked gets exactly one answer, or none if it is gone.
class FuturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers();
    void noErrorIsSuccess();
    void droppedWorkIsCancelled();
    void aGoneContextHearsNothing();
    void runsWhereTheContextLives();
    void runOnAGoneContextIsCancelled();
};

void FuturesTest::answers()
{
    QObject context;
    QPromise<Result<int>> promise;
    promise.start();
    QList<int> got;
    whenDone(promise.future(), &context, [&](const Result<int> &result) { got.append(*result); });
    promise.addResult(7);
    promise.finish();
    QTRY_COMPARE(got, QList<int>{7});
}

void FuturesTest::noErrorIsSuccess()
{
    QVERIFY(Outcome(Error{}).ok());
    QVERIFY(Outcome(Error::Kind::None).ok());
    QVERIFY(!Outcome(Error::Kind::Timeout).ok());
    QVERIFY(!Result<int>(Error{}).ok()); // there is no value to hand out
}

void FuturesTest::droppedWorkIsCancelled()
{
    QObject context;
    QList<Error::Kind> got;
    {
        QPromise<Result<int>> promise;
        promise.start();
        whenDone(promise.future(), &context,
                 [&](const Result<int> &result) { got.append(result.error().kind); });
    }
    QTRY_COMPARE(got, QList<Error::Kind>{Error::Kind::Cancelled});
}

void FuturesTest::aGoneContextHearsNothing()
{
    int calls = 0;
    QPromise<Result<int>> promise;
    promise.start();
    {
        QObject context;
        whenDone(promise.future(), &context, [&](const Result<int> &) { ++calls; });
    }
    QCOMPARE(calls, 0); // nor while it went
    promise.addResult(7);
    promise.finish();
    QTest::qWait(10);
    QCOMPARE(calls, 0);
}

void FuturesTest::runsWhereTheContextLives()
{
    QThread thread;
    thread.start();
    auto *context = new QObject;
    context->moveToThread(&thread);
    auto where = runOn(context, [] { return answered(Result<QThread *>(QThread::currentThread())); });
    QTRY_VERIFY(where.isFinished());
    QCOMPARE(*where.result(), &thread);
    context->deleteLater();
    thread.quit();
    thread.wait();
}

void FuturesTest::runOnAGoneContextIsCancelled()
{
    QPromise<Result<int>> promise;
    promise.start();
    auto context = std::make_unique<QObject>();
    auto answer = runOn(context.get(), [&] { return promise.future(); });
    QTRY_VERIFY(!answer.isFinished());
    context.reset();
    QTRY_VERIFY(answer.isFinished());
    QVERIFY(answer.isCanceled());
}

QTEST_GUILESS_MAIN(FuturesTest)
#include "tst_futures.moc"
