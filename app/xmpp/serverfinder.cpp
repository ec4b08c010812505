// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/serverfinder.h"

#include <QDnsLookup>
#include <QRandomGenerator>
#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace Mingle {

namespace {
constexpr quint16 startTlsPort = 5222;
constexpr quint16 directTlsPort = 5223;
// More than anybody has; each costs a time-out.
constexpr qsizetype maxTargets = 8;

StreamTarget targetOf(const Account &account, const QString &host)
{
    const bool direct = account.tls == Account::Tls::Direct
                        || (account.tls == Account::Tls::Automatic && account.port == directTlsPort);
    const quint16 port = account.port ? account.port : direct ? directTlsPort : startTlsPort;
    return {host, port, direct};
}
} // namespace

SrvLookup systemSrvLookup()
{
    return [](const QString &name, QObject *context, std::function<void(SrvAnswer)> done) {
        auto *dns = new QDnsLookup(QDnsLookup::SRV, name, context);
        QObject::connect(dns, &QDnsLookup::finished, context, [dns, done = std::move(done)] {
            SrvAnswer answer;
            if (dns->error() == QDnsLookup::NoError)
                answer.kind = SrvAnswer::Kind::Records;
            else if (dns->error() == QDnsLookup::NotFoundError)
                answer.kind = SrvAnswer::Kind::NoSuchName;
            const auto records = dns->serviceRecords();
            for (const auto &record : records)
                answer.records << SrvRecord{record.target(), record.port(), record.priority(),
                                            record.weight()};
            dns->deleteLater();
            done(answer);
        });
        dns->lookup();
    };
}

ServerFinder::ServerFinder(SrvLookup lookup, std::chrono::milliseconds timeout, QObject *parent)
    : QObject(parent)
    , m_lookup(std::move(lookup))
    , m_timeout(timeout)
{}

void ServerFinder::find(const Account &account, std::function<void(Found)> done)
{
    cancel();
    m_account = account;
    if (!account.host.isEmpty()) return done({{targetOf(account, account.host)}, {}, false});

    m_done = std::move(done);
    m_search = new QObject(this);
    m_records.clear();
    m_anyAnswer = m_withdrawn = false;
    const bool direct = account.tls != Account::Tls::StartTls;
    const bool startTls = account.tls != Account::Tls::Direct;
    m_open = int(direct) + int(startTls);
    // No name server answering is no reason to wait for long: the fallback may be in /etc/hosts.
    QTimer::singleShot(m_timeout, m_search, [this] { finish(); });
    const QString domain = QString::fromLatin1(QUrl::toAce(account.address.domain()));
    const auto ask = [&](bool tls, const QString &service) {
        m_lookup(service + domain, m_search, [this, tls](const SrvAnswer &answer) { answered(tls, answer); });
    };
    if (direct) ask(true, QStringLiteral("_xmpps-client._tcp."));
    if (startTls && m_done) ask(false, QStringLiteral("_xmpp-client._tcp."));
}

void ServerFinder::cancel()
{
    m_done = {};
    if (m_search) m_search->deleteLater();
    m_search = nullptr;
}

void ServerFinder::answered(bool directTls, const SrvAnswer &answer)
{
    if (!m_done) return;
    m_anyAnswer = m_anyAnswer || answer.kind != SrvAnswer::Kind::NoAnswer;
    for (SrvRecord record : answer.records) {
        // RFC 2782: a target of "." means that the service is decidedly not there.
        if (record.target.isEmpty() || record.target == u".") {
            m_withdrawn = true;
            continue;
        }
        record.directTls = directTls;
        m_records << record;
    }
    if (--m_open == 0) finish();
}

void ServerFinder::finish()
{
    if (!m_done) return;
    Found found;
    found.noAnswer = !m_anyAnswer;
    found.targets = ordered(m_records, [](quint32 n) { return QRandomGenerator::system()->bounded(n + 1); });
    if (found.targets.size() > maxTargets) found.targets.resize(maxTargets);
    if (found.targets.isEmpty() && m_withdrawn)
        found.error = {Error::Kind::UnknownServer, QStringLiteral("service-not-offered"), {}};
    else if (found.targets.isEmpty())
        found.targets << targetOf(m_account, m_account.address.domain());
    const auto done = std::move(m_done);
    cancel();
    done(found);
}

QList<StreamTarget> ServerFinder::ordered(QList<SrvRecord> records,
                                          const std::function<quint32(quint32)> &random)
{
    // Within one priority those without weight first: then they have a small chance to be chosen (RFC 2782).
    std::ranges::stable_sort(records, {},
                             [](const SrvRecord &r) { return std::pair(r.priority, r.weight != 0); });
    QList<StreamTarget> targets;
    while (!records.isEmpty()) {
        quint32 sum = 0;
        qsizetype count = 0;
        for (; count < records.size() && records[count].priority == records[0].priority; ++count)
            sum += records[count].weight;
        const quint32 chosen = random(sum);
        quint32 running = records[0].weight;
        qsizetype index = 0;
        while (running < chosen && index + 1 < count)
            running += records[++index].weight;
        const SrvRecord record = records.takeAt(index);
        targets << StreamTarget{record.target, record.port, record.directTls};
    }
    return targets;
}

} // namespace Mingle
