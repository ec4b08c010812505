// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/serverfinder.h"

#include <QHash>
#include <QTest>
#include <QTimer>

using namespace Mingle;
using namespace std::chrono_literals;

namespace {
using Kind = SrvAnswer::Kind;

Account account(Account::Tls tls = Account::Tls::Automatic)
{
    Account a;
    a.address = Jid::trusted(u"ada@chat.test");
    a.tls = tls;
    return a;
}

struct Names {
    QHash<QString, SrvAnswer> answers;
    QStringList asked;
    bool silent = false;

    SrvLookup lookup()
    {
        return [this](const QString &name, QObject *context, const std::function<void(SrvAnswer)> &done) {
            asked << name;
            if (silent) return;
            QTimer::singleShot(0, context, [this, name, done] {
                done(answers.value(name, SrvAnswer{Kind::NoSuchName, {}}));
            });
        };
    }
};

const QString direct = QStringLiteral("_xmpps-client._tcp.chat.test");
const QString startTls = QStringLiteral("_xmpp-client._tcp.chat.test");

ServerFinder::Found find(Names &names, const Account &a, std::chrono::milliseconds timeout = 5s)
{
    ServerFinder finder(names.lookup(), timeout);
    std::optional<ServerFinder::Found> result;
    finder.find(a, [&](const ServerFinder::Found &found) { result = found; });
    if (!QTest::qWaitFor([&] { return result.has_value(); }, 2000)) qFatal("no answer");
    return *result;
}
} // namespace

class tst_ServerFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explicitHost();
    void noRecords();
    void bothServices();
    void withdrawnService();
    void silentNameServer();
    void order();
    void weights();
    void manyRecords();
    void cancelled();
};

void tst_ServerFinder::explicitHost()
{
    Names names;
    Account a = account();
    a.host = QStringLiteral("xmpp.example");
    QCOMPARE(find(names, a).targets, (QList<StreamTarget>{{a.host, 5222, false}}));
    a.port = 5223;
    QCOMPARE(find(names, a).targets, (QList<StreamTarget>{{a.host, 5223, true}}));
    a.tls = Account::Tls::StartTls;
    QCOMPARE(find(names, a).targets, (QList<StreamTarget>{{a.host, 5223, false}}));
    a.tls = Account::Tls::Direct;
    a.port = 0;
    QCOMPARE(find(names, a).targets, (QList<StreamTarget>{{a.host, 5223, true}}));
    QVERIFY(names.asked.isEmpty());
}

void tst_ServerFinder::noRecords()
{
    Names names;
    const auto found = find(names, account());
    QCOMPARE(found.targets, (QList<StreamTarget>{{QStringLiteral("chat.test"), 5222, false}}));
    QVERIFY(!found.error);
    QVERIFY(!found.noAnswer);
    QCOMPARE(names.asked, QStringList({direct, startTls}));
    names.asked.clear();
    QCOMPARE(find(names, account(Account::Tls::Direct)).targets,
             (QList<StreamTarget>{{QStringLiteral("chat.test"), 5223, true}}));
    QCOMPARE(names.asked, QStringList{direct});

    Account idn = account();
    idn.address = Jid::trusted(u"ada@bücher.example");
    names.asked.clear();
    find(names, idn);
    QCOMPARE(names.asked.first(), QStringLiteral("_xmpps-client._tcp.xn--bcher-kva.example"));
}

void tst_ServerFinder::bothServices()
{
    Names names;
    names.answers[direct] = {Kind::Records, {{QStringLiteral("a.test"), 443, 10, 0}}};
    names.answers[startTls] = {
        Kind::Records, {{QStringLiteral("c.test"), 5222, 20, 0}, {QStringLiteral("b.test"), 5222, 5, 0}}};
    QCOMPARE(find(names, account()).targets, (QList<StreamTarget>{{QStringLiteral("b.test"), 5222, false},
                                                                  {QStringLiteral("a.test"), 443, true},
                                                                  {QStringLiteral("c.test"), 5222, false}}));
    QCOMPARE(find(names, account(Account::Tls::Direct)).targets,
             (QList<StreamTarget>{{QStringLiteral("a.test"), 443, true}}));
}

void tst_ServerFinder::withdrawnService()
{
    Names names;
    names.answers[startTls] = {Kind::Records, {{QStringLiteral("."), 0, 0, 0}}};
    auto found = find(names, account());
    QVERIFY(found.targets.isEmpty());
    QCOMPARE(found.error.kind, Error::Kind::UnknownServer);
    names.answers[direct] = {Kind::Records, {{QStringLiteral("a.test"), 5223, 0, 0}}};
    found = find(names, account());
    QCOMPARE(found.targets, (QList<StreamTarget>{{QStringLiteral("a.test"), 5223, true}}));
    QVERIFY(!found.error);
}

void tst_ServerFinder::silentNameServer()
{
    Names names;
    names.silent = true;
    const auto found = find(names, account(), 20ms);
    QCOMPARE(found.targets, (QList<StreamTarget>{{QStringLiteral("chat.test"), 5222, false}}));
    QVERIFY(found.noAnswer);

    Names failing;
    failing.answers[direct] = failing.answers[startTls] = {Kind::NoAnswer, {}};
    QVERIFY(find(failing, account()).noAnswer);
}

void tst_ServerFinder::order()
{
    const auto first = [](quint32) { return 0U; };
    const auto last = [](quint32 n) { return n; };
    const QList<SrvRecord> records{{QStringLiteral("heavy"), 1, 1, 60},
                                   {QStringLiteral("none"), 1, 1, 0},
                                   {QStringLiteral("light"), 1, 1, 20},
                                   {QStringLiteral("backup"), 1, 2, 99},
                                   {QStringLiteral("best"), 1, 0, 0}};
    const auto hosts = [&](auto random) {
        QStringList names;
        for (const auto &target : ServerFinder::ordered(records, random))
            names << target.host;
        return names.join(u' ');
    };
    QCOMPARE(hosts(first), QStringLiteral("best none heavy light backup"));
    QCOMPARE(hosts(last), QStringLiteral("best light heavy none backup"));
    QVERIFY(ServerFinder::ordered({}, first).isEmpty());
}

void tst_ServerFinder::weights()
{
    // 60 to 20: three times out of four the heavy one comes first (RFC 2782).
    const QList<SrvRecord> records{{QStringLiteral("light"), 1, 1, 20}, {QStringLiteral("heavy"), 1, 1, 60}};
    int heavy = 0;
    for (quint32 number = 0; number <= 80; ++number)
        heavy += ServerFinder::ordered(records, [&](quint32) { return number; }).first().host == u"heavy";
    QCOMPARE(heavy, 60);
}

void tst_ServerFinder::manyRecords()
{
    Names names;
    SrvAnswer answer{Kind::Records, {}};
    for (quint16 i = 0; i < 500; ++i)
        answer.records << SrvRecord{QStringLiteral("host%1").arg(i), i, i, 0};
    names.answers[startTls] = answer;
    QCOMPARE(find(names, account()).targets.size(), 8);
}

void tst_ServerFinder::cancelled()
{
    Names names;
    ServerFinder finder(names.lookup(), 10ms);
    bool called = false;
    finder.find(account(), [&](const ServerFinder::Found &) { called = true; });
    finder.cancel();
    QTest::qWait(50);
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(tst_ServerFinder)
#include "tst_serverfinder.moc"
