// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using State = ConnectionStatus::State;

namespace {

/// Time stands still until the test moves it. One thread, so simpler than the one the sessions are tested with.
class StandingClock final : public Clock
{
public:
    QDateTime now() const override { return m_now; }
    void after(std::chrono::milliseconds delay, QObject *context, std::function<void()> call) override
    {
        m_alarms.append({m_now.addMSecs(delay.count()), context, std::move(call)});
    }
    void advance(int ms)
    {
        m_now = m_now.addMSecs(ms);
        const auto alarms = std::exchange(m_alarms, {});
        for (const Alarm &alarm : alarms) {
            if (alarm.at > m_now) {
                m_alarms.append(alarm);
            } else {
                alarm.call();
            }
        }
    }
    bool isWaiting() const { return !m_alarms.isEmpty(); }

private:
    struct Alarm {
        QDateTime at;
        QObject *context;
        std::function<void()> call;
    };
    QDateTime m_now = QDateTime::fromString(QStringLiteral("2026-03-02T10:00:00Z"), Qt::ISODate);
    QList<Alarm> m_alarms;
};

Account accountOf(const char *address)
{
    Account account;
    account.address = Jid::trusted(QString::fromLatin1(address));
    return account;
}

ConnectionStatus statusOf(State state, Error::Kind kind = Error::Kind::None)
{
    ConnectionStatus status;
    status.state = state;
    status.reason.kind = kind;
    return status;
}

} // namespace

class TestConnectionModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysNothingWhenLive();
    void isPatientAtFirst();
    void saysHowFarCatchingUpIs();
    void countsDownAndStopsTheClock();
    void showsTheWorst();
    void staysShownWhileTryingAgain();
    void forgetsAccountsThatWent();
    void keepsTheLastReports();
    void whatWasDroppedWhileLiveHasEnded();

private:
    const Account m_one = accountOf("one@example.org");
    const Account m_two = accountOf("two@example.org");
    std::unique_ptr<StandingClock> m_clock;
    std::unique_ptr<ConnectionModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestConnectionModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_clock = std::make_unique<StandingClock>();
    m_model = std::make_unique<ConnectionModel>(*m_clock);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setAccounts({m_one});
}

void TestConnectionModel::saysNothingWhenLive()
{
    m_model->setStatus(m_one.address, statusOf(State::Live));
    QVERIFY(!m_model->strip());
    QVERIFY(m_model->isLive(m_one.address));
    QVERIFY(!m_clock->isWaiting());
}

void TestConnectionModel::isPatientAtFirst()
{
    QSignalSpy changed(m_model.get(), &ConnectionModel::stripChanged);
    m_model->setStatus(m_one.address, statusOf(State::Connecting));
    m_clock->advance(1000);
    m_model->setStatus(m_one.address, statusOf(State::LoggingIn));
    QVERIFY(!m_model->strip());
    m_clock->advance(600);
    QVERIFY(m_model->strip());
    QCOMPARE(m_model->strip()->status.state, State::LoggingIn);
    m_model->setStatus(m_one.address, statusOf(State::Live));
    QVERIFY(!m_model->strip());
    QCOMPARE(changed.count(), 2);
}

void TestConnectionModel::saysHowFarCatchingUpIs()
{
    ConnectionStatus status = statusOf(State::Live);
    status.catchingUp = true;
    m_model->setStatus(m_one.address, status); // the one to one talks: too quick to be told
    m_clock->advance(2'000);
    QVERIFY(!m_model->strip());
    status.roomsToCatchUp = 20;
    m_model->setStatus(m_one.address, status);
    QVERIFY(!m_model->strip());
    m_clock->advance(1'000);
    status.roomsCaughtUp = 3;
    m_model->setStatus(m_one.address, status);
    QVERIFY(!m_model->strip());
    m_clock->advance(600);
    QVERIFY(m_model->strip());
    QCOMPARE(m_model->strip()->status.roomsCaughtUp, 3);
    QVERIFY(m_model->isLive(m_one.address));
    m_model->setStatus(m_one.address, statusOf(State::Live));
    QVERIFY(!m_model->strip());
    QVERIFY(!m_clock->isWaiting());
}

void TestConnectionModel::countsDownAndStopsTheClock()
{
    ConnectionStatus waiting = statusOf(State::WaitingToRetry, Error::Kind::NoNetwork);
    waiting.retryAt = m_clock->now().addSecs(3);
    m_model->setStatus(m_one.address, waiting);
    QCOMPARE(m_model->strip()->secondsLeft, 3);
    m_clock->advance(1000);
    QCOMPARE(m_model->strip()->secondsLeft, 2);
    m_clock->advance(1000);
    m_clock->advance(1000);
    QCOMPARE(m_model->strip()->secondsLeft, 0);
    QVERIFY(!m_clock->isWaiting()); // an idle strip costs nothing
}

void TestConnectionModel::showsTheWorst()
{
    m_model->setAccounts({m_one, m_two});
    m_model->setStatus(m_one.address, statusOf(State::Offline));
    m_model->setStatus(m_two.address, statusOf(State::Stopped, Error::Kind::CertificateInvalid));
    QCOMPARE(m_model->strip()->account, m_two.address);
    QVERIFY(m_model->strip()->oneOfSeveral);
    m_model->setStatus(m_two.address, statusOf(State::Live));
    QCOMPARE(m_model->strip()->account, m_one.address);
}

void TestConnectionModel::staysShownWhileTryingAgain()
{
    ConnectionStatus waiting = statusOf(State::WaitingToRetry, Error::Kind::Timeout);
    waiting.retryAt = m_clock->now().addSecs(1);
    m_model->setStatus(m_one.address, waiting);
    m_model->setStatus(m_one.address, statusOf(State::Connecting));
    QVERIFY(m_model->strip());
}

void TestConnectionModel::forgetsAccountsThatWent()
{
    m_model->setStatus(m_one.address, statusOf(State::NeedsPassword, Error::Kind::NoKeychain));
    m_model->setKeychainMissing(m_one.address);
    QVERIFY(m_model->strip()->keychainMissing);
    m_model->setAccounts({});
    QVERIFY(!m_model->strip());
    m_model->setAccounts({m_one});
    QVERIFY(!m_model->isKeychainMissing(m_one.address));
}

void TestConnectionModel::keepsTheLastReports()
{
    QSignalSpy changed(m_model.get(), &ConnectionModel::reportsChanged);
    ConnectReport report;
    report.login = ConnectReport::Login::Token;
    for (int n = 0; n < ConnectionModel::maxReports + 5; ++n) {
        report.began = m_clock->now().addSecs(n);
        report.endedAt = {};
        m_model->addReport(m_one.address, report);
        report.endedAt = report.began.addMSecs(500);
        m_model->addReport(m_one.address, report); // in the place of the first
    }
    QCOMPARE(changed.count(), 2 * (ConnectionModel::maxReports + 5));
    QCOMPARE(changed.last().first().value<Jid>(), m_one.address);
    const auto reports = m_model->reports(m_one.address);
    QCOMPARE(reports.size(), ConnectionModel::maxReports);
    QCOMPARE(reports.first(), report);
    QCOMPARE(reports.last().began, m_clock->now().addSecs(5));
    for (const ConnectReport &each : reports)
        QVERIFY(!each.isLive());
    QVERIFY(m_model->reports(m_two.address).isEmpty());
    m_model->setAccounts({m_two});
    QVERIFY(m_model->reports(m_one.address).isEmpty());
}

void TestConnectionModel::whatWasDroppedWhileLiveHasEnded()
{
    ConnectReport report;
    report.login = ConnectReport::Login::Password;
    report.began = m_clock->now();
    m_model->addReport(m_one.address, report);
    report.began = m_clock->now().addSecs(60);
    m_model->addReport(m_one.address, report);
    QVERIFY(m_model->reports(m_one.address).first().isLive());
    QCOMPARE(m_model->reports(m_one.address).last().endedAt, report.began);
}

QTEST_GUILESS_MAIN(TestConnectionModel)
#include "tst_connectionmodel.moc"
