// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/signinmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace Mingle;
using Problem = SignInModel::Problem;
using State = SignInModel::State;

class TestSignInModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void checksTheAddress_data();
    void checksTheAddress();
    void checksTheRest();
    void triesNothingWithProblems();
    void succeeds();
    void succeedsWithoutKeychain();
    void bearsAnAnswerAtOnce();
    void failsAndCanBeTriedAgain();
    void cancels();
    void takesBackWhatCameTooLate();

private:
    void answer(const Outcome &outcome)
    {
        m_promise.addResult(outcome);
        m_promise.finish();
        QTest::qWait(1);
    }
    static SignInModel::Form form(const char *address)
    {
        return {QString::fromUtf8(address), {}, {}, {}, {}};
    }

    QPromise<Outcome> m_promise;
    QList<Account> m_tried;
    QByteArray m_password;
    QList<Jid> m_removed;
    std::unique_ptr<SignInModel> m_model;
};

void TestSignInModel::init()
{
    m_promise = {};
    m_tried.clear();
    m_removed.clear();
    Account present;
    present.address = Jid::trusted(u"here@example.org");
    m_model = std::make_unique<SignInModel>(
        SignInModel::Commands{[this](const Account &account, const QByteArray &password, bool) {
                                  m_tried.append(account);
                                  m_password = password;
                                  m_promise = {};
                                  m_promise.start();
                                  return m_promise.future();
                              },
                              [this](const Jid &account) { m_removed.append(account); },
                              [present] { return QList<Account>{present}; }});
}

void TestSignInModel::checksTheAddress_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("problem");
    QTest::newRow("empty") << QStringLiteral("  ") << int(Problem::Missing);
    QTest::newRow("server only") << QStringLiteral("example.org") << int(Problem::NoLocalPart);
    QTest::newRow("nothing behind") << QStringLiteral("me@") << int(Problem::NotAnAddress);
    QTest::newRow("resource") << QStringLiteral("me@example.org/phone") << int(Problem::HasResource);
    QTest::newRow("present, other case") << QStringLiteral("Here@Example.ORG") << int(Problem::AlreadyHere);
    QTest::newRow("good") << QStringLiteral(" me@example.org ") << int(Problem::None);
}

void TestSignInModel::checksTheAddress()
{
    QFETCH(QString, text);
    QFETCH(int, problem);
    Account present;
    present.address = Jid::trusted(u"here@example.org");
    QCOMPARE(int(SignInModel::check({text, {}, {}, {}, {}}, true, {present}).address), problem);
}

void TestSignInModel::checksTheRest()
{
    SignInModel::Form typed = form("me@example.org");
    QCOMPARE(SignInModel::check(typed, false, {}).password, Problem::Missing);
    for (const char *port : {"0", "65536", "x", "-1"}) {
        typed.port = QString::fromLatin1(port);
        QCOMPARE(SignInModel::check(typed, true, {}).port, Problem::NotAPort);
    }
    typed.port = QStringLiteral("5223");
    typed.caFile = QStringLiteral("/no/such/file.pem");
    QCOMPARE(SignInModel::check(typed, true, {}).caFile, Problem::NoSuchFile);
    typed.caFile.clear();
    QVERIFY(!SignInModel::check(typed, true, {}).any());
    QCOMPARE(SignInModel::accountOf(typed).port, quint16(5223));
}

void TestSignInModel::triesNothingWithProblems()
{
    m_model->submit(form("nonsense"), "secret", true);
    QVERIFY(m_tried.isEmpty());
    QCOMPARE(m_model->state(), State::Editing);
    QVERIFY(m_model->problems().any());
}

void TestSignInModel::succeeds()
{
    QSignalSpy done(m_model.get(), &SignInModel::done);
    m_model->submit(form("Me@Example.org"), "secret", true);
    QCOMPARE(m_model->state(), State::Busy);
    QCOMPARE(m_tried.size(), 1);
    QCOMPARE(m_tried.first().address, Jid::trusted(u"me@example.org"));
    QCOMPARE(m_password, QByteArray("secret"));
    m_model->submit(form("Me@Example.org"), "secret", true); // a second click
    QCOMPARE(m_tried.size(), 1);
    answer({});
    QCOMPARE(m_model->state(), State::Done);
    QCOMPARE(done.count(), 1);
}

void TestSignInModel::succeedsWithoutKeychain()
{
    m_model->submit(form("me@example.org"), "secret", true);
    answer(Error{Error::Kind::NoKeychain, {}, {}});
    QCOMPARE(m_model->state(), State::Done);
    QVERIFY(m_model->keychainMissing());
}

void TestSignInModel::bearsAnAnswerAtOnce()
{
    SignInModel model({[](const Account &, const QByteArray &, bool) {
                           return answered(Outcome(Error::Kind::WrongPassword));
                       },
                       [](const Jid &) {}, [] { return QList<Account>(); }});
    model.submit(form("me@example.org"), "wrong", true);
    QCOMPARE(model.state(), State::Failed);
}

void TestSignInModel::failsAndCanBeTriedAgain()
{
    m_model->submit(form("me@example.org"), "wrong", true);
    answer(Error{Error::Kind::WrongPassword, {}, {}});
    QCOMPARE(m_model->state(), State::Failed);
    QCOMPARE(m_model->error().kind, Error::Kind::WrongPassword);
    m_model->submit(form("me@example.org"), "right", true);
    answer({});
    QCOMPARE(m_model->state(), State::Done);
}

void TestSignInModel::cancels()
{
    m_model->submit(form("me@example.org"), "secret", true);
    m_model->cancel();
    QCOMPARE(m_model->state(), State::Editing);
    answer(Error{Error::Kind::Timeout, {}, {}});
    QCOMPARE(m_model->state(), State::Editing);
    QVERIFY(m_removed.isEmpty());
}

void TestSignInModel::takesBackWhatCameTooLate()
{
    m_model->submit(form("me@example.org"), "secret", true);
    m_model->cancel();
    answer({});
    QCOMPARE(m_removed, QList<Jid>{Jid::trusted(u"me@example.org")});
    QCOMPARE(m_model->state(), State::Editing);
}

QTEST_GUILESS_MAIN(TestSignInModel)
#include "tst_signinmodel.moc"
