// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/connectreporter.h"

#include "xmpp/connection.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

namespace Mingle {

namespace {
constexpr qsizetype maxCondition = 100;
constexpr qsizetype maxText = 300;
} // namespace

void ConnectReporter::begin(const Account &account, const Credentials &credentials)
{
    m_report = {};
    m_report.began = QDateTime::currentDateTimeUtc();
    m_sinceBegin.start();
    m_local = account.address.local();
    m_secrets = {account.address.bare().toString(), account.resource,
                 QString::fromUtf8(credentials.password)};
    keepOut(credentials.token);
}

void ConnectReporter::beginTry(const StreamTarget &target)
{
    m_report.host = target.host;
    m_report.port = target.port;
    m_report.directTls = target.directTls;
    ++m_report.tries;
}

void ConnectReporter::keepOut(const QByteArray &token)
{
    QXmlStreamReader reader(token);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement)
            m_secrets << reader.attributes().value(QLatin1String("secret")).toString();
}

void ConnectReporter::live(const ConnectMeter &meter, const Jid &bound, bool withToken, bool resumed)
{
    take(meter);
    m_secrets << bound.resource();
    m_report.login = withToken ? ConnectReport::Login::Token : ConnectReport::Login::Password;
    m_report.resumed = resumed;
    m_report.took = std::chrono::milliseconds(m_sinceBegin.elapsed());
}

bool ConnectReporter::end(const ConnectMeter *meter, const Error &reason)
{
    if (!m_report.began.isValid() || m_report.endedAt.isValid()) return false;
    if (!m_report.wasLive()) {
        if (meter && m_report.tries > 0) take(*meter);
        m_report.took = std::chrono::milliseconds(m_sinceBegin.elapsed());
    }
    m_report.endedAt = QDateTime::currentDateTimeUtc();
    m_report.ended = {reason.kind, harmless(reason.condition, maxCondition), harmless(reason.text, maxText)};
    return true;
}

void ConnectReporter::take(const ConnectMeter &meter)
{
    m_report.tls = meter.tls();
    m_report.roundTrips = meter.roundTrips();
    m_report.bytesUp = meter.bytesUp();
    m_report.bytesDown = meter.bytesDown();
}

QString ConnectReporter::harmless(const QString &text, qsizetype limit) const
{
    for (const QString &secret : m_secrets)
        if (!secret.isEmpty() && text.contains(secret, Qt::CaseInsensitive)) return {};
    // As a word: short names are parts of many.
    const QRegularExpression name(
        QStringLiteral("(?<!\\w)%1(?!\\w)").arg(QRegularExpression::escape(m_local)),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    if (!m_local.isEmpty() && text.contains(name)) return {};
    return text.left(limit);
}

} // namespace Mingle
