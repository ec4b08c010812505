// SPDX-License-Identifier: GPL-3.0-or-later
#include "xmpp/streamconfiguration.h"

#include "xmpp/scram.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUuid>
#include <QXmlStreamReader>
#include <QXmppConfiguration.h>
#include <QXmppCredentials.h>
#include <QXmppSasl2UserAgent.h>

namespace Mingle {

namespace {
// XEP-0388 2.3: one and the same for each installation and account; servers tie tokens to it.
QUuid deviceId(const Account &account)
{
    const QUuid chosen = QUuid::fromString(account.resource);
    static constexpr QUuid space(0x6f1a44a2, 0x3a5c, 0x4a0e, 0x9d, 0x3c, 0x5b, 0x1d, 0x0e, 0x8a, 0x77, 0x21);
    return chosen.isNull() ? QUuid::createUuidV5(space, account.address.toString() + u'/' + account.resource)
                           : chosen;
}
} // namespace

QList<QSslCertificate> authorities(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
    // What Qt read when TLS was set up is shared; to read 150 files again takes 70 ms and 4 MB. Where Qt looks for them
    // only when it needs them, it has none yet.
    QList<QSslCertificate> all = QSslConfiguration::defaultConfiguration().caCertificates();
    if (all.isEmpty()) all = QSslConfiguration::systemCaCertificates();
    return all + QSslCertificate::fromDevice(&file);
}

QXmppConfiguration streamConfiguration(const Account &account, const Credentials &credentials,
                                       const StreamTarget &target, const QList<QSslCertificate> &authorities)
{
    QXmppConfiguration settings;
    settings.setUser(account.address.local());
    settings.setDomain(account.address.domain());
    settings.setHost(target.host);
    settings.setPort(target.port);
    settings.setStreamSecurityMode(target.directTls ? QXmppConfiguration::LegacySSL
                                                    : QXmppConfiguration::TLSRequired);
    settings.setResource(account.resource);
    settings.setResourcePrefix(QStringLiteral("Mingle"));
    settings.setUseNonSASLAuthentication(false);
    settings.setIgnoreSslErrors(false);
    settings.setAutoReconnectionEnabled(false);
    settings.setAutoAcceptSubscriptions(false);
    settings.setKeepAliveInterval(0);
    // PLAIN where the account allows it: StreamGuard lets QXmpp see it only where there is nothing else.
    QStringList disabled{QStringLiteral("ANONYMOUS"),          QStringLiteral("DIGEST-MD5"),
                         QStringLiteral("SCRAM-SHA3-512"),     QStringLiteral("X-FACEBOOK-PLATFORM"),
                         QStringLiteral("X-MESSENGER-OAUTH2"), QStringLiteral("X-OAUTH2")};
    if (!account.allowPlain) disabled.append(QStringLiteral("PLAIN"));
    settings.setDisabledSaslMechanisms(disabled);
    settings.setSasl2UserAgent(
        QXmppSasl2UserAgent(deviceId(account), QStringLiteral("Mingle"), QStringLiteral("desktop")));
    QXmlStreamReader reader(credentials.token);
    if (reader.readNextStartElement())
        if (const auto token = QXmppCredentials::fromXml(reader)) settings.setCredentials(*token);
    settings.setPassword(saslPrepared(QString::fromUtf8(credentials.password)));
    if (!authorities.isEmpty()) settings.setCaCertificates(authorities);
    return settings;
}

} // namespace Mingle
